"""What the pages of a playbook are made of: text files and assets, ready for any site generator."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Page:
    """A page as content: Markdown headings between blocks of HTML.

    `path` is relative to the root of the documents ("reviews/x.md"). `source` is the file of the playbook that the page
    is made from, relative to its root, or nothing where it is made from many. `search` tells whether the text belongs
    in a full-text search: pages that only list others do not.
    """

    path: str
    text: str = field(repr=False)
    source: str = ""
    title: str = ""
    description: str = ""
    search: bool = True


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that pages refer to, such as a style sheet; `path` is relative to the root of the documents."""

    path: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Pages:
    """Everything that is published: pages in the order of a navigation, and the files that they refer to."""

    pages: tuple[Page, ...]
    assets: tuple[Asset, ...]
