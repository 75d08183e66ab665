"""`failforward init` and `failforward new`: what they write passes, and what is there stays."""

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

CommandLine = Callable[..., subprocess.CompletedProcess[str]]
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def repository(failforward: CommandLine, tmp_path: Path) -> Path:
    """Give a repository made by `init`."""
    result = failforward("init", "what-we-learned", cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    return tmp_path / "what-we-learned"


def test_a_new_repository_is_complete(repository: Path) -> None:
    """It has settings, causes, a first review, workflows, forms and editor settings, and is named after its folder."""
    assert (repository / "playbook/playbook.yml").read_text("utf-8").count("What we learned") == 1
    for name in (
        "mkdocs.yml",
        "README.md",
        ".github/pull_request_template.md",
        ".pre-commit-config.yaml",
        "playbook/causes/untested-path.md",
        ".vscode/settings.json",
        "review.schema.json",
    ):
        assert (repository / name).is_file(), name


def test_a_new_repository_passes_its_own_check(failforward: CommandLine, repository: Path) -> None:
    """Its first review has no finding, advice included."""
    result = failforward("check", "--fail-on", "advice", cwd=repository)
    files = 2 + len(list((repository / "playbook/causes").glob("*.md")))  # a review and the risks
    assert (result.returncode, result.stdout) == (0, f"{files} files checked: no findings.\n")


def test_a_new_draft_passes(failforward: CommandLine, repository: Path) -> None:
    """`new` writes a draft whose findings help and do not block, even under the strict preset."""
    result = failforward(
        "new",
        "--title",
        "Queue: nearly full",
        "--kind",
        "near-miss",
        "--severity",
        "sev3",
        "--today",
        "2026-10-20",
        cwd=repository,
    )
    path = "playbook/reviews/2026-10-20-queue-nearly-full.md"
    assert f"Wrote {path} (the light form)" in result.stdout
    assert failforward("check", path, cwd=repository).returncode == 0
    settings = repository / "playbook/playbook.yml"
    settings.write_text(settings.read_text("utf-8") + "\npreset: strict\n", "utf-8")
    result = failforward("check", path, cwd=repository)
    assert result.returncode == 0
    assert "1 file checked: " in result.stdout


def test_nothing_is_overwritten(failforward: CommandLine, repository: Path) -> None:
    """A second `init` writes nothing and ends with 2; a second `new` of one title gets another name."""
    before = {path: path.read_bytes() for path in repository.rglob("*") if path.is_file()}
    assert failforward("init", ".", cwd=repository).returncode == 2
    assert {path: path.read_bytes() for path in repository.rglob("*") if path.is_file()} == before
    made = [failforward("new", "--title", "A", "--today", "2026-10-20", cwd=repository).stdout for _ in range(2)]
    assert [re.findall(r"reviews/(\S+)\.md", said)[0] for said in made] == ["2026-10-20-a", "2026-10-20-a-2"]


@pytest.mark.parametrize(
    ("started", "name", "written"),
    [
        ("2026-10-02T14:05+02:00", "2026-10-02-a", r"2026-10-02T14:05\+02:00"),
        ("2026-10-02 14:05Z", "2026-10-02-a", "2026-10-02T14:05Z"),
        ("2026-10-02", "2026-10-02-a", "2026-10-02"),
        ("n/a", "2026-10-20-a", "n/a"),
        ("2026-10-02T14:05", "2026-10-02-a", r"2026-10-02T14:05[+-]\d\d:\d\d"),
    ],
)
def test_a_time_gets_the_offset_of_this_machine(
    failforward: CommandLine, repository: Path, started: str, name: str, written: str
) -> None:
    """A time is kept as written; one without an offset gets the local one, and a near miss may have none."""
    failforward("new", "--title", "A", "--started", started, "--today", "2026-10-20", cwd=repository)
    text = (repository / f"playbook/reviews/{name}.md").read_text("utf-8")
    assert re.search(rf"^started: {written}$", text, re.MULTILINE), text


@pytest.mark.slow
def test_a_new_repository_builds(repository: Path, failforward: CommandLine) -> None:
    """MkDocs builds it, strictly, before anything was changed, and with a new draft in it."""
    failforward("new", "--title", "A", "--today", "2026-10-20", cwd=repository)
    environment = {
        "PATH": "/usr/bin:/bin",
        "PYTHONPATH": str(ROOT / "plugins"),
        "NO_MKDOCS_2_WARNING": "1",
        "PYTHONUTF8": "1",
    }
    result = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"],
        cwd=repository,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    assert (repository / "site/index.html").is_file()
    assert not list((repository / "site").glob("reviews/2026-10-20-a*"))
