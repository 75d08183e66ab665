"""The words a reader sees: lengths of time, dates, labels, clocks."""

from datetime import date, timedelta

import pytest

from failforward.clocks import Clock
from failforward.model.moment import Moment
from failforward.pages.words import (
    clock_words,
    count,
    day_text,
    label,
    length_text,
    machine_time,
    moment_text,
    short_day,
    zone_text,
)
from failforward.reviews.times import moment_of


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (timedelta(seconds=43), "43 s"),
        (timedelta(0), "under a minute"),
        (timedelta(minutes=11), "11 min"),
        (timedelta(hours=24, minutes=11), "24 h 11 min"),
        (timedelta(hours=2), "2 h"),
        (timedelta(days=3, hours=3), "3 days 3 h"),
        (timedelta(days=20, hours=3), "20 days"),
        (timedelta(days=150), "5 months"),
        (timedelta(days=800), "2 years 2 months"),
        (-timedelta(minutes=5), "5 min"),
    ],
)
def test_a_length_is_said_in_two_units(length: timedelta, words: str) -> None:
    """A length of time is told as exactly as its size deserves."""
    assert length_text(length) == words


@pytest.mark.parametrize(
    ("written", "words", "machine"),
    [
        ("2026-10-02T14:05+02:00", "2 October 2026, 14:05 UTC+2", "2026-10-02T14:05:00+02:00"),
        ("~2026-10-02T14:05Z", "2 October 2026, about 14:05 UTC", "2026-10-02T14:05:00+00:00"),
        ("2026-10-02T14:05-03:30", "2 October 2026, 14:05 UTC−3:30", "2026-10-02T14:05:00-03:30"),
        ("2026-10-02", "2 October 2026", "2026-10-02"),
        ("2026-03", "March 2026", "2026-03"),
        ("2026", "2026", "2026"),
    ],
)
def test_a_moment_is_as_precise_as_it_was_written(written: str, words: str, machine: str) -> None:
    """A moment is shown with what is known of it, and machines read the same."""
    moment = moment_of(written)
    assert isinstance(moment, Moment)
    assert (moment_text(moment), machine_time(moment)) == (words, machine)


def test_days_and_labels() -> None:
    """Days are written out, words of the vocabulary become words for people, numbers get their nouns."""
    assert (day_text(date(2021, 10, 4)), short_day(date(2021, 10, 4)), day_text(None)) == (
        "4 October 2021", "4 Oct 2021", "",
    )  # fmt: skip
    assert (label("near-miss"), label("some-thing"), label("2026")) == ("Near miss", "Some thing", "2026")
    assert (count(1, "review"), count(1200, "review"), count(2, "play", "plays")) == (
        "1 review",
        "1,200 reviews",
        "2 plays",
    )
    assert zone_text(Moment.of_day(date(2021, 10, 4))) == ""


def test_a_clock_is_said_in_few_words() -> None:
    """A clock says what it is, and by how much it was kept or missed."""
    assert clock_words(Clock("debrief", "kept", taken=timedelta(hours=20))) == "Debrief within 20 h"
    assert (
        clock_words(Clock("debrief", "missed", taken=timedelta(hours=50), margin=-timedelta(hours=2)))
        == "Debrief 2 h late"
    )
    assert clock_words(Clock("check-in", "missed", margin=-timedelta(hours=5))) == "Check-in 1 day overdue"
    assert clock_words(Clock("check-in", "unknown")) == "Check-in: unknown"


@pytest.mark.parametrize(
    ("hours", "said"), [(0, "on the same day"), (23, "on the same day"), (24, "within 1 day"), (60, "within 2 days")]
)
def test_a_clock_of_days_says_whole_days(hours: int, said: str) -> None:
    """A verdict on the day of its deadline came on the same day, and not within under a minute."""
    assert clock_words(Clock("verification", "kept", taken=timedelta(hours=hours))) == f"Verification {said}"
