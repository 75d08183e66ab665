"""A point in time as precise as it was written."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Literal, NamedTuple

# No place on earth is further from UTC.
_WIDEST = timedelta(hours=14)

Precision = Literal["minute", "day", "month", "year"]


class Moment(NamedTuple):
    """A time or date.

    `at` is aware, in the offset it was written with (UTC where `zoned` is false); for a precision coarser than
    `minute` it is the first minute of that day, month or year. `approximate` is true for `~14:05`.
    """

    at: datetime
    precision: Precision = "minute"
    approximate: bool = False
    zoned: bool = True

    @classmethod
    def of_day(cls, day: date, precision: Precision = "day") -> Moment:
        """Make a moment of a date that has no time."""
        return cls(datetime.combine(day, time(), UTC), precision, zoned=False)

    @property
    def day(self) -> date:
        """Give the date in the moment's own offset."""
        return self.at.date()

    @property
    def latest(self) -> datetime:
        """Give the last instant this moment may stand for: the end of its day, month or year where it has no time."""
        try:
            if self.precision == "day":
                return self.at + timedelta(days=1)
            if self.precision == "month":
                return (self.at.replace(day=1) + timedelta(days=32)).replace(day=1)
            if self.precision == "year":
                return self.at.replace(year=self.at.year + 1)
        except (OverflowError, ValueError):
            # The calendar ends with the year 9999.
            return datetime.max.replace(tzinfo=self.at.tzinfo)
        return self.at

    def surely_before(self, other: Moment) -> bool:
        """Tell whether this lies before the other however the coarser of the two, or a missing offset, is meant."""
        if self.precision != "minute" or other.precision != "minute":
            ours, theirs = self._coarse(other), other._coarse(self)
            return ours < theirs
        if self.zoned != other.zoned:
            return self.at < other.at - _WIDEST
        return self.at < other.at

    def _coarse(self, other: Moment) -> tuple[int, ...]:
        parts = (self.at.year, self.at.month, self.at.day)
        order: list[Precision] = ["year", "month", "day", "minute"]
        depth = min(order.index(self.precision), order.index(other.precision), 2) + 1
        return parts[:depth]

    def __str__(self) -> str:
        """Give the ISO form at this moment's precision."""
        forms = {"year": "%Y", "month": "%Y-%m", "day": "%Y-%m-%d"}
        if self.precision != "minute":
            return self.at.strftime(forms[self.precision])
        text = self.at.strftime("%Y-%m-%d %H:%M")
        if not self.zoned:
            return text
        offset = self.at.strftime("%z")
        return f"{text} UTC" if offset in ("+0000", "") else f"{text} {offset[:3]}:{offset[3:]}"
