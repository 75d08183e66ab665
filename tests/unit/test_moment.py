"""A moment is as precise as it was written, and is compared no further than that."""

from datetime import UTC, datetime, timedelta

import pytest

from failforward.model.moment import Moment
from failforward.reviews.times import ImpossibleTime, moment_of


def moment(text: str) -> Moment:
    """Read a moment that can be read."""
    read = moment_of(text)
    assert read is not None, text
    return read


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2026-10-02T14:05+02:00", "2026-10-02 14:05 +02:00"),
        ("2026-10-02 14:05Z", "2026-10-02 14:05 UTC"),
        ("2026-10-02T14:05:59.25-0330", "2026-10-02 14:05 -03:30"),
        ("2026-10-02T14:05", "2026-10-02 14:05"),
        ("2026-10-02", "2026-10-02"),
        ("2026-10", "2026-10"),
        ("2026", "2026"),
    ],
)
def test_a_moment_is_shown_as_precisely_as_it_was_written(text: str, shown: str) -> None:
    """A date has no time, a month no day, and a time keeps the offset it was written with."""
    assert str(moment(text)) == shown


def test_a_tilde_makes_a_moment_approximate() -> None:
    """`~` says that the time is not known exactly."""
    assert moment("~2026-10-02T14:05Z").approximate
    assert not moment("2026-10-02T14:05Z").approximate


@pytest.mark.parametrize("text", ["yesterday", "14:05", "2026-10-02T", "02.10.2026", "2026-1-2", ""])
def test_front_matter_takes_iso_forms_only(text: str) -> None:
    """Anything but an ISO date or time is no moment."""
    assert moment_of(text) is None


@pytest.mark.parametrize("text", ["2026-02-30", "2026-13-01", "2026-10-02T24:05Z", "0000-01-01", "2026-10-02T14:61Z"])
def test_a_time_that_no_calendar_has_is_said_to_be_one(text: str) -> None:
    """A date that does not exist is told apart from what is no date at all."""
    with pytest.raises(ImpossibleTime):
        moment_of(text)


@pytest.mark.parametrize(
    ("earlier", "later", "surely"),
    [
        ("2026-10-02T14:05+02:00", "2026-10-02T12:06Z", True),
        ("2026-10-02T14:05+02:00", "2026-10-02T12:05Z", False),
        ("2026-10-02", "2026-10-02T00:00Z", False),
        ("2026-10-01", "2026-10-02T00:00Z", True),
        ("2026-09", "2026-10-02", True),
        ("2026-10", "2026-10-02", False),
        ("2025", "2026-01-01T00:00Z", True),
        ("2026-10-02T12:00", "2026-10-02T14:00+02:00", False),
        ("2026-10-02T14:00", "2026-10-02T14:01", True),
        ("2026-10-01T20:00", "2026-10-02T14:00Z", True),
    ],
)
def test_order_is_claimed_only_where_it_is_certain(earlier: str, later: str, surely: bool) -> None:
    """A coarse date, or a time without an offset, lies before another only if every way to mean it does."""
    assert moment(earlier).surely_before(moment(later)) is surely
    assert not moment(later).surely_before(moment(earlier))


@pytest.mark.parametrize(
    ("text", "latest"),
    [
        ("2026-10-02", "2026-10-03"), ("2026-10", "2026-11-01"), ("2026-12", "2027-01-01"), ("2026", "2027-01-01"),
    ],
)  # fmt: skip
def test_a_coarse_moment_ends_with_its_day_month_or_year(text: str, latest: str) -> None:
    """Where there is no time, the moment may be as late as the end of what was written."""
    assert moment(text).latest == moment(latest).at


@pytest.mark.parametrize("text", ["9999-12-31", "9999-12", "9999"])
def test_the_end_of_the_calendar_is_harmless(text: str) -> None:
    """The last day, month and year that there are end with the calendar."""
    assert moment(text).latest == datetime.max.replace(tzinfo=UTC)


def test_a_day_is_that_of_the_moments_own_offset() -> None:
    """A failure at one in the morning in Tokyo happened on that day in Tokyo."""
    assert moment("2026-10-03T01:00+09:00").day.isoformat() == "2026-10-03"
    assert moment("2026-10-03T01:00+09:00").at.utcoffset() == timedelta(hours=9)
