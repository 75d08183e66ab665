"""`failforward check` as a program: exit codes, what it looks at, where it writes."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

TESTS = Path(__file__).resolve().parents[1]
ROOT = TESTS.parent
PLANTED = TESTS / "planted"

MakePlaybook = Callable[..., Path]
CommandLine = Callable[..., subprocess.CompletedProcess[str]]
TODAY = ("--today", "2026-10-20")


@pytest.fixture
def clean(make_playbook: MakePlaybook, complete_review: str) -> Path:
    """Give a folder with a playbook in which nothing is to be found."""
    return make_playbook({"reviews/2026-10-02-checkout.md": complete_review}).parent


@pytest.fixture
def bad(make_playbook: MakePlaybook, complete_review: str) -> Path:
    """Give a folder with a playbook that has one error and one warning."""
    text = complete_review.replace("after: 4", "after: 7").replace(
        "status: reviewed", "weather: rain\nstatus: reviewed"
    )
    return make_playbook({"reviews/2026-10-02-checkout.md": text, "reviews/2026-10-05-b.md": complete_review}).parent


def test_ten_planted_faults_are_found(program: CommandLine, make_playbook: MakePlaybook) -> None:
    """A review with ten faults gives exactly those ten findings, each at its line and columns."""
    root = make_playbook(
        {"reviews/2026-10-02-checkout.md": (PLANTED / "ten-faults.md").read_bytes(), "evidence/evictions.png": b"x"}
    )
    result = program("check", *TODAY, "--output-format", "json", cwd=root)
    found = [
        {key: finding[key] for key in ("rule", "severity", "line", "column", "end_line", "end_column", "excerpt")}
        for finding in json.loads(result.stdout)
    ]
    assert found == json.loads((PLANTED / "ten-faults.json").read_text("utf-8"))
    assert len(found) == 10
    assert (result.returncode, result.stderr) == (1, "")


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ((), 1),
        (("--fail-on", "warning"), 1),
        (("--fail-on", "never"), 0),
        (("--ignore", "wrong-form"), 0),
        (("--ignore", "wrong-form", "--fail-on", "warning"), 1),
        (("--select", "wrong-form,unknown-field"), 1),
        (("--select", "late-debrief"), 0),
        (("--select", "late-debreif"), 2),
        (("--colour",), 1),
    ],
)
def test_exit_codes(failforward: CommandLine, bad: Path, options: tuple[str, ...], code: int) -> None:
    """0 where nothing is as severe as asked for, 1 where something is, 2 where an argument cannot be used."""
    assert failforward("check", *TODAY, *options, cwd=bad).returncode == code


def test_a_clean_playbook_ends_with_0(program: CommandLine, clean: Path) -> None:
    """Where nothing is found, one line says so."""
    result = program("check", *TODAY, cwd=clean)
    assert (result.returncode, result.stdout, result.stderr) == (0, "1 file checked: no findings.\n", "")


@pytest.mark.parametrize(
    ("paths", "files"),
    [
        ((), 2),
        (("playbook",), 2),
        (("playbook/reviews",), 2),
        (("playbook/reviews/2026-10-05-b.md",), 1),
        ((".",), 2),
        (("playbook/reviews/2026-10-05-b.md", "playbook/reviews/2026-10-02-checkout.md"), 2),
        (("--playbook", "playbook", "playbook/reviews/2026-10-05-b.md"), 1),
        (("--playbook", "."), 2),
        (("playbook/docs",), 0),
    ],
)
def test_what_is_looked_at(failforward: CommandLine, bad: Path, paths: tuple[str, ...], files: int) -> None:
    """Nothing named means the whole playbook; a folder means the reviews in it; a file means that file."""
    (bad / "playbook" / "docs").mkdir()
    said = failforward("check", *TODAY, *paths, cwd=bad).stdout
    assert f"\n{files} file{'s' * (files != 1)} checked" in f"\n{said}"


def test_paths_lead_from_where_one_stands(failforward: CommandLine, bad: Path) -> None:
    """The path of a finding can be opened from the folder in which the command was called."""
    for folder in (bad, bad / "playbook", bad / "playbook" / "reviews"):
        for finding in json.loads(failforward("check", "--output-format", "json", *TODAY, cwd=folder).stdout):
            assert (folder / finding["path"]).is_file()


def test_standard_input_is_read_as_a_review(failforward: CommandLine, clean: Path, complete_review: str) -> None:
    """`-` reads one review, in any encoding, as if it lay in reviews/."""
    text = complete_review.replace("one shared page", "[one](2026-10-02-checkout.md)")
    assert failforward("check", *TODAY, "-", cwd=clean, stdin=text).returncode == 0
    result = failforward(
        "check", "--output-format", "json", "-", cwd=clean, stdin=text.replace("4}", "7}").encode("utf-16")
    )
    assert [(finding["path"], finding["rule"]) for finding in json.loads(result.stdout)] == [
        ("-", "unreadable-file"),
        ("-", "wrong-form"),
    ]


@pytest.mark.parametrize(
    "stdin",
    [b"", b"\0" * 100, b"\xff" * 100, b"---\n" * 100, b"[" * 100_000],
    ids=["empty", "nul", "latin", "fences", "brackets"],
)
def test_no_input_is_a_traceback(failforward: CommandLine, tmp_path: Path, stdin: bytes) -> None:
    """Whatever comes through a pipe, without any playbook near, is checked."""
    result = failforward("check", "-", cwd=tmp_path, stdin=stdin)
    assert result.returncode == 1
    assert result.stderr == ""


def test_a_report_goes_to_a_file(failforward: CommandLine, bad: Path) -> None:
    """`-o` writes the report, folders included, and prints nothing."""
    result = failforward("check", *TODAY, "--output-format", "sarif", "-o", "out/a/report.sarif", cwd=bad)
    assert (result.returncode, result.stdout) == (1, "")
    assert json.loads((bad / "out/a/report.sarif").read_text("utf-8"))["version"] == "2.1.0"


def test_sarif_follows_its_schema(program: CommandLine, bad: Path) -> None:
    """The SARIF report of a bad playbook, and of a file with a strange name, is valid SARIF 2.1.0."""
    schema = json.loads((TESTS / "data/sarif-schema-2.1.0.json").read_text("utf-8"))
    name = os.fsdecode("reviews/né 🚀%\n".encode() + b"\xff.md")
    (bad / "playbook" / name).write_text("# Nothing\n", "utf-8")
    log = json.loads(program("check", *TODAY, "--output-format", "sarif", cwd=bad).stdout)
    jsonschema.Draft4Validator(schema).validate(log)
    assert {result["ruleId"] for result in log["runs"][0]["results"]} >= {"wrong-form", "missing-front-matter"}


def test_a_file_name_cannot_forge_a_command(failforward: CommandLine, make_playbook: MakePlaybook) -> None:
    """In a log of GitHub, a file's name and text stay inside the annotation that speaks of them."""
    root = make_playbook({"reviews/\n::error::owned.md": "\n::error::owned\n"})
    for line in failforward("check", "--output-format", "github", cwd=root).stdout.split("\n"):
        assert line.startswith(("::error file=", "::warning file=", "::notice file=", "failforward: ")) or not line


