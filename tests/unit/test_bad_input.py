"""Whatever lies in the folder: each bad file gives its finding at its place, and the others are checked as ever."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from failforward.lint import lint
from failforward.model.finding import Finding
from failforward.playbook import read_file, read_playbook, read_text
from failforward.reports import FORMATS, render
from failforward.reports.run import Run

MakePlaybook = Callable[..., Path]
TODAY = date(2026, 10, 20)
FAULTY = "reviews/z-after.md"


def found(root: Path) -> list[Finding]:
    """Check a playbook, show what is found in every format, and give it."""
    playbook = read_playbook(root, shown="")
    findings = lint(playbook, TODAY)
    run = Run(playbook.rules, len(playbook.reviews), {review.path: review.source for review in playbook.reviews})
    for name in FORMATS:
        render(name, findings, run).encode("utf-8", "replace")
    return findings


@pytest.fixture
def faulty(complete_review: str) -> str:
    """Give a review with exactly one fault, which must be found whatever else lies in the folder."""
    return complete_review.replace("after: 4", "after: 7")


def bad_bytes(complete: str) -> dict[str, tuple[bytes, list[tuple[str, int, int]]]]:
    """Give bad files with what is to be found in them: rule, line, column."""
    text = complete.encode()
    return {
        "plain": (b"# Notes\n", [("missing-front-matter", 1, 1)]),
        "empty": (b"", [("missing-front-matter", 1, 1)]),
        "unclosed": (b"---\ntitle: a\n", [("broken-front-matter", 1, 1)]),
        "broken": (b"---\ntitle: a: b\n---\n", [("broken-front-matter", 2, 9)]),
        "tabs": (b"---\ntitle: a\ncauses:\n\t- cause: b\n---\n", [("broken-front-matter", 4, 1)]),
        "nul": (text.replace(b"title: C", "title: é\0C".encode()), [("broken-front-matter", 2, 9)]),
        "brackets": (b"---\ntitle: " + b"[" * 10_000 + b"\n---\n", [("broken-front-matter", 2, 27)]),
        "latin-1": (complete.replace("45 minutes", "45 minutes (né)").encode("latin-1"), [("unreadable-file", 45, 35)]),
        "utf-16": (complete.encode("utf-16"), [("unreadable-file", 1, 1)]),
        "large": (b"---\n" + b"x" * 50_000_000, [("unreadable-file", 1, 1)]),
        "twice": (text.replace(b"\nstatus:", b"\nkind: project\nstatus:"), [("duplicate-field", 4, 1)]),
        "unknown": (text.replace(b"\nseverity:", b"\nSeverity: a\nseverity:"), [("unknown-field", 5, 1)]),
        "no-offset": (text.replace(b"14:05+02:00", b"14:05"), [("time-without-offset", 6, 10)]),
        "no-such-day": (text.replace(b"2026-11-16", b"2026-11-31"), [("impossible-time", 36, 10)]),
        "last-day": (text.replace(b"2026-11-16", b"9999-12-31"), [("impossible-time", 36, 10)]),
        "separators": (
            text.replace(b"minutes because", "minutes\u2028because\x0b\x0c\x85".encode()).replace(
                b"one shared page", b"[one](x.md)"
            ),
            [("broken-link", 78, 52)],
        ),
    }


NAMES = tuple(bad_bytes(""))


@pytest.mark.parametrize("name", NAMES)
def test_a_bad_file_gives_its_finding_and_hides_no_other(
    name: str, make_playbook: MakePlaybook, complete_review: str, faulty: str
) -> None:
    """Each bad file is pointed out at its line and column, with a remedy, and the review after it is checked."""
    data, expected = bad_bytes(complete_review)[name]
    findings = found(make_playbook({"reviews/bad.md": data, FAULTY: faulty}))
    bad = [finding for finding in findings if finding.path == "reviews/bad.md"]
    assert [(finding.rule, finding.line, finding.column) for finding in bad] == expected
    assert all(finding.message and finding.instead for finding in bad)
    assert [(finding.rule, finding.line) for finding in findings if finding.path == FAULTY] == [("wrong-form", 27)]


@pytest.mark.parametrize(
    "change", [lambda text: "\ufeff" + text, lambda text: text.replace("\n", "\r\n")], ids=["bom", "crlf"]
)
def test_a_byte_order_mark_and_crlf_are_harmless(
    change: Callable[[str], str], make_playbook: MakePlaybook, complete_review: str, faulty: str
) -> None:
    """A file from another system is read like any other, and its lines and columns are the same."""
    findings = found(make_playbook({"reviews/good.md": change(complete_review), FAULTY: change(faulty)}))
    assert [(finding.path, finding.rule, finding.line, finding.column) for finding in findings] == [
        (FAULTY, "wrong-form", 27, 26)
    ]


def test_folders_and_links_that_are_no_files(make_playbook: MakePlaybook, tmp_path: Path, faulty: str) -> None:
    """A folder named x.md, a link out of the playbook, a loop, a dead link and a pipe are each pointed out."""
    root = make_playbook({FAULTY: faulty, "reviews/folder.md/inside.md": "x"})
    (tmp_path / "secret.md").write_text("password", "utf-8")
    reviews = root / "reviews"
    (reviews / "away.md").symlink_to(tmp_path / "secret.md")
    (reviews / "loop.md").symlink_to("loop.md")
    (reviews / "dead.md").symlink_to("nothing.md")
    (reviews / "round").symlink_to(".")
    os.mkfifo(reviews / "pipe.md")
    findings = found(root)
    said = {finding.path.removeprefix("reviews/"): finding.message for finding in findings if finding.path != FAULTY}
    assert {finding.rule for finding in findings} == {"unreadable-file", "wrong-form"}
    assert {name: said[name].partition(" (")[0] for name in said} == {
        "folder.md": "A folder has the name of a Markdown file",
        "away.md": "This link leads out of the playbook",
        "loop.md": "The file cannot be opened",
        "dead.md": "The file cannot be opened",
        "round": "This is a link to a folder, and links to folders are not followed",
        "pipe.md": "This is a device or pipe and no file",
    }
    assert "password" not in str(findings)


@pytest.fixture
def without_privileges() -> Iterator[None]:
    """Let the test run as somebody who may not read everything."""
    if os.geteuid():
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """Give a new folder that anybody may enter and write to."""
    folder = Path(tempfile.mkdtemp(prefix="failforward-"))
    folder.chmod(0o777)
    yield folder
    shutil.rmtree(folder)


@pytest.mark.usefixtures("without_privileges")
def test_what_may_not_be_read_is_pointed_out(open_folder: Path, faulty: str) -> None:
    """A file and a folder without the permission to read them give a finding each."""
    reviews = open_folder / "reviews"
    (reviews / "shut").mkdir(parents=True)
    (reviews / "closed.md").write_text("x", "utf-8")
    (reviews / "z-after.md").write_text(faulty, "utf-8")
    (reviews / "closed.md").chmod(0)
    (reviews / "shut").chmod(0)
    findings = found(open_folder)
    (reviews / "shut").chmod(0o700)
    assert [(finding.path, finding.rule) for finding in findings] == [
        ("reviews/closed.md", "unreadable-file"),
        ("reviews/shut", "unreadable-file"),
        (FAULTY, "wrong-form"),
    ]


@pytest.mark.parametrize("name", ["a\nb.md", "100%25.md", "::error::x.md", "🚀.md", " .md", "a\x1b[31mb.md"])
def test_a_strange_file_name_is_one_piece_of_advice(
    name: str, make_playbook: MakePlaybook, complete_review: str
) -> None:
    """A name with a line end, a percent sign, an emoji or an escape is pointed out and does no harm."""
    findings = found(make_playbook({f"reviews/{name}": complete_review}))
    assert [(finding.rule, finding.path) for finding in findings] == [("awkward-file-name", f"reviews/{name}")]


def test_a_name_that_is_no_unicode_is_harmless(make_playbook: MakePlaybook, complete_review: str) -> None:
    """A file name in another encoding is pointed out like any other strange one."""
    root = make_playbook()
    Path(os.fsdecode(os.fsencode(root / "reviews") + b"/caf\xe9.md")).write_text(complete_review, "utf-8")
    assert [finding.rule for finding in found(root)] == ["awkward-file-name"]


def test_standard_input_is_bounded_too() -> None:
    """What comes through a pipe has the same bound as a file."""
    (problem,) = read_text(b"x" * 4_000_001, "-").problems
    assert (problem.kind, problem.what) == ("unreadable-file", "The text has more than 4 MB")


def test_a_single_file_is_read_without_a_playbook(tmp_path: Path, complete_review: str) -> None:
    """A review outside any playbook is read by its path."""
    path = tmp_path / "a.md"
    path.write_text(complete_review, "utf-8")
    assert read_file(path, "shown/a.md").path == "shown/a.md"
    assert read_file(tmp_path / "none.md", "none.md").problems[0].kind == "unreadable-file"
