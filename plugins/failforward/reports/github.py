"""Findings and promises as GitHub workflow commands: annotations on the lines of a pull request.

GitHub shows ten annotations of each severity per step: the rest is counted in one notice, and belongs in the summary.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from failforward.model.finding import SEVERITIES, Finding
from failforward.reports.run import Run, counted, files_in_words, visible

_LEVELS = {"error": "error", "warning": "warning", "advice": "notice"}
SHOWN = 10


def render(findings: Sequence[Finding], run: Run) -> str:
    """Give the commands, most severe first, then one line for the log."""
    lines: list[str] = []
    left = 0
    for severity in SEVERITIES:
        found = [finding for finding in findings if finding.severity == severity]
        found.sort(key=lambda finding: finding not in run.first)
        # One notice is kept for the count of what is not shown.
        room = SHOWN - 1 if severity == "advice" else SHOWN
        lines += [_command(finding) for finding in found[:room]]
        left += len(found[room:])
    if left:
        lines.append(f"::notice title=failforward::{left} more findings stand in the job's summary.")
    lines.append(f"failforward: {files_in_words(run.files)} checked: {counted(findings)}.")
    return "\n".join(lines) + "\n"


def _command(finding: Finding) -> str:
    properties = {
        "file": finding.path, "line": str(finding.line), "endLine": str(finding.end_line), "col": str(finding.column),
        "endColumn": str(finding.end_column), "title": f"failforward: {finding.rule}",
    }  # fmt: skip
    if finding.end_line != finding.line:
        # GitHub refuses columns on a range of several lines.
        del properties["col"], properties["endColumn"]
    message = finding.message + (f" — {finding.instead}" if finding.instead else "")
    return command(_LEVELS[finding.severity], properties, message)


def command(level: str, properties: Mapping[str, str], message: str) -> str:
    """Give a workflow command, `error`, `warning` or `notice`, whose texts can begin no other one."""
    listed = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{level} {listed}::{_data(message)}"


def _data(text: str) -> str:
    """Escape a command's message, so that no text can begin another command."""
    return visible(text.replace("\n", " ")).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
