"""`--changed-since`: findings on the lines that a pull request touched, and on no others."""

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

MakePlaybook = Callable[..., Path]
CommandLine = Callable[..., subprocess.CompletedProcess[str]]
OLD = "The on-call should have looked.\n"
NEW = "The operator forgot the lock.\n"


def git(folder: Path, *arguments: str) -> None:
    """Run git in a folder, as nobody in particular."""
    someone = ["-c", "user.name=someone", "-c", "user.email=someone@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *someone, *arguments], cwd=folder, check=True, capture_output=True)


def commit(folder: Path) -> None:
    """Commit all that lies in a folder."""
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message=All")


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    """Give a repository of plain Markdown with a finding on each line, and stand on a branch of it."""
    folder = tmp_path / "notes"
    folder.mkdir()
    git(folder, "init", "--quiet", "--initial-branch=main")
    (folder / "a.md").write_text(f"# A\n\n{OLD}\nOne.\n\n{OLD}", "utf-8")
    (folder / "b.md").write_text(f"# B\n\n{OLD}", "utf-8")
    commit(folder)
    git(folder, "checkout", "--quiet", "-b", "branch")
    return folder


@pytest.fixture
def places(failforward: CommandLine) -> Callable[..., list[tuple[str, int]]]:
    """Give a function that checks a folder and gives the path and line of each finding."""

    def run(folder: Path, *options: str, paths: tuple[str, ...] = ("--only-wording", ".")) -> list[tuple[str, int]]:
        done = failforward("check", *paths, "--changed-since", "main", "--output-format", "json", *options, cwd=folder)
        assert done.stderr == ""
        return [(finding["path"], finding["line"]) for finding in json.loads(done.stdout)]

    return run


Places = Callable[..., list[tuple[str, int]]]


def test_nothing_touched_gives_nothing(notes: Path, places: Places) -> None:
    """A branch that has touched nothing has no finding, however old the others are."""
    assert places(notes) == []


def test_each_way_to_touch_a_line_counts(notes: Path, places: Places) -> None:
    """Committed, staged, edited and new lines count, each at the line where it stands now."""
    (notes / "a.md").write_text(f"# A\n\n{NEW}\n{OLD}\nOne.\n\n{OLD}", "utf-8")
    commit(notes)
    assert places(notes) == [("a.md", 3)]
    (notes / "a.md").write_text(f"# A\n\nTwo.\n\n{NEW}\n{OLD}\nOne.\n\n{OLD}", "utf-8")
    git(notes, "add", "a.md")
    assert places(notes) == [("a.md", 5)]
    (notes / "b.md").write_text(f"# B\n\n{OLD}{NEW}", "utf-8")
    (notes / "c é.md").write_text(NEW, "utf-8")
    assert places(notes) == [("a.md", 5), ("b.md", 4), ("c é.md", 1)]


def test_what_others_did_since_does_not_count(notes: Path, places: Places) -> None:
    """The branch is compared with the commit it has in common with the revision, not with the revision itself."""
    git(notes, "checkout", "--quiet", "main")
    (notes / "b.md").write_text(f"# B\n\nNothing.\n\n{NEW}", "utf-8")
    commit(notes)
    git(notes, "checkout", "--quiet", "branch")
    (notes / "a.md").write_text(f"{NEW}\n" + (notes / "a.md").read_text("utf-8"), "utf-8")
    commit(notes)
    assert places(notes) == [("a.md", 1)]


def test_a_renamed_file_keeps_its_old_lines(notes: Path, places: Places) -> None:
    """A file that was moved has only those findings that were added to it, whatever its new name looks like."""
    name = 'd "ä\t'
    shutil.move(notes / "a.md", notes / f"{name}.md")
    git(notes, "add", "--all")
    assert places(notes) == []
    with (notes / f"{name}.md").open("a", encoding="utf-8") as file:
        file.write(f"\n{NEW}")
    assert places(notes) == [(f"{name}.md", 9)]


def test_no_setting_of_git_changes_the_answer(notes: Path, places: Places) -> None:
    """Colours, other prefixes, more context and attributes are what people set for themselves."""
    for setting in (
        "color.ui=always", "diff.noprefix=true", "diff.mnemonicPrefix=true", "diff.interHunkContext=9",
        "diff.external=false", "diff.relative=true", "core.quotePath=false", "diff.renames=false",
    ):  # fmt: skip
        git(notes, "config", *setting.split("="))
    (notes / ".gitattributes").write_text("*.md binary\n", "utf-8")
    (notes / "sub").mkdir()
    (notes / "a.md").rename(notes / "sub/a.md")
    with (notes / "sub/a.md").open("a", encoding="utf-8") as file:
        file.write(f"\n++ {NEW}@@ -1 +1 @@\n")
    git(notes, "add", "--all")
    assert places(notes) == [("sub/a.md", 9)]
    assert places(notes / "sub") == [("a.md", 9)]


def test_an_ignored_file_belongs_to_no_pull_request(notes: Path, places: Places) -> None:
    """What git ignores is never committed, so it has no finding."""
    (notes / ".gitignore").write_text("c.md\n", "utf-8")
    (notes / "c.md").write_text(NEW, "utf-8")
    assert places(notes) == []


def test_what_is_missing_counts_in_a_touched_file(
    make_playbook: MakePlaybook, complete_review: str, places: Places
) -> None:
    """A review that was touched anywhere shows what it lacks; what stands on other lines of it stays unsaid."""
    text = complete_review.replace("after: 4", "after: 7")
    lacking = text.replace("trigger: The warm-up job ran against the live cluster for the first time.\n", "")
    assert lacking != text
    root = make_playbook({"reviews/2026-10-02-checkout.md": text, "reviews/2026-10-05-b.md": lacking})
    git(root, "init", "--quiet", "--initial-branch=main")
    commit(root)
    (root / "reviews/2026-10-02-checkout.md").write_text(lacking, "utf-8")
    found = places(root, "--today", "2026-10-20", "--select", "missing-trigger,wrong-form", paths=())
    assert found == [("reviews/2026-10-02-checkout.md", 4)]


def test_a_line_taken_out_leaves_a_mark(make_playbook: MakePlaybook, complete_review: str, places: Places) -> None:
    """A finding of structure that comes from a line taken out beside it counts."""
    root = make_playbook({"reviews/2026-10-02-checkout.md": complete_review})
    git(root, "init", "--quiet", "--initial-branch=main")
    commit(root)
    text = complete_review.replace("  outsiders: [design]\n", "")
    assert text != complete_review
    (root / "reviews/2026-10-02-checkout.md").write_text(text, "utf-8")
    found = places(root, "--today", "2026-10-20", paths=())
    assert [path for path, _ in found] == ["reviews/2026-10-02-checkout.md"]


def test_only_touched_files_are_counted(notes: Path, failforward: CommandLine) -> None:
    """The report says how many files were looked at: those that were touched."""
    (notes / "b.md").write_text("# B\n", "utf-8")
    done = failforward("check", "--only-wording", ".", "--changed-since", "main", cwd=notes)
    assert (done.returncode, done.stdout) == (0, "1 file checked: no findings.\n")


@pytest.mark.parametrize("revision", ["nowhere", "--output=x", "", "main:a.md", "-h"])
def test_an_unknown_revision_is_an_error(notes: Path, failforward: CommandLine, revision: str) -> None:
    """A revision that does not exist, or looks like an option, ends with 2 and a remedy."""
    done = failforward("check", "--only-wording", ".", f"--changed-since={revision}", cwd=notes)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"“{revision}” is no revision of this repository. Name a branch, a tag or a commit" in done.stderr
    assert not (notes / "x").exists()


def test_without_a_repository_it_is_an_error(tmp_path: Path, failforward: CommandLine) -> None:
    """Outside of a repository, and for standard input, there is nothing to compare with."""
    (tmp_path / "a.md").write_text(NEW, "utf-8")
    done = failforward("check", "--only-wording", "a.md", "--changed-since", "main", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "This is in no git repository. --changed-since compares with a revision" in done.stderr
    done = failforward("check", "--only-wording", "-", "--changed-since", "main", cwd=tmp_path, stdin=NEW)
    assert done.returncode == 2
    assert "Standard input has no history" in done.stderr


def test_a_shallow_clone_is_an_error_with_its_remedy(notes: Path, tmp_path: Path, failforward: CommandLine) -> None:
    """A clone without the history that is asked for says how to get it, instead of passing."""
    (notes / "a.md").write_text(NEW, "utf-8")
    commit(notes)
    shallow = tmp_path / "shallow"
    git(tmp_path, "clone", "--quiet", "--depth=1", "--no-single-branch", f"file://{notes}", str(shallow))
    (notes / "a.md").write_text(OLD, "utf-8")
    for revision in ("origin/main", "HEAD~1"):
        done = failforward("check", "--only-wording", ".", "--changed-since", revision, cwd=shallow)
        assert (done.returncode, done.stdout) == (2, "")
        assert "Fetch the history: `git fetch --unshallow`; with actions/checkout, fetch-depth: 0." in done.stderr


def test_two_histories_without_a_common_commit_are_an_error(notes: Path, failforward: CommandLine) -> None:
    """A revision that shares nothing with the current one cannot be compared with."""
    git(notes, "checkout", "--quiet", "--orphan", "alone")
    (notes / "b.md").write_text("# B\n", "utf-8")
    commit(notes)
    done = failforward("check", "--only-wording", ".", "--changed-since", "main", cwd=notes)
    assert done.returncode == 2
    assert "“main” and HEAD have no commit in common" in done.stderr


def test_annotations_on_touched_lines_come_first(notes: Path, failforward: CommandLine) -> None:
    """In a pull request, of the ten annotations that GitHub shows, those on its own lines come first."""
    (notes / "a.md").write_text("# A\n\n" + f"{OLD}\n" * 12, "utf-8")
    commit(notes)
    (notes / "b.md").write_text(f"# B\n\n{OLD}\n{NEW}", "utf-8")
    commit(notes)
    arguments = ("check", "--only-wording", ".", "--output-format", "github")
    said = failforward(*arguments, cwd=notes, environment={"GITHUB_EVENT_NAME": "pull_request"}).stdout
    assert said.startswith("::error file=b.md,line=5,")
    assert said.count("::error") == 10
    assert failforward(*arguments, cwd=notes).stdout.startswith("::error file=a.md,line=3,")
    (notes / ".git").rename(notes.parent / "away")
    said = failforward(*arguments, cwd=notes, environment={"GITHUB_EVENT_NAME": "pull_request"}).stdout
    assert said.startswith("::error file=a.md,line=3,")
