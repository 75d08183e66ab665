"""The rota speaks of teams: who leads next, who joins from outside, and whose rhythm is worth a word."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from click.testing import CliRunner

from failforward.cli.main import group
from failforward.model.review import Review
from failforward.reports import rota as report
from failforward.reviews.read import read_review
from failforward.rota import GONE, LATELY, MANY, QUIET, Turn, facilitators, involved_in, rota_of
from failforward.text.source import Source

TODAY = date(2026, 10, 20)


def review(name: str, started: str = "2026-10-01", *, teams: str = "[]", people: str = "", more: str = "") -> Review:
    """Read a review with its teams and who was in the room."""
    front = f"title: {name}\nstatus: reviewed\nstarted: {started}\nteams: {teams}\n"
    front += f"people: {people}\n" if people else ""
    return read_review(Source(f"reviews/{name}.md", f"---\n{front}{more}---\n"))


def test_the_longest_ago_comes_first() -> None:
    """The one whose last time lies longest ago leads; the debrief's day counts."""
    past = (
        review("a", "2026-09-01", people="{facilitator: design}"),
        review("b", "2026-08-01", people="{facilitator: platform}", more="debrief: 2026-09-20\n"),
        review("c", "2026-07-01", people="{facilitator: design}"),
    )
    assert facilitators(past, TODAY) == (Turn("design", date(2026, 9, 1)), Turn("platform", date(2026, 9, 20)))


def test_a_team_that_never_led_is_asked_first() -> None:
    """Never counts as longest ago; teams that never led stand in the order of their names."""
    past = (
        review("a", "2026-09-01", teams="[search, payments]", people="{facilitator: design}"),
        review("b", "2026-08-01", people="{facilitator: platform, participants: [payments]}"),
    )
    never = (Turn("payments", None), Turn("search", None))
    led = (Turn("platform", date(2026, 8, 1)), Turn("design", date(2026, 9, 1)))
    assert rota_of(past, TODAY).facilitators == facilitators(past, TODAY) == (*never, *led)


def test_a_team_that_only_leads_the_review_at_hand_never_led() -> None:
    """It is known, and its turn comes before that of those who led before."""
    past = review("a", people="{facilitator: design}")
    now = review("now", people="{facilitator: search}")
    assert rota_of((past, now), TODAY, now).facilitators == (Turn("search", None), Turn("design", date(2026, 10, 1)))


def test_who_was_in_it_neither_leads_nor_joins_from_outside() -> None:
    """The teams and participants of the failure at hand are left out, and its own debrief does not count yet."""
    past = (
        review("a", people="{facilitator: design, outsiders: [legal]}"),
        review("b", people="{facilitator: payments}"),
    )
    now = review("now", teams="[payments]", people="{facilitator: search, participants: [legal]}")
    rota = rota_of((*past, now), TODAY, now)
    assert involved_in(now) == {"payments", "legal"}
    assert [turn.team for turn in rota.facilitators] == ["search", "design"]
    assert [turn.team for turn in rota.outsiders] == ["design", "search"]


def test_a_team_that_never_joined_is_invited_first() -> None:
    """Teams that have never been outsiders come before those that have, the longest ago first."""
    past = (
        review("a", "2026-09-01", teams="[search]", people="{outsiders: [legal]}"),
        review("b", "2026-10-01", people="{outsiders: [design]}"),
    )
    assert rota_of(past, TODAY).outsiders == (
        Turn("search", None), Turn("legal", date(2026, 9, 1)), Turn("design", date(2026, 10, 1)),
    )  # fmt: skip


def test_a_team_of_long_ago_is_not_asked() -> None:
    """Who was not heard of for a year is neither to lead nor to join, unless it has done so before."""
    long_ago = (TODAY - GONE - timedelta(days=1)).isoformat()
    past = (
        review("a", long_ago, teams="[gone]", people="{facilitator: design, outsiders: [legal]}"),
        review("b", "2026-10-01", teams="[search]"),
        review("c", "n/a", teams="[undated]"),
    )
    rota = rota_of(past, TODAY)
    assert [turn.team for turn in rota.facilitators] == ["search", "undated", "design"]
    assert [turn.team for turn in rota.outsiders] == ["search", "undated", "legal"]


