"""Which failures have their anniversary about now, also over the turn of the year and where there is no 29 February."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from failforward.model.moment import Moment
from failforward.model.review import Review

# A week: today with three days before and three after.
WITHIN = 3


@dataclass(frozen=True, slots=True)
class Anniversary:
    """A review whose failure has its anniversary on a day: how many years it is, and how many days ahead that lies."""

    review: Review
    on: date
    years: int
    days: int


def exact_day(review: Review) -> date | None:
    """Give the day of a failure where it is known to the day."""
    for when in (review.started, review.detected, review.resolved):
        if isinstance(when, Moment):
            return when.day if when.precision in ("day", "minute") else None
    return review.day


def anniversary(day: date, year: int) -> date:
    """Give the anniversary of a day in a year: of 29 February, where there is none, the 28th."""
    leap = day.month == 2 and day.day == 29
    try:
        return day.replace(year=year)
    except ValueError:
        if not leap:
            raise
        return date(year, 2, 28)


def anniversaries_of(
    reviews: Iterable[Review], today: date, *, before: int = WITHIN, after: int = WITHIN
) -> tuple[Anniversary, ...]:
    """Give the anniversaries from some days before today to some after: the nearest day first, then the newest.

    A failure is its own first day and no anniversary.
    """
    found = []
    for review in reviews:
        day = exact_day(review)
        if day is None:
            continue
        for year in (today.year - 1, today.year, today.year + 1):
            if year <= day.year:
                continue
            on = anniversary(day, year)
            if -before <= (on - today).days <= after:
                found.append(Anniversary(review, on, year - day.year, (on - today).days))
    return tuple(sorted(found, key=lambda each: (abs(each.days), each.days, each.years, each.review.path)))


def next_anniversary(reviews: Iterable[Review], today: date) -> Anniversary | None:
    """Give the anniversary that comes next, from today on."""
    coming = anniversaries_of(reviews, today, before=0, after=366)
    return min(coming, key=lambda each: (each.days, each.years, each.review.path), default=None)
