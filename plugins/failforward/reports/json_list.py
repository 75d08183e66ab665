"""Findings as a JSON list, the contract for other programs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from failforward.model.finding import Finding
from failforward.reports.run import Run

# With an indent `json` leaves its encoder in C; here the separators lay out the lines of an object.
_encoded = json.JSONEncoder(ensure_ascii=False, separators=(",\n  ", ": ")).encode


def render(findings: Sequence[Finding], run: Run) -> str:
    """Give a list of objects, sorted by path, line and column."""
    listed = ",\n".join(f" {{\n  {_encoded(_object(finding))[1:-1]}\n }}" for finding in findings)
    return f"[\n{listed}\n]\n" if listed else "[]\n"


def _object(finding: Finding) -> dict[str, Any]:
    """Give the documented keys; a rewrite is for reviewdog and for `--fix`."""
    named = finding._asdict()
    del named["fix"]
    return named
