"""Which files of a playbook may be copied to a site."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from failforward.playbook import read_playbook
from failforward.public import local_links, public_files
from failforward.text.source import Source

if TYPE_CHECKING:
    from conftest import Project


def seen(project: "Project", *others: Source) -> set[str]:
    """Give the files of a playbook that may be seen."""
    playbook = read_playbook(project.playbook)
    public = public_files(playbook, others)
    return {name for name in playbook.files if public(name)}


@pytest.mark.parametrize(
    ("target", "path"),
    [
        ("[a](../evidence/a.txt)", "evidence/a.txt"),
        ("![a](../evidence/a%20b.png)", "evidence/a b.png"),
        ("[a](<../evidence/a b.png>)", "evidence/a b.png"),
        ("[a][1]\n\n[1]: ../evidence/a.txt", "evidence/a.txt"),
        ("[a](../evidence/a.txt#L3)", "evidence/a.txt"),
        ("[a](../evidence/a.txt?raw=1)", "evidence/a.txt"),
        ("[a](/evidence/a.txt)", "evidence/a.txt"),
        ("[a](x/../../evidence/./a.txt)", "evidence/a.txt"),
        ('<img src="../evidence/a.png" alt="a">', "evidence/a.png"),
        ("<a\n href='../evidence/a.png'>a</a>", "evidence/a.png"),
        ("<a href=../evidence/a.png>a</a>", "evidence/a.png"),
    ],
)
def test_each_form_of_a_link_counts(target: str, path: str) -> None:
    """Links and images count in Markdown and in HTML, encoded or not, with an anchor or not."""
    assert list(local_links(Source("reviews/x.md", f"Text {target}\n"))) == [path]


@pytest.mark.parametrize("target", ["https://example.org/a.txt", "//example.org/a", "mailto:a@b.org", "#here", ""])
def test_links_elsewhere_do_not_count(target: str) -> None:
    """A link to another site or to the same page names no file."""
    assert list(local_links(Source("reviews/x.md", f"[a]({target})"))) == []


def test_evidence_is_public_when_something_public_links_to_it(project: "Project") -> None:
    """Of the evidence, only what published reviews, causes and pages by hand link to may be seen."""
    for name in ("review", "draft", "nobody", "page"):
        project.write(f"evidence/{name}.txt", name)
    project.review(body="## In short\n\n[log](../evidence/review.txt)\n")
    project.review("2026-11-01-draft", "## In short\n\n[log](../evidence/draft.txt)\n", status="draft")
    page = Source("docs/page.md", "[log](../evidence/page.txt)")
    assert seen(project, page) == {"evidence/review.txt", "evidence/page.txt"}


def test_other_files_are_public_unless_only_drafts_link_to_them(project: "Project") -> None:
    """What stands elsewhere is public by its place; a draft takes nothing away that others use."""
    for name in ("docs/page.md", "docs/free.png", "docs/shared.png", "docs/hidden.png"):
        project.write(name, "")
    draft = "".join(f"[x](../docs/{name})\n" for name in ("page.md", "shared.png", "hidden.png"))
    project.review("2026-11-01-draft", f"## In short\n\n{draft}", status="draft")
    page = Source("docs/page.md", "![x](shared.png)")
    assert seen(project, page) == {"docs/page.md", "docs/free.png", "docs/shared.png"}


def test_a_link_does_not_publish_a_draft(project: "Project") -> None:
    """A published review that links to a draft, a cause or a rule does not make their raw files public."""
    project.review("2026-11-01-draft", status="draft")
    project.write("causes/mine.md", "---\ntitle: x\ngroup: x\nsummary: x\n---\n")
    project.review(body="## In short\n\n[a](2026-11-01-draft.md) [b](../causes/mine.md)\n")
    assert seen(project) == set()
    public = public_files(read_playbook(project.playbook))
    assert not public("reviews/2026-11-01-draft.md")


def test_settings_and_templates_are_never_public(project: "Project") -> None:
    """Settings, templates, and the raw files of reviews, causes and rules are not copied."""
    for name in ("templates/review.md.j2", "rules/mine.md.bak", "causes/mine.md", "reviews/x.md~", "index.md"):
        project.write(name, "---\ntitle: x\n---\n")
    assert seen(project) == {"rules/mine.md.bak", "index.md"}


def test_a_shared_file_of_two_reviews_follows_the_published_one(project: "Project", tmp_path: Path) -> None:
    """Evidence of a private review may be seen when a published review shows it too."""
    project.write("evidence/log.txt", "x")
    body = "## In short\n\n[log](../evidence/log.txt)\n"
    project.review("2026-11-01-private", body, private=True)
    assert seen(project) == set()
    project.review(body=body)
    assert seen(project) == {"evidence/log.txt"}
