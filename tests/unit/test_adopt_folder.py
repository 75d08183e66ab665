"""Folders are adopted without writing over anything, and every file is accounted for."""

import json
from pathlib import Path

import pytest

from failforward.errors import ArgumentError
from failforward.importers import Report, adopt_paths, as_json, as_text, decoded

OLD = "# 2026-10-02 Cache gone\n\n## Summary\n\nIt was empty.\n\n## Timeline\n\n- 14:05 UTC gone\n- 14:20 UTC back\n"


def old(folder: Path, **files: str | bytes) -> Path:
    """Write old post-mortems."""
    place = folder / "old"
    for name, text in files.items():
        path = place / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return place


def fates(report: Report) -> list[tuple[str, str]]:
    """Give each file's name with its draft or the reason why there is none."""
    return [(Path(file.path).name, file.adoption.name if file.adoption else file.skipped) for file in report.files]


def test_files_of_a_folder_in_order(tmp_path: Path) -> None:
    """Markdown in all its spellings is adopted; readmes, templates, hidden files and other files are not."""
    names = (
        "b.md",
        "a__x.qmd",
        "c.html.md.erb",
        "README.md",
        "index.md",
        "d_template.md",
        ".h.md",
        "e.py",
        "PM 7 - no ending",
    )
    files = {name: f"{OLD}\n## Notes\n\nFrom {name}.\n" for name in names}
    source = old(tmp_path, **files)
    report = adopt_paths([source], tmp_path / "new", causes=())
    assert [Path(file.path).name for file in report.files] == ["PM 7 - no ending", "b.md", "c.html.md.erb", "x.qmd"]
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == sorted(name for _, name in fates(report))
    assert (tmp_path / "new/2026-10-02-cache-gone.md").read_text("utf-8").startswith("---\ntitle: ")


def test_nothing_is_written_over(tmp_path: Path) -> None:
    """A taken name gets a number; what was adopted before is left as it is."""
    source = old(tmp_path, **{"a.md": OLD})
    target = tmp_path / "new"
    target.mkdir()
    mine = target / "2026-10-02-cache-gone.md"
    mine.write_text("mine", "utf-8")
    assert fates(adopt_paths([source], target, causes=())) == [("a.md", "2026-10-02-cache-gone-2.md")]
    assert mine.read_text("utf-8") == "mine"
    mine.unlink()
    (target / "2026-10-02-cache-gone-2.md").rename(mine)
    assert fates(adopt_paths([source], target, causes=())) == [("a.md", "adopted already as 2026-10-02-cache-gone.md")]
    assert [path.name for path in target.iterdir()] == [mine.name]


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    """The report is the same but for one word, and there is not even a folder."""
    source = old(tmp_path, **{"a.md": OLD, "b.md": f"{OLD}- 14:40 UTC closed\n", "c.md": OLD})
    dry = adopt_paths([source], tmp_path / "new", causes=(), dry_run=True)
    assert not (tmp_path / "new").exists()
    wet = adopt_paths([source], tmp_path / "new", causes=())
    assert as_text(dry).replace("would be adopted", "adopted") == as_text(wet)
    first, second, third = (name for _, name in fates(wet))
    assert (first, second) == ("2026-10-02-cache-gone.md", "2026-10-02-cache-gone-2.md")
    assert third == f"adopted already as {first}"
    again = adopt_paths([source], tmp_path / "new", causes=())
    assert {name for _, name in fates(again)} == {f"adopted already as {first}", f"adopted already as {second}"}


def test_what_cannot_be_adopted_is_said(tmp_path: Path) -> None:
    """Empty files, reviews and files that are too large are skipped, each with its reason."""
    review = "---\ntitle: T\nkind: incident\nstatus: draft\n---\n"
    source = old(tmp_path, **{"a.md": "\n", "b.md": review, "c.md": b"x" * 4_000_001})
    reasons = dict(fates(adopt_paths([source], tmp_path / "new", causes=())))
    assert reasons["a.md"] == "empty"
    assert reasons["b.md"] == "a review already"
    assert "4 MB" in reasons["c.md"]


def test_the_target_is_not_read_again(tmp_path: Path) -> None:
    """Drafts that lie below the folder that is adopted are not adopted once more."""
    source = old(tmp_path, **{"a.md": OLD})
    for _ in range(2):
        report = adopt_paths([source], source / "drafts", causes=())
    assert len(report.files) == 1


def test_paths_that_cannot_be_used(tmp_path: Path) -> None:
    """A path that does not exist, and a target that is a file, are errors with a remedy."""
    source = old(tmp_path, **{"a.md": OLD})
    with pytest.raises(ArgumentError, match="no such file"):
        adopt_paths([tmp_path / "nowhere"], tmp_path / "new", causes=())
    with pytest.raises(ArgumentError, match="--to"):
        adopt_paths([source], source / "a.md", causes=())


@pytest.mark.parametrize(
    ("data", "text", "encoding"),
    [
        ("é\r\n".encode(), "é\n", "utf-8"),
        (b"\xef\xbb\xbfx\r", "x\n", "utf-8"),
        ("é".encode("cp1252"), "é", "cp1252"),
        ("é".encode("utf-16"), "é", "utf-16"),
        (b"\x81\x8d", "\x81\x8d", "latin-1"),
    ],
)
def test_old_encodings(data: bytes, text: str, encoding: str) -> None:
    """Old files are read whatever their encoding, and the report names it."""
    assert decoded(data) == (text, encoding)


def test_the_report_for_programs(tmp_path: Path) -> None:
    """The JSON has one record per file, and the sums."""
    source = old(tmp_path, **{"a.md": OLD, "b.md": ""})
    report = json.loads(as_json(adopt_paths([source], tmp_path / "new", causes=())))
    first, second = report["files"]
    assert first["draft"] == "2026-10-02-cache-gone.md"
    assert first["timeline"] == {"rows": 2, "timed": 2, "shape": "list"}
    assert second["skipped"] == "empty"
    assert report["missing"]["severity"] == 1
