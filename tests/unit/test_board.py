"""The board: what asks for a decision stands first, clocks are said with how much, and all of it is there as data."""

import csv
import io
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from failforward import index, pages
from failforward.playbook import read_playbook

TODAY = date(2026, 11, 22)
MakePlaybook = Callable[..., Path]
Made = Callable[..., dict[str, str]]
HEAD = "kind: incident\nstatus: reviewed\nstarted: 2026-09-01T10:00Z\nresolved: 2026-09-01T12:00Z\nteams: [search]\n"
EXPERIMENTS = """\
debrief: 2026-09-02T12:00Z
causes: [{cause: untested-path, how: H.}]
experiments:
  - {id: old, cause: untested-path, outcome: An old plan, kind: detect, due: 2026-10-05, status: planned}
  - {id: late, cause: untested-path, outcome: A late plan, kind: prevent, owner: web, due: 2026-11-10, status: planned}
  - {id: done, cause: untested-path, outcome: "=1+1|cmd", owner: web, due: 2026-11-10, status: done}
  - id: held
    cause: untested-path
    outcome: A **change**
    owner: web
    due: 2026-09-10
    status: done
    verified: {on: 2026-09-28, verdict: stuck, evidence: E}
"""


@pytest.fixture
def made(make_playbook: MakePlaybook) -> Made:
    """Give a function that builds the site of some reviews: path → text."""

    def build(files: dict[str, str], settings: str = "title: Ours\n") -> dict[str, str]:
        texts = {f"reviews/{name}.md": f"---\ntitle: {name}\n{HEAD}{text}---\n" for name, text in files.items()}
        playbook = read_playbook(make_playbook(texts, settings))
        built = pages.build(playbook, index.build(playbook, TODAY), TODAY)
        found = {page.path: page.text for page in built.pages}
        return found | {each.path: each.data.decode() for each in built.assets if each.path.endswith(("json", "csv"))}

    return build


def test_what_was_carried_over_too_often_stands_first(made: Made) -> None:
    """More than two sprints after its deadline an experiment has a part of its own, and can be filtered by it."""
    board = made({"a": EXPERIMENTS})["experiments/index.md"]
    headings = [line for line in board.split("\n") if line.startswith("## ")]
    assert headings[:3] == ["## Escalate or drop", "## Overdue", "## Waiting for verification"]
    assert 'data-state="overdue | escalate" data-kind="detect" data-team="search"' in board
    assert "48 days ago, carried over 3 sprints" in board
    assert "carried over 1" not in board
    options = ("escalate", "overdue", "waiting", "verified", "check-in")
    assert all(f'<option value="{each}">' in board for each in options)


def test_a_sprint_of_ones_own_changes_what_is_carried_over(made: Made) -> None:
    """With long sprints the same experiment is only overdue."""
    board = made({"a": EXPERIMENTS}, "title: Ours\nsprints: {first: 2026-01-05, days: 42}\n")["experiments/index.md"]
    assert "## Escalate or drop" not in board


def test_clocks_are_said_with_how_much(made: Made) -> None:
    """On the board, the review and the home page: kept, due and missed, and by how many days."""
    found = made({"a": EXPERIMENTS})
    board, review, home = (found[path] for path in ("experiments/index.md", "reviews/a.md", "index.md"))
    assert "Verification 4 days late" in board
    assert "Verification due by 24 November 2026" in board
    assert "Check-in of" in board
    assert "by <time datetime=\"2026-09-05\">5 September 2026</time>, 78 days ago" in board
    assert "Debrief within 24 h" in review
    assert "Check-in 3 months overdue" in review
    assert "Verification 4 days late." in review
    assert "Check-in of" in home
    assert "Verification due by 24 November 2026" in home
    assert "The clocks so far: debrief 1 kept; check-in 0 kept, 1 missed; verification 0 kept, 2 due, 2 missed." in home


def test_a_review_that_cannot_be_read_is_no_all_clear(made: Made) -> None:
    """Board, home page and data say that something is not known, and never that there is nothing."""
    found = made({"a": "experiments: [\n"})
    board, home = found["experiments/index.md"], found["index.md"]
    for page in (board, home):
        assert "1 review cannot be read, so what it promises now is not known." in page
        assert "no experiment is due" not in page
        assert "no review has an experiment" not in page
    assert json.loads(found["experiments/board.json"])["unread"] == 1
    assert json.loads(made({"a": EXPERIMENTS})["experiments/board.json"])["unread"] == 0


