"""A check of one file imports nothing that it does not need: each module is a part of the time that its user waits."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Program = Callable[..., subprocess.CompletedProcess[str]]
# What reviews, settings, Markdown's structure or other formats need, and what Python's own modules bring with them.
NOT_NEEDED = {
    "failforward.playbook", "failforward.front_matter", "failforward.settings", "failforward.model.playbook",
    "failforward.model.review", "failforward.model.settings", "failforward.model.workdays", "failforward.cli.reviews",
    "failforward.cli.fingerprint", "failforward.rules.read", "failforward.reports.text", "failforward.text.markdown",
    "yaml", "jinja2", "rich", "markdown_it", "pygls", "holidays", "array", "hashlib", "locale", "multiprocessing",
    "subprocess", "tempfile", "urllib.parse",
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path, program: Program) -> Path:
    """Give a folder with a text, which has been read before, so that the shipped rules are kept."""
    (tmp_path / "note.md").write_text("# A note\n\nThe engineer should have looked.\n", "utf-8")
    assert program("check", "--only-wording", "note.md", cwd=tmp_path, environment=cache(tmp_path)).returncode == 1
    return tmp_path


def cache(folder: Path) -> dict[str, str]:
    """Give an environment with a folder for caches of its own."""
    return {"XDG_CACHE_HOME": str(folder / "cache"), "LOCALAPPDATA": str(folder / "cache")}


def test_a_check_of_one_file_imports_what_it_needs(folder: Path, program: Program) -> None:
    """Its wording is read, and nothing of reviews, calendars, other formats or translations."""
    environment = {**cache(folder), "PYTHONPROFILEIMPORTTIME": "1"}
    arguments = ("check", "--only-wording", "--output-format", "json", "note.md")
    run = program(*arguments, cwd=folder, environment=environment)
    imported = names(run.stderr)
    assert '"rule": "counterfactual-person"' in run.stdout
    assert "failforward.checks.wording.engine" in imported
    assert imported & (NOT_NEEDED - names(plain())) == set()


def plain() -> str:
    """Give what Python tells of its imports where nothing is asked of it."""
    run = subprocess.run([sys.executable, "-X", "importtime", "-c", "pass"], capture_output=True, check=True, text=True)
    return run.stderr


def names(told: str) -> set[str]:
    """Give the modules that Python tells it has imported."""
    return {line.rpartition("|")[2].strip() for line in told.splitlines() if line.startswith("import time:")}
