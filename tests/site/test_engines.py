"""The same source gives the same site under MkDocs, under ProperDocs, and as plain Markdown under Zensical."""

import difflib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from failforward.publish import publish

if TYPE_CHECKING:
    from conftest import Site

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory, repository: Path) -> Path:
    """Give our own playbook, written as plain Markdown."""
    folder = tmp_path_factory.mktemp("plain") / "out"
    publish(repository / "playbook", folder, datetime.now(UTC).astimezone().date())
    return folder


@pytest.fixture(scope="module")
def others(
    engine: Callable[..., "Site"], plain: Path, repository: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, "Site"]:
    """Give our own playbook, built by the other engines."""
    properdocs = str(tmp_path_factory.mktemp("properdocs") / "site")
    return {
        "properdocs": engine(repository, "properdocs", "--strict", site=properdocs),
        "mkdocs without the plugin": engine(plain, "mkdocs", "--strict", site="mkdocs"),
        "zensical": engine(plain, "zensical", "--strict"),
    }


ENGINES = pytest.mark.parametrize("name", ["properdocs", "mkdocs without the plugin", "zensical"])


def test_our_own_playbook_builds_strictly(ours: "Site") -> None:
    """Our own playbook has no finding, each of its links leads somewhere, and none of its pages asks another host."""
    assert ours.code == 0, ours.log
    assert ours.dead_links() == []
    fetched = {
        given.get("src") or given.get("href") or ""
        for page in ours.pages.values()
        for tag, given in page.reader.tags
        if tag in ("script", "img", "iframe") or (tag == "link" and given.get("rel") != "canonical")
    }
    assert [address for address in sorted(fetched) if address.startswith(("http:", "https:", "//"))] == []


@ENGINES
def test_every_engine_succeeds(others: dict[str, "Site"], name: str) -> None:
    """Each engine builds the playbook, strictly where it knows that word."""
    assert others[name].code == 0, others[name].log


@ENGINES
def test_every_engine_builds_the_same_pages(ours: "Site", others: dict[str, "Site"], name: str) -> None:
    """The addresses of the pages are the same, so that a link holds whatever built the site."""
    assert set(others[name].pages) == set(ours.pages)


@ENGINES
@pytest.mark.parametrize("what", ["headings", "internal", "text"])
def test_every_engine_shows_the_same(ours: "Site", others: dict[str, "Site"], name: str, what: str) -> None:
    """Page by page, the headings, the links within the site and the words of the article are the same."""
    different = {}
    for path, page in ours.pages.items():
        mine, theirs = getattr(page, what), getattr(others[name].pages[path], what)
        if mine != theirs:
            different[path] = "\n".join(difflib.unified_diff(_lines(mine), _lines(theirs), lineterm="", n=1))
    assert not different, f"{len(different)} pages differ, the first: " + "\n".join(next(iter(different.items())))


def _lines(value: str | list[object]) -> list[str]:
    return value.replace(". ", ".\n").split("\n") if isinstance(value, str) else [str(item) for item in value]


@ENGINES
def test_every_engine_leaves_no_dead_link(others: dict[str, "Site"], name: str) -> None:
    """Each link within the site leads to a page that is there."""
    assert others[name].dead_links() == []
