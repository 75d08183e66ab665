"""`failforward due` names every promise that is still open, on every day the right ones."""

import json
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from failforward.model.settings import Clocks
from failforward.model.workdays import Calendar
from failforward.playbook import read_text
from failforward.promises import Promise, promises_of

Write = Callable[..., str]
Run = Callable[..., subprocess.CompletedProcess[str]]
MakePlaybook = Callable[..., Path]

DEBRIEF = "debrief: 2026-10-03T10:00+00:00\n"
CHECK_IN = "check_in: 2026-10-06T10:00+00:00\n"
DONE = ("status: planned", "status: done")


def promises(text: str, today: str, within: int | None = None) -> list[Promise]:
    """Give the open promises of one review."""
    review = read_text(text.encode(), "reviews/2026-10-02-checkout.md")
    return list(promises_of([review], Clocks(), date.fromisoformat(today), within=within))


def said(text: str, today: str, within: int | None = 7) -> list[tuple[str, str, int | None]]:
    """Give kind, state and days of the open promises."""
    return [(each.kind, each.state, each.days) for each in promises(text, today, within)]


def test_a_debrief_is_due_and_then_past_its_day(review: Write) -> None:
    """It is promised within two days of the end, also of a draft, until it is written down."""
    draft = ("status: reviewed", "status: draft")
    text = review((DEBRIEF, ""), (CHECK_IN, ""), draft, ("experiments:", "accepted: []\nx:"))
    assert said(text, "2026-10-03") == [("debrief", "due", 1)]
    assert said(text, "2026-10-04") == [("debrief", "due", 0)]
    assert said(text, "2026-10-06") == [("debrief", "overdue", -2)]


def test_a_check_in_follows_the_debrief(review: Write) -> None:
    """Three days after the debrief somebody looks in; a reason in its place ends the promise."""
    text = review((CHECK_IN, ""))
    assert said(text, "2026-10-05", 3) == [("check-in", "due", 1)]
    assert said(text, "2026-10-09")[0] == ("check-in", "overdue", -3)
    retired = review((CHECK_IN, "check_in: n/a because the service was retired\n"))
    assert said(retired, "2026-10-05", 3) == []


def test_what_a_closed_review_never_wrote_down_was_missed(review: Write) -> None:
    """Nobody can hold the debrief of a closed review any more, and its unfinished experiments are carried."""
    text = review((DEBRIEF, ""), ("status: reviewed", "status: closed"))
    assert said(text, "2026-10-30") == [("experiment", "carried", -14), ("debrief", "missed", -26)]


def test_a_deadline_lies_on_its_day_in_the_zone(review: Write) -> None:
    """Half past eleven in the evening of UTC is the next morning in Tokyo: due by that day, past its day after it."""
    text = review(("due: 2026-10-16", "due: 2026-10-16T23:30+00:00"))
    tokyo = Clocks(calendar=Calendar(zone="Asia/Tokyo"))
    for clocks, last in ((tokyo, 17), (Clocks(), 16)):
        read = read_text(text.encode(), "reviews/2026-10-02-checkout.md")
        for ahead, state in ((1, "due"), (0, "due"), (-1, "overdue")):
            (found,) = promises_of([read], clocks, date(2026, 10, last - ahead))
            assert (found.by, found.days, found.state) == (date(2026, 10, last), ahead, state)


def test_an_experiment_goes_from_due_to_verified(review: Write) -> None:
    """It is due before its deadline, past its day after it, and once it is done somebody is to look whether it held."""
    assert said(review(), "2026-10-08") == []
    assert said(review(), "2026-10-08", 8) == [("experiment", "due", 8)]
    assert said(review(), "2026-10-16") == [("experiment", "due", 0)]
    assert said(review(), "2026-10-17") == [("experiment", "overdue", -1)]
    assert said(review(DONE), "2026-10-17") == []
    assert said(review(DONE), "2026-10-25") == [("verification", "due", 5)]
    assert said(review(DONE), "2026-11-02") == [("verification", "overdue", -3)]
    verified = "status: done\n    verified: {on: 2026-10-30, verdict: VERDICT, evidence: x}"
    for verdict in ("stuck", "partly", "did-not-stick"):
        assert said(review(("status: planned", verified.replace("VERDICT", verdict))), "2026-11-02") == []
    assert said(review(("status: planned", verified.replace("VERDICT", "too-early"))), "2026-11-02") != []
    assert said(review(("status: planned", "status: dropped")), "2026-11-02") == []


