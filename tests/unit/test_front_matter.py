"""Front matter is read by YAML's safe loader, within bounds, and every value knows where it stands."""

import sys

import pytest

from failforward import front_matter
from failforward.front_matter import MAX_CHARACTERS, Mapping, Scalar, dump_scalar, read, read_yaml
from failforward.model.finding import Problem
from failforward.text.source import Source


def problem_of(text: str) -> tuple[Problem, tuple[int, int]]:
    """Give the one problem of a text, and its line and column."""
    source = Source("a.md", text)
    (problem,) = read(source).problems
    at = source.position(problem.span.start)
    return problem, (at.line, at.column)


def scalar(text: str, *keys: str) -> Scalar:
    """Give a value of a YAML text."""
    values, problems = read_yaml(text)
    assert values is not None
    assert problems == []
    value = values.get(keys[0])
    assert isinstance(value, Scalar)
    return value


def test_values_keep_the_text_that_was_written() -> None:
    """No value is turned into a date, a number or a truth: `off`, `010` and `2026-10-02T14:05Z` stay what they are."""
    text = "a: off\nb: 010\nc: 2026-10-02T14:05Z\nd: 1e3\n"
    values, _ = read_yaml(text)
    assert values is not None
    assert [value.text for _, value in values.entries if isinstance(value, Scalar)] == [
        "off",
        "010",
        "2026-10-02T14:05Z",
        "1e3",
    ]


def test_values_know_where_they_stand() -> None:
    """A value's span cuts it out of the file, quotes included, whatever characters stand before it."""
    source = Source("a.md", '---\ntïtle: 🚀 "x\nb: "é"\n---\nbody')
    front = read(source)
    assert front.values is not None
    assert [source.slice(value.span) for _, value in front.values.entries] == ['🚀 "x', '"é"']
    assert source.text[front.body_start :] == "body"


@pytest.mark.parametrize("written", ["a:", "a: ~", "a: null", "a:   # only a comment"])
def test_nothing_written_is_nothing(written: str) -> None:
    """An empty value, a tilde and a bare null are nothing at all."""
    assert scalar(written, "a").null


def test_a_quoted_nothing_is_a_text() -> None:
    """What stands between quotes was written on purpose."""
    assert not scalar('a: "null"', "a").null


def test_of_two_equal_keys_the_first_counts() -> None:
    """A key that stands twice is pointed out where it stands the second time."""
    source = Source("a.md", "---\ntitle: one\nkind: project\ntitle: two\n---\n")
    front = read(source)
    assert front.values is not None
    assert isinstance(value := front.values.get("title"), Scalar)
    assert value.text == "one"
    (problem,) = front.problems
    assert (problem.kind, source.position(problem.span.start).line) == ("duplicate-field", 4)