def test_an_escape_never_reaches_the_terminal(failforward: CommandLine, make_playbook: MakePlaybook) -> None:
    """Control characters in file names, texts and arguments are not printed, in findings nor in errors."""
    root = make_playbook(
        {"reviews/a\x1b]0;owned\x07.md": "# \x1b[31m \x9b31m\n", "rules/x.md": '---\nkind: "\\e[31m"\n---\n'}
    )
    for arguments in (
        ("check",),
        ("check", "no\x1b[31msuch.md"),
        ("explain", "no\x1b[31msuch"),
        ("check", "--select", "\x1b[31m"),
    ):
        result = failforward(*arguments, cwd=root)
        assert result.returncode == 2
        assert not any(char in result.stdout + result.stderr for char in "\x1b\x07\x9b")
    (root / "rules/x.md").unlink()
    result = failforward("check", cwd=root)
    assert result.returncode == 1
    assert not any(char in result.stdout for char in "\x1b\x07\x9b")


def test_a_console_that_knows_no_unicode_is_served(program: CommandLine, bad: Path) -> None:
    """Where the console cannot show a character, a mark stands in its place."""
    result = program("check", *TODAY, cwd=bad, environment={"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"})
    assert result.returncode == 1
    assert "instead: Write a whole number from 1 to 5." in result.stdout


def test_the_day_may_come_from_outside(failforward: CommandLine, bad: Path) -> None:
    """SOURCE_DATE_EPOCH fixes the day, so that a build can be repeated; what is no time is refused."""
    early = failforward("check", cwd=bad, environment={"SOURCE_DATE_EPOCH": "0"})
    assert "time-in-the-future" in early.stdout
    for epoch in ("soon", "9" * 30):
        assert failforward("check", cwd=bad, environment={"SOURCE_DATE_EPOCH": epoch}).returncode == 2


def test_a_pipe_that_closes_early_is_no_crash(bad: Path) -> None:
    """Output into `head` ends without a traceback."""
    command = f"'{sys.executable}' -m failforward rules | head -n 1"
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "plugins")}
    result = subprocess.run(
        ["sh", "-c", command], cwd=bad, env=environment, capture_output=True, text=True, check=False
    )
    assert result.stderr == ""


def test_our_own_playbook_has_no_finding(program: CommandLine) -> None:
    """The playbook that this project publishes passes its own check, advice included."""
    result = program("check", "--fail-on", "warning", cwd=ROOT)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize(("rule", "kind"), [("untied-cause", "causes"), ("field-alias", "reading")])
def test_a_rule_about_structure_is_refused_for_any_text(
    failforward: CommandLine, tmp_path: Path, rule: str, kind: str
) -> None:
    """The message names both options, what the rule is, which option to leave out and where the others are listed."""
    (tmp_path / "a.md").write_text("Text.\n", "utf-8")
    done = failforward("check", "--only-wording", "--select", f"hindsight,{rule}", "a.md", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        f"failforward: --only-wording --select {rule}: this rule is one of kind {kind}, which reads the structure of a "
        "review and not its wording. Leave --only-wording out to check reviews by it, or choose one that `failforward "
        "rules --kind wording` lists.\n"
    )
    for other in ("hindsight", "unused-allow", "unreadable-file"):
        assert failforward("check", "--only-wording", "--select", other, "a.md", cwd=tmp_path).returncode == 0
