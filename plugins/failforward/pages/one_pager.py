"""A review on one printed page: what happened, the times, each cause with its change, what worked, what comes next.

Nothing is cut off silently: a text that is shortened ends with “…”, a list with “and N more”, and the page names the
file in which the rest stands.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from failforward.index.trials import UNFINISHED, Trial, trials_of
from failforward.model.moment import Moment
from failforward.model.playbook import Playbook
from failforward.model.review import Review
from failforward.pages.alone import plain, render, section_text, shortened, titled
from failforward.pages.words import label, length_text, moment_text, short_day, trial_words

PAPERS: Mapping[str, str] = {"a4": "A4", "letter": "letter"}
# Lines of body text on each paper, and characters in a line across the page and in one of two columns.
LINES: Mapping[str, int] = {"a4": 57, "letter": 54}
_ACROSS = 105
_COLUMN = 50
# How hard a page is pressed, from long texts to hardly more than titles; the first that fits is taken. Above 1 there is
# room for what was expected and where reality diverged too.
PRESSES = (2.0, 1.7, 1.4, 1.2, 1.05, *(step / 100 for step in range(100, 15, -5)))


@dataclass(frozen=True, slots=True)
class Tie:
    """A cause with how it contributed, and what is done about it."""

    cause: str
    how: str
    changes: tuple[tuple[str, str], ...]
    accepted: str = ""


@dataclass(frozen=True, slots=True)
class OnePage:
    """What stands on the page; `more_causes` and `more_next` count what had to be left out."""

    title: str
    about: tuple[str, ...]
    times: tuple[tuple[str, str], ...]
    in_short: str
    expected: str
    diverged: str
    causes: tuple[Tie, ...]
    more_causes: int
    worked: str
    celebrated: str
    differently: str
    next: tuple[str, ...]
    more_next: int

    @property
    def lines(self) -> int:
        """Estimate how many lines of body text it takes."""
        rows = 0
        for tie in self.causes:
            changes = [f"{what} {state}" for what, state in tie.changes] or [tie.accepted]
            rows += max(1 + _lines(tie.how, _COLUMN), sum(_lines(text, _COLUMN) for text in changes)) + 1
        parts = (self.in_short, self.expected, self.diverged, self.worked, self.celebrated, self.differently)
        texts = sum(_lines(text, _ACROSS) + 2 for text in parts if text)
        listed = sum(_lines(text, _ACROSS) for text in self.next) + 2 * bool(self.next)
        times = 2.5 * _lines("      ".join(f"{name}{when}" for name, when in self.times), 95)
        left_out = bool(self.more_causes) + bool(self.more_next)
        return math.ceil(2 * _lines(self.title, 48) + 3 + times + texts + rows + 2 + listed + left_out)


def one_page(playbook: Playbook, review: Review, today: date, step: int = 0, paper: str = "a4") -> OnePage:
    """Choose what stands on the page, pressed until it fits by estimate, and by `step` presses harder than that.

    A list that lost an entry may have made more room than was needed: then texts take it, where no step is asked for.
    """
    made = [_pressed(playbook, review, today, factor, factor) for factor in PRESSES]
    fits = next((place for place, page in enumerate(made) if page.lines <= LINES[paper]), len(made) - 1)
    if step:
        return made[min(fits + step, len(made) - 1)]
    longer = (_pressed(playbook, review, today, factor, PRESSES[fits]) for factor in PRESSES[:fits])
    return next((page for page in longer if page.lines <= LINES[paper]), made[fits])


def one_pager(
    playbook: Playbook,
    review: Review,
    today: date,
    *,
    paper: str = "a4",
    step: int = 0,
    overrides: Path | None = None,
) -> str:
    """Give the page as HTML that stands alone; `overrides` is a folder with a team's own templates."""
    repository = playbook.settings.repository.rstrip("/")
    file = playbook.prefix + review.path if review.path in playbook.review_by_path else review.path
    values = {
        "page": one_page(playbook, review, today, step, paper), "paper": PAPERS[paper], "file": file, "today": today,
        "playbook": playbook.settings.title,
        "address": f"{repository}/blob/HEAD/{file}" if repository.startswith("https://") else "",
    }  # fmt: skip
    return render("one-pager.html.j2", values, overrides)


