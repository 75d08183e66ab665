"""No text in a file can forge a workflow command or break a report."""

import json
import re
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from failforward.model.finding import Finding
from failforward.reports import FORMATS, render
from failforward.reports.run import JOINERS, Run
from failforward.text.source import Source

anything = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "::",
                "::error::x",
                "\n",
                "\r",
                "%0A",
                "%",
                ",",
                ":",
                "##[error]",
                "\x1b[0m",
                "]]>",
                "<",
                "&",
                '"',
                "|",
                "\ud800",
            ]
        ),
        st.text(st.characters(), max_size=8),
    ),
    max_size=8,
).map("".join)
places = st.integers(1, 5)
findings = st.builds(
    Finding,
    rule=st.just("a-rule"),
    severity=st.sampled_from(["error", "warning", "advice"]),
    path=anything,
    line=places,
    column=places,
    end_line=places,
    end_column=places,
    excerpt=anything,
    message=anything,
    instead=anything,
)
COMMAND = re.compile(r"::(error|warning|notice) ([^:\r\n]*)::([^\r\n]*)")


@given(st.lists(findings, max_size=4))
def test_no_text_forges_a_workflow_command(found: list[Finding]) -> None:
    """There are as many commands as findings, each well formed, and one line that is none."""
    lines = re.split(r"[\r\n]+", render("github", found, Run()).strip("\n"))
    commands = [match for line in lines if (match := COMMAND.fullmatch(line))]
    assert len(commands) == len(found) == len(lines) - 1
    assert lines[-1].startswith("failforward: ")
    for command in commands:
        assert {part.partition("=")[0] for part in command[2].split(",")} <= {
            "file",
            "line",
            "endLine",
            "col",
            "endColumn",
            "title",
        }
        assert not re.search(r"%(?!25|0A|0D|3A|2C)", command[2] + command[3])


@given(st.lists(findings, max_size=4))
def test_every_report_can_be_read(found: list[Finding]) -> None:
    """JSON parses, XML parses, and no control character is left in what a terminal shows."""
    sources = {finding.path: Source(finding.path, finding.excerpt) for finding in found}
    reports = {name: render(name, found, Run((), len(found), sources)) for name in FORMATS}
    for name in ("json", "sarif", "rdjson", "gitlab"):
        json.loads(reports[name])
    ET.fromstring(reports["junit"])
    for name in ("text", "github", "junit", "markdown"):
        assert all(char.isprintable() or char in JOINERS for char in reports[name].replace("\n", "")), name
