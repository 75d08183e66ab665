"""Findings as reviewdog's diagnostic JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from failforward.model.finding import Finding
from failforward.reports.run import Run

_LEVELS = {"error": "ERROR", "warning": "WARNING", "advice": "INFO"}


def render(findings: Sequence[Finding], run: Run) -> str:
    """Give one DiagnosticResult; columns count UTF-8 bytes there."""
    result = {
        "source": {"name": "failforward", "url": "https://github.com/failforward/failforward"},
        "diagnostics": [_diagnostic(finding, run) for finding in findings],
    }
    return json.dumps(result, ensure_ascii=False, indent=1) + "\n"


def _diagnostic(finding: Finding, run: Run) -> dict[str, Any]:
    start = {"line": finding.line, "column": _bytes(finding, run, finding.line, finding.column)}
    end = {"line": finding.end_line, "column": _bytes(finding, run, finding.end_line, finding.end_column)}
    diagnostic: dict[str, Any] = {
        "message": finding.message + (f"\nInstead: {finding.instead}" if finding.instead else ""),
        "location": {"path": finding.path, "range": {"start": start, "end": end}},
        "severity": _LEVELS[finding.severity],
        "code": {"value": finding.rule},
    }
    source = run.sources.get(finding.path)
    if finding.fix and source is not None:
        places = (source.position(offset) for offset in (finding.fix.span.start, finding.fix.span.end))
        start, end = (
            {"line": place.line, "column": _bytes(finding, run, place.line, place.column)} for place in places
        )
        diagnostic["suggestions"] = [{"range": {"start": start, "end": end}, "text": finding.fix.text}]
    return diagnostic


def _bytes(finding: Finding, run: Run, line: int, column: int) -> int:
    source = run.sources.get(finding.path)
    return column if source is None else len(source.line(line)[: column - 1].encode("utf-8", "replace")) + 1
