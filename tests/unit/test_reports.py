"""Reports: each format says the same, and no text in a file can steer what reads the report."""

import json
from xml.etree import ElementTree as ET

import pytest

from failforward.model.finding import Finding, Fix
from failforward.model.rule import Rule
from failforward.reports import FORMATS, render
from failforward.reports.run import Run, visible
from failforward.text.source import Source, Span

PATH = "reviews/a.md"
SOURCE = Source(PATH, "title: Né 🚀 words\nsecond line\n")
FINDING = Finding("a-rule", "warning", PATH, 1, 8, 1, 12, "Né 🚀", "It says “Né 🚀”", "Write less.")
RUN = Run((Rule("a-rule", "fields", "It says", {"reviewed": "warning"}),), 1, {PATH: SOURCE})
HOSTILE = "\x1b[31m\x07\x00\u202e\n::error::owned\r\n<script>]]></x>|`@team`&%0A\ud800\u2028"


def finding(**changes: object) -> Finding:
    """Give the finding with some of its parts replaced."""
    return FINDING._replace(**changes)


def test_text_shows_the_line_with_the_place_marked() -> None:
    """People see where, how severe, what, the line with carets below it, and what to write instead."""
    assert render("text", [FINDING], RUN) == (
        "reviews/a.md:1:8: warning: It says “Né 🚀” [a-rule]\n"
        "    1 | title: Né 🚀 words\n"
        "      |        ^^^^^\n"
        "      instead: Write less.\n"
        "\n"
        "1 file checked: 1 warning. `failforward explain a-rule` says why.\n"
    )


def test_text_says_what_a_rewrite_would_write() -> None:
    """Where `--fix` has something to write, the words before and after are shown."""
    longer = finding(fix=Fix(Span(7, 11), "Now\n"))
    assert "\n      --fix writes “Now ” for “Né 🚀”\n" in render("text", [longer], RUN)
    assert "\n      --fix takes out “Né 🚀”\n" in render("text", [finding(fix=Fix(Span(7, 11), ""))], RUN)


def test_carets_stand_under_a_long_line_too() -> None:
    """A long line is cut around its place, and the carets stand under the words meant."""
    text = f"{'x' * 300} here {'y' * 300}"
    place = finding(column=302, end_column=306)
    lines = render("text", [place], Run(sources={PATH: Source(PATH, text)})).split("\n")
    marked = [char for char, caret in zip(lines[1], lines[2], strict=False) if caret == "^"]
    assert "".join(marked) == "here"
    assert len(lines[1]) < 130


def test_carets_count_columns_of_a_terminal() -> None:
    """Wide characters take two columns and combining ones none."""
    source = Source(PATH, "日本e\u0301 here")
    lines = render("text", [finding(column=6, end_column=10)], Run(sources={PATH: source})).split("\n")
    assert lines[2] == "      | " + " " * 6 + "^^^^"


def test_colours_only_where_wanted() -> None:
    """Text has escapes only for a terminal that wants them."""
    assert "\x1b[" not in render("text", [FINDING], RUN)
    coloured = render("text", [FINDING], Run(RUN.rules, 1, RUN.sources, colour=True))
    assert "\x1b[33mwarning\x1b[0m" in coloured


def test_json_is_the_documented_contract() -> None:
    """A list of objects with exactly the documented keys, lines and columns from 1 in characters."""
    (object_,) = json.loads(render("json", [FINDING], RUN))
    assert object_ == {
        "rule": "a-rule", "severity": "warning", "path": PATH, "line": 1, "column": 8, "end_line": 1, "end_column": 12,
        "excerpt": "Né 🚀", "message": "It says “Né 🚀”", "instead": "Write less.",
    }  # fmt: skip


def test_reviewdog_counts_bytes() -> None:
    """The diagnostic JSON gives columns in UTF-8 bytes, as its reader expects."""
    range_ = json.loads(render("rdjson", [FINDING], RUN))["diagnostics"][0]["location"]["range"]
    assert range_ == {"start": {"line": 1, "column": 8}, "end": {"line": 1, "column": 16}}


def test_sarif_points_at_its_rule() -> None:
    """A result names its rule and that rule's place in the list."""
    run = json.loads(render("sarif", [FINDING], RUN))["runs"][0]
    (result,) = run["results"]
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"] == "a-rule"
    assert run["columnKind"] == "unicodeCodePoints"


@pytest.mark.parametrize("name", ["sarif", "gitlab"])
def test_a_fingerprint_outlives_other_lines(name: str) -> None:
    """The same words keep their fingerprint when lines move; a second place with them gets another."""

    def prints(*findings: Finding) -> list[str]:
        made = json.loads(render(name, findings, RUN))
        if name == "gitlab":
            return [issue["fingerprint"] for issue in made]
        return [result["partialFingerprints"]["failforward/v1"] for result in made["runs"][0]["results"]]

    assert prints(FINDING) == prints(finding(line=9, end_line=9))
    assert len(set(prints(FINDING, finding(line=9, end_line=9)))) == 2


def test_github_annotates_lines_and_counts_what_it_does_not_show() -> None:
    """GitHub shows ten annotations of a severity: the others are counted in one notice."""
    lines = render("github", [FINDING] * 12, RUN).split("\n")
    assert lines[0] == (
        "::warning file=reviews/a.md,line=1,endLine=1,col=8,endColumn=12,title=failforward%3A a-rule"
        "::It says “Né 🚀” — Write less."
    )
    assert sum(line.startswith("::warning") for line in lines) == 10
    assert "::notice title=failforward::2 more findings stand in the job's summary." in lines


