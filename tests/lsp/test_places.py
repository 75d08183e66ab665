"""Where the cursor stands and what can stand there, in front matter that is being written; positions in all units."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from failforward.language_server.actions import actions
from failforward.language_server.completion import complete
from failforward.language_server.cursor import spot_at
from failforward.language_server.desk import Document
from failforward.language_server.flow import open_flow
from failforward.language_server.hover import rule_text
from failforward.language_server.positions import Ruler
from failforward.model.case import Case, Texts
from failforward.model.finding import Finding, Fix
from failforward.model.rule import Rule, RuleFile
from failforward.text.source import Source, Span

Make = Callable[..., Document]

OFFERS = [
    # (what is written, what is offered first, what must not be offered)
    ("---\nti¦\n---\n", ["title: ", "kind: ", "status: "], []),
    ("---\n¦", ["title: "], []),
    ("---\ntitle: x\n¦\nkind: incident\n---\n", ["status: "], ["title: ", "kind: "]),
    ("---\nstat¦us: draft\n---\n", ["title", "kind", "status"], ["status: "]),
    ("---\nkind: ¦\n---\n", ["incident", "near-miss"], []),
    ("---\nkind:¦\n---\n", [" incident"], []),
    ("---\nseverity: ¦\n---\n", ["high", "low", "n/a because "], ["sev1"]),
    ("---\nprivate: ¦\n---\n", ["true", "false"], []),
    ("---\nmood: {before: ¦}\n---\n", ["1", "2", "3", "4", "5"], []),
    ("---\nmood: {before: 1, ¦}\n---\n", ["after: "], ["before: "]),
    ("---\ncauses:\n  ¦\n---\n", ["- cause: ", "- how: "], ["title: "]),
    ("---\ncauses:\n  - ¦\n---\n", ["cause: ", "how: "], []),
    ("---\ncauses:\n  -¦\n---\n", [" cause: "], []),
    ("---\ncauses:\n- ¦\n---\n", ["cause: "], []),
    ("---\ncauses:\n  - cause: missing-alert\n    ¦\n---\n", ["how: ", "since: ", "with: ["], ["cause: "]),
    ("---\ncauses:\n  - ¦\n    how: x\n---\n", ["cause: ", "since: "], ["how: "]),
    ("---\ncauses:\n  - cause: ¦\n---\n", ["missing-alert", "quota-limit", "untested-path"], []),
    ("---\ncauses: [¦]\n---\n", ["missing-alert", "quota-limit"], ["cause: "]),
    ("---\ncauses: [{¦}]\n---\n", ["cause: "], []),
    ("---\ncauses: [{cause: ¦\n---\n", ["missing-alert"], []),
    ("---\nfactors:\n  - name: ¦\n---\n", ["missing-alert"], []),
    ("---\ncauses:\n  - cause: quota-limit\nexperiments:\n  - cause: ¦\n---\n", ["quota-limit"], ["missing-alert"]),
    ("---\ncauses:\n- cause: quota-limit\n- cause: b\n  with: [¦\n---\n", ["quota-limit"], ["untested-path"]),
    ("---\nexperiments:\n  - verified:\n      ¦\n---\n", ["on: ", "verdict: ", "evidence: "], []),
    ("---\nexperiments:\n  - verified: {verdict: ¦}\n---\n", ["stuck", "partly"], []),
    ("---\nexperiments:\n  - id: a\n    status: ¦\n---\n", ["planned", "in-progress"], ["draft"]),
    ("---\ntags: [cache, ¦\n---\n", ["cache", "storage"], []),
    ("---\ntags:\n  - ¦\n---\n", ["cache", "storage"], []),
    ("---\nservices: [a,\n  ¦]\n---\n", ["checkout"], []),
    ("---\nteams: ¦\n---\n", ["payments"], []),
    ("---\nexperiments:\n  - owner: ¦\n---\n", ["payments", "n/a because "], []),
    ("---\npeople:\n  facilitator: ¦\n---\n", ["design", "payments", "platform"], []),
    ("---\nrelated:\n  - review: ¦\n---\n", ["2026-09-01-quota"], ["2026-10-02-cache"]),
    ("---\ntitle: x\n---\n## ¦\n", ["## In short", "## What we expected"], ["### Timeline"]),
    ("---\ntitle: x\n---\n## What happened\n\n### T¦\n", ["## In short"], ["## What happened"]),
]  # fmt: skip


@pytest.mark.parametrize(("marked", "first", "never"), OFFERS, ids=[entry[0] for entry in OFFERS])
def test_what_is_offered(document: Make, marked: str, first: list[str], never: list[str]) -> None:
    """Each place offers what may stand there, and nothing else."""
    texts = [offer.text for offer in complete(document(marked.replace("¦", "")), marked.index("¦"))]
    assert texts[: len(first)] == first
    assert set(never) & set(texts) == set()


SILENT = [
    "¦",
    "---¦\n",
    "---\ntitle: ¦\n---\n",
    "---\n# a comment ¦\n---\n",
    "---\ntitle: x\n  ¦\n---\n",
    "---\nnothing: ¦\n---\n",
    "---\nnothing:\n  ¦\n---\n",
    "---\ntrigger: >-\n  Some text\n  ki¦\n---\n",
    "---\ncauses:\n  - how: |\n      some\n      ¦\n---\n",
    "---\ntags: [a]¦\n---\n",
    "---\ntitle: x\n---\nkind: ¦\n",
    "---\ntitle: x\n---\n```\n# ¦\n```\n",
    "---\ntitle: x\n---\nSome words ¦\n",
]


@pytest.mark.parametrize("marked", SILENT)
def test_where_nothing_is_offered(document: Make, marked: str) -> None:
    """Free text, comments, code and unknown fields are left in peace."""
    assert complete(document(marked.replace("¦", "")), marked.index("¦")) == []


def test_only_reviews_are_completed(document: Make) -> None:
    """A page beside the reviews has front matter of its own."""
    assert complete(document("---\nti\n---\n", "docs/page.md"), 6) == []


def test_missing_parts_of_a_section_are_offered_under_it(document: Make) -> None:
    """The timeline is offered where what happened is told."""
    text = "---\ntitle: x\n---\n## What happened\n\n#"
    assert "### Timeline" in [offer.text for offer in complete(document(text), len(text))]


PIECES = st.sampled_from(
    ["---\n", "---", "causes:\n", "  - ", "- ", "cause: ", "kind: ", "tags: [", "]", "{", "}", ", ", "a", "é", "🔥",
     "\n", "    ", "# ", "## In short\n", "|\n", ">-\n", ":", "verified: ", "mood: ", "\t", "\u2028", "\r", '"', "'"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=40).map("".join), st.integers(0, 200))
def test_any_text_has_a_place_or_none(text: str, offset: int) -> None:
    """No text and no offset is an error, and what is replaced lies around the cursor."""
    offset = min(offset, len(text))
    spot = spot_at("---\n" + text, offset + 4)
    if spot:
        assert spot.span.start <= offset + 4 <= spot.span.end <= len(text) + 4
    open_flow(text)


@given(
    st.lists(st.sampled_from(["a", "é", "€", "🔥", "e\u0301", "\n", "\u2028"]), max_size=30).map("".join),
    st.sampled_from(["utf-8", "utf-16", "utf-32"]),
    st.booleans(),
)
def test_positions_and_offsets_are_each_other_s_inverse(text: str, encoding: str, marked: bool) -> None:
    """Every offset comes back from its position, in each unit."""
    ruler = Ruler(Source("x.md", text), encoding, marked)
    assert [ruler.offset(*ruler.position(offset)) for offset in range(len(text) + 1)] == list(range(len(text) + 1))


def test_a_position_past_its_line_is_the_line_s_end() -> None:
    """Columns past the end, lines past the end and halves of a character are read as the nearest place before."""
    ruler = Ruler(Source("x.md", "a🔥b\ncd"), "utf-16")
    places = [(0, 2), (0, 99), (1, 99), (9, 0), (-1, 0)]
    assert [ruler.offset(*place) for place in places] == [1, 3, 6, 6, 0]


def wording(document: Document, words: str) -> list[str]:
    """Give the text after the comment of a wording rule was put beside words of it."""
    rule = Rule("hero-story", "wording", "Somebody is made a hero", {"reviewed": "warning"})
    document = replace(document, playbook=replace(document.playbook, rules=(rule,)))
    source = document.review.source
    offset = source.text.index(words)
    start, end = source.position(offset), source.position(offset + len(words))
    found = Finding("hero-story", "warning", NAME, start.line, start.column, end.line, end.column, words, "", "")
    given = actions(document, [found], Span(offset, offset))
    return [source.text[: each.edit.span.start] + each.edit.text + source.text[each.edit.span.end :] for each in given]


NAME = "reviews/2026-10-02-cache.md"
FRONT = "---\ntitle: a hero in the title\n---\n\n"
COMMENT = "<!-- allow hero-story:  -->"


@pytest.mark.parametrize(
    ("body", "kept"),
    [
        ("Some words\nabout a hero.\n", f"{COMMENT}\nSome words\nabout a hero.\n"),
        ("- **14:05** About a hero.\n- Else\n", f"- **14:05** About a hero. {COMMENT}\n- Else\n"),
        ("| a | b |\n|---|---|\n| x | a hero |\n", f"| a | b |\n|---|---|\n| x | a hero {COMMENT} |\n"),
        ("## A hero", f"## A hero {COMMENT}"),
    ],
)
def test_a_sentence_is_kept_by_a_comment(document: Make, body: str, kept: str) -> None:
    """The comment stands on a line before a paragraph, at the end of an item, in the last cell of a row."""
    words = "A hero" if "A hero" in body else "a hero"
    assert wording(document(FRONT.replace("a hero", "it") + body), words) == [FRONT.replace("a hero", "it") + kept]


def test_a_safe_rewrite_is_the_one_that_is_meant(document: Make) -> None:
    """Where the check knows an exact rewrite, the click writes just that; an empty one takes the words out."""
    made = document(FRONT + "Some words.\n")
    offset = made.text.index("words")
    for text, title in (("facts", "Write facts"), ("", "Take it out")):
        fix = Fix(Span(offset, offset + 5), text)
        found = Finding("no-rule", "advice", NAME, 5, 6, 5, 11, "words", "", "", fix)
        [action] = actions(made, [found], Span(offset, offset))
        assert (action.title, action.edit.span, action.edit.text, action.preferred) == (title, fix.span, text, True)


def test_a_field_is_kept_by_a_comment_for_the_file(document: Make) -> None:
    """A comment cannot stand beside a field, so it stands on top of the body and speaks for the file."""
    kept = FRONT.replace("---\n\n", "---\n<!-- allow-file hero-story:  -->\n\n")
    assert wording(document(FRONT), "a hero") == [kept]


def test_a_comment_never_speaks_for_more_than_is_meant(document: Make) -> None:
    """Before everything else it would speak for the whole file, so there it stands on the line."""
    notes = "Some words about a hero.\n"
    assert wording(document(notes), "a hero") == [f"Some words about a hero. {COMMENT}\n"]


def test_a_wording_rule_is_shown_with_rewrites() -> None:
    """The page of a wording rule shows a few sentences and what to write in their place."""
    cases = tuple(Case(f"Sentence {number}", (), 1, review=False, instead=f"Rewrite {number}") for number in range(9))
    texts = Texts(cases, page="## Why\n\nSo.")
    file = RuleFile(lambda: Source("", ""), lambda _: texts)
    rule = Rule("hero-story", "wording", "A hero", {"reviewed": "warning"}, file=file)
    shown = rule_text(rule)
    assert shown.startswith("**Hero story** · `hero-story` · warning\n\nA hero\n\n## Why\n\nSo.\n\n")
    assert "## For example\n\n- Sentence 0  \n  Instead: Rewrite 0\n" in shown
    assert shown.count("Instead:") == 3
