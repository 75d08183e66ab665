"""Timelines: completes each row's time and reads its role, assumption and evidence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo

from failforward.model.body import TimelineRow
from failforward.model.moment import Moment
from failforward.reviews.rows import RawRow, raw_rows
from failforward.reviews.times import ZONES, WrittenTime, zone_of
from failforward.text.sections import Section
from failforward.text.source import Source

# A time that runs back further than this without a date belongs to the next day.
ROLL_OVER = timedelta(hours=6)

_NOTES = re.compile(r"\*\(([^*]*)\)\*|_\(([^_]*)\)_")
_DECISION = re.compile(r"[\s*_]*decision(?: point)?\b[\s*_]*[:.–—-]", re.IGNORECASE)
_NAMES = "|".join(sorted((name for name in ZONES if len(name) > 1), key=len, reverse=True))
_ZONE = rf"((?:{_NAMES})(?![A-Za-z0-9])(?:\s?[+-]\d{{1,2}}(?::?\d\d)?)?)"
_DECLARED = re.compile(
    rf"\b(?:times?|timestamps?|hours|timezone|zone)\b[^.\n|]{{0,50}}?\b{_ZONE}"
    rf"|\(\s*(?:all\s+)?(?:times?\s+)?(?:are\s+)?(?:in\s+)?{_ZONE}\s*\)",
    re.IGNORECASE,
)
_FOR_ALL = re.compile(rf"\ball times(?: are)?(?: listed| given)? (?:in )?{_ZONE}", re.IGNORECASE)


def read_timeline(source: Source, sections: Sequence[Section], anchor: Moment | None) -> tuple[TimelineRow, ...]:
    """Read a timeline from its section and those below it; dates and offsets that are absent come from `anchor`."""
    if not sections:
        return ()
    zone = declared_zone(source, sections)
    clock = _Clock(anchor, zone)
    return tuple(_rows(source, raw_rows(source, sections), clock))


def declared_zone(source: Source, sections: Sequence[Section]) -> tzinfo | None:
    """Find an offset that is said once for the whole timeline ("All times UTC")."""
    for section in sections:
        pieces = [section.title]
        for block in section.blocks:
            if block.kind == "table" and block.children:
                pieces.append(block.children[0].plain.replace("\n", " "))
            elif block.kind in ("paragraph", "quote"):
                pieces.append(source.slice(block.span)[:300])
        for piece in pieces:
            if match := _DECLARED.search(piece):
                return zone_of(match[1] or match[2])
    match = _FOR_ALL.search(source.text)
    return zone_of(match[1]) if match else None


class _Clock:
    """Carries date and offset from row to row."""

    def __init__(self, anchor: Moment | None, zone: tzinfo | None) -> None:
        self.zoned = zone is not None or (anchor is not None and anchor.zoned and anchor.precision == "minute")
        self.zone = zone or (anchor.at.tzinfo if anchor and self.zoned else None) or UTC
        exact = anchor is not None and anchor.precision in ("minute", "day")
        self.day: date | None = anchor.at.astimezone(self.zone).date() if anchor and exact else None
        if anchor and anchor.precision == "day":
            self.day = anchor.day
        self.year = anchor.at.year if anchor else None
        self.last = anchor.at if anchor and anchor.precision == "minute" else None

    def set_day(self, written: WrittenTime) -> None:
        if written.day is None:
            return
        day = written.day
        if written.yearless:
            reference = self.day or (date(self.year, 1, 1) if self.year else None)
            day = _with_year(day, reference) if reference else day
        self.day = day

    def moment(self, written: WrittenTime) -> Moment | None:
        self.set_day(written)
        if written.zone is not None:
            self.zone, self.zoned = written.zone, True
        if self.day is None or (written.yearless and self.year is None and written.day == self.day):
            return None
        if written.clock is None:
            self.last = None
            made = Moment.of_day(self.day, written.precision)
            return Moment(made.at, written.precision, written.approximate, zoned=False)
        at = datetime.combine(self.day, written.clock, self.zone)
        if written.day is None and self.last is not None and self.last - at > ROLL_OVER:
            at += timedelta(days=1)
        self.day, self.last = at.date(), at
        return Moment(at, "minute", written.approximate, self.zoned)


def _with_year(day: date, reference: date) -> date:
    """Give a day that was written without its year the year that brings it closest to a reference."""
    choices = []
    for year in (reference.year - 1, reference.year, reference.year + 1):
        try:
            choices.append(day.replace(year=year))
        except ValueError:
            continue
    return min(choices, key=lambda choice: abs(choice - reference), default=day)


def _rows(source: Source, rows: Iterator[RawRow], clock: _Clock) -> Iterator[TimelineRow]:
    for raw in rows:
        if raw.day_only:
            if raw.time:
                clock.moment(raw.time)
            continue
        when = clock.moment(raw.time) if raw.time else None
        yield _interpreted(raw, when)


def _interpreted(raw: RawRow, when: Moment | None) -> TimelineRow:
    """Take role, assumption, knowledge and options out of the bracketed notes at the end of a row."""
    notes: dict[str, str] = {}
    further: list[str] = []
    text = raw.text
    for match in _NOTES.finditer(raw.text):
        for part in (match[1] or match[2] or "").split(";"):
            name, colon, value = part.partition(":")
            name = name.strip().casefold()
            known = bool(colon) and name in ("assumed", "knew", "options", "role")
            if known and name not in notes:
                notes[name] = value.strip()
            elif part.strip() and not known and "role" not in notes:
                notes["role"] = part.strip()
            elif part.strip():
                further.append(part.strip())
        text = text.replace(match.group(), "", 1)
    decision = _DECISION.match(raw.text)
    options = tuple(part.strip() for part in notes.get("options", "").split(",") if part.strip())
    text = text[decision.end() if decision else 0 :].strip()
    return TimelineRow(
        when, " ".join(text.split()), raw.span, raw.text_span,
        notes.get("role", ""), notes.get("assumed", ""), notes.get("knew", ""), options, bool(decision), raw.evidence,
        raw.time_text,
        text, tuple(further),
    )  # fmt: skip
