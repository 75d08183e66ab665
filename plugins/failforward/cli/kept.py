"""Findings kept from earlier runs, as JSON below `.cache/failforward/` of the playbook or the current folder.

What cannot be read or written there is no error: then everything is looked at anew.
"""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from failforward.model.finding import SEVERITIES, Finding, Fix
from failforward.text.source import Span

_MOST_FILES = 8


class Kept:
    """The kept findings of one folder; each entry has a name that stands for all that it depends on."""

    def __init__(self, folder: Path) -> None:
        """Take the folder to keep them in; it is made when something is kept."""
        self.folder = folder / ".cache" / "failforward"

    def load(self, name: str) -> dict[str, Any]:
        """Give an entry, empty where there is none."""
        try:
            entry = json.loads((self.folder / f"{name}.json").read_text("ascii"))
        except (OSError, ValueError, RecursionError):
            return {}
        return entry if isinstance(entry, dict) else {}

    def save(self, name: str, entry: Mapping[str, Any]) -> None:
        """Keep an entry; of too many the oldest go."""
        with contextlib.suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            ignored = self.folder / ".gitignore"
            if not ignored.exists():
                ignored.write_text("*\n", "ascii")
            handle, made = tempfile.mkstemp(prefix=".", dir=self.folder)
            with os.fdopen(handle, "w", encoding="ascii") as file:
                json.dump(entry, file, separators=(",", ":"))
            Path(made).replace(self.folder / f"{name}.json")
            found = sorted(self.folder.glob("*.json"), key=lambda path: path.stat().st_mtime_ns)
            for path in found[:-_MOST_FILES]:
                path.unlink()


def packed(findings: Iterable[Finding]) -> list[list[Any]]:
    """Give findings as JSON holds them."""
    return [
        [
            found.rule, found.severity, found.path, found.line, found.column, found.end_line, found.end_column,
            found.excerpt, found.message, found.instead,
            found.fix and [found.fix.span.start, found.fix.span.end, found.fix.text],
        ]
        for found in findings
    ]  # fmt: skip


def unpacked(value: Any) -> list[Finding] | None:
    """Give findings from what JSON held; None where that is something else."""
    try:
        found = [
            Finding(*parts, fix=Fix(Span(fix[0], fix[1]), fix[2]) if fix else None)  # type: ignore[misc]
            for *parts, fix in value
        ]
        sound = all(each.severity in SEVERITIES and isinstance(each.line, int) for each in found)
    except (TypeError, ValueError, IndexError):
        return None
    return found if sound else None
