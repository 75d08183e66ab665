"""Prose, cut out of Markdown block by block: what an author wrote as sentences, each character with its place.

Code, URLs, HTML, comments, attributes, mathematics and template marks are no prose. What stands inside a sentence (a
code span, an address, a quotation) becomes one `OBJECT` character, so that the sentence keeps its grammar.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pyromark

from failforward.text.markdown import OPTIONS
from failforward.text.source import ByteOffsets, Span

OBJECT = "\ufffc"
_OPTIONS = OPTIONS | pyromark.Options.ENABLE_MATH
_CONTAINERS = {"Item", "TableCell", "TableRow", "TableHead", "List", "Table", "BlockQuote", "FootnoteDefinition"}
_SILENT = {"CodeBlock", "HtmlBlock", "Image", "MetadataBlock"}
_OBJECTS = {"Code", "InlineMath", "DisplayMath"}
_KINDS = {"Paragraph": "paragraph", "Heading": "heading", "Item": "item", "TableCell": "cell"}
_ADMONITION = re.compile(r'^( *)(!!! |\?\?\?\+? |===\+? (?="))(.*)$', re.MULTILINE)
# Each alternative is bounded, so that a hostile text costs linear time.
_ADDRESSES = r"\b[a-z][a-z0-9+.-]{1,20}://[^\s<>]+|\bwww\.[^\s<>]+|[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]+"
_TEMPLATES = r"\{[{%:#.][^{}\n]{0,300}\}{1,2}|<%[^%\n]{0,300}%>"
_QUOTED = (
    r"\"[^\"]{1,600}\"|“[^“”]{1,600}”|„[^„“”]{1,600}[“”]|«[^«»]{1,600}»"
    r"|(?<![\w'’])'(?=\S)[^'\n]{1,300}?(?<=\S)'(?![\w'])|‘[^‘’]{1,300}’(?!\w)"
)
_NO_PROSE = re.compile(f"{_ADDRESSES}|{_TEMPLATES}")
_NO_PROSE_QUIET = re.compile(f"{_ADDRESSES}|{_TEMPLATES}|{_QUOTED}")
_SIGNS = re.compile(r"""["“„«'‘{@]|://|www\.|<%""")


@dataclass(slots=True)
class Block:
    """A stretch of prose without a break: a paragraph, heading, list item, table cell or field of the front matter.

    `kind` is one of these words (`item` for all prose in lists). `text` is what a reader reads; `pieces` tell where it
    stands, as starts in the text, starts and ends in the source. `heading` is the nearest heading's text, `start` where
    the line, row or item of the block begins in the source, `field` the front matter's key, `task` a checkbox's item.
    """

    kind: str
    text: str
    pieces: list[tuple[int, int, int]]
    heading: str = ""
    start: int = 0
    field: str = ""
    task: bool = False
    row: int = -1

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Give where a range of the text stands in the source, in the pieces' unit."""
        first = bisect.bisect_right(self.pieces, (start, _FAR, _FAR)) - 1
        last = bisect.bisect_right(self.pieces, (end - 1, _FAR, _FAR)) - 1
        at, source, limit = self.pieces[first]
        opened = min(source + start - at, limit)
        at, source, limit = self.pieces[last]
        length = self._length(last)
        closed = limit if end - at >= length else min(source + end - at, limit)
        return opened, max(closed, opened)

    def _length(self, index: int) -> int:
        end = self.pieces[index + 1][0] if index + 1 < len(self.pieces) else len(self.text)
        return end - self.pieces[index][0]


_FAR = 1 << 60


def spoken(text: str, *, quotations: bool = False) -> str:
    """Put `OBJECT` and spaces in the place of what is no prose, keeping every other character where it is."""
    if not _SIGNS.search(text):
        return text
    pattern = _NO_PROSE if quotations else _NO_PROSE_QUIET
    return pattern.sub(lambda match: OBJECT + " " * (len(match.group()) - 1), text)


def opened(text: str) -> str:
    """Turn MkDocs admonitions and tabs into list items of the same length, so that a CommonMark parser reads their bodies."""
    if "!!!" not in text and "???" not in text and '=== "' not in text:
        return text
    return _ADMONITION.sub(_as_item, text)


def _as_item(match: re.Match[str]) -> str:
    """Give an item whose content begins in the fifth column, with the title's words where they were."""
    indent, mark, rest = match.groups()
    title = rest.find('"')
    words = rest[title + 1 :].rstrip().removesuffix('"') if title >= 0 else ""
    filler = "." * (len(mark) - 4 + (title + 1 if title >= 0 else len(rest)))
    line = f"{indent}-   {filler}{words}"
    return line + "." * (len(match.group()) - len(line))


