"""The check workflow, run for real: no container, the actions of others replaced by stand-ins that do nothing."""

import json
import os
import re
import shutil
import subprocess
import sys
import venv
from collections.abc import Callable
from pathlib import Path

import pytest

Act = Callable[..., tuple[int, str]]

STAND_IN = """\
name: stand-in
description: Does nothing
runs:
  using: composite
  steps:
    - run: "true"
      shell: bash
"""
BAD_REVIEW = """\
---
title: A review that blames and promises nothing
kind: incident
status: reviewed
severity: sev3
depth: light
started: 2026-10-02T14:05+02:00
detected: 2026-10-02T14:11+02:00
mitigated: 2026-10-02T14:50+02:00
resolved: 2026-10-02T15:40+02:00
debrief: 2026-10-03T10:00+02:00
detected_by: monitor
services: [checkout]
teams: [payments]
tags: [cache]
trigger: The warm-up job ran against the live cluster for the first time.
causes:
  - cause: untested-path
    how: Staging has no cluster cache, so the job's first real run was in production.
---

## In short

The on-call engineer should have looked at the dashboard before the deploy.
"""
BAD_NAME = "2026-10-02-warm-up.md"
SECONDS = 300

pytestmark = pytest.mark.slow


def git(folder: Path, *arguments: str) -> None:
    """Run git in a folder, as nobody in particular."""
    someone = ["-c", "user.name=someone", "-c", "user.email=someone@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *someone, *arguments], cwd=folder, check=True, capture_output=True)


def commit_all(folder: Path) -> None:
    """Make a folder a repository that holds what lies in it."""
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message=All")


def stand_ins(text: str, folder: Path) -> list[str]:
    """Make a stand-in for each action that a workflow uses, and give the options that put them in place."""
    options = []
    for name, ref in sorted(set(re.findall(r"uses: ([\w./-]+)@([0-9a-f]{40})", text))):
        owner, repository, *below = name.split("/")
        if repository in ("checkout", "failforward"):
            continue  # act itself puts the repository in place, and ours is the real one
        place = folder / owner / repository
        inner = place.joinpath(*below)
        inner.mkdir(parents=True)
        (inner / "action.yml").write_text(STAND_IN, "utf-8")
        commit_all(place)
        options += ["--local-repository", f"{owner}/{repository}@{ref}={place}"]
    return options


@pytest.fixture
def environment(tmp_path: Path, root: Path) -> dict[str, str]:
    """Give the variables of a runner: an environment of its own that finds here what it would download."""
    runner = tmp_path / "runner"
    venv.create(runner, with_pip=True)
    (packages,) = runner.glob("lib/python*/site-packages")
    for old in (*packages.glob("setuptools*"), *packages.glob("distutils-precedence.pth")):
        # Before Python 3.12 an environment began with one, which would hide the one that is to be found.
        shutil.rmtree(old) if old.is_dir() else old.unlink()
    ours = [path for path in sys.path if path.endswith("site-packages") and path.startswith(sys.prefix)]
    (packages / "zz_outer.pth").write_text("".join(f"{path}\n" for path in [*ours, root / "plugins"]), "utf-8")
    home = tmp_path / "home"
    home.mkdir()
    path = os.pathsep.join((str(runner / "bin"), str(Path(sys.executable).parent), os.environ["PATH"]))
    return {
        "PATH": path, "HOME": str(home), "XDG_CACHE_HOME": str(home / "cache"), "XDG_CONFIG_HOME": str(home / "config"),
        "LANG": "C.UTF-8", "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INDEX": "1",
    }


@pytest.fixture
def act(tmp_path: Path, environment: dict[str, str]) -> Act:
    """Give a function that runs the check workflow of a folder for an event: its exit code and what it printed."""
    program = Path(sys.executable).parent / "act"
    if not program.exists():
        pytest.skip("act is not installed: make test")

    def run(folder: Path, event: str, payload: dict[str, object], *more: str, used: str = "") -> tuple[int, str]:
        commit_all(folder)
        workflow = folder / ".github/workflows/check.yml"
        described = tmp_path / "event.json"
        described.write_text(json.dumps(payload), "utf-8")
        result = subprocess.run(
            [
                program, event, "--workflows", workflow, "--eventpath", described,
                "--platform", "ubuntu-latest=-self-hosted", "--action-offline-mode", "--no-cache-server",
                # One after the other: the jobs share the environment they install into.
                "--concurrent-jobs", "1",
                *stand_ins(workflow.read_text("utf-8") + used, tmp_path / "actions"), *more,
            ],
            cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            text=True, timeout=SECONDS, check=False,
        )
        return result.returncode, result.stdout

    return run


@pytest.fixture
def ours(tmp_path: Path, tracked: list[Path], root: Path) -> Path:
    """Copy this repository, without its tests."""
    folder = tmp_path / "ours"
    for path in tracked:
        name = path.relative_to(root)
        if name.parts[0] not in {"tests", "benchmarks"}:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, folder / name)
    return folder