def test_github_gives_no_columns_over_several_lines() -> None:
    """GitHub refuses columns on a range of several lines."""
    line = render("github", [finding(end_line=2)], RUN).split("\n")[0]
    assert "endLine=2" in line
    assert "col=" not in line


def test_junit_has_a_case_for_each_file() -> None:
    """Every file is a test case, which fails where it has an error or a warning; advice alone does not fail it."""
    sources = {PATH: SOURCE, "reviews/b.md": SOURCE, "reviews/c.md": SOURCE}
    advice = finding(path="reviews/b.md", severity="advice")
    suite = ET.fromstring(render("junit", [FINDING, advice], Run((), 3, sources)))[0]
    assert (suite.get("tests"), suite.get("failures")) == ("3", "1")
    assert [(case.get("name"), [part.tag for part in case]) for case in suite] == [
        (PATH, ["failure"]), ("reviews/b.md", ["system-out"]), ("reviews/c.md", []),
    ]  # fmt: skip


def test_markdown_is_a_table_most_severe_first() -> None:
    """The summary of a job counts, and lists the most severe first."""
    lines = render("markdown", [FINDING, finding(severity="error", line=2)], RUN).split("\n")
    assert lines[2] == "1 file checked: 1 error, 1 warning."
    assert [line.split(" | ")[1] for line in lines[6:8]] == ["error", "warning"]


@pytest.mark.parametrize("name", FORMATS)
def test_no_findings_is_a_report_too(name: str) -> None:
    """Every format has a form for nothing found, and ends its last line."""
    assert render(name, [], Run()).endswith("\n")


@pytest.mark.parametrize("name", ["text", "github", "junit", "markdown"])
def test_what_a_file_says_cannot_steer_a_report(name: str) -> None:
    """Escapes, line ends, workflow commands and markup in a path, excerpt or message are shown and do nothing."""
    path = f"reviews/{HOSTILE}.md"
    hostile = finding(path=path, message=HOSTILE, instead=HOSTILE, excerpt=HOSTILE)
    text = render(name, [hostile], Run((), 1, {path: Source(path, HOSTILE)}))
    assert not any(char in text for char in "\x1b\x07\x00\u202e\r\u2028\ud800")
    assert not any(line.startswith("::error::owned") for line in text.split("\n"))
    assert text.count("\n") == render(name, [FINDING], RUN).count("\n")
    if name == "junit":
        ET.fromstring(text)
    if name == "markdown":
        assert "<script>" not in text
        assert "@team" not in text


@pytest.mark.parametrize("name", FORMATS)
def test_no_format_forges_a_command_in_the_log_of_a_job(name: str) -> None:
    """A job's log reads commands at the beginning of a line, and an older form of them anywhere: neither is there."""
    path, words = "::error::owned.md", "##[error]owned"
    hostile = finding(path=path, message=words, instead=words, excerpt=words)
    text = render(name, [hostile], Run((), 1, {path: Source(path, words)}))
    assert "##[" not in text
    ours = "::warning file=%3A%3Aerror%3A%3Aowned.md,"
    assert [line for line in text.split("\n") if line.lstrip().startswith("::") and not line.startswith(ours)] == []
    if name in ("json", "sarif", "rdjson", "gitlab"):
        assert words in json.dumps(json.loads(text))
    if name == "junit":
        assert words in "".join(ET.fromstring(text).itertext())


@pytest.mark.parametrize("name", ["json", "sarif", "rdjson", "gitlab"])
def test_json_formats_hold_any_text(name: str) -> None:
    """A path or sentence of any characters makes valid JSON."""
    path = f"reviews/{HOSTILE}.md"
    hostile = finding(path=path, message=HOSTILE, excerpt=HOSTILE)
    json.loads(render(name, [hostile], Run((), 1, {path: Source(path, HOSTILE)})))


def test_visible_text_keeps_its_length() -> None:
    """What cannot be shown becomes a space, so that columns stay where they are; what joins two signs is shown."""
    assert visible("a\x1b\tb🚀é\u200d") == "a  b🚀é "
    joined = ("👩\u200d👩\u200d👧", "❤️\u200d🔥", "می\u200cخواهم")
    assert tuple(visible(f"{text}\x1b") for text in joined) == tuple(f"{text} " for text in joined)
    assert visible("\u200da\u200db\u200d\u200d") == " a b  "


@pytest.mark.parametrize(("sign", "columns"), [("👩\u200d👩\u200d👧", 2), ("🚀", 2), ("é", 1), ("e\u0301", 1)])
def test_the_caret_stands_under_its_word_behind_a_sign(sign: str, columns: int) -> None:
    """A sign that is joined of several takes the place of one."""
    line = f"{sign} our fault"
    at = len(sign) + 2
    fault = finding(path="a.md", line=1, column=at, end_line=1, end_column=at + 3)
    shown = render("text", [fault], Run((), 1, {"a.md": Source("a.md", line)})).split("\n")
    assert (shown[1].partition("| ")[2], shown[2].partition("| ")[2]) == (line, " " * (columns + 1) + "^^^")


@pytest.mark.parametrize(("count", "words"), [(1, "1 finding"), (2, "2 findings")])
def test_junit_counts_in_words(count: int, words: str) -> None:
    """One finding is one finding."""
    assert f'<failure message="{words}" ' in render("junit", [finding()] * count, Run())
