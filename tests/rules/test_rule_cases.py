"""Each wording rule does what its page says: marked words are found, near misses and rewrites please every rule."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

import pytest

from failforward.checks.wording import Wording
from failforward.model.rule import Case, Rule
from failforward.model.settings import Settings
from failforward.playbook import default_playbook
from failforward.text.source import Source, Span

SOURCE = re.compile(r"\S.*, https?://\S+")
# Where the sentences of a case stand: a rule that reads only some places is shown there.
PLACES = {
    "": "{}\n",
    "text": "{}\n",
    "unpraised": "{}\n",
    "action": "## What we will do differently\n\n- {}\n",
    "timeline": "### Timeline\n\n- 10:00 {}\n",
    "opening": "### Timeline\n\n- 10:00 {}\n",
}


@cache
def rules() -> tuple[Rule, ...]:
    """Give the shipped wording rules."""
    return tuple(rule for rule in default_playbook().rules if rule.kind == "wording")


@cache
def every_rule() -> Wording:
    """Give all of them made ready."""
    return Wording(rules(), Settings())


@cache
def alone(rule_id: str, match: str = "") -> Wording:
    """Give one rule made ready, or one entry of its match."""
    rule = next(rule for rule in rules() if rule.id == rule_id)
    parameters = {**rule.parameters, "match": (match,)} if match else rule.parameters
    return Wording([replace(rule, parameters=parameters)], Settings())


def place_of(rule: Rule) -> str:
    """Give the first place that a rule reads; nothing where it reads everywhere."""
    return next(iter(rule.words("where")), "")


def spans(wording: Wording, rule: Rule, sentence: str) -> list[Span]:
    """Give where something is found in a sentence that stands where the rule reads."""
    place = PLACES[place_of(rule)]
    start = place.index("{")
    hits = (hit.span for _, hit in wording.of_source(Source("case.md", place.format(sentence))))
    return [Span(span.start - start, span.end - start) for span in hits]


def names(rule: Rule, sentence: str, place: str) -> list[str]:
    """Give the rules that stop at a sentence in a place."""
    hits = every_rule().of_source(Source("case.md", PLACES[place].format(sentence)))
    return [f"{found.id}: {PLACES[place].format(sentence)[hit.span.start : hit.span.end]}" for found, hit in hits]


def cases(kind: str) -> list[object]:
    """Give the cases of all rules, each under its rule's name and line."""
    return [
        pytest.param(rule, case, id=f"{rule.id}:{case.line}")
        for rule in rules()
        for case in (rule.fires if kind == "fires" else rule.silent)
    ]


def by_rule() -> list[object]:
    """Give all rules, each under its name."""
    return [pytest.param(rule, id=rule.id) for rule in rules()]


@pytest.mark.parametrize(("rule", "case"), cases("fires"))
def test_exactly_the_marked_words_are_found(rule: Rule, case: Case) -> None:
    """The rule finds the marked words and no others."""
    assert spans(alone(rule.id), rule, case.text) == list(case.spans)


@pytest.mark.parametrize(("rule", "case"), cases("fires"))
def test_every_rule_is_pleased_by_the_rewrite(rule: Rule, case: Case) -> None:
    """Each case offers a rewrite, and no rule stops at it."""
    assert case.instead
    assert names(rule, case.instead, place_of(rule)) == []
    assert names(rule, case.instead, "action") == []


@pytest.mark.parametrize(("rule", "case"), cases("silent"))
def test_every_rule_is_silent_at_a_near_miss(rule: Rule, case: Case) -> None:
    """No rule stops at a near miss."""
    assert names(rule, case.text, "") == []
    assert names(rule, case.text, place_of(rule)) == []


@pytest.mark.parametrize("rule", by_rule())
def test_every_entry_of_match_is_shown(rule: Rule) -> None:
    """Each entry of `match` fires in some case."""
    idle = [
        entry for entry in rule.words("match")
        if not any(spans(alone(rule.id, entry), rule, case.text) for case in rule.fires)
    ]  # fmt: skip
    assert idle == []


@pytest.mark.parametrize("rule", by_rule())
def test_a_rule_is_complete(rule: Rule) -> None:
    """A rule says why, offers an instead, shows a near miss and names its sources."""
    assert "## Why" in rule.page
    assert "## Instead" in rule.page
    assert rule.instead
    assert rule.silent
    assert rule.since
    assert rule.sources
    assert all(SOURCE.fullmatch(source) for source in rule.sources)


@pytest.mark.parametrize("rule", by_rule())
def test_a_message_speaks_of_the_text(rule: Rule) -> None:
    """A message quotes what is there and never says “you”."""
    assert "{match}" in rule.message
    assert not re.search(r"\b(?:you|your|author)\b", f"{rule.message} {rule.instead}", re.IGNORECASE)
