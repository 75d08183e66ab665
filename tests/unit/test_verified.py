"""How many changes were verified, and how many promises kept, is one number wherever it is said."""

import csv
import io
import json
import re
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

from failforward import index, pages
from failforward.clocks import clocks_of
from failforward.measures import measures_of
from failforward.playbook import read_playbook

TODAY = date(2026, 11, 22)
# Our own reviews had their debriefs by then.
DEBRIEFED = date(2026, 11, 30)
FRONT = """\
---
title: Checkout stalled
kind: incident
status: reviewed
started: 2026-09-01
causes: [{cause: untested-path, how: H.}]
experiments:
  - {id: held, cause: untested-path, status: done, verified: {on: 2026-10-01, verdict: stuck}}
  - {id: given-up, cause: untested-path, status: dropped, verified: {on: 2026-10-02, verdict: did-not-stick}}
  - {id: early, cause: untested-path, status: done, verified: {on: 2026-10-03, verdict: too-early}}
  - {id: gone-early, cause: untested-path, status: dropped, verified: {on: 2026-10-03, verdict: too-early}}
  - {id: gone, cause: untested-path, status: dropped, because: It was retired.}
---
"""
OURS = Path(__file__).resolve().parents[2] / "playbook"


def counted(root: Path) -> dict[str, tuple[int, int]]:
    """Give (verified, of them stuck) as each place says it."""
    playbook = read_playbook(root, shown="")
    found = index.build(playbook, TODAY)
    site = pages.build(playbook, found, TODAY)
    texts = {page.path: page.text for page in site.pages}
    files = {asset.path: asset.data.decode() for asset in site.assets if asset.path.endswith((".json", ".csv"))}
    home = re.search(r"<strong>(\d+)</strong> <span>of (\d+) verified ones stuck", texts["index.md"])
    board = re.search(r"<strong>(\d+)</strong> <span>verified</span>", texts["experiments/index.md"])
    assert home
    assert board
    data = json.loads(files["playbook.json"])["experiments"]
    rows = json.loads(files["experiments/board.json"])["experiments"]
    cells = csv.DictReader(io.StringIO(files["experiments/board.csv"]))
    words = [each["verdict"] for each in cells if each["state"] == "verified"]
    clocks = {review.path: clocks_of(review, playbook.settings.clocks, TODAY) for review in found.reviews}
    verdicts = measures_of(found, clocks, TODAY, None).verdicts
    judged = [each["verified"]["verdict"] for each in data if each["state"] == "verified"]
    shown = [each["verdict"] for each in rows if each["state"] == "verified"]
    stuck = int(home[1])
    return {
        "home": (int(home[2]), stuck), "board": (int(board[1]), stuck), "data": (len(judged), judged.count("stuck")),
        "rows": (len(shown), shown.count("stuck")), "csv": (len(words), words.count("stuck")),
        "measures": (verdicts.stuck.n, verdicts.stuck.hits or 0),
    }  # fmt: skip


def test_a_change_dropped_after_its_verdict_is_verified_everywhere(make_playbook: Callable[..., Path]) -> None:
    """What did not stick counts, also where it was given up then; what was given up without a verdict does not."""
    assert set(counted(make_playbook({"reviews/a.md": FRONT})).values()) == {(2, 1)}


def test_our_own_playbook_agrees_with_itself(failforward: Callable[..., subprocess.CompletedProcess[str]]) -> None:
    """Home page, board, data and pictures say one number, and `stats` that one too."""
    ((verified, stuck),) = set(counted(OURS).values())
    said = json.loads(failforward("stats", "--output-format", "json", "--today", str(TODAY), cwd=OURS.parent).stdout)
    assert said["verdicts"]["stuck"]["n"] == verified
    assert 0 < stuck < verified


def clocks_said(root: Path) -> list[dict[tuple[str, str], int]]:
    """Give (clock, state) → how many, as the home page, the board and the measures say it; 0 is left out."""
    playbook = read_playbook(root, shown="")
    found = index.build(playbook, DEBRIEFED)
    texts = {page.path: page.text for page in pages.build(playbook, found, DEBRIEFED).pages}
    (line,) = re.findall(r"The clocks so far: (.*)\.</p>", texts["index.md"])
    home = {
        (name, state): int(number)
        for name, said in re.findall(r"([a-z-]+) (\d[^;]*)", line)
        for number, state in re.findall(r"(\d+) (\w+)", said)
    }
    rows = re.findall(r'<th scope="row">([\w-]+)</th>(.*)</tr>', texts["experiments/index.md"])
    board = {
        (name.lower(), state.lower()): int(number)
        for name, cells in rows
        for state, number in re.findall(r'data-label="(\w+)">(\d+)<', cells)
    }
    clocks = {review.path: clocks_of(review, playbook.settings.clocks, DEBRIEFED) for review in found.reviews}
    measured = {
        (clock.name, state): clock.states[state]
        for clock in measures_of(found, clocks, DEBRIEFED, None).clocks
        for state in ("kept", "due", "missed")
    }
    return [{key: number for key, number in each.items() if number} for each in (home, board, measured)]


def test_home_page_board_and_pictures_count_the_same_promises() -> None:
    """How many debriefs, check-ins and verdicts were kept, are due or were missed does not depend on the page."""
    home, board, measured = clocks_said(OURS)
    assert home == board == measured
    assert {state for _, state in home} == {"kept", "due", "missed"}
