"""Which Markdown files are named, and how they are seen by the settings of a playbook."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from failforward.disk import MARKDOWN, as_shown, seen_from
from failforward.errors import ArgumentError
from failforward.model.rulebook import Rulebook

if TYPE_CHECKING:
    from pathlib import Path

Book = TypeVar("Book", bound=Rulebook)


def markdown_among(names: Sequence[str]) -> list[str]:
    """Give the paths, as shown and in order, of the Markdown files among and below some names; `-` is one of its own.

    Raises ArgumentError for a name of nothing, and where there is no Markdown.
    """
    files: set[str] = set()
    for name in names:
        if name != "-" and not os.path.exists(name or "."):
            remedy = "Name a Markdown file, a folder, or -."
            raise ArgumentError("There is no such file or folder", path=name, remedy=remedy)
        files.update(["-"] if name == "-" else map(as_shown, _markdown(name or ".")))
    if not files:
        raise ArgumentError("There is no Markdown here", path=", ".join(names), remedy="Name files that end in .md.")
    return sorted(files)


def _markdown(path: str) -> Iterator[str]:
    """Give a file, or the Markdown below a folder; links to folders are given where they are named like Markdown."""
    if not os.path.isdir(path):
        yield path
        return
    for folder, folders, names in os.walk(path):
        named = [name for name in (*names, *folders) if name.lower().endswith(MARKDOWN) and not name.startswith(".")]
        folders[:] = [name for name in folders if not name.startswith(".") and name != "node_modules"]
        files = (os.path.join(folder, name) for name in named)
        yield from (file for file in files if os.path.isfile(file) or os.path.islink(file))


def shown_from_here(book: Book, root: Path | None) -> Book:
    """Give rules for texts that are shown by where people stand; the settings see them from the playbook's root."""
    book = replace(book, prefix="")
    return replace(book, seen=partial(seen_from, root)) if root else book
