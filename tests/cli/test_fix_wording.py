"""The rewrite of a stock phrase, through every place that offers rewrites."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

CommandLine = Callable[..., subprocess.CompletedProcess[str]]
BEFORE = "It took the café a day to even notice.\n"
AFTER = "It took the café a day to notice.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder with a page that holds one phrase."""
    (tmp_path / "a.md").write_text(BEFORE, "utf-8")
    return tmp_path


def test_it_is_written(failforward: CommandLine, folder: Path) -> None:
    """`--fix` writes it, and then nothing is left to be found."""
    done = failforward("check", "--only-wording", "--fix", "--output-format", "json", cwd=folder)
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, "[]", "Rewrote 1 place in 1 file.\n")
    assert (folder / "a.md").read_text("utf-8") == AFTER


def test_it_is_shown_first(failforward: CommandLine, folder: Path) -> None:
    """`--diff` shows the line before and after; the text says what --fix would write."""
    done = failforward("check", "--only-wording", "--diff", cwd=folder)
    assert (done.returncode, done.stdout) == (1, f"--- a/a.md\n+++ b/a.md\n@@ -1 +1 @@\n-{BEFORE}+{AFTER}")
    assert (folder / "a.md").read_text("utf-8") == BEFORE
    done = failforward("check", "--only-wording", cwd=folder)
    assert "\n      --fix writes “to notice” for “to even notice”\n" in done.stdout


def test_reviewdog_suggests_it(failforward: CommandLine, folder: Path) -> None:
    """The suggestion stands at its place in bytes."""
    done = failforward("check", "--only-wording", "--output-format", "rdjson", cwd=folder)
    (diagnostic,) = json.loads(done.stdout)["diagnostics"]
    start = len(b"It took the caf\xc3\xa9 a day ") + 1
    places = {"start": {"line": 1, "column": start}, "end": {"line": 1, "column": start + len("to even notice")}}
    assert diagnostic["suggestions"] == [{"range": places, "text": "to notice"}]


def test_code_scanning_is_told(failforward: CommandLine, folder: Path) -> None:
    """SARIF carries it with its place in characters."""
    done = failforward("check", "--only-wording", "--output-format", "sarif", cwd=folder)
    (result,) = json.loads(done.stdout)["runs"][0]["results"]
    (replacement,) = result["fixes"][0]["artifactChanges"][0]["replacements"]
    assert replacement == {
        "deletedRegion": {"startLine": 1, "startColumn": 24, "endLine": 1, "endColumn": 38},
        "insertedContent": {"text": "to notice"},
    }


def test_it_survives_being_kept(failforward: CommandLine, folder: Path) -> None:
    """Findings that were kept from an earlier run have their rewrites."""
    for number in range(60):
        (folder / f"{number}.md").write_text(BEFORE, "utf-8")
    runs = [failforward("check", "--only-wording", "--cache", "--diff", cwd=folder).stdout for _ in range(2)]
    assert runs[0] == runs[1]
    assert runs[0].count(f"+{AFTER}") == 61
