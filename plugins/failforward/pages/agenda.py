"""The agenda of a debrief: thirty minutes in six boxes, made from what a draft holds and from what it lacks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path, PurePosixPath

from failforward.lint import lint
from failforward.model.finding import Finding
from failforward.model.playbook import Playbook
from failforward.model.review import Mood, Review
from failforward.pages.alone import render, section_text, shortened, titled
from failforward.pages.known import (
    Known,
    assumptions,
    causes,
    decisions,
    experiments,
    facts,
    people,
    seen_before,
)
from failforward.pages.open_questions import RULES, questions_of
from failforward.similarity import Similar

FORMATS: Mapping[str, str] = {"markdown": "agenda.md.j2", "html": "agenda.html.j2"}
_LONGEST = 220
_EXPERIMENTS = 3


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
    known: tuple[Known, ...] = ()
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
        "What did the screen show, and what did that make the sensible thing to do?"),
        "Timeline, Where reality diverged, causes"),
    ("worked", 3, "What worked?", (
        "What helped? What made it no worse?", "What do we celebrate?"), "What worked, Celebrated"),
    ("differently", 9, "What will we do differently next time?", (
        "What could make this impossible? How would we know that it helps?",
        "What are the small steps, what team carries them, and by what date?"),
        "What we will do differently, experiments"),
    ("closing", 3, "Read back", (
        "How does the short version sound when it is read aloud?",
        "What number from 1 to 5 describes the room now?"), "In short, mood: {…, after: …}"),
)  # fmt: skip


def agenda_of(playbook: Playbook, review: Review, today: date, similar: Sequence[Similar] = ()) -> tuple[Box, ...]:
    """Make the boxes of the half hour; together they have thirty minutes."""
    questions = questions_of(_gaps(playbook, review, today))
    known, blanks = _known(playbook, review, similar), _blanks(playbook, review)
    boxes: list[Box] = []
    for name, minutes, title, prompts, result in _PLAN:
        start = boxes[-1].end if boxes else 0
        listed = tuple((word, shortened(text, _LONGEST)) for word, text in known.get(name, ()))
        boxes.append(
            Box(name, start, minutes, title, prompts, listed, questions.get(name, ()), blanks.get(name, ()), result)
        )
    return tuple(boxes)


def agenda(
    playbook: Playbook,
    review: Review,
    today: date,
    form: str,
    similar: Sequence[Similar] = (),
    *,
    overrides: Path | None = None,
) -> str:
    """Give the agenda of a review as `markdown` or `html`; `overrides` is a folder with a team's own templates."""
    boxes = agenda_of(playbook, review, today, similar)
    title = titled(review)
    return render(FORMATS[form], {"title": title, "boxes": boxes, "path": PurePosixPath(review.path).name}, overrides)


def _known(playbook: Playbook, review: Review, similar: Sequence[Similar]) -> dict[str, tuple[Known, ...]]:
    expected = section_text(review, "expected")
    template = any(prompt.strip("*_") in expected for prompt in playbook.prompts if expected)
    return {
        "opening": tuple(people(review)),
        "expected": (("Written so far", expected),) if expected and not template else (),
        "diverged": (*facts(review), *decisions(review), *assumptions(review), *causes(review, playbook)),
        "differently": (*experiments(review), *seen_before(similar)),
    }


def _blanks(playbook: Playbook, review: Review) -> dict[str, tuple[str, ...]]:
    """Give what is filled in by hand: the mood, one celebration, and room for experiments."""
    mood = review.mood if isinstance(review.mood, Mood) else Mood()
    most = max(min(playbook.settings.max_experiments, _EXPERIMENTS), 1)
    there = sum(bool(each.outcome or each.id) for each in review.experiments)
    return {
        "opening": ("Temperature before",) if mood.before is None else (),
        "worked": ("We celebrate",),
        "differently": tuple(f"Experiment {number}" for number in range(there + 1, most + 1)),
        "closing": ("Temperature after",) if mood.after is None else (),
    }


def _gaps(playbook: Playbook, review: Review, today: date) -> list[Finding]:
    """Find what a finished review would have: a draft is not asked for all of it, its debrief is."""
    off = {name for name, level in playbook.settings.rules.items() if level == "off"}
    rules = [name for name in RULES if name in playbook.rule_by_id and name not in off]
    if not rules:
        return []
    others = tuple(each for each in playbook.reviews if each.path != review.path)
    finished = replace(playbook, reviews=(*others, replace(review, status="reviewed")))
    return lint(finished, today, paths={review.path}, select=rules)
