"""Changes that stuck: which cause came back in the same service or team, and how long each change has held."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from failforward.index import Index, Trial
from failforward.model.moment import Moment
from failforward.model.review import Review

LEAST = 5


@dataclass(frozen=True, slots=True)
class Held:
    """A change that was found to have stuck on a day.

    `days` is how long it has held: until the failure in which its cause came back, else until today. `returned` is that
    failure's review, None for a change that holds so far: how long it will hold nobody knows.
    """

    trial: Trial
    since: date
    days: int
    returned: Review | None = None


def held_of(index: Index, trials: Iterable[Trial], today: date) -> tuple[Held, ...]:
    """Give the changes that stuck by the day of their verdict; a cause without a service or team in common is another.

    The time it takes grows with the number of reviews and their places.
    """
    met = _met(index)
    found = []
    for trial in trials:
        since = _stuck_on(trial)
        if since is None or since > today:
            continue
        returned = _next(met, trial, since)
        until = returned.day if returned and returned.day else today
        found.append(Held(trial, since, (until - since).days, returned))
    return tuple(sorted(found, key=lambda each: (each.since, each.trial.review.path, each.trial.experiment.id)))


def _met(index: Index) -> dict[tuple[str, str], tuple[list[date], list[Review]]]:
    """Give (cause, service or team without capitals) → the days on which it was met and the reviews, oldest first."""
    met: dict[tuple[str, str], tuple[list[date], list[Review]]] = {}
    for name, entry in index.causes.items():
        for occurrence in entry.occurrences:
            review = occurrence.review
            for place in review.places if review.day else ():
                days, reviews = met.setdefault((name, place), ([], []))
                days.append(review.day)  # type: ignore[arg-type]
                reviews.append(review)
    return met


def _next(met: dict[tuple[str, str], tuple[list[date], list[Review]]], trial: Trial, since: date) -> Review | None:
    """Give the first failure after a day in which the cause of a change was met again in the same place."""
    found = []
    for place in trial.review.places:
        days, reviews = met.get((trial.experiment.cause, place), ([], []))
        at = bisect_right(days, since)
        found += [review for review in reviews[at : at + 2] if review is not trial.review][:1]
    return min(found, key=lambda review: (str(review.day), review.path), default=None)


def _stuck_on(trial: Trial) -> date | None:
    if trial.verdict != "stuck" or trial.verified is None or not isinstance(trial.verified.on, Moment):
        return None
    return trial.verified.on.day
