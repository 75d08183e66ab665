"""What the tests of the house look at: the tracked files, the workflows and the tools that read them."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def tracked_files() -> list[Path]:
    """Give every file that is or would be committed."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    ).stdout
    return [ROOT / name for name in sorted(set(listing.split("\0"))) if name and (ROOT / name).is_file()]


def workflow_files() -> list[Path]:
    """Give our own workflows and those that a new playbook starts with."""
    folders = (ROOT / ".github/workflows", ROOT / "scaffold/playbook-repo/.github/workflows")
    return [path for folder in folders for path in sorted(folder.glob("*.yml"))]


def action_files() -> list[Path]:
    """Give the actions that other repositories may use."""
    return sorted((ROOT / ".github/actions").glob("*/action.yml"))


@pytest.fixture(scope="session")
def actions() -> list[Path]:
    """Give the actions that other repositories may use."""
    return action_files()


@pytest.fixture(scope="session")
def root() -> Path:
    """Give the folder of the repository."""
    return ROOT


@pytest.fixture(scope="session")
def tracked() -> list[Path]:
    """Give every file that is or would be committed."""
    return tracked_files()


@pytest.fixture(scope="session")
def workflows() -> list[Path]:
    """Give our own workflows and those that a new playbook starts with."""
    return workflow_files()


@pytest.fixture(scope="session")
def run_tool(root: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Give a function that runs a tool of the test environment in the repository."""
    beside = str(Path(sys.executable).parent)

    def run(name: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        program = shutil.which(name, path=os.pathsep.join((beside, os.environ["PATH"])))
        if program is None:
            missing = f"{name} is missing"
            if "CI" in os.environ:
                pytest.fail(missing)
            pytest.skip(missing)
        return subprocess.run([program, *map(str, arguments)], cwd=root, capture_output=True, text=True, check=False)

    return run
