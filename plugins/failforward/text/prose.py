"""Prose, cut out of Markdown block by block: what an author wrote as sentences, each character with its place.

Code, URLs, tags, comments, attributes, mathematics and template marks are no prose. What stands inside a sentence (a
code span, an address, a quotation) becomes one `OBJECT` character, so that the sentence keeps its grammar.
"""

from __future__ import annotations

import bisect
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple, TypeVar

from failforward.text.source import ByteOffsets, Span
from failforward.text.spoken import opened, spoken
from failforward.text.walk import Piece, Standing, seen, standing

Found = TypeVar("Found")


class Places(NamedTuple):
    """Where a block stands: its row, item or paragraph begins at `start`, the heading above it ends at `section`.

    `pieces` are starts in the block's text, starts and ends in the source. The source's places count bytes where there
    are `offsets`, from the character `base`.
    """

    pieces: list[Piece]
    start: int = 0
    section: int = 0
    base: int = 0
    offsets: ByteOffsets | None = None

    def character(self, place: int) -> int:
        """Give the character offset in the source for a place in the source's own count."""
        return self.base + (self.offsets.character(place) if self.offsets else place)


class Block(NamedTuple):
    """A stretch of prose without a break: a paragraph, heading, list item, table cell or field of the front matter.

    `kind` is one of these words (`item` for all prose in lists). `text` is what a reader reads, and `places` finds out
    where it stands. `heading` is the nearest heading's text, `field` the front matter's key, `task` an item with a
    checkbox.
    """

    kind: str
    text: str
    places: Callable[[], Places]
    heading: str = ""
    field: str = ""
    task: bool = False

    @property
    def start(self) -> int:
        """Give the character at which the row, item or paragraph begins that the block stands in."""
        places = self.places()
        return places.character(places.start)

    @property
    def section(self) -> int:
        """Give the character at which the nearest heading ends; the beginning of the text where there is none."""
        places = self.places()
        return places.character(places.section)

    def span(self, start: int, end: int) -> Span:
        """Give where a range of the text stands in the source."""
        places = self.places()
        pieces, character = places.pieces, places.character
        first = bisect.bisect_right(pieces, (start, _FAR, _FAR)) - 1
        last = bisect.bisect_right(pieces, (end - 1, _FAR, _FAR)) - 1
        at, source, limit = pieces[first]
        opened = min(character(source) + start - at, character(limit))
        at, source, limit = pieces[last]
        length = (pieces[last + 1][0] if last + 1 < len(pieces) else len(self.text)) - at
        closed = character(limit) if end - at >= length else min(character(source) + end - at, character(limit))
        return Span(opened, max(closed, opened))


_FAR = 1 << 60


def read(text: str, base: int = 0, *, quotations: bool = False) -> Iterator[Block]:
    """Give the blocks of a Markdown text in order; its places in the source are offset by `base` characters.

    Most blocks are never asked where they stand, and to follow that takes twice as long: so it is found out when one is
    asked, for all before it as well.
    """
    return (block for block, _ in read_where(bool, text, base, quotations=quotations))


def read_where(
    found: Callable[[str], Found], text: str, base: int = 0, *, quotations: bool = False
) -> Iterator[tuple[Block, Found]]:
    """Give those blocks in whose text something is found, each with that; of the others hardly anything is made."""
    whole = _Whole(opened(text), base, quotations)
    for number, (kind, words, heading, task) in enumerate(seen(whole.text, quotations=quotations)):
        said = spoken(words, quotations=quotations)
        there = found(said)
        if there:
            yield Block(kind, said, partial(whole.places_of, number), heading, "", task), there


class _Whole:
    """A text with the places of its blocks, found out when one of them is asked for."""

    def __init__(self, text: str, base: int, quotations: bool) -> None:
        self.text, self._base, self._offsets = text, base, ByteOffsets(text)
        self._quotations = quotations
        self._standing: Sequence[Standing] = ()

    def places_of(self, number: int) -> Places:
        """Give the places of a block by its number.

        The text is followed as far as that; when more is asked for, twice as far, so that it is followed few times.
        """
        if number >= len(self._standing):
            most = max(number + 1, 2 * len(self._standing))
            self._standing = standing(self.text, most, quotations=self._quotations)
        return Places(*self._standing[number], self._base, self._offsets)
