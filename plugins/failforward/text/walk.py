"""The walk through what the parser tells, from block to block of prose.

A text is walked through to see its blocks, and once more, with places, where it is asked where one of them stands. As
that is done for every text, there is a compiled twin, `_walk.c`, that sees the same. Where it could not be compiled, or
is not there for this Python, all is done here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import accumulate, islice, repeat
from typing import Any

import pyromark

from failforward.text.options import OPTIONS
from failforward.text.spoken import OBJECT

try:
    from failforward.text import _walk
except ImportError:
    COMPILED = False
else:
    COMPILED = True

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
# What the compiled twin is told of these and of some others, each a bit in this order; see `_blocks.h`.
_SIGNED: tuple[Iterable[str], ...] = (
    ("Start",), ("End",), ("Html",), _OBJECTS, ("TaskListMarker",), ("InlineHtml",), _BORDERS, _INLINE, ("List",),
    _DEEP, _SILENT, ("BlockQuote",), ("Heading",), ("Paragraph",), ("Link",), ("Image",), _ROWS,
)  # fmt: skip
_SIGNS: dict[str, int] = {}
for _bit, _words in enumerate(_SIGNED):
    for _word in _words:
        _SIGNS[_word] = _SIGNS.get(_word, 0) | 1 << _bit

_NOWHERE = {"start": 0, "end": 0}

# Where a part of a block begins in its text, and where it begins and ends in the source, in bytes.
Piece = tuple[int, int, int]
# A block as it is seen: its kind, words, the heading above it, whether it is a task.
Seen = tuple[str, str, str, bool]
# Where a block stands: its pieces; where its row, item or paragraph begins; where the heading above it ends.
Standing = tuple[list[Piece], int, int]
# A block in HTML: its kind, words, pieces, where it begins and ends, whether it is a heading.
OfHtml = tuple[str, str, list[Piece], int, int, bool]


def seen(text: str, *, quotations: bool) -> Iterable[Seen]:
    """Give the blocks of a text."""
    if COMPILED:
        return _walk.seen(_told(text), _SIGNS, _KINDS, OBJECT, quotations, partial(_of_html, quotations=quotations))
    return seen_here(text, quotations=quotations)


def seen_here(text: str, *, quotations: bool) -> Iterator[Seen]:
    """Give the blocks of a text, without anything compiled."""
    return (block for block, _ in _Walk(quotations).through(text, placed=False))


def standing(text: str, most: int, *, quotations: bool) -> Sequence[Standing]:
    """Give where the first blocks of a text stand, as many as are asked for, perhaps some more."""
    if COMPILED:
        html = partial(_of_html, quotations=quotations)
        return _walk.standing(_told_with_places(text), _SIGNS, _KINDS, OBJECT, quotations, html, most)
    return standing_here(text, most, quotations=quotations)


def standing_here(text: str, most: int, *, quotations: bool) -> Sequence[Standing]:
    """Give where the first blocks of a text stand, without anything compiled."""
    return [place for _, place in islice(_Walk(quotations).through(text, placed=True), most)]


class _Walk:
    """Follows the parser's events from block to block."""

    def __init__(self, quotations: bool) -> None:
        self.quotations = quotations
        self.kind = self.heading = ""
        self.lists = self.deep = self.silent = self.start = self.section = 0
        self.row = -1
        self.task = False

    def through(self, text: str, *, placed: bool) -> Iterator[tuple[Seen, Standing]]:
        """Give the blocks of a text; their pieces only where they are asked for."""
        # What the parser gives is looked at by class and key alone: nothing takes longer where nothing is compiled.
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
                    yield (kind, words, self.heading, self.task), (pieces, self.start, self.section)
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

    def html(self, lines: list[tuple[str, int]]) -> Iterator[tuple[Seen, Standing]]:
        """Give the prose in a block of HTML, whose headings are headings too."""
        from failforward.text import html_prose

        for row in html_prose.rows(lines, quotations=self.quotations):
            yield (row.kind, row.words, self.heading, False), (row.pieces, row.start, self.section)
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


def _of_html(lines: Sequence[tuple[str, int]], *, quotations: bool) -> list[OfHtml]:
    """Give the blocks in HTML."""
    from failforward.text import html_prose

    found = html_prose.rows(lines, quotations=quotations)
    return [(row.kind, row.words, row.pieces, row.start, row.end, row.kind == "heading") for row in found]


def _pieces(parts: list[str], ranges: list[dict[str, int]]) -> list[Piece]:
    """Give of each part where it begins in the block, and where it stands in the source."""
    ends = accumulate(map(len, parts), initial=0)
    placed = zip(ends, ranges, parts, strict=False)
    return [(start, where["start"], where["end"]) for start, where, part in placed if part]


def _told(text: str) -> Iterable[Any]:
    """Give what the parser tells."""
    told: Iterable[Any] = pyromark.events(text, options=_OPTIONS)
    return told


def _told_with_places(text: str) -> Iterable[tuple[Any, dict[str, int]]]:
    """Give what the parser tells, each with the bytes where it stands."""
    told: Any = pyromark.events_with_range(text, options=_OPTIONS)
    return told  # type: ignore[no-any-return]


def _events(text: str, placed: bool) -> Iterable[tuple[Any, dict[str, int]]]:
    return _told_with_places(text) if placed else zip(_told(text), repeat(_NOWHERE), strict=False)
