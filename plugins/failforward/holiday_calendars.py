"""Public holidays, by the kept library `holidays`, which is loaded only for those who name a calendar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from holidays import HolidayBase


class NoSuchCalendar(Exception):
    """A code that the library has no calendar for; `known` are the codes that it might have been."""

    def __init__(self, code: str, what: str, known: Sequence[str]) -> None:
        """Keep the code, what is wrong with it, and what could be written instead."""
        super().__init__(what)
        self.code = code
        self.what = what
        self.known = tuple(known)


@dataclass(frozen=True)
class HolidayCalendars:
    """Several holiday calendars as one: a day is a holiday where it is one in any of them."""

    members: tuple[HolidayBase, ...]

    def __call__(self, day: date) -> bool:
        """Tell whether a day is a holiday. Of years that a calendar does not know it says nothing."""
        return any(each.start_year <= day.year <= each.end_year and day in each for each in self.members)


def holiday_calendars(codes: Sequence[str]) -> HolidayCalendars:
    """Give the calendars of codes such as `DE` or `DE-BW`; raises NoSuchCalendar, or ImportError without the library.

    Years are computed when they are asked for.
    """
    import holidays

    known = holidays.list_supported_countries()
    members = []
    for code in codes:
        country, _, part = code.partition("-")
        if country not in known:
            close = [code.upper()] if country.upper() in known else []
            raise NoSuchCalendar(code, f"no holiday calendar is known for “{country}”", close)
        if "-" in code and part not in known[country]:
            parts = [f"{country}-{each}" for each in known[country]]
            raise NoSuchCalendar(code, f"the calendar of {country} has no part “{part}”", parts or [country])
        members.append(holidays.country_holidays(country, subdiv=part or None))
    return HolidayCalendars(tuple(members))
