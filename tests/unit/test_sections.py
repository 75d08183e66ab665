"""A document is cut at its headings; titles are compared by their words."""

import pytest

from failforward.text.markdown import parse
from failforward.text.sections import below, slug, split, title_key


def test_a_document_is_cut_at_its_headings() -> None:
    """A heading begins a section that ends at the next heading of any level; what precedes the first has no title."""
    text = "intro\n\n# One\n\na\n\n## Two\n\nb\n"
    sections = split(parse(text))
    assert [(section.title, section.level) for section in sections] == [("", 0), ("One", 1), ("Two", 2)]
    assert [text[section.span.start : section.span.end] for section in sections] == [
        "intro\n\n", "# One\n\na\n\n", "## Two\n\nb\n",
    ]  # fmt: skip


def test_a_heading_in_a_code_block_is_none() -> None:
    """A line that only looks like a heading cuts nothing."""
    assert [section.title for section in split(parse("# A\n\n```\n# no\n```\n\n> # quoted\n"))] == ["", "A"]


def test_deeper_sections_belong_to_the_one_above() -> None:
    """What stands below a section is itself and the deeper ones that follow it directly."""
    sections = split(parse("# A\n## B\n### C\n## D\n# E\n"))
    assert [section.title for section in below(sections, 2)] == ["B", "C"]
    assert [section.title for section in below(sections, 1)] == ["A", "B", "C", "D"]


@pytest.mark.parametrize(
    "title", ["What happened", "what  HAPPENED?", "🔥 What happened", "**What happened**:", "What_happened"]
)
def test_titles_are_compared_by_their_words(title: str) -> None:
    """Case, marks, emoji and punctuation make no other title."""
    assert title_key(title) == "what happened"


@pytest.mark.parametrize(
    ("title", "anchor"),
    [("What worked", "what-worked"), ("Café – déjà vu!", "cafe-deja-vu"), ("a  -  b", "a-b"), ("🔥", "")],
)
def test_an_anchor_is_what_site_generators_make(title: str, anchor: str) -> None:
    """The anchor of a heading holds ASCII letters, digits and hyphens."""
    assert slug(title) == anchor
