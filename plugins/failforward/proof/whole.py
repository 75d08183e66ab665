"""Whether a rule's file says all that a reader needs: why, what instead, a near miss, where the advice comes from."""

from __future__ import annotations

import re
from collections.abc import Iterator

from failforward.model.rule import Rule
from failforward.proof.failure import Failure, quoted

_SOURCE = re.compile(r"\S.*, https?://\S+")
_SECTION = re.compile(r"^## (.*?) *$", re.MULTILINE)
_YOU = re.compile(r"\b(?:you|your|yours|author)\b", re.IGNORECASE)


def failures(rule: Rule, *, shown: bool) -> Iterator[Failure]:
    """Give what a rule's file lacks; `shown` tells whether a text can show where it fires."""
    sections = _SECTION.findall(rule.page)
    yield from (Failure(1, f"The page has no “## {name}”") for name in ("Why", "Instead") if name not in sections)
    if shown and not rule.fires:
        yield Failure(1, "No case shows where the rule fires")
    if not rule.silent:
        yield Failure(1, "No case shows a near miss, under “## Silent”")
    if not rule.sources:
        yield Failure(1, "The rule names no source")
    for source in rule.sources:
        if not _SOURCE.fullmatch(source):
            yield Failure(_line(rule, source), "A source has no address", quoted([source]), "Title, https://…")
    if _YOU.search(f"{rule.message} {rule.instead}"):
        yield Failure(_line(rule, "message:"), "The message speaks of its author, not of the text")
    for case in rule.fires:
        if not case.spans:
            yield Failure(case.line, "A case that fires has no ==marked== words")
    for case in rule.silent:
        if case.spans:
            yield Failure(case.line, "A silent case has ==marked== words")


def _line(rule: Rule, words: str) -> int:
    return rule.source.position(max(rule.source.text.find(words), 0)).line
