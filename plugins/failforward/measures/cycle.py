"""How long it took from the end of a failure to the debrief, to the first change done, to the first verdict."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from failforward.clocks import Clock
from failforward.index import Trial
from failforward.measures.statistics import Estimate, median_of
from failforward.model.moment import Moment
from failforward.model.review import NotApplicable, Review

LegName = Literal["debrief", "changed", "verified"]
LEGS: tuple[LegName, ...] = ("debrief", "changed", "verified")
LEAST = 5
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Leg:
    """A stretch of the way, always from the end of the failure: path of a review → days.

    `ahead` is how many reviews are not there yet, `undated` how many are there without the days it takes to tell.
    """

    name: LegName
    days: Mapping[str, float]
    ahead: int
    undated: int
    median: Estimate


def legs_of(
    reviews: Iterable[Review], trials: Mapping[str, Sequence[Trial]], clocks: Mapping[str, Sequence[Clock]]
) -> tuple[Leg, ...]:
    """Give the three legs; `trials` and `clocks` are keyed by a review's path."""
    reviews = tuple(reviews)
    reach: dict[LegName, Callable[[Review], float | str | None]] = {
        "debrief": lambda review: _to_debrief(clocks[review.path]),
        "changed": lambda review: _to_change(review, trials.get(review.path, ())),
        "verified": lambda review: _to_verdict(review, trials.get(review.path, ())),
    }
    return tuple(_leg(name, {review.path: reach[name](review) for review in reviews}) for name in LEGS)


def _leg(name: LegName, found: Mapping[str, float | str | None]) -> Leg:
    days = {path: value for path, value in found.items() if isinstance(value, float)}
    words = list(found.values())
    return Leg(name, days, words.count("ahead"), words.count("undated"), median_of(tuple(days.values()), LEAST))


def _to_debrief(clocks: Sequence[Clock]) -> float | str | None:
    (clock,) = [each for each in clocks if each.name == "debrief"]
    if clock.taken is not None:
        return clock.taken / _DAY
    return "ahead" if clock.state in ("due", "missed") else None


def _to_change(review: Review, trials: Sequence[Trial]) -> float | str | None:
    tried = [trial for trial in trials if trial.state != "dropped"]
    done = [trial for trial in tried if trial.experiment.status == "done"]
    if not done:
        return "ahead" if tried else None
    return _first(review, [trial.experiment.finished for trial in done])


def _to_verdict(review: Review, trials: Sequence[Trial]) -> float | str | None:
    tried = [
        trial for trial in trials
        if trial.state != "dropped" and not isinstance(trial.experiment.verified, NotApplicable)
    ]  # fmt: skip
    found = [trial.verified.on for trial in tried if trial.state == "verified" and trial.verified]
    if not found:
        return "ahead" if tried else None
    return _first(review, found)


def _first(review: Review, deeds: Iterable[object]) -> float | str:
    """Give the days from the end of the failure, as its clock counts, to the first deed."""
    end = review.ended or (review.detected if isinstance(review.detected, Moment) else None)
    moments = [deed.at for deed in deeds if isinstance(deed, Moment)]
    if end is None or not moments:
        return "undated"
    return max((min(moments) - end.at) / _DAY, 0.0)
