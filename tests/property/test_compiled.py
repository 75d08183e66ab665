"""What is compiled answers as what it stands for, whatever the text, and takes no more time than its length."""

from __future__ import annotations

import shutil
import sys
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from failforward.checks.wording import Wording, glance
from failforward.checks.wording.members import Members, packed, sets_of
from failforward.checks.wording.tables import PERSON
from failforward.model.settings import Settings
from failforward.playbook import default_playbook
from failforward.text import walk

TABLES = Wording([rule for rule in default_playbook().rules if rule.kind == "wording"], Settings()).engine.tables
NAMES = frozenset(("kim", "haas"))
PERSONS = sets_of([PERSON])
MANY = settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
needed = pytest.mark.skipif(not (glance.COMPILED and walk.COMPILED), reason="nothing is compiled here")


def known() -> frozenset[str]:
    """Give the last words of names."""
    return NAMES


def test_it_is_compiled_where_there_is_a_compiler() -> None:
    """Where a C compiler is at hand, what can be compiled is, so that the tests below are run."""
    there = sys.implementation.name == "cpython" and shutil.which("cc") is not None
    assert not there or (glance.COMPILED and walk.COMPILED)


# ------------------------------------------------------------------------------------------------ the quick look

# All words that any pattern looks for, as they are written and in other ways.
LISTED = sorted({*TABLES.anchors, *TABLES.members[0].split()})
WAYS = ("{}", "{},", "({}", "{}n't", "{}-ed")
WRITTEN = st.builds(str.format, st.sampled_from(WAYS), st.sampled_from(LISTED)) | st.sampled_from(LISTED).map(str.title)
OTHERS = st.sampled_from([
    "Kim", "J. Haas", "no one", "No  one", "piano one", "no_one", "\u00a0", "\u2003", "\x1c", "–", "@kim", "did.",
    "one", "done. The", "approx. The", "incl. A", "team. A", "…", "é", "🎉", "ſ", "İ", "\u200b", "K. A", "aaaa. B",
    "phone",
])  # fmt: skip
SENTENCES = st.lists(WRITTEN | OTHERS, max_size=14).map(" ".join)


def both(names: Callable[[], frozenset[str]] = known) -> tuple[glance.Glance, glance.Glance]:
    """Give the quick look as it is written and as it is compiled."""
    return glance.Glance(TABLES, names), glance.CompiledGlance(TABLES, names)


def answers(looks: Iterable[glance.Worth]) -> list[tuple[int, int, list[int]]]:
    """Give the stretches with their patterns in order."""
    return [(begin, end, sorted(found)) for begin, end, found in looks]


@needed
@MANY
@given(SENTENCES | st.text(max_size=80))
def test_the_compiled_look_sees_the_same(text: str) -> None:
    """The same stretches, and in each the same patterns."""
    plain, compiled = PAIR
    assert answers(compiled.over(text)) == answers(plain.over(text))


PAIR = both() if glance.COMPILED else (glance.Glance(TABLES, known),) * 2


@needed
def test_blanks_are_those_of_python() -> None:
    """Words are taken apart at each character that Python takes for a blank, and at no other."""
    plain, compiled = PAIR
    for code in range(sys.maxunicode + 1):
        if (code < 0x3100 or chr(code).isspace()) and not 0xD800 <= code < 0xE000:
            text = f"should{chr(code)}have looked"
            assert answers(compiled.over(text)) == answers(plain.over(text)), hex(code)


@needed
def test_half_of_a_character_is_looked_at_all_the_same() -> None:
    """What cannot be written as UTF-8 gets its answer from what is not compiled."""
    plain, compiled = PAIR
    text = "The engineer should have looked. \ud800 We forgot it."
    assert answers(compiled.over(text)) == answers(plain.over(text)) != []


@needed
def test_more_words_than_are_kept_change_nothing() -> None:
    """With ever new words, long ones and short ones, the answers stay what they are."""
    plain, compiled = PAIR
    text = "The engineer should have looked at it."
    expected = answers(plain.over(text))
    for start in range(0, 90_000, 30_000):
        compiled.over(" ".join(f"w{number}" for number in range(start, start + 30_000)))
        compiled.over("x" * 500 + " " + "é" * 81)
        assert answers(compiled.over(text)) == expected


