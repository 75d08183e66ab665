"""The calendar of a playbook: working days, holidays, zones and sprints, computed from the settings alone."""

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from failforward.holiday_calendars import NoSuchCalendar, holiday_calendars
from failforward.model.moment import Moment
from failforward.model.settings import Clocks
from failforward.model.workdays import Calendar, Sprints, shifted
from failforward.reviews.times import moment_of

OFF = frozenset({date(2026, 12, 24), date(2026, 12, 31)})
GERMAN = Calendar(working_days=True, days_off=OFF, zone="Europe/Berlin", is_holiday=holiday_calendars(["DE-BW"]))
PLAIN_WEEK = Calendar(working_days=True)
FORTNIGHTS = Sprints((date(2026, 1, 5),))
LISTED = Sprints((date(2026, 1, 5), date(2026, 1, 19), date(2026, 2, 9)), 21)


def moment(text: str) -> Moment:
    """Read a moment."""
    found = moment_of(text)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("day", "free"),
    [
        ("2026-12-23", False),
        ("2026-12-24", True),
        ("2026-12-25", True),
        ("2026-12-26", True),
        ("2026-12-28", False),
        ("2027-01-06", True),
        ("2026-11-22", True),
    ],
)
def test_a_day_is_free_for_one_of_several_reasons(day: str, free: bool) -> None:
    """Weekends, a team's own days off, and the holidays of its country and region are free."""
    assert GERMAN.is_free(date.fromisoformat(day)) is free


def test_a_day_is_free_where_it_is_free_in_any_calendar() -> None:
    """A team in two countries rests on the holidays of both."""
    both = Calendar(working_days=True, is_holiday=holiday_calendars(["DE-BW", "FR"]))
    assert both.is_free(date(2026, 7, 14))
    assert both.is_free(date(2027, 1, 6))
    assert not Calendar(working_days=True, is_holiday=holiday_calendars(["FR"])).is_free(date(2027, 1, 6))


def test_a_week_may_have_other_days() -> None:
    """Where people rest on Friday and Saturday, Sunday is a day of work."""
    week = Calendar(working_days=True, week=(0, 1, 2, 3, 6))
    assert [week.is_free(date(2026, 11, day)) for day in (20, 21, 22)] == [True, True, False]


def test_the_library_knows_many_years_and_says_nothing_of_others() -> None:
    """A year that no calendar knows has no holidays, and asking for it is no error."""
    asked = holiday_calendars(["DE", "US-CA", "CN", "IN"])
    assert not any(asked(date(year, 6, 30)) for year in (1, 1000, 2999, 9999))
    assert asked(date(1996, 12, 25))


@pytest.mark.parametrize("code", ["XX", "", "DE-", "DE-XX", "de", "../DE"])
def test_a_calendar_that_is_not_there_is_refused(code: str) -> None:
    """An unknown country or region says what is wrong."""
    with pytest.raises(NoSuchCalendar) as caught:
        holiday_calendars([code])
    assert caught.value.code == code


def test_hours_pass_on_working_days_alone() -> None:
    """48 hours from Tuesday afternoon, over Christmas, end on Monday afternoon."""
    end = GERMAN.after_hours(datetime.fromisoformat("2026-12-22T16:00+01:00"), 48)
    assert end == datetime.fromisoformat("2026-12-28T16:00+01:00")
    friday = datetime(2026, 11, 20, 18, tzinfo=UTC)
    assert PLAIN_WEEK.after_hours(friday, 48) == datetime(2026, 11, 24, 18, tzinfo=UTC)
    assert Calendar().after_hours(friday, 48) == datetime(2026, 11, 22, 18, tzinfo=UTC)


def test_no_time_passes_on_a_free_day() -> None:
    """What happens on a Sunday counts from Monday morning."""
    sunday = datetime(2026, 11, 22, 18, tzinfo=UTC)
    assert PLAIN_WEEK.after_hours(sunday, 0) == datetime(2026, 11, 23, tzinfo=UTC)
    assert PLAIN_WEEK.after_hours(sunday, 1) == datetime(2026, 11, 23, 1, tzinfo=UTC)


def test_days_pass_on_working_days_alone() -> None:
    """Three working days from a Friday lead to the Wednesday after."""
    assert PLAIN_WEEK.after_days(date(2026, 11, 20), 3) == date(2026, 11, 25)
    assert PLAIN_WEEK.after_days(date(2026, 11, 21), 0) == date(2026, 11, 23)
    assert Calendar().after_days(date(2026, 11, 20), 3) == date(2026, 11, 23)


