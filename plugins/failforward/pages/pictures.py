"""The pictures of the page "Is it working?": which there are, and what each draws."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from failforward.measures import FigureName, Measures
from failforward.measures import held as holding
from failforward.measures.cycle import Leg
from failforward.measures.outcomes import KINDS, SCORES, STATES, VERDICTS
from failforward.measures.periods import Counts
from failforward.measures.words import LABELS, cannot_tell, leg_words, length, percent, rest_words
from failforward.pages import marks
from failforward.pages.drawing import Spec
from failforward.pages.marks import ACCENT, BAD, GOOD, IDLE, INK, Stretch, Values

_MOODS = {1: "1 cold", 2: "2", 3: "3", 4: "4", 5: "5 warm"}


@dataclass(frozen=True, slots=True)
class Panel:
    """A picture with its title, or the words that stand in its place where it cannot be told yet.

    `said` is a sentence below it.
    """

    title: str
    spec: Spec | None = None
    instead: str = ""
    said: str = ""


def panels(name: FigureName, measures: Measures) -> tuple[Panel, ...]:
    """Give the pictures of a figure."""
    return tuple(_PANELS[name](measures))


def _cycle(measures: Measures) -> Iterator[Panel]:
    titles = {review.path: review.title or review.id for review in measures.reviews}
    shown = [leg for leg in measures.cycle if leg.median.enough]
    stretch = Stretch.around(chain.from_iterable(leg.days.values() for leg in shown))
    strips = {leg.name: _strip(leg, titles, stretch) for leg in shown}
    height = max(map(marks.room, strips.values()), default=0) + 60
    for leg in measures.cycle:
        instead = "" if leg.median.enough else cannot_tell(leg.median.n, leg.median.least)
        said = rest_words(leg) if instead else leg_words(leg)
        yield Panel(LABELS[leg.name], None if instead else _leg(leg, strips[leg.name], stretch, height), instead, said)


def _strip(leg: Leg, titles: Mapping[str, str], stretch: Stretch) -> Values:
    return stretch.strip((days, f"{titles[path]}: {length(days)}") for path, days in leg.days.items())


def _leg(leg: Leg, values: Values, stretch: Stretch, height: int) -> Spec:
    """Give each review as a point, behind them the median's interval as a band, before them the median as a line."""
    estimate = {"days": leg.median.value, "low": leg.median.low, "high": leg.median.high}
    median: Values = [{name: stretch.within(value or 0) for name, value in estimate.items()}]
    median[0]["said"] = f"Median: {length(leg.median.value or 0)}"
    band = {"x": stretch.axis("low"), "x2": {"field": "high"}}
    line = {"x": stretch.axis(), "description": {"field": "said"}}
    return marks.picture(
        [
            {"data": {"values": median}, "mark": {"type": "rect", "color": ACCENT, "opacity": 0.18}, "encoding": band},
            marks.points(values, stretch, color=INK),
            {"data": {"values": median}, "mark": {"type": "rule", "color": ACCENT, "strokeWidth": 3}, "encoding": line},
        ],
        height=height,
    )  # fmt: skip


def _clocks(measures: Measures) -> Iterator[Panel]:
    counts = {clock.name.capitalize(): clock.states for clock in measures.clocks}
    total = sum(chain.from_iterable(states.values() for states in counts.values()))
    if total < measures.clocks[0].kept.least:
        yield Panel("How many", instead=cannot_tell(total, measures.clocks[0].kept.least))
        return
    yield Panel("How many", marks.rows(counts, STATES))
    if any(clock.kept.enough for clock in measures.clocks):
        yield Panel("Share kept, of those decided", _shares(measures))


