"""The clocks: debrief within hours of the end, check-in days after it, verification days after a deadline."""

from datetime import UTC, date, datetime, timedelta

import pytest

from failforward.clocks import carried_over, clocks_of
from failforward.model.review import Review
from failforward.model.settings import Clocks
from failforward.model.workdays import Calendar, Sprints
from failforward.reviews.read import read_review
from failforward.text.source import Source

TODAY = date(2026, 11, 22)
STANDARD = Clocks()
ENDED = "resolved: 2026-11-20T10:00Z\n"


def review(fields: str) -> Review:
    """Read a review with these fields."""
    return read_review(Source("reviews/x.md", f"---\ntitle: T\n{fields}---\n"))


def states(fields: str, settings: Clocks = STANDARD, today: date = TODAY) -> dict[str, str]:
    """Give the clocks of a review by name."""
    return {clock.name: clock.state for clock in clocks_of(review(fields), settings, today)}


@pytest.mark.parametrize(
    ("debrief", "state"),
    [
        ("debrief: 2026-11-21T10:00Z\n", "kept"),
        ("debrief: 2026-11-22T10:00Z\n", "kept"),
        ("debrief: 2026-11-22T10:01Z\n", "missed"),
        ("debrief: 2026-11-22\n", "kept"),
        ("debrief: n/a because nobody was hurt\n", "not-applicable"),
        ("", "due"),
    ],
)
def test_the_debrief_is_held_against_its_hours(debrief: str, state: str) -> None:
    """A debrief counts as kept up to the last of its hours; a bare date gets the benefit of the doubt."""
    assert states(ENDED + debrief)["debrief"] == state


def test_a_debrief_that_did_not_come_is_missed() -> None:
    """Once the hours have passed, an absent debrief is missed, by the time since the limit."""
    clock = clocks_of(review(ENDED), Clocks(), date(2026, 11, 25))[0]
    assert clock.state == "missed"
    assert clock.margin == -timedelta(days=2, hours=14)
    assert clock.taken is None


def test_the_hours_can_be_set() -> None:
    """The settings of the playbook say how long the promises may take."""
    late = ENDED + "debrief: 2026-11-21T10:00Z\n"
    assert states(late, Clocks(debrief_hours=12))["debrief"] == "missed"


def test_without_an_end_nothing_is_known() -> None:
    """A failure that has no times has no clocks either."""
    assert states("started: n/a\n") == {"debrief": "unknown", "check-in": "unknown"}


def test_the_check_in_is_due_days_after_the_debrief() -> None:
    """The check-in counts from the day of the debrief, whatever its hour."""
    debriefed = ENDED + "debrief: 2026-11-20T18:00Z\n"
    assert states(debriefed, today=date(2026, 11, 23))["check-in"] == "due"
    assert states(debriefed, today=date(2026, 11, 24))["check-in"] == "missed"
    assert states(debriefed + "check_in: 2026-11-23\n", today=date(2026, 12, 24))["check-in"] == "kept"


def test_what_is_planned_is_not_kept_yet() -> None:
    """A debrief that is written down for a coming day stays due until that day is there."""
    planned = "resolved: 2026-11-20T10:00Z\ndebrief: 2026-11-22T09:00Z\n"
    assert states(planned, today=date(2026, 11, 21))["debrief"] == "due"
    assert states(planned, today=date(2026, 11, 22))["debrief"] == "kept"


def test_without_a_debrief_no_check_in_is_asked_for() -> None:
    """Where the debrief does not apply, neither does the check-in, for the same reason."""
    clock = clocks_of(review("debrief: n/a because it is retold\n"), Clocks(), TODAY)[1]
    assert (clock.state, clock.reason) == ("not-applicable", "it is retold")