@pytest.mark.parametrize(
    ("text", "kind", "place", "words"),
    [
        ("", "missing-front-matter", (1, 1), "empty"),
        ("\n \n", "missing-front-matter", (1, 1), "empty"),
        ("# Title\n", "missing-front-matter", (1, 1), "no front matter"),
        ("\n---\ntitle: a\n---\n", "missing-front-matter", (1, 1), "exactly ---"),
        ("----\ntitle: a\n----\n", "missing-front-matter", (1, 1), "exactly ---"),
        ("---\ntitle: a\n\n# Body\n", "broken-front-matter", (1, 1), "never closed"),
        ("---\ntitle: a: b\n---\n", "broken-front-matter", (2, 9), "mapping values"),
        ("---\ntitle: [a\n---\n", "broken-front-matter", (3, 1), "cannot be read"),
        ("---\ntitle: @a\n---\n", "broken-front-matter", (2, 8), "cannot be read"),
        ("---\ntitle: a\nb: *c\n---\n", "broken-front-matter", (3, 4), "cannot be read"),
        ("---\n- a\n---\n", "broken-front-matter", (2, 1), "no list of fields"),
        ("---\njust words\n---\n", "broken-front-matter", (2, 1), "no list of fields"),
        ("---\ncauses:\n\t- a\n---\n", "tab-in-yaml", (3, 1), "tab"),
        ("---\né: b\x00c\n---\n", "broken-front-matter", (2, 5), "U+0000"),
        ("---\ntitle: a\x0bb\n---\n", "broken-front-matter", (2, 9), "U+000B"),
        ("---\ntitle: a\ud800b\n---\n", "broken-front-matter", (2, 9), "U+D800"),
        ("---\n\ufefftitle: a\n---\n", "broken-front-matter", (2, 1), "U+FEFF"),
        ("---\n? [a]\n: b\n---\n", "unknown-field", (2, 3), "list or mapping"),
    ],
)
def test_what_cannot_be_read_is_a_problem_with_its_place(
    text: str, kind: str, place: tuple[int, int], words: str
) -> None:
    """Broken front matter gives one problem: what it is, its line and column, and what to write instead."""
    problem, found = problem_of(text)
    assert (problem.kind, found) == (kind, place)
    assert words in problem.what
    assert problem.instead.endswith(".")


@pytest.mark.parametrize("text", ["kind: [incident\nstatus: x", "mood: {before: 2\nstatus: x", "tags: [a, b"])
def test_a_bracket_that_is_open_is_to_be_closed(text: str) -> None:
    """Quotes would not help: what is to be done is said of the bracket."""
    (problem,) = read(Source("a.md", f"---\n{text}\n---\n")).problems
    assert problem.instead.startswith("A bracket is open before this: close it")


@pytest.mark.parametrize(
    "values",
    [
        "a: " + "[" * 10_000,
        "a: " + "{b: " * 10_000,
        "a: " + "[" * 30 + "]" * 30,
        "- " * 500 + "a",
        "a: &a [*a]",
        "a: &a [x,x,x,x,x,x,x,x]\n"
        + "".join(f"k{n}: &k{n} [{', '.join(['*' + (f'k{n - 1}' if n else 'a')] * 8)}]\n" for n in range(9)),
        "a: |\n" + "  x\n" * (MAX_CHARACTERS // 4),
    ],
    ids=["brackets", "braces", "deep", "dashes", "alias-of-itself", "alias-bomb", "large"],
)
def test_front_matter_is_bounded(values: str) -> None:
    """Nesting, aliases and size have bounds; past them there is a problem and no memory is spent."""
    problem, (line, _) = problem_of(f"---\n{values}\n---\n")
    assert problem.kind == "broken-front-matter"
    assert line >= 1


def test_the_body_is_read_even_if_the_front_matter_is_broken() -> None:
    """Broken front matter does not hide what the body has to say."""
    source = Source("a.md", "---\na: b: c\n---\n# Body\n")
    assert source.text[read(source).body_start :] == "# Body\n"


def test_an_empty_front_matter_is_one_without_fields() -> None:
    """Two lines of --- with nothing between are front matter in which every field is missing."""
    front = read(Source("a.md", "---\n---\n"))
    assert isinstance(front.values, Mapping)
    assert front.values.entries == ()
    assert front.problems == ()


@pytest.mark.parametrize(
    "text", ["plain words", "yes", "a: b", "- a", "#x", '"', "\\", "é 🚀", " a ", "", "null", "a\nb", "2026"]
)
def test_what_is_written_is_read_back(text: str) -> None:
    """A text that is put into front matter comes out as it was."""
    assert scalar(f"a: {dump_scalar(text)}\n", "a").text == text


def test_no_character_that_can_be_printed_is_forbidden() -> None:
    """Only a text that holds something else is searched for what YAML does not allow."""
    printed = "".join(chr(code) for code in range(sys.maxunicode + 1) if chr(code).isprintable())
    assert front_matter._FORBIDDEN.search(printed) is None
