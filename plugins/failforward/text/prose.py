"""Prose, cut out of Markdown block by block: what an author wrote as sentences, each character with its place.

Code, URLs, HTML, comments, attributes, mathematics and template marks are no prose. What stands inside a sentence (a
code span, an address, a quotation) becomes one `OBJECT` character, so that the sentence keeps its grammar.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pyromark

from failforward.text.markdown import OPTIONS
from failforward.text.source import ByteOffsets, Span
from failforward.text.spoken import OBJECT, opened, spoken

_OPTIONS = OPTIONS | pyromark.Options.ENABLE_MATH
_CONTAINERS = {"Item", "TableCell", "TableRow", "TableHead", "List", "Table", "BlockQuote", "FootnoteDefinition"}
_DEEP = {"List", "BlockQuote", "FootnoteDefinition"}
_ROWS = {"TableRow", "TableHead"}
_SILENT = {"CodeBlock", "HtmlBlock", "Image", "MetadataBlock"}
_INLINE = {"Emphasis", "Strong", "Strikethrough"}
_OBJECTS = {"Code", "InlineMath", "DisplayMath"}
_KINDS = {"Paragraph": "paragraph", "Heading": "heading", "Item": "item", "TableCell": "cell"}


@dataclass(slots=True)
class Block:
    """A stretch of prose without a break: a paragraph, heading, list item, table cell or field of the front matter.

    `kind` is one of these words (`item` for all prose in lists). `text` is what a reader reads; `pieces` tell where it
    stands: starts in the text, starts and ends in the source. `heading` is the nearest heading's text and `section`
    where it ends, `start` where the row, item or paragraph begins, `field` the front matter's key, `task` an item with
    a checkbox. The source's places count bytes where there are `offsets`, from the character `base`. `marks` are the
    wanted places in the text, each with its number among all that are wanted; None where all of the text is wanted.
    """

    kind: str
    text: str
    pieces: list[tuple[int, int, int]]
    heading: str = ""
    start: int = 0
    field: str = ""
    task: bool = False
    base: int = 0
    offsets: ByteOffsets | None = None
    section: int = 0
    marks: list[tuple[int, int]] | None = None

    def place(self, offset: int) -> int:
        """Give the character offset in the source for a place in the source's own count."""
        return self.base + (self.offsets.character(offset) if self.offsets else offset)

    def span(self, start: int, end: int) -> Span:
        """Give where a range of the text stands in the source."""
        first = bisect.bisect_right(self.pieces, (start, _FAR, _FAR)) - 1
        last = bisect.bisect_right(self.pieces, (end - 1, _FAR, _FAR)) - 1
        at, source, limit = self.pieces[first]
        opened = min(self.place(source) + start - at, self.place(limit))
        at, source, limit = self.pieces[last]
        length = (self.pieces[last + 1][0] if last + 1 < len(self.pieces) else len(self.text)) - at
        closed = self.place(limit) if end - at >= length else min(self.place(source) + end - at, self.place(limit))
        return Span(opened, max(closed, opened))


_FAR = 1 << 60


def read(text: str, base: int = 0, wanted: Sequence[int] | None = None, *, quotations: bool = False) -> Iterator[Block]:
    """Give the blocks of a Markdown text in order; its places in the source are offset by `base` characters.

    `wanted` are byte offsets in rising order: only blocks that hold one of them are given; by default all are.
    """
    text = opened(text)
    offsets = ByteOffsets(text)
    for block in _Reader(wanted, quotations).read(text):
        block.base, block.offsets = base, offsets
        block.text = spoken(block.text, quotations=quotations)
        yield block


