"""The conversation around one failure: what was seen before, the half hour, the page to hand out, whose turn it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Story

FIRST, SECOND = "2026-10-02-checkout-stalled", "2026-12-04-checkout-stalled-again"


def test_the_second_failure_has_been_seen_before(story: Story) -> None:
    """The first one has no forerunner; the second finds it, why, what was tried then, and the first what came of it."""
    assert "no published review is similar" in story.say("failed", "2026-10-03", "similar", FIRST)
    said = story.say("returned", "2026-12-05", "similar", SECOND)
    assert "1 review is similar" in said
    assert "why: causes missing-alert, untested-path; service checkout" in said
    assert "tried: A warm-up that evicts live keys is stopped (against untested-path): it stuck" in said
    again = story.say("canary", "2026-12-20", "similar", FIRST, "--output-format", "markdown")
    assert "no earlier review is similar; 1 that came later is." in again
    assert "The job begins with one shard" in again
    assert "done, to be verified" in again


def test_the_half_hour_is_made_from_what_is_known(story: Story) -> None:
    """The draft asks for what is open; later that stands there, and the past is brought to the second half hour."""
    draft = story.say("failed", "2026-10-03", "agenda", FIRST)
    assert "What could change about “untested-path”" in draft
    assert "Written so far: The job fills an empty cache." in draft
    assert "Seen before" not in draft
    after = story.say("debriefed", "2026-10-05", "agenda", FIRST)
    assert "Experiment: A warm-up that evicts live keys is stopped" in after
    second = story.say("returned", "2026-12-05", "agenda", SECOND)
    assert "Seen before: Checkout stalled; tried then: A warm-up that evicts live keys is stopped (stuck)" in second
    for words in (draft, after, second):
        assert "Who " not in words
        assert "why didn" not in words.casefold()


@pytest.mark.parametrize(
    ("chapter", "today", "says", "silent"),
    [
        ("checked-in", "2026-10-10", "A warm-up that evicts live keys is stopped", "Stuck"),
        ("verified", "2026-11-02", "Stuck", "To verify"),
        ("dropped", "2026-11-28", "Dropped", "Overdue"),
    ],
)
def test_the_page_to_hand_out_is_that_of_the_day(
    story: Story, chapter: str, today: str, says: str, silent: str
) -> None:
    """Causes tied to changes with where these stand, and the verdict once it is there."""
    page = story.say(chapter, today, "one-pager", FIRST)
    assert page.startswith("<!doctype html>")
    assert says in page
    assert silent not in page


def test_whose_turn_it_is_follows_the_debriefs(story: Story) -> None:
    """Who was in the failure does not lead its debrief; leading and joining are remembered by team, with their day."""
    assert "last led" not in story.say("failed", "2026-10-03", "rota")
    assert "search, last led on 2026-10-05" in story.say("debriefed", "2026-10-06", "rota")
    assert "search, last led on 2026-12-05" in story.say("returned", "2026-12-06", "rota")
    assert "payments" not in story.say("returned", "2026-12-06", "rota", SECOND)
    assert "support, last joined on 2026-12-05" in story.say("returned", "2026-12-06", "rota")


def test_a_slip_in_a_name_is_found(story: Story) -> None:
    """A review to be replaced that is not there, and a risk that is not on the register, are found with the nearest."""
    path = story.folder / "anew/playbook/reviews" / f"{SECOND}.md"
    text = path.read_text("utf-8")
    try:
        path.write_text(
            text.replace("kind:", f"supersedes: {FIRST}d\nkind:", 1).replace("cold-cache", "cold-cahe"), "utf-8"
        )
        found = {each["rule"]: each for each in story.data("anew", "2027-01-05", "check", code=1)}
    finally:
        path.write_text(text, "utf-8")
    assert f"Did it mean {FIRST}?" in found["unknown-superseded-review"]["instead"]
    assert found["unknown-superseded-review"]["line"] == 3
    assert "Write cold-cache" in found["unknown-risk"]["instead"]


def test_nobody_is_counted(story: Story) -> None:
    """No page of the site and no command ranks teams or gives a number to one."""
    rota = story.say("anew", "2027-01-05", "rota")
    assert not [line for line in rota.split("\n") if line.startswith("  ") and " reviews" in line]
    working = story.page("anew", "2027-01-05", "working/index.md")
    assert "payments" not in working
    assert "search" not in working