def _pressed(playbook: Playbook, review: Review, today: date, factor: float, share: float) -> OnePage:
    """Make the page with every length taken times a factor, and every list times a share."""

    def cut(text: str, longest: int) -> str:
        return shortened(text, max(int(longest * factor), 40))

    trials = trials_of([review], playbook.settings.clocks.calendar, today)
    ties = list(_ties(playbook, review, trials))
    kept = max(2, math.ceil(8 * share))
    waiting = [trial for trial in trials if trial.state in UNFINISHED]
    steps = max(1, math.ceil(4 * share))
    return OnePage(
        title=cut(titled(review), 160),
        about=_about(review),
        times=tuple(_times(review)),
        in_short=cut(section_text(review, "in-short"), 900),
        expected=cut(section_text(review, "expected"), 320) if factor > 1 else "",
        diverged=cut(section_text(review, "diverged"), 420) if factor > 1 else "",
        causes=tuple(
            replace(
                tie,
                cause=cut(tie.cause, 80),
                how=cut(tie.how, 260),
                accepted=cut(tie.accepted, 220),
                changes=tuple((cut(what, 170), state) for what, state in tie.changes[:3]),
            )
            for tie in ties[:kept]
        ),
        more_causes=len(ties[kept:]),
        worked=cut(section_text(review, "worked"), 420),
        celebrated=cut(section_text(review, "celebrated"), 320),
        differently=cut(section_text(review, "differently"), 500),
        next=tuple(cut(_step(trial), 200) for trial in waiting[:steps]),
        more_next=len(waiting[steps:]),
    )


def _ties(playbook: Playbook, review: Review, trials: tuple[Trial, ...]) -> Iterator[Tie]:
    for name in review.cause_ids:
        known = playbook.cause_by_id.get(name)
        how = next((plain(each.how) for each in review.causes if each.cause == name and each.how), "")
        changes = tuple(
            (plain(trial.experiment.outcome) or trial.experiment.id, trial_words(trial))
            for trial in trials
            if trial.experiment.cause == name
        )
        because = next((plain(each.because) for each in review.accepted if each.cause == name), "")
        yield Tie(known.title if known else label(name), how, changes, because)


def _times(review: Review) -> Iterator[tuple[str, str]]:
    start = review.started if isinstance(review.started, Moment) else None
    for name in ("started", "detected", "mitigated", "resolved", "debrief"):
        when = getattr(review, name)
        if isinstance(when, Moment):
            exact = start is not None and start.precision == when.precision == "minute" and when.at > start.at
            after = f", after {length_text(when.at - start.at)}" if exact and start and name != "debrief" else ""
            yield label(name), moment_text(when) + after


def _about(review: Review) -> tuple[str, ...]:
    severity = review.severity if isinstance(review.severity, str) else ""
    lists = [("Services", review.services), ("Teams", review.teams)]
    named = [f"{name}: {_few(each)}" for name, each in lists if each]
    return (*(label(word) for word in (review.kind,) if word), *((severity,) if severity else ()), *named)


def _few(names: tuple[str, ...]) -> str:
    return ", ".join(names[:4]) + (f" and {len(names) - 4} more" if len(names) > 4 else "")


def _step(trial: Trial) -> str:
    """Give an unfinished experiment with its team and day."""
    by = f"by {short_day(trial.by)}" if trial.by else ""
    who = ", ".join(part for part in (trial.owner, by) if part)
    return f"{plain(trial.experiment.outcome) or trial.experiment.id}{f' ({who})' if who else ''}"


def _lines(text: str, width: int) -> int:
    """Count the lines that a text takes: a wide character takes two places, a capital more than one."""
    return math.ceil(sum(map(_places, text)) / width)


def _places(character: str) -> float:
    return 2.0 if unicodedata.east_asian_width(character) in "WF" else 1.7 if character.isupper() else 1.0
