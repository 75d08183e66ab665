"""Pages to read: what worked, and which change answered which cause."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from failforward.index import Trial
from failforward.model.review import Review
from failforward.model.sections import PART_BY_ID, section_id
from failforward.pages.page import Page
from failforward.pages.site import Here, Site
from failforward.pages.strengths import strengths_of
from failforward.text.sections import slug

_PARTS = {
    "celebrated": "Said aloud, because it deserves it.",
    "worked": "What helped when it was needed. Keep it.",
    "lucky": "What could as well have gone otherwise. Luck is a gap that has not been met yet.",
}
# Each part shows its newest quotations.
LONGEST = 150
# Each cause shows its newest changes; its own page has more.
NEWEST = 20


@dataclass(frozen=True, slots=True)
class Quotation:
    """What a review says in one of its sections, with the anchor of that section."""

    review: Review
    text: Markup
    anchor: str


def worked(site: Site) -> Iterator[Page]:
    """Make the page of what worked, was celebrated and was luck."""
    path = "worked/index.md"
    here = Here(site, path)
    found: dict[str, list[Quotation]] = {name: [] for name in _PARTS}
    totals = dict.fromkeys(_PARTS, 0)
    for review in site.index.worked:
        for section in review.body.sections:
            name = section_id(section)
            text = review.source.text[section.title_span.end : section.span.end].strip() if name in found else ""
            if not text:
                continue
            totals[name] += 1
            if len(found[name]) < LONGEST:
                found[name].append(Quotation(review, here.block(text, review), slug(section.title)))
    parts = [(PART_BY_ID[name].title, lead, found[name], totals[name]) for name, lead in _PARTS.items()]
    values = {"parts_of_page": [part for part in parts if part[2]], "strengths": strengths_of(site.index.worked)}
    yield site.page(path, "worked.md.j2", values, title="What worked", search=False)


def lessons(site: Site) -> Iterator[Page]:
    """Make the memo: each cause and the changes tried against it, one line each."""
    groups: list[tuple[str, list[tuple[str, tuple[Trial, ...]]]]] = []
    for group in site.index.groups:
        causes = [(entry.cause.id, entry.trials[::-1][:NEWEST]) for entry in group.causes if entry.trials]
        if causes:
            groups.append((group.title, causes))
    values = {"groups": groups, **site.memory.values()}
    yield site.page("lessons/index.md", "lessons.md.j2", values, title="Lessons", search=False)
