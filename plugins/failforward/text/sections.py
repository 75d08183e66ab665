"""A document as its headings cut it: each section with its heading, its own blocks and where it ends."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from failforward.text.markdown import Document, Mark, Node
from failforward.text.source import Span


class Section(NamedTuple):
    """A heading and what stands under it up to the next heading of any level.

    `level` 0 and an empty title stand for what comes before the first heading. `span` reaches to the next heading;
    `title_span` covers the heading's line. Its blocks are those of the document from `first` to before `last`.
    """

    title: str
    level: int
    span: Span
    title_span: Span
    document: Document
    first: int
    last: int | None

    @property
    def blocks(self) -> tuple[Node, ...]:
        """Give the blocks under the heading."""
        return self.document.children[self.first : self.last]

    @property
    def key(self) -> str:
        """Give the title in the form in which titles are compared."""
        return title_key(self.title)


def split(document: Document) -> tuple[Section, ...]:
    """Cut a document at its top-level headings, in order; the part before the first heading comes first."""
    start, end = document.span
    headings = [mark for mark in document.outline if mark.kind == "heading"]
    before = Mark("heading", "0", "", Span(start, start), -1)
    ends = [(heading.span.start, heading.place) for heading in headings]
    return tuple(
        Section(each.plain, int(each.detail), Span(each.span.start, stop), each.span, document, each.place + 1, last)
        for each, (stop, last) in zip((before, *headings), [*ends, (end, None)], strict=True)
    )


def below(sections: Sequence[Section], index: int) -> Sequence[Section]:
    """Give the section at `index` and the deeper ones that follow it directly."""
    end = index + 1
    while end < len(sections) and sections[end].level > sections[index].level:
        end += 1
    return sections[index:end]


@lru_cache(maxsize=1024)
def title_key(title: str) -> str:
    """Give a title's words in lower case, without marks, emoji and punctuation, one space between them."""
    text = unicodedata.normalize("NFKC", title).casefold().replace("’", "'")
    return " ".join(re.sub(r"[^\w\s']|_", " ", text).split())


def slug(title: str) -> str:
    """Give the anchor that site generators make of a heading (ASCII letters, digits, hyphens)."""
    ascii_only = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", ascii_only).strip().lower())