def pull_request(*, fork: bool) -> dict[str, object]:
    """Describe a pull request."""
    head = {"ref": "warm-up", "sha": "0" * 40, "repo": {"fork": fork}}
    return {
        "pull_request": {"number": 1, "head": head, "base": {"ref": "main"}, "user": {"login": "someone"}},
        "repository": {"private": False, "default_branch": "main"},
    }


def test_a_good_playbook_passes(act: Act, ours: Path) -> None:
    """Our own playbook passes its check, its preview is built and its findings go to code scanning."""
    code, output = act(ours, "push", {"repository": {"private": False, "default_branch": "main"}})
    assert code == 0, output
    assert "::error" not in output
    for job in ("Reviews", "Preview", "Code scanning"):
        assert re.search(rf"\[Check/{job}\s*\] 🏁  Job succeeded", output), output


def test_a_bad_review_stops_a_pull_request(act: Act, ours: Path) -> None:
    """A review with faults fails the check, each is annotated on its line, and a fork is given no right to write."""
    commit_all(ours)
    (ours / "playbook/reviews" / BAD_NAME).write_text(BAD_REVIEW, "utf-8")
    code, output = act(ours, "pull_request", pull_request(fork=True))
    assert code == 1, output
    line = BAD_REVIEW.splitlines().index("  - cause: untested-path") + 1
    assert re.search(rf"::error [^\n]*file=playbook/reviews/{BAD_NAME},[^\n]*line={line}\b", output), output
    assert re.search(r"Failure - Main Check\b", output), output
    assert re.search(rf"Summary - [^\[]*\| playbook/reviews/{BAD_NAME}:{line} \| error \|", output), output
    assert "upload-sarif" not in output
    assert re.search(r"Summary - ## Seen before\?\s+### A review that blames and promises nothing\n", output), output
    assert "why: cause untested-path" in output, output


def test_a_new_playbook_passes(act: Act, environment: dict[str, str], tmp_path: Path) -> None:
    """The repository that `failforward init` makes passes its own check workflow at once."""
    folder = tmp_path / "new"
    program = str(Path(sys.executable).parent / "failforward")
    subprocess.run([program, "init", str(folder)], env=environment, stdin=subprocess.DEVNULL, check=True)
    code, output = act(folder, "pull_request", pull_request(fork=False))
    assert code == 0, output
    assert "::error" not in output


THEIR_WORKFLOW = f"""\
name: Words
on: pull_request
permissions: {{}}
jobs:
  words:
    name: Words
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@{"2" * 40}
      - uses: failforward/failforward/.github/actions/check@{"1" * 40}
        with:
          paths: |
            docs
            read me.md
"""


def test_others_use_the_action_on_any_markdown(act: Act, ours: Path, tmp_path: Path) -> None:
    """A repository without a playbook uses our action by one step: findings are annotated, and fail the job."""
    folder = tmp_path / "theirs"
    (folder / ".github/workflows").mkdir(parents=True)
    (folder / ".github/workflows/check.yml").write_text(THEIR_WORKFLOW, "utf-8")
    (folder / "docs").mkdir()
    (folder / "docs/a.md").write_text("# A\n\nThe operator forgot the lock.\n", "utf-8")
    (folder / "read me.md").write_text("Nothing.\n", "utf-8")
    (folder / "other.md").write_text("The operator forgot the lock.\n", "utf-8")
    # What lies in their repository is never run.
    for name in ("failforward", "pip"):
        (folder / name).mkdir()
        (folder / name / "__main__.py").write_text("raise SystemExit('run')\n", "utf-8")
        (folder / name / "__init__.py").write_text("raise SystemExit('run')\n", "utf-8")
    commit_all(ours)
    action = (ours / ".github/actions/check/action.yml").read_text("utf-8")
    place = ("--local-repository", f"failforward/failforward@{'1' * 40}={ours}")
    code, output = act(folder, "pull_request", pull_request(fork=True), *place, used=action)
    assert code == 1, output
    assert re.search(r"::error file=docs/a\.md,line=3,", output), output
    assert re.search(r"Summary - [^\[]*\| docs/a\.md:3 \| error \|", output), output
    assert "2 files checked" in output
    assert "other.md" not in output
