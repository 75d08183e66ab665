"""Times as people write them in front matter and timelines."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import NamedTuple

from failforward.model.moment import Moment, Precision

# Offsets in hours of the zone names that occur in reviews; a name that means several zones takes its commonest meaning.
ZONES = {
    "Z": 0, "UTC": 0, "GMT": 0, "WET": 0, "BST": 1, "CET": 1, "WEST": 1, "CEST": 2, "EET": 2, "EEST": 3, "MSK": 3,
    "IST": 5.5, "SGT": 8, "JST": 9, "KST": 9, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13, "EST": -5, "EDT": -4,
    "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "HST": -10, "AKST": -9, "AKDT": -8,
    "ET": -5, "CT": -6, "MT": -7, "PT": -8, "EASTERN": -5, "CENTRAL": -6, "MOUNTAIN": -7, "PACIFIC": -8,
}  # fmt: skip
# Names of zones that are words too: they count only in capitals, or where a zone is declared.
_WORDS = ("EASTERN", "CENTRAL", "MOUNTAIN", "PACIFIC")
_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
         "sep sept september", "oct october", "nov november", "dec december"), 1)
    for name in names.split()
}  # fmt: skip
_MONTH = "(?P<{}>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
_NAMES = "|".join(sorted((z for z in ZONES if z != "Z" and z not in _WORDS), key=len, reverse=True))
_ZONE = rf"(?P<zone>Z\b|(?:UTC|GMT)\s?[+-]\s?\d{{1,2}}(?::?\d\d)?\b|[+-]\d\d:?\d\d\b|\b(?:{_NAMES})\b)"
_APPROXIMATE = r"(?P<{}>~|≈|\bca?\.|\b(?:circa|approx(?:\.|imately)?|around|about|roughly|ca)\b)"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_DAY_END = r"(?:st|nd|rd|th)?"
_DATE = (
    r"(?:(?P<y1>\d{4})[-/.](?P<m1>\d\d?)[-/.](?P<d1>\d\d?)(?!\d)"
    r"|(?P<d2>\d\d?)[-/.](?P<m2>\d\d?)[-/.](?P<y2>\d{4})(?!\d)"
    rf"|(?P<d3>\d\d?){_DAY_END}\s+(?:of\s+)?{_MONTH.format('m3')}(?:,?\s+(?P<y3>\d{{4}})\b(?!:\d))?"
    rf"|{_MONTH.format('m6')}\s+(?P<y6>[12]\d{{3}})\b(?!:\d)"
    rf"|{_MONTH.format('m4')}\s+(?P<d4>\d\d?){_DAY_END}\b(?!:\d)(?:,?\s+(?P<y4>\d{{4}})\b(?!:\d))?"
    r"|(?P<y5>\d{4})-(?P<m5>\d\d)(?![-/.\d])"
    r"|(?P<m7>\d\d)-(?P<d7>\d\d)(?=[ T]\d\d?:\d\d))"
)
_HALF = r"(?P<half>\s?[ap]\.?m\b\.?|[ap]\b)"
_CLOCK = (
    r"(?:(?P<hour>[01]?\d|2[0-3])"
    r"(?:(?::|h(?=\d))(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d)(?:[.,]\d+)?)?|\.(?P<dotted>[0-5]\d)(?!\d|\.\d|\s?%))?"
    rf"(?!\d|:\d){_HALF}?(?:\s?(?:hrs?|h)\b)?"
    r"|(?P<run>(?:[01]\d|2[0-3])[0-5]\d)(?!\w|[:.]\d|%))"
)
_JOIN = r"(?:\s*[,@|–—]|\s+(?:at|on|-)(?=\s)|T(?=\d))?\s*"
_NEARLY = r"(?:\s?(?P<nearly>~|-?ish\b|\(approx\w*\.?\)))?"
_DATE_TIME = re.compile(
    rf"(?:{_APPROXIMATE.format('about1')}\s*)?{_WEEKDAY}(?:(?P<date>{_DATE}){_JOIN})?(?:{_APPROXIMATE.format('about2')}\s*)?"
    rf"(?:(?P<clock>{_CLOCK}){_NEARLY}\s*)?(?:\(?{_ZONE}\)?)?",
    re.IGNORECASE,
)
_LATE_DATE = re.compile(rf"[\s,]*(?:on\s+)?{_WEEKDAY}(?P<date>{_DATE})", re.IGNORECASE)
_START_OF_TIME = re.compile(r"(?<![\w.:/+-])(?=~?\d|[A-Z][a-z]{2})")
_FULL = re.compile(r"(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?\s*(Z|[+-]\d\d:?\d\d)?", re.IGNORECASE)
_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


class ImpossibleTime(ValueError):
    """A text has the form of a time or date that no calendar has."""


class WrittenTime(NamedTuple):
    """A time as read from a timeline: any part may be absent. `length` counts the characters read."""

    day: date | None
    clock: time | None
    zone: tzinfo | None
    approximate: bool
    length: int
    precision: Precision = "minute"
    yearless: bool = False


def moment_of(text: str) -> Moment | None:
    """Read the ISO forms that front matter allows; None for anything else.

    Raises ImpossibleTime for a date that does not exist, such as 2026-02-30.
    """
    text = text.strip()
    approximate = text.startswith("~")
    text = text.lstrip("~ ")
    try:
        if match := _FULL.fullmatch(text):
            numbers = [int(part or 0) for part in match.groups()[:6]]
            zone = zone_of(match[7]) if match[7] else None
            at = datetime(*numbers[:6], tzinfo=zone or UTC)  # type: ignore[misc, arg-type]
            return Moment(at, "minute", approximate, zone is not None)
        if match := _DAY.fullmatch(text):
            precision: Precision = "day" if match[3] else "month" if match[2] else "year"
            at = datetime(int(match[1]), int(match[2] or 1), int(match[3] or 1), tzinfo=UTC)
            return Moment(at, precision, approximate, zoned=False)
    except ValueError as error:
        raise ImpossibleTime(str(error)) from error
    return None


@lru_cache(maxsize=256)
def zone_of(text: str) -> tzinfo | None:
    """Read an offset or a zone's name; None where it is not known."""
    text = text.strip().upper().replace(" ", "")
    if text in ZONES:
        return timezone(timedelta(hours=ZONES[text]))
    match = re.fullmatch(r"(?:UTC|GMT)?([+-])(\d{1,2}):?(\d\d)?", text)
    if not match:
        return None
    delta = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
    return timezone(delta if match[1] == "+" else -delta) if delta < timedelta(hours=24) else None


