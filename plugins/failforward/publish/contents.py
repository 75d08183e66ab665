"""What the published folder is to hold: finished pages, assets, public files, and an mkdocs.yml without our plugin."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from failforward import index, pages
from failforward.disk import MARKDOWN
from failforward.frame import loaded_everywhere, navigation, quoted, with_front_matter, with_theme
from failforward.playbook import read_playbook
from failforward.public import MADE, public_files
from failforward.text.markdown import parse
from failforward.text.source import Source, normalised

CONFIG = "mkdocs.yml"
# Path → bytes, or the file to copy.
Contents = Mapping[str, bytes | Path]


def contents_of(root: Path, today: date, site_url: str) -> Contents:
    """Give every file of the target folder.

    The page `reviews/x.md` becomes `reviews/x/index.md`, at the same address: its links within HTML then hold for those
    generators that leave them alone, as MkDocs does, and for those that see them from the file, as Zensical does.
    """
    playbook = read_playbook(root)
    overrides = root / "templates" if (root / "templates").is_dir() else None
    made = pages.build(playbook, index.build(playbook, today), today, overrides=overrides, site_url=site_url)
    moved = {page.path: _place(page.path) for page in made.pages}
    contents: dict[str, bytes | Path] = {
        f"docs/{moved[page.path]}": with_front_matter(page).encode() for page in made.pages
    }
    assets = with_theme(made.assets)
    contents |= {f"docs/{asset.path}": asset.data for asset in assets}
    names = [name for name in playbook.files if (root / name).resolve().is_relative_to(root)]
    by_hand = [name for name in names if name.endswith(MARKDOWN) and not name.startswith(MADE)]
    sources = [Source(name, normalised((root / name).read_text("utf-8", "replace"))) for name in by_hand]
    public = public_files(playbook, sources)
    written = {source.path: source for source in sources if public(source.path) and source.path not in moved}
    contents |= {f"docs/{name}": _relinked(source, moved).encode() for name, source in written.items()}
    contents |= {f"docs/{name}": root / name for name in names if name not in by_hand and public(name)}
    named = {"site_name": playbook.settings.title, "site_description": playbook.settings.summary, "site_url": site_url}
    contents[CONFIG] = _config(named, navigation(made.pages, written), assets).encode()
    return contents


def _place(page: str) -> str:
    return page if page.endswith("/index.md") or page == "index.md" else page.removesuffix(".md") + "/index.md"


def _relinked(source: Source, moved: Mapping[str, str]) -> str:
    """Give a page written by hand with its links led to where the finished pages are."""
    text, here = source.text, posixpath.dirname(source.path)
    edits: dict[int, tuple[str, str]] = {}
    for node in parse(text).find("link", "image"):
        path, mark, rest = node.detail.partition("#")
        target = posixpath.normpath(posixpath.join(here, unquote(path)))
        if not path or moved.get(target, target) == target:
            continue
        edit = (node.detail, quote(posixpath.relpath(moved[target], here or ".")) + mark + rest)
        place = text.rfind(node.detail, node.span.start, node.span.end)
        definition = re.compile(rf"^ {{0,3}}\[[^\]\n]+\]:\s*<?({re.escape(node.detail)})(?=[\s>]|$)", re.MULTILINE)
        places = [place] if place >= 0 else [match.start(1) for match in definition.finditer(text)]
        edits |= dict.fromkeys(places, edit)
    for place, (old, new) in sorted(edits.items(), reverse=True):
        text = text[:place] + new + text[place + len(old) :]
    return text


def _config(named: Mapping[str, str], nav: list[Any], assets: Iterable[pages.Asset]) -> str:
    """Give an mkdocs.yml that names no plugin of ours. Its values are JSON, which YAML reads."""
    lines = ["# Written by `failforward build --to`; once it is edited, it is left alone."]
    lines += [f"{key}: {quoted(value)}" for key, value in named.items() if value]
    lines += [_FIXED, "nav:", *(f"  - {json.dumps(entry, ensure_ascii=False)}" for entry in nav)]
    lines += [f"extra_css: {json.dumps(loaded_everywhere(assets, '.css'))}"]
    lines += [f"extra_javascript: {json.dumps(loaded_everywhere(assets, '.js'))}"]
    return "\n".join(lines) + "\n"


_FIXED = """\
docs_dir: docs
site_dir: site
theme:
  name: material
  font: false
  palette:
    - media: "(prefers-color-scheme)"
      primary: custom
      accent: custom
      toggle: {icon: material/brightness-auto, name: Switch to light mode}
    - media: "(prefers-color-scheme: light)"
      scheme: default
      primary: custom
      accent: custom
      toggle: {icon: material/brightness-7, name: Switch to dark mode}
    - media: "(prefers-color-scheme: dark)"
      scheme: slate
      primary: custom
      accent: custom
      toggle: {icon: material/brightness-4, name: Switch to system preference}
  features: [content.code.copy, navigation.tabs, navigation.top, search.highlight, search.suggest, toc.follow]
plugins: [search]
markdown_extensions:
  - admonition
  - attr_list
  - tables
  - toc: {permalink: true, permalink_title: Link to this section}
  - pymdownx.highlight: {anchor_linenums: true}
  - pymdownx.superfences
validation:
  nav: {omitted_files: ignore}
extra:
  generator: false"""
