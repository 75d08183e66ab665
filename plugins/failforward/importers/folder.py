"""Adopts files and folders: reads tolerantly, never writes over a file, and reports on each."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from failforward.disk import unreadable
from failforward.errors import ArgumentError
from failforward.importers.draft import adopt, unlike
from failforward.importers.report import AdoptedFile, Report
from failforward.model.fields import STATUSES
from failforward.model.playbook import Cause
from failforward.model.review import Review
from failforward.model.settings import Settings
from failforward.reviews.read import read_review
from failforward.text.source import Source, normalised

_MARKDOWN = (".md", ".markdown", ".mdown", ".mdx", ".qmd", ".rmd", ".md.erb")
_NO_POSTMORTEMS = re.compile(
    r"(?:readme|index|_index|contributing|licen[cs]e|changelog|code_of_conduct|security|template|.*[-_ ]template)",
    re.IGNORECASE,
)
_STRONG_HEADINGS = re.compile(r"^#{1,3} \S", re.MULTILINE)


def adopt_paths(
    paths: Sequence[Path],
    target: Path,
    *,
    causes: Sequence[Cause],
    settings: Settings | None = None,
    dry_run: bool = False,
) -> Report:
    """Adopt files and the Markdown files of folders into a folder; with `dry_run` nothing is written.

    A draft whose name is taken gets `-2`; where a file there holds the same draft already, it is left as it is.
    Raises ArgumentError for a path that does not exist, and for a target that is a file.
    """
    if target.exists() and not target.is_dir():
        raise ArgumentError("This is a file", path=str(target), remedy="Name the folder for the drafts with --to.")
    found = list(_sources(paths, target.resolve()))
    if not dry_run:
        target.mkdir(parents=True, exist_ok=True)
    shelf = _Shelf(target)
    files = tuple(_adopt_file(path, shelf, causes, settings or Settings(), dry_run=dry_run) for path in found)
    return Report(files, dry_run)


class _Shelf:
    """The folder of drafts as it is, and as it would be after a dry run."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.names = {path.name for path in folder.rglob("*")} if folder.is_dir() else set()
        self.texts: dict[str, str] = {}

    def text(self, name: str) -> str:
        """Give what a file of the folder holds; nothing where it lies deeper or cannot be read."""
        path = self.folder / name
        return self.texts.get(name, "") or (decoded(path.read_bytes())[0] if path.is_file() else "")

    def place(self, stem: str, text: str) -> tuple[str, bool]:
        """Find a name for a draft; tells whether the draft lies there already."""
        taken: set[str] = set()
        while (name := unlike(stem, taken)) in self.names:
            if self.text(name) == text:
                return name, True
            taken.add(name)
        self.names.add(name)
        self.texts[name] = text
        return name, False


def decoded(data: bytes) -> tuple[str, str]:
    """Read bytes as text with LF line ends, whatever their encoding; gives the text and the encoding's name."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return normalised(data.decode("utf-16")), "utf-16"
        except UnicodeDecodeError:
            pass
    for encoding in ("utf-8", "cp1252"):
        try:
            return normalised(data.decode(encoding)), encoding
        except UnicodeDecodeError:
            continue
    return normalised(data.decode("latin-1")), "latin-1"


def _adopt_file(
    path: Path, shelf: _Shelf, causes: Sequence[Cause], settings: Settings, *, dry_run: bool
) -> AdoptedFile:
    shown = path.as_posix()
    if problem := unreadable(path, path.parent):
        return AdoptedFile(shown, skipped=problem.what)
    text, encoding = decoded(path.read_bytes())
    if not text.strip():
        return AdoptedFile(shown, skipped="empty")
    source = Source(shown, text)
    if _is_review(read_review(source)):
        return AdoptedFile(shown, skipped="a review already")
    adoption = adopt(source, causes=causes, existing=(), settings=settings)
    name, there = shelf.place(adoption.name.removesuffix(".md"), adoption.text)
    if there:
        return AdoptedFile(shown, skipped=f"adopted already as {name}")
    if not dry_run:
        # "x" refuses to open a file that exists, however it came to be there.
        with (shelf.folder / name).open("x", encoding="utf-8", newline="\n") as file:
            file.write(adoption.text)
    adoption = replace(adoption, name=name)
    return AdoptedFile(shown, adoption, encoding="" if encoding == "utf-8" else encoding)


def _is_review(review: Review) -> bool:
    """Tell whether a file has the front matter of a review."""
    return bool(review.title and review.kind and review.status in STATUSES)


def _sources(paths: Sequence[Path], target: Path) -> Iterator[Path]:
    """Give the files to adopt in order, each once; in folders those that look like post-mortems in Markdown."""
    seen: set[Path] = set()
    for path in paths:
        if not path.exists():
            remedy = "Name post-mortems or their folder."
            raise ArgumentError("There is no such file or folder", path=str(path), remedy=remedy)
        for file in _below(path, target) if path.is_dir() else (path,):
            if file.resolve() not in seen:
                seen.add(file.resolve())
                yield file


def _below(folder: Path, target: Path) -> Iterator[Path]:
    for root, folders, names in os.walk(folder):
        seen = (name for name in folders if not name.startswith((".", "node_modules")))
        folders[:] = sorted(name for name in seen if (Path(root) / name).resolve() != target)
        for name in sorted(names):
            path = Path(root) / name
            if path.is_file() and not name.startswith(".") and _looks_like_one(path):
                yield path


def _looks_like_one(path: Path) -> bool:
    name = path.name.casefold()
    stem = name.split(".", 1)[0]
    if _NO_POSTMORTEMS.fullmatch(stem):
        return False
    if name.endswith(_MARKDOWN):
        return True
    if " " not in stem and path.suffix:
        return False
    # A file whose name has no ending may be a post-mortem too, when it has the headings of one.
    if re.fullmatch(r"\.\w{1,5}", path.suffix):
        return False
    start = decoded(path.read_bytes()[:20_000])[0]
    return len(_STRONG_HEADINGS.findall(start)) > 2 and "\0" not in start