def read(text: str, base: int = 0, wanted: Sequence[int] | None = None, *, quotations: bool = False) -> Iterator[Block]:
    """Give the blocks of a Markdown text in order, their places as character offsets from `base`.

    `wanted` are byte offsets in rising order: only blocks that hold one of them are given; by default all are.
    """
    text = opened(text)
    offsets = ByteOffsets(text)
    for block in _Reader(wanted, quotations).read(text):
        block.start = base + offsets.character(block.start)
        if block.row >= 0:
            block.row = base + offsets.character(block.row)
        block.pieces = [
            (at, base + offsets.character(start), base + offsets.character(end)) for at, start, end in block.pieces
        ]
        block.text = spoken(block.text, quotations=quotations)
        yield block


class _Reader:
    """Follows the parser's events; positions are its own, in bytes."""

    def __init__(self, wanted: Sequence[int] | None, quotations: bool) -> None:
        self.wanted = wanted
        self.next = 0
        self.quotations = quotations
        self.parts: list[str] = []
        self.pieces: list[tuple[int, int, int]] = []
        self.length = 0
        self.skipping = 0
        self.lists = 0
        self.heading = ""
        self.quotes: list[bool] = []
        self.row = -1
        self.block = Block("paragraph", "", [])
        self.active = False

    def read(self, text: str) -> Iterator[Block]:
        handlers = {
            "Text": self.text, "Code": self.object, "InlineMath": self.object, "DisplayMath": self.object,
            "TaskListMarker": self.task, "InlineHtml": self.html,
        }  # fmt: skip
        for event, where in pyromark.events_with_range(text, options=_OPTIONS):
            if isinstance(event, str):
                if self.active and not self.skipping:
                    self.add(" ", where)
                continue
            ((name, value),) = event.items()
            if name == "Start":
                yield from self.start(value, where)
            elif name == "End":
                yield from self.end(value)
            elif self.active and not self.skipping and name in handlers:
                handlers[name](value, where)
        yield from self.flush()

    def start(self, tag: Any, where: dict[str, int]) -> Iterator[Block]:
        name, data = (tag, None) if isinstance(tag, str) else next(iter(tag.items()))
        if self.skipping:
            self.skipping += 1
        elif name in _KINDS:
            yield from self.flush()
            self.open(_KINDS[name], where)
        elif name in _SILENT or (name == "BlockQuote" and data is None and not self.quotations):
            if name != "Image":
                yield from self.flush()
            self.skipping = 1
        elif name == "Link":
            if data is not None and data["link_type"] in ("Autolink", "Email"):
                self.object("", where)
                self.skipping = 1
        elif name in _CONTAINERS:
            yield from self.flush()
            self.lists += name == "List"
            if name in ("TableRow", "TableHead"):
                self.row = where["start"]

    def end(self, tag: Any) -> Iterator[Block]:
        if self.skipping:
            self.skipping -= 1
            return
        name = tag if isinstance(tag, str) else next(iter(tag))
        if name == "Heading":
            self.heading = "".join(self.parts)
        if name in _KINDS or name in _CONTAINERS:
            yield from self.flush()
            self.lists -= name == "List"
            if name in ("TableRow", "TableHead"):
                self.row = -1

    def open(self, kind: str, where: dict[str, int]) -> None:
        """Begin a block, unless none of the wanted places lies in it."""
        if kind == "paragraph" and self.lists:
            kind = "item"
        self.block = Block(kind, "", [], self.heading, where["start"], row=self.row)
        self.active = kind == "heading" or self.holds_wanted(where)

    def holds_wanted(self, where: dict[str, int]) -> bool:
        if self.wanted is None:
            return True
        while self.next < len(self.wanted) and self.wanted[self.next] < where["start"]:
            self.next += 1
        return self.next < len(self.wanted) and self.wanted[self.next] < where["end"]

    def add(self, text: str, where: dict[str, int]) -> None:
        self.pieces.append((self.length, where["start"], where["end"]))
        self.parts.append(text)
        self.length += len(text)

    def text(self, value: str, where: dict[str, int]) -> None:
        self.add(value, where)

    def object(self, _value: str, where: dict[str, int]) -> None:
        self.add(OBJECT, where)

    def html(self, value: str, where: dict[str, int]) -> None:
        if value[:3].lower() == "<br":
            self.add(" ", where)

    def task(self, _value: bool, _where: dict[str, int]) -> None:
        self.block.task = True

    def flush(self) -> Iterator[Block]:
        """Give the block at hand, if it holds any words."""
        if self.active and self.parts:
            self.block.text = "".join(self.parts)
            self.block.pieces = self.pieces
            if not self.block.text.isspace():
                yield self.block
        self.parts, self.pieces, self.length, self.active = [], [], 0, False
