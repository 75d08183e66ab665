"""All pages of a playbook: what is there, what must never be there, templates of one's own, the JSON, golden files."""

import json
import os
import posixpath
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import unquote

import pytest

from failforward import index, pages
from failforward.model.playbook import Playbook
from failforward.pages.urls import Style
from failforward.playbook import read_playbook

TODAY = date(2026, 11, 22)
ROOT = Path(__file__).resolve().parents[2]
GOLDEN = ROOT / "tests/golden/pages"
MakePlaybook = Callable[..., Path]


def built(playbook: Playbook, urls: Style = "directory", overrides: Path | None = None) -> pages.Pages:
    """Make the pages of a playbook."""
    return pages.build(playbook, index.build(playbook, TODAY), TODAY, urls=urls, overrides=overrides)


def review(title: str, more: str = "", status: str = "reviewed") -> str:
    """Give the text of a review."""
    return (
        f"---\ntitle: {title}\nkind: incident\nstatus: {status}\nstarted: 2026-01-02\n{more}---\n## In short\nText.\n"
    )


@pytest.fixture(scope="module")
def ours() -> Playbook:
    """Give our own playbook."""
    return read_playbook(ROOT / "playbook")


@pytest.fixture(scope="module")
def made_of_ours(ours: Playbook) -> pages.Pages:
    """Give the pages of our own playbook."""
    return built(ours)


def test_an_empty_playbook_says_that_there_is_nothing_yet(make_playbook: MakePlaybook) -> None:
    """Without any review each overview is there and says so."""
    made = {page.path: page.text for page in built(read_playbook(make_playbook())).pages}
    overviews = "reviews experiments tags services teams years worked working lessons kinds severities".split()
    for name in ("index", *(f"{overview}/index" for overview in overviews)):
        assert "Nothing here yet: " in made[f"{name}.md"], name


def test_what_is_not_published_is_on_no_page(make_playbook: MakePlaybook) -> None:
    """A draft or private review is found in no page, no file name, no number and no JSON."""
    secret = "tags: [hush]\nservices: [hush]\nteams: [hush]\ncauses: [{cause: hush, how: hush}]\n"
    secret += "experiments: [{id: hush, outcome: hush, owner: hush}]\nrelated: [{review: a, because: hush}]\n"
    files = {
        "reviews/a.md": review("Open", "related: [{review: hush-draft, because: Same day.}]\n"),
        "reviews/hush-draft.md": review("hush", secret, "draft"),
        "reviews/hush-private.md": review("hush", secret + "private: true\n"),
    }
    made = built(read_playbook(make_playbook(files)))
    assert [page.path for page in made.pages if "hush" in page.path + page.text + page.title + page.description] == []
    assert [asset.path for asset in made.assets if b"hush" in asset.data] == []


@pytest.mark.parametrize("style", ["directory", "file"])
def test_every_link_leads_to_a_page_or_file(ours: Playbook, style: Style) -> None:
    """Each relative address on each page leads to a page, an asset or a file, and each anchor to a place on it."""
    made = built(ours, style)
    urls = pages.Urls(style)
    there = {urls.address(page.path): page.text for page in made.pages}
    files = {asset.path for asset in made.assets} | {urls.address(name) for name in ours.files}
    for page in made.pages:
        base = urls.folder(page.path) if style == "directory" else posixpath.dirname(page.path)
        for address in set(re.findall(r'(?:href|src)="([^"]+)"', page.text)):
            if re.match(r"https?:|mailto:", address):
                continue
            path, _, anchor = address.partition("#")
            target = urls.address(page.path) if not path else unquote(posixpath.normpath(posixpath.join(base, path)))
            target = "" if target == "." else target
            found = there.get(target, there.get(f"{target}/"))
            assert found is not None or target in files, (page.path, address)
            if anchor and found is not None and f'id="{anchor}"' not in found:
                headings = re.findall(r"^#+ (.*)$", found, re.MULTILINE)
                slugs = {re.sub(r"\W+", "-", heading.casefold()).strip("-") for heading in headings}
                assert anchor in slugs, (page.path, address)


def test_no_page_asks_another_host(made_of_ours: pages.Pages) -> None:
    """Scripts, styles and pictures come from the site itself."""
    for page in made_of_ours.pages:
        assert re.findall(r'\ssrc="(?:https?:)?//[^"]*"|<link[^>]*>', page.text) == [], page.path


def test_every_page_type_has_pages(ours: Playbook, made_of_ours: pages.Pages) -> None:
    """Each line of PAGES makes at least one page, and no path is made twice."""
    paths = [page.path for page in made_of_ours.pages]
    assert len(paths) == len(set(paths))
    assert {"index.md", "reviews/index.md", "causes/index.md", "experiments/index.md", "rules/index.md"} <= set(paths)
    assert {f"causes/{cause.id}.md" for cause in ours.causes} <= set(paths)
    assert {f"rules/{rule.id}.md" for rule in ours.rules} <= set(paths)


