"""What a sentence denies is found by no rule, also where a “not” is a part of what the rule looks for."""

from __future__ import annotations

import re

import pytest

from failforward.checks.wording import Wording
from failforward.model.settings import Settings
from failforward.playbook import default_playbook
from failforward.text.source import Source

_MARKED = re.compile(r"==(.*?)==")
_NEGATED = re.compile(r"\b(not|never|nobody|no|failed)\b|n't")
# Behind one of these a sentence goes on with what is so.
_GOES_ON = re.compile(r"\bbut\b|\bbecause\b|;|\. ")
# A name, "I" or a number keeps its capital behind an opening.
_KEPT = re.compile(r"I\b|@|\d|[A-Z][a-z]+ (was|did|had|forgot|failed)")


@pytest.fixture(scope="module")
def wording() -> Wording:
    """Give all rules about wording."""
    return Wording([rule for rule in default_playbook().rules if rule.kind == "wording"], Settings())


def found(wording: Wording, text: str) -> list[str]:
    """Give the rules that find something in a sentence."""
    return [rule.id for rule, _ in wording.of_source(Source("a.md", f"{text}\n"))]


def negated() -> list[str]:
    """Give the cases of all rules whose marked words hold a negation, without marks and with a small first letter."""
    sentences = []
    for rule in default_playbook().rules:
        fires = rule.source.text.partition("\n## Fires\n")[2].partition("\n## Silent\n")[0]
        for case in re.findall(r"^- (.*)$", fires, re.MULTILINE) if rule.kind == "wording" else ():
            marked = _MARKED.search(case)
            if marked and _NEGATED.search(marked[1]) and not _GOES_ON.search(case):
                bare = case.replace("==", "")
                sentences.append(bare if _KEPT.match(bare) else bare[0].lower() + bare[1:])
    return sentences


@pytest.mark.parametrize(
    "opening",
    [
        "It is not true that", "It is not the case that", "It would be wrong to say that", "Nobody claims that",
        "There is no sign that", "It cannot be said that", "This does not mean that", "It was not because",
    ],
)  # fmt: skip
def test_a_denied_sentence_is_silent(wording: Wording, opening: str) -> None:
    """Each case with a negation in it is left alone behind words that deny it."""
    cases = [case for case in negated() if found(wording, case)]
    assert len(cases) > 150
    assert [case for case in cases if found(wording, f"{opening} {case}")] == []


@pytest.mark.parametrize(
    "text",
    [
        "It is not true that a test ran, but nobody checked the copy.",
        "It was not because of the disk; we did not check the host.",
        "It failed not because the disk was full but because the operator did not check the host.",
        "It is true that we did not check the host.",
        "The page does not say so, and we did not check the host.",
    ],
)
def test_what_is_not_denied_is_found(wording: Wording, text: str) -> None:
    """Where the sentence goes on with what is so, or denies something else, the words count."""
    assert found(wording, text)
