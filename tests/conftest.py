"""What the tests share: a playbook on the disk, and the command line, in this process or as a program of its own."""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner

ROOT = Path(__file__).resolve().parents[1]
PLANTED = Path(__file__).parent / "planted"
# What a machine for CI says of itself is no part of what is tested, unless a test says it.
OUTSIDE: Mapping[str, str | None] = dict.fromkeys(("CI", "GITHUB_EVENT_NAME", "NO_COLOR", "SOURCE_DATE_EPOCH"))

MakePlaybook = Callable[..., Path]
CommandLine = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def complete_review() -> str:
    """Give a reviewed review in the full form in which nothing is to be found."""
    return (PLANTED / "complete.md").read_text("utf-8")


@pytest.fixture
def make_playbook(tmp_path: Path) -> MakePlaybook:
    """Give a function that writes a playbook: files by path, as text or bytes, and its settings."""

    def make(files: Mapping[str, str | bytes] | None = None, settings: str = "title: Ours\n") -> Path:
        root = tmp_path / "playbook"
        (root / "reviews").mkdir(parents=True, exist_ok=True)
        (root / "playbook.yml").write_text(settings, "utf-8")
        for name, text in (files or {}).items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode() if isinstance(text, str) else text)
        return root

    return make


@pytest.fixture
def failforward(monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    """Give a function that runs the command line in a folder, inside this process: a bug is a traceback."""
    from failforward.cli.main import group

    def run(
        *arguments: str | Path,
        cwd: Path,
        stdin: str | bytes = b"",
        environment: Mapping[str, str] | None = None,
    ) -> subprocess.CompletedProcess[str]:
        monkeypatch.chdir(cwd)
        result = CliRunner(env={**OUTSIDE, "COLUMNS": "100", **(environment or {})}).invoke(
            group, list(map(str, arguments)), stdin, prog_name="failforward", catch_exceptions=False
        )
        return subprocess.CompletedProcess(arguments, result.exit_code, result.stdout, result.stderr)

    return run


@pytest.fixture
def program() -> CommandLine:
    """Give a function that runs the command line in a folder as a program of its own, as people and CI do."""

    def run(
        *arguments: str | Path,
        cwd: Path,
        stdin: str | bytes = b"",
        environment: Mapping[str, str] | None = None,
    ) -> subprocess.CompletedProcess[str]:
        kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "SYSTEMROOT")}
        given = {"PYTHONPATH": str(ROOT / "plugins"), "PYTHONUTF8": "1", "COLUMNS": "100", **(environment or {})}
        done = subprocess.run(
            [sys.executable, "-m", "failforward", *map(str, arguments)],
            cwd=cwd, env=kept | given, input=stdin if isinstance(stdin, bytes) else stdin.encode(),
            capture_output=True, check=False, timeout=60,
        )  # fmt: skip
        out, err = (part.decode("utf-8", "replace") for part in (done.stdout, done.stderr))
        return subprocess.CompletedProcess(done.args, done.returncode, out, err)

    return run
