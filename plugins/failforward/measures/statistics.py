"""The little statistics that the pictures need: a median and a share, each with an interval of 95 % and its n.

Interval of a median: the percentile bootstrap (B. Efron, "Bootstrap methods: another look at the jackknife", Annals of
Statistics 7, 1979). Interval of a share: the score interval (E. B. Wilson, "Probable inference, the law of succession,
and statistical inference", Journal of the American Statistical Association 22, 1927). Tests hold both against SciPy.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

CONFIDENCE = 0.95
# With one seed the same data gives the same bytes. Many values need fewer resamples: the work has a bound.
_SEED = 1979
_RESAMPLES = 2_000
_LEAST_RESAMPLES = 200
_MOST_DRAWS = 2_000_000


@dataclass(frozen=True, slots=True)
class Estimate:
    """A median or a share with its interval, or nothing where too few values are there to tell.

    `n` is how many values there are, `least` how many are needed. `hits` counts what a share is the share of.
    """

    n: int
    least: int
    value: float | None = None
    low: float | None = None
    high: float | None = None
    hits: int | None = None

    @property
    def enough(self) -> bool:
        """Tell whether there are enough values."""
        return self.value is not None


def median_of(values: Sequence[float], least: int) -> Estimate:
    """Give the median with its bootstrap interval."""
    n = len(values)
    if n < max(least, 1):
        return Estimate(n, least)
    return Estimate(n, least, statistics.median(values), *bootstrap(values))


def share_of(hits: int, n: int, least: int) -> Estimate:
    """Give a share, from 0 to 1, with its Wilson interval."""
    if n < max(least, 1):
        return Estimate(n, least, hits=hits)
    return Estimate(n, least, hits / n, *wilson(hits, n), hits)


def bootstrap(values: Sequence[float]) -> tuple[float, float]:
    """Give the percentile bootstrap interval of the median of at least one value."""
    ordered = sorted(values)
    draw = Random(_SEED)  # noqa: S311 - a drawing of samples, no secret
    times = max(_LEAST_RESAMPLES, min(_RESAMPLES, _MOST_DRAWS // len(ordered)))
    medians = sorted(statistics.median(draw.choices(ordered, k=len(ordered))) for _ in range(times))
    rest = (1 - CONFIDENCE) / 2
    return percentile(medians, rest), percentile(medians, 1 - rest)


def percentile(ordered: Sequence[float], share: float) -> float:
    """Give the value below which a share of the sorted values lies, between two of them by a straight line."""
    place = share * (len(ordered) - 1)
    below = math.floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def wilson(hits: int, n: int) -> tuple[float, float]:
    """Give the Wilson interval of a share of at least one case; it never leaves 0 to 1."""
    z = statistics.NormalDist().inv_cdf(1 - (1 - CONFIDENCE) / 2)
    share = hits / n
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return 0.0 if hits == 0 else middle - half, 1.0 if hits == n else middle + half