@needed
def test_a_word_that_cannot_be_found_out_about_is_an_error() -> None:
    """What goes wrong while a word is looked up is raised, and the next text is read as ever."""
    wrong: list[Any] = [
        None, (b"", ()), (b"", ((0,),), True), (b"", ((5, True),), True), (sets_of([3]), (), True), ("x", (), True),
        (sets_of([0, 1 << 31]), (), True), (1, (), True), (b"", [], True),
    ]  # fmt: skip
    for answer in (KeyError("x"), *wrong):
        given = iter([answer, (b"", (), False)])

        def find(word: str, given: Any = given) -> Any:
            found = next(given)
            if isinstance(found, Exception):
                raise found
            return found

        look = glance.Look(((b"", -1, -1),), 3, find, lambda text: True)
        with pytest.raises((KeyError, TypeError, ValueError, OverflowError)):
            look.over("word")
        assert look.over("word") == []


@needed
@pytest.mark.parametrize("tables", [
    ((b"", 2),), (3,), ((b"", 2, "x"),), ((sets_of([3]), 0, 0),), ((b"", 3, 0),), ((b"", 0, -2),), ((1, 0, 0),),
])  # fmt: skip
def test_tables_that_are_none_are_an_error(tables: Any) -> None:
    """What a pattern needs is sets that there are, and one on each side."""
    look = glance.Look(tables, 3, lambda word: (b"", ((0, False),), False), lambda text: True)
    for _ in range(2):
        with pytest.raises((TypeError, ValueError)):
            look.over("word")


@needed
def test_a_look_is_made_once_and_whole() -> None:
    """One that was not made, or could not be, looks at nothing."""
    look = glance.Look.__new__(glance.Look)
    with pytest.raises(ValueError, match="not been made"):
        look.over("word")
    for sets in (0, -1, 1 << 40):
        with pytest.raises(ValueError, match="with some sets"):
            look.__init__((), sets, str, bool)  # type: ignore[misc]
    look.__init__((), 1, lambda word: (b"", (), False), bool)  # type: ignore[misc]
    with pytest.raises(ValueError, match="made once"):
        look.__init__((), 1, lambda word: (b"", (), False), bool)  # type: ignore[misc]
    assert look.over("word") == []
    with pytest.raises(TypeError):
        look.over(3)  # type: ignore[arg-type]


@needed
def test_a_person_is_asked_for_by_name_only_where_one_is_needed() -> None:
    """A pattern that needs a person is found where a pronoun stands, or a name that is known."""
    asked: list[str] = []

    def named(text: str) -> bool:
        asked.append(text)
        return "kim" in text

    def find(word: str) -> Any:
        return (PERSONS if word == "we" else b""), (((0, False),) if word == "forgot" else ()), True

    look = glance.Look(((PERSONS, -1, -1),), 3, find, named)
    assert [look.over(text) for text in ("we forgot", "kim forgot", "it forgot", "it ran")] == [
        [(0, 9, {0})], [(0, 10, {0})], [], [],
    ]  # fmt: skip
    assert asked == ["kim forgot", "it forgot"]


@needed
def test_several_threads_may_ask_at_once() -> None:
    """A language server looks at several files at once."""
    plain, compiled = both()
    texts = [f"The engineer should have looked at n{number:04} and we forgot w{number:04}." for number in range(2000)]
    wrong: list[str] = []

    def ask(some: list[str]) -> None:
        wrong.extend(text for text in some if answers(compiled.over(text)) != expected)

    expected = answers(plain.over(texts[0]))
    assert len({str(answers(plain.over(text))) for text in texts}) == 1
    threads = [threading.Thread(target=ask, args=(texts[start::4],)) for start in range(4)]
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        sys.setswitchinterval(before)
    assert wrong == []


@pytest.mark.parametrize("compiled", [pytest.param(True, marks=needed), False])
@pytest.mark.parametrize("piece", ["should have ", "a" * 100 + " ", "no one ", "one no", "n. A", "é. A ", "\u2003"])
def test_time_grows_with_the_text(piece: str, compiled: bool) -> None:
    """Eight times the text takes about eight times as long."""
    look = PAIR[compiled]

    def seconds(text: str) -> float:
        start = time.process_time()
        look.over(text)
        return time.process_time() - start

    small, large = (min(seconds(piece * times) for _ in range(3)) for times in (2000, 16_000))
    assert large < 30 * max(small, 0.002), (small, large)


# ------------------------------------------------------------------------------------------------ the sets of words


@needed
@MANY
@given(st.dictionaries(st.text(st.characters(exclude_categories=["Z", "C"]), min_size=1, max_size=5),
                       st.sets(st.integers(0, 2000), max_size=5)), st.lists(st.text(max_size=5)))  # fmt: skip
