"""Prose, cut out of Markdown block by block: what an author wrote as sentences, each character with its place.

Code, URLs, tags, comments, attributes, mathematics and template marks are no prose. What stands inside a sentence (a
code span, an address, a quotation) becomes one `OBJECT` character, so that the sentence keeps its grammar.
"""

from __future__ import annotations

import bisect
from collections.abc import Callable, Iterator
from functools import partial
from itertools import accumulate, islice, repeat
from typing import Any, NamedTuple

import pyromark

from failforward.text.markdown import OPTIONS
from failforward.text.source import ByteOffsets, Span
from failforward.text.spoken import OBJECT, opened, spoken

_OPTIONS = OPTIONS | pyromark.Options.ENABLE_MATH
_KINDS = {"Paragraph": "paragraph", "Heading": "heading", "Item": "item", "TableCell": "cell"}
_DEEP = {"List", "BlockQuote", "FootnoteDefinition"}
_ROWS = {"TableRow", "TableHead"}
_SILENT = {"CodeBlock", "MetadataBlock"}
# All before and behind which a block ends.
_BORDERS = {*_KINDS, *_DEEP, *_ROWS, *_SILENT, "Table", "HtmlBlock"}
_SIDES = {"Start", "End"}
_INLINE = {"Emphasis", "Strong", "Strikethrough"}
_OBJECTS = {"Code", "InlineMath", "DisplayMath"}


class Places(NamedTuple):
    """Where a block stands: its row, item or paragraph begins at `start`, the heading above it ends at `section`.

    `pieces` are starts in the block's text, starts and ends in the source. The source's places count bytes where there
    are `offsets`, from the character `base`.
    """

    pieces: list[tuple[int, int, int]]
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

    Most blocks are never asked where they stand, and to follow that takes twice as long: so it is found out for all of
    them together when the first one is asked.
    """
    whole = _Whole(opened(text), base, quotations)
    for number, (kind, words, heading, task, _) in enumerate(_Walk(quotations).rows(whole.text, placed=False)):
        places = partial(whole.places_of, number)
        yield Block(kind, spoken(words, quotations=quotations), places, heading, "", task)


class _Whole:
    """A text with the places of its blocks, found out when one of them is asked for."""

    def __init__(self, text: str, base: int, quotations: bool) -> None:
        self.text, self.base, self._offsets = text, base, ByteOffsets(text)
        self._rows = _Walk(quotations).rows(text, placed=True)
        self._places: list[Places] = []

    def places_of(self, number: int) -> Places:
        """Give the places of a block by its number; the text is followed as far as that and no further."""
        for *_, places in islice(self._rows, number + 1 - len(self._places)):
            self._places.append(places._replace(base=self.base, offsets=self._offsets))
        return self._places[number]


_NOWHERE = {"start": 0, "end": 0}
# Kind, words, heading, whether it is a task, and places, without what all blocks of a text share.
_Row = tuple[str, str, str, bool, Places]


class _Walk:
    """Follows the parser's events from block to block."""

    def __init__(self, quotations: bool) -> None:
        self.quotations = quotations
        self.kind = self.heading = ""
        self.lists = self.deep = self.silent = self.start = self.section = 0
        self.row = -1
        self.task = False

    def rows(self, text: str, *, placed: bool) -> Iterator[_Row]:
        """Give the blocks of a text; their pieces only where they are asked for."""
        # What the parser gives is looked at by class and key alone: this loop is the dearest of the whole check.
        event: Any
        value: Any
        kind = ""
        silent = 0
        parts: list[str] = []
        ranges: list[dict[str, int]] = []
        html: list[tuple[str, int]] = []
        for event, where in _events(text, placed):
            broken = event.__class__ is str
            if broken or "Text" in event:
                if kind and not silent:
                    parts.append(" " if broken else event["Text"])
                    ranges.append(where)
                continue
            ((name, value),) = event.items()
            if silent:
                silent += (name == "Start") - (name == "End")
                continue
            tag = "" if name not in _SIDES else value if value.__class__ is str else next(iter(value))
            if tag in _BORDERS:
                words = "".join(parts)
                if words and not words.isspace():
                    pieces = _pieces(parts, ranges) if placed else []
                    yield kind, words, self.heading, self.task, Places(pieces, self.start, self.section)
                if html:
                    yield from self.html(html)
                parts, ranges, html = [], [], []
                self.border(name, tag, value, words, where)
                kind, silent = self.kind, self.silent
            elif name == "Html":
                html.append((value, where["start"]))
            elif kind and tag not in _INLINE:
                parts.append(self.inside(name, tag, value))
                ranges.append(where)
                silent = self.silent

    def html(self, lines: list[tuple[str, int]]) -> Iterator[_Row]:
        """Give the prose in a block of HTML, whose headings are headings too."""
        from failforward.text import html_prose

        for row in html_prose.rows(lines, quotations=self.quotations):
            yield row.kind, row.words, self.heading, False, Places(row.pieces, row.start, self.section)
            if row.kind == "heading" and not self.deep:
                self.heading, self.section = row.words, row.end

    def border(self, name: str, tag: str, value: Any, words: str, where: dict[str, int]) -> None:
        """Begin or end what may be a block, whose words are known at its end."""
        if name == "Start":
            self.open(tag, value, where)
        else:
            self.close(tag, words, where)

    def inside(self, name: str, tag: str, value: Any) -> str:
        """Give what a reader takes from a thing inside a sentence, and pass over what is no prose."""
        address = tag == "Link" and name == "Start" and value[tag]["link_type"] in ("Autolink", "Email")
        self.silent = int(name == "Start" and (address or tag == "Image"))
        if name == "Start":
            return OBJECT if address else ""
        self.task = self.task or name == "TaskListMarker"
        if name in _OBJECTS:
            return OBJECT
        return " " if name == "InlineHtml" and value[:3].lower() == "<br" else ""

    def open(self, tag: str, value: Any, where: dict[str, int]) -> None:
        """Begin what may be a block."""
        self.kind, self.task = "", False
        quotation = tag == "BlockQuote" and (value == tag or value[tag] is None) and not self.quotations
        self.silent = int(tag in _SILENT or quotation)
        if not self.silent:
            self.kind = "item" if self.lists and tag == "Paragraph" else _KINDS.get(tag, "")
            self.lists += tag == "List"
            self.deep += tag in _DEEP
            self.row = where["start"] if tag in _ROWS else self.row
            self.start = self.row if self.row >= 0 else where["start"]

    def close(self, tag: str, words: str, where: dict[str, int]) -> None:
        """End it; a heading stands over what follows."""
        self.kind, self.silent = "", 0
        self.lists -= tag == "List"
        self.deep -= tag in _DEEP
        self.row = -1 if tag in _ROWS else self.row
        if tag == "Heading" and not self.deep:
            self.heading, self.section = words, where["end"]


def _pieces(parts: list[str], ranges: list[dict[str, int]]) -> list[tuple[int, int, int]]:
    """Give of each part where it begins in the block, and where it stands in the source."""
    ends = accumulate(map(len, parts), initial=0)
    placed = zip(ends, ranges, parts, strict=False)
    return [(start, where["start"], where["end"]) for start, where, part in placed if part]


def _events(text: str, placed: bool) -> Iterator[tuple[Any, dict[str, int]]]:
    """Give what the parser tells, with the bytes where it stands if that is asked for."""
    if placed:
        told: Any = pyromark.events_with_range(text, options=_OPTIONS)
        return iter(told)
    return zip(pyromark.events(text, options=_OPTIONS), repeat(_NOWHERE), strict=False)
