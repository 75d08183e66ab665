"""The calendar can be read by any calendar program, whatever the reviews say."""

import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import icalendar
from hypothesis import given, settings
from hypothesis import strategies as st

from failforward.model.body import Body
from failforward.model.review import Experiment, Review
from failforward.promises import Promise
from failforward.promises.calendar_file import calendar, folded, identity
from failforward.text.markdown import parse
from failforward.text.source import Source

TODAY = date(2026, 10, 20)
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=120)


def promise(outcome: str, team: str = "payments", title: str = "A title") -> Promise:
    """Make a promise that says something."""
    review = Review("2026-10-02-a", "reviews/2026-10-02-a.md", Source("a.md", ""), Body(parse("")), title=title)
    experiment = Experiment("gate", outcome=outcome)
    return Promise("experiment", "due", review, date(2026, 10, 30), 10, (team,), experiment)


def plain(text: str) -> str:
    """Give a text with every run of what cannot be seen as one space."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def read(text: str) -> list[icalendar.Event]:
    """Read a calendar with a library that is not ours, and give its events."""
    found = icalendar.Calendar.from_ical(text)
    assert found["VERSION"] == "2.0"
    assert found["PRODID"]
    assert found.errors == []
    events = list(found.walk("VEVENT"))
    assert all(event.errors == [] for event in events)
    return events


def test_an_event_says_what_is_due_and_what_comes_next() -> None:
    """It lies on its day, all day, blocks nobody's time, and leads to the page where there is an address."""
    (event,) = read(calendar([promise("The gate, at last; it holds")], "Ours", TODAY, lambda each: "https://example.org/x/"))
    assert event["SUMMARY"] == "Experiment: The gate, at last; it holds"
    assert event.decoded("DTSTART") == date(2026, 10, 30)
    assert event.decoded("DTEND") == date(2026, 10, 31)
    assert event["TRANSP"] == "TRANSPARENT"
    assert event["URL"] == "https://example.org/x/"
    assert event["DESCRIPTION"].splitlines()[0] == "Review: A title"
    assert "drop it with a reason" in event["DESCRIPTION"]


def test_an_event_keeps_its_id() -> None:
    """A calendar that asks again the next day moves the event instead of doubling it."""
    (first,) = read(calendar([promise("a")], "Ours", TODAY))
    (second,) = read(calendar([promise("b")], "Ours", date(2027, 1, 1)))
    assert first["UID"] == second["UID"] == identity("experiment/2026-10-02-a/gate")


def test_a_promise_without_a_day_is_in_no_calendar() -> None:
    """A calendar without events is still a calendar."""
    assert read(calendar([], "Ours", TODAY)) == []


@settings(max_examples=80, deadline=None, database=None)
@given(words, words, words)
def test_any_words_come_back(outcome: str, team: str, title: str) -> None:
    """Whatever a review says, the calendar stays whole, and the words are those of the review."""
    text = calendar([promise(outcome, team, title), promise("last")], "Ours", TODAY)
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "\n" not in text.replace("\r\n", "")
    first, last = read(text)
    assert plain(str(first["SUMMARY"])) == plain(f"Experiment: {outcome if outcome.split() else 'gate'}")
    assert last["SUMMARY"] == "Experiment: last"


@settings(max_examples=80, deadline=None, database=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=400))
def test_a_folded_line_unfolds(line: str) -> None:
    """Folding never cuts a character, and taking the breaks out gives the line."""
    text = folded(line)
    assert text.replace("\r\n ", "") == line
    assert all(len(piece.encode()) <= 75 for piece in text.split("\r\n"))


def test_the_command_prints_a_calendar(
    program: Callable[..., subprocess.CompletedProcess[str]],
    make_playbook: Callable[..., Path],
    review: Callable[..., str],
) -> None:
    """`failforward due --output-format ics` has what lies far ahead too, and its line ends."""
    root = make_playbook({"reviews/2026-10-02-a.md": review(("due: 2026-10-16", "due: 2027-10-16"))})
    done = program("due", "--today", "2026-10-20", "--output-format", "ics", cwd=root.parent)
    (event,) = read(done.stdout)
    assert event.decoded("DTSTART") == date(2027, 10, 16)
    assert done.stdout.startswith("BEGIN:VCALENDAR\r\n")
