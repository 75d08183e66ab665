"""Experiments across reviews: where each one stands today."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from failforward.model.moment import Moment
from failforward.model.review import Experiment, Review, Verdict
from failforward.model.workdays import Calendar

State = Literal["overdue", "due", "open", "waiting", "carried", "done", "verified", "dropped"]
# In the order in which they ask for attention.
STATES: tuple[State, ...] = ("overdue", "due", "open", "waiting", "carried", "verified", "done", "dropped")
UNFINISHED: tuple[State, ...] = ("overdue", "due", "open")
# An experiment counts as due, not only as open, in the last days before its deadline.
SOON = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Trial:
    """An experiment in its review, with where it stands.

    `state` is `overdue`, `due` (within seven days), `open`, `waiting` (done, and nobody has checked whether it held),
    `carried` (unfinished when its review was closed), `verified` (done, with a verdict of then or later; also where it
    was dropped after one), `done` (and will not be verified) or `dropped`. `verdict` is what was found last, also while
    work goes on; it is empty until there is one, and `too-early` counts as none. `by` is the last day that the deadline
    may mean, in the zone of the playbook, `days` how far that lies ahead, negative once it has passed; both are None
    without a deadline.
    """

    review: Review
    experiment: Experiment
    state: State
    verdict: str = ""
    days: int | None = None
    by: date | None = None

    @property
    def standing(self) -> str:
        """Give the word for where it stands: the verdict where that is the last word, else the state."""
        return self.verdict if self.state == "verified" else self.state

    @property
    def so_far(self) -> str:
        """Give a verdict that is not the last word, since the work goes on or was finished later; or nothing."""
        return "" if self.state == "verified" else self.verdict

    @property
    def due(self) -> Moment | None:
        """Give the deadline."""
        return self.experiment.due if isinstance(self.experiment.due, Moment) else None

    @property
    def owner(self) -> str:
        """Give the team or role that carries it, or nothing."""
        return self.experiment.owner if isinstance(self.experiment.owner, str) else ""

    @property
    def teams(self) -> tuple[str, ...]:
        """Give whose it is: the owner, else the teams of the review."""
        return (self.owner,) if self.owner else self.review.teams

    @property
    def verified(self) -> Verdict | None:
        """Give the verdict as a record."""
        return self.experiment.verified if isinstance(self.experiment.verified, Verdict) else None


def trials_of(reviews: Iterable[Review], calendar: Calendar, today: date) -> tuple[Trial, ...]:
    """Give all experiments: the most urgent state first, in it the nearest deadline, then the newest review."""
    found = [trial for review in reviews for trial in _of_review(review, calendar, today)]
    return tuple(sorted(found, key=_urgency))


def _of_review(review: Review, calendar: Calendar, today: date) -> Iterator[Trial]:
    for experiment in review.experiments:
        by = calendar.last_day(experiment.due) if isinstance(experiment.due, Moment) else None
        days = (by - today).days if by else None
        yield Trial(review, experiment, _state(review, experiment, days), experiment.judged, days, by)


def _state(review: Review, experiment: Experiment, days: int | None) -> State:
    if experiment.concluded:
        return "verified"
    if experiment.status == "dropped":
        return "dropped"
    if experiment.status == "done":
        unverifiable = experiment.verified is not None and not isinstance(experiment.verified, Verdict)
        return "done" if unverifiable else "waiting"
    if review.status == "closed":
        return "carried"
    if days is None:
        return "open"
    return "overdue" if days < 0 else "due" if days <= SOON.days else "open"


def _urgency(trial: Trial) -> tuple[int, int, int, str, str]:
    day = trial.review.day
    newest = -day.toordinal() if day else 0
    nearest = trial.days if trial.days is not None else 1_000_000
    return STATES.index(trial.state), nearest, newest, trial.review.path, trial.experiment.id
