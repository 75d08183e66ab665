"""Findings as Markdown, for the summary of a job or a comment."""

from __future__ import annotations

import html
from collections.abc import Sequence

from failforward.model.finding import SEVERITIES, Finding
from failforward.reports.run import Run, counted, files_in_words, visible

# A job's summary may hold one megabyte; a row takes some three hundred bytes.
_MOST = 500


def render(findings: Sequence[Finding], run: Run) -> str:
    """Give a heading, the counts, and a table, most severe first."""
    lines = ["## failforward", "", f"{files_in_words(run.files)} checked: {counted(findings)}."]
    if findings:
        lines += ["", "| where | severity | what | instead | rule |", "|---|---|---|---|---|"]
        ranked = sorted(findings, key=lambda finding: (SEVERITIES.index(finding.severity), finding.order))
        lines += [_row(finding) for finding in ranked[:_MOST]]
        if len(ranked) > _MOST:
            lines += ["", f"{len(ranked) - _MOST:,} more are not shown."]
    return "\n".join(lines) + "\n"


def _row(finding: Finding) -> str:
    cells = (f"{finding.path}:{finding.line}", finding.severity, finding.message, finding.instead, finding.rule)
    return "| " + " | ".join(_cell(cell) for cell in cells) + " |"


def _cell(text: str) -> str:
    """Give a cell's text such that nothing in it is read as Markdown, HTML or a mention."""
    escaped = html.escape(visible(text), quote=False)
    for mark in "\\`*_[]|!~@":
        escaped = escaped.replace(mark, f"&#{ord(mark)};")
    return escaped
