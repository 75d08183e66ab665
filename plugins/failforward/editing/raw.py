"""A file's own text beside the one that is read: line ends and byte-order mark kept, places translated."""

from __future__ import annotations

import re
from dataclasses import dataclass

from failforward.text.source import Span


@dataclass(frozen=True, slots=True)
class Splice:
    """A place in the text as it is read, and what is to stand there; its line ends are LF."""

    span: Span
    text: str


def spliced(raw: str, splice: Splice) -> str:
    """Put a text into a file's own text; new lines end as the first line of the file does."""
    start, end = (_raw_offset(raw, offset) for offset in (splice.span.start, splice.span.end))
    ending = re.search(r"\r\n|\r|\n", raw)
    new = splice.text.replace("\n", ending.group()) if ending else splice.text
    return raw[:start] + new + raw[end:]


def _raw_offset(raw: str, offset: int) -> int:
    """Give the place in a file's own text of an offset in the text as it is read."""
    mark = 1 if raw.startswith("\ufeff") else 0
    for number, match in enumerate(re.finditer("\r\n", raw)):
        if match.start() - number - mark >= offset:
            return offset + number + mark
    return offset + raw.count("\r\n") + mark
