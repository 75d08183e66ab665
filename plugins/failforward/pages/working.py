"""Is it working? Follow-through in pictures, each with its numbers as a table and as CSV."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from failforward.measures import FIGURES, FigureName
from failforward.measures.outcomes import KINDS, STATES, VERDICTS
from failforward.measures.tables import Table, as_csv, as_json, table
from failforward.measures.words import TITLES, said
from failforward.pages.drawing import can_draw, draw
from failforward.pages.page import Asset, Page
from failforward.pages.pictures import Panel, panels
from failforward.pages.site import Site

# A longer table shows its first rows; the CSV has all.
LONGEST = 200
_LEADS: dict[FigureName, str] = {
    "cycle": "How long after the end of a failure its debrief was held, a first change was done, a first verdict was "
             "found. Each point is a review, the line the median, the band its interval.",
    "clocks": "The promises about time: kept, missed, still due, or unknown because a day was not written down.",
    "verdicts": "What was found when somebody went back to a change.",
    "held": "Each mark is a change that had stuck: a point where its cause came back in the same service or team, an "
            "open triangle where it holds to this day.",
    "mood": "How warm the room was before and after the debrief, as the group said.",
    "strength": "What sort of change was tried. The fuller the colour, the less it leans on people taking care.",
}  # fmt: skip
_LIMITS: dict[FigureName, str] = {
    "cycle": "Reviews that are still on the way are left out, so a median looks shorter than it will be. Fast is not "
    "the same as thorough.",
    "clocks": "A kept clock says that people met, not that anything was learned.",
    "verdicts": "Of a change that nobody has gone back to, nothing is known.",
    "held": "A change that has not been put to the test looks like one that works, so no rate is given.",
    "mood": "It speaks of groups and never of a person; fewer than five reviews are not shown at all.",
    "strength": "A kind says what a change aims at, not how well it is made.",
}
_KEYS: dict[FigureName, tuple[str, ...]] = {
    "cycle": (), "clocks": STATES, "verdicts": VERDICTS, "held": (), "mood": ("before", "after"), "strength": KINDS,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Figure:
    """A question with its pictures (None where there is no picture to draw), sentences and numbers.

    Where each picture has a sentence of its own, there are no others.
    """

    name: FigureName
    title: str
    lead: str
    limit: str
    key: tuple[str, ...]
    panels: tuple[tuple[Panel, Markup | None], ...]
    said: tuple[tuple[str, str], ...]
    table: Table


def pages(site: Site) -> Iterator[Page]:
    """Make the page."""
    drawing = can_draw()
    figures = [_figure(site, name, drawing=drawing) for name in FIGURES] if site.index.reviews else []
    values = {"figures": figures, "reviews": len(site.index.reviews), "longest": LONGEST, "can_draw": drawing}
    yield site.page("working/index.md", "working.md.j2", values, title="Is it working?", search=False)


def assets(site: Site) -> Iterator[Asset]:
    """Make the numbers behind each picture as CSV, and all of them as JSON."""
    for name in FIGURES:
        yield Asset(f"working/{name}.csv", as_csv(table(name, site.measures)).encode("utf-8", "replace"))
    content = json.dumps(as_json(site.measures), ensure_ascii=False, indent=1) + "\n"
    yield Asset("working/figures.json", content.encode("utf-8", "replace"))


def _figure(site: Site, name: FigureName, *, drawing: bool) -> Figure:
    shown = tuple(
        (panel, draw(panel.spec, f"{TITLES[name]} {panel.title}") if panel.spec and drawing else None)
        for panel in panels(name, site.measures)
    )
    key = _KEYS[name] if any(picture for _, picture in shown) else ()
    told = name != "cycle" and not all(panel.instead for panel, _ in shown)
    sentences = said(name, site.measures) if told else ()
    return Figure(name, TITLES[name], _LEADS[name], _LIMITS[name], key, shown, sentences, table(name, site.measures))
