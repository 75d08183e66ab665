"""Where nothing could be compiled, the same is found."""

import subprocess
import sys
from pathlib import Path

import pytest

from failforward import __version__
from failforward.checks.wording import glance
from failforward.text import walk

ROOT = Path(__file__).resolve().parents[2]
COMPILED = ("failforward.text._walk", "failforward.checks.wording._glance")
CHECK = ["check", "--only-wording", "--no-cache", "--output-format=json", "--fail-on=never", "."]


def printed(folder: Path, arguments: list[str], *hidden: str) -> str:
    """Give what a command prints in a folder where some modules cannot be imported."""
    program = f"import sys; sys.modules.update(dict.fromkeys({hidden!r})); from failforward.cli import main; main()"
    done = subprocess.run([sys.executable, "-c", program, *arguments], cwd=folder, capture_output=True, check=True)
    return done.stdout.decode()


@pytest.mark.slow
@pytest.mark.parametrize("hidden", [COMPILED, COMPILED[:1], COMPILED[1:]])
def test_the_same_is_found_uncompiled(hidden: tuple[str, ...]) -> None:
    """Every finding in the rules' pages, blaming sentences and all, is the same with and without what is compiled."""
    folder = ROOT / "playbook"
    found = printed(folder, CHECK)
    assert found.count('"rule"') > 100
    assert printed(folder, CHECK, *hidden) == found


def test_the_version_says_whether_anything_is_compiled(tmp_path: Path) -> None:
    """Whoever wonders why a check takes long finds it behind the version, whose line stays as it is."""
    lines = printed(tmp_path, ["--version"], COMPILED[0]).splitlines()
    assert lines[0] == f"failforward, version {__version__}"
    assert lines[1].startswith("Checks of wording are not compiled, so they take twice as long: ")
    if glance.COMPILED and walk.COMPILED:
        assert printed(tmp_path, ["--version"]).splitlines() == [lines[0], "Checks of wording are compiled."]
