"""How a run ends: all that it said is said, and what cannot be said is no crash."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROGRAM = (sys.executable, "-m", "failforward")
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT / "plugins"), "PYTHONUTF8": "1"}


@pytest.fixture
def note(tmp_path: Path) -> Path:
    """Give a text in which more is found than a pipe holds."""
    path = tmp_path / "note.md"
    path.write_text("The engineer should have looked.\n\n" * 2000, "utf-8")
    return path


def test_all_that_is_said_arrives(note: Path) -> None:
    """The process ends at once, and its output is whole all the same: the last line and the code are there."""
    run = subprocess.run(
        [*PROGRAM, "check", "--only-wording", note], env=ENVIRONMENT, capture_output=True, check=False, text=True
    )
    assert run.stdout.count("[counterfactual-person]") == 2000
    assert run.stdout.rstrip().split("\n")[-1].startswith("1 file checked: 2000 errors.")
    assert (run.returncode, run.stderr) == (1, "")


@pytest.mark.skipif(os.name != "posix", reason="a reader stops in another way there")
def test_a_reader_that_stops_is_no_crash(note: Path) -> None:
    """What a pager has stopped reading is left unsaid, without a word."""
    with subprocess.Popen(
        [*PROGRAM, "check", "--only-wording", note], env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as run:
        assert run.stdout
        assert run.stderr
        run.stdout.readline()
        run.stdout.close()
        said = run.stderr.read()
    assert (run.returncode, said) == (1, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no disk that is full at will")
@pytest.mark.parametrize("arguments", [("check", "--only-wording", "note.md"), ("rules",), ("--help",)])
def test_a_full_disk_is_an_error_and_no_crash(note: Path, arguments: tuple[str, ...]) -> None:
    """Output that cannot be written ends with 2 and says why."""
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        run = subprocess.run(
            [*PROGRAM, *arguments], env=ENVIRONMENT, cwd=note.parent, stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert (run.returncode, run.stderr.count(b"\n")) == (2, 1)
    assert run.stderr.startswith(b"failforward: The output cannot be written (")


@pytest.mark.skipif(os.name != "posix", reason="streams are closed in another way there")
def test_nobody_need_listen(note: Path) -> None:
    """Without any output stream the code alone tells what was found."""
    command = f"{sys.executable} -m failforward check --only-wording {note.name} >&-"
    run = subprocess.run(["sh", "-c", command], env=ENVIRONMENT, cwd=note.parent, stderr=subprocess.PIPE, check=False)
    assert (run.returncode, run.stderr) == (1, b"")


def test_a_profiler_has_its_say(note: Path) -> None:
    """What watches the run is told that it is over, in the usual way."""
    run = subprocess.run(
        [sys.executable, "-m", "cProfile", "-m", "failforward", "check", "--only-wording", note],
        env=ENVIRONMENT, capture_output=True, check=False, text=True,
    )  # fmt: skip
    assert " function calls " in run.stdout
