"""Pages as content: from a playbook and its index to text files that any site generator publishes.

To add a page type: a template, a function that makes its pages, and a line in PAGES.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from failforward.index import Index
from failforward.model.playbook import Playbook
from failforward.pages import (
    board,
    browse,
    causes,
    crossings,
    data,
    experiments,
    feeds,
    home,
    memory,
    reading,
    review,
    risks,
    rulebook,
    working,
)
from failforward.pages.page import Asset, Page, Pages
from failforward.pages.site import ASSETS, MERMAID, Site
from failforward.pages.urls import Style, Urls

__all__ = ["PAGES", "Asset", "Page", "Pages", "Style", "Urls", "build"]

# In the order in which a navigation offers them.
PAGES: Mapping[str, Callable[[Site], Iterable[Page]]] = {
    "home": home.pages,
    "reviews": browse.reviews,
    "review": review.pages,
    "causes": causes.pages,
    "map": crossings.pages,
    "experiments": experiments.pages,
    "working": working.pages,
    "worked": reading.worked,
    "lessons": reading.lessons,
    "risks": risks.pages,
    "tags": browse.tags,
    "services": browse.services,
    "teams": browse.teams,
    "years": browse.years,
    "kinds": browse.kinds,
    "severities": browse.severities,
    "rules": rulebook.pages,
}
# Files that all pages use, and those that only pages with a certain mark do.
_FILES = ("failforward.css", "failforward.js")
_ON_DEMAND = {MERMAID: (MERMAID, "vendor/mermaid.LICENSE.txt"), memory.SCRIPT: (memory.SCRIPT,)}


def build(
    playbook: Playbook, index: Index, today: date, *, urls: Style = "directory", overrides: Path | None = None,
    site_url: str = "",
) -> Pages:  # fmt: skip
    """Make every page of a playbook, in the order of PAGES; the same input gives the same bytes.

    `overrides` is a folder with templates that replace shipped ones of the same name; `site_url` the address of the
    site, for what is read elsewhere.
    """
    site = Site(playbook, index, today, Urls(urls), overrides)
    made = tuple(page for make in PAGES.values() for page in make(site))
    files = (
        data.asset(site), *board.assets(site), crossings.asset(site), *memory.assets(site),
        *working.assets(site),
        *feeds.assets(site, site_url), *_assets(made),
    )  # fmt: skip
    return Pages(made, files)


def _assets(made: tuple[Page, ...]) -> Iterator[Asset]:
    folder = Path(__file__).parent / "assets"
    names = [*_FILES]
    for mark, files in _ON_DEMAND.items():
        if any(ASSETS + mark in page.text for page in made):
            names += files
    for name in names:
        yield Asset(ASSETS + name, (folder / name).read_bytes())
