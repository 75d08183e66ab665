"""Findings as GitLab's code quality report."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Sequence

from failforward.model.finding import Finding
from failforward.reports.run import Run

_LEVELS = {"error": "major", "warning": "minor", "advice": "info"}


def render(findings: Sequence[Finding], run: Run) -> str:
    """Give a list of issues."""
    seen: Counter[str] = Counter()
    issues = []
    for finding in findings:
        words = f"{finding.rule}\0{finding.path}\0{finding.excerpt}"
        seen[words] += 1
        issues.append(
            {
                "description": finding.message + (f" Instead: {finding.instead}" if finding.instead else ""),
                "check_name": finding.rule,
                "fingerprint": hashlib.sha256(f"{words}\0{seen[words]}".encode(errors="replace")).hexdigest()[:32],
                "severity": _LEVELS[finding.severity],
                "location": {"path": finding.path, "lines": {"begin": finding.line, "end": finding.end_line}},
            }
        )
    return json.dumps(issues, ensure_ascii=False, indent=1) + "\n"
