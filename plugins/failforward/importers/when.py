"""Dates as old documents give them: only what can surely be understood becomes a moment."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta, timezone, tzinfo

from failforward.model.moment import Moment
from failforward.reviews.times import WrittenTime, leading_time

_MARKS = re.compile(r"[*_`\[\]]|<[^>\n]*>")
_BEGINNING = re.compile(r"(?<![\w.:/+-])(?=~?\d|[A-Z][a-z]{2})")
_UNSURE = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/(\d{2,4})(?![\d/])")
_DAYS = re.compile(r"([A-Z][a-z]{2,8}\.? \d{1,2})\s?[-–]\s?(?:[A-Z][a-z]{2,8}\.? )?\d{1,2}(,? \d{4})")
_DAYS_FIRST = re.compile(r"(\d{1,2})\s?[-–]\s?\d{1,2}(\s[A-Z][a-z]{2,8}\.?\s\d{4})")
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d\d)([01]\d)([0-3]\d)(?!\d)")
_BETWEEN = re.compile(r"\s*(?:-+|–|—|to|until|till|through)\s*")
_NEAR = 160


def first_span(text: str, zone: tzinfo | None = None) -> tuple[Moment | None, Moment | None]:
    """Read the first date of a text, and the end of the range that it opens.

    A time without an offset is completed by `zone`; without one it is read as its day. A date without a year, or one
    whose day and month could be swapped (`03/04/2021`), is not understood.
    """
    text = _plain(text)
    for match in _BEGINNING.finditer(text, 0, _NEAR):
        written = leading_time(text[match.start() : match.start() + 60])
        if not written or written.day is None or written.yearless or not 1950 <= written.day.year < 2200:
            continue
        stop = match.start() + written.length
        between = _BETWEEN.match(text, stop)
        last = leading_time(text[between.end() : between.end() + 60]) if between else None
        begin = _moment(written, written, zone or (last.zone if last else None))
        return begin, _moment(last, written, zone, begin) if last else None
    return None, None


def first_day(text: str) -> Moment | None:
    """Read the first date of a title or a file name, as a day or a month."""
    compact = _COMPACT.sub(r"\1-\2-\3", text)
    begin, _ = first_span(compact.replace("_", " "))
    if begin is None:
        begin, _ = first_span(re.sub(r"(\d{4}-\d\d-\d\d)[-_].*", r"\1", compact))
    return Moment.of_day(begin.day) if begin and begin.precision == "minute" else begin


def _plain(text: str) -> str:
    text = _MARKS.sub(" ", text)
    text = _UNSURE.sub(lambda match: match[0] if _sure(int(match[1]), int(match[2])) else " ", text)
    return " ".join(_DAYS_FIRST.sub(r"\1\2", _DAYS.sub(r"\1\2", text)).split())


def _sure(first: int, second: int) -> bool:
    """Tell whether `first/second` can be a day and a month in one order only."""
    return first == second or (first > 12) != (second > 12)


def _moment(
    written: WrittenTime, opening: WrittenTime, zone: tzinfo | None, begin: Moment | None = None
) -> Moment | None:
    """Complete a time by the day of the range's beginning; it lies after the beginning."""
    day = written.day if written.day and not written.yearless else opening.day
    if day is None or not 1950 <= day.year < 2200:
        return None
    zone = written.zone or zone or opening.zone
    clock = written.clock
    # Midnight to the second is how programs write a day.
    if clock is None or zone is None or (clock == time() and written.zone is not None):
        return Moment.of_day(day, "month" if written.precision == "month" else "day")
    at = datetime.combine(day, clock.replace(second=0), zone)
    if begin and begin.precision == "minute" and written.day is None and at < begin.at:
        at += timedelta(days=1)
    return Moment(at, "minute", written.approximate)


def front_matter_form(moment: Moment) -> str:
    """Give a moment as the front matter of a review writes it."""
    if moment.precision != "minute":
        return str(moment)
    offset = moment.at.utcoffset() or timedelta()
    text = moment.at.astimezone(timezone(offset)).strftime("%Y-%m-%dT%H:%M")
    minutes = int(offset.total_seconds()) // 60
    sign = "-" if minutes < 0 else "+"
    zone = f"{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}" if minutes else "Z"
    return f"{'~' if moment.approximate else ''}{text}{zone}"
