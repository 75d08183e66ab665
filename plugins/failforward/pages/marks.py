"""Pieces of Vega-Lite that the pictures share: axes, points on a strip, stacked bars.

Each picture is drawn for the width of a phone, and a wider window shows several side by side: so text has one size
everywhere. Colours are the variables of the page's style sheet.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from failforward.measures.outcomes import KINDS
from failforward.measures.periods import Counts
from failforward.measures.words import LABELS
from failforward.pages.drawing import Spec
from failforward.text.html import one_line

WIDTH = 300
INK, QUIET, LINE, PAPER = (f"var(--ff-{name})" for name in ("ink", "quiet", "line", "paper"))
ACCENT, GOOD, PART, BAD, IDLE = (f"var(--ff-{name})" for name in ("accent", "good", "part", "bad", "idle"))
_TONES = {
    "kept": GOOD, "missed": BAD, "due": PART, "unknown": IDLE, "stuck": GOOD, "partly": PART, "did-not-stick": BAD,
}  # fmt: skip
# The stronger a kind of change, the fuller its colour.
_FULLNESS = dict(zip(KINDS, (1, 0.72, 0.46, 0.24, 0.06), strict=True))
_HOUR, _MONTH, _YEAR = 1 / 24, 30.4375, 365.25
_TICKS = {
    _HOUR: "1 hour", 1.0: "1 day", 7.0: "1 week", _MONTH: "1 month", _YEAR: "1 year", 10 * _YEAR: "10 years",
    100 * _YEAR: "100 years",
}  # fmt: skip
# Of few points, and of a crowd: how many lie beside each other on a strip before it is full, how far apart they stand
# above each other, and how large they are.
_FEW, _CROWD = (40, 9, 50), (110, 3, 9)
_MOST_FEW = 150
_HIGHEST = 220
Values = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Stretch:
    """An axis of lengths by powers, from and to so many days; what is shorter stands at its beginning."""

    low: float
    high: float
    shorter: bool = False

    @classmethod
    def around(cls, days: Iterable[float]) -> Stretch:
        """Give the axis on which all of these have their place; it begins at a length that people know."""
        found = tuple(days)
        least = min((each for each in found if each), default=1.0)
        # Where some took no time at all, there is room for them a tick further down.
        low = max((tick for tick in _TICKS if (tick < least if 0 in found else tick <= least)), default=_HOUR)
        return cls(low, max((*found, low * 4)) * 1.4, bool(found) and min(found) < low)

    def axis(self, field: str = "days") -> dict[str, Any]:
        """Give the axis, with ticks at the lengths that people know."""
        ticks = {days: name for days, name in _TICKS.items() if self.low <= days <= self.high}
        ticks[self.low] = f"≤ {ticks[self.low]}" if self.shorter else ticks[self.low]
        names = " : ".join([*(f"abs(datum.value - {days}) < {days / 9} ? '{ticks[days]}'" for days in ticks), "''"])
        labels = {"labelExpr": names, "labelOverlap": "greedy", "labelSeparation": 14}
        axis = {"values": list(ticks), "title": None, "grid": True, **labels}
        scale = {"type": "log", "domain": [self.low * 0.85, self.high]}
        return {"field": field, "type": "quantitative", "scale": scale, "axis": axis}

    def within(self, days: float) -> float:
        """Give a length that has a place on the axis: what is shorter stands at its beginning."""
        return max(days, self.low)

    def strip(self, found: Iterable[tuple[float, str]]) -> Values:
        """Place points by their days; those that would lie on each other move down and up in turn."""
        columns: dict[int, int] = {}
        values: Values = []
        found = sorted(found)
        across = _look(len(found))[0]
        for days, said in found:
            at = self.within(days)
            column = round(across * math.log(at / self.low) / math.log(self.high / self.low))
            place = columns[column] = columns.get(column, -1) + 1
            values.append({"days": at, "y": (place + 1) // 2 * (1 if place % 2 else -1), "said": one_line(said)})
        return values


def points(values: Values, stretch: Stretch, **mark: Any) -> dict[str, Any]:
    """Give the layer that draws a strip of points, each with its description."""
    shape = {"type": "point", "shape": "circle", "filled": True, "opacity": 0.85, "strokeWidth": 1.4}
    shape["size"] = _look(len(values))[2]
    return {
        "data": {"values": values}, "mark": {**shape, **mark},
        "encoding": {"x": stretch.axis(), "y": up_and_down(values), "description": {"field": "said"}},
    }  # fmt: skip


def up_and_down(values: Values) -> dict[str, Any]:
    """Give the axis, which is not drawn, on which the points of a strip move."""
    domain = [-reach(values) - 1, reach(values) + 1]
    return {"field": "y", "type": "quantitative", "axis": None, "scale": {"domain": domain}}


def reach(values: Values) -> int:
    """Give how far the points of a strip move up or down."""
    return max((2, *(int(abs(each["y"])) for each in values)))


def room(values: Values) -> int:
    """Give the height that a strip needs."""
    return min(_HIGHEST, _look(len(values))[1] * 2 * (reach(values) + 1))


def _look(number: int) -> tuple[int, int, int]:
    return _FEW if number <= _MOST_FEW else _CROWD


def columns(periods: Counts, words: Sequence[str]) -> Spec:
    """Give a bar for each period, in it the words that were counted."""
    values: Values = [
        {"period": period, "word": word, "order": place, "number": counts[word], "fullness": _FULLNESS.get(word, 1),
         "said": f"{period}: {counts[word]:,} {LABELS.get(word, word)}"}
        for period, counts in periods.items()
        for place, word in enumerate(words)
        if counts.get(word)
    ]  # fmt: skip
    most = max(sum(counts.values()) for counts in periods.values())
    labels = {"labelAngle": 0, "labelOverlap": "greedy", "labelSeparation": 8, "ticks": False}
    scale = {"domain": list(periods), "paddingInner": 0.25, "paddingOuter": max(0.2, (5 - len(periods)) / 2)}
    x = {"field": "period", "type": "ordinal", "sort": None, "title": None, "scale": scale, "axis": labels}
    encoding = {"x": x, "y": number(most), **_tone(words)}
    return picture([{"mark": {"type": "bar", "strokeWidth": 1}, "encoding": encoding}], values)


def rows(counts: Mapping[str, Mapping[str, int]], words: Sequence[str]) -> Spec:
    """Give a bar for each row, in it the words that were counted."""
    values: Values = [
        {"row": row, "word": word, "order": place, "number": found[word], "fullness": 1,
         "said": f"{row}: {found[word]:,} {word}"}
        for row, found in counts.items()
        for place, word in enumerate(words)
        if found.get(word)
    ]  # fmt: skip
    most = max(sum(found.values()) for found in counts.values())
    encoding = {"y": row_axis(tuple(counts)), "x": number(most), **_tone(words)}
    return picture([{"mark": {"type": "bar", "strokeWidth": 1}, "encoding": encoding}], values, height=140)


def number(most: int) -> dict[str, Any]:
    """Give an axis that counts from nothing, in whole numbers."""
    step = next(step for step in _steps() if step * 4 >= most)
    axis = {"values": list(range(0, most + 1, step)), "format": ",d", "title": None, "grid": True, "domain": False}
    return {"field": "number", "type": "quantitative", "axis": axis, "scale": {"domainMax": most}}


def row_axis(order: Sequence[str], between: float = 0.5) -> dict[str, Any]:
    """Give the axis with a name for each row; `between` is the share of a row that stays empty."""
    # As wide as the longest name in a wide type: labels are measured without the page's own.
    widest = round(7.5 * max(map(len, order), default=0))
    axis = {"ticks": False, "domain": False, "labelColor": INK, "minExtent": widest}
    scale = {"domain": list(order), "paddingInner": between, "paddingOuter": between / 2}
    return {"field": "row", "type": "nominal", "sort": None, "title": None, "scale": scale, "axis": axis}


def picture(layers: Sequence[Mapping[str, Any]], values: Values | None = None, *, height: int = 190) -> Spec:
    """Give a whole specification; `values` serve the layers that have none of their own."""
    axis = {"labelColor": QUIET, "labelFontSize": 12, "tickColor": LINE, "domainColor": LINE, "gridColor": LINE}
    # The page's type may be wider than the one that the labels were measured with.
    padding = {"left": 4, "right": 14, "top": 6, "bottom": 4}
    return {
        "width": WIDTH, "height": height, "autosize": {"type": "fit", "contains": "padding"}, "padding": padding,
        "background": None, "config": {"view": {"stroke": None}, "axis": {**axis, "labelPadding": 6}},
        **({"data": {"values": values}} if values is not None else {}), "layer": list(layers),
    }  # fmt: skip


def _steps() -> Iterator[int]:
    """Give steps that people count in: 1, 2, 5, 10, 20 …"""
    for power in count():
        yield from (each * 10**power for each in (1, 2, 5))


def _tone(words: Sequence[str]) -> dict[str, Any]:
    """Colour stacked bars by their word; kinds of changes by one colour that fades."""
    tones = [_TONES.get(word, ACCENT) for word in words]
    return {
        "fill": {"field": "word", "type": "nominal", "scale": {"domain": list(words), "range": tones}, "legend": None},
        "fillOpacity": {"field": "fullness", "type": "quantitative", "scale": None},
        "stroke": {"value": ACCENT if words == KINDS else PAPER}, "order": {"field": "order", "type": "quantitative"},
        "description": {"field": "said"},
    }  # fmt: skip
