"""Rewrites of stock phrases: only where the words found are the phrase, and the sentence around it stays one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from failforward.checks.wording import Wording
from failforward.errors import RuleFileError
from failforward.fixing import fixed
from failforward.model.rule import PAIR
from failforward.model.settings import Settings
from failforward.playbook import default_playbook
from failforward.text.source import Source

RULES = [rule for rule in default_playbook().rules if rule.kind == "wording"]
EVERY = Wording(RULES, Settings())
ROW = "## Timeline\n\n- 10:02 {}\n"


def rewritten(text: str, wording: Wording = EVERY) -> str:
    """Give a text with every rewrite applied that the rules offer."""
    hits = wording.of_source(Source("a.md", text))
    return fixed(text.encode(), [hit.fix for _, hit in hits if hit.fix]).decode()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Obviously, the cache is cold.", "The cache is cold."),
        ("Obviously the cache is cold.", "The cache is cold."),
        ("obviously, the cache is cold", "the cache is cold"),
        ("Of course, it is cold.", "It is cold."),
        ("Sadly, Redis is down.", "Redis is down."),
        ("The page is slow. Unfortunately, this hides the error.", "The page is slow. This hides the error."),
        ("The second try fails too, of course.", "The second try fails too."),
        ("The second try fails too, obviously!", "The second try fails too!"),
        ("The second try fails too, regrettably", "The second try fails too"),
    ],
)
def test_a_remark_at_the_edge_of_its_sentence_is_taken_out(before: str, after: str) -> None:
    """The comma goes with it, and the next word takes over the capital letter."""
    assert rewritten(ROW.format(before)) == ROW.format(after)


@pytest.mark.parametrize(
    "sentence",
    [
        "The cache is obviously cold.",
        "The cache, of course, is cold.",
        "If the cache is cold, of course, the job fails.",
        "The job fails, of course because of the cache.",
        "Obviously not.",
        "Of course not!",
        "Unfortunately, kubectl hangs.",
        "Unfortunately for the team, the cache is cold.",
        "OBVIOUSLY, the cache is cold.",
        "**Obviously**, the cache is cold.",
        "It is obviously, and plainly, cold.",
        "Of course",
    ],
)
def test_where_the_sentence_would_not_stay_one_nothing_is_offered(sentence: str) -> None:
    """In the middle, within marks, in capitals and before a word whose capital letter is not known: left alone."""
    assert rewritten(ROW.format(sentence)) == ROW.format(sentence)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("It took a day to even notice.", "It took a day to notice."),
        ("We naively assumed a single writer.", "We assumed a single writer."),
        ("In May we naively took the first estimate.", "In May we took the first estimate."),
        ("| who | We naively took the first estimate. |", "| who | We took the first estimate. |"),
    ],
)
def test_a_phrase_is_rewritten_wherever_it_stands(before: str, after: str) -> None:
    """A rewrite in other words, and an adverb before the word that it belongs to."""
    assert rewritten(before + "\n") == after + "\n"


@pytest.mark.parametrize(
    "sentence",
    [
        "We naively restarted the node.",
        "We quickly and naively assumed a single writer.",
        "We so naively assumed a single writer.",
        "It took a day to\neven notice.",
        "It took a day to *even* notice.",
        "The chat said “it took a day to even notice”.",
    ],
)
def test_other_words_around_a_phrase_leave_it_alone(sentence: str) -> None:
    """Another verb, a word that leans on it, a line end or marks within, and quotations: nothing is offered."""
    assert rewritten(sentence + "\n") == sentence + "\n"


def test_front_matter_is_rewritten_and_stays_readable() -> None:
    """A field's sentence is rewritten as one of the body is."""
    before = "---\nkind: incident\ntrigger: It took a day to even look.\n---\n"
    assert rewritten(before) == before.replace("to even look", "to look")


PARTS = st.sampled_from(
    ["Obviously", "of course", "to even notice", "naively", "assumed", "the cache", "We", "it", ", ", ". ", " ", "\n",
     "- ", "10:02 ", "**", "é", "not", "| ", ""]
)  # fmt: skip


@given(st.lists(PARTS, max_size=14).map("".join))
def test_a_rewrite_only_takes_out(text: str) -> None:
    """Whatever stands around a phrase, what is left is what was there, in its order."""
    before = ROW.format(text)
    after = rewritten(before)
    left = iter(before.lower())
    assert all(letter in left for letter in after.lower())
    assert rewritten(rewritten(after)) == rewritten(after)


@pytest.mark.parametrize("row", ["a [b]: c", "a (b: c", ": x", "^ a: b", "a b : c"])
def test_a_row_that_is_no_phrase_is_an_error(row: str) -> None:
    """The error names the row."""
    rule = RULES[0]._replace(parameters={**RULES[0].parameters, "fix": (row.replace(": ", PAIR, 1),)})
    with pytest.raises(RuleFileError, match="is no rewrite"):
        Wording([rule], Settings())
