"""Rewrites: exact places in a file's bytes, nothing else touched, and the meaning kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from failforward.fixing import difference, fixed
from failforward.model.finding import Fix
from failforward.reviews.read import read_review
from failforward.text.source import Source, Span, normalised


def fixes_of(text: str) -> dict[str, list[str]]:
    """Give the texts of the rewrites that a review's problems offer, by the kind of the problem."""
    found: dict[str, list[str]] = {}
    for problem in read_review(Source("a.md", text)).problems:
        found.setdefault(problem.kind, []).append(problem.fix.text if problem.fix else "")
    return found


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_line_ends_and_marks_stay(end: str, mark: bytes) -> None:
    """A rewrite finds its place in a file with any line ends and a byte-order mark, and has that file's line ends."""
    data = mark + end.join(["é 🚀", "two", "", "four"]).encode()
    text = normalised(data.decode())
    fixes = [Fix(Span(text.index("two"), text.index("two") + 3), "2\nII"), Fix(Span(len(text), len(text)), "\n5")]
    assert fixed(data, fixes) == mark + end.join(["é 🚀", "2", "II", "", "four", "5"]).encode()


def test_one_place_is_rewritten_once() -> None:
    """The same rewrite said twice counts once, and of two that meet the first counts."""
    fixes = [Fix(Span(2, 3), "X"), Fix(Span(2, 3), "X"), Fix(Span(1, 4), "Y"), Fix(Span(3, 4), "Z")]
    assert fixed(b"abcde", fixes) == b"aYe"


@given(st.text(alphabet="a\r\n\ufeffé🚀"), st.data())
def test_a_rewrite_is_one_of_the_text_as_it_is_read(raw: str, data: st.DataObject) -> None:
    """Reading what was rewritten gives the same as rewriting what was read."""
    text = normalised(raw)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    rewritten = fixed(raw.encode(), [Fix(Span(start, end), "[x]")])
    assert normalised(rewritten.decode()) == text[:start] + "[x]" + text[end:]


def test_a_diff_can_be_applied() -> None:
    """The diff names both files, and marks a file that does not end with a line end."""
    shown = difference("a b.md", b"one\ntwo", b"one\r\n2")
    assert shown == (
        "--- a/a b.md\n+++ b/a b.md\n@@ -1,2 +1,2 @@\n-one\n-two\n\\ No newline at end of file\n"
        "+one\r\n+2\n\\ No newline at end of file\n"
    )  # fmt: skip
    assert difference("a.md", b"x", b"x") == ""


@pytest.mark.parametrize(
    ("field", "problem", "fix"),
    [
        ("root_causes: [untested-path]", "field-alias", "causes"),
        ("'root_causes': [untested-path]", "field-alias", "causes"),
        ("tags: cache", "wrong-form", "[cache]"),
        ('tags: "a: b, c"  # what it is', "wrong-form", '["a: b, c"]'),
        ("services:\n  checkout", "wrong-form", "[checkout]"),
        ("causes: untested-path", "wrong-form", "[untested-path]"),
        ("sources: https://example.org/a?b#c", "wrong-form", "[https://example.org/a?b#c]"),
    ],
)
def test_what_is_safe_is_offered(field: str, problem: str, fix: str) -> None:
    """Another word for a field, and a single value for a list of one, have an exact rewrite."""
    assert fix in fixes_of(f"---\ntitle: A\n{field}\n---\n")[problem]


@pytest.mark.parametrize(
    "field",
    [
        "tags: cache, deploy", "tags: [cache", "tags: a] b", "tags: |\n  cache", "tags: one\n  two", "kind: incidnt",
        "tags: {a: b}", "causes: {cause: a}", "severity: &s sev2\ntags: *s", "tags: !!str cache", "tags: &a cache",
        "a: &a {x: y}\nroot_causes: *a", "tags: a: b", "tags: '- a\n\n  b'",
    ],
)  # fmt: skip
def test_what_might_mean_something_else_is_left(field: str) -> None:
    """Where brackets or another name could change what is read, or a word must be guessed, nothing is offered."""
    assert not any(any(texts) for texts in fixes_of(f"---\ntitle: A\n{field}\n---\n").values())


VALUES = st.text(alphabet="ab1 ,:#[]{}&*!|>'\"%@`-?\\\n\té🚀", max_size=12)
KEYS = st.sampled_from(["tags", "services", "root_causes", "factors", "causes", "actions", "sources", "related"])


@given(st.dictionaries(KEYS, VALUES, max_size=4))
def test_a_rewrite_changes_no_meaning(values: dict[str, str]) -> None:
    """Whatever stands in the front matter, what is read after the rewrites is what was read before them."""
    text = "---\ntitle: A\n" + "".join(f"{key}: {value}\n" for key, value in values.items()) + "---\nBody\n"
    before = read_review(Source("a.md", text))
    fixes = [problem.fix for problem in before.problems if problem.fix]
    after = read_review(Source("a.md", fixed(text.encode(), fixes).decode()))
    for name in ("tags", "services", "causes", "experiments", "sources", "related", "title"):
        assert getattr(after, name) == getattr(before, name)
    assert not [problem for problem in after.problems if problem.fix]
    assert len(after.problems) == len(before.problems) - len(fixes)
