"""What is built for others holds what they need."""

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
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)],
        cwd=root, check=True, capture_output=True,
    )
    (built,) = folder.glob("*.whl")
    return built


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
    ours = {path.relative_to(package).as_posix() for path in tracked if path.is_relative_to(package)}
    assert ours - shipped == set()


@pytest.mark.slow
def test_the_wheel_holds_nothing_else(wheel: Path) -> None:
    """No test, no review of ours and no cache is installed for others."""
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert {name.split("/")[0] for name in names} == {"failforward", "-".join(wheel.name.split("-")[:2]) + ".dist-info"}
    assert [name for name in names if "__pycache__" in name or name.endswith(".pyc")] == []
