"""The recipes of the guide for Emacs, followed by Emacs itself."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = Path(__file__).with_name("emacs.el")
NAME = "reviews/2026-10-02-cache.md"
BLAME = "On the 🚒 call the engineer should have looked.\nNobody managed to even notice it.\n"
SEVERITIES = {"eglot-error": "error", "eglot-warning": "warning", "eglot-note": "advice"}
SECONDS = 120

pytestmark = pytest.mark.slow


def recipes() -> str:
    """Give what the guide asks to be put into the init file."""
    guide = (ROOT / "playbook/docs/editors.md").read_text("utf-8")
    return "\n".join(re.findall(r"^```elisp\n(.*?)^```", guide, re.M | re.S))


@pytest.fixture
def review(root: Path) -> Path:
    """Give a review with blame and a misspelt cause, in a repository."""
    subprocess.run(["git", "init", "--quiet", root.parent], check=True)
    path = root / NAME
    text = path.read_text("utf-8").replace("Checkout stood still for an hour.\n", BLAME)
    path.write_text(text.replace("- cause: missing-alert\n    how", "- cause: missing-alrt\n    how"), "utf-8")
    return path


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """Give the environment of somebody who has failforward in the path and works in a terminal."""
    command = tmp_path / "bin/failforward"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m failforward "$@"\n', "utf-8")
    command.chmod(0o755)
    path = os.pathsep.join((str(command.parent), os.environ["PATH"]))
    kept = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "INSIDE_EMACS")}
    own = {"PATH": path, "HOME": str(tmp_path), "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "PYTHONUTF8": "1"}
    return kept | own


@pytest.fixture
def emacs(tmp_path: Path, review: Path, environment: dict[str, str]) -> Callable[[str], dict[str, Any]]:
    """Give a function that does something with the review in Emacs, and tells what was to be seen there."""
    program = shutil.which("emacs")
    if program is None:
        pytest.skip("emacs is missing")
    (tmp_path / "init.el").write_text(recipes(), "utf-8")

    def run(deed: str) -> dict[str, Any]:
        seen = tmp_path / "seen.json"
        command = [program, "-q", "--batch", "-l", tmp_path / "init.el", "-l", SCRIPT, deed, review, seen]
        done = subprocess.run(
            command, input="\n" * 9, cwd=tmp_path, env=environment, timeout=SECONDS,
            capture_output=True, encoding="utf-8", errors="replace", check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        found: dict[str, Any] = json.loads(seen.read_text("utf-8"))
        if "missing" in found:
            pytest.skip(found["missing"])
        return found

    return run


@pytest.fixture
def checked(review: Path, environment: dict[str, str]) -> list[dict[str, Any]]:
    """Give what the check finds in the review."""
    command = ["failforward", "check", "--output-format", "json", review]
    done = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", check=False)
    found: list[dict[str, Any]] = json.loads(done.stdout)
    assert {"counterfactual-person", "mockery", "unknown-cause"} <= {finding["rule"] for finding in found}
    return found


def test_eglot_follows_the_recipe(
    emacs: Callable[[str], dict[str, Any]], checked: list[dict[str, Any]], root: Path
) -> None:
    """Eglot shows what the check finds, on the same words, explains it, mends it, completes a cause and jumps to it."""
    seen = emacs("eglot")
    shown = [(SEVERITIES[kind], words) for kind, words, _ in seen["findings"]]
    assert sorted(shown) == sorted((finding["severity"], finding["excerpt"]) for finding in checked)
    assert all(any(finding["message"] in text for _, _, text in seen["findings"]) for finding in checked)
    assert "should have" in seen["hover"]
    assert "## Why" in seen["hover"]
    assert seen["fixed"] == "Nobody managed to notice it."
    assert seen["completed"] == "  - cause: quota-limit"
    assert not {"to even notice", "missing-alrt"} & {words for _, words, _ in seen["left"]}
    assert Path(seen["definition"]) == root / "causes/untested-path.md"


def test_next_error_goes_through_the_findings(
    emacs: Callable[[str], dict[str, Any]], checked: list[dict[str, Any]]
) -> None:
    """After M-x compile each place of a finding is visited in turn, with colours and after an emoji too."""
    places = emacs("compile")["places"]
    wanted = list(dict.fromkeys((finding["line"], finding["excerpt"].split("\n")[0]) for finding in checked))
    assert [line for line, _ in places] == [line for line, _ in wanted]
    assert all(text.startswith(words) for (_, text), (_, words) in zip(places, wanted, strict=True))
