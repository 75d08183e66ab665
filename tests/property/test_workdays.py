"""Lengths of time on a calendar behave as lengths do, whatever the calendar."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from failforward.model.workdays import Calendar, Sprints

ZONES = ("", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Apia")
DAYS = st.dates(date(1990, 1, 1), date(2040, 12, 31))
# Apia left out a whole day in 2011; Lord Howe changes its clocks by half an hour.
EPOCH = datetime(1990, 1, 1, tzinfo=UTC)
INSTANTS = st.integers(0, 50 * 365 * 24 * 60).map(lambda minutes: EPOCH + timedelta(minutes=minutes))
LENGTHS = st.integers(0, 120)
calendars = st.builds(
    Calendar,
    working_days=st.booleans(),
    week=st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days))),
    days_off=st.frozensets(DAYS, max_size=20),
    zone=st.sampled_from(ZONES),
)
sprints = st.builds(
    lambda first, gaps, days: Sprints(tuple(first + timedelta(days=sum(gaps[:n])) for n in range(len(gaps) + 1)), days),
    DAYS,
    st.lists(st.integers(1, 60), max_size=8),
    st.integers(1, 60),
)


@given(calendars, INSTANTS, LENGTHS, LENGTHS)
def test_hours_can_be_added(calendar: Calendar, start: datetime, first: int, second: int) -> None:
    """So many hours and then some more are as many hours at once."""
    assert calendar.after_hours(calendar.after_hours(start, first), second) == calendar.after_hours(
        start, first + second
    )


@given(calendars, INSTANTS, INSTANTS, LENGTHS)
def test_what_begins_later_ends_no_earlier(calendar: Calendar, one: datetime, other: datetime, hours: int) -> None:
    """Hours keep the order of what they are counted from, and never end before it."""
    early, late = sorted((one, other))
    assert calendar.after_hours(early, hours) <= calendar.after_hours(late, hours)
    assert calendar.after_hours(early, hours) >= early + timedelta(hours=hours)
    assert calendar.after_hours(early, hours + 1) > calendar.after_hours(early, hours)


@given(calendars, INSTANTS, LENGTHS)
def test_hours_end_on_a_working_day(calendar: Calendar, start: datetime, hours: int) -> None:
    """Where working days count, an end lies on one; no hours from a working day lead to the same instant."""
    end = calendar.after_hours(start, hours)
    if calendar.working_days:
        assert not calendar.is_free(end.astimezone(calendar.tz).date())
    if not calendar.working_days or not calendar.is_free(start.astimezone(calendar.tz).date()):
        assert calendar.after_hours(start, 0) == start


@given(calendars, DAYS, LENGTHS, LENGTHS)
def test_days_can_be_added(calendar: Calendar, day: date, first: int, second: int) -> None:
    """Days behave as hours do; each working day between counts once."""
    end = calendar.after_days(day, first)
    assert calendar.after_days(end, second) == calendar.after_days(day, first + second)
    assert end >= day + timedelta(days=first)
    if calendar.working_days:
        assert not calendar.is_free(end)
        between = (day + timedelta(days=n) for n in range((end - day).days))
        assert sum(not calendar.is_free(each) for each in between) == first


@given(DAYS, st.sampled_from(ZONES[1:]))
def test_a_day_begins_in_its_zone(day: date, zone: str) -> None:
    """The beginning of a day, read on the clocks of its zone, is midnight of that day or the first time it has."""
    begin = Calendar(zone=zone).begin(day)
    local = begin.astimezone(UTC).astimezone(ZoneInfo(zone))
    assert local.date() >= day
    assert begin <= Calendar(zone=zone).begin(day + timedelta(days=1))


@given(sprints, DAYS)
def test_each_day_lies_in_one_sprint(found: Sprints, day: date) -> None:
    """Sprints follow each other without a gap."""
    number = found.number(day)
    assert found.first(number) <= day <= found.last(number)
    assert found.last(number) + timedelta(days=1) == found.first(number + 1)
    assert found.number(found.first(number)) == number
    assert found.number(found.first(number + 1)) == number + 1


@given(sprints, DAYS, DAYS, DAYS)
def test_sprints_between_days_can_be_added(found: Sprints, first: date, second: date, third: date) -> None:
    """From one day to another and on to a third are as many sprints as from the first to the third."""
    assert found.between(first, second) + found.between(second, third) == found.between(first, third)
    assert found.between(first, first) == 0
    assert found.between(min(first, second), max(first, second)) >= 0