@pytest.mark.parametrize(
    ("experiment", "state"),
    [
        ("due: 2026-11-01, status: done", "missed"),
        ("due: 2026-11-10, status: done", "due"),
        ("due: 2026-11-10", "due"),
        ("due: 2026-11-01, status: dropped", "not-applicable"),
        ("due: 2026-11-01, status: dropped, verified: {on: 2026-11-15, verdict: partly}", "kept"),
        ("status: done", "unknown"),
        ("due: n/a because nobody said, status: done", "not-applicable"),
        ("due: n/a because nobody said, status: done, verify_by: 2026-11-30", "due"),
        ("due: 2026-11-01, status: done, verify_by: 2026-11-22", "due"),
        ("due: 2026-11-01, status: done, verify_by: 2026-11-21", "missed"),
        ("status: done, verify_by: 2026-11, verified: {on: 2026-11-20, verdict: stuck}", "kept"),
        (
            "due: 2026-11-01, verify_by: n/a because it is retold, verified: {on: 2026-11-20, verdict: partly}",
            "not-applicable",
        ),
        ("due: 2026-11-01, status: done, verified: {on: 2026-11-15, verdict: stuck}", "kept"),
        ("due: 2026-11-01, status: done, verified: {on: 2026-11-20, verdict: partly}", "missed"),
        ("due: 2026-11-01, status: in-progress, verified: {on: 2026-11-10, verdict: partly}", "missed"),
        ("due: 2026-11-10, status: done, finished: 2026-11-09, verified: {on: 2026-11-08, verdict: partly}", "due"),
        ("due: 2026-11-10, status: done, finished: 2026-11-09, verified: {on: 2026-11-09, verdict: partly}", "kept"),
        ("due: 2026-11-01, verified: {on: 2026-11-10, verdict: too-early}", "missed"),
        ("due: 2026-11-01, verified: n/a because it was a drill", "not-applicable"),
    ],
)
def test_an_experiment_is_to_be_verified(experiment: str, state: str) -> None:
    """A verdict is due fourteen days after the deadline; too early is none yet."""
    fields = f"experiments:\n  - {{id: e, outcome: O, {experiment}}}\n"
    clock = clocks_of(review(fields), Clocks(), TODAY)[2]
    assert (clock.experiment, clock.state) == ("e", state)


WORKING = Clocks(calendar=Calendar(working_days=True))
FORTNIGHTS = Clocks(calendar=Calendar(sprints=Sprints((date(2026, 11, 2),))))


def test_the_clocks_rest_on_free_days() -> None:
    """A failure that ends on a Friday has its debrief due on Tuesday, and a check-in is due days of work later."""
    friday = "resolved: 2026-11-20T10:00Z\n"
    later = date(2026, 11, 30)
    assert states(friday + "debrief: 2026-11-24T09:00Z\n", WORKING, later)["debrief"] == "kept"
    assert states(friday + "debrief: 2026-11-24T11:00Z\n", WORKING, later)["debrief"] == "missed"
    assert states(friday + "debrief: 2026-11-24T09:00Z\n", today=later)["debrief"] == "missed"
    debriefed = ENDED + "debrief: 2026-11-20T18:00Z\n"
    assert states(debriefed, WORKING, date(2026, 11, 25))["check-in"] == "due"
    assert states(debriefed, WORKING, date(2026, 11, 26))["check-in"] == "missed"


def test_a_day_is_that_of_the_zone() -> None:
    """A debrief late in the evening of UTC is one of the next day in Berlin."""
    debriefed = ENDED + "debrief: 2026-11-20T23:30Z\n"
    berlin = Clocks(calendar=Calendar(zone="Europe/Berlin"))
    assert clocks_of(review(debriefed), STANDARD, TODAY)[1].limit == datetime(2026, 11, 23, 23, 59, 59, tzinfo=UTC)
    assert clocks_of(review(debriefed), berlin, TODAY)[1].limit == datetime(2026, 11, 24, 22, 59, 59, tzinfo=UTC)


EAST, WEST = "resolved: 2026-10-02T01:00+02:00\n", "resolved: 2026-10-02T23:00-08:00\n"


