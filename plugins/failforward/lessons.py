"""The memo of lessons: each cause of a review and the change that answers it, one line each."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from failforward.errors import ArgumentError
from failforward.index import Index, Trial
from failforward.index.anniversaries import anniversaries_of
from failforward.model.review import Acceptance, Review

_QUARTER = re.compile(r"(\d{4})-?[Qq]([1-4])")


@dataclass(frozen=True, slots=True)
class Lesson:
    """A cause in a review with what answers it: changes, or the reason why it is lived with, or nothing yet."""

    review: Review
    cause: str
    title: str
    changes: tuple[Trial, ...] = ()
    accepted: tuple[Acceptance, ...] = ()


def lessons_of(
    index: Index, *, service: str = "", quarter: str = "", review: str = "", near: date | None = None
) -> tuple[Lesson, ...]:
    """Give the lessons of the published reviews, newest first; each argument narrows them down.

    `quarter` is a quarter of the calendar year (2026-Q3), `review` the id of one review; `near` a day that has the
    anniversary of the failure within three days. Raises ArgumentError for a
    service or review that the playbook does not have, and for what is no quarter.
    """
    _known(service, index.services, "service")
    _known(review, [each.id for each in index.reviews], "published review")
    wanted = _quarter(quarter) if quarter else ""
    reviews = index.reviews if near is None else tuple(each.review for each in anniversaries_of(index.reviews, near))
    chosen = [
        each
        for each in reviews
        if (not service or service in each.services)
        and (not review or review == each.id)
        and (not wanted or wanted == quarter_of(each))
    ]
    return tuple(lesson for each in chosen for lesson in _of_review(index, each))


def quarter_of(review: Review) -> str:
    """Give the quarter of the failure as 2026-Q3, nothing where it has no date."""
    return f"{review.day.year:04}-Q{(review.day.month + 2) // 3}" if review.day else ""


def _of_review(index: Index, review: Review) -> Iterator[Lesson]:
    trials = index.trials_by_review.get(review.path, ())
    for name in review.cause_ids:
        changes = tuple(trial for trial in trials if trial.experiment.cause == name)
        accepted = tuple(each for each in review.accepted if each.cause == name)
        yield Lesson(review, name, index.causes[name].cause.title, changes, accepted)


def _quarter(text: str) -> str:
    match = _QUARTER.fullmatch(text.strip())
    if match is None:
        raise ArgumentError(f"“{text}” is no quarter", remedy="Write it as 2026-Q3.")
    return f"{match[1]}-Q{match[2]}"


def _known(name: str, names: Iterable[str], what: str) -> None:
    known = list(names)
    if name and name not in known:
        close = difflib.get_close_matches(name, known, 1, 0.6)
        remedy = f"Did it mean {close[0]}?" if close else f"There is {', '.join(known[:8]) or 'none'}."
        raise ArgumentError(f"“{name}” is no {what} of this playbook", remedy=remedy)