def _shares(measures: Measures) -> Spec:
    """Give the share kept of each clock as a point on its interval."""
    values: Values = []
    for clock in measures.clocks:
        kept = clock.kept
        row = {"row": clock.name.capitalize(), "said": f"{clock.name.capitalize()}: {percent(kept.value or 0)} kept"}
        values += [{**row, "value": kept.value, "low": kept.low, "high": kept.high}] if kept.enough else []
    axis = {"values": [0, 0.5, 1], "format": ".0%", "title": None, "grid": True}
    x = {"field": "value", "type": "quantitative", "scale": {"domain": [0, 1]}, "axis": axis}
    y = marks.row_axis([clock.name.capitalize() for clock in measures.clocks])
    interval = {"x": {**x, "field": "low"}, "x2": {"field": "high"}, "y": y}
    point = {"x": x, "y": y, "description": {"field": "said"}}
    return marks.picture(
        [
            {"mark": {"type": "rule", "color": ACCENT, "strokeWidth": 4, "opacity": 0.45}, "encoding": interval},
            {"mark": {"type": "circle", "color": ACCENT, "size": 110, "opacity": 1}, "encoding": point},
        ],
        values, height=140,
    )  # fmt: skip


def _verdicts(measures: Measures) -> Iterator[Panel]:
    found = measures.verdicts
    yield _columns("Verdicts by the period they were found in", found.periods, VERDICTS, found.stuck.least)


def _held(measures: Measures) -> Iterator[Panel]:
    title, n = "How long each change has held", len(measures.held)
    if n < holding.LEAST:
        yield Panel(title, instead=cannot_tell(n, holding.LEAST))
        return
    yield Panel(title, _lasting(measures))


def _lasting(measures: Measures) -> Spec:
    """Give each change as a mark by the days it has held: full where its cause came back, open where it holds."""
    stretch = Stretch.around(max(each.days, 1) for each in measures.held)
    strips = {
        name: stretch.strip(
            (each.days, f"{each.trial.review.title}, {each.trial.experiment.id}: {name}, {length(each.days)}")
            for each in measures.held
            if (each.returned is not None) is returned
        )
        for name, returned in (("came back", True), ("held so far", False))
    }
    widest = list(chain.from_iterable(strips.values()))
    looks: dict[str, dict[str, Any]] = {
        "came back": {"color": BAD},
        "held so far": {"color": GOOD, "shape": "triangle-right", "filled": False},
    }
    layers = []
    for name, look in looks.items():
        layer = marks.points([{**each, "row": name} for each in strips[name]], stretch, **look)
        layer["encoding"] |= {"y": marks.row_axis(tuple(strips), 0), "yOffset": marks.up_and_down(widest)}
        layers.append(layer)
    return marks.picture(layers, height=2 * marks.room(widest) + 50)


def _mood(measures: Measures) -> Iterator[Panel]:
    mood = measures.mood
    title = "Reviews by the temperature of the room"
    if not mood.before:
        yield Panel(title, instead=cannot_tell(mood.n, mood.warmer.least))
        return
    values: Values = [
        {"score": _MOODS[score], "when": when, "number": numbers[score],
         "said": f"{numbers[score]:,} of {mood.n:,} at {score} {when} the debrief"}
        for when, numbers in (("before", mood.before), ("after", mood.after))
        for score in SCORES
    ]  # fmt: skip
    tones = {"domain": ["before", "after"], "range": [IDLE, ACCENT]}
    encoding = {
        "x": {"field": "score", "type": "ordinal", "sort": None, "title": None,
              "scale": {"domain": list(_MOODS.values())}, "axis": {"labelAngle": 0, "ticks": False}},
        "xOffset": {"field": "when", "sort": ["before", "after"]}, "y": marks.number(max(x["number"] for x in values)),
        "color": {"field": "when", "type": "nominal", "scale": tones, "legend": None},
        "description": {"field": "said"},
    }  # fmt: skip
    yield Panel(title, marks.picture([{"mark": {"type": "bar"}, "encoding": encoding}], values))


def _strength(measures: Measures) -> Iterator[Panel]:
    found = measures.strength
    yield _columns("Changes by the period of the failure", found.periods, KINDS, found.kinds[KINDS[0]].least)


def _columns(title: str, periods: Counts, words: Sequence[str], least: int) -> Panel:
    n = sum(chain.from_iterable(counts.values() for counts in periods.values()))
    if n < least:
        return Panel(title, instead=cannot_tell(n, least))
    return Panel(title, marks.columns(periods, words))


_PANELS = {
    "cycle": _cycle, "clocks": _clocks, "verdicts": _verdicts, "held": _held, "mood": _mood, "strength": _strength,
}  # fmt: skip
