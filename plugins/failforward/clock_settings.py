"""Reads what playbook.yml says of clocks and sprints. What cannot be used is an error with path, line and remedy."""

from __future__ import annotations

import difflib
import re
from datetime import date
from itertools import pairwise
from typing import Any

from failforward.errors import SettingError
from failforward.front_matter import Mapping, Scalar, Sequence, Value
from failforward.holiday_calendars import NoSuchCalendar, holiday_calendars
from failforward.model.settings import Clocks
from failforward.model.workdays import SPRINT_DAYS, WEEK, Calendar, Sprints
from failforward.text.source import Source

# With working days, the largest number of each clock: ten years.
LENGTHS = {"debrief_hours": 87_600, "check_in_days": 3_650, "verify_days": 3_650}
CALENDAR = ("working_days", "holidays", "days_off", "week", "zone")
_LONGEST_SPRINT = 366
_FREE = ("holidays", "days_off", "week")


class ClockSettings:
    """Reads the values of `clocks:` and `sprints:` of one file."""

    def __init__(self, source: Source) -> None:
        """Take the file, for the lines in messages."""
        self.source = source

    def clocks(self, value: Value) -> Clocks:
        """Read `clocks:`: the lengths, and the calendar by which they are counted."""
        if not isinstance(value, Mapping):
            raise self._wrong("clocks", value, "lines of the form `debrief_hours: 48`")
        given: dict[str, Any] = {}
        for key, item in value.entries:
            if key.text not in (*LENGTHS, *CALENDAR):
                known = f"The clocks are {', '.join(LENGTHS)}. Beside them stand {', '.join(CALENDAR)}."
                raise self._error(key, f"“{key.text}” is no clock", known)
            if isinstance(item, Scalar) and item.null:
                continue
            read = self._number if key.text in LENGTHS else getattr(self, f"_{key.text}")
            given[key.text] = read(key.text, item)
        self._consistent(value, given)
        lengths = {name: given[name] for name in LENGTHS if name in given}
        calendar = {name: given[name] for name in CALENDAR if name in given}
        if "holidays" in given:
            calendar["holidays"], calendar["is_holiday"] = given["holidays"]
        return Clocks(**lengths, calendar=Calendar(**calendar))

    def sprints(self, value: Value) -> Sprints:
        """Read `sprints:`: a first day and a length, or a list of first days."""
        if isinstance(value, Sequence) and value.items:
            firsts = [self._day("sprints", item) for item in value.items]
            for (earlier, later), item in zip(pairwise(firsts), value.items[1:], strict=True):
                if later <= earlier:
                    message = f"The sprint of {later} does not come after the one of {earlier}"
                    raise self._error(item, message, "Write the first days in order.")
            return Sprints(tuple(firsts), (firsts[-1] - firsts[-2]).days if len(firsts) > 1 else SPRINT_DAYS)
        if not isinstance(value, Mapping):
            raise self._wrong("sprints", value, "{first: 2026-01-05, days: 14}, or a list of first days")
        for key, _ in value.entries:
            if key.text not in ("first", "days"):
                raise self._error(key, f"“{key.text}” says nothing of sprints", "Write first: and days:.")
        first, days = value.get("first"), value.get("days")
        if first is None:
            raise self._wrong("sprints", value, "first: and the first day of any sprint")
        length = self._number("days", days) if days else SPRINT_DAYS
        if not 1 <= length <= _LONGEST_SPRINT:
            raise self._error(days or value, f"A sprint of {length} days cannot be used", "Write 1 to 366.")
        return Sprints((self._day("first", first),), length)

    def _consistent(self, value: Mapping, given: dict[str, Any]) -> None:
        """Refuse what would have no effect, or would be counted for ever."""
        for key, item in value.entries:
            if key.text in _FREE and "working_days" not in given:
                remedy = "Write working_days: true, or false to keep it for later."
                raise self._error(key, f"{key.text} has no effect without working_days", remedy)
            most = LENGTHS.get(key.text)
            if given.get("working_days") and most and given.get(key.text, 0) > most:
                raise self._error(item, f"{key.text} is more than ten years", f"Write at most {most:,}.")

    def _number(self, name: str, value: Value) -> int:
        if not isinstance(value, Scalar) or not value.text.isdecimal() or len(value.text) > 6:
            raise self._wrong("clocks" if name in LENGTHS else name, value, "a whole number below a million")
        return int(value.text)

    def _day(self, name: str, value: Value) -> date:
        text = value.text if isinstance(value, Scalar) else ""
        if re.fullmatch(r"[12][0-9]{3}-[0-9]{2}-[0-9]{2}", text):
            try:
                return date.fromisoformat(text)
            except ValueError:
                pass
        raise self._wrong(name, value, "a day such as 2026-12-24")

    def _working_days(self, name: str, value: Value) -> bool:
        if not isinstance(value, Scalar) or value.text.casefold() not in ("true", "yes", "false", "no"):
            raise self._wrong(name, value, "true or false")
        return value.text.casefold() in ("true", "yes")

    def _week(self, name: str, value: Value) -> tuple[int, ...]:
        items = value.items if isinstance(value, Sequence) else ()
        for item in items:
            if not isinstance(item, Scalar) or item.text.casefold() not in WEEK:
                raise self._wrong(name, item, f"some of {', '.join(WEEK)}")
        if not items:
            raise self._wrong(name, value, "a list such as [mon, tue, wed, thu, fri]")
        return tuple(sorted({WEEK.index(item.text.casefold()) for item in items if isinstance(item, Scalar)}))

    def _days_off(self, name: str, value: Value) -> frozenset[date]:
        if not isinstance(value, Sequence):
            raise self._wrong(name, value, "a list such as [2026-12-24, 2026-12-31]")
        return frozenset(self._day(name, item) for item in value.items)

    def _zone(self, name: str, value: Value) -> str:
        text = value.text if isinstance(value, Scalar) else ""
        import zoneinfo

        try:
            zoneinfo.ZoneInfo(text)
        except (KeyError, ValueError, OSError) as error:
            zones = zoneinfo.available_timezones()
            close = difflib.get_close_matches(text, zones, 1, 0.6)
            remedy = f"Did it mean {close[0]}?" if close else "Write a name such as Europe/Berlin."
            remedy = remedy if zones else "This system knows no zones: pip install tzdata."
            raise self._error(value, f"“{text}” is no time zone", remedy) from error
        return text

    def _holidays(self, name: str, value: Value) -> tuple[tuple[str, ...], Any]:
        items = value.items if isinstance(value, Sequence) else (value,)
        codes = [item.text for item in items if isinstance(item, Scalar)]
        if not codes or len(codes) < len(items):
            raise self._wrong(name, value, "a code such as DE-BW, or a list of them")
        try:
            return tuple(codes), holiday_calendars(codes)
        except ImportError as error:
            remedy = 'Run pip install "failforward[calendar]", or take holidays: out.'
            raise self._error(value, "The library of holiday calendars is not installed", remedy) from error
        except NoSuchCalendar as error:
            raise self._error(items[codes.index(error.code)], f"holidays: {error.what}", _choice(error)) from error

    def _wrong(self, name: str, value: Value, expected: str) -> SettingError:
        return self._error(value, f"{name} cannot be read", f"Write {expected}.")

    def _error(self, value: Value, message: str, remedy: str) -> SettingError:
        line = self.source.position(value.span.start).line
        return SettingError(message, path=self.source.path, line=line, remedy=remedy)


def _choice(error: NoSuchCalendar) -> str:
    """Say what could be written: the code that is meant, else some that are there."""
    if not error.known:
        return "Write a country or a part of one, such as DE or DE-BW."
    if len(error.known) == 1:
        return f"Write {error.known[0]}."
    close = difflib.get_close_matches(error.code, error.known, 1, 0.0)
    return f"Did it mean {close[0]}? There are {', '.join(error.known[:20])}."
