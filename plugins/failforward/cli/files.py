"""Which Markdown files are named, and how they are seen by the settings of a playbook."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from failforward.disk import MARKDOWN, seen_from
from failforward.errors import ArgumentError
from failforward.model.rulebook import Rulebook

Book = TypeVar("Book", bound=Rulebook)


def markdown_among(names: Sequence[str]) -> dict[str, Path | None]:
    """Give the Markdown files among and below some names, by their paths as shown; `-` has none."""
    files: dict[str, Path | None] = {}
    for name in names:
        path = Path(name)
        if name == "-":
            files[name] = None
            continue
        if not path.exists():
            remedy = "Name a Markdown file, a folder, or -."
            raise ArgumentError("There is no such file or folder", path=name, remedy=remedy)
        files |= {file.as_posix(): file for file in _markdown(path)}
    if not files:
        raise ArgumentError("There is no Markdown here", path=", ".join(names), remedy="Name files that end in .md.")
    return files


def _markdown(path: Path) -> Iterator[Path]:
    """Give a file, or the Markdown below a folder; links to folders are given where they are named like Markdown."""
    if not path.is_dir():
        yield path
        return
    for folder, folders, names in os.walk(path):
        here = Path(folder)
        named = [name for name in (*names, *folders) if name.lower().endswith(MARKDOWN) and not name.startswith(".")]
        folders[:] = [name for name in folders if not name.startswith(".") and name != "node_modules"]
        files = (here / name for name in named)
        yield from (file for file in files if file.is_file() or file.is_symlink())


def shown_from_here(book: Book, root: Path | None) -> Book:
    """Give rules for texts that are shown by where people stand; the settings see them from the playbook's root."""
    book = replace(book, prefix="")
    return replace(book, seen=partial(seen_from, root)) if root else book
