"""The risk register as a page: what came true, what has not, and which failures no risk foresaw."""

from __future__ import annotations

from collections.abc import Iterator

from failforward.pages.board import Board
from failforward.pages.page import Page
from failforward.pages.site import Site

PATH = "risks/index.md"
# A risk that came true very often names its newest reviews; so do the failures that no risk foresaw.
NEWEST = 10
LONGEST = 200


def pages(site: Site) -> Iterator[Page]:
    """Make the page, where the playbook keeps a register."""
    register = site.index.register
    if register is None:
        return
    values = {
        "register": register,
        "parts_of_page": [
            (title, lead, entries)
            for title, lead, entries in (
                ("Came true", "What was expected, and happened.", register.came_true),
                ("Have not come true", "The next look first.", register.waiting),
                ("Closed", "No longer expected; none of them came true.", register.closed),
            )
            if entries
        ],
        "newest": NEWEST,
        "anchors": Board(site).anchors,
        "longest": LONGEST,
        "unread": bool(site.playbook.register_problems),
    }
    yield site.page(PATH, "risks.md.j2", values, title="Risks", search=False)
