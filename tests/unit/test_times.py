"""Times are read as people write them, and nothing else is taken for a time."""

from datetime import date, time, timedelta

import pytest

from failforward.reviews.times import leading_time, trailing_time, zone_of


@pytest.mark.parametrize(
    ("text", "day", "clock", "read"),
    [
        ("14:05 Deploy", None, time(14, 5), "14:05"),
        ("14:05:09 Deploy", None, time(14, 5, 9), "14:05:09"),
        ("14.05 Deploy", None, time(14, 5), "14.05"),
        ("14h05 Deploy", None, time(14, 5), "14h05"),
        ("2:05 pm Deploy", None, time(14, 5), "2:05 pm"),
        ("12:29p Deploy", None, time(12, 29), "12:29p"),
        ("12 a.m. Deploy", None, time(0, 0), "12 a.m."),
        ("2026-10-02 14:05 Deploy", date(2026, 10, 2), time(14, 5), "2026-10-02 14:05"),
        ("2026-10-02T14:05:01.250Z Deploy", date(2026, 10, 2), time(14, 5, 1), "2026-10-02T14:05:01.250Z"),
        ("2026-10-02 1405: Deploy", date(2026, 10, 2), time(14, 5), "2026-10-02 1405"),
        ("2/10/2026 14:05 Deploy", date(2026, 10, 2), time(14, 5), "2/10/2026 14:05"),
        ("Friday, 2 October 2026 at 14:05 Deploy", date(2026, 10, 2), time(14, 5), "Friday, 2 October 2026 at 14:05"),
        ("October 2nd, 2026, 2 PM: Deploy", date(2026, 10, 2), time(14, 0), "October 2nd, 2026, 2 PM"),
        ("14:05 UTC, 2 October 2026: Deploy", date(2026, 10, 2), time(14, 5), "14:05 UTC, 2 October 2026"),
        ("2026-10-02: Deploy", date(2026, 10, 2), None, "2026-10-02"),
        ("October 2026: Plan", date(2026, 10, 1), None, "October 2026"),
        ("2026-10 Plan", date(2026, 10, 1), None, "2026-10"),
        ("10-02 14:05 Deploy", date(2000, 10, 2), time(14, 5), "10-02 14:05"),
        ("2 Oct Deploy", date(2000, 10, 2), None, "2 Oct"),
    ],
)
def test_a_time_at_the_beginning(text: str, day: date | None, clock: time | None, read: str) -> None:
    """A text may begin with a time, a date or both, in any of the common forms."""
    written = leading_time(text)
    assert written is not None
    assert (written.day, written.clock, text[: written.length]) == (day, clock, read)


@pytest.mark.parametrize(
    "text",
    [
        "", "Deploy", "1405 users", "2026 was good", "14 hosts", "14.5 seconds", "24:10", "14:65", "2026-02-30",
        "2026-13-01",
        "10 minutes later", "T+10", "127.0.0.1 answers", "99.95 % up", "22026-03-01 10:00", "may fail",
    ],
)  # fmt: skip
def test_what_is_no_time(text: str) -> None:
    """Numbers, versions, addresses and dates that no calendar has are no times."""
    assert leading_time(text) is None


def test_the_offset_may_be_a_name_or_a_number() -> None:
    """A zone's name, an offset, or both together say where the clock hung."""
    for text, hours in (
        ("CEST", 2),
        ("UTC+2", 2),
        ("+0200", 2),
        ("PST", -8),
        ("Z", 0),
        ("IST", 5.5),
        ("GMT-03:30", -3.5),
    ):
        written = leading_time(f"14:05 {text} Deploy")
        assert written is not None
        assert written.zone is not None
        assert written.zone.utcoffset(None) == timedelta(hours=hours), text
    assert zone_of("the moon") is None
    assert zone_of("UTC+99") is None


@pytest.mark.parametrize(
    "text", ["~14:05", "ca. 14:05", "around 14:05", "14:05~", "3 pm-ish", "14:05 (approx.)", "~2026-10-02 14:05"]
)
def test_about_that_time(text: str) -> None:
    """A mark before or after the time says that it is approximate."""
    written = leading_time(text)
    assert written is not None
    assert written.approximate
    assert written.length == len(text)


def test_a_date_without_its_year_says_so() -> None:
    """The year is left to whoever knows it."""
    for text, yearless in (("Oct 2, 14:05", True), ("Oct 2, 2026, 14:05", False), ("14:05", False)):
        written = leading_time(text)
        assert written is not None
        assert written.yearless is yearless


@pytest.mark.parametrize(
    ("text", "time_text"),
    [
        ("First detected 2026-10-02 14:05", "2026-10-02 14:05"),
        ("Repaired: 2026-10-02 14:05 UTC.", "2026-10-02 14:05 UTC"),
        ("Resolved: 14:05", "14:05"),
        ("Closed on 2 Oct 2026 14:05", "2 Oct 2026 14:05"),
    ],
)
def test_a_time_at_the_end(text: str, time_text: str) -> None:
    """A row may end with its time."""
    found = trailing_time(text)
    assert found is not None
    at, written = found
    assert text[at : at + written.length] == time_text


@pytest.mark.parametrize(
    "text", ["The queue was empty at 14:05", "Released 2026-10-02", "2.0 replaces 1.4", "", "Ratio 3:10"]
)
def test_what_ends_with_no_time(text: str) -> None:
    """A time inside a sentence, a mere date and numbers are left where they are."""
    assert trailing_time(text) is None
