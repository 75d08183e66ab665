"""Findings for people: where, what, the line with the place marked, and what to write instead."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence

from failforward.model.finding import Finding, Fix
from failforward.reports.run import JOINERS, Run, counted, files_in_words, visible
from failforward.text.source import Source

_COLOURS = {"error": "31", "warning": "33", "advice": "36"}
_WIDTH = 110
_JOINED = re.compile(rf"\u200d[^\w\s]\ufe0f?|[{JOINERS}]")

Paint = Callable[[str, str], str]


def render(findings: Sequence[Finding], run: Run) -> str:
    """Give each finding as a paragraph, then the counts."""
    paint = _painted if run.colour else _plain
    blocks = [_block(finding, run, paint) for finding in findings]
    total = f"{files_in_words(run.files)} checked: {counted(findings)}."
    if findings:
        total += f" `failforward explain {findings[0].rule}` says why."
    return "\n".join([*blocks, paint(total, "1")]) + "\n"


def _plain(text: str, code: str) -> str:
    return text


def _painted(text: str, code: str) -> str:
    return f"\x1b[{code}m{text}\x1b[0m"


def _block(finding: Finding, run: Run, painted: Paint) -> str:
    # A line of a job's log that begins with :: is a command there.
    lead = "./" if finding.path.startswith(":") else ""
    where = f"{lead}{visible(finding.path)}:{finding.line}:{finding.column}"
    severity = painted(finding.severity, _COLOURS[finding.severity])
    lines = [f"{painted(where, '1')}: {severity}: {visible(finding.message)} [{finding.rule}]"]
    source = run.sources.get(finding.path)
    if source is not None and source.line(finding.line).strip():
        lines += _marked(source.line(finding.line), finding)
    if finding.instead:
        lines.append(f"      instead: {visible(finding.instead)}")
    if finding.fix and source is not None:
        lines.append(f"      --fix {_in_words(finding.fix, source)}")
    return "\n".join(lines) + "\n"


def _in_words(fix: Fix, source: Source) -> str:
    """Say what a rewrite does."""
    there = visible(source.slice(fix.span))
    return f"writes “{visible(fix.text)}” for “{there}”" if fix.text else f"takes out “{there}”"


def _marked(line: str, finding: Finding) -> list[str]:
    """Give the source line and a line of carets under the place; long lines are cut around it."""
    start = finding.column - 1
    end = finding.end_column - 1 if finding.end_line == finding.line else len(line)
    end = max(min(end, len(line)), start + 1)
    cut = max(0, min(start - 30, len(line) - _WIDTH)) if len(line) > _WIDTH else 0
    shown = visible(line[cut : cut + _WIDTH])
    before = _columns(visible(line[cut:start]))
    carets = max(1, _columns(visible(line[start : min(end, cut + _WIDTH)])))
    number = str(finding.line)
    lead = "…" if cut else " "
    return [
        f" {number:>4} |{lead}{shown}{'…' if len(line) > cut + _WIDTH else ''}",
        f"      | {' ' * before}{'^' * carets}",
    ]


def _columns(text: str) -> int:
    """Count terminal columns: wide characters take two, combining ones and what is joined to a sign none."""
    text = _JOINED.sub("", text)
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text
    )
