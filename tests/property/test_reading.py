"""No text, whatever it holds, makes reading crash; what is read points into the text."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from failforward import front_matter
from failforward.checks import CHECKS
from failforward.errors import FailforwardError, RuleFileError, SettingError
from failforward.front_matter import Mapping, Scalar, Sequence, Value, dump_scalar, read_yaml
from failforward.lint import lint
from failforward.model.fields import REVIEW
from failforward.model.review import Review
from failforward.playbook import default_playbook, read_text
from failforward.reviews.read import read_review
from failforward.rules.read import read_rule
from failforward.settings import KEYS, read_settings
from failforward.text import nesting
from failforward.text.markdown import parse
from failforward.text.source import Source, Span, normalised

TODAY = date(2026, 10, 20)
SHIPPED = default_playbook()

anything = st.text(st.characters(), max_size=200)
# Pieces that mean something somewhere, in any order, between pieces that mean nothing.
pieces = st.sampled_from(
    [
        "---\n",
        "\n",
        " ",
        "\t",
        ": ",
        "- ",
        "  - ",
        "[",
        "]",
        "{",
        "}",
        "&a ",
        "*a",
        "? ",
        "| ",
        "> ",
        "'",
        '"',
        "#",
        "!!",
        "%",
        "n/a because ",
    ]
    + [f"{field.name}: " for field in REVIEW]
    + ["cause: ", "verified: ", "due: ", "with: ", "evidence: "]
    + [
        "draft",
        "reviewed",
        "2026-10-02T14:05+02:00",
        "2026-10-02",
        "9999-12-31",
        "0001-01-01T00:00+14:00",
        "2026-02-30",
        "2026",
        "5",
    ]
    + [
        "## Timeline\n",
        "## Assumptions\n",
        "### Celebrated\n",
        "- **14:05** ",
        "~9 am ",
        "9999-12-31 23:59 ",
        "| 14:05 | x |\n|---|---|\n",
    ]
    + [
        "*(role; knew: x; options: a, b)* ",
        "[a](b.md)",
        "![](../evidence/x.png)",
        "<!-- ",
        " -->",
        "```\n",
        "==a==",
        "- [ ] ",
        "## Fires\n",
    ]
    + [
        "🚀",
        "e\u0301",
        "\u2028",
        "\x0b",
        "\x0c",
        "\x85",
        "\0",
        "\ufeff",
        "\ud800",
        "👩🏽‍💻",
        "should have ",
        "kind: ",
        "severity: ",
        "message: ",
    ]
)
texts = st.lists(st.one_of(pieces, anything), max_size=30).map("".join)
wrapped = st.tuples(texts, texts).map(lambda parts: f"---\ntitle: a\nstatus: reviewed\n{parts[0]}\n---\n{parts[1]}")
reviews = st.one_of(texts, wrapped)


def spans_of(review: Review) -> Iterator[Span]:
    """Give every span that a review holds."""
    yield from review.spans.values()
    yield from review.key_spans.values()
    yield from (problem.span for problem in review.problems)
    for row in review.body.timeline:
        yield from (row.span, row.text_span)
    yield from (entry.span for entry in (*review.body.assumptions, *review.body.links))
    for section in review.body.sections:
        yield from (section.span, section.title_span)
    yield from (node.span for node in review.body.tree.walk())


@given(reviews)
@example(
    "---\nstarted: 9999-12-31T23:59-12:00\n---\n## Timeline\n- 23:59 a\n- 00:01 b\n- 2026-02-30 c\n"
    "- 9999-12-31 23:59 d\n- 00:01 e\n"
)
@example("---\nresolved: 9999-12-31\ndebrief: 9999-12-31\nexperiments: [{status: done, due: 9999-12-31}]\n---\n")
def test_any_text_is_read_and_checked(text: str) -> None:
    """Any text becomes a review with findings whose places lie in the text, and never an exception."""
    source = Source("reviews/a.md", normalised(text))
    review = read_review(source)
    for span in spans_of(review):
        assert 0 <= span.start <= span.end <= len(source.text)
    playbook = replace(SHIPPED, reviews=(review,))
    for finding in lint(playbook, TODAY):
        assert 1 <= finding.line <= finding.end_line <= source.text.count("\n") + 1
        assert 1 <= finding.column <= len(source.line(finding.line)) + 1
        assert 1 <= finding.end_column <= len(source.line(finding.end_line)) + 1
        assert finding.message


@given(st.binary(max_size=300))
def test_any_bytes_are_read(data: bytes) -> None:
    """Bytes in any encoding, or in none, become a review."""
    review = read_text(data, "a.md")
    assert all(span.end <= len(review.source.text) for span in spans_of(review))


@given(texts)
def test_any_front_matter_is_read(text: str) -> None:
    """Front matter is values or problems, and the spans of the values hold their words."""
    source = Source("a.md", f"---\n{normalised(text)}\n---\n")
    front = front_matter.read(source)
    assert front.values is not None or front.problems
    assert 0 <= front.body_start <= len(source.text)
    todo: list[Value] = [front.values] if front.values else []
    while todo:
        value = todo.pop()
        assert value.span.end <= len(source.text)
        if isinstance(value, Scalar) and value.plain and not set("&!*\n") & set(source.slice(value.span)):
            assert source.slice(value.span) == value.text or "*" in text
        todo += value.items if isinstance(value, Sequence) else ()
        todo += [part for entry in value.entries for part in entry] if isinstance(value, Mapping) else ()


@given(texts)
def test_any_settings_are_read_or_refused(text: str) -> None:
    """Settings are read, or refused by an error that names a line of the file; nothing else is raised."""
    for written in (text, f"{next(iter(KEYS))}: a\n{text}", f"clocks: {text}"):
        try:
            read_settings(Source("playbook.yml", normalised(written)))
        except SettingError as error:
            assert 1 <= error.line <= normalised(written).count("\n") + 1  # noqa: PT017
            assert error.remedy  # noqa: PT017


@given(texts)
def test_any_rule_file_is_read_or_refused(text: str) -> None:
    """A rule file is read, or refused by an error that names a line of the file; nothing else is raised."""
    head = "---\nkind: causes\ntest: some\nseverity: error\nmessage: a\n"
    for written in (text, f"{head}{text}\n---\n", f"{head}---\n## Fires\n{text}"):
        try:
            assert read_rule(Source("rules/a.md", normalised(written)), CHECKS).page is not None
        except RuleFileError as error:
            assert 1 <= error.line <= normalised(written).count("\n") + 1  # noqa: PT017


@given(anything, st.integers(-3, 400))
def test_positions_lead_back_to_their_offset(text: str, offset: int) -> None:
    """From an offset to line and column and back, with characters outside the basic plane and combining ones."""
    source = Source("a.md", text)
    place = source.position(offset)
    assert source.line_start(place.line) + place.column - 1 == min(max(offset, 0), len(text))
    assert place.column <= len(source.line(place.line)) + 1


@given(anything)
def test_lines_put_together_are_the_text(text: str) -> None:
    """No character lies outside the lines."""
    source = Source("a.md", text)
    assert "\n".join(source.line(number) for number in range(1, text.count("\n") + 2)) == text


@given(
    st.lists(
        st.sampled_from(["a", "é", "🚀", "e\u0301", "👩🏽‍💻", "`x`", "*y*", "[z](q)", " ", "\n", "# "]), max_size=40
    ).map("".join)
)
def test_nodes_lie_in_their_parents(text: str) -> None:
    """Every piece of Markdown spans its own characters, inside the piece that holds it."""
    for node in parse(text).walk():
        for child in node.children:
            assert node.span.start <= child.span.start <= child.span.end <= node.span.end
        if node.kind == "code":
            assert text[node.span.start : node.span.end] == f"`{node.detail}`"


@given(
    st.lists(
        st.sampled_from(
            [
                "a",
                "é",
                "🚀",
                "`x`",
                "*y*",
                "[z](q)",
                "![v](w)",
                "[",
                "](u)",
                " ",
                "\n",
                "\n\n",
                "# ",
                "- ",
                "> ",
                "<b>",
                "\\",
            ]
        ),
        max_size=40,
    ).map("".join),
    st.sampled_from(["", "é\n"]),
)
def test_an_outline_is_of_the_same_text(text: str, before: str) -> None:
    """Headings and links that are read alone are those of the whole tree, with the same words and places."""
    document = parse(before + text, len(before))
    headings = [node for node in document.children if node.kind == "heading"]
    links = list(document.find("link", "image"))
    wanted = sorted((*headings, *links), key=lambda node: (node.span.start, -node.span.end))
    made = [(mark.kind, mark.detail, mark.plain, mark.span) for mark in document.outline]
    assert made == [(node.kind, node.detail, node.plain, node.span) for node in wanted]
    places = [mark.place for mark in document.outline if mark.kind == "heading"]
    assert [document.children[place] for place in places] == headings
    document.let_go()
    assert [node for node in document.children if node.kind == "heading"] == headings


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60), st.booleans())
def test_a_value_that_is_written_is_read_back(text: str, listed: bool) -> None:
    """Whatever is written into front matter is read back as it was, alone and in a list."""
    dumped = dump_scalar(text, listed=listed)
    assert "\n" not in dumped
    values, problems = read_yaml(f"a: [{dumped}, b]\n" if listed else f"a: {dumped}\n")
    assert problems == []
    assert values is not None
    value = values.get("a")
    if isinstance(value, Sequence):
        value = value.items[0]
    assert isinstance(value, Scalar)
    assert value.text == text


@given(st.text(max_size=40), st.text(max_size=40), st.integers(0, 9))
def test_an_error_is_said_in_one_way(message: str, remedy: str, line: int) -> None:
    """An error's text holds its place, its message and its remedy, in this order."""
    said = str(FailforwardError(message, path="p", line=line, remedy=remedy))
    assert said.startswith(f"p:{line}: {message}" if line else f"p: {message}")
    assert said.endswith(remedy)


@given(st.lists(st.sampled_from(list("[]{}\"'#a:, \n-\\")), max_size=40).map("".join))
@example("[a, # b [c\nd, [e]]")
@example('["b [c", [d]]')
@example("{a: [b], 'c]': {d: [e]}}")
def test_the_quick_count_of_levels_is_never_too_small(text: str) -> None:
    """YAML is not handed over that nests deeper than was counted: the parser would end at a thousand levels."""
    depth = deepest = 0
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            deepest = max(depth, deepest)
    except yaml.YAMLError:
        pass
    assert deepest <= nesting.deepest(text)
