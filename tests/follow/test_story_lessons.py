"""Nine weeks later the cause is back: reviews, causes, map, risks, feeds and checks say so from that day on."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Story

FIRST, SECOND = "2026-10-02-checkout-stalled", "2026-12-04-checkout-stalled-again"
CAUSE, HOME = "causes/untested-path.md", "index.md"
DID_NOT_HOLD = "The lesson did not hold. Untested path came back in Checkout stalled again (checkout, payments)"


def test_the_check_asks_for_a_new_experiment_until_there_is_one(story: Story) -> None:
    """The return is found, then a second change that did not stick; each finding ends with a new plan."""
    held, tied = (SECOND, "lesson-did-not-hold"), (SECOND, "untied-cause")
    assert story.found("verified", "2026-11-02") == []
    assert story.found("dropped", "2026-11-28") == []
    assert story.found("returned", "2026-12-05") == [held, tied]
    assert story.found("planned", "2026-12-06") == []
    assert story.found("canary", "2026-12-20") == []
    assert story.found("not-stuck", "2026-12-30") == [held]
    assert story.found("anew", "2027-01-05") == []
    said = story.say("not-stuck", "2026-12-30", "check")
    assert "canary did not stick, and nothing new is tried against “untested-path” [lesson-did-not-hold]" in said
    assert "instead: Plan a new experiment with cause: untested-path, or accept it" in said
    back = story.say("returned", "2026-12-05", "check", code=1)
    assert f"“untested-path” came back after warm-up-gate in {FIRST} had been found to have stuck" in back


def test_work_that_waits_too_long_is_found(story: Story) -> None:
    """A finished change without a verdict is a finding from the day after its clock."""
    rule = (FIRST, "unverified-experiment")
    assert rule not in story.found("finished", "2026-10-30")
    assert rule in story.found("finished", "2026-10-31")
    assert rule not in story.found("verified", "2026-11-02")


@pytest.mark.parametrize("path", [f"reviews/{FIRST}.md", f"reviews/{SECOND}.md"])
def test_both_reviews_say_that_the_lesson_did_not_hold(story: Story, path: str) -> None:
    """The note stands on both from the day of the second one, with what they share."""
    assert DID_NOT_HOLD in story.page("returned", "2026-12-05", path)
    assert "did not hold" not in story.page("verified", "2026-12-03", f"reviews/{FIRST}.md")


def test_the_page_of_the_cause_tells_the_story(story: Story) -> None:
    """Occurrences, verdicts, how long the change held, and what did not stick in the end."""
    before = story.page("verified", "2026-11-02", CAUSE)
    assert "Looked at on 2 November 2026. No review has met the cause there again." in before
    assert "It came back." not in before
    after = story.page("returned", "2026-12-05", CAUSE)
    assert "It came back. A change had been found to have stuck in Checkout stalled , in the same place" in after
    assert "It held for 32 days, until Checkout stalled again" in after
    last = story.page("not-stuck", "2026-12-30", CAUSE)
    assert "2 experiments against it 1 stuck 1 did not stick" in last
    assert "A drill evicted keys on all shards" in last
    assert "mean" not in last.casefold().split("what it is")[0]


def test_causes_that_come_together_are_a_pair(story: Story) -> None:
    """One review makes no pair, two do; the index, the cause and the map say so."""
    assert "Often met with" not in story.page("verified", "2026-11-02", CAUSE)
    assert "Often met with Missing alert , in 2 reviews" in story.page("returned", "2026-12-05", CAUSE)
    assert "1 of 47 have been met" not in story.page("verified", "2026-11-02", "causes/index.md")
    assert "2 of 47 have been met" in story.page("verified", "2026-11-02", "causes/index.md")
    rows = story.rows("verified", "2026-11-02", "causes/map.csv")
    assert {(row["cause"], row["service"], row["reviews"]) for row in rows} == {
        ("missing-alert", "checkout", "1"), ("untested-path", "checkout", "1"),
    }  # fmt: skip
    rows = story.rows("returned", "2026-12-05", "causes/map.csv")
    assert {row["reviews"] for row in rows} == {"2"}
    page = story.page("returned", "2026-12-05", "map/index.md")
    assert "Untested path" in page
    assert "checkout" in page


def test_the_indexes_grow_by_one_line(story: Story) -> None:
    """Home page, list of reviews and data know the second review from its day, and not as a draft before."""
    for path in ("reviews/index.md", HOME, "playbook.json", "services/checkout.md"):
        assert "Checkout stalled again" not in story.site("dropped", "2026-12-03")[path]
        assert "Checkout stalled again" in story.site("returned", "2026-12-05")[path]
    assert "A lesson did not hold. Untested path came back in Checkout stalled again" in story.page(
        "returned", "2026-12-05", HOME
    )
    (cause,) = [
        each for each in json.loads(story.site("returned", "2026-12-05")["playbook.json"])["causes"]
        if each["id"] == "untested-path"
    ]  # fmt: skip
    assert [each["experiment"] for each in cause["came_back"]] == ["warm-up-gate"]


def test_the_register_follows(story: Story) -> None:
    """The risk came true twice; what is tried against it moves from open to dropped, and the acceptance leads to it."""
    open_, dropped = (
        story.page("debriefed", "2026-10-05", "risks/index.md"),
        story.page("dropped", "2026-11-28", "risks/index.md"),
    )
    assert "Tried against it Open Somebody is told when keys are evicted" in open_
    assert "Tried against it Dropped Somebody is told when keys are evicted" in dropped
    assert "On the risk register: The cache runs empty" in story.page("dropped", "2026-11-28", f"reviews/{FIRST}.md")
    text = story.say("returned", "2026-12-05", "risks")
    assert f"(cold-cache, platform): {SECOND}, {FIRST}; tried: eviction-alert (dropped)" in text
    assert "tried: eviction-alert (past its day)" in story.say("verified", "2026-11-02", "risks")
    assert "To be looked at again (0)" in text
    assert "To be looked at again (1)" in story.say("anew", "2027-04-01", "risks")


def test_the_feeds_tell_of_reviews_verdicts_and_anniversaries(story: Story) -> None:
    """Each entry appears on its day: the review, the verdicts, and a year later the anniversary."""

    def titles(chapter: str, today: str) -> list[str]:
        items = json.loads(story.site(chapter, today)["feed.json"])["items"]
        atom = story.site(chapter, today)["feed.xml"]
        assert all(f">{each['title']}<" in atom for each in items)
        return [each["title"] for each in items]

    stuck, failed = (
        "It stuck: A warm-up that evicts live keys is stopped",
        "It did not stick: The job begins with one shard",
    )
    assert titles("failed", "2026-10-05") == []
    assert titles("debriefed", "2026-10-05") == ["Checkout stalled"]
    assert titles("verified", "2026-11-02") == [stuck, "Checkout stalled"]
    assert titles("not-stuck", "2026-12-30") == [failed, "Checkout stalled again", stuck, "Checkout stalled"]
    assert titles("anew", "2027-10-02")[0] == "One year ago: Checkout stalled"
    assert "On this day One year ago Checkout stalled" in story.page("anew", "2027-10-02", HOME)
    assert "One year ago" not in story.page("anew", "2027-09-25", HOME)
    days = json.loads(story.site("anew", "2027-01-05")["on-this-day.json"])["days"]
    assert sorted(days) == ["10-02", "12-04"]


def test_lessons_and_what_worked(story: Story) -> None:
    """The memo has each cause with its change and what came of it; what worked twice keeps saving us."""

    def memo(chapter: str, today: str) -> str:
        return story.say(chapter, today, "lessons", "--service", "checkout")

    gate = "Untested path → A warm-up that evicts live keys is stopped"
    assert story.say("failed", "2026-10-04", "lessons") == "No published review has a lesson here yet.\n"
    assert f"{gate} (due this week)" in memo("checked-in", "2026-10-10")
    assert f"{gate} (done, to be verified)" in memo("finished", "2026-10-18")
    assert f"{gate} (it stuck)" in memo("verified", "2026-11-02")
    assert "Missing alert → lived with: The cache goes in spring." in memo("dropped", "2026-11-28")
    assert "Untested path → no change yet" in memo("returned", "2026-12-05")
    assert "The job begins with one shard (it did not stick)" in memo("anew", "2027-01-05")
    assert "No published review" in story.say("anew", "2027-01-05", "lessons", "--quarter", "2026-Q3")
    page = story.page("not-stuck", "2026-12-30", "lessons/index.md")
    assert "The job begins with one shard Checkout stalled again Did not stick" in page
    assert "keeps saving us" not in story.page("verified", "2026-11-02", "worked/index.md")
    assert "What keeps saving us" in story.page("returned", "2026-12-05", "worked/index.md")


def test_it_cannot_be_told_yet_whether_it_works(story: Story) -> None:
    """Two reviews are points and no estimate; their days are in the tables, and moods of so few stay hidden."""
    page = story.page("not-stuck", "2026-12-30", "working/index.md")
    assert "To the first verdict Cannot tell yet (n = 2, at least 5 are needed)" in page
    assert "Nobody is counted here and no team is ranked." in page
    stats = story.data("not-stuck", "2026-12-30", "stats")
    assert stats["verdicts"]["stuck"] == {"n": 2, "least": 5, "value": None, "low": None, "high": None}
    assert stats["mood"]["before"]["value"] is None
    assert stats["tables"]["mood"] == []
    assert {name: stats["clocks"]["debrief"][name] for name in ("kept", "missed")}["missed"] == 1
    cycle = story.rows("not-stuck", "2026-12-30", "working/cycle.csv")
    assert [row["days to first change done"] for row in cycle] == ["10.5833", "15.3472"]
    assert story.rows("not-stuck", "2026-12-30", "working/verdicts.csv") == [
        {"period": "2026 Q4", "stuck": "1", "partly": "0", "did-not-stick": "1"}
    ]
    (held,) = story.rows("returned", "2026-12-05", "working/held.csv")
    assert (held["days held"], held["came back in"]) == ("32", SECOND)
    (held,) = story.rows("verified", "2026-12-03", "working/held.csv")
    assert (held["days held"], held["came back in"]) == ("31", "")