def test_work_that_goes_on_stays_in_sight_after_a_first_verdict(review: Write) -> None:
    """A part that stuck ends neither the deadline nor, once the work is done, the look whether all of it held."""
    on_the_way = "status: STATUS\n    verified: {on: 2026-10-10, verdict: partly, evidence: Half of it}"

    def after(status: str) -> str:
        return review(("status: planned", on_the_way.replace("STATUS", status)))

    assert said(after("in-progress"), "2026-10-16") == [("experiment", "due", 0)]
    late = promises(after("in-progress"), "2026-12-14")
    assert [(each.kind, each.state, each.escalate) for each in late] == [("experiment", "overdue", True)]
    finished = after("done\n    finished: 2026-10-16")
    assert said(finished, "2026-10-25") == [("verification", "due", 5)]
    assert said(finished, "2026-11-02") == [("verification", "overdue", -3)]
    assert said(after("done\n    finished: 2026-10-09"), "2026-11-02") == []


def test_a_verification_without_a_day_is_not_lost(review: Write) -> None:
    """Work that is done and had no deadline still waits for somebody to look, at the end of the list."""
    text = review(DONE, ("due: 2026-10-16", "due: n/a because it was done at once"), (CHECK_IN, ""))
    assert said(text, "2026-10-09") == [("check-in", "overdue", -3), ("verification", "undated", None)]


def test_an_experiment_without_a_day_is_not_lost(review: Write) -> None:
    """It is listed until a day is agreed on; in a draft that is still to come, and a reason says that there is none."""
    nameless = ("    due: 2026-10-16\n", "")
    (promise,) = promises(review(nameless), "2026-10-09", 7)
    assert (promise.kind, promise.state, promise.by, promise.sprints) == ("experiment", "undated", None, 0)
    assert promise.next == "Agree on a day for it, finish it, or drop it with a reason."
    assert said(review(nameless), "2030-10-09", 0) == [("experiment", "undated", None)]
    assert said(review(nameless, ("status: planned", "status: dropped")), "2026-10-09") == []
    assert said(review(nameless, ("status: reviewed", "status: draft")), "2026-10-09") == []
    reason = ("due: 2026-10-16", "due: n/a because each team does it when it moves")
    assert said(review(reason), "2026-10-09") == []


def test_a_promise_belongs_to_its_owner(review: Write) -> None:
    """An experiment belongs to the team that owns it, else to the teams of the review."""
    assert promises(review(), "2026-10-16")[0].teams == ("platform",)
    assert promises(review(("owner: platform", "owner:")), "2026-10-16")[0].teams == ("payments",)


def test_every_promise_has_its_own_id_and_place(review: Write) -> None:
    """The id is the same on every day; the place is the line in the file."""
    text = review((CHECK_IN, ""))
    first, later = promises(text, "2026-10-05"), promises(text, "2026-12-05")
    assert {each.id for each in first} == {each.id for each in later}
    assert len({each.id for each in first}) == len(first) == 2
    places = {each.kind: each.review.source.slice(each.span) for each in first}
    assert places["experiment"] == "warm-up-gate"


@pytest.fixture
def two_teams(make_playbook: MakePlaybook, review: Write) -> Path:
    """Give a playbook with a review of two teams and a private one."""
    return make_playbook(
        {
            "reviews/2026-10-02-checkout.md": review((CHECK_IN, "")),
            "reviews/2026-10-03-secret.md": review(("status: reviewed", "status: reviewed\nprivate: true")),
        }
    ).parent


def test_the_text_is_grouped_by_team(failforward: Run, two_teams: Path) -> None:
    """Each team has a paragraph; what is said is about promises and their days."""
    done = failforward("due", "--today", "2026-10-20", cwd=two_teams)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == """\
payments
  Check-in past its day: Checkout stalled after the cache warm-up change
    by 6 October 2026, 14 days ago; playbook/reviews/2026-10-02-checkout.md:8
    next: Look in on how it goes, or write check_in: n/a because …

platform
  Experiment past its day: A warm-up that evicts live keys is stopped
    by 16 October 2026, 4 days ago; playbook/reviews/2026-10-02-checkout.md:15
    next: Finish it, agree on a later day, or drop it with a reason.

2 promises open: 2 past their day.
"""


