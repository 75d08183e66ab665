"""The pages as a folder of plain Markdown, brought up to date without touching what is not ours."""

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from failforward.errors import ArgumentError
from failforward.publish import Published, publish

if TYPE_CHECKING:
    from conftest import Project

TODAY = date(2026, 11, 20)
SECRET = "zyxwvut-sentinel"
PAGE = "docs/reviews/2026-10-02-warm-up/index.md"


def run(project: "Project", **options: bool) -> Published:
    """Publish a project's playbook to the folder `out` beside it."""
    return publish(project.playbook, project.folder / "out", TODAY, **options)


def files(project: "Project") -> dict[str, bytes]:
    """Give what is in the folder `out`."""
    folder = project.folder / "out"
    places = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in places}


def holding(project: "Project", word: str) -> list[str]:
    """Give the paths in the folder `out` that hold a word in name or content."""
    return [path for path, data in files(project).items() if word.encode() in data or word in path]


def test_pages_are_written_with_a_configuration(project: "Project") -> None:
    """The folder holds the pages, the pages by hand, and an mkdocs.yml that names no plugin of ours."""
    project.review()
    project.write("docs/how.md", "# How we review\n")
    done = run(project)
    there = files(project)
    assert {PAGE, "docs/docs/how.md", "docs/index.md", "mkdocs.yml"} <= set(there)
    assert set(done.written) == set(there) - {".failforward.json"}
    config = yaml.safe_load(there["mkdocs.yml"])
    assert config["site_name"] == "A playbook"
    assert config["plugins"] == ["search"]
    assert {"Home": "index.md"} in config["nav"]
    assert {"Docs": ["docs/how.md"]} in config["nav"]


def test_links_of_pages_by_hand_follow_the_finished_pages(project: "Project") -> None:
    """Each finished page is a folder of its own, and the links of hand-written pages lead there."""
    project.review()
    name = "../reviews/2026-10-02-warm-up"
    text = f"""# Page

[a]({name}.md) [b]({name}.md#in-short "A title") [c]: [d][d] [e](<{name}.md>) [f](other.md) [g](../reviews/index.md)
`[a]({name}.md)` [![{name}.md](x.png)]({name}.md)

[d]: {name}.md
"""
    project.write("docs/page.md", text)
    project.write("docs/other.md", "# Other\n")
    run(project)
    expected = text
    for before in ("[a](", "[b](", "[e](<", "(x.png)](", "[d]: "):
        expected = expected.replace(f"{before}{name}.md", f"{before}{name}/index.md", 1)
    assert files(project)["docs/docs/page.md"].decode() == expected


def test_the_same_playbook_gives_the_same_bytes(project: "Project") -> None:
    """Two folders written from one playbook are equal, and a second run has nothing to write."""
    project.review()
    run(project)
    first = files(project)
    publish(project.playbook, project.folder / "other", TODAY)
    again = run(project)
    assert again.written == again.removed == again.kept == ()
    assert set(again.unchanged) == set(first) - {".failforward.json"}
    assert files(project) == first
    assert all((project.folder / "other" / path).read_bytes() == data for path, data in first.items())


def test_a_dry_run_writes_nothing(project: "Project") -> None:
    """A dry run tells what would be written, and the folder is not even made."""
    project.review()
    done = run(project, dry_run=True)
    assert PAGE in done.written
    assert not (project.folder / "out").exists()
    run(project)
    before = files(project)
    project.review("2026-11-01-other")
    assert "docs/reviews/2026-11-01-other/index.md" in run(project, dry_run=True).written
    assert files(project) == before


def test_nothing_of_an_unpublished_review_is_written(project: "Project") -> None:
    """No word of drafts and private reviews is in the folder, nor their evidence, the marker and the configuration."""
    project.write("evidence/secret.txt", SECRET)
    for name, how in (("a", {"status": "draft"}), ("b", {"private": True})):
        body = f"## In short\n\n[x](../evidence/secret.txt) {SECRET}\n"
        project.review(f"2026-11-01-{SECRET}-{name}", body, title=SECRET, **how)
    run(project)
    assert holding(project, SECRET) == []
    assert "docs/evidence/secret.txt" not in files(project)


