"""From the chosen files to findings and what a report says beside them."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from failforward.cli.question import Found, Question, Texts
from failforward.errors import ArgumentError
from failforward.model.finding import Finding
from failforward.reports.run import Run

if TYPE_CHECKING:
    from failforward.cli.changes import Changes
    from failforward.cli.question import Part


def examine(choose: Callable[[], Sequence[Part]], question: Question) -> tuple[list[Finding], Run]:
    """Give the findings in what is chosen, sorted, and the run; of the touched lines alone where that is asked."""
    with _uncollected():
        looked = [part.look(question) for part in choose()]
    findings = [
        finding
        for found in looked
        for finding in (_touched(found, question.changes) if question.changes else found.findings)
    ]
    names = frozenset(name for found in looked for name in found.texts)
    names = question.changes.among(names) if question.changes else names
    texts = Texts(names, *(found.texts for found in looked))
    rules = {rule.id: rule for found in looked for rule in found.rules}
    passed_over = tuple(name for found in looked for name in found.passed_over)
    run = Run(tuple(rules.values()), len(texts), texts, passed_over=passed_over)
    return sorted(findings, key=lambda finding: finding.order), run


@contextmanager
def _uncollected() -> Iterator[None]:
    """Keep the collector of cycles from walking, over and over, the texts that are read and all stay."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        # What is read by now stays until the end, so that nobody need look through it.
        gc.freeze()
        if was_on:
            gc.enable()


def with_touched_first(findings: Sequence[Finding], run: Run, changes: Changes) -> Run:
    """Give the run such that findings on touched lines are shown first; as it is where git cannot tell."""
    try:
        touched = _touched(Found(list(findings), run.rules, run.sources), changes)
    except ArgumentError:
        return run
    return run._replace(first=frozenset(touched))


def _touched(found: Found, changes: Changes) -> list[Finding]:
    """Give the findings that stand on lines that were touched."""
    wording = {rule.id for rule in found.rules if rule.kind == "wording"}
    kept = []
    for finding in found.findings:
        touched = changes.of(finding.path)
        line = found.texts[finding.path].line(finding.line) if finding.path in found.texts else ""
        if touched and touched.holds(finding, line, wording=finding.rule in wording):
            kept.append(finding)
    return kept
