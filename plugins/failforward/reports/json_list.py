"""Findings as a JSON list, the contract for other programs."""

from __future__ import annotations

import json
from collections.abc import Sequence

from failforward.model.finding import Finding
from failforward.reports.run import Run

# The documented keys: all but the last one, a rewrite, which is for reviewdog and for `--fix`.
_KEYS = Finding._fields[:-1]
# With an indent `json` leaves its encoder in C; here the separators lay out the lines of an object.
_encoded = json.JSONEncoder(ensure_ascii=False, separators=(",\n  ", ": ")).encode


def render(findings: Sequence[Finding], run: Run) -> str:
    """Give a list of objects, sorted by path, line and column."""
    if not findings:
        return "[]\n"
    listed = _encoded([dict(zip(_KEYS, finding, strict=False)) for finding in findings])
    # No text in JSON holds a line's end, so that this stands only between objects.
    objects = listed[2:-2].replace("},\n  {", "\n },\n {\n  ")
    return f"[\n {{\n  {objects}\n }}\n]\n"
