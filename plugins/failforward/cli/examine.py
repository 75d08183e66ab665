"""From the chosen files to findings and what a report says beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from failforward.cli.selection import Selection
from failforward.lint import active_rules, lint
from failforward.model.finding import Finding
from failforward.reports.run import Run
from failforward.text.source import Source

if TYPE_CHECKING:
    from failforward.cli.changes import Changes


@dataclass(frozen=True)
class Question:
    """What is asked of the chosen files: by which rules, on which day, and of which lines."""

    today: date
    select: Sequence[str] = ()
    ignore: Sequence[str] = ()
    changes: Changes | None = None


def examine(chosen: Sequence[Selection], question: Question) -> tuple[list[Finding], Run]:
    """Give the findings, sorted, and the run; of the touched lines alone where that is asked."""
    findings: list[Finding] = []
    looked: set[str] = set()
    for part in chosen:
        prefix = part.playbook.prefix
        paths = {prefix + path for path in part.paths}
        if question.changes:
            paths &= question.changes.among(paths)
        only = None if part.whole else {path.removeprefix(prefix) for path in paths}
        found = lint(part.playbook, question.today, paths=only, select=question.select, ignore=question.ignore)
        findings += _touched(found, part, question.changes) if question.changes else found
        looked |= paths
    run = Run(
        rules=active_rules(chosen[0].playbook, question.select, question.ignore) if chosen else (),
        files=len(looked),
        sources={path: source for part in chosen for path, source in _sources(part) if path in looked},
    )
    return sorted(findings, key=lambda finding: finding.order), run


def _sources(part: Selection) -> Iterator[tuple[str, Source]]:
    return ((part.playbook.prefix + review.path, review.source) for review in part.reviews)


def _touched(findings: Sequence[Finding], part: Selection, changes: Changes) -> list[Finding]:
    """Give the findings that stand on lines that were touched."""
    playbook = part.playbook
    texts = dict(_sources(part))
    kept = []
    for finding in findings:
        touched = changes.of(finding.path)
        line = texts[finding.path].line(finding.line) if finding.path in texts else ""
        if touched and touched.holds(finding, line, wording=playbook.rule_by_id[finding.rule].kind == "wording"):
            kept.append(finding)
    return kept
