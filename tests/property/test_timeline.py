"""Whatever a text holds, its timeline can be read, and each row points into the text."""

from hypothesis import given, settings
from hypothesis import strategies as st

from failforward.importers import adopt
from failforward.importers.words import lost
from failforward.reviews.read import read_review
from failforward.reviews.rows import raw_rows
from failforward.reviews.times import leading_time, trailing_time
from failforward.text.markdown import parse
from failforward.text.sections import split
from failforward.text.source import Source, normalised

PIECES = st.sampled_from(
    [
        "- ", "* ", "1. ", "  - ", "    ", "| ", " |", "|---|---|", "### ", "## Timeline", "# T", "> ", "```",
        "~~~", "\n", "\n\n", "14:05", "14.05", "2026-10-02", "2026-10-02T14:05Z", "2:05 pm", "October 2",
        "2 Oct 2026", "24:00", "2026-02-30", "1405", "UTC", "CEST", "+02:00", "~", "ca. ", " - ", "\u2013", ": ",
        "**", "_", "`", "[", "](x)", "{{ ", " }}", "to", "Time", "Event", "Resolved ", "*(lead; knew: it)*",
        "Decision: ", "\u2028", "é", "\U0001f642", "\x00", "---\n", "+++\n", "title: x\n", "<!-- ", " -->",
        "## Action items", "- [x] ", "**Date:** ", "**Summary:** ", "@ann", "https://example.org/1", "[^1]",
        "[^1]: ", "Key: value",
    ]
)  # fmt: skip
MARKDOWN = st.one_of(st.text(max_size=120), st.lists(PIECES, max_size=40).map("".join)).map(normalised)


@given(MARKDOWN)
@settings(max_examples=400, deadline=None)
def test_rows_lie_inside_the_text_and_in_its_order(text: str) -> None:
    """Row after row, the spans lie inside the source, hold the row's own words, and never run back."""
    source = Source("x.md", text)
    rows = list(raw_rows(source, split(parse(text))))
    for row in rows:
        assert 0 <= row.span.start <= row.span.end <= len(text)
        assert 0 <= row.text_span.start <= row.text_span.end <= len(text)
        assert row.shape in ("table", "headings") or source.slice(row.text_span) == row.text
    assert [row.span.start for row in rows] == sorted(row.span.start for row in rows)


@given(MARKDOWN)
@settings(max_examples=300, deadline=None)
def test_times_stay_within_the_text(text: str) -> None:
    """A time that is read is not longer than the text it is read from."""
    written = leading_time(text)
    assert written is None or 0 < written.length <= len(text)
    ending = trailing_time(text)
    assert ending is None or ending[0] + ending[1].length <= len(text)


@given(MARKDOWN)
@settings(max_examples=400, deadline=None)
def test_adopting_loses_no_word_and_reads_back(text: str) -> None:
    """Any text becomes a draft that holds all its words and whose front matter has no problem."""
    adoption = adopt(Source("some notes.md", text), causes=())
    assert not lost(text, adoption.text)
    review = read_review(Source(adoption.name, adoption.text))
    assert review.problems == ()
    assert (review.status, bool(review.title)) == ("draft", True)
