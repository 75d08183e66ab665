"""An edit changes the value that was meant and nothing else, however a review is written."""

import difflib
from typing import Any

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from failforward.editing import assign
from failforward.errors import ArgumentError
from failforward.reviews.read import read_review
from failforward.text.source import Source, normalised

PATH = "reviews/2026-10-02-a.md"
WORDS = [
    "a gate", "the gate: it holds", "it's there", 'said "no"', "a, b", "{x}", "n", "# 1", "- x", "Käse 🚀", "12:30",
    "yes",
]  # fmt: skip
COMMENTS = ["", "", " # why: because", "   # status: done"]
NAMES = {"status": ["status", "state"], "due": ["due", "deadline"], "outcome": ["outcome", "description"]}
# What a field may hold in a block, where {0} is its indentation, beside what it may hold in braces.
STATUS = ["planned", '"planned"', "'planned'", "in-progress"]
TASKS = ["[one, two]", "\n{0}- one\n{0}- two", "\n{0}- one # a\n{0}# b"]
MEASURE = [">-\n{0}  in two\n{0}  lines", "|\n{0}  a: b\n{0}  # no comment"]
VERIFIED = ["{on: 2026-10-20, verdict: too-early, evidence: x}"]
IN_BLOCK = ["{on: , verdict: , evidence: }", "\n{0}  verdict: too-early # soon\n{0}  on: 2026-10-20", ""]

value = st.sampled_from(WORDS)


def quoted(text: str, style: str = '"') -> str:
    """Write a text in one of YAML's styles."""
    if style == "'":
        return "'" + text.replace("'", "''") + "'"
    return yaml.safe_dump(text, default_style='"', width=9999).strip()


@st.composite
def experiments(draw: st.DrawFn, number: int) -> tuple[list[tuple[str, str]], bool]:
    """Draw the fields of an experiment as they are written, and whether it stands in braces."""
    flow = draw(st.booleans())
    optional = {
        draw(st.sampled_from(NAMES["status"])): STATUS if flow else [*STATUS, "", "~"],
        draw(st.sampled_from(NAMES["due"])): ["2026-10-16"],
        "tasks": TASKS[:1] if flow else TASKS,
        "measure": ["in one line"] if flow else MEASURE,
        "verified": VERIFIED if flow else [*VERIFIED, *IN_BLOCK],
    }
    outcome = quoted(draw(value), draw(st.sampled_from("'\"")))
    fields = [("id", f"e{number}"), (draw(st.sampled_from(NAMES["outcome"])), outcome)]
    fields += [(name, draw(st.sampled_from(texts))) for name, texts in optional.items() if draw(st.booleans())]
    return draw(st.permutations(fields)), flow


@st.composite
def reviews(draw: st.DrawFn) -> str:
    """Draw the text of a review with two experiments, in one of the many ways in which people write it."""
    parts = []
    indent = draw(st.sampled_from(["", "  ", "    "]))
    for number in (1, 2):
        fields, flow = draw(experiments(number))
        if flow:
            inner = ", ".join(f"{key}: {text}" for key, text in fields)
            parts.append(f"{indent}- {{{inner}}}{draw(st.sampled_from(COMMENTS))}")
            continue
        lead = indent + "- "
        for key, text in fields:
            written = text.format(indent + "  ") if "\n" in text else text
            space = "" if written[:1] in ("", "\n") else " "
            comment = "" if "\n" in written else draw(st.sampled_from(COMMENTS))
            parts.append(f"{lead}{key}:{space}{written}{comment}")
            lead = indent + "  "
            parts += draw(st.sampled_from([[], [], [""], [f"{lead}# a comment"]]))
    top = [f"title: {quoted(draw(value))}", "status: reviewed", "debrief: 2026-10-03"]
    top.append("\n".join(["experiments:", *parts]))
    top += draw(st.sampled_from([[], ["check_in:"], ["check_in: ~ # soon"], ["# the end"]]))
    top += draw(st.sampled_from([[], ["accepted: []"], ["teams:\n- a"]]))
    front = "\n".join(draw(st.permutations(top)))
    body = draw(st.sampled_from(["", "\n## In short\n\nA job: ran.\n", "\n---\nstatus: planned\n---", "text \n"]))
    text = f"---\n{front}\n---\n{body}"
    mark = draw(st.sampled_from(["", "", "\ufeff"]))
    return mark + text.replace("\n", draw(st.sampled_from(["\n", "\n", "\r\n", "\r"])))


def parsed(text: str) -> Any:
    """Give the front matter as a YAML library that knows nothing of reviews reads it: every value as its text."""
    return yaml.load(normalised(text).split("\n---\n", 1)[0] + "\n", Loader=yaml.BaseLoader)


def key_of(record: dict[str, Any], name: str) -> str:
    """Give the name by which a field is written in a record."""
    return next((alias for alias in NAMES.get(name, [name]) if alias in record), name)


