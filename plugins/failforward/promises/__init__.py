"""The promises of reviews that are still to be kept: debriefs, check-ins, experiments, verifications.

Nothing is computed here that is computed elsewhere: experiments come from the index, everything else from the clocks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from failforward.clocks import Clock, carried_over, check_in, debrief, verification
from failforward.index import Trial
from failforward.index.trials import trials_of
from failforward.model.review import Experiment, Review
from failforward.model.settings import Clocks
from failforward.text.source import Span

PromiseKind = Literal["debrief", "check-in", "experiment", "verification"]
PromiseState = Literal["overdue", "due", "undated", "carried", "missed"]
KINDS: tuple[PromiseKind, ...] = ("debrief", "check-in", "experiment", "verification")
# In the order in which they ask for attention.
STATES: tuple[PromiseState, ...] = ("overdue", "due", "undated", "carried", "missed")
# An experiment that has been carried over more sprints than that asks for a decision instead of another sprint.
MOST_SPRINTS = 2
_NEXT = {
    "debrief": "Hold it, or write debrief: n/a because …",
    "check-in": "Look in on how it goes, or write check_in: n/a because …",
    "experiment": "Finish it, agree on a later day, or drop it with a reason.",
    "undated experiment": "Agree on a day for it, finish it, or drop it with a reason.",
    "verification": "Look whether it held and write the verdict; too-early is one.",
    "carried": "Carry it on in a newer review, ask for help with it, or drop it with a reason.",
    "missed": "Write when it took place, or n/a because …",
    "escalate": "Carried over {sprints} sprints: escalate it, or drop it with a reason.",
}


@dataclass(frozen=True, slots=True)
class Promise:
    """Something a review promised that is still open.

    `state` is `overdue`, `due`, `undated` (an unfinished experiment without a day, or a verification for which no day
    follows from the review), `carried` (an experiment that was unfinished when its review was closed) or `missed` (a
    debrief or check-in of a review that has been closed without it). `by` is its day, None where none was set; `days`
    is how far that lies ahead, negative once it has passed. `teams` are the owner, else the teams of the review.
    `sprints` is how many sprints an unfinished experiment has been carried over since its deadline.
    """

    kind: PromiseKind
    state: PromiseState
    review: Review
    by: date | None = None
    days: int | None = None
    teams: tuple[str, ...] = ()
    experiment: Experiment | None = None
    sprints: int = 0

    @property
    def escalate(self) -> bool:
        """Tell whether it has been carried over so often that it is to be escalated or dropped."""
        return self.sprints > MOST_SPRINTS

    @property
    def id(self) -> str:
        """Give what tells it from every other promise of the playbook, the same on every day."""
        return "/".join((self.kind, self.review.id, *([self.experiment.id] if self.experiment else [])))

    @property
    def what(self) -> str:
        """Give what was promised in a few words: the outcome of an experiment, else the title of the review."""
        texts = (self.experiment.outcome, self.experiment.id) if self.experiment else (self.review.title,)
        return next((words for text in texts if (words := " ".join(text.split()))), self.review.id)

    @property
    def next(self) -> str:
        """Give what keeps the promise, or ends it in the open."""
        if self.escalate:
            return _NEXT["escalate"].format(sprints=self.sprints)
        names = (f"{self.state} {self.kind}", self.state, self.kind)
        return next(_NEXT[name] for name in names if name in _NEXT)

    @property
    def span(self) -> Span:
        """Give the place in the review that it is about."""
        if self.experiment is None:
            names = ("debrief", "resolved") if self.kind == "debrief" else ("check_in", "debrief")
            return self.review.where(next((name for name in names if self.review.given(name)), "status"))
        place = next(place for place, each in enumerate(self.review.experiments) if each is self.experiment)
        return self.review.where("experiments", place, "id")


def distance(days: int) -> str:
    """Give how far a day lies from today: `in 3 days`, `today`, `1 day ago`."""
    if days == 0:
        return "today"
    count = "1 day" if abs(days) == 1 else f"{abs(days):,} days"
    return f"in {count}" if days > 0 else f"{count} ago"


def promises_of(
    reviews: Iterable[Review], clocks: Clocks, today: date, *, within: int | None = None
) -> tuple[Promise, ...]:
    """Give the open promises: the most urgent state first, in it the earliest day.

    `within` leaves out what is due in more days than that.
    """
    reviews = tuple(review for review in reviews if review.readable)
    found = [promise for review in reviews for promise in _of_clocks(review, clocks, today)]
    trials = trials_of(reviews, clocks.calendar, today)
    found += [promise for trial in trials for promise in _of_trial(trial, clocks, today)]
    near = (each for each in found if within is None or each.state != "due" or (each.days or 0) <= within)
    return tuple(sorted(near, key=_urgency))


def _of_clocks(review: Review, settings: Clocks, today: date) -> Iterator[Promise]:
    """Give the debrief and the check-in, as far as they are open."""
    for kind, clock in (("debrief", debrief(review, settings, today)), ("check-in", check_in(review, settings, today))):
        if _is_open(clock):
            state = "missed" if review.status == "closed" and clock.state == "missed" else _state(clock)
            yield Promise(kind, state, review, *_day(clock), review.teams)  # type: ignore[arg-type]


def _of_trial(trial: Trial, settings: Clocks, today: date) -> Iterator[Promise]:
    """Give an unfinished experiment, or the verification of a finished one."""
    if trial.state == "waiting":
        clock = verification(trial.experiment, settings, today)
        yield Promise("verification", _state(clock), trial.review, *_day(clock), trial.teams, trial.experiment)
    elif trial.state in ("overdue", "due", "open", "carried") and (trial.due or trial.state == "carried"):
        state: PromiseState = "due" if trial.state in ("due", "open") else trial.state  # type: ignore[assignment]
        sprints = carried_over(trial.experiment, settings, today)
        yield Promise("experiment", state, trial.review, trial.by, trial.days, trial.teams, trial.experiment, sprints)
    elif trial.state == "open" and trial.experiment.due is None and trial.review.status not in ("", "draft"):
        # In a draft a day is still to be agreed on; `n/a because …` says that none was promised.
        yield Promise("experiment", "undated", trial.review, None, None, trial.teams, trial.experiment)


def _is_open(clock: Clock) -> bool:
    return clock.taken is None and clock.state in ("due", "missed")


def _state(clock: Clock) -> PromiseState:
    return "undated" if clock.limit is None else "overdue" if clock.state == "missed" else "due"


def _day(clock: Clock) -> tuple[date | None, int | None]:
    """Give the day of a clock and how far it lies ahead, as the clock itself counts."""
    if clock.limit is None or clock.margin is None:
        return None, None
    return clock.limit.date(), clock.margin // timedelta(days=1)


def _urgency(promise: Promise) -> tuple[int, int, int, str, str]:
    days = promise.days if promise.days is not None else 1_000_000
    return STATES.index(promise.state), days, KINDS.index(promise.kind), promise.review.path, promise.id


def not_known(unread: Sequence[Review]) -> str:
    """Say that some reviews cannot be read, without a name, as one may be private; nothing where there is none."""
    if not unread:
        return ""
    if len(unread) == 1:
        return "1 review cannot be read, so what it promises now is not known."
    return f"{len(unread):,} reviews cannot be read, so what they promise now is not known."
