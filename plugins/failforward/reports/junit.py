"""Findings as JUnit XML: one test case for each file, failed where it has an error or a warning."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from failforward.model.finding import Finding
from failforward.reports.run import Run, visible


def render(findings: Sequence[Finding], run: Run) -> str:
    """Give one test suite."""
    by_path: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_path[finding.path].append(finding)
    paths = sorted({*run.sources, *by_path})
    failed = sum(1 for path in paths if any(finding.severity != "advice" for finding in by_path[path]))
    lines = ['<?xml version="1.0" encoding="UTF-8"?>']
    lines.append(f'<testsuites><testsuite name="failforward" tests="{len(paths)}" failures="{failed}">')
    lines += [_case(path, by_path[path]) for path in paths]
    lines.append("</testsuite></testsuites>")
    return "\n".join(lines) + "\n"


def _case(path: str, findings: Sequence[Finding]) -> str:
    name = quoteattr(visible(path))
    serious = [finding for finding in findings if finding.severity != "advice"]
    said = "\n".join(_line(finding) for finding in findings)
    if not serious:
        out = f"<system-out>{escape(said)}</system-out>" if said else ""
        return f'<testcase classname="failforward" name={name}>{out}</testcase>'
    count = quoteattr("1 finding" if len(serious) == 1 else f"{len(serious)} findings")
    failure = f'<failure message={count} type="{serious[0].severity}">{escape(said)}</failure>'
    return f'<testcase classname="failforward" name={name}>{failure}</testcase>'


def _line(finding: Finding) -> str:
    message = visible(f"{finding.message} {finding.instead}".strip())
    return f"{visible(finding.path)}:{finding.line}:{finding.column}: {finding.severity}: {message} [{finding.rule}]"
