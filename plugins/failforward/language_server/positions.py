"""Offsets of a text as an editor counts them: lines from 0, columns in UTF-8, UTF-16 or UTF-32 units."""

from __future__ import annotations

from dataclasses import dataclass

from failforward.model.finding import Finding
from failforward.text.source import Source, Span

_WIDTHS = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}


@dataclass(frozen=True, slots=True)
class Ruler:
    """Measures a source in an editor's units; `marked` where the editor's text begins with a byte-order mark."""

    source: Source
    encoding: str = "utf-16"
    marked: bool = False

    def units(self, text: str) -> int:
        """Count the units of a text."""
        codec, width = _WIDTHS[self.encoding]
        return len(text.encode(codec, "surrogatepass")) // width

    def position(self, offset: int) -> tuple[int, int]:
        """Give the line and column of a character offset."""
        place = self.source.position(offset)
        before = self.source.line(place.line)[: place.column - 1]
        return place.line - 1, self.units(before) + self._lead(place.line)

    def offset(self, line: int, column: int) -> int:
        """Give the character offset of a line and column; what lies past a line's end counts as its end."""
        if line < 0:
            return 0
        if line > self.source.text.count("\n"):
            return len(self.source.text)
        codec, width = _WIDTHS[self.encoding]
        text = self.source.line(line + 1)
        wanted = max(column - self._lead(line + 1), 0) * width
        cut = text.encode(codec, "surrogatepass")[:wanted]
        return self.source.line_start(line + 1) + len(cut.decode(codec, "ignore"))

    def _lead(self, line: int) -> int:
        return self.units("\ufeff") if self.marked and line == 1 else 0


def span_of(finding: Finding, source: Source) -> Span:
    """Give where a finding stands; a place without width is widened to one character, so that an editor can show it."""
    start = source.line_start(finding.line) + finding.column - 1
    end = source.line_start(finding.end_line) + finding.end_column - 1
    if end <= start:
        end = start + (source.text[start : start + 1] not in ("", "\n"))
    return Span(start, end)