def test_compiled_members_are_the_same(held: dict[str, set[int]], others: list[str]) -> None:
    """Each word belongs to the sets that were packed for it, compiled or not, and any other one to none."""
    plain, compiled = Members(*packed(held)), glance.CompiledMembers(*packed(held))
    for word in (*held, *others, "\ud800", ""):
        assert plain.of(word) == compiled.of(word) == sets_of(held.get(word, ()))


@needed
def test_members_that_do_not_fit_are_an_error() -> None:
    """What was not packed is refused, whole or where it is asked for."""
    number = sets_of([0])
    for words, numbers in (("a b", number), ("", number), ("a", b"")):
        with pytest.raises(ValueError, match="a number for each word"):
            glance.CompiledMembers(words, numbers, (number,))
    kind = glance.CompiledMembers
    made: list[Any] = [kind("a", sets_of([1]), (number,)), kind.__new__(kind)]
    with pytest.raises(IndexError):
        made[0].of("a")
    with pytest.raises(ValueError, match="made once"):
        made[0].__init__("a", number, ())
    assert made[1].of("a") == b""
    for member in made:
        with pytest.raises(TypeError):
            member.of(3)


# ------------------------------------------------------------------------------------------------ the walk

PIECES = st.sampled_from([
    "We forgot it", "**", "_", "`code`", "$x$", "![alt *x*](u)", "[link](u)", "<https://a.b>", "<a@b.c>", "<br>", "<b>",
    "</b>", "<!-- x -->", "- ", "- [x] ", "1. ", "> ", "> [!NOTE]\n> ", "# ", "#### ", "    ", "\n", "\n\n", "|",
    "\n| a | b |\n|--|--|\n| c | d |\n", "<p>", "</p>", "<h2>", "</h2>", "<li>", "\n<div>\n", "\n</div>\n", "```\n",
    "~~", "[^1]", "\n[^1]: ", "---\n", "<script>", "&amp;", "\\*", "  \n", "<blockquote>", "\n***\n", "é", "🎉",
])  # fmt: skip
MARKDOWN = st.lists(PIECES, max_size=30).map("".join)


@needed
@MANY
@given(MARKDOWN | st.text(max_size=80), st.booleans(), st.integers(1, 9))
def test_the_compiled_walk_sees_the_same(text: str, quotations: bool, most: int) -> None:
    """The same blocks, each under its heading and in its place, and tasks are tasks."""
    assert list(walk.seen(text, quotations=quotations)) == list(walk.seen_here(text, quotations=quotations))
    places = walk.standing_here(text, 99, quotations=quotations)
    assert walk.standing(text, 99, quotations=quotations) == places
    # A block of HTML is followed to its end.
    some = walk.standing(text, most, quotations=quotations)
    assert some == places[: max(most, len(some))]


@needed
@pytest.mark.parametrize("told", [[{}], [3], [{"Start": {}}], [{"Start": 3}], [{3: 4}], [None]])
def test_a_parser_that_tells_something_else_is_an_error(told: list[Any]) -> None:
    """What no walk can follow is raised, not passed over."""
    given = (walk._SIGNS, walk._KINDS, "o", False, list)
    for placed in (told, [(*told, {"start": 0, "end": 0})], [(*told, {})], [(*told, 3)]):
        with pytest.raises(TypeError):
            walk._walk.standing(placed, *given, 9)
    with pytest.raises(TypeError):
        walk._walk.seen(told, *given)


@needed
def test_what_goes_wrong_on_the_way_is_raised() -> None:
    """An error of the parser's, or of what reads the HTML, is not lost."""

    def failing(*_: object) -> Any:
        raise OSError("gone")

    def told() -> Any:
        yield {"Start": "Paragraph"}
        failing()

    with pytest.raises(OSError, match="gone"):
        walk._walk.seen(told(), walk._SIGNS, walk._KINDS, "o", False, list)
    html = [{"Start": "HtmlBlock"}, {"Html": "<p>x"}, {"End": "HtmlBlock"}]
    with pytest.raises(OSError, match="gone"):
        walk._walk.seen(html, walk._SIGNS, walk._KINDS, "o", False, failing)
    for wrong in (None, [3], [("a",)]):
        with pytest.raises(TypeError):
            walk._walk.seen(html, walk._SIGNS, walk._KINDS, "o", False, lambda lines, wrong=wrong: wrong)
