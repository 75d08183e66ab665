"""Is it working? What the reviews of a playbook say together of follow-through, in numbers that name their n.

Nothing is counted per person or ranked by team. Fewer values than an estimate needs give none: "cannot tell yet".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from failforward.clocks import Clock
from failforward.index import Index
from failforward.measures.cycle import Leg, legs_of
from failforward.measures.held import Held, held_of
from failforward.measures.outcomes import (
    ClockCount,
    Moods,
    Strength,
    Verdicts,
    clock_counts,
    moods_of,
    strength_of,
    verdicts_of,
)
from failforward.model.review import Review

__all__ = ["FIGURES", "FigureName", "Measures", "measures_of"]

FigureName = Literal["cycle", "clocks", "verdicts", "held", "mood", "strength"]
FIGURES: tuple[FigureName, ...] = ("cycle", "clocks", "verdicts", "held", "mood", "strength")


@dataclass(frozen=True)
class Measures:
    """What was measured, on which day, over the failures since which day; `reviews` are those, newest first."""

    today: date
    since: date | None
    reviews: tuple[Review, ...]
    cycle: tuple[Leg, ...]
    clocks: tuple[ClockCount, ...]
    verdicts: Verdicts
    held: tuple[Held, ...]
    mood: Moods
    strength: Strength


def measures_of(
    index: Index, clocks: Mapping[str, Sequence[Clock]], today: date, since: date | None = None
) -> Measures:
    """Measure the published reviews of failures since a day; the time it takes grows with their number.

    `clocks` gives the clocks of each review by its path.
    """
    reviews = tuple(each for each in index.reviews if since is None or (each.day is not None and each.day >= since))
    paths = {review.path for review in reviews}
    trials = tuple(trial for trial in index.trials if trial.review.path in paths)
    return Measures(
        today, since, reviews, legs_of(reviews, index.trials_by_review, clocks),
        clock_counts(clock for review in reviews for clock in clocks[review.path]), verdicts_of(trials),
        held_of(index, trials, today), moods_of(reviews), strength_of(trials),
    )  # fmt: skip
