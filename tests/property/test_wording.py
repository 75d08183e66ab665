"""What holds for the wording check on any text: nothing lost, nothing shifted, nothing slow."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from failforward.checks import CHECKS
from failforward.checks.allow import read_allowances
from failforward.checks.wording import Wording
from failforward.model.settings import Settings
from failforward.playbook import default_playbook
from failforward.rules.read import read_rule
from failforward.text import prose
from failforward.text.source import Source

READY = Wording([rule for rule in default_playbook().rules if rule.kind == "wording"], Settings())
WORDS = """The on-call |should |have |looked|We |forgot |it |No one |noticed|accident|ally |deleted|was |our |fault
careless|didn't |shouldn’t |could |human |error|who |because |so |if |we |had |made |a |mistake |double-|check |re-|3
x/y |more |not |https://a.b/c |10:00 |be more careful """
MARKS = (
    """*|**|_|`|~~|\\|&nbsp;|&amp;|&#115;|<b>|</b>|<!-- x -->|[|](u)|- |> |# |    |"|“|”|'|$|é|🎉|e\u0301"""
    + "|. |, |; |: |\u212a|İ|…|?"
)
HTML = ["<p>", "</p>", "<li>", "<td>", "<tr>", "<h2>", "<code>", "</code>", "<script>", "</script>", "<!--", "-->"]
BREAKS = ["\n", "\n\n", "| ", "|--|\n", "```\n", "!!! note\n\n"]
PIECES = st.sampled_from([*WORDS.replace("\n", "|").split("|"), *MARKS.split("|"), *HTML, *BREAKS])
TEXTS = st.lists(PIECES, max_size=40).map("".join)
MANY = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@MANY
@given(TEXTS)
def test_the_quick_look_loses_nothing(text: str) -> None:
    """Looking only for the patterns that the quick look names finds what looking for all of them finds."""
    engine = READY.engine
    engine.begin(text)
    for block in prose.read(text):
        assert list(engine.matches(block)) == list(engine.matches(block, quick=False))


@MANY
@given(TEXTS)
def test_places_lie_on_the_words(text: str) -> None:
    """What is found begins and ends with a letter of the text."""
    for _, hit in READY.of_source(Source("a.md", text)):
        words = text[hit.span.start : hit.span.end]
        assert words[:1].isalpha() or words[:1] in "@&'’"
        assert words[-1:].isalnum() or words[-1:] in ";'’"


@MANY
@given(st.text(max_size=300))
def test_no_text_makes_it_fail(text: str) -> None:
    """Any text can be read."""
    list(READY.of_source(Source("a.md", text)))


@MANY
@given(st.text(max_size=200))
def test_blocks_keep_their_places(text: str) -> None:
    """Every character of a block that is a letter of the text stands where its place says."""
    source = text.replace("\r", "").replace("\x00", "")
    for block in prose.read(source):
        for index, letter in enumerate(block.text):
            span = block.span(index, index + 1)
            piece = source[span.start : span.end]
            if letter.isalpha() and len(piece) == 1:
                assert piece == letter


# Words that silencers and the search for who acts look around, so that one of them may stand at either end.
TURNS = """as since because due owing given with without if when in case that which who not never only against from to
of risk harder lets longer rather than instead wrong doubt the a we i he they team engineer forgot deleted was had have
by and but or none neither it this lack will may accidentally quickly testing one""".split()
OWN_RULE = """---
kind: wording
severity: warning
message: m
instead: i
match: [{}]
since: "0.1"
---

## Why

Because.

## Fires

- ==We forgot== it.
  instead: It was not there.

## Silent

- Nothing.
"""
OWN = Wording(
    [read_rule(Source("rules/own.md", OWN_RULE.format(", ".join(f'"{word}"' for word in TURNS))), CHECKS)], Settings()
)
OTHERS = [",", ".", ":", "?", "(", ")", "@bob", "Bob", "Dr.", "J.", "n't"]
SENTENCES = st.lists(st.sampled_from([*TURNS, *OTHERS]), max_size=7)


@MANY
@given(SENTENCES)
def test_a_rule_of_any_words_reads_any_sentence(words: list[str]) -> None:
    """Whatever words a team's own rule looks for, and wherever they stand, nothing beside them is taken for granted."""
    for text in (" ".join(words), " ".join(words).capitalize()):
        list(OWN.of_source(Source("a.md", text)))


HOSTILE = [
    "should have " * 1000, "the on-call " * 1000, "who ran " * 1000 + "?", "not " * 2000, "because " * 1000,
    '"' * 5000,
    "'a " * 2500, "(" * 4000, "a" * 20_000, "[" * 3000, "*should*" * 1000, "https://" * 1000, "no one " * 1000,
    "'" * 5000,
    "<!-- allow " * 500, "@" * 5000, "we did not, " * 1000, "- " * 500 + "x", "| a " * 2000, "10:00 a notices " * 500,
    "if we had " * 1000, "{" * 5000, "made a mistake by mistake " * 400, "x-" * 4000, "should, " * 2000,
    "<p>should have " * 1000, "<p" * 3000, "<p>" + "<!-- " * 3000, "<div><code>" * 1500, "<li>a" * 3000 + "\n" * 9,
    "<p>" + "é\n" * 3000, "<table>" + "<a '" * 2000, "<script>" * 2000,
    "been overlooked carelessly " * 500, "more testing would have " * 400,
]  # fmt: skip


@pytest.mark.parametrize("piece", ["<!-- allow a: ", "<!-- allow ", "<!-- allow a: - ", "# allow a, ", "-->"])
def test_comments_that_are_never_closed_cost_their_length(piece: str) -> None:
    """Eight times as many take about eight times as long."""

    def seconds(times: int) -> float:
        source = Source("a.md", piece * times)
        start = time.process_time()
        list(read_allowances(source, 0))
        return time.process_time() - start

    small, large = min(seconds(500) for _ in range(3)), min(seconds(4000) for _ in range(3))
    assert large < 30 * max(small, 0.002), (small, large)


@pytest.mark.parametrize("piece", HOSTILE, ids=lambda piece: piece[:14])
def test_time_grows_with_the_text_and_no_faster(piece: str) -> None:
    """Eight times the text takes about eight times as long, whatever it holds."""

    def seconds(text: str) -> float:
        best = float("inf")
        for _ in range(3):
            start = time.process_time()
            list(READY.of_source(Source("a.md", text)))
            best = min(best, time.process_time() - start)
        return best

    small, large = seconds(piece), seconds(piece * 8)
    assert large < 30 * max(small, 0.002), (small, large)
