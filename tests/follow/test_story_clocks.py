"""One failure from its first line to its verdict: clocks, board and pages say on each day where it stands."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Story

FIRST = "2026-10-02-checkout-stalled"
BOARD, HOME, REVIEW = "experiments/index.md", "index.md", f"reviews/{FIRST}.md"


@pytest.mark.parametrize(
    ("chapter", "today", "due"),
    [
        ("failed", "2026-10-02", [("debrief", "due", 2)]),
        ("failed", "2026-10-03", [("debrief", "due", 1)]),
        ("failed", "2026-10-04", [("debrief", "due", 0)]),
        ("failed", "2026-10-05", [("debrief", "overdue", -1)]),
        ("debriefed", "2026-10-05", [("check-in", "due", 3)]),
        ("debriefed", "2026-10-08", [("check-in", "due", 0)]),
        ("debriefed", "2026-10-09",
         [("check-in", "overdue", -1), ("eviction-alert", "due", 7), ("warm-up-gate", "due", 7)]),
        ("checked-in", "2026-10-08", []),
        ("checked-in", "2026-10-16", [("eviction-alert", "due", 0), ("warm-up-gate", "due", 0)]),
        ("checked-in", "2026-10-17", [("eviction-alert", "overdue", -1), ("warm-up-gate", "overdue", -1)]),
        ("started", "2026-10-17", [("eviction-alert", "overdue", -1), ("warm-up-gate", "overdue", -1)]),
        ("finished", "2026-10-18", [("eviction-alert", "overdue", -2)]),
        ("finished", "2026-10-30", [("eviction-alert", "overdue", -14), ("warm-up-gate", "due", 0)]),
        ("finished", "2026-10-31", [("eviction-alert", "overdue", -15), ("warm-up-gate", "overdue", -1)]),
        ("verified", "2026-11-02", [("eviction-alert", "overdue", -17)]),
        ("dropped", "2026-11-28", []),
        ("returned", "2026-12-05", [("check-in", "due", 3)]),
        ("planned", "2026-12-06", [("check-in", "due", 2)]),
        ("planned", "2026-12-08", []),
        ("canary", "2026-12-30", [("canary", "due", 2)]),
        ("canary", "2027-01-02", [("canary", "overdue", -1)]),
        ("not-stuck", "2027-01-02", []),
        ("anew", "2027-01-18", [("no-warm-up", "due", 0)]),
    ],
)  # fmt: skip
def test_what_is_due_moves_with_the_days(
    story: Story, chapter: str, today: str, due: list[tuple[str, str, int]]
) -> None:
    """Each promise is due up to its day, overdue from the next, and gone once it is kept or given up."""
    assert story.due(chapter, today) == due


def test_a_draft_has_its_clock_and_no_page(story: Story) -> None:
    """On the day of the failure the debrief is promised; the site knows nothing of a draft."""
    site = story.site("failed", "2026-10-03")
    assert FIRST not in "".join(site)
    assert "Checkout stalled" not in "".join(text for path, text in site.items() if not path.startswith("rules/"))
    assert "Nothing here yet" in story.page("failed", "2026-10-03", BOARD)
    text = story.say("failed", "2026-10-05", "due")
    assert "Debrief past its day: Checkout stalled\n    by 4 October 2026, 1 day ago" in text


def test_each_format_of_due_says_the_same(story: Story) -> None:
    """Text, Markdown, JSON, calendar and annotations name what is overdue; before its day nothing is annotated."""
    ask = ("due", "--within", "7", "--output-format")
    text, table, calendar, lines = (
        story.say("checked-in", "2026-10-17", *ask, each) for each in ("text", "markdown", "ics", "github")
    )
    assert (
        "Experiment past its day: A warm-up that evicts live keys is stopped\n    by 16 October 2026, 1 day ago" in text
    )
    assert (
        "| Experiment past its day | A warm-up that evicts live keys is stopped | 16 October 2026, 1 day ago |" in table
    )
    assert "DTSTART;VALUE=DATE:20261016" in calendar
    assert "title=failforward%3A Experiment past its day::A warm-up that evicts live keys is stopped (by 16 " in lines
    assert "::" not in story.say("checked-in", "2026-10-16", *ask, "github")
    assert story.site("checked-in", "2026-10-17")["due.ics"].count("BEGIN:VEVENT") == 2


@pytest.mark.parametrize(
    ("chapter", "today", "clock"),
    [
        ("debriefed", "2026-10-05", "Debrief 18 h 20 min late"),
        ("debriefed", "2026-10-08", "Check-in due by 8 October 2026"),
        ("debriefed", "2026-10-10", "Check-in 2 days overdue"),
        ("checked-in", "2026-10-10", "Check-in within 2 days"),
        ("finished", "2026-10-20", "To be verified by 30 October 2026."),
        ("finished", "2026-11-01", "To be verified by 30 October 2026: verification 2 days overdue."),
        ("verified", "2026-11-02", "Verification 3 days late."),
    ],
)
def test_a_review_says_how_its_clocks_stand(story: Story, chapter: str, today: str, clock: str) -> None:
    """Kept, due, late or overdue, and by how much."""
    assert clock in story.page(chapter, today, REVIEW)


@pytest.mark.parametrize(
    ("chapter", "today", "gate", "alert"),
    [
        ("debriefed", "2026-10-08", "open", "open"),
        ("debriefed", "2026-10-09", "due", "due"),
        ("started", "2026-10-17", "overdue", "overdue"),
        ("finished", "2026-10-18", "waiting", "overdue"),
        ("verified", "2026-11-26", "verified", "overdue"),
        ("verified", "2026-11-27", "verified", "escalate"),
        ("dropped", "2026-11-28", "verified", "dropped"),
    ],
)
def test_the_board_its_data_and_the_list_agree(story: Story, chapter: str, today: str, gate: str, alert: str) -> None:
    """Page, CSV, JSON and command put both experiments into the same state, and only a third sprint escalates."""
    states = {"warm-up-gate": gate, "eviction-alert": "overdue" if alert == "escalate" else alert}
    rows = {row["experiment"]: row for row in story.rows(chapter, today, "experiments/board.csv")}
    assert {name: row["state"] for name, row in rows.items()} == states
    assert [row["escalate"] for row in rows.values()].count("true") == (alert == "escalate")
    site = story.site(chapter, today)
    assert {each["experiment"]: each["state"] for each in _json(site, "experiments/board.json")} == states
    assert {each["id"]: each["state"] for each in _json(site, "playbook.json")} == states
    listed = story.data(chapter, today, "experiment", "list")
    assert {each["id"]: each["state"] for each in listed} == states
    board = story.page(chapter, today, BOARD)
    titles = {
        "open": "## Open", "due": "## Due this week", "overdue": "## Overdue", "waiting": "## Waiting for verification",
        "verified": "## Verified", "dropped": "## Dropped", "escalate": "## Escalate or drop",
    }  # fmt: skip
    assert [state for state, title in titles.items() if title in board] == [
        state for state in titles if state in (gate, alert)
    ]


def test_what_was_carried_over_asks_for_a_decision(story: Story) -> None:
    """After more than two sprints the command and the board say that another sprint will not do it; a drop ends it."""
    assert "Finish it, agree on a later day, or drop it" in story.say("verified", "2026-11-26", "due")
    assert "Carried over 3 sprints: escalate it, or drop it with a reason." in story.say(
        "verified", "2026-11-27", "due"
    )
    assert "carried over 3 sprints" in story.page("verified", "2026-11-27", BOARD)
    assert "Dropped because The cache goes in spring" in story.page("dropped", "2026-11-28", REVIEW)


def test_the_home_page_follows(story: Story) -> None:
    """What is due stands on it, and what was looked at is counted."""
    assert "Check-in of Checkout stalled" in story.page("debriefed", "2026-10-08", HOME)
    assert "Check-in of" not in story.page("checked-in", "2026-10-08", HOME)
    overdue = story.page("started", "2026-10-17", HOME)
    assert "Overdue A warm-up that evicts live keys is stopped" in overdue
    assert "To verify A warm-up that evicts live keys is stopped" in story.page("finished", "2026-10-18", HOME)
    assert "1 of 1 verified ones stuck" in story.page("verified", "2026-11-02", HOME)
    assert "2 reviews" in story.page("returned", "2026-12-05", HOME)
    assert "1 of 2 verified ones stuck" in story.page("not-stuck", "2026-12-30", HOME)


def test_an_edit_changes_its_lines_alone(story: Story) -> None:
    """From planned to finished four words move; comments, quotes and all other lines stay as they are."""
    before, after = (
        (story.folder / chapter / f"playbook/reviews/{FIRST}.md").read_text("utf-8").split("\n")
        for chapter in ("checked-in", "verified")
    )
    assert len([line for line in before if line not in after]) == 1
    assert "    outcome: 'Somebody is told when keys are evicted'" in after
    assert "  - id: eviction-alert       # stays as it is written" in after


def _json(site: dict[str, str], path: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads(site[path])["experiments"]
    return found
