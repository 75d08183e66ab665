"""Cuts a timeline into raw rows: list items, table rows, lines that begin with a time, sub-headings per time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from failforward.reviews.times import WrittenTime, leading_time, trailing_time
from failforward.text.markdown import Node
from failforward.text.sections import Section, title_key
from failforward.text.source import Source, Span

Shape = Literal["list", "table", "lines", "headings"]

_BEFORE = re.compile(r"[\s*_`\[({<>|-]*(?:\[[ xX]\]\s*)?[*_`]*(?:(?:at|on|from|between)\s+)?", re.IGNORECASE)
_AFTER = re.compile(r"[*_`]*(?:\]\([^()\s]*\))?(?:\s*\}\})?[*_`\])}>]*[,;:.]*[*_`\])}>]*(?:[\s|–—-]|&nbsp;)*")
_RANGE = re.compile(
    r"[\s*_`]*(?:-+|–|—|to|until|till|through|and)[\s*_`]*(?:(?=\d|\w{3,9}\s+\d)|(?:ongoing|now)\b)", re.IGNORECASE
)
_TIME_HEADS = {"time", "when", "date", "timestamp", "date time", "datetime", "hour", "clock", "start", "day", "begin"}
_NO_EVENT = re.compile(
    r"[(\[*_]*(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:all )?times?\b[^()\n]{0,40}|[A-Z]{2,4})[)\]*_.:]*",
    re.IGNORECASE,
)
_LINE = re.compile(r"[^\n]*")
_DEEPEST = 10
_MARKS = str.maketrans("*`", "  ")


class RawRow(NamedTuple):
    """A row before its time is completed: `day_only` marks a date that stands over the rows that follow."""

    time: WrittenTime | None
    time_text: str
    text: str
    span: Span
    text_span: Span
    day_only: bool = False
    evidence: tuple[str, ...] = ()
    shape: Shape = "list"


def raw_rows(source: Source, sections: Sequence[Section]) -> Iterator[RawRow]:
    """Give the rows of a timeline section and the sections below it, in the order of the text."""
    for index, section in enumerate(sections):
        heading = _heading(source, section) if index and section.title else None
        if heading is None or heading.time is None:
            for block in section.blocks:
                found = list(_block(source, block))
                # Below a sub-heading, a list without any time is an aside.
                yield from found if not index or _any_time(found) else ()
            continue
        inner = [list(_block(source, block)) for block in section.blocks]
        rows = [row for found in inner if _any_time(found) for row in found]
        if rows:
            yield heading._replace(day_only=True)
            yield from rows
        else:
            yield heading._replace(evidence=_links(section.blocks))


def _no_event(text: str) -> bool:
    """Tell whether nothing happens in a text: it is empty, a weekday, or says which zone the times have."""
    return not text.strip() or _NO_EVENT.fullmatch(text.strip()) is not None


def _any_time(rows: Sequence[RawRow]) -> bool:
    return any(row.time for row in rows)


def _heading(source: Source, section: Section) -> RawRow | None:
    """Read a sub-heading with what stands under it as one row; the heading's own marks are no part of it."""
    line = source.slice(section.title_span).strip()
    underlined = "" if line.startswith("#") else line.rpartition("\n")[0]
    title = underlined.strip() or line.lstrip("#").strip().rstrip("#").rstrip()
    start = source.text.find(title, section.title_span.start)
    row = _row(source, start, start + len(title), start + len(title), "headings")
    if row is None or row.time is None:
        return row
    below = source.text[section.title_span.end : section.span.end].strip()
    end = max(row.span.end, section.title_span.start + len(source.slice(section.span).rstrip()))
    text = "\n\n".join(part for part in (row.text, below) if part)
    return row._replace(text=text, span=Span(row.span.start, end), text_span=Span(row.text_span.start, end))


def _links(blocks: Sequence[Node]) -> tuple[str, ...]:
    return tuple(link.detail for block in blocks for link in block.find("link", "image"))


def _block(source: Source, block: Node, depth: int = 0) -> Iterator[RawRow]:
    if block.kind == "list":
        for item in block.children if depth < _DEEPEST else ():
            yield from _item(source, item, depth + 1)
    elif block.kind == "table":
        yield from _table(source, block)
    elif block.kind in ("paragraph", "quote") or _indented(source, block):
        yield from _lines(source, block)


def _indented(source: Source, block: Node) -> bool:
    """Tell whether a block is code by its indentation alone: old texts indent lists that deep."""
    return block.kind == "code-block" and not source.slice(block.span).lstrip().startswith(("```", "~~~"))


def _item(source: Source, item: Node, depth: int) -> Iterator[RawRow]:
    """Read a list item; one that is a date over a nested list of times gives the nested rows."""
    nested = [child for child in item.children if child.kind in ("list", "table")]
    start = item.children[0].span.start if item.children else item.span.end
    end = max(start, nested[0].span.start if nested else item.span.end)
    row = _row(source, start, end, end, "list")
    inner = [inner for child in nested for inner in _block(source, child, depth)]
    if _any_time(inner):
        if row:
            yield row._replace(day_only=_no_event(row.text))
        yield from inner
    elif row:
        begin = row.text_span.start
        whole = Span(begin, begin + len(source.text[begin : item.span.end].rstrip()))
        row = row._replace(text=source.slice(whole), text_span=whole, evidence=_links(item.children))
        yield row if row.time else _timed_at_its_end(row)


