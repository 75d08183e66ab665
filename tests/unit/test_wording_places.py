"""Wording is read where an author wrote sentences, and found at its exact place."""

from __future__ import annotations

import pytest

from failforward.checks.wording import Wording
from failforward.model.settings import Settings
from failforward.playbook import default_playbook, read_text
from failforward.text import prose
from failforward.text.source import Source, normalised

RULES = tuple(rule for rule in default_playbook().rules if rule.kind == "wording")
READY = Wording(RULES, Settings())


def found(text: str, wording: Wording = READY) -> list[str]:
    """Give the words found in a text, as they stand in it."""
    return [text[hit.span.start : hit.span.end] for _, hit in wording.of_source(Source("notes.md", text))]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The on-call should have looked.", "should have"),
        ("The on-call *should* have looked.", "should* have"),
        ("The on-call **should have** looked.", "should have"),
        ("The on-call _should_ have looked.", "should_ have"),
        ("The on-call [should have](https://example.org/a) looked.", "should have"),
        ("The on-call should\nhave looked.", "should\nhave"),
        ("> [!NOTE]\n> The on-call should have looked.", "should have"),
        ("- A\n  - The on-call should have looked.", "should have"),
        ("1. The on-call\n   should have looked.", "should have"),
        ("| time | what |\n|--|--|\n| 10:00 | The on-call should have looked. |", "should have"),
        ("🎉🎉 é é The on-call should have looked. 🎉", "should have"),
        ("Ça — “x” — the on-call should have looked.", "should have"),
        ("The on-call should&nbsp;have looked.", "should&nbsp;have"),
        ("The on-call sh**ould** have looked.", "sh**ould** have"),
        ("The on-call was care*less*.", "care*less"),
        ("The on-call was care&#108;ess.", "care&#108;ess"),
        ("# The on-call should have looked", "should have"),
        ("Text[^1].\n\n[^1]: The on-call should have looked.", "should have"),
        ("A<br>The on-call should have looked.", "should have"),
        ("<details>\n<summary>More</summary>\n\nThe on-call should have looked.\n\n</details>", "should have"),
        ("<p>The on-call should have looked.</p>", "should have"),
        ("<p>The on-call <b>should</b> have\nlooked.</p>", "should</b> have"),
        ("<div>\n<p>Ça é\n  The on-call should\n  have looked.</p></div>", "should\n  have"),
        ("<p>The on-call should&nbsp;have looked.</p>", "should&nbsp;have"),
        ("<ul><li>A</li>\n<li>The on-call should have looked.</li></ul>", "should have"),
        ("- A\n  <table>\n  <tr><td>é</td><td>The on-call\n  should have looked.</td></tr>", "should have"),
        ("<h2>The on-call should have looked</h2>", "should have"),
        ("<p>A<br>The on-call should<!-- x --> have looked.</p>", "should<!-- x --> have"),
        ("<script>a</script><p>The on-call should have looked.</p>", "should have"),
        ("!!! note\n\n    The on-call should have looked.\n", "should have"),
        ('!!! note "The on-call should have looked"\n\n    Text.\n', "should have"),
        ("??? warning\n    The on-call should have looked.\n", "should have"),
        ("???+ warning\n\n    - The on-call should have looked.\n", "should have"),
        ('=== "One"\n\n    The on-call should have looked.\n', "should have"),
        ("The on-call shouldn’t have looked.", "shouldn’t have"),
        ("The on-call should've looked.", "should've"),
        ("![A](a.png) `x` tells it: the on-call should have looked.", "should have"),
        ("`Strong` and `Text` tell it: the on-call should have looked.", "should have"),
        ("<https://example.org/a> tells it: the on-call should have looked.", "should have"),
        ("No one checked the copy.", "No one checked"),
        ("No\none checked the copy.", "No\none checked"),
    ],
)
def test_the_place_is_exact(text: str, words: str) -> None:
    """A find covers the words themselves, whatever marks stand in and around them."""
    assert found(text) == [words]


