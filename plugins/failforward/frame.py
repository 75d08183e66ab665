"""What stands around the pages of a site: front matter, navigation, what every page loads, mends of the theme."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from failforward.pages import Asset, Page

_TOP = (
    "index.md", "reviews/index.md", "causes/index.md", "experiments/index.md", "working/index.md", "worked/index.md",
)  # fmt: skip
_LAST = "rules/index.md"
_DEPTH = "assets/failforward/x".count("/")
# Themes print titles and descriptions into HTML as they are; each of these looks like what it stands for.
_HARMLESS = str.maketrans({"<": "‹", ">": "›", '"': "”"})


def with_front_matter(page: Page) -> str:
    """Give the text of a page below the front matter that site generators read; the home page has the site's title."""
    lines = [] if page.path == "index.md" or not page.title else [f"title: {quoted(page.title)}"]
    lines += [f"description: {quoted(page.description)}"] if page.description else []
    lines += [] if page.search else ["search:", "  exclude: true"]
    return "\n".join(["---", *lines, "---", "", page.text]) if lines else page.text


def quoted(text: str) -> str:
    """Give a text as a YAML value that is harmless also where a theme prints it as HTML."""
    printable = "".join(character if character.isprintable() else " " for character in text)
    return json.dumps(" ".join(printable.split()).translate(_HARMLESS), ensure_ascii=False)


def navigation(made: Iterable[Page], by_hand: Iterable[str]) -> list[Any]:
    """Give the navigation of a site that names none: `{title: path}`, `{title: [entry, …]}`, or a bare path.

    It holds index pages and what people wrote, never a review, so that it stays small on each page. `by_hand` are the
    paths of the pages that people wrote; those in a folder form a section.
    """
    titles = {page.path: page.title for page in made if page.path == "index.md" or _is_index(page.path)}
    entries: list[Any] = [{_title(titles, path): path} for path in _TOP if path in titles]
    browse = [{_title(titles, path): path} for path in titles if path not in (*_TOP, _LAST)]
    entries += [{"Browse": browse}] if browse else []
    entries += [{_title(titles, _LAST): _LAST}] if _LAST in titles else []
    sections: dict[str, list[str]] = {}
    for path in sorted(by_hand):
        folder = PurePosixPath(path).parts[0] if "/" in path else ""
        sections.setdefault(folder, []).append(path)
    for folder, paths in sections.items():
        entries += [{_words(folder): paths}] if folder else paths
    return entries


def with_theme(assets: Iterable[Asset]) -> tuple[Asset, ...]:
    """Add to the assets of the pages what mends the theme around them."""
    folder = Path(__file__).parent / "theme"
    names = ("theme.css", "theme.js")
    return (*assets, *(Asset(f"assets/failforward/{name}", (folder / name).read_bytes()) for name in names))


def loaded_everywhere(assets: Iterable[Asset], suffix: str) -> list[str]:
    """Give the paths of the assets of a kind that every page loads; those in deeper folders are loaded on demand."""
    return [asset.path for asset in assets if asset.path.endswith(suffix) and asset.path.count("/") == _DEPTH]


def _is_index(path: str) -> bool:
    return PurePosixPath(path).name == "index.md" and len(PurePosixPath(path).parts) == 2


def _title(titles: Mapping[str, str], path: str) -> str:
    return "Home" if path == "index.md" else titles[path] or _words(PurePosixPath(path).parent.name)


def _words(name: str) -> str:
    return name.replace("-", " ").replace("_", " ").capitalize()