def _timed_at_its_end(row: RawRow) -> RawRow:
    """Read `Resolved 2026-10-02 14:05` as a row of that time."""
    found = None if "\n" in row.text else trailing_time(row.text)
    if not found:
        return row
    at, time = found
    text = row.text[:at].rstrip(" :–—-*_`(")
    return row._replace(
        time=time, time_text=row.text[at : at + time.length], text=text,
        text_span=Span(row.text_span.start, row.text_span.start + len(text)),
    )  # fmt: skip


def _lines(source: Source, block: Node) -> Iterator[RawRow]:
    """Read a paragraph: each line that begins with a time starts a row, other lines continue the row before."""
    starts: list[tuple[int, int]] = []
    for match in _LINE.finditer(source.text, block.span.start, block.span.end):
        if match.group().strip():
            timed = _row(source, match.start(), match.end(), match.end(), "lines")
            if timed and timed.time:
                starts.append((match.start(), match.end()))
    bounds = [start for start, _ in starts[1:]] + [block.span.end] if starts else []
    links = list(block.find("link", "image")) if starts else []
    for (start, line_end), end in zip(starts, bounds, strict=True):
        row = _row(source, start, line_end, end, "lines")
        if row:
            alone = row.time is not None and row.time.clock is None and _no_event(row.text)
            here = tuple(link.detail for link in links if start <= link.span.start < end)
            yield row._replace(day_only=alone, evidence=here)


def _table(source: Source, table: Node) -> Iterator[RawRow]:
    heads = [title_key(cell.plain) for cell in table.children[0].children] if table.children else []
    rows = [row for row in table.children[1:] if row.kind == "row" and row.children]
    column = _time_column(heads, rows)
    if column is None:
        return
    split = column + 1 < len(heads) and heads[column] in ("date", "day") and _is_time_head(heads[column + 1])
    joined = 2 if split else 1
    for row in rows:
        cells = row.children
        if len(cells) <= column:
            continue
        rest = (*cells[:column], *cells[column + joined :])
        start, end = cells[column].span.start, cells[min(column + joined, len(cells)) - 1].span.end
        timed = _row(source, start, end, end, "table")
        text = " · ".join(part for cell in rest if (part := source.slice(cell.span).strip(" |")))
        span = Span(rest[0].span.start, max(rest[0].span.start, rest[-1].span.end)) if rest else row.span
        yield RawRow(
            timed.time if timed else None, source.text[start:end].strip(" |"), text, row.span, span,
            bool(timed and timed.time) and not text, _links((row,)), "table",
        )  # fmt: skip


def _is_time_head(head: str) -> bool:
    return head in _TIME_HEADS or any(word in ("time", "when", "timestamp") for word in head.split())


def _time_column(heads: Sequence[str], rows: Sequence[Node]) -> int | None:
    """Find the column of times: by its head, else the first one in which most cells begin with a time."""
    for index, head in enumerate(heads):
        if _is_time_head(head) or head.upper() in ("UTC", "CET", "PST", "PT"):
            return index
    for index in range(len(heads)):
        timed = sum(1 for row in rows if len(row.children) > index and leading_time(row.children[index].plain))
        if rows and timed * 2 > len(rows):
            return index
    return None


def _row(source: Source, start: int, line_end: int, end: int, shape: Shape) -> RawRow | None:
    """Read a row from a piece of text: its time from the first line, its words up to `end`."""
    piece = source.text[start:end]
    if not piece.strip():
        return None
    before = _BEFORE.match(piece)
    lead = before.end() if before else 0
    time = leading_time(piece[lead : max(line_end - start, lead)].translate(_MARKS))
    stop = lead
    text_start = start
    if time:
        stop, time = _past_range(piece, lead + time.length, time)
        after = _AFTER.match(piece, stop)
        text_start = start + (after.end() if after else stop)
    text_end = start + len(piece.rstrip())
    text_start = min(text_start, text_end)
    text = source.text[text_start:text_end]
    spans = Span(start, text_end), Span(text_start, text_end)
    return RawRow(time, piece[lead:stop].strip(" *_`"), text, *spans, shape=shape)


def _past_range(piece: str, stop: int, first: WrittenTime) -> tuple[int, WrittenTime]:
    """Skip the second time of `14:05 – 14:20 CET`; its zone is the first one's too."""
    match = _RANGE.match(piece, stop)
    if not match:
        return stop, first
    second = leading_time(piece[match.end() : match.end() + 60])
    if second:
        return match.end() + second.length, first if first.zone else first._replace(zone=second.zone)
    ongoing = match.group().rstrip()[-1:].isalpha() and match.group().strip().casefold().endswith(("ongoing", "now"))
    return (match.end() if ongoing else stop), first