def test_a_rhythm_is_worth_a_word() -> None:
    """A team is quiet after ninety days and forgotten after a year; four failures in four weeks are many."""
    quiet = review("quiet", (TODAY - QUIET - timedelta(days=1)).isoformat(), teams="[calm]")
    gone = review("gone", (TODAY - GONE - timedelta(days=1)).isoformat(), teams="[gone]")
    fresh = [review(f"new-{day}", (TODAY - timedelta(days=day)).isoformat(), teams="[busy]") for day in range(MANY)]
    rota = rota_of([quiet, gone, *fresh], TODAY)
    assert [each.team for each in rota.quiet] == ["calm"]
    assert [(each.team, each.lately) for each in rota.busy] == [("busy", MANY)]
    later = rota_of([quiet, gone, *fresh], TODAY + LATELY)
    assert later.busy == ()


def test_a_capital_letter_makes_no_other_team() -> None:
    """A team that is spelt in two ways is one, by its usual spelling, and does not lead its own failure."""
    past = (
        review("a", "2026-09-01", teams="[payments, Payments]", people="{facilitator: Design, outsiders: [legal]}"),
        review("b", "2026-08-01", teams="[payments]", people="{facilitator: design, outsiders: [Legal, LEGAL]}"),
        review("c", "2026-07-01", teams="[Payments]", people="{facilitator: n/a because nobody led}"),
        review("d", "2026-10-19", teams="[payments]", people="{facilitator: design}"),
    )
    rota = rota_of(past, TODAY)
    assert [turn.team for turn in rota.facilitators] == ["legal", "payments", "design"]
    assert [turn.team for turn in rota.outsiders] == ["design", "payments", "legal"]
    now = review("now", teams="[PAYMENTS]")
    assert "payments" not in [turn.team.casefold() for turn in rota_of((*past, now), TODAY, now).facilitators]


def test_private_reviews_leave_no_trace() -> None:
    """A team that is named in private reviews alone is not named here."""
    secret = review("secret", teams="[hidden]", people="{facilitator: hidden}", more="private: true\n")
    rota = rota_of([secret], TODAY)
    assert (rota.facilitators, facilitators([secret], TODAY), rota.outsiders) == ((), (), ())


def test_the_report_is_gentle_and_counts_nobody() -> None:
    """What is quiet or busy is asked about; long lists end with how many more there are, JSON has them all."""
    teams = "[" + ", ".join(f"team-{number}" for number in range(8)) + "]"
    rota = rota_of([review("a", teams=teams)], TODAY)
    said = report.text(rota)
    assert "… and 3 more" in said
    assert "has not led one yet" in said
    assert len(json.loads(report.json_object(rota))["outsiders"]) == 8
    quiet = rota_of([review("a", "2026-06-01", teams="['*x*']")], TODAY)
    assert "a calm time, or is there something worth telling?" in report.text(quiet)
    assert "- &#42;x&#42;: last failure" in report.markdown(quiet)
    assert "No team that was not involved is known yet." in report.text(rota_of([], TODAY))


def test_the_command_looks_at_one_failure(make_playbook: Callable[..., Path], complete_review: str) -> None:
    """With a file the teams of that review are left out."""
    root = make_playbook({"reviews/2026-10-02-past.md": complete_review})
    done = CliRunner().invoke(
        group, ["rota", str(root / "reviews/2026-10-02-past.md"), "--today", "2026-10-20", "--output-format", "json"]
    )
    assert done.exit_code == 0, done.output
    assert "payments" not in done.stdout
    whole = CliRunner().invoke(group, ["rota", "--playbook", str(root), "--today", "2026-10-20"])
    assert "payments" in whole.stdout
