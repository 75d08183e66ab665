"""Prose inside blocks of HTML, which a Markdown parser hands over as they are.

The parser reads them once more, as one long paragraph: there it knows tags, comments and entities, with their places.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import pyromark

from failforward.text.options import OPTIONS
from failforward.text.spoken import OBJECT

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_ITEMS = frozenset(("li", "dd", "dt"))
_CELLS = frozenset(("td", "th"))
# Between these there is no sentence; any other tag stands inside one.
_BREAKS = _HEADINGS | _ITEMS | _CELLS | frozenset(
    "address article aside blockquote body caption center details div dl fieldset figcaption figure footer form header"
    " hr html legend main nav ol p pre section summary table tbody tfoot thead tr ul".split()
)
# What these hold is no prose. A sentence goes on behind those that stand inside one.
_MUTE = frozenset("audio canvas head iframe math object pre script select style svg template textarea video".split())
_THINGS = frozenset("code kbd samp tt var".split())
_QUOTED = frozenset(("blockquote", "q"))
# A block that opens with one of these and does not close it has nothing else in it.
_CLOSED_BY = {"<!--": "-->", "<?": "?>", "<![CDATA[": "]]>"}


class Row(NamedTuple):
    """A stretch of prose in a block: its kind, words, pieces and start as in `prose`; `end` is its last byte's end."""

    kind: str
    words: str
    pieces: list[tuple[int, int, int]]
    start: int
    end: int


def rows(lines: Sequence[tuple[str, int]], *, quotations: bool) -> Iterator[Row]:
    """Give the prose in a block of HTML, of which each line comes with the byte where it begins in the source."""
    text = "".join(line for line, _ in lines)
    opening = text.lstrip()
    if any(opening.startswith(start) and end not in text for start, end in _CLOSED_BY.items()):
        return
    yield from _Reader(lines, quotations).rows(text)


class _Reader:
    """Follows the parser's events through one block."""

    def __init__(self, lines: Sequence[tuple[str, int]], quotations: bool) -> None:
        self._mute = _MUTE | _THINGS | (frozenset() if quotations else _QUOTED)
        self._begins: list[int] = []
        self._sources = [source for _, source in lines]
        at = 1  # behind the full stop that makes a paragraph of it
        for line, _ in lines:
            self._begins.append(at)
            at += len(line.encode())
        self._kind = "paragraph"
        self._words: list[str] = []
        self._pieces: list[tuple[int, int, int]] = []
        self._length = 0
        self._row = -1
        # The tag whose contents are passed over, and how many of its name are open.
        self._muted = ""
        self._open = 0

    def rows(self, text: str) -> Iterator[Row]:
        """Give the prose of the block's text."""
        event: Any
        where: Any
        for event, where in pyromark.events_with_range("." + text.replace("\n", " "), options=OPTIONS):
            name, value = (event, "") if event.__class__ is str else next(iter(event.items()))
            if name == "InlineHtml":
                yield from self._tag(value, where)
            elif not self._muted and name in ("Text", "Code"):
                self._say(value if name == "Text" else OBJECT, where)
        yield from self._flush()

    def _say(self, words: str, where: dict[str, int]) -> None:
        start = where["start"]
        if start == 0:
            words, start = words[1:], 1  # the full stop in front
        for part, begin, end in self._lines(words, start, where["end"]):
            self._pieces.append((self._length, self._place(begin), self._place(end - 1) + 1))
            self._words.append(part)
            self._length += len(part)

    def _lines(self, words: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
        """Cut what goes on over lines, each of which has its own place; what stands for an entity is never cut."""
        written = words.encode()
        cuts = self._begins[bisect.bisect_right(self._begins, start) : bisect.bisect_left(self._begins, end)]
        if len(written) == end - start:
            for cut in cuts:
                yield written[: cut - start].decode(), start, cut
                written, start = written[cut - start :], cut
            words = written.decode()
        if words:
            yield words, start, end

    def _place(self, at: int) -> int:
        """Give the byte in the source for one in the paragraph."""
        line = bisect.bisect_right(self._begins, at) - 1
        return self._sources[line] + at - self._begins[line]

    def _tag(self, written: str, where: dict[str, int]) -> Iterator[Row]:
        tag = _TAG.match(written)
        if not tag:
            return  # a comment
        closes, name = bool(tag[1]), tag[2].lower()
        if self._muted:
            if name == self._muted:
                self._open += -1 if closes else 1
                self._muted = self._muted if self._open else ""
            return
        if name in _BREAKS:
            yield from self._flush()
            self._kind = _kind(name) if not closes else "paragraph"
            if name == "tr":
                self._row = -1 if closes else self._place(where["start"])
        elif name == "br":
            self._say(" ", where)
        if name in self._mute and not closes and not written.endswith("/>"):
            self._muted, self._open = name, 1
            if name in _THINGS or name == "q":
                self._say(OBJECT, where)

    def _flush(self) -> Iterator[Row]:
        """Give what was said since the last break, if anything."""
        words = "".join(self._words)
        if words and not words.isspace():
            start = self._row if self._row >= 0 else self._pieces[0][1]
            yield Row(self._kind, words, self._pieces, start, self._pieces[-1][2])
        self._words, self._pieces, self._length = [], [], 0


def _kind(name: str) -> str:
    if name in _HEADINGS:
        return "heading"
    return "item" if name in _ITEMS else "cell" if name in _CELLS else "paragraph"
