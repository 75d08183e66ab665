"""Stock phrases with one meaning, and what takes their place: the `fix` of wording rules, which `--fix` applies.

A rewrite is offered only where the words that were found are the whole phrase and the sentence around it stays one.
Where that cannot be seen from the words beside it, none is offered.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from failforward.checks.wording.lexicon import lexicon
from failforward.errors import RuleFileError
from failforward.model.finding import Fix
from failforward.model.rule import Rule
from failforward.text.source import Source, Span

_PHRASE = re.compile(r"(?P<words>[\w'’-]+(?: [\w'’-]+)*)(?: \((?P<before>[\w'’-]+(?:\|[\w'’-]+)*)\))?")
# What stands before the first word of a sentence: nothing, or a mark, a number or a time, and blanks.
_OPENS = re.compile(r"(?:^|[^\w\s,;]\s|\d\s)\s*$")
_COMMA = re.compile(r",\s?$")
_NEXT = re.compile(r"(?P<gap>,? )(?P<word>[^\W_]+)(?=[ ,.’'])")
# The sentence is over: a mark, or the end of the paragraph, row or text.
_CLOSES = re.compile(r"[.!?](?:\s|\Z)| *(?:\n\s*\n|\n *[-*#|<]|\n?\Z)")
# After these, the words that follow would no longer fit.
_LEANS = frozenset("a an and or but nor as so too very more most less rather quite how not never".split())
_SUBJECTS = frozenset("it we they there he she i nobody everything this that these those".split())


class Rewrite(NamedTuple):
    """A row of `fix`: what is written for a phrase, and the words of which one has to follow, if any."""

    text: str
    before: frozenset[str]


class Rewrites:
    """The rewrites that rules offer."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        """Read the rows; raises RuleFileError for one that cannot be used."""
        self._rows = {rule.id: _rows(rule) for rule in rules if rule.pairs("fix")}

    def of(self, rule: Rule, source: Source, span: Span) -> Fix | None:
        """Give the rewrite of the words that a rule found, where there is a safe one."""
        rows = self._rows.get(rule.id)
        if rows is None:
            return None
        words = source.slice(span)
        for row in rows.get(words.lower(), ()):
            fix = _fix(row, words, source, span)
            if fix:
                return fix
        return None


def _rows(rule: Rule) -> dict[str, list[Rewrite]]:
    rows: dict[str, list[Rewrite]] = {}
    for phrase, text in rule.pairs("fix"):
        match = _PHRASE.fullmatch(phrase)
        if match is None or "\n" in text or text != text.strip():
            raise _unusable(rule, phrase)
        words = frozenset((match["before"] or "").lower().split("|")) - {""}
        rows.setdefault(match["words"].lower(), []).append(Rewrite(text, words))
    return rows


def _unusable(rule: Rule, phrase: str) -> RuleFileError:
    text = rule.source.text
    at = max(text.find(phrase, max(text.find("\nfix:"), 0)), 0)
    remedy = "Write `a phrase: its rewrite`, with nothing but words; “Write a rule” shows the forms."
    line = rule.source.position(at).line
    return RuleFileError(f"fix: “{phrase}” is no rewrite", path=rule.source.path, line=line, remedy=remedy)


def _fix(row: Rewrite, words: str, source: Source, span: Span) -> Fix | None:
    if len(words) > 1 and words.isupper():
        return None
    before = source.text[source.text.rfind("\n", 0, span.start) + 1 : span.start]
    if row.text:
        return _replaced(row, words, source, span)
    return _taken_out(row, words, before, source, span) if row.before else _let_go(words, before, source, span)


def _replaced(row: Rewrite, words: str, source: Source, span: Span) -> Fix | None:
    """Write other words for a phrase."""
    following = _NEXT.match(source.text, span.end)
    if row.before and not (following and following["word"].lower() in row.before):
        return None
    return Fix(span, row.text[0].upper() + row.text[1:] if words[0].isupper() else row.text)


def _taken_out(row: Rewrite, words: str, before: str, source: Source, span: Span) -> Fix | None:
    """Take an adverb out before the word that it belongs to."""
    following = _NEXT.match(source.text, span.end)
    if following is None or following["gap"] != " " or following["word"].lower() not in row.before:
        return None
    last = before.split()[-1:] or [""]
    if last[0].lower() in _LEANS or last[0].endswith(","):
        return None
    return _joined(words, following, span)


def _let_go(words: str, before: str, source: Source, span: Span) -> Fix | None:
    """Take out a remark at the edge of its sentence: "Obviously, the …", "…, of course."."""
    comma = _COMMA.search(before)
    if comma and _CLOSES.match(source.text, span.end) and before[: comma.start()].strip():
        return Fix(Span(span.start - len(before) + comma.start(), span.end), "")
    following = _NEXT.match(source.text, span.end)
    if following is None or not _OPENS.search(before):
        return None
    word = following["word"]
    begins = word[0].isupper() or word in lexicon("determiner").exact or word in _SUBJECTS
    return _joined(words, following, span) if begins else None


def _joined(words: str, following: re.Match[str], span: Span) -> Fix:
    """Take a phrase out before a word, which takes over its capital letter."""
    first = following.start("word")
    if words[0].isupper() and following["word"][0].islower():
        return Fix(Span(span.start, first + 1), following["word"][0].upper())
    return Fix(Span(span.start, first), "")
