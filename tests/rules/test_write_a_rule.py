"""The two rules that the page “Write a rule” makes can be used as they stand, and do what their cases say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from failforward.checks import CHECKS
from failforward.model.playbook import Playbook
from failforward.model.rule import Rule
from failforward.playbook import read_playbook
from failforward.proof import prove

PAGE = Path(__file__).resolve().parents[2] / "playbook/docs/write-a-rule.md"
SHOWN = re.compile(r"^`playbook/(rules/[a-z0-9-]+\.md)`:\n\n````markdown\n(.*?)^````$", re.MULTILINE | re.DOTALL)


def house(root: Path, name: str) -> tuple[Playbook, Rule]:
    """Give a playbook that holds a rule of the page, and the rule."""
    path = root / "rules" / f"{name}.md"
    path.parent.mkdir()
    path.write_text(dict(SHOWN.findall(PAGE.read_text("utf-8")))[f"rules/{name}.md"], "utf-8")
    playbook = read_playbook(root, shown="")
    (rule,) = (rule for rule in playbook.rules if rule.house)
    return playbook, rule


@pytest.mark.parametrize(("name", "kind"), [("hero-story", "wording"), ("sev1-without-services", "fields")])
def test_the_rule_can_be_used_and_its_cases_hold(tmp_path: Path, name: str, kind: str) -> None:
    """What is marked is found, and what is silent stays silent."""
    playbook, rule = house(tmp_path, name)
    assert rule.kind == kind
    assert rule.fires
    assert rule.silent
    assert list(prove([rule], playbook)) == []


def test_the_page_lists_every_test() -> None:
    """The table of kinds names each test and parameter that there is, and no other."""
    text = PAGE.read_text("utf-8")
    rows = re.findall(r"^\| `([a-z]+)` \| (.*?) ?\| (.*?) ?\|$", text, re.MULTILINE)
    listed = {kind: tuple(re.findall(r"`([a-z]+)`", tests)) for kind, tests, _ in rows if kind in CHECKS}
    assert listed == {name: kind.tests for name, kind in CHECKS.items() if name != "wording"}
    own = {kind: text for kind, _, text in rows}
    for name, kind in CHECKS.items():
        if name != "wording":
            assert [key for key in kind.parameters if key != "test" and f"`{key}" not in own[name]] == []