def leading_time(text: str) -> WrittenTime | None:
    """Read the time or date that a text begins with; None where it begins with neither."""
    match = _DATE_TIME.match(text)
    if not match or not (match["date"] or match["clock"]):
        return None
    if match["clock"] and not match["date"] and not _surely_clock(match):
        return None
    try:
        day, precision, yearless = _day(match)
        clock = _clock(match)
    except ValueError:
        return None
    if day is None and clock is None:
        return None
    length = len(match.group().rstrip()) if clock or match["zone"] else match.end("date")
    if day is None and (late := _late_day(text, match.end())):
        day, yearless, length = late
    zone = zone_of(match["zone"]) if match["zone"] else None
    approximate = bool(match["about1"] or match["about2"] or match["nearly"])
    return WrittenTime(day, clock, zone, approximate, length, precision if clock is None else "minute", yearless)


def _surely_clock(match: re.Match[str]) -> bool:
    """Tell whether digits without a date are a time: `14` is none, and `1625` is one only beside a zone."""
    return bool(match["minute"] or match["dotted"] or match["half"] or (match["run"] and match["zone"]))


def _late_day(text: str, at: int) -> tuple[date, bool, int] | None:
    """Read a date that follows its time, as in `14:05 UTC, 2 October 2026`: day, whether without a year, its end."""
    match = _LATE_DATE.match(text, at)
    if not match:
        return None
    try:
        day, precision, yearless = _day(match)
    except ValueError:
        return None
    return (day, yearless, match.end()) if day and precision == "day" else None


def _day(match: re.Match[str]) -> tuple[date | None, Precision, bool]:
    for number in "1234567":
        month = match[f"m{number}"]
        if not month:
            continue
        year = match[f"y{number}"] if number != "7" else None
        month_number = _MONTHS.get(month.casefold()) or int(month)
        day_text = match[f"d{number}"] if number not in "56" else "1"
        if number == "2" and month_number > 12:
            month_number, day_text = int(day_text), month
        if year and not 1000 <= int(year) <= 2999:
            # The calendar ends at 9999, and a row may roll over to the next day.
            raise ValueError(year)
        # A day of a leap year is read with a leap year until the year is known.
        return date(int(year or 2000), month_number, int(day_text)), "month" if number in "56" else "day", not year
    return None, "minute", False


def _clock(match: re.Match[str]) -> time | None:
    if not match["clock"]:
        return None
    if match["run"]:
        return time(int(match["run"][:2]), int(match["run"][2:]))
    if not (match["minute"] or match["dotted"] or match["half"]):
        return None
    hour = int(match["hour"])
    half = (match["half"] or "").strip().casefold()
    if half.startswith("p") and hour < 12:
        hour += 12
    elif half.startswith("a") and hour == 12:
        hour = 0
    return time(hour, int(match["minute"] or match["dotted"] or 0), int(match["second"] or 0))


def trailing_time(text: str) -> tuple[int, WrittenTime] | None:
    """Read the time that a text ends with, as in `Resolved 2026-10-02 14:05`, and where in the text it begins.

    A time without a date counts only after a colon, as in `Resolved: 14:05`.
    """
    for match in _START_OF_TIME.finditer(text, max(0, len(text) - 48)):
        written = leading_time(text[match.start() :])
        if written and written.clock and not text[match.start() + written.length :].strip(" .)*_`\n"):
            before = text[: match.start()].rstrip(" *_`(")
            return (match.start(), written) if written.day or before.endswith(":") else None
    return None
