"""Experiments that are to lower a risk: both ways, in everything that is published, and nothing of what is not."""

import json
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from failforward import index, pages
from failforward.lint import lint
from failforward.playbook import read_playbook

TODAY = date(2026, 11, 22)
CommandLine = Callable[..., subprocess.CompletedProcess[str]]
REGISTER = """\
- {id: cold-cache, title: The cache is empty, owner: platform, review_by: 2027-03-31}
- {id: sun, title: A storm on the sun, owner: network, review_by: 2027-01-01}
"""
TRIED = """\
causes: [{cause: untested-path, how: H.}]
experiments:
  - {id: second, cause: untested-path, outcome: A <i>second</i> cache, status: planned, due: 2026-11-01, risk: sun}
  - id: gate
    cause: untested-path
    outcome: A gate
    status: dropped
    verified: {on: 2026-11-10, verdict: did-not-stick, evidence: E}
    risk: sun
"""


def review(title: str, more: str, *, status: str = "reviewed") -> str:
    """Write a review."""
    return (
        f"---\ntitle: {title}\nkind: incident\nstatus: {status}\nstarted: 2026-10-02\n{more}---\n## In short\nText.\n"
    )


@pytest.fixture
def root(make_playbook: Callable[..., Path]) -> Path:
    """Give a playbook with a register."""
    return make_playbook({"risks.yml": REGISTER})


def made(root: Path) -> dict[str, str]:
    """Give the pages and the data of a playbook's site by path."""
    playbook = read_playbook(root, shown="")
    site = pages.build(playbook, index.build(playbook, TODAY), TODAY)
    texts = {asset.path: asset.data.decode() for asset in site.assets if asset.path.endswith(".json")}
    return {page.path: page.text for page in site.pages} | texts


def test_an_experiment_names_the_risk_that_it_is_to_lower(failforward: CommandLine, root: Path) -> None:
    """Risk and experiment lead to each other, on the pages, in the data and in what the command prints."""
    (root / "reviews/g.md").write_text(review("G", TRIED), "utf-8")
    (root / "reviews/h.md").write_text(review("Hidden", TRIED.replace("gate", "secret"), status="draft"), "utf-8")
    site = made(root)
    page = site["risks/index.md"].partition('id="risk-sun"')[2]
    assert '<a href="../reviews/g/#experiment-second">A second cache</a>' in page
    gate = (
        'Did not stick</span> <a href="../reviews/g/#experiment-gate">A gate</a> <span class="ff-meta">dropped</span>'
    )
    assert gate in page
    assert "secret" not in page
    assert 'Is to lower the risk</dt><dd><a href="../../risks/#risk-sun">A storm on the sun</a>' in site["reviews/g.md"]
    data = json.loads(site["playbook.json"])
    assert [each["risk"] for each in data["experiments"]] == ["sun", "sun"]
    tried = {each["id"]: each["tried"] for each in data["risks"]}
    assert tried["sun"] == [{"review": "g", "experiment": "second"}, {"review": "g", "experiment": "gate"}]
    assert tried["cold-cache"] == []
    run = ("risks", "--today", "2026-11-22")
    text = failforward(*run, cwd=root).stdout
    assert "next look by 2027-01-01; tried: second (past its day), gate (it did not stick)\n" in text
    found = json.loads(failforward(*run, "--output-format", "json", cwd=root).stdout)
    assert [each["verdict"] for each in found["not_yet"][0]["tried"]] == [None, "did-not-stick"]
    assert "g/second g/gate" in failforward(*run, "--output-format", "csv", cwd=root).stdout


def test_a_wrong_risk_of_an_experiment_is_found_in_its_line(failforward: CommandLine, root: Path) -> None:
    """With the nearest entry of the register."""
    (root / "reviews/g.md").write_text(review("G", TRIED.replace("risk: sun}", "risk: sum}")), "utf-8")
    (found,) = lint(read_playbook(root, shown=""), TODAY, select=["unknown-risk"])
    assert (found.path, found.line, found.excerpt) == ("reviews/g.md", 8, "sum")
    assert found.instead.startswith("Write sun")
