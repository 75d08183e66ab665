"""Findings as people and other programs read them. To add a format: a module, and a line in FORMATS.

Each renderer takes the findings, what they were found in, and gives the whole output, ending in a newline.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module

from failforward.model.finding import Finding
from failforward.reports.run import Run

Renderer = Callable[[Sequence[Finding], Run], str]

# Modules are named, not imported: a run needs one of them.
FORMATS: dict[str, str] = {
    "text": "failforward.reports.text",
    "json": "failforward.reports.json_list",
    "github": "failforward.reports.github",
    "sarif": "failforward.reports.sarif",
    "rdjson": "failforward.reports.rdjson",
    "junit": "failforward.reports.junit",
    "gitlab": "failforward.reports.gitlab",
    "markdown": "failforward.reports.markdown",
}


# An older form of workflow commands is read anywhere in a line of a job's log: `##[error]…`. How each format breaks it,
# so that what reads the format still reads the same.
_OLD_COMMAND = "##["
_BROKEN = {"junit": "#&#35;[", "text": "#·[", "markdown": "#·[", "github": "#·["}


def render(name: str, findings: Sequence[Finding], run: Run) -> str:
    """Give findings in one of the FORMATS."""
    renderer: Renderer = import_module(FORMATS[name]).render
    return renderer(findings, run).replace(_OLD_COMMAND, _BROKEN.get(name, "#\\u0023["))
