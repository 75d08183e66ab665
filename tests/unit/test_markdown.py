"""Markdown is read by a CommonMark parser, and every node knows where it stands."""

import pytest

from failforward.text.markdown import Node, parse


def first(text: str, kind: str) -> Node:
    """Give the first node of a kind."""
    return next(parse(text).find(kind))


def test_a_node_spans_its_own_text() -> None:
    """A node's span cuts its Markdown out of the text, whatever characters stand before it."""
    text = "Né 🚀 **bold** and `code`"
    spans = {node.kind: text[node.span.start : node.span.end] for node in parse(text).walk()}
    assert spans["strong"] == "**bold**"
    assert spans["code"] == "`code`"


def test_a_base_shifts_every_span() -> None:
    """A body that begins after front matter keeps the positions of its file."""
    assert [node.span.start for node in parse("-" * 100 + "# A\n", 100).find("heading")] == [100]


@pytest.mark.parametrize(
    ("text", "kind", "detail"),
    [
        ("### Title", "heading", "3"),
        ("[words](there.md)", "link", "there.md"),
        ("![alt](there.png)", "image", "there.png"),
        ("<https://example.org/>", "link", "https://example.org/"),
        ("```python\nx\n```", "code-block", "python"),
        ("1. one", "list", "ordered"),
        ("- one", "list", ""),
    ],
)
def test_a_node_keeps_what_its_marks_say(text: str, kind: str, detail: str) -> None:
    """A heading keeps its level, a link its target, a code block its language, a list whether it is numbered."""
    assert first(text, kind).detail == detail


def test_tables_footnotes_tasks_and_strikethrough_are_read() -> None:
    """The extensions that people expect of Markdown on a forge are on."""
    text = "| a |\n|---|\n| b |\n\n~~gone~~ here[^1]\n\n- [x] done\n\n[^1]: note\n"
    kinds = {node.kind for node in parse(text).walk()}
    assert {"table", "table-head", "row", "cell", "strikethrough", "checkbox", "footnote", "footnote-mark"} <= kinds


def test_plain_text_is_what_a_reader_sees() -> None:
    """The plain words of a node have no marks; code and an image's words are kept."""
    assert first("A *very* `odd` ![chart](x.png)\nthing", "paragraph").plain == "A very odd chart thing"


def test_deep_nesting_is_harmless() -> None:
    """Ten thousand nested quotes, lists or brackets are read without exhausting the stack."""
    for text in (">" * 10_000 + "x", "[" * 10_000 + "x" + "]" * 10_000, "*a " * 10_000, "- " * 10_000):
        assert sum(1 for _ in parse(text).walk()) > 1


def test_half_a_character_is_harmless() -> None:
    """A lone surrogate, which no UTF-8 file holds and an editor may send, is read as a replacement character."""
    assert first("a\ud800b", "paragraph").plain == "a\ufffdb"