def test_one_team_alone(failforward: Run, two_teams: Path) -> None:
    """`--team` narrows the list, and an empty list is said in a sentence."""
    done = failforward("due", "--today", "2026-10-20", "--team", "platform", cwd=two_teams)
    assert "payments" not in done.stdout
    assert "1 promise of platform open: 1 past its day." in done.stdout
    done = failforward("due", "--today", "2026-09-01", "--team", "platform", "--team", "payments", cwd=two_teams)
    nothing = "No promise of payments and platform is due within 7 days, and none is past its day.\n"
    assert (done.returncode, done.stdout) == (0, nothing)


@pytest.mark.parametrize("command", [("due",), ("experiment", "list"), ("export", "--to", "markdown")])
def test_a_team_that_is_none_is_refused(failforward: Run, two_teams: Path, command: tuple[str, ...]) -> None:
    """A slip would look like an all-clear; the nearest team is proposed, and never one of a private review alone."""
    (two_teams / "playbook/risks.yml").write_text("- {id: a, owner: risk-team, title: T, review_by: 2027-01-01}\n")
    secret = two_teams / "playbook/reviews/2026-10-03-secret.md"
    secret.write_text(secret.read_text("utf-8").replace("teams: [payments]", "teams: [undercover]"), "utf-8")
    said = failforward(*command, "--team", "Paymets", cwd=two_teams)
    assert (said.returncode, said.stdout) == (2, "")
    assert said.stderr == "failforward: “Paymets” is no team of this playbook. Did it mean payments?\n"
    said = failforward(*command, "--team", "underwriter", cwd=two_teams)
    assert "It knows payments, platform, risk-team. A team that no review names yet is made known by" in said.stderr
    assert failforward(*command, "--team", "undercover", cwd=two_teams).returncode == 0
    (two_teams / "playbook/playbook.yml").write_text("title: Ours\nwords: {teams: [underwriter]}\n", "utf-8")
    assert failforward(*command, "--team", "underwriter", cwd=two_teams).returncode == 0


def test_private_reviews_are_left_out_unless_asked_for(failforward: Run, two_teams: Path) -> None:
    """The list may be posted somewhere, so private reviews are in it only on demand."""
    arguments = ("due", "--today", "2026-10-20", "--output-format", "json")
    shown = json.loads(failforward(*arguments, cwd=two_teams).stdout)
    assert {each["review"] for each in shown} == {"2026-10-02-checkout"}
    shown = json.loads(failforward(*arguments, "--private", cwd=two_teams).stdout)
    assert {each["review"] for each in shown} == {"2026-10-02-checkout", "2026-10-03-secret"}


def test_the_json_holds_everything(failforward: Run, two_teams: Path) -> None:
    """Other programs get each promise as an object, the most urgent first."""
    done = failforward("due", "--today", "2026-10-20", "--output-format", "json", cwd=two_teams)
    first, second = json.loads(done.stdout)
    assert first["kind"] == "check-in"
    assert second == {
        "kind": "experiment", "state": "overdue", "by": "2026-10-16", "days": -4, "teams": ["platform"],
        "review": "2026-10-02-checkout", "title": "Checkout stalled after the cache warm-up change",
        "path": "playbook/reviews/2026-10-02-checkout.md", "line": 15, "experiment": "warm-up-gate",
        "what": "A warm-up that evicts live keys is stopped",
        "next": "Finish it, agree on a later day, or drop it with a reason.", "sprints": 0, "escalate": False,
    }  # fmt: skip


