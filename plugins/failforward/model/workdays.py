"""The calendar of a playbook: which days are working days, where a day begins and ends, and when sprints begin.

Everything here is a pure function of the settings. The loops go over days and end: no length that the settings allow
is longer than some thousand days, and after a year without a working day every day counts as one.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from failforward.model.moment import Moment

WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
# How long a sprint is where nobody says so.
SPRINT_DAYS = 14
_LONGEST_BREAK = 366
_DAY = timedelta(days=1)


def shifted(day: date, days: int) -> date:
    """Give the day so many days later; what lies beyond the calendar is its first or last day."""
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))


def no_holiday(day: date) -> bool:
    """Tell that no day is a holiday: the calendar of those who name none."""
    return False


class Sprints(NamedTuple):
    """When sprints begin: `firsts` are first days, in order; before and after these a sprint has `days` days."""

    firsts: tuple[date, ...]
    days: int = SPRINT_DAYS

    def number(self, day: date) -> int:
        """Give the number of the sprint that a day lies in: 0 for the first one listed, negative before it."""
        place = bisect_right(self.firsts, day) - 1
        if 0 <= place < len(self.firsts) - 1:
            return place
        place = max(place, 0)
        return place + (day - self.firsts[place]).days // self.days

    def first(self, number: int) -> date:
        """Give the first day of a sprint."""
        place = min(max(number, 0), len(self.firsts) - 1)
        return shifted(self.firsts[place], (number - place) * self.days)

    def last(self, number: int) -> date:
        """Give the last day of a sprint."""
        return shifted(self.first(number + 1), -1)

    def between(self, earlier: date, later: date) -> int:
        """Give how many sprints have begun since the one that the earlier day lies in."""
        return self.number(later) - self.number(earlier)


@dataclass(frozen=True)
class Calendar:
    """What the settings say of days.

    `working_days` tells whether the clocks rest on days that are free: those outside `week` (0 for Monday), the
    `days_off`, and the holidays of the calendars in `holidays`, for which `is_holiday` is asked. `zone` is the IANA
    name of the zone in which days begin and end; without one each time keeps the day and hour it was written with, and
    only what was written without any offset is read in UTC.
    """

    working_days: bool = False
    week: tuple[int, ...] = (0, 1, 2, 3, 4)
    holidays: tuple[str, ...] = ()
    days_off: frozenset[date] = frozenset()
    zone: str = ""
    sprints: Sprints | None = None
    is_holiday: Callable[[date], bool] = field(default=no_holiday, compare=False, repr=False)

    @cached_property
    def tz(self) -> tzinfo:
        """Give the zone in which days begin and end, UTC where none is set."""
        if not self.zone:
            return UTC
        from zoneinfo import ZoneInfo

        return ZoneInfo(self.zone)

    @cached_property
    def _known(self) -> dict[date, bool]:
        return {}

    def is_free(self, day: date) -> bool:
        """Tell whether no work is done on a day; each day is looked up once."""
        found = self._known.get(day)
        if found is None:
            found = day.weekday() not in self.week or day in self.days_off or self.is_holiday(day)
            self._known[day] = found
        return found

    def working(self, day: date) -> date:
        """Give the first working day from a day on."""
        for ahead in range(_LONGEST_BREAK):
            if not self.is_free(each := shifted(day, ahead)):
                return each
        return day

    def begin(self, day: date, beside: datetime | None = None) -> datetime:
        """Give the instant at which a day begins: in the zone, else in the offset of the time `beside`, else in UTC."""
        return datetime.combine(day, time(), self._at(beside))

    def instant(self, moment: Moment, beside: Moment | None = None) -> datetime:
        """Give the first instant that a moment may stand for.

        What has no offset is read in the zone; without one, in the offset of what it is held against, `beside`.
        """
        if moment.zoned and moment.precision == "minute":
            return moment.at
        return moment.at.replace(tzinfo=self._at(beside.at if beside else None))

    def latest(self, moment: Moment, beside: Moment | None = None) -> datetime:
        """Give the last instant that a moment may stand for: the end of its day, month or year."""
        if moment.precision == "minute":
            return self.instant(moment, beside)
        return self.begin(moment.latest.date(), beside.at if beside else None)

    def hour(self, moment: Moment) -> datetime:
        """Give a moment for clocks that count days: without a zone its day and hour as written, in no matter which."""
        return self.instant(moment) if self.zone else moment.at.replace(tzinfo=UTC)

    def day(self, moment: Moment) -> date:
        """Give the first day that a moment may stand for."""
        return self.instant(moment).astimezone(self.tz).date() if self.zone else moment.day

    def next_day(self, moment: Moment) -> date:
        """Give the day after the last one that a moment may stand for."""
        return shifted(self.day(moment), 1) if moment.precision == "minute" else moment.latest.date()

    def last_day(self, moment: Moment) -> date:
        """Give the last day that a moment may stand for."""
        return shifted(self.next_day(moment), -1)

    def local(self, at: datetime, beside: Moment | None = None) -> datetime:
        """Give an instant as it is told here: in the zone, else in the offset of the time `beside`, else in UTC."""
        return at.astimezone(self._at(beside.at if beside else None))

    def after_hours(self, start: datetime, hours: int) -> datetime:
        """Give the instant when so many hours have passed, of working days alone where these count.

        What would end when a working day does ends as the next one begins, so that lengths can be added.
        """
        left, tz = timedelta(hours=hours), self._at(start)
        now = start.astimezone(UTC)
        if not self.working_days:
            return (now + left).astimezone(tz)
        day = start.astimezone(tz).date()
        while True:
            if (working := self.working(day)) != day:
                day, now = working, self.begin(working, start).astimezone(UTC)
            end = self.begin(shifted(day, 1), start).astimezone(UTC)
            if left < end - now or end <= now:
                return (now + left).astimezone(tz)
            left -= end - now
            day, now = shifted(day, 1), end

    def after_days(self, day: date, days: int) -> date:
        """Give the day so many days after a day, of working days alone where these count."""
        if not self.working_days:
            return shifted(day, days)
        day = self.working(day)
        for _ in range(days):
            day = self.working(shifted(day, 1))
        return day

    def _at(self, beside: datetime | None) -> tzinfo:
        """Give the zone; without one, the offset of a written time."""
        written = beside.tzinfo if beside else None
        return self.tz if self.zone or written is None else written
