"""Cuts a timeline into raw rows: list items, table rows, lines that begin with a time, sub-headings per time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from failforward.reviews.times import WrittenTime, leading_time
from failforward.text.markdown import Node
from failforward.text.sections import Section, title_key
from failforward.text.source import Source, Span

_BEFORE = re.compile(r"[\s*_`\[(<>|]*(?:\[[ xX]\]\s*)?[*_`]*")
_AFTER = re.compile(r"[*_`\])>]*[,;:.]*[*_`\])>]*(?:[\s|–—-]|&nbsp;)*")
_RANGE = re.compile(r"[\s*_`]*(?:-+|–|—|to|until|till|through)[\s*_`]*(?:(?=\d|\w{3,9}\s+\d)|(?:ongoing|now)\b)", re.IGNORECASE)
_SPANNED = re.compile(r"\s*(?:-+|–|—)\s*(?=\d)")
_TIME_HEADS = {"time", "when", "date", "timestamp", "date time", "datetime", "hour", "clock", "start", "day", "begin"}
_FIRST_LINES = re.compile(r"[^\n]*")


@dataclass(frozen=True, slots=True)
class RawRow:
    """A row before its time is completed: `day_only` marks a date that stands over the rows that follow."""

    time: WrittenTime | None
    time_text: str
    text: str
    span: Span
    text_span: Span
    day_only: bool = False
    evidence: tuple[str, ...] = ()


def raw_rows(source: Source, sections: Sequence[Section]) -> Iterator[RawRow]:
    """Give the rows of a timeline section and the sections below it, in the order of the text."""
    for index, section in enumerate(sections):
        timed = index and section.title and _row(source, section.title_span.start, section.title_span.end, section.span.end)
        if timed and timed.time:
            inner = [row for block in section.blocks for row in _block(source, block)]
            if any(row.time for row in inner):
                yield _heading_date(timed)
                yield from inner
            else:
                yield _with_evidence(timed, section.blocks)
            continue
        for block in section.blocks:
            yield from _block(source, block)


def _heading_date(row: RawRow) -> RawRow:
    return RawRow(row.time, row.time_text, row.text, row.span, row.text_span, day_only=True)


def _with_evidence(row: RawRow, blocks: Sequence[Node]) -> RawRow:
    links = tuple(link.detail for block in blocks for link in block.find("link", "image"))
    return RawRow(row.time, row.time_text, row.text, row.span, row.text_span, evidence=links)


def _block(source: Source, block: Node) -> Iterator[RawRow]:
    if block.kind == "list":
        for item in block.children:
            yield from _item(source, item)
    elif block.kind == "table":
        yield from _table(source, block)
    elif block.kind in ("paragraph", "quote"):
        yield from _lines(source, block)


def _item(source: Source, item: Node) -> Iterator[RawRow]:
    """Read a list item; one that is a date over a nested list of times gives the nested rows."""
    nested = [child for child in item.children if child.kind in ("list", "table")]
    start = item.children[0].span.start if item.children else item.span.end
    end = nested[0].span.start if nested else item.span.end
    row = _row(source, start, max(start, end), max(start, end))
    inner = [inner for child in nested for inner in _block(source, child)]
    links = tuple(link.detail for child in item.children for link in child.find("link", "image"))
    if any(found.time for found in inner):
        if row:
            yield RawRow(row.time, row.time_text, row.text, row.span, row.text_span, not row.text.strip(), links[:0])
        yield from inner
    elif row:
        whole = Span(row.text_span.start, len(source.text[: item.span.end].rstrip()))
        yield RawRow(row.time, row.time_text, source.slice(whole), row.span, whole, False, links)


def _lines(source: Source, block: Node) -> Iterator[RawRow]:
    """Read a paragraph: each line that begins with a time starts a row, other lines continue the row before."""
    starts: list[tuple[int, int]] = []
    for match in _FIRST_LINES.finditer(source.text, block.span.start, block.span.end):
        if match.group().strip():
            timed = _row(source, match.start(), match.end(), match.end())
            if timed and timed.time:
                starts.append((match.start(), match.end()))
    bounds = [start for start, _ in starts[1:]] + [block.span.end] if starts else []
    for (start, line_end), end in zip(starts, bounds, strict=True):
        row = _row(source, start, line_end, end)
        links = tuple(link.detail for link in block.find("link", "image") if start <= link.span.start < end)
        if row:
            alone = not row.text.strip() and row.time is not None and row.time.clock is None
            yield RawRow(row.time, row.time_text, row.text, row.span, row.text_span, alone, links)


def _table(source: Source, table: Node) -> Iterator[RawRow]:
    heads = [title_key(cell.plain) for cell in table.children[0].children]
    rows = [row for row in table.children[1:] if row.kind == "row" and row.children]
    column = _time_column(source, heads, rows)
    if column is None:
        return
    joined = 2 if column + 1 < len(heads) and heads[column] in ("date", "day") and _is_time_head(heads[column + 1]) else 1
    for row in rows:
        cells = row.children
        if len(cells) <= column:
            continue
        rest = cells[column + joined :] or cells[:column]
        start, end = cells[column].span.start, cells[min(column + joined, len(cells)) - 1].span.end
        timed = _row(source, start, end, end)
        text = " · ".join(part for cell in rest if (part := _cell(source, cell)))
        links = tuple(link.detail for link in row.find("link", "image"))
        span = Span(rest[0].span.start, rest[-1].span.end) if rest else row.span
        time = timed.time if timed else None
        yield RawRow(time, source.text[start:end].strip(" |"), text, row.span, span, bool(timed) and not text, links)


def _cell(source: Source, cell: Node) -> str:
    return source.slice(cell.span).strip(" |")


def _is_time_head(head: str) -> bool:
    return head in _TIME_HEADS or any(word in ("time", "when", "timestamp") for word in head.split())


def _time_column(source: Source, heads: Sequence[str], rows: Sequence[Node]) -> int | None:
    """Find the column of times: by its head, else the first one in which most cells begin with a time."""
    for index, head in enumerate(heads):
        if _is_time_head(head) or head.upper() in ("UTC", "CET", "PST", "PT"):
            return index
    for index in range(len(heads)):
        timed = sum(1 for row in rows if len(row.children) > index and leading_time(row.children[index].plain))
        if rows and timed * 2 > len(rows):
            return index
    return None


def _row(source: Source, start: int, line_end: int, end: int) -> RawRow | None:
    """Read a row from a piece of text: its time from the first line, its words up to `end`."""
    if source.text.startswith("#", start):
        start += len(re.match(r"#+\s*", source.text[start:line_end]).group())  # type: ignore[union-attr]
    piece = source.text[start:end]
    if not piece.strip():
        return None
    lead = _BEFORE.match(piece).end()  # type: ignore[union-attr]
    line = piece[lead : max(line_end - start, lead)].replace("*", "\0").replace("`", "\0")
    time = leading_time(line.replace("\0", " ") if "\0" in line else line)
    stop = lead + time.length if time else 0
    if time:
        stop = _past_range(piece, stop)
        after = _AFTER.match(piece, stop).end()  # type: ignore[union-attr]
        text_start = start + after
    else:
        text_start = start
    text_end = start + len(piece.rstrip())
    text_start = min(text_start, text_end)
    text = source.text[text_start:text_end]
    return RawRow(time, piece[lead:stop].strip(" *_`"), text, Span(start, text_end), Span(text_start, text_end))


def _past_range(piece: str, stop: int) -> int:
    """Skip the second time of `14:05 – 14:20`."""
    match = _RANGE.match(piece, stop)
    if not match:
        return stop
    second = leading_time(piece[match.end() : match.end() + 60])
    if second:
        return match.end() + second.length
    return match.end() if not piece[match.end() - 1].isspace() and match.group().strip(" *_`-–—")[-1:].isalpha() else stop