def test_the_same_playbook_gives_the_same_bytes(ours: Playbook, made_of_ours: pages.Pages) -> None:
    """Nothing but the playbook and today decides what is made."""
    assert made_of_ours == built(replace(ours, reviews=ours.reviews[::-1]))


def test_names_become_file_names(make_playbook: MakePlaybook) -> None:
    """A word that is no file name gets one; two words never share one, and the plainest keeps its own."""
    made = built(read_playbook(make_playbook({"reviews/a.md": review("A", "tags: [Cache, cache, ca/che, 日本]\n")})))
    tags = {page.title: page.path for page in made.pages if page.path.startswith("tags/") and page.title != "Tags"}
    assert tags["cache"] == "tags/cache.md"
    assert len(set(tags.values())) == 4
    assert re.fullmatch(r"tags/[0-9a-f]{10}\.md", tags["日本"])


def test_a_team_replaces_a_template(make_playbook: MakePlaybook) -> None:
    """A template of one's own comes before the shipped one of its name; the others stay."""
    root = make_playbook({
        "reviews/a.md": review("A"),
        "templates/worked.md.j2": '{{ h(1, "Ours") }}\n<p>{{ here.to("index.md") }}</p>\n',
    })  # fmt: skip
    made = {page.path: page.text for page in built(read_playbook(root), overrides=root / "templates").pages}
    assert made["worked/index.md"] == "# Ours\n\n<p>../</p>\n"
    assert made["tags/index.md"].startswith("# Tags\n")


def test_own_words_stand_on_top(make_playbook: MakePlaybook) -> None:
    """A team's index.md is put on top of the made page, without its front matter and its title."""
    files = {"index.md": "---\nhide: [toc]\n---\n# Old title\n\nWelcome, *all*.\n", "reviews/a.md": review("A")}
    text = next(page.text for page in built(read_playbook(make_playbook(files))).pages if page.path == "index.md")
    assert text.startswith("# Ours\n\nWelcome, *all*.\n\n<ul")


def test_a_long_list_is_cut_into_pages(make_playbook: MakePlaybook, monkeypatch: pytest.MonkeyPatch) -> None:
    """A word with very many reviews gets several pages that lead to one another; the list of all names the years."""
    monkeypatch.setattr("failforward.pages.browse.LONGEST", 4)
    monkeypatch.setattr("failforward.pages.browse.NEWEST", 2)
    monkeypatch.setattr("failforward.pages.browse.PAGE", 3)
    files = {f"reviews/{name}.md": review(name.upper(), "tags: [t]\n") for name in "abcdefg"}
    made = {page.path: page.text for page in built(read_playbook(make_playbook(files))).pages}
    assert [path for path in made if path.startswith("tags/t")] == ["tags/t.md", "tags/t/page-2.md", "tags/t/page-3.md"]
    assert sum(made[path].count('<th scope="row">') for path in made if path.startswith("tags/t")) == 7
    assert 'href="page-2/"' in made["tags/t.md"]
    assert "The newest 2 stand here" in made["reviews/index.md"]


def test_the_json_says_all_of_the_index(ours: Playbook, made_of_ours: pages.Pages) -> None:
    """The JSON has a version, every published review with its address, every cause and every experiment."""
    asset = next(asset for asset in made_of_ours.assets if asset.path == "playbook.json")
    data = json.loads(asset.data)
    published = [review for review in ours.reviews if review.published]
    assert data["version"] == 1
    assert {each["id"] for each in data["reviews"]} == {review.id for review in published}
    assert len(data["causes"]) == len(index.build(ours, TODAY).causes)
    assert len(data["experiments"]) == sum(len(review.experiments) for review in published)
    assert data["reviews"][0]["url"].startswith("reviews/")


GOLDEN_PAGES = ("index.md", "reviews/index.md", "reviews/2026-10-02-checkout.md", "causes/untested-path.md",
                "experiments/index.md", "tags/cache.md", "worked/index.md", "working/index.md",
                "lessons/index.md")  # fmt: skip


@pytest.mark.parametrize("path", GOLDEN_PAGES)
def test_a_page_looks_as_it_did(make_playbook: MakePlaybook, complete_review: str, path: str) -> None:
    """A page has not changed by accident; FAILFORWARD_UPDATE_GOLDEN=1 writes it anew."""
    second = review(
        "Checkout again", "tags: [cache]\nservices: [checkout]\ncauses: [{cause: untested-path, how: Again.}]\n"
    )
    cause = "---\ntitle: Untested path\ngroup: verification\nsummary: It ran.\n---\n## What it is\nText.\n"
    files = {
        "reviews/2026-10-02-checkout.md": complete_review,
        "reviews/2026-01-02-checkout-again.md": second,
        "causes/untested-path.md": cause,
    }
    playbook = read_playbook(make_playbook(files))
    text = next(page.text for page in built(playbook).pages if page.path == path)
    golden = GOLDEN / path
    if "FAILFORWARD_UPDATE_GOLDEN" in os.environ:
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(text, "utf-8")
    assert text == golden.read_text("utf-8")
