"""The language of `match`, and what an unusable wording rule says."""

from __future__ import annotations

import pytest

from failforward.checks import CHECKS
from failforward.checks.wording import Wording
from failforward.errors import RuleFileError
from failforward.model.rule import Rule
from failforward.model.settings import Settings
from failforward.rules.read import read_rule
from failforward.text.source import Source

RULE = """---
kind: wording
severity: advice
message: "{{match}}"
{}
---
"""


def rule(fields: str) -> Rule:
    """Give a rule with these fields."""
    return read_rule(Source("rules/own.md", RULE.format(fields)), CHECKS)


def found(fields: str, text: str) -> list[str]:
    """Give the words that such a rule finds in a text."""
    return [
        text[hit.span.start : hit.span.end]
        for _, hit in Wording([rule(fields)], Settings()).of_source(Source("a.md", text))
    ]


@pytest.mark.parametrize(
    ("match", "text", "words"),
    [
        ("hero", "The Hero of the hour", ["Hero"]),
        ("hero|heroine", "A heroine", ["heroine"]),
        ("hero*", "Most heroically done", ["heroically"]),
        ("so *ed", "It was so padded", ["so padded"]),
        ("saved the day", "It saved the day.", ["saved the day"]),
        ("saved the? day", "It saved day", ["saved day"]),
        ("saved .. day", "It saved us a whole day", ["saved us a whole day"]),
        ("saved ..1 day", "It saved us a whole day", []),
        ("saved .. day", "It saved us, a day", []),
        ("saved !money", "It saved money", []),
        ("saved !money", "It saved time", ["saved"]),
        ("(was) heroic", "It was heroic", ["heroic"]),
        ("(was) heroic", "It is heroic", []),
        ("heroic (!rollback)", "The heroic rollback", []),
        ("heroic (effort)?", "The heroic effort", ["heroic"]),
        ("^ always check", "Always check. We always check.", ["Always check"]),
        ("check it ($)", "Check it. Check it twice.", ["Check it"]),
        ("who ran ..2 (?)", "Who ran the job?", ["Who ran the job"]),
        ("thanks ..1 us|{individual}", "Thanks to us! Thanks to the cache!", ["Thanks to us"]),
        ("thanks ..2 us|{individual}", "Thanks to the engineer! Thanks!", ["Thanks to the engineer"]),
        (
            "thanks ..2 {individual}",
            "Thanks to the engineer! Thanks to the engineer portal!",
            ["Thanks to the engineer"],
        ),
        ("<accident> odd", "Mistakenly odd", ["Mistakenly odd"]),
        ("can not wait", "I can't wait. I cannot wait.", ["can't wait", "cannot wait"]),
        ("nobody cared", "No one cared, no-one cared, nobody cared.", ["No one cared", "no-one cared", "nobody cared"]),
    ],
)
def test_an_entry_of_match(match: str, text: str, words: list[str]) -> None:
    """Words, choices, gaps and marks mean what the page on rules says."""
    fields = f"match: ['{match}']\ndespite: [negation, question, guard, possibility, reason, denial]"
    assert found(fields, text) == words


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        ("match: ['a (b']", "a bracket is not closed"),
        ("match: ['a b)']", "the brackets do not pair"),
        ("match: ['.. *ed']", "no word to look for"),
        ("match: ['(alpha)']", "nothing would be reported"),
        ("match: ['a ..x b']", "is no gap"),
        ("match: ['<nothing-such> b']", "no lexicon file nothing-such.txt"),
        ("match: ['{nobody-such} b']", "is unknown"),
        ("match: [alpha]\nsubject: persons", "is no subject"),
        ("match: [alpha]\nwhere: nowhere", "is unknown"),
        ("match: [alpha]\ndespite: fate", "is unknown"),
        ("match: [alpha]\nwith: ['<nothing-such>']", "nothing-such.txt"),
        ("match: [alpha]\nexcept: ['..']", "no word to look for"),
    ],
)
def test_an_unusable_rule_names_its_line(fields: str, complaint: str) -> None:
    """A rule that cannot be used is an error with the file's own line."""
    with pytest.raises(RuleFileError, match=r"rules/own\.md:\d+: ") as error:
        Wording([rule(fields)], Settings())
    assert complaint in str(error.value)
    key = fields.rsplit("\n", 1)[-1].split(":", maxsplit=1)[0]
    assert error.value.line == rule(fields).source.text[: rule(fields).source.text.index(f"\n{key}:")].count("\n") + 2


def test_the_fields_beside_match_narrow_it() -> None:
    """Subject, exceptions and words of the sentence decide together."""
    subject = "match: [broke]\nsubject: person"
    assert found(subject, "The engineer broke it. The deploy broke it.") == ["broke"]
    assert found("match: [hero]\nexcept: ['hero image']", "The hero image of a hero") == ["hero"]
    assert found("match: [hero]\nwith: [night]", "A hero. A hero at night.") == ["hero"]
    assert found("match: [hero]\nwithout: [image]", "A hero of an image. A hero.") == ["hero"]
    assert found("match: [hero]\nwhere: heading", "# A hero\n\nA hero.\n") == ["hero"]


def test_a_find_inside_a_graver_one_is_not_told_twice() -> None:
    """Of two rules that stop at the same words the graver speaks."""
    mild, grave = rule("match: ['mistake']"), rule("match: ['a mistake']")
    text = "It was a mistake."
    hits = list(Wording([mild, grave], Settings()).of_source(Source("a.md", text)))
    assert [text[hit.span.start : hit.span.end] for _, hit in hits] == ["a mistake"]


def test_a_bar_before_the_first_word_looks_back() -> None:
    """`!was released` is silent where *was* stands before it."""
    assert found("match: ['!was released']", "It was released. We released it.") == ["released"]


def test_a_guard_speaks_for_its_own_clause() -> None:
    """What somebody did is told, not guarded against, after “that” and who did it."""
    rule_of_one = "match: ['made|making a mistake']"
    assert found(rule_of_one, "It kept us from seeing that we made a mistake.") == ["made a mistake"]
    assert found(rule_of_one, "The check keeps anyone from making a mistake.") == []


def test_a_time_is_no_reason() -> None:
    """“Since last summer” explains nothing, “since no alert was set” does, at the beginning of a sentence as well."""
    text = "Since last summer, we forgot it. Since no alert was set, we forgot it."
    assert found("match: [forgot]", text) == ["forgot"]


@pytest.mark.parametrize("text", ["As", "Since", "Because", "As none", "Since it", "Due", "If", "That"])
def test_a_sentence_of_hardly_a_word_is_read(text: str) -> None:
    """Whatever a rule of a team's own looks for, a sentence may end right behind it."""
    *_, last = text.split()
    assert found(f"match: ['{last.lower()}']", text) == [last]
