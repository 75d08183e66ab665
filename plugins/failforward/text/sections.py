"""A document as its headings cut it: each section with its heading, its own blocks and where it ends."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from failforward.text.markdown import Node
from failforward.text.source import Span


class Section(NamedTuple):
    """A heading and what stands under it up to the next heading of any level.

    `level` 0 and an empty title stand for what comes before the first heading. `span` reaches to the next heading;
    `title_span` covers the heading's line.
    """

    title: str
    level: int
    span: Span
    title_span: Span
    blocks: tuple[Node, ...]

    @property
    def key(self) -> str:
        """Give the title in the form in which titles are compared."""
        return title_key(self.title)


def split(document: Node) -> tuple[Section, ...]:
    """Cut a document at its top-level headings, in order; the part before the first heading comes first."""
    cuts: list[tuple[str, int, Span, list[Node]]] = [("", 0, Span(document.span.start, document.span.start), [])]
    for block in document.children:
        if block.kind == "heading":
            cuts.append((block.plain, int(block.detail), block.span, []))
        else:
            cuts[-1][3].append(block)
    ends = [cut[2].start for cut in cuts[1:]] + [document.span.end]
    return tuple(
        Section(title, level, Span(heading.start, end), heading, tuple(blocks))
        for (title, level, heading, blocks), end in zip(cuts, ends, strict=True)
    )


def below(sections: Sequence[Section], index: int) -> Sequence[Section]:
    """Give the section at `index` and the deeper ones that follow it directly."""
    end = index + 1
    while end < len(sections) and sections[end].level > sections[index].level:
        end += 1
    return sections[index:end]


def title_key(title: str) -> str:
    """Give a title's words in lower case, without marks, emoji and punctuation, one space between them."""
    text = unicodedata.normalize("NFKC", title).casefold().replace("’", "'")
    return " ".join(re.sub(r"[^\w\s']|_", " ", text).split())


def slug(title: str) -> str:
    """Give the anchor that site generators make of a heading (ASCII letters, digits, hyphens)."""
    ascii_only = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", ascii_only).strip().lower())