def test_hours_are_hours_when_the_clocks_change() -> None:
    """A day on which clocks are put forward has 23 hours, and no hour is lost or won."""
    berlin = Calendar(zone="Europe/Berlin")
    start = datetime.fromisoformat("2026-03-28T12:00+01:00")
    assert berlin.after_hours(start, 24) == datetime.fromisoformat("2026-03-29T13:00+02:00")
    all_week = Calendar(working_days=True, week=tuple(range(7)), zone="Europe/Berlin")
    assert all_week.after_hours(start, 48) == start + timedelta(hours=48)


def test_a_zone_says_when_a_day_begins() -> None:
    """A bare date, and the day of a time, are those of the zone; without one they are as they were written."""
    berlin = Calendar(zone="Europe/Berlin")
    late = moment("2026-11-20T23:30Z")
    assert (Calendar().day(late), berlin.day(late)) == (date(2026, 11, 20), date(2026, 11, 21))
    assert Calendar().latest(moment("2026-11-20")) == datetime(2026, 11, 21, tzinfo=UTC)
    assert berlin.latest(moment("2026-11-20")) == datetime(2026, 11, 20, 23, tzinfo=UTC)
    assert berlin.instant(moment("2026-11-20T10:00")) == datetime(2026, 11, 20, 9, tzinfo=UTC)
    assert berlin.next_day(moment("2026-11")) == date(2026, 12, 1)


def test_counting_ends_where_no_day_is_a_working_day() -> None:
    """After a year without a working day every day counts as one, so that nothing counts for ever."""
    never = Calendar(working_days=True, is_holiday=lambda day: True)
    assert never.after_days(date(2026, 11, 20), 3) == date(2026, 11, 23)
    assert never.after_hours(datetime(2026, 11, 20, tzinfo=UTC), 48) == datetime(2026, 11, 22, tzinfo=UTC)


def test_sprints_follow_from_a_first_day_and_a_length() -> None:
    """Any sprint will do as the first: they go on before and after it."""
    assert [FORTNIGHTS.number(date(2026, 1, day)) for day in (4, 5, 18, 19)] == [-1, 0, 0, 1]
    assert (FORTNIGHTS.first(1), FORTNIGHTS.last(1)) == (date(2026, 1, 19), date(2026, 2, 1))
    assert FORTNIGHTS.first(-1) == date(2025, 12, 22)
    assert FORTNIGHTS.between(date(2026, 1, 18), date(2026, 2, 2)) == 2


def test_sprints_may_be_listed() -> None:
    """A list is followed as it stands; beyond it sprints are as long as the last one listed."""
    assert LISTED.last(0) == date(2026, 1, 18)
    assert LISTED.last(1) == date(2026, 2, 8)
    assert LISTED.last(2) == date(2026, 3, 1)
    assert LISTED.number(date(2026, 3, 2)) == 3
    assert LISTED.first(-1) == date(2025, 12, 15)


def test_a_verdict_is_due_at_the_end_of_the_next_sprint() -> None:
    """It has the whole sprint after the one that the deadline lies in."""
    clocks = Clocks(calendar=Calendar(sprints=FORTNIGHTS))
    assert clocks.verify_limit(moment("2026-01-05")).date() == date(2026, 2, 1)
    assert clocks.verify_limit(moment("2026-01-18")).date() == date(2026, 2, 1)
    assert clocks.verify_limit(moment("2026-01-19")).date() == date(2026, 2, 15)
    assert clocks.verify_limit(moment("2026-01")).date() == date(2026, 2, 15)


def test_the_calendar_ends_at_its_last_day() -> None:
    """Days beyond the year 9999 are its last day, and days before the first are the first."""
    assert shifted(date.max, 5) == date.max
    assert shifted(date.min, -5) == date.min


def test_the_library_is_loaded_only_for_those_who_use_it(tmp_path: Path) -> None:
    """A playbook that names no holidays is read without it."""
    code = "import sys; from failforward.playbook import read_playbook; from pathlib import Path\n"
    code += f"read_playbook(Path({str(tmp_path)!r})); print('holidays' in sys.modules, 'zoneinfo' in sys.modules)"
    (tmp_path / "playbook.yml").write_text("clocks: {debrief_hours: 24}\n", "utf-8")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False False\n"
