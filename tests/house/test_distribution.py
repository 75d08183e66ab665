"""What is built for others holds what they need."""

import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel."""
    return built(root, tmp_path_factory.mktemp("dist"))[0]


def built(root: Path, folder: Path, **environment: str) -> tuple[Path, str]:
    """Build a wheel, and give it with what was said meanwhile."""
    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)],
        cwd=root, check=True, capture_output=True, text=True, env={**os.environ, **environment},
    )
    (wheel,) = folder.glob("*.whl")
    return wheel, done.stdout + done.stderr


@pytest.mark.slow
def test_the_wheel_ships_what_people_edit(wheel: Path, tracked: list[Path], root: Path) -> None:
    """The scaffold, dotfiles included, the rules and the causes are in the wheel, byte for byte."""
    folders = {"scaffold": "scaffold", "playbook/rules": "rules", "playbook/causes": "causes"}
    with zipfile.ZipFile(wheel) as archive:
        shipped = set(archive.namelist())
        for source, target in folders.items():
            for path in tracked:
                if path.is_relative_to(root / source):
                    name = f"failforward/shipped/{target}/{path.relative_to(root / source).as_posix()}"
                    assert name in shipped
                    assert archive.read(name) == path.read_bytes()


@pytest.mark.slow
def test_the_wheel_ships_every_file_of_the_package(wheel: Path, tracked: list[Path], root: Path) -> None:
    """Templates, styles and the marker for type checkers travel with the code."""
    with zipfile.ZipFile(wheel) as archive:
        shipped = set(archive.namelist())
    package = root / "plugins"
    ours = {path.relative_to(package).as_posix() for path in tracked if path.is_relative_to(package / "failforward")}
    assert ours - shipped == set()


@pytest.mark.slow
def test_the_wheel_holds_nothing_else(wheel: Path) -> None:
    """No test, no review of ours and no cache is installed for others."""
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert {name.split("/")[0] for name in names} == {"failforward", "-".join(wheel.name.split("-")[:2]) + ".dist-info"}
    assert [name for name in names if "__pycache__" in name or name.endswith(".pyc")] == []


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("cc") is None, reason="no C compiler")
def test_the_wheel_is_compiled_for_this_and_later_pythons(wheel: Path) -> None:
    """Where there is a compiler, each C file has its module, for the interface that stays the same."""
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    sources = {name.removesuffix(".c") for name in names if name.endswith(".c")}
    assert sources
    assert {name.partition(".")[0] for name in names if name.endswith((".so", ".pyd"))} == sources
    assert wheel.stem.split("-")[2:4] == ["cp311", "abi3"]


@pytest.mark.slow
def test_without_a_compiler_the_wheel_is_for_every_machine(root: Path, tracked: list[Path], tmp_path: Path) -> None:
    """It is built all the same, holds nothing compiled, not even earlier, and says what that costs."""
    copy = tmp_path / "copy"
    for path in tracked:
        target = copy / path.relative_to(root)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    earlier = copy / "plugins/failforward/text/_walk.abi3.so"
    earlier.write_bytes(b"")
    wheel, said = built(copy, tmp_path / "dist", CC="false")
    assert not earlier.exists()
    assert wheel.name.endswith("-py3-none-any.whl")
    with zipfile.ZipFile(wheel) as archive:
        assert [name for name in archive.namelist() if name.endswith((".so", ".pyd"))] == []
    assert "Without a C compiler, checks of wording take twice as long." in said
