"""Findings as a JSON list, the contract for other programs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from failforward.model.finding import Finding
from failforward.reports.run import Run


def render(findings: Sequence[Finding], run: Run) -> str:
    """Give a list of objects, sorted by path, line and column."""
    return json.dumps([_object(finding) for finding in findings], ensure_ascii=False, indent=1) + "\n"


def _object(finding: Finding) -> dict[str, Any]:
    """Give the documented keys; a rewrite is for reviewdog and for `--fix`."""
    return {name: value for name, value in finding._asdict().items() if name != "fix"}