@pytest.mark.parametrize("end", [EAST, WEST, "resolved: 2026-10-02T08:00+13:00\n", "resolved: 2026-10-02\n"])
def test_without_a_zone_a_time_is_of_its_own_day(end: str) -> None:
    """Date, distance and state of a debrief tell the same, in the offset that the end was written with."""
    last = date(2026, 10, 5 if end == "resolved: 2026-10-02\n" else 4)
    for ahead, state in ((1, "due"), (0, "due"), (-1, "missed")):
        clock = clocks_of(review(end), STANDARD, last - timedelta(days=ahead))[0]
        assert clock.limit is not None
        assert clock.margin is not None
        assert (clock.limit.date(), clock.margin // timedelta(days=1)) == (last, ahead)
        assert clock.state == state


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        (EAST + "debrief: 2026-10-04\n", "kept"),
        (EAST + "debrief: 2026-10-05\n", "missed"),
        (WEST + "debrief: 2026-10-04\n", "kept"),
        (WEST + "debrief: 2026-10-05\n", "missed"),
        ("resolved: 2026-10-02\ndebrief: 2026-10-04T23:00-08:00\n", "kept"),
        ("resolved: 2026-10-02\ndebrief: 2026-10-05T01:00+13:00\n", "missed"),
    ],
)
def test_a_bare_date_beside_a_time_is_of_the_same_place(fields: str, state: str) -> None:
    """Without a zone, a date that has no offset is read in that of the time it is held against."""
    assert states(fields)["debrief"] == state


@pytest.mark.parametrize("offset", ["-08:00", "Z", "+13:00", ""])
@pytest.mark.parametrize("debriefed", ["T10:00-08:00", "T23:30-11:00", "T00:30+14:00", ""])
def test_without_a_zone_days_are_counted_as_written(debriefed: str, offset: str) -> None:
    """A check-in belongs to the day that is written there, whatever the offsets of both."""
    fields = f"debrief: 2026-10-03{debriefed}\ncheck_in: 2026-10-{{}}{{}}\n"
    for hour in ("T00:10", "T17:00", "T23:50") if offset else ("",):
        assert states(fields.format("06", hour + offset))["check-in"] == "kept"
        assert states(fields.format("07", hour + offset))["check-in"] == "missed"


def test_without_a_zone_a_working_day_is_that_of_the_place() -> None:
    """An hour before midnight on a Friday is an hour of work, wherever that is."""
    friday = "resolved: 2026-11-20T23:00-08:00\n"
    limit = clocks_of(review(friday), WORKING, TODAY)[0].limit
    assert limit is not None
    assert limit.isoformat() == "2026-11-24T23:00:00-08:00"


@pytest.mark.parametrize(
    ("today", "state", "days"), [("2026-11-28", "due", 1), ("2026-11-29", "due", 0), ("2026-11-30", "missed", -1)]
)
def test_a_verdict_is_due_by_the_last_day_of_the_next_sprint(today: str, state: str, days: int) -> None:
    """The last day of a sprint still counts."""
    fields = "experiments:\n  - {id: e, outcome: O, due: 2026-11-10, status: done}\n"
    clock = clocks_of(review(fields), FORTNIGHTS, date.fromisoformat(today))[2]
    assert clock.limit is not None
    assert clock.margin is not None
    assert (clock.state, clock.limit.date(), clock.margin // timedelta(days=1)) == (state, date(2026, 11, 29), days)


@pytest.mark.parametrize(
    ("experiment", "settings", "sprints"),
    [
        ("due: 2026-11-10, status: planned", STANDARD, 0),
        ("due: 2026-10-11, status: in-progress", STANDARD, 3),
        ("due: 2026-10, status: planned", STANDARD, 1),
        ("due: 2026-11-01, status: planned", FORTNIGHTS, 2),
        ("due: 2026-11-15, status: planned", FORTNIGHTS, 1),
        ("due: 2026-12-15, status: planned", FORTNIGHTS, 0),
        ("due: 2026-01-01, status: done", STANDARD, 0),
        ("due: 2026-01-01, status: dropped", STANDARD, 0),
        ("due: n/a because it depends, status: planned", STANDARD, 0),
    ],
)
def test_unfinished_work_is_carried_over_from_sprint_to_sprint(experiment: str, settings: Clocks, sprints: int) -> None:
    """Counted are the sprints that began since its deadline; without sprints of ones own, fortnights."""
    (found,) = review(f"experiments:\n  - {{id: e, outcome: O, {experiment}}}\n").experiments
    assert carried_over(found, settings, TODAY) == sprints
