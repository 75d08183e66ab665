"""Whether a rule about the structure of reviews finds the marked places in the reviews that its page shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from failforward.lint import lint
from failforward.model.case import Case
from failforward.model.finding import Finding
from failforward.model.playbook import Playbook
from failforward.model.rule import Rule
from failforward.playbook import read_text
from failforward.proof.failure import Failure, quoted
from failforward.text.source import Position, Source, normalised

# The day on which the reviews in rule files are read, so that a case holds next year as well.
DAY = date(2026, 11, 22)
# Tests and problems that are about files and not about one text: their pages tell how it looks.
NOT_SHOWN = frozenset(
    ("name", "unique", "size", "risk-past-its-day", "unreadable-file", "unusable-cause", "unusable-risk")
)
_PATH = "reviews/2026-10-02-example.md"
# A place in a message that no value filled; `mood: {before: 2}` in a message is an example.
_UNFILLED = re.compile(r"\{\w+\}")
_ABOUT_FILES = {"identity": ("name", "unique"), "links": ("size",)}

Place = tuple[Position, Position]


def not_shown(rule: Rule) -> bool:
    """Tell whether a rule is about files, so that no text can show where it fires."""
    if rule.kind == "reading":
        return set(rule.words("problem")) <= NOT_SHOWN
    return rule.word("test") in _ABOUT_FILES.get(rule.kind, ())


def failures(rule: Rule, playbook: Playbook) -> Iterator[Failure]:
    """Give what does not hold of a rule's cases."""
    for case in (*rule.fires, *rule.silent):
        if not case.review:
            yield Failure(case.line, f"A case of a {rule.kind} rule is a whole review, between fences")
            continue
        text = normalised(case.text)
        source = Source(_PATH, text)
        findings = _findings(rule, case, playbook)
        found = {_place(finding) for finding in findings}
        marked = {(source.position(span.start), source.position(span.end)) for span in case.spans}
        if found != marked:
            yield Failure(case.line, "Other places are found than those that are marked", _shown(source, found),
                          _shown(source, marked))  # fmt: skip
        yield from _of_messages(case, findings)
    for case in rule.silent:
        if case.review:
            yield from _unread(case)


def _findings(rule: Rule, case: Case, playbook: Playbook) -> list[Finding]:
    """Give what this rule alone finds in the review that a case shows."""
    review = read_text(case.text.encode(), _PATH)
    return lint(replace(playbook, reviews=(review,)), DAY, paths=(_PATH,), select=[rule.id])


def _place(finding: Finding) -> Place:
    return Position(finding.line, finding.column), Position(finding.end_line, finding.end_column)


def _shown(source: Source, places: set[Place]) -> str:
    words = []
    for start, end in sorted(places):
        first, last = (source.line_start(at.line) + at.column - 1 for at in (start, end))
        words.append(f"{start.line}:{start.column} {quoted([source.text[first:last]])}")
    return ", ".join(words) or "nothing"


def _of_messages(case: Case, findings: list[Finding]) -> Iterator[Failure]:
    """Look whether each finding says what is there and what to write instead, with no place left unfilled."""
    for finding in findings:
        if not finding.message or not finding.instead:
            yield Failure(case.line, "A finding does not say what is there and what to write instead")
        for place in _UNFILLED.findall(f"{finding.message} {finding.instead}"):
            yield Failure(case.line, "A place in the message is not filled", place)


def _unread(case: Case) -> Iterator[Failure]:
    """Look whether what a page shows as fine can be read; an alias is all that may be pointed out."""
    for problem in read_text(case.text.encode(), _PATH).problems:
        if problem.kind != "field-alias":
            yield Failure(case.line, "The silent case cannot be read as it is meant", problem.what, "nothing")
