"""From the chosen files to findings and what a report says beside them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from failforward.cli.question import Found, Question, Texts
from failforward.cli.selection import Part
from failforward.model.finding import Finding
from failforward.reports.run import Run

if TYPE_CHECKING:
    from failforward.cli.changes import Changes


def examine(chosen: Sequence[Part], question: Question) -> tuple[list[Finding], Run]:
    """Give the findings, sorted, and the run; of the touched lines alone where that is asked."""
    looked = [part.look(question) for part in chosen]
    findings = [
        finding
        for found in looked
        for finding in (_touched(found, question.changes) if question.changes else found.findings)
    ]
    names = frozenset(name for found in looked for name in found.texts)
    names = question.changes.among(names) if question.changes else names
    texts = Texts(names, *(found.texts for found in looked))
    rules = {rule.id: rule for found in looked for rule in found.rules}
    return sorted(findings, key=lambda finding: finding.order), Run(tuple(rules.values()), len(texts), texts)


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
