"""The clocks and the calendar: what depends on how long something took, and on which day it is."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from failforward.lint import lint
from failforward.playbook import read_playbook

Found = Callable[..., list[str]]


@pytest.fixture
def found(make_playbook: Callable[..., Path], complete_review: str) -> Found:
    """Give a function that checks the complete review with lines changed, and gives the rules that found something."""

    def run(*changes: tuple[str, str], today: str = "2026-10-20", settings: str = "") -> list[str]:
        text = complete_review
        for old, new in changes:
            assert old in text, old
            text = text.replace(old, new)
        playbook = read_playbook(make_playbook({"reviews/a.md": text}, settings=settings), shown="")
        return [finding.rule for finding in lint(playbook, date.fromisoformat(today))]

    return run


@pytest.mark.parametrize(
    ("debrief", "late"),
    [
        ("2026-10-04T15:40+02:00", False),
        ("2026-10-04T15:41+02:00", True),
        ("2026-10-04T13:40Z", False),
        ("2026-10-04", False),
        ("2026-10-05", True),
        ("n/a because nobody was left", False),
    ],
)
def test_a_debrief_within_two_days_keeps_the_promise(found: Found, debrief: str, late: bool) -> None:
    """Forty-eight hours after the end is in time, a minute later is not; a bare date counts from its first minute."""
    assert ("late-debrief" in found(("debrief: 2026-10-03T10:00+02:00", f"debrief: {debrief}"))) is late


def test_the_promise_may_be_another(found: Found) -> None:
    """`clocks: {debrief_hours: …}` moves the line."""
    assert found(settings="clocks: {debrief_hours: 12}") == ["late-debrief"]
    assert found(settings="clocks: {debrief_hours: 999999}") == []


def test_a_debrief_counts_from_the_end_of_a_day_without_time(found: Found) -> None:
    """A failure that ended on a day may have ended at its last minute."""
    end = ("resolved: 2026-10-02T15:40+02:00", "resolved: 2026-10-02")
    assert found(end, ("debrief: 2026-10-03T10:00", "debrief: 2026-10-04T23:00")) == []


def test_the_debrief_is_judged_as_its_clock_does(found: Found) -> None:
    """Without a zone, a bare date is read where the end of the failure was, in the rule as on the site."""
    end = ("resolved: 2026-10-02T15:40+02:00", "resolved: 2026-10-02T23:00-08:00")
    assert found(end, ("debrief: 2026-10-03T10:00+02:00", "debrief: 2026-10-04")) == []
    assert found(end, ("debrief: 2026-10-03T10:00+02:00", "debrief: 2026-10-05")) == ["late-debrief"]


@pytest.mark.parametrize(("today", "rules"), [("2026-10-02", []), ("2026-10-01", []), ("2026-09-30", None)])
def test_a_failure_lies_in_the_past(found: Found, today: str, rules: list[str] | None) -> None:
    """A time of the failure more than a day ahead is pointed out; a day's grace is for time zones."""
    expected = ["time-in-the-future"] * 4 if rules is None else rules
    assert found(today=today) == expected


def test_a_done_experiment_is_looked_at_after_the_next_sprint(found: Found) -> None:
    """Fourteen days after it was due, a done experiment without a verdict is pointed out."""
    done = ("status: in-progress", "status: done")
    assert found(done, today="2026-11-30") == []
    assert found(done, today="2026-12-01") == ["unverified-experiment"]
    assert found(done, today="2026-12-02", settings="clocks: {verify_days: 999999}") == []


def test_a_time_without_an_offset_draws_one_finding(found: Found) -> None:
    """Where the offset is missing, the order of the times is not judged by a guess."""
    assert found(("started: 2026-10-02T14:05+02:00", "started: 2026-10-02T14:05")) == ["time-without-offset"]
