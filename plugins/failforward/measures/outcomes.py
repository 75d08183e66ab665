"""What became of promises: clocks kept, changes verified, rooms that grew warmer, kinds of change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from failforward.clocks import Clock, ClockName
from failforward.index import Trial
from failforward.measures.periods import Counts, counted
from failforward.measures.statistics import Estimate, median_of, share_of
from failforward.model.fields import EXPERIMENT_KINDS
from failforward.model.moment import Moment
from failforward.model.review import Mood, Review

LEAST = 5
CLOCKS: tuple[ClockName, ...] = ("debrief", "check-in", "verification")
STATES = ("kept", "missed", "due", "unknown")
VERDICTS = ("stuck", "partly", "did-not-stick")
# The strongest first: what takes the hazard away, then what sees it, softens it, depends on people.
KINDS = EXPERIMENT_KINDS
SCORES = (1, 2, 3, 4, 5)


@dataclass(frozen=True, slots=True)
class ClockCount:
    """How often a clock was kept: state → number, and the share kept of those that are decided."""

    name: ClockName
    states: Mapping[str, int]
    kept: Estimate


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What was found when somebody went back: by period of the verdict, and what still waits.

    `verified` is the share of finished changes that have a verdict; those that will not be looked at are in neither
    number. `stuck` is the share of verdicts that say stuck, among them those on changes that were dropped after one,
    which `dropped` counts. `undated` counts verdicts without a day; they stand in no period.
    """

    periods: Counts
    waiting: int
    undated: int
    dropped: int
    verified: Estimate
    stuck: Estimate


@dataclass(frozen=True, slots=True)
class Moods:
    """The temperature of the rooms: score → reviews, before and after; all of it empty for fewer than five reviews."""

    n: int
    before: Mapping[int, int]
    after: Mapping[int, int]
    medians: tuple[Estimate, Estimate]
    warmer: Estimate


@dataclass(frozen=True, slots=True)
class Strength:
    """Kinds of changes by the period of the failure; changes that were dropped or name no kind are left out."""

    periods: Counts
    kinds: Mapping[str, Estimate]
    n: int


def clock_counts(clocks: Iterable[Clock]) -> tuple[ClockCount, ...]:
    """Count each clock by its state; what is not applicable is no promise and does not count."""
    found = Counter((clock.name, clock.state) for clock in clocks)
    counts = []
    for name in CLOCKS:
        states = {state: found[name, state] for state in STATES}  # type: ignore[index]
        kept = share_of(states["kept"], states["kept"] + states["missed"], LEAST)
        counts.append(ClockCount(name, states, kept))
    return tuple(counts)


def verdicts_of(trials: Iterable[Trial]) -> Verdicts:
    """Count the verdicts that are the last word; a change is finished when its work is done.

    A change that was given up after its verdict is not finished, and still tells that it did not hold.
    """
    trials = tuple(trials)
    judged = [trial for trial in trials if trial.state == "verified"]
    done = sum(trial.experiment.status == "done" for trial in judged)
    waiting = sum(trial.state == "waiting" for trial in trials)
    dated = [
        (trial.verified.on.day, trial.verdict)
        for trial in judged
        if trial.verified and isinstance(trial.verified.on, Moment)
    ]
    stuck = sum(trial.verdict == "stuck" for trial in judged)
    return Verdicts(
        counted(dated), waiting, len(judged) - len(dated), len(judged) - done,
        share_of(done, done + waiting, LEAST), share_of(stuck, len(judged), LEAST),
    )  # fmt: skip


def moods_of(reviews: Iterable[Review]) -> Moods:
    """Count the scores of reviews that have both. A small group could be guessed at, so it stays hidden."""
    pairs = [
        (review.mood.before, review.mood.after)
        for review in reviews
        if isinstance(review.mood, Mood) and review.mood.before and review.mood.after
    ]
    n = len(pairs)
    shown: Sequence[tuple[int, int]] = pairs if n >= LEAST else ()
    before, after = [pair[0] for pair in shown], [pair[1] for pair in shown]
    warmer = share_of(sum(after > before for before, after in shown), len(shown), LEAST)
    hidden = Estimate(n, LEAST)
    return Moods(
        n, {score: before.count(score) for score in SCORES if shown}, {s: after.count(s) for s in SCORES if shown},
        (median_of(before, LEAST), median_of(after, LEAST)) if shown else (hidden, hidden), warmer if shown else hidden,
    )  # fmt: skip


def strength_of(trials: Iterable[Trial]) -> Strength:
    """Count the changes by kind."""
    found = [trial for trial in trials if trial.state != "dropped" and trial.experiment.kind in KINDS]
    kinds = Counter(trial.experiment.kind for trial in found)
    periods = counted((trial.review.day, trial.experiment.kind) for trial in found if trial.review.day)
    return Strength(periods, {kind: share_of(kinds[kind], len(found), LEAST) for kind in KINDS}, len(found))