def test_a_review_that_becomes_private_is_removed(project: "Project") -> None:
    """What an earlier run wrote and no page has any more goes, with the folder that it leaves empty."""
    project.write("evidence/2026/log.txt", SECRET)
    project.review(body=f"## In short\n\n[x](../evidence/2026/log.txt) {SECRET}\n")
    run(project)
    assert "docs/evidence/2026/log.txt" in files(project)
    project.review(body=f"## In short\n\n[x](../evidence/2026/log.txt) {SECRET}\n", private=True)
    done = run(project)
    assert {PAGE, "docs/evidence/2026/log.txt"} <= set(done.removed)
    assert not (project.folder / "out/docs/evidence").exists()
    assert holding(project, SECRET) == []


def test_what_others_put_there_stays(project: "Project") -> None:
    """Files that no run wrote survive, also beside ours and in the site that was built there."""
    project.review()
    run(project)
    mine = {"docs/CNAME": "example.org", "site/index.html": "<p>", "docs/reviews/mine.txt": "x", ".gitignore": "site/"}
    for path, text in mine.items():
        place = project.folder / "out" / path
        place.parent.mkdir(exist_ok=True)
        place.write_text(text, "utf-8")
    project.review(private=True)
    run(project)
    assert PAGE not in files(project)
    assert {path: files(project)[path].decode() for path in mine} == mine


def test_an_edited_configuration_is_kept(project: "Project") -> None:
    """Once somebody has edited mkdocs.yml, it stays as it is."""
    run(project)
    config = project.folder / "out/mkdocs.yml"
    config.write_text("site_name: Mine\n", "utf-8")
    project.review()
    for _ in range(2):
        assert run(project).kept == ("mkdocs.yml",)
        assert config.read_text("utf-8") == "site_name: Mine\n"


def test_an_edited_page_stops_the_run(project: "Project") -> None:
    """A page that was edited in the folder is not overwritten: the run ends before it has changed anything."""
    project.review()
    run(project)
    (project.folder / "out" / PAGE).write_text("edited\n", "utf-8")
    before = files(project)
    project.review(title="Another title")
    with pytest.raises(ArgumentError, match=r"2026-10-02-warm-up/index\.md: The file was edited after it was written"):
        run(project)
    assert files(project) == before


@pytest.mark.parametrize("name", ["notes.txt", ".git/HEAD", "docs/index.md"])
def test_a_folder_of_somebody_else_is_refused(project: "Project", name: str) -> None:
    """A folder with anything in it that no run marked as its own is left alone."""
    place = project.folder / "out" / name
    place.parent.mkdir(parents=True)
    place.write_text("mine", "utf-8")
    with pytest.raises(ArgumentError, match="somebody else"):
        run(project)
    assert list(files(project)) == [name]


def test_a_file_in_the_place_of_the_folder_is_refused(project: "Project") -> None:
    """A target that is a file is an argument that cannot be used."""
    (project.folder / "out").write_text("mine", "utf-8")
    with pytest.raises(ArgumentError, match="somebody else"):
        run(project)


@pytest.mark.parametrize("to", ["playbook", "playbook/out", "."])
def test_a_folder_in_or_around_the_playbook_is_refused(project: "Project", to: str) -> None:
    """Pages are never written where the next run would read them, or over the playbook."""
    with pytest.raises(ArgumentError, match="into or around the playbook"):
        publish(project.playbook, project.folder / to, TODAY)


def test_a_link_in_the_folder_is_not_followed_out_of_it(project: "Project") -> None:
    """A symbolic link that leads out of the folder is an error, not a way to write elsewhere."""
    run(project)
    outside = project.folder / "elsewhere"
    (project.folder / "out/docs").rename(outside)
    (project.folder / "out/docs").symlink_to(outside)
    project.review()
    with pytest.raises(ArgumentError, match="leads out of the folder"):
        run(project)


def test_a_run_that_was_cut_off_can_be_repeated(project: "Project") -> None:
    """When a run ends between two files, the next one still knows which files are its own."""
    project.review()
    run(project)
    marker = project.folder / "out/.failforward.json"
    old = json.loads(marker.read_text("utf-8"))["files"]
    project.review(title="Another title")
    run(project)
    new = json.loads(marker.read_text("utf-8"))["files"]
    assert old[PAGE] != new[PAGE]
    marker.write_text(json.dumps({"files": new, "before": old}), "utf-8")
    project.review()
    assert PAGE in run(project).written
    assert json.loads(marker.read_text("utf-8"))["files"] == old


def test_a_failing_run_leaves_nothing_behind(project: "Project", tmp_path: Path) -> None:
    """A playbook that cannot be used ends the run before anything is written."""
    project.write("playbook.yml", "no_such_setting: 1\n")
    before = set(tmp_path.iterdir())
    with pytest.raises(Exception, match="no setting"):
        run(project)
    assert set(tmp_path.iterdir()) == before