def lines_apart(before: str, after: str) -> tuple[list[str], list[str]]:
    """Give the lines that only the one and only the other text has, with their line ends."""
    texts = [text.split("\n") if "\r" not in text.replace("\r\n", "") else text.split("\r") for text in (before, after)]
    diff = list(difflib.ndiff(*texts))
    return [line[2:] for line in diff if line[:2] == "- "], [line[2:] for line in diff if line[:2] == "+ "]


@given(reviews(), st.sampled_from([0, 1]), st.sampled_from(["status", "because"]), value)
def test_one_value_changes_and_all_else_stays(text: str, number: int, name: str, new: str) -> None:
    """One line is another one or is new; a YAML library reads the new value and finds everything else as it was."""
    new = "done" if name == "status" else new
    before = parsed(text)
    assume(before["experiments"][number].get(key_of(before["experiments"][number], name)) != new)
    after = assign(text, PATH, {("experiments", number, name): new})
    before["experiments"][number][key_of(before["experiments"][number], name)] = new
    assert parsed(after) == before
    gone, come = lines_apart(text, after)
    assert len(come) == 1
    assert len(gone) <= 1
    assert after.startswith("\ufeff") == text.startswith("\ufeff")
    assert after.count("\r\n") - text.count("\r\n") in (0, "\r\n" in text)


@given(reviews(), st.sampled_from([0, 1]), value)
def test_a_verdict_is_written_and_all_else_stays(text: str, number: int, evidence: str) -> None:
    """A whole record is put in, or its fields are brought up to date where one is there."""
    verdict = {"on": "2026-11-02", "verdict": "stuck", "evidence": evidence}
    before = parsed(text)
    after = assign(text, PATH, {("experiments", number, "verified"): verdict})
    before["experiments"][number]["verified"] = verdict
    assert parsed(after) == before
    gone, come = lines_apart(text, after)
    assert len(gone) <= 3
    assert len(come) <= 3
    again = assign(after, PATH, {("experiments", number, "verified"): verdict})
    assert parsed(again) == before


@given(reviews())
def test_a_check_in_is_written_and_all_else_stays(text: str) -> None:
    """A field of the top level is filled in where it waits, or put behind the one that it follows."""
    before = parsed(text)
    after = assign(text, PATH, {("check_in",): "2026-10-06"})
    assert parsed(after) == before | {"check_in": "2026-10-06"}
    gone, come = lines_apart(text, after)
    assert (len(gone), len(come)) in ((0, 1), (1, 1))


@given(reviews())
def test_the_body_stays_as_it_is(text: str) -> None:
    """What stands below the front matter is never touched, whatever it looks like."""
    after = assign(text, PATH, {("experiments", 0, "status"): "done"})
    read = [read_review(Source(PATH, normalised(each))) for each in (text, after)]
    assert read[0].source.text.split("\n---\n", 1)[1] == read[1].source.text.split("\n---\n", 1)[1]


pieces = st.sampled_from([
    "---\n", "\n", " ", ": ", "- ", "  - ", "[", "]", "{", "}", "&a ", "*a", "? ", "| ", "> ", "'", '"', "#", "!!str ",
    "<<: ", "\r\n", "\t", "experiments:\n", "- id: a\n", "  status: planned\n", "  status: &s planned\n",
    "  status: *s\n", "  state: done\n", "verified: ", "check_in: ",
])  # fmt: skip
VALUES: dict[str, Any] = {
    "status": "done", "check_in": "2026-11-02", "verified": {"on": "2026-11-02", "verdict": "stuck"},
}  # fmt: skip


@given(st.lists(pieces, max_size=25).map("".join), st.sampled_from(sorted(VALUES)))
def test_any_text_is_changed_as_meant_or_refused(middle: str, name: str) -> None:
    """A file that cannot be changed without touching other values is refused with a remedy; nothing else is raised."""
    text = f"---\ntitle: a\nexperiments:\n- id: a\n  status: planned\n{middle}\n---\n"
    field = (name,) if name == "check_in" else ("experiments", 0, name)
    try:
        after = assign(text, PATH, {field: VALUES[name]})
    except ArgumentError as error:
        assert error.remedy  # noqa: PT017
        return
    before, found = (read_review(Source(PATH, normalised(each))) for each in (text, after))
    kept = [path for path in before.spans if path and path[: len(field)] != field and path != field[: len(path)]]
    assert [before.source.slice(before.spans[path]) for path in kept] == [
        found.source.slice(found.spans[path]) for path in kept
    ]
    assert found.given(*field)


def test_an_anchor_is_not_broken() -> None:
    """Two values that hang together by YAML's own means are left to people."""
    text = "---\ntitle: a\nstatus: &s reviewed\nexperiments:\n- id: a\n  outcome: *s\n---\n"
    with pytest.raises(ArgumentError, match=r"a\.md:3: outcome cannot be written here without"):
        assign(text, PATH, {("experiments", 0, "outcome"): "x"})
