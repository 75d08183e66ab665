"""How many changes were verified is one number, wherever it is said."""

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
    shown = [each["verdict"] for each in rows if each["verdict"]]
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