def test_the_data_has_every_experiment(made: Made) -> None:
    """The JSON and the CSV have the same rows in the order of the board."""
    found = made({"a": EXPERIMENTS})
    data = json.loads(found["experiments/board.json"])
    rows = list(csv.DictReader(io.StringIO(found["experiments/board.csv"])))
    assert (data["version"], data["today"]) == (1, "2026-11-22")
    assert [each["experiment"] for each in data["experiments"]] == ["old", "late", "done", "held"]
    assert [row["experiment"] for row in rows] == ["old", "late", "done", "held"]
    old, held = data["experiments"][0], data["experiments"][3]
    assert (old["sprints"], old["escalate"], old["days"], old["teams"]) == (3, True, -48, ["search"])
    assert (held["clock"], held["clock_days"], held["verify_by"]) == ("missed", -4, "2026-09-24")
    assert (held["outcome"], held["url"]) == ("A change", "reviews/a/#experiment-held")
    assert rows[0] | {"days": "-48", "escalate": "true", "verdict": "", "teams": "search"} == rows[0]
    assert [(each["clock"], each["state"], each["days"], each["done"]) for each in data["clocks"]] == [
        ("debrief", "kept", 1, True), ("check-in", "missed", -78, False),
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["=1+1|cmd", "+1", "-1", "@SUM(A1)", "=HYPERLINK(1)"])
def test_a_spreadsheet_takes_no_text_for_a_formula(made: Made, text: str) -> None:
    """A text that begins like a formula begins with an apostrophe in the CSV, and is itself in the JSON."""
    fields = f'experiments: [{{id: "{text}", outcome: "{text}", owner: "{text}", due: 2026-10-05, status: planned}}]\n'
    found = made({"a": fields})
    (row,) = csv.DictReader(io.StringIO(found["experiments/board.csv"]))
    assert [row["experiment"], row["teams"]] == [f"'{text}"] * 2
    assert not row["outcome"].startswith(text[0])
    assert json.loads(found["experiments/board.json"])["experiments"][0]["experiment"] == text


def test_work_that_goes_on_keeps_its_place_after_a_first_verdict(made: Made) -> None:
    """Board, review, cause, data and lessons say where the work stands, and beside it what was found so far."""
    partly = "due: 2026-11-10\n    status: in-progress\n    verified: {on: 2026-09-28, verdict: partly, evidence: Half}"
    held = "due: 2026-09-10\n    status: done\n    verified: {on: 2026-09-28, verdict: stuck, evidence: E}"
    found = made({"a": EXPERIMENTS.replace(held, partly)})
    board, review = found["experiments/index.md"], found["reviews/a.md"]
    cause = found["causes/untested-path.md"]
    card = next(each for each in board.split("<li class=") if "A change" in each)
    assert card.startswith('"ff-card ff-trial-small ff-is-overdue" data-state="overdue"')
    assert "Partly stuck so far" in card
    assert "## Verified" not in board
    assert '28 September 2026</time> <span class="ff-meta">while the work went on</span>' in review
    assert "Verification due by 24 November 2026." in review
    assert "Looked at on 28 September 2026, while the work went on." in cause
    assert "stuck in part" not in cause
    assert "of 0 verified ones stuck" in found["index.md"]
    rows = csv.DictReader(io.StringIO(found["experiments/board.csv"]))
    row = next(row for row in rows if row["experiment"] == "held")
    assert (row["state"], row["verdict"], row["verified_on"]) == ("overdue", "partly", "2026-09-28")


def test_an_empty_board_has_its_data_too(made: Made) -> None:
    """An address never leads nowhere."""
    found = made({})
    assert json.loads(found["experiments/board.json"])["experiments"] == []
    assert found["experiments/board.csv"].count("\n") == 1


AGAIN = "services: [checkout]\ncauses: [{cause: untested-path, how: H.}]\n"
FAILED = f"""\
{AGAIN}experiments:
  - id: gate
    cause: untested-path
    outcome: A gate
    due: 2026-09-10
    status: done
    verified: {{on: 2026-09-20, verdict: did-not-stick, evidence: E}}
"""


def test_a_change_that_did_not_stick_is_shown_on_both_reviews_and_on_the_cause(
    make_playbook: MakePlaybook,
) -> None:
    """When the cause is met again in the same place, both reviews and the page of the cause tell of it."""
    later = HEAD.replace("2026-09-01", "2026-10-10")
    elsewhere = later.replace("[search]", "[mail]")
    files = {
        "reviews/a.md": f"---\ntitle: First\n{HEAD}{FAILED}---\n",
        "reviews/b.md": f"---\ntitle: Second\n{later}{AGAIN}---\n",
        "reviews/c.md": f"---\ntitle: Elsewhere\n{elsewhere}{AGAIN.replace('checkout', 'post')}---\n",
    }
    playbook = read_playbook(make_playbook(files))
    made = {page.path: page.text for page in pages.build(playbook, index.build(playbook, TODAY), TODAY).pages}
    assert "The change did not stick, and the cause came back." in made["reviews/a.md"]
    assert "A change before this one had not stuck." in made["reviews/b.md"]
    assert "stuck, and" not in made["reviews/c.md"]
    assert "had not stuck" not in made["reviews/c.md"]
    assert made["causes/untested-path.md"].count("had not stuck") == 1


def test_a_change_that_stuck_since_ends_the_note(make_playbook: MakePlaybook) -> None:
    """What counts is the last verdict in a place."""
    mended = FAILED.replace("did-not-stick", "stuck").replace("2026-09-20", "2026-09-30").replace("gate", "door")
    later = HEAD.replace("2026-09-01", "2026-10-10")
    files = {
        "reviews/a.md": f"---\ntitle: First\n{HEAD}{FAILED}---\n",
        "reviews/b.md": f"---\ntitle: Mended\n{HEAD}{mended}---\n",
        "reviews/c.md": f"---\ntitle: Third\n{later}{AGAIN}---\n",
    }
    playbook = read_playbook(make_playbook(files))
    found = index.build(playbook, TODAY)
    assert found.unheeded == {}
    assert set(found.returns) == {"reviews/b.md", "reviews/c.md"}
