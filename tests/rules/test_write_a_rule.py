"""The two rules that the page “Write a rule” makes can be used as they stand, and do what their cases say."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from failforward.checks import CHECKS
from failforward.lint import lint
from failforward.model.rule import Case, Rule
from failforward.playbook import default_playbook, read_playbook, read_text

PAGE = Path(__file__).resolve().parents[2] / "playbook/docs/write-a-rule.md"
SHOWN = re.compile(r"^`playbook/(rules/[a-z0-9-]+\.md)`:\n\n````markdown\n(.*?)^````$", re.MULTILINE | re.DOTALL)
REVIEW = "---\ntitle: A title\nkind: incident\nstatus: reviewed\n---\n\n## In short\n\n"


def house(root: Path, name: str) -> Rule:
    """Give a rule of the page, read from a playbook that holds it."""
    path = root / "rules" / f"{name}.md"
    path.parent.mkdir()
    path.write_text(dict(SHOWN.findall(PAGE.read_text("utf-8")))[f"rules/{name}.md"], "utf-8")
    (rule,) = (rule for rule in read_playbook(root, shown="").rules if rule.house)
    return rule


def found(rule: Rule, case: Case) -> list[str]:
    """Give the words that a rule finds in a case."""
    text = case.text if case.review else REVIEW + case.text + "\n"
    review = read_text(text.encode(), "reviews/2026-10-02-example.md")
    playbook = default_playbook()
    playbook = replace(playbook, reviews=(review,), rules=(*playbook.rules, rule))
    return [finding.excerpt for finding in lint(playbook, date(2026, 11, 22), select=[rule.id])]


@pytest.mark.parametrize(("name", "kind"), [("hero-story", "wording"), ("sev1-without-services", "fields")])
def test_the_rule_can_be_used_and_its_cases_hold(tmp_path: Path, name: str, kind: str) -> None:
    """What is marked is found, and what is silent stays silent."""
    rule = house(tmp_path, name)
    assert rule.kind == kind
    assert rule.fires
    assert rule.silent
    for case in rule.fires:
        assert found(rule, case) == [case.text[span.start : span.end] for span in case.spans]
    for case in rule.silent:
        assert found(rule, case) == []


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
