"""The numbers behind each picture as a table, as CSV and as JSON."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from failforward.measures import FigureName, Measures
from failforward.measures.held import LEAST as HELD_LEAST
from failforward.measures.outcomes import KINDS, SCORES, STATES, VERDICTS
from failforward.measures.periods import Counts
from failforward.measures.statistics import Estimate
from failforward.model.review import Review
from failforward.text.sheets import cell as sheet_cell

VERSION = 1
Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its cells, and the review that it is about."""

    cells: tuple[Cell, ...]
    review: Review | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table: columns, and rows as long as those. Rows about a review have its id and title before their cells."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    of_reviews: bool = False


def table(name: FigureName, measures: Measures) -> Table:
    """Give the numbers behind a picture; nothing stands there that the picture hides."""
    return _TABLES[name](measures)


def as_csv(found: Table) -> str:
    """Give a table as CSV (RFC 4180), with lengths in days; no cell can be taken for a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow((*(("review", "title") if found.of_reviews else ()), *found.columns))
    for row in found.rows:
        first = (row.review.id, " ".join(row.review.title.split())) if row.review else ()
        writer.writerow([_harmless(cell) for cell in (*first, *row.cells)])
    return out.getvalue()


def as_json(measures: Measures) -> Mapping[str, Any]:
    """Give everything as one object; lengths in days, shares from 0 to 1, null where it cannot be told yet."""
    found, mood = measures.verdicts, measures.mood
    return {
        "version": VERSION, "today": measures.today.isoformat(),
        "since": measures.since.isoformat() if measures.since else None, "reviews": len(measures.reviews),
        "cycle": {
            leg.name: {"median": _estimate(leg.median), "ahead": leg.ahead, "undated": leg.undated}
            for leg in measures.cycle
        },
        "clocks": {clock.name: {"kept": _estimate(clock.kept), **clock.states} for clock in measures.clocks},
        "verdicts": {
            "verified": _estimate(found.verified), "stuck": _estimate(found.stuck), "waiting": found.waiting,
            "undated": found.undated, "dropped": found.dropped,
        },
        "held": {
            "n": len(measures.held), "least": HELD_LEAST,
            "returned": sum(each.returned is not None for each in measures.held),
        },
        "mood": {
            "before": _estimate(mood.medians[0]), "after": _estimate(mood.medians[1]),
            "warmer": _estimate(mood.warmer),
        },
        "strength": {kind: _estimate(estimate) for kind, estimate in measures.strength.kinds.items()},
        "tables": {name: _objects(table(name, measures)) for name in _TABLES},
    }  # fmt: skip


def _cycle(measures: Measures) -> Table:
    rows = tuple(
        Row((_day(review), *(_rounded(leg.days.get(review.path)) for leg in measures.cycle)), review)
        for review in measures.reviews
        if any(review.path in leg.days for leg in measures.cycle)
    )
    return Table(("failure", "days to debrief", "days to first change done", "days to first verdict"), rows, True)


def _clocks(measures: Measures) -> Table:
    rows = tuple(Row((clock.name, *(clock.states[state] for state in STATES))) for clock in measures.clocks)
    return Table(("clock", *STATES), rows)


def _verdicts(measures: Measures) -> Table:
    return _by_period(measures.verdicts.periods, VERDICTS)


def _held(measures: Measures) -> Table:
    rows = tuple(
        Row(
            (
                each.trial.experiment.id, each.trial.experiment.cause, each.since.isoformat(), each.days,
                each.returned.id if each.returned else None,
            ),
            each.trial.review,
        )
        for each in measures.held
    )  # fmt: skip
    return Table(("change", "cause", "stuck on", "days held", "came back in"), rows, True)


def _mood(measures: Measures) -> Table:
    mood = measures.mood
    rows = tuple(Row((score, mood.before[score], mood.after[score])) for score in SCORES if mood.before)
    return Table(("score", "reviews before", "reviews after"), rows)


def _strength(measures: Measures) -> Table:
    return _by_period(measures.strength.periods, KINDS)


def _by_period(periods: Counts, words: Sequence[str]) -> Table:
    rows = tuple(Row((period, *(counts.get(word, 0) for word in words))) for period, counts in periods.items())
    return Table(("period", *words), rows)


_TABLES: dict[FigureName, Callable[[Measures], Table]] = {
    "cycle": _cycle, "clocks": _clocks, "verdicts": _verdicts, "held": _held, "mood": _mood, "strength": _strength,
}  # fmt: skip


def _objects(found: Table) -> list[dict[str, Cell]]:
    names = [column.replace(" ", "_") for column in found.columns]
    return [
        {**({"review": row.review.id} if row.review else {}), **dict(zip(names, row.cells, strict=True))}
        for row in found.rows
    ]


def _estimate(estimate: Estimate) -> dict[str, Cell]:
    value = {"value": _rounded(estimate.value), "low": _rounded(estimate.low), "high": _rounded(estimate.high)}
    return {"n": estimate.n, "least": estimate.least, **value}


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _day(review: Review) -> str | None:
    return review.day.isoformat() if review.day else None


def _harmless(cell: Cell) -> Cell:
    if cell is None:
        return ""
    if not isinstance(cell, str):
        return cell
    text = "".join(char if char.isprintable() else " " for char in cell)
    return sheet_cell(text) if sheet_cell(cell) == cell else f"'{text}"
