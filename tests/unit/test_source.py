"""Positions: every finding points at exactly the characters it speaks of."""

import pytest

from failforward.text.source import ByteOffsets, Position, Source, Span, normalised


def test_lines_and_columns_count_from_one() -> None:
    """The first character stands in line 1, column 1."""
    assert Source("a.md", "x").position(0) == Position(1, 1)


def test_columns_count_characters() -> None:
    """A column counts Unicode characters, so an emoji outside the basic plane is one."""
    assert Source("a.md", "a\n🚀 né x").position(7) == Position(2, 6)


def test_a_position_past_the_end_is_the_end() -> None:
    """An offset past the end, or before the start, gives the nearest position there is."""
    source = Source("a.md", "ab\nc")
    assert source.position(99) == Position(2, 2)
    assert source.position(-5) == Position(1, 1)


@pytest.mark.parametrize("separator", ["\u2028", "\u2029", "\x0b", "\x0c", "\x1c", "\x85"])
def test_only_a_line_feed_ends_a_line(separator: str) -> None:
    """Characters that Python splits lines at, and no editor does, do not move the line number."""
    source = Source("a.md", f"a{separator}b\nc")
    assert source.position(4) == Position(2, 1)
    assert source.line(1) == f"a{separator}b"


def test_a_line_is_given_without_its_end() -> None:
    """A line comes without its line feed, and nothing comes for a line that is not there."""
    source = Source("a.md", "one\n\nthree")
    assert [source.line(number) for number in (0, 1, 2, 3, 4)] == ["", "one", "", "three", ""]
    assert source.line_start(3) == 5


def test_a_span_is_half_open() -> None:
    """A span gives the characters from its start up to, and without, its end."""
    assert Source("a.md", "hello").slice(Span(1, 3)) == "el"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("\ufeffa", "a"),
        ("a\r\nb\r\n", "a\nb\n"),
        ("a\rb", "a\nb"),
        ("a\r\r\nb", "a\n\nb"),
        ("a\ufeffb", "a\ufeffb"),
        ("a\ud800b", "a\ufffdb"),
    ],
)
def test_files_are_read_alike_on_every_system(written: str, read: str) -> None:
    """CRLF and CR are line ends, a leading byte-order mark is no text, and one further in is kept."""
    assert normalised(written) == read


def test_byte_offsets_become_character_offsets() -> None:
    """The Markdown parser counts bytes; what it says is turned into characters."""
    text = "aé🚀b"
    offsets = ByteOffsets(text)
    starts = [len(text[:index].encode()) for index in range(len(text) + 1)]
    assert [offsets.character(byte) for byte in starts] == [0, 1, 2, 3, 4]


def test_bytes_may_count_from_further_on() -> None:
    """Where the parser is given the rest of a text alone, its bytes count from there."""
    offsets = ByteOffsets("éé🚀bé", 1)
    assert [offsets.character(byte) for byte in (0, 2, 6, 7, 9)] == [1, 2, 3, 4, 5]
    assert ByteOffsets("éab", 1).character(1) == 2
