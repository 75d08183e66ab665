"""Each shipped rule does what its page says; `failforward rules --test` asks the same of a team's own rules."""

from __future__ import annotations

from functools import cache

import pytest

from failforward.model.playbook import Playbook
from failforward.model.rule import Rule
from failforward.playbook import default_playbook
from failforward.proof import prove


@cache
def playbook() -> Playbook:
    """Give the shipped rules and causes with default settings."""
    return default_playbook()


@pytest.mark.parametrize("rule", [pytest.param(rule, id=rule.id) for rule in playbook().rules])
def test_a_rule_does_what_its_page_says(rule: Rule) -> None:
    """Marked places are found, near misses and rewrites please every rule, each entry is shown, the file is whole."""
    assert [f"{each.line}: {each.what}: {each.found}; {each.expected}" for each in prove([rule], playbook())] == []


@pytest.mark.parametrize("rule", [pytest.param(rule, id=rule.id) for rule in playbook().rules])
def test_a_shipped_rule_says_since_when_it_is_there(rule: Rule) -> None:
    """A shipped rule names its version, and a wording rule says what to write instead."""
    assert rule.since
    assert rule.instead or rule.kind != "wording"
