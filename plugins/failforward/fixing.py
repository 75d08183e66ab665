"""Applies exact rewrites to a file's bytes: all beside them stays as it is, line ends and byte-order mark too."""

from __future__ import annotations

import bisect
import codecs
import difflib
import re
from collections.abc import Iterable

from failforward.model.finding import Fix

_LINE_END = re.compile("\r\n?|\n")


def fixed(data: bytes, fixes: Iterable[Fix]) -> bytes:
    """Give a file with rewrites applied, whose places count in the text as it is read; of two that meet the first.

    Raises UnicodeDecodeError for what is no UTF-8.
    """
    mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    raw = data[len(mark) :].decode("utf-8")
    # A pair of characters ends a line in the file and one in the text as it is read.
    pairs = [match.start() - number for number, match in enumerate(re.finditer("\r\n", raw))]
    end = _line_end(raw)
    parts: list[str] = []
    last = 0
    for fix in sorted(set(fixes), key=lambda fix: (fix.span, fix.text)):
        start, stop = (offset + bisect.bisect_left(pairs, offset) for offset in (fix.span.start, fix.span.end))
        if start >= last:
            parts += [raw[last:start], fix.text.replace("\n", end)]
            last = stop
    return mark + "".join((*parts, raw[last:])).encode()


def difference(path: str, before: bytes, after: bytes) -> str:
    """Give a unified diff, which `git apply` and `patch` read; nothing where both are alike."""
    old, new = (data.decode("utf-8").split("\n") for data in (before, after))
    lines = difflib.unified_diff(_ended(old), _ended(new), f"a/{path}", f"b/{path}")
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def _ended(lines: list[str]) -> list[str]:
    """Give lines with their ends; the last has none where the file does not end with one."""
    return [f"{line}\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])


def _line_end(text: str) -> str:
    """Give the line end that a text uses first."""
    match = _LINE_END.search(text)
    return match.group() if match else "\n"
