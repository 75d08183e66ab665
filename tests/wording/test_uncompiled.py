"""Where nothing could be compiled, the same is found."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
COMPILED = ("failforward.text._walk", "failforward.checks.wording._glance")
CHECK = ["check", "--only-wording", "--no-cache", "--output-format=json", "--fail-on=never", "."]


def checked(folder: Path, *hidden: str) -> str:
    """Give what a check finds in a folder in which some modules cannot be imported."""
    program = f"import sys; sys.modules.update(dict.fromkeys({hidden!r})); from failforward.cli import main; main()"
    done = subprocess.run([sys.executable, "-c", program, *CHECK], cwd=folder, capture_output=True, check=True)
    return done.stdout.decode()


@pytest.mark.slow
@pytest.mark.parametrize("hidden", [COMPILED, COMPILED[:1], COMPILED[1:]])
def test_the_same_is_found_uncompiled(hidden: tuple[str, ...]) -> None:
    """Every finding in the rules' pages, blaming sentences and all, is the same with and without what is compiled."""
    folder = ROOT / "playbook"
    found = checked(folder)
    assert found.count('"rule"') > 100
    assert checked(folder, *hidden) == found
