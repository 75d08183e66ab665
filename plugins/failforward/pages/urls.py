"""Where pages lie on the site: the only place that computes an address."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal
from urllib.parse import quote, unquote

Style = Literal["directory", "file"]


@dataclass(frozen=True, slots=True)
class Target:
    """Where a link leads: the file's path from the root, empty for a place on the same page, and its address."""

    path: str
    address: str


class Urls:
    """Computes relative addresses from page to page.

    Paths are those of the Markdown files ("reviews/x.md"). In style `directory` that page has the address `reviews/x/`,
    in style `file` `reviews/x.html`.
    """

    def __init__(self, style: Style = "directory") -> None:
        """Choose how pages get their addresses."""
        self.style = style
        self._relative = lru_cache(maxsize=100_000)(self._compute)

    def to(self, here: str, target: str, anchor: str = "") -> str:
        """Give the address of a page or file as seen from the page `here`."""
        return self._relative(self.folder(here), target) + (f"#{anchor}" if anchor else "")

    def folder(self, page: str) -> str:
        """Give the folder that a page's relative addresses start from, without a slash at its end."""
        if self.style == "directory" and posixpath.basename(page) != "index.md":
            return page.removesuffix(".md")
        return posixpath.dirname(page)

    def address(self, path: str) -> str:
        """Give a page's or file's address from the root of the site; the home page has the empty address."""
        if not path.endswith(".md"):
            return path
        if self.style == "file":
            return path.removesuffix(".md") + ".html"
        folder = self.folder(path)
        return f"{folder}/" if folder else ""

    def resolve(self, source: str, link: str, here: str) -> Target | None:
        """Rewrite a relative link of the Markdown file `source`, so that it holds on the page `here`.

        None for a link that leads out of the documents, or from the root of a host that nobody knows here.
        """
        match = re.match(r"[^#?]*", link)
        path, rest = (match[0], link[match.end() :]) if match else ("", link)
        if not path:
            return Target("", self.to(here, source) + rest if source != here else rest)
        joined = posixpath.normpath(posixpath.join(posixpath.dirname(source), unquote(path)))
        if path.startswith("/") or joined.startswith(".."):
            return None
        return Target(joined, self._relative(self.folder(here), joined) + rest)

    def _compute(self, folder: str, target: str) -> str:
        address = self.address(target)
        if self.style == "directory" and (not address or address.endswith("/")):
            relative = posixpath.relpath(address or ".", folder or ".")
            return "./" if relative == "." else quote(relative) + "/"
        return quote(posixpath.relpath(address, folder or "."))
