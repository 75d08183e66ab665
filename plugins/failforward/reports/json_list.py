"""Findings as a JSON list, the contract for other programs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

from failforward.model.finding import Finding
from failforward.reports.run import Run


def render(findings: Sequence[Finding], run: Run) -> str:
    """Give a list of objects, sorted by path, line and column."""
    return json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=1) + "\n"
