"""The clocks of a review: debrief, check-in and verification, each kept, due, missed, not applicable or unknown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal

from failforward.model.moment import Moment
from failforward.model.review import Experiment, NotApplicable, Review, Verdict, When
from failforward.model.settings import Clocks

ClockName = Literal["debrief", "check-in", "verification"]
ClockState = Literal["kept", "due", "missed", "not-applicable", "unknown"]


@dataclass(frozen=True, slots=True)
class Clock:
    """How a promise about time stands.

    `limit` is the last instant for it, None where nothing can be computed; `taken` is the time from the event it is
    counted from to the deed. `margin` is what was or is left until the limit, negative where it was passed: of a kept
    or late deed at the deed, of an open one at the beginning of today. `experiment` is the id for a verification.
    """

    name: ClockName
    state: ClockState
    limit: datetime | None = None
    taken: timedelta | None = None
    margin: timedelta | None = None
    reason: str = ""
    experiment: str = ""


def clocks_of(review: Review, settings: Clocks, today: date) -> tuple[Clock, ...]:
    """Give the clocks of a review: debrief, check-in, then one verification per experiment."""
    return (
        debrief(review, settings, today),
        check_in(review, settings, today),
        *(verification(experiment, settings, today) for experiment in review.experiments),
    )


def debrief(review: Review, settings: Clocks, today: date) -> Clock:
    """Tell whether the debrief came within the hours after the failure was over."""
    end = review.ended or (review.detected if isinstance(review.detected, Moment) else None)
    return _clock("debrief", end, timedelta(hours=settings.debrief_hours), review.debrief, today)


def check_in(review: Review, settings: Clocks, today: date) -> Clock:
    """Tell whether somebody looked in within the days after the debrief."""
    if isinstance(review.debrief, NotApplicable) and not isinstance(review.check_in, Moment):
        return Clock("check-in", "not-applicable", reason=review.debrief.reason)
    start = review.debrief if isinstance(review.debrief, Moment) else None
    return _clock("check-in", _whole_day(start), timedelta(days=settings.check_in_days), review.check_in, today)


def verification(experiment: Experiment, settings: Clocks, today: date) -> Clock:
    """Tell whether it was checked, within the days after the deadline, that an experiment held."""
    if experiment.status == "dropped":
        return Clock("verification", "not-applicable", reason="The experiment was dropped.", experiment=experiment.id)
    verified = experiment.verified
    done: When = verified if isinstance(verified, NotApplicable) else None
    if isinstance(verified, Verdict) and verified.verdict not in ("", "too-early"):
        done = verified.on
    due = experiment.due if isinstance(experiment.due, Moment) else None
    limit = timedelta(days=settings.verify_days)
    return _clock("verification", _whole_day(due), limit, done, today, experiment.id)


def _clock(
    name: ClockName, start: Moment | None, allowed: timedelta, done: When, today: date, experiment: str = ""
) -> Clock:
    """Hold a deed against its limit; a coarse date gets the benefit of the doubt."""
    if isinstance(done, NotApplicable):
        return Clock(name, "not-applicable", reason=done.reason, experiment=experiment)
    if start is None:
        return Clock(name, "unknown", experiment=experiment)
    limit = start.latest + allowed
    if done is None:
        margin = limit - datetime.combine(today, time(), UTC)
        return Clock(name, "due" if margin >= timedelta(0) else "missed", limit, None, margin, experiment=experiment)
    margin = limit - done.at
    taken = max(done.at - start.at, timedelta(0))
    return Clock(name, "kept" if margin >= timedelta(0) else "missed", limit, taken, margin, experiment=experiment)


def _whole_day(moment: Moment | None) -> Moment | None:
    """Give the day of a moment: these clocks count days, not hours."""
    return Moment.of_day(moment.day, "day" if moment.precision == "minute" else moment.precision) if moment else None
