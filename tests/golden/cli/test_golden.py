"""What the command line prints, word for word, its errors included.

FAILFORWARD_UPDATE_GOLDEN=1 writes the files anew; the difference is then read like any other change.
"""

import os
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from failforward.cli.main import COMMANDS, group
from failforward.reports import FORMATS

HERE = Path(__file__).parent
EXPECTED = HERE / "expected"
OURS = ("--select", "ours-facts,ours-form,ours-links", "--today", "2026-10-20")
REVIEW = "playbook/reviews/2026-10-05-queue.md"

# Name of the golden file → arguments, and what comes through standard input.
CASES: dict[str, tuple[tuple[str, ...], str]] = {
    **{f"check-{name}": (("check", *OURS, "--output-format", name), "") for name in FORMATS},
    **{f"help-{name}": ((name, "--help"), "") for name in COMMANDS},
    "help": (("--help",), ""),
    "check-clean": (("check", "--select", "ours-facts", REVIEW), ""),
    "check-never-fails": (("check", *OURS, "--fail-on", "never", REVIEW), ""),
    "check-fails-on-warning": (("check", *OURS, "--fail-on", "advice", REVIEW), ""),
    "check-standard-input": (("check", *OURS, "-"), "---\ntitle: [a]\n---\n[x](y.md)\n"),
    "check-empty-standard-input": (("check", "--select", "missing-front-matter", "-"), ""),
    "error-unknown-rule": (("check", "--select", "ours-fact"), ""),
    "error-unknown-format": (("check", "--output-format", "yaml"), ""),
    "error-unknown-command": (("chek",), ""),
    "error-unknown-option": (("check", "--quux"), ""),
    "error-no-such-path": (("check", "playbook/reviews/none.md"), ""),
    "error-no-such-playbook": (("check", "--playbook", "nowhere"), ""),
    "error-bad-day": (("check", "--today", "tomorrow"), ""),
    "error-no-markdown": (("check", "--only-wording", "empty"), ""),
    "error-output-file": (("check", *OURS, "-o", "playbook"), ""),
    "error-bad-setting": (("check", "--playbook", "bad-setting"), ""),
    "error-rule-in-settings": (("check", "--playbook", "bad-rule-name"), ""),
    "error-bad-rule-file": (("check", "--playbook", "bad-rule-file"), ""),
    "explain": (("explain", "ours-facts"), ""),
    "explain-plain": (("explain", "--plain", "ours-form"), ""),
    "error-explain": (("explain", "ours-fact"), ""),
    "init-dry-run": (("init", "our-playbook", "--dry-run"), ""),
    "error-init-again": (("init", "."), ""),
    "new-dry-run-light": (
        (
            "new",
            "--title",
            "Queue: nearly full",
            "--kind",
            "near-miss",
            "--severity",
            "sev3",
            "--team",
            "payments",
            "--started",
            "2026-10-02T14:05+02:00",
            "--dry-run",
            "--today",
            "2026-10-20",
        ),
        "",
    ),
    "new-dry-run-full": (("new", "--title", "Checkout stalled", "--dry-run", "--today", "2026-10-20"), ""),
    "error-new-without-title": (("new", "--today", "2026-10-20"), ""),
    "error-new-severity": (("new", "--title", "A", "--severity", "sev9"), ""),
    "error-new-time": (("new", "--title", "A", "--started", "2026-02-30"), ""),
    "error-schema": (("schema", "--own", "--playbook", "nowhere"), ""),
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder with the small bad playbook and some that cannot be used, and stand in it."""
    shutil.copytree(HERE / "playbook", tmp_path / "playbook")
    (tmp_path / "empty").mkdir()
    for name, settings in {
        "bad-setting": "title: Ours\nprset: strict\n",
        "bad-rule-name": "rules: {ours-fact: off}\n",
        "bad-rule-file": "title: Ours\n",
    }.items():
        (tmp_path / name / "rules").mkdir(parents=True)
        (tmp_path / name / "playbook.yml").write_text(settings, "utf-8")
    rule = "---\nkind: fields\ntest: requird\nseverity: error\nmessage: a\n---\n"
    (tmp_path / "bad-rule-file/rules/ours.md").write_text(rule, "utf-8")
    (tmp_path / "README.md").write_text("Ours\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    return tmp_path


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("name", CASES)
def test_the_command_line_says(name: str) -> None:
    """Output, errors and exit code of a command are exactly those of its golden file."""
    arguments, given = CASES[name]
    result = CliRunner().invoke(group, arguments, given.encode(), prog_name="failforward", catch_exceptions=False)
    said = f"exit {result.exit_code}\n\n{result.stdout}" + (
        f"\n--- standard error\n{result.stderr}" if result.stderr else ""
    )
    path = EXPECTED / f"{name}.txt"
    if os.environ.get("FAILFORWARD_UPDATE_GOLDEN"):
        EXPECTED.mkdir(exist_ok=True)
        path.write_text(said, "utf-8", newline="\n")
    assert path.is_file(), "FAILFORWARD_UPDATE_GOLDEN=1 writes the file; what is in it is to be read"
    assert said == path.read_text("utf-8")


def test_every_golden_file_belongs_to_a_case() -> None:
    """A golden file whose case is gone is gone too."""
    assert {path.stem for path in EXPECTED.iterdir()} == set(CASES)


@pytest.mark.parametrize(("prefix", "code"), [("error-", 2), ("help", 0), ("explain", 0), ("init", 0), ("new", 0)])
def test_exit_codes_mean_one_thing(prefix: str, code: int) -> None:
    """What cannot be used ends with 2 and says so on standard error; what worked ends with 0."""
    for name in CASES:
        if name.startswith(prefix):
            text = (EXPECTED / f"{name}.txt").read_text("utf-8")
            assert text.startswith(f"exit {code}\n"), name
            assert ("--- standard error" in text) is (code == 2), name
