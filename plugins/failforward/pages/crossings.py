"""The map of causes and services, with the table behind it as `causes/map.csv`."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from failforward.model.review import Review
from failforward.pages.page import Asset, Page
from failforward.pages.site import Site
from failforward.text.sheets import cell as sheet_cell

CSV = "causes/map.csv"
COLUMNS = ("cause", "service", "reviews", "ids")
# Behind a number stand its newest reviews.
NEWEST = 5
# A number of this size has the full tone, also where the largest is smaller.
FULL = 4
_WEAKEST, _STRONGEST = 10, 42


@dataclass(frozen=True, slots=True)
class Cell:
    """A number of the map: its reviews, newest first, how strong its tone is in percent, and its anchor in the list."""

    cause: str
    service: str
    reviews: tuple[Review, ...]
    tone: int
    anchor: str


def pages(site: Site) -> Iterator[Page]:
    """Make the map."""
    heat = site.index.heat
    most = max((len(heat.cells.get((row, column), ())) for row in heat.rows for column in heat.columns), default=0)
    rows = [
        (row, heat.totals[row], [_cell(site, row, column, max(most, FULL)) for column in heat.columns])
        for row in heat.rows
    ]
    values = {
        "rows": rows,
        "columns": [(column, heat.service_totals[column]) for column in heat.columns],
        "several": [cell for _, _, cells in rows for cell in cells if cell and len(cell.reviews) > 1],
        "newest": NEWEST,
        "causes": len(heat.totals),
        "services": len(heat.service_totals),
        "csv": CSV,
    }
    yield site.page("map/index.md", "map.md.j2", values, title="Map of causes", search=False)


def asset(site: Site) -> Asset:
    """Make the table of all causes and services that were met together, a row for each."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for (cause, service), reviews in site.index.heat.cells.items():
        ids = " ".join(review.id for review in reviews)
        writer.writerow([*map(sheet_cell, (cause, service)), len(reviews), sheet_cell(ids)])
    return Asset(CSV, out.getvalue().encode("utf-8", "replace"))


def _cell(site: Site, cause: str, service: str, most: int) -> Cell | None:
    heat = site.index.heat
    reviews: Sequence[Review] = heat.cells.get((cause, service), ())
    if not reviews:
        return None
    tone = _WEAKEST + (_STRONGEST - _WEAKEST) * len(reviews) // most
    anchor = f"met-{heat.rows.index(cause) + 1}-{heat.columns.index(service) + 1}"
    return Cell(cause, service, tuple(reviews), tone, anchor)
