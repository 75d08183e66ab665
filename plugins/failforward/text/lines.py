"""Lines of YAML by their indentation: what a comment above a field or entry, or behind it, is about."""

from __future__ import annotations

from failforward.text.source import Source, Span


class Lines:
    """The lines of a text, each with the line that it leads to and the one before which what it begins ends.

    Both are found in one pass, from the last line to the first, so that many comments take no longer than the text.
    """

    def __init__(self, source: Source) -> None:
        """Take a text, which may be YAML in part."""
        self._source = source
        lines = source.text.split("\n")
        self._content = list(range(len(lines)))
        self._after = [len(lines)] * len(lines)
        content: int | None = None
        # The lines below that something ends before: their indentation grows from each to the one above it.
        below: list[tuple[int, int]] = []
        for index in range(len(lines) - 1, -1, -1):
            words = lines[index].lstrip()
            if not words:
                depth = 0
            else:
                depth = len(lines[index]) - len(words)
                while below and below[-1][0] > depth:
                    below.pop()
                self._after[index] = below[-1][1] if below else len(lines)
                below.append((depth, index))
            if words and not words.startswith("#"):
                content = index
            self._content[index] = index if content is None else content

    def meant(self, offset: int) -> Span:
        """Give the line of a comment; where it stands alone, the next line and those below that are indented deeper."""
        source, number = self._source, self._source.position(offset).line
        line = source.line_span(number)
        if source.text[line.start : offset].strip():
            return line
        first = self._content[number - 1]
        last = self._after[first]
        return Span(source.line_start(first + 1), source.line_span(last).end)
