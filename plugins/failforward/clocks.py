"""The clocks of a review: debrief, check-in and verification, each kept, due, missed, not applicable or unknown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
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
    held = review.debrief if isinstance(review.debrief, Moment) else None
    counted = (settings.calendar.instant(end, held), settings.debrief_limit(end, held)) if end else None
    deed = settings.calendar.instant(held, end) if held else None
    return _clock("debrief", counted, review.debrief, deed, settings, today)


def check_in(review: Review, settings: Clocks, today: date) -> Clock:
    """Tell whether somebody looked in within the days after the debrief."""
    if isinstance(review.debrief, NotApplicable) and not isinstance(review.check_in, Moment):
        return Clock("check-in", "not-applicable", reason=review.debrief.reason)
    start = review.debrief if isinstance(review.debrief, Moment) else None
    counted = (_day(start, settings), settings.check_in_limit(start)) if start else None
    return _clock("check-in", counted, review.check_in, _hour(review.check_in, settings), settings, today)


def verification(experiment: Experiment, settings: Clocks, today: date) -> Clock:
    """Tell whether it was checked by its day, or within the days after the deadline, that an experiment held.

    A verdict on work that was finished later, or goes on, leaves the clock running.
    """
    verified = experiment.verified
    if experiment.status == "dropped" and not experiment.judged:
        return Clock("verification", "not-applicable", reason="The experiment was dropped.", experiment=experiment.id)
    done: When = verified if isinstance(verified, NotApplicable) else None
    if isinstance(verified, Verdict) and experiment.concluded:
        done = verified.on
    excused = next((each for each in (experiment.verify_by, experiment.due) if each is not None), None)
    if isinstance(excused, NotApplicable):
        done = excused
    limit = settings.look_limit(experiment)
    start = next((when for when in (experiment.due, experiment.verify_by) if isinstance(when, Moment)), None)
    counted = (_day(start, settings), limit) if start and limit else None
    return _clock("verification", counted, done, _hour(done, settings), settings, today, experiment.id)


def carried_over(experiment: Experiment, settings: Clocks, today: date) -> int:
    """Give how many sprints have begun since the one that the deadline of an unfinished experiment lies in."""
    if experiment.status in ("done", "dropped") or not isinstance(experiment.due, Moment):
        return 0
    return settings.sprints_since(experiment.due, today)


def _clock(
    name: ClockName,
    counted: tuple[datetime, datetime] | None,
    done: When,
    deed: datetime | None,
    settings: Clocks,
    today: date,
    experiment: str = "",
) -> Clock:
    """Hold a deed against the instants it is counted from and to; a coarse date gets the benefit of the doubt.

    `done` is what the review says of the deed, `deed` the instant which that is for this clock. Today begins where the
    limit's own day does, so that date, distance and state tell the same.
    """
    if isinstance(done, NotApplicable):
        return Clock(name, "not-applicable", reason=done.reason, experiment=experiment)
    if counted is None:
        return Clock(name, "unknown", experiment=experiment)
    start, limit = counted
    # A debrief or check-in may be written down beforehand: planned is not kept.
    if done is None or deed is None or settings.calendar.day(done) > today:
        margin = limit - settings.calendar.begin(today, limit)
        return Clock(name, "due" if margin >= timedelta(0) else "missed", limit, None, margin, experiment=experiment)
    margin = limit - deed
    taken = max(deed - start, timedelta(0))
    return Clock(name, "kept" if margin >= timedelta(0) else "missed", limit, taken, margin, experiment=experiment)


def _hour(done: When, settings: Clocks) -> datetime | None:
    return settings.calendar.hour(done) if isinstance(done, Moment) else None


def _day(moment: Moment, settings: Clocks) -> datetime:
    """Give the beginning of a moment's day: these clocks count days, not hours."""
    return settings.calendar.begin(settings.calendar.day(moment))
