"""A text with its positions: offsets count characters from 0, lines and columns count from 1."""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple


class Span(NamedTuple):
    """Half-open range of character offsets into a source's text."""

    start: int
    end: int


class Position(NamedTuple):
    """Line and column, both from 1; the column counts Unicode characters."""

    line: int
    column: int


@dataclass(frozen=True)
class Source:
    """A file's text as it is read everywhere: LF line ends, no byte-order mark.

    `path` is the path as shown to people, with forward slashes.
    """

    path: str
    text: str = field(repr=False)

    @cached_property
    def _line_starts(self) -> list[int]:
        lengths = [len(line) + 1 for line in self.text.split("\n")]
        return [0, *accumulate(lengths[:-1])]

    def position(self, offset: int) -> Position:
        """Give the position of a character offset; offsets past the end give the end."""
        offset = min(max(offset, 0), len(self.text))
        line = bisect.bisect_right(self._line_starts, offset)
        return Position(line, offset - self._line_starts[line - 1] + 1)

    def line(self, number: int) -> str:
        """Give the text of a line (from 1) without its line end, or nothing where there is no such line."""
        if not 1 <= number <= len(self._line_starts):
            return ""
        return self.slice(self.line_span(number))

    def line_span(self, number: int) -> Span:
        """Give where a line (from 1) stands, without its line end."""
        last = number == len(self._line_starts)
        return Span(self._line_starts[number - 1], len(self.text) if last else self._line_starts[number] - 1)

    def line_start(self, number: int) -> int:
        """Give the offset at which a line (from 1) starts."""
        return self._line_starts[number - 1]

    def slice(self, span: Span) -> str:
        """Give the text of a span."""
        return self.text[span.start : span.end]


_WIDE = re.compile(r"[^\x00-\x7f]")
# Halves of a character, which no file in UTF-8 holds and no parser takes; an editor may send them.
_LONE = "[\ud800-\udfff]"


def whole(text: str) -> str:
    """Give text with each half of a character replaced, so that its length stays."""
    return re.sub(_LONE, "\ufffd", text)


def normalised(text: str) -> str:
    """Give text with LF line ends, without a leading byte-order mark and without halves of characters."""
    return read_as(whole(text))


def read_as(text: str) -> str:
    """Give text decoded from UTF-8, which holds no halves of characters, with LF line ends and without the mark."""
    if text.startswith("\ufeff"):
        text = text[1:]
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text


class ByteOffsets:
    """Maps UTF-8 byte offsets of a text to character offsets; linear when first asked, then logarithmic.

    Bytes count from the character `start` on, characters from the beginning of the text.
    """

    def __init__(self, text: str, start: int = 0) -> None:
        """Take a text; nothing is counted before it is asked for."""
        self._text = text
        self._start = start
        self._ascii = text.isascii()
        self._ends: list[int] = []
        self._lags: list[int] = []

    def _count(self) -> None:
        """Note after which byte each character of more than one byte ends."""
        lag = -self._start
        for match in _WIDE.finditer(self._text, self._start):
            width = len(match.group().encode("utf-8", "surrogatepass"))
            self._ends.append(match.start() + lag + width)
            lag += width - 1
            self._lags.append(lag)

    def character(self, byte: int) -> int:
        """Give the character offset for a byte offset that lies between characters."""
        if self._ascii:
            return self._start + byte
        if not self._ends:
            self._count()
        index = bisect.bisect_right(self._ends, byte)
        return byte - self._lags[index - 1] if index else self._start + byte