@pytest.mark.parametrize(
    "text",
    [
        "`The on-call should have looked.`",
        "```\nThe on-call should have looked.\n```",
        "    The on-call should have looked.",
        "<!-- The on-call should have looked. -->",
        '<p title="The on-call should have looked.">',
        "<p>`The on-call should have looked.`</p>",
        "<p><code>The on-call should have looked.</code></p>",
        "<pre>\nThe on-call should have looked.\n\nThe on-call should have looked.</pre>",
        "<script>\nThe on-call should have looked.\n</script>",
        "<style>\nthe on-call should have looked\n</style>",
        "<!--\nThe on-call should have looked.\n\nThe on-call should have looked.",
        "<p><!-- The on-call should have looked. --></p>",
        "<blockquote><p>The on-call should have looked.</p></blockquote>",
        "<p><q>The on-call should have looked.</q></p>",
        "![The on-call should have looked](a.png)",
        "$the on-call should have looked$",
        "https://example.org/our/fault-the-on-call-should-have-looked",
        "[text](https://example.org/?q=our+fault)",
        "> The on-call should have looked.",
        'The customer said "the on-call should have looked".',
        "The customer said “the on-call should have looked”.",
        "The customer said 'the on-call should have looked'.",
        "The customer said «the on-call should have looked».",
        'The customer said "**the on-call** should have looked" at the 24" model.',
        '<p>The customer said "<b>the on-call</b> should have looked"</p>',
        'The customer said "at 10:24" and then "the on-call should have looked at 10:25".',
        "{{ our.fault }} and {% our fault %}",
        "our.fault@example.org",
        "\\```\n\n    It was our fault.",
    ],
)
def test_what_is_no_prose_is_left_alone(text: str) -> None:
    """Code, comments, attributes, mathematics, addresses and quotations are silent."""
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        'The 19" rack: the on-call should have checked the 24" model.',
        'The 19" rack: the on-call should have checked the "tall" model.',
        'The 19 " rack: the on-call should have checked the 24 " model.',
        '<p>The 19" rack: the on-call should have checked the 24" model.</p>',
        'The "24" rack" was full; the on-call should have checked the "tall" one.',
    ],
)
def test_inch_marks_open_no_quotation(text: str) -> None:
    """What stands between two measures is the writer's own, and is read."""
    assert found(text) == ["should have"]


def test_html_ends_sentences_where_a_reader_sees_them_end() -> None:
    """Items and cells of HTML are read apart; a heading of HTML stands over what follows, Markdown or not."""
    assert found("<li>The on-call should</li><li>have looked.</li>") == []
    assert [block.heading for block in prose.read("# A\n\n<h2>B <i>c</i></h2><p>d</p>\n\ne")][-2:] == ["B c", "B c"]


def test_a_code_span_is_a_thing() -> None:
    """What stands in code acts as a thing: it is no person that should have done something."""
    assert found("`cleanup.sh` should have skipped it.") == []
    assert found("<p><code>cleanup.sh</code> should have skipped it.</p>") == []
    assert found("The on-call, not `cleanup.sh`, should have skipped it.") == ["should have"]


def test_quotations_are_read_where_the_settings_say_so() -> None:
    """`quotations: read` reads block quotes and words in quotation marks like other prose."""
    ready = Wording(RULES, Settings(quotations="read"))
    assert found("> It was our fault.", ready) == ["our fault"]
    assert found('She said "it was our fault".', ready) == ["our fault"]
    assert found("<blockquote>It was our fault.</blockquote>", ready) == ["our fault"]
    assert found("`It was our fault.`", ready) == []


def test_line_ends_and_byte_order_marks_do_not_shift_places() -> None:
    """A file from Windows gives the same places as any other."""
    text = normalised("\ufeff# A\r\n\r\nThe on-call\r\nshould have looked.\r\n")
    (_, hit), *rest = READY.of_source(Source("a.md", text))
    source = Source("a.md", text)
    assert rest == []
    assert source.slice(hit.span) == "should have"
    assert (source.position(hit.span.start).line, source.position(hit.span.start).column) == (4, 1)


REVIEW = """---
title: The on-call should have looked
kind: incident
status: reviewed
services: [our-fault]
trigger: "Karin broke the build."
causes:
  - cause: missing-alert
    how: >-
      We forgot the alert, and
      it was our fault.
experiments:
  - id: our-fault
    outcome: 'Be more careful'
    tasks: [Remind everyone, Add an alert]
accepted:
  - cause: missing-alert
    because: It was human error.
---

## In short
Nothing.
"""
VALUES = ["should have", "broke", "forgot", "our fault", "Be more careful", "Remind everyone", "human error"]


def test_the_values_of_the_front_matter_are_read() -> None:
    """Titles, triggers, outcomes, tasks and reasons are sentences too; ids and names are none."""
    assert found(REVIEW) == VALUES
    review = read_text(REVIEW.encode(), "reviews/2026-10-02-a.md")
    assert [REVIEW[hit.span.start : hit.span.end] for _, hit in READY.of_review(review)] == VALUES


def test_front_matter_of_other_pages_is_left_alone() -> None:
    """A page that is no review has its own fields."""
    assert found("---\ntitle: It was our fault\nlayout: post\n---\n\nIt was our fault.\n") == ["our fault"]


def test_a_review_and_the_same_text_alone_give_the_same() -> None:
    """Reading a file as a review or as any Markdown finds the same places."""
    for review in (REVIEW, REVIEW.replace("Nothing.", "We let our users down.\n\n- My bad.")):
        whole = [hit.span for _, hit in READY.of_review(read_text(review.encode(), "reviews/a.md"))]
        assert whole == [hit.span for _, hit in READY.of_source(Source("a.md", review))]