def test_what_is_carried_over_too_often_asks_for_a_decision(failforward: Run, two_teams: Path) -> None:
    """After more than two sprints, of fourteen days where none are set, each form of the answer says so."""
    arguments = ("due", "--team", "platform", "--today")
    later = failforward(*arguments, "2026-11-27", "--output-format", "json", cwd=two_teams)
    (promise,) = [each for each in json.loads(later.stdout) if each["kind"] == "experiment"]
    assert (promise["sprints"], promise["escalate"]) == (3, True)
    assert promise["next"] == "Carried over 3 sprints: escalate it, or drop it with a reason."
    for form in ("text", "markdown"):
        said = failforward(*arguments, "2026-11-27", "--output-format", form, cwd=two_teams).stdout
        assert "1 carried over more than 2 sprints: escalate or drop." in said
        assert promise["next"] in said
        before = failforward(*arguments, "2026-11-26", "--output-format", form, cwd=two_teams).stdout
        assert "arried over" not in before


def test_sprints_of_ones_own_are_counted(failforward: Run, two_teams: Path) -> None:
    """With sprints of a week an experiment is carried over sooner, and a change is verified by the end of the next."""
    (two_teams / "playbook/playbook.yml").write_text("title: Ours\nsprints: {first: 2026-01-05, days: 7}\n", "utf-8")
    done = failforward("due", "--today", "2026-11-02", "--output-format", "json", cwd=two_teams)
    (promise,) = [each for each in json.loads(done.stdout) if each["experiment"] == "warm-up-gate"]
    assert (promise["sprints"], promise["escalate"]) == (3, True)


def test_markdown_cannot_be_broken_by_a_title(failforward: Run, make_playbook: MakePlaybook, review: Write) -> None:
    """What a review says stays text in the table: no cell ends early, nobody is mentioned, nothing is HTML."""
    outcome = "outcome: A warm-up that evicts live keys is stopped"
    text = review((outcome, 'outcome: "a | b <img src=x> @everyone #77 `c`\\n d"'))
    root = make_playbook({"reviews/a.md": text})
    done = failforward("due", "--today", "2026-10-20", "--output-format", "markdown", cwd=root.parent)
    (row,) = [line for line in done.stdout.splitlines() if line.startswith("| Experiment")]
    assert row.count("|") == 6
    assert not any(mark in row for mark in ("<img", "@everyone", "#77", "`"))


def test_github_shows_the_lines_of_promises(failforward: Run, two_teams: Path) -> None:
    """What is past its day is a warning on its line; what is only due is in the count."""
    done = failforward("due", "--today", "2026-10-20", "--output-format", "github", cwd=two_teams)
    place = "file=playbook/reviews/2026-10-02-checkout.md"
    assert done.stdout == f"""\
::warning {place},line=8,title=failforward%3A Check-in past its day::Checkout stalled after the cache warm-up change \
(by 6 October 2026, 14 days ago). Look in on how it goes, or write check_in: n/a because …
::warning {place},line=15,title=failforward%3A Experiment past its day::A warm-up that evicts live keys is stopped \
(by 16 October 2026, 4 days ago). Finish it, agree on a later day, or drop it with a reason.
2 promises open: 2 past their day.
"""
    early = failforward("due", "--today", "2026-10-06", "--within", "30", "--output-format", "github", cwd=two_teams)
    assert early.stdout == "2 promises open: 2 due within 30 days.\n"


def test_github_shows_ten_of_a_kind(failforward: Run, make_playbook: MakePlaybook, review: Write) -> None:
    """The rest is counted; no text of a review begins a command of its own."""
    outcome = ("A warm-up that evicts live keys is stopped", r'"a%0A::error::b\n::error file=x,line=1::c\u2028::d"')
    files = {f"reviews/2026-10-02-{number:02}.md": review(outcome) for number in range(12)}
    missed = review((DEBRIEF, ""), (CHECK_IN, ""), DONE, ("status: reviewed", "status: closed"), ("due: ", "x: "))
    files |= {f"reviews/2026-10-03-{number:02}.md": missed for number in range(12)}
    root = make_playbook(files)
    lines = failforward("due", "--today", "2026-10-20", "--output-format", "github", cwd=root.parent).stdout.split("\n")
    counts = [sum(line.startswith(f"::{level} ") for line in lines) for level in ("error", "warning", "notice")]
    assert counts == [0, 10, 10]
    assert lines[-3] == "::notice title=failforward::17 more promises ask for attention: `failforward due` lists all."
    assert "::a%250A::error::b ::error file=x,line=1::c ::d (by 16 October 2026, 4 days ago). Finish" in lines[0]