class _Reader:
    """Follows the parser's events; the places it notes count bytes."""

    def __init__(self, wanted: Sequence[int] | None, quotations: bool) -> None:
        self.everything = wanted is None
        self.wanted: Sequence[int] = wanted or ()
        self.count = len(self.wanted)
        self.next = 0
        self.quotations = quotations
        self.parts: list[str] = []
        self.pieces: list[tuple[int, int, int]] = []
        self.length = 0
        self.skip_from = self.skip = 0
        self.lists = 0
        self.depth = 0
        self.heading = ""
        self.section = 0
        self.row = -1
        self.block = Block("paragraph", "", [])
        self.marks: list[tuple[int, int]] = []
        self.active = False

    def read(self, text: str) -> Iterator[Block]:
        # What the parser gives is looked at by class and key alone: this loop is the dearest of the whole check.
        event: Any
        where: Any
        skip_from = skip = 0
        active = False
        for event, where in pyromark.events_with_range(text, options=_OPTIONS):
            if skip and where["end"] <= skip and where["start"] >= skip_from:
                continue
            if event.__class__ is str:
                if active:
                    self.add(" ", where)
                continue
            for name, value in event.items():
                if name not in _BORDERS:
                    if active:
                        self.inside(name, value, where)
                elif value.__class__ is not str or value not in _INLINE:
                    block = _BORDERS[name](self, value, where)
                    skip_from, skip, active = self.skip_from, self.skip, self.active
                    if block:
                        yield block
                        if self.next == self.count and not self.everything:
                            return

    def inside(self, name: str, value: Any, where: dict[str, int]) -> None:
        """Take in what stands inside a sentence."""
        if name == "Text":
            self.add(value, where)
        elif name in _OBJECTS:
            self.add(OBJECT, where)
        elif name == "TaskListMarker":
            self.block.task = True
        elif name == "InlineHtml" and value[:3].lower() == "<br":
            self.add(" ", where)

    def start(self, tag: Any, where: dict[str, int]) -> Block | None:
        name, data = (tag, None) if tag.__class__ is str else next(iter(tag.items()))
        if name == "Heading":
            done = self.flush()
            self.open("heading", where)
            return done
        if name in _KINDS or name in _CONTAINERS:
            done = self.flush()
            silent = name == "BlockQuote" and data is None and not self.quotations
            if silent or not self.holds_wanted(where):
                self.skip_from, self.skip = where["start"], where["end"]
            elif name in _KINDS:
                self.open("item" if self.lists and name == "Paragraph" else _KINDS[name], where)
            else:
                self.lists += name == "List"
                self.depth += name in _DEEP
                self.row = where["start"] if name in _ROWS else self.row
            return done
        return self.silence(name, data, where)

    def silence(self, name: str, data: Any, where: dict[str, int]) -> Block | None:
        """Pass over what is no prose; an address leaves its place in the sentence."""
        if name in _SILENT:
            # A picture in a paragraph may be all of it: then only what is inside the picture is passed over.
            self.skip_from, self.skip = where["start"] + (name == "Image"), where["end"]
            return self.flush() if name != "Image" else None
        if name == "Link" and data is not None and data["link_type"] in ("Autolink", "Email"):
            self.skip_from, self.skip = where["start"] + 1, where["end"]
            if self.active:
                self.add(OBJECT, where)
        return None

    def end(self, tag: Any, where: dict[str, int]) -> Block | None:
        name = tag if tag.__class__ is str else next(iter(tag))
        if name == "Heading" and not self.depth:
            self.heading = "".join(self.parts)
            self.section = where["end"]
        if name in _KINDS or name in _CONTAINERS:
            self.lists -= name == "List"
            self.depth -= name in _DEEP
            self.row = -1 if name in _ROWS else self.row
            return self.flush()
        return None

    def open(self, kind: str, where: dict[str, int]) -> None:
        """Begin a block."""
        self.holds_wanted(where)
        self.active = True
        self.marks = []
        self.block = Block(kind, "", [], self.heading, self.row if self.row >= 0 else where["start"])

    def holds_wanted(self, where: dict[str, int]) -> bool:
        """Tell whether one of the wanted places lies in a range; ranges are asked for in rising order."""
        if self.everything:
            return True
        wanted, start, at = self.wanted, where["start"], self.next
        while at < self.count and wanted[at] < start:
            at += 1
        self.next = at
        return at < self.count and wanted[at] < where["end"]

    def add(self, text: str, where: dict[str, int]) -> None:
        start, end = where["start"], where["end"]
        if self.next < self.count and self.wanted[self.next] < end:
            self.mark(text, start, end)
        self.pieces.append((self.length, start, end))
        self.parts.append(text)
        self.length += len(text)

    def mark(self, text: str, start: int, end: int) -> None:
        """Note where in the block the wanted places of a piece are; one between two pieces belongs to both."""
        while self.next < self.count and (place := self.wanted[self.next]) < end:
            if place < start:
                self.marks += [(max(self.length - 1, 0), self.next), (self.length, self.next)]
            elif text.isascii():
                self.marks.append((self.length + min(place - start, len(text)), self.next))
            else:
                before = len(text.encode()[: place - start].decode("utf-8", "ignore"))
                self.marks.append((self.length + before, self.next))
            self.next += 1

    def flush(self) -> Block | None:
        """Give the block at hand, if it holds any words."""
        if not self.parts:
            self.active = False
            return None
        text = "".join(self.parts)
        block = self.block
        block.text, block.pieces = text, self.pieces
        block.section = self.section
        block.marks = None if self.everything else self.marks
        self.parts, self.pieces, self.length, self.active = [], [], 0, False
        return None if text.isspace() else block


_BORDERS = {"Start": _Reader.start, "End": _Reader.end}
