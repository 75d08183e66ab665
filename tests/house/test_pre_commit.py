"""The hooks for pre-commit, run by pre-commit itself in a repository of somebody else."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

PreCommit = Callable[..., subprocess.CompletedProcess[str]]

BLAME = "The operator forgot the lock."
RISKS = """\
- id: lock
  title: A lock is left open
  owner: platform
  review_by: 2099-01-01
  summary: Nothing tells of it.
"""
CONFIG = """\
repos:
  - repo: {place}
    rev: {revision}
    hooks:
      - id: failforward-check
{more}      - id: failforward-wording
{more}        exclude: (reviews|causes)/
"""

pytestmark = pytest.mark.slow


def git(folder: Path, *arguments: str) -> str:
    """Run git in a folder, as nobody in particular."""
    someone = ["-c", "user.name=someone", "-c", "user.email=someone@example.org", "-c", "commit.gpgsign=false"]
    done = subprocess.run(["git", *someone, *arguments], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout.strip()


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory, tracked: list[Path], root: Path) -> Path:
    """Give a repository that holds what would be committed here, without its tests."""
    folder = tmp_path_factory.mktemp("ours")
    for path in tracked:
        name = path.relative_to(root)
        if name.parts[0] not in {"tests", "benchmarks"}:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, folder / name)
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message=All")
    return folder


@pytest.fixture
def theirs(tmp_path: Path, complete_review: str, root: Path) -> Path:
    """Give a repository of somebody else, with a playbook and other Markdown, in which nothing is to be found."""
    folder = tmp_path / "theirs"
    (folder / "playbook/reviews").mkdir(parents=True)
    (folder / "playbook/playbook.yml").write_text("title: Theirs\n", "utf-8")
    (folder / "playbook/reviews/2026-10-02-checkout.md").write_text(complete_review, "utf-8")
    (folder / "playbook/causes").mkdir()
    for name in ("missing-alert.md", "untested-path.md"):
        shutil.copyfile(root / "playbook/causes" / name, folder / "playbook/causes" / name)
    (folder / "playbook/risks.yml").write_text(RISKS, "utf-8")
    (folder / "notes.md").write_text("# Notes\n", "utf-8")
    git(folder, "init", "--quiet", "--initial-branch=main")
    return folder


def configure(folder: Path, ours: Path, more: str = "") -> None:
    """Write the configuration that uses our hooks, and add everything to be committed."""
    revision = git(ours, "rev-parse", "HEAD")
    text = CONFIG.format(place=ours.as_uri(), revision=revision, more=more)
    (folder / ".pre-commit-config.yaml").write_text(text, "utf-8")
    git(folder, "add", "--all")


@pytest.fixture
def pre_commit(tmp_path: Path) -> PreCommit:
    """Give a function that runs pre-commit on all files of a repository."""
    program = Path(sys.executable).parent / "pre-commit"
    if not program.exists():
        pytest.skip("pre-commit is not installed: make test")

    def run(folder: Path) -> subprocess.CompletedProcess[str]:
        path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
        environment = {**os.environ, "PATH": path, "PRE_COMMIT_HOME": str(tmp_path / "home"), "PYTHONUTF8": "1"}
        arguments = [program, "run", "--all-files", "--color=never", "--verbose"]
        return subprocess.run(
            arguments, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, encoding="utf-8", check=False, timeout=600,
        )  # fmt: skip

    return run


@pytest.mark.parametrize("how", ["an environment of its own", "what is installed"])
def test_both_hooks_read_what_they_should(pre_commit: PreCommit, ours: Path, theirs: Path, how: str) -> None:
    """The one reads a playbook, structure included, the other the wording of other Markdown; both stop a commit."""
    configure(theirs, ours, "        language: system\n" if how == "what is installed" else "")
    done = pre_commit(theirs)
    if "CI" not in os.environ and ("No matching distribution" in done.stdout or "Could not find" in done.stdout):
        pytest.skip("pip finds no packages here")
    assert done.returncode == 0, done.stdout
    assert "4 files checked: no findings." in done.stdout
    assert "1 file checked: no findings." in done.stdout
    review = theirs / "playbook/reviews/2026-10-02-checkout.md"
    review.write_text(review.read_text("utf-8").replace("after: 4", "after: 7"), "utf-8")
    (theirs / "notes.md").write_text(BLAME, "utf-8")
    (theirs / "playbook/risks.yml").write_text(RISKS.replace("Nothing tells of it.", BLAME), "utf-8")
    with (theirs / "playbook/causes/untested-path.md").open("a", encoding="utf-8") as file:
        file.write(f"\n{BLAME}\n")
    done = pre_commit(theirs)
    assert done.returncode == 1
    assert "playbook/reviews/2026-10-02-checkout.md:27:" in done.stdout
    assert "playbook/causes/untested-path.md:" in done.stdout
    assert "playbook/risks.yml:5:" in done.stdout
    assert "notes.md:1:" in done.stdout
    assert done.stdout.count("- exit code: 1") == 2
    (theirs / "playbook/playbook.yml").write_text("title: [Theirs\n", "utf-8")
    assert "playbook/playbook.yml:2: The YAML cannot be read" in pre_commit(theirs).stdout