def test_a_day_that_is_none_is_refused(failforward: Run, two_teams: Path) -> None:
    """An argument that cannot be used ends with 2."""
    assert failforward("due", "--within", "-1", cwd=two_teams).returncode == 2
    assert failforward("due", "--today", "soon", cwd=two_teams).returncode == 2


BROKEN = ("title: Checkout stalled", "title: Checkout: stalled")
WHY = "playbook/reviews/2026-10-02-checkout.md:2: The YAML cannot be read"
UNKNOWN = "1 review cannot be read, so what it promises now is not known."


@pytest.fixture
def unread(make_playbook: MakePlaybook, review: Write) -> Path:
    """Give a playbook with one review, whose title holds a colon too many, and with a text that is none."""
    return make_playbook({"reviews/2026-10-02-checkout.md": review(BROKEN)}).parent


def test_a_review_that_cannot_be_read_is_no_all_clear(failforward: Run, unread: Path) -> None:
    """It is named with its line in each form of the list, on the side where the form has no room for a sentence."""
    for form in ("text", "markdown", "github", "json", "ics"):
        done = failforward("due", "--today", "2026-10-20", "--output-format", form, cwd=unread)
        said, other = (done.stderr, done.stdout) if form in ("json", "ics") else (done.stdout, done.stderr)
        assert done.returncode == 0
        assert UNKNOWN in said
        assert "No promise is due" not in said
        assert "2026-10-02-checkout.md" not in other
        assert form == "github" or "The YAML cannot be read" in said
    text = failforward("due", "--today", "2026-10-20", cwd=unread).stdout
    assert text.startswith(f"Cannot be read\n  {WHY}")
    assert f"\nNo promise that can be read is due within 7 days, and none is past its day. {UNKNOWN}\n" in text


def test_github_points_at_the_line_that_cannot_be_read(failforward: Run, unread: Path, review: Write) -> None:
    """It is a warning, and leaves room for ten with the promises that are past their day."""
    for number in range(12):
        (unread / f"playbook/reviews/2026-10-03-{number:02}.md").write_text(review(), "utf-8")
    lines = failforward("due", "--today", "2026-10-20", "--output-format", "github", cwd=unread).stdout.splitlines()
    assert lines[0].startswith(
        "::warning file=playbook/reviews/2026-10-02-checkout.md,line=2,title=failforward%3A Review cannot be read::"
        "What it promises now is not known. The YAML cannot be read"
    )
    assert sum(line.startswith("::warning ") for line in lines) == 10
    assert "3 more promises ask for attention" in lines[-2]
    assert lines[-1] == f"12 promises open: 12 past their day. {UNKNOWN}"


@pytest.mark.parametrize("command", [("experiment", "list"), ("export", "--to", "csv"), ("sync",)])
def test_a_list_of_experiments_says_what_it_may_lack(failforward: Run, unread: Path, command: tuple[str, ...]) -> None:
    """What is printed for other programs stays as it is; of another review alone nothing is said."""
    done = failforward(*command, cwd=unread)
    assert done.returncode == 0
    assert done.stderr.startswith(WHY)
    assert done.stderr.endswith(f"\n{UNKNOWN}\n")
    (unread / "playbook/reviews/other.md").write_text("---\ntitle: A\nkind: incident\n---\n", "utf-8")
    assert failforward(*command, "other", cwd=unread).stderr == ""


def test_a_text_that_need_not_be_a_review_promises_nothing(failforward: Run, unread: Path) -> None:
    """Where front matter is not asked for, a file without it is a text like any other."""
    (unread / "playbook/reviews/2026-10-02-checkout.md").write_text("Notes of the debrief.\n", "utf-8")
    assert UNKNOWN in failforward("due", cwd=unread).stdout
    (unread / "playbook/playbook.yml").write_text("title: Ours\nrules: {missing-front-matter: off}\n", "utf-8")
    assert failforward("due", cwd=unread).stdout.startswith("No promise is due")


def test_a_team_may_stand_in_what_cannot_be_read(failforward: Run, unread: Path) -> None:
    """A team that only such a review names is not known, and that may be why."""
    done = failforward("due", "--team", "payments", cwd=unread)
    assert (done.returncode, done.stdout) == (2, "")
    assert "1 review cannot be read, and may name it: see `failforward check`." in done.stderr
