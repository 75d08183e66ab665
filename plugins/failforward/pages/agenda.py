"""The agenda of a debrief: thirty minutes in six boxes, made from what a draft holds and from what it lacks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from failforward.lint import lint
from failforward.model.moment import Moment
from failforward.model.playbook import Playbook
from failforward.model.review import Mood, People, Review, TimelineRow
from failforward.pages.alone import plain, render, shortened
from failforward.pages.open_questions import RULES, questions_of
from failforward.pages.words import clock_text, label, moment_text
from failforward.similarity import Similar

FORMATS: Mapping[str, str] = {"markdown": "agenda.md.j2", "html": "agenda.html.j2"}
# No box shows more of a kind than can be talked about in its minutes.
MOST = 5
_LONGEST = 220
_VERDICTS = {"stuck": "it stuck", "partly": "it stuck in part", "did-not-stick": "it did not stick"}


@dataclass(frozen=True, slots=True)
class Box:
    """A part of the half hour: its minutes, what is asked, what the draft holds already, what is open.

    `known` are pairs of a word and a text; `blanks` are to be filled in during the box; `result` is where in the review
    the answers go.
    """

    id: str
    start: int
    minutes: int
    title: str
    prompts: tuple[str, ...]
    known: tuple[tuple[str, str], ...] = ()
    open: tuple[str, ...] = ()
    blanks: tuple[str, ...] = ()
    result: str = ""

    @property
    def end(self) -> int:
        """Give the minute at which it is over."""
        return self.start + self.minutes


# Id, minutes, title, what is always asked, where the answers go. The guide explains each (docs/thirty-minutes.md).
_PLAN = (
    ("opening", 3, "Opening", (
        "We want to understand how the system made this possible. Everybody acted on what they saw.",
        "What number from 1 (very bad) to 5 (good) describes the room?"), "mood: {before: …}"),
    ("expected", 4, "What did we expect to happen?", (
        "What was the plan? What would a normal day have looked like?",), "What we expected"),
    ("diverged", 8, "Where did reality diverge?", (
        "What was the first thing that did not fit? How did it come to light?",
        "What did the screen show, and what did that make the sensible thing to do?"), "Timeline, Where reality diverged, causes"),
    ("worked", 3, "What worked?", (
        "What helped? What made it no worse?", "What do we celebrate?"), "What worked, Celebrated"),
    ("differently", 9, "What will we do differently next time?", (
        "What could make this impossible? How would we know that it helps?",
        "What are the small steps, what team carries them, and by what date?"), "What we will do differently, experiments"),
    ("closing", 3, "Read back", (
        "How does the short version sound when it is read aloud?",
        "What number from 1 to 5 describes the room now?"), "In short, mood: {…, after: …}"),
)  # fmt: skip


def agenda_of(playbook: Playbook, review: Review, today: date, similar: Sequence[Similar] = ()) -> tuple[Box, ...]:
    """Make the boxes of the half hour; together they have thirty minutes."""
    questions = questions_of(_gaps(playbook, review, today))
    known = {
        "opening": _people(review), "expected": _written_times(review), "diverged": (*_facts(review), *_causes(review)),
        "differently": (*_experiments(review), *_seen(similar)),
    }  # fmt: skip
    mood = review.mood if isinstance(review.mood, Mood) else Mood()
    room = max(min(playbook.settings.max_experiments, 3) - len(review.experiments), 0)
    blanks = {
        "opening": _blank("Temperature before", mood.before), "worked": ("We celebrate",),
        "differently": tuple(f"Experiment {3 - room + number}" for number in range(1, room + 1)),
        "closing": _blank("Temperature after", mood.after),
    }  # fmt: skip
    boxes: list[Box] = []
    for name, minutes, title, prompts, result in _PLAN:
        start = boxes[-1].end if boxes else 0
        listed = tuple((word, shortened(text, _LONGEST)) for word, text in known.get(name, ()))
        open_ones = questions.get(name, ())
        boxes.append(Box(name, start, minutes, title, prompts, listed, open_ones, blanks.get(name, ()), result))
    return tuple(boxes)


def agenda(
    playbook: Playbook, review: Review, today: date, form: str, similar: Sequence[Similar] = (), *,
    overrides: Path | None = None,
) -> str:  # fmt: skip
    """Give the agenda of a review as `markdown` or `html`."""
    values = {"title": plain(review.title) or review.id, "boxes": agenda_of(playbook, review, today, similar), "today": today}
    return render(FORMATS[form], values, overrides)


def _gaps(playbook: Playbook, review: Review, today: date) -> list:  # type: ignore[type-arg]
    """Find what a finished review would have; a draft is not asked for it, and its debrief is."""
    finished = replace(review, status="reviewed")
    off = {name for name, level in playbook.settings.rules.items() if level == "off"}
    rules = [name for name in RULES if name in playbook.rule_by_id and name not in off]
    others = tuple(each for each in playbook.reviews if each.path != review.path)
    return lint(replace(playbook, reviews=(*others, finished)), today, paths={review.path}, select=rules) if rules else []
