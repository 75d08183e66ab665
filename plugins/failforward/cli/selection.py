"""Which files a check looks at: a whole playbook, some of its reviews, or any Markdown."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from failforward.cli.options import the_root
from failforward.disk import MAX_BYTES
from failforward.errors import ArgumentError
from failforward.model.playbook import Playbook
from failforward.model.review import Review
from failforward.playbook import default_playbook, find_root, read_file, read_playbook, read_text


@dataclass(frozen=True)
class Selection:
    """A playbook and the paths of the reviews in it to look at; `whole` when that is all of them."""

    playbook: Playbook
    paths: frozenset[str]
    whole: bool = False

    @property
    def reviews(self) -> tuple[Review, ...]:
        """Give the reviews to look at."""
        return tuple(review for review in self.playbook.reviews if review.path in self.paths)


def select_files(paths: Sequence[str], folder: Path | None, *, only_wording: bool) -> list[Selection]:
    """Give what to check; raises ArgumentError for a path that is not there or holds no Markdown."""
    if not paths and not only_wording:
        return [_whole(the_root(folder))]
    if only_wording:
        return [_wording_alone(_loose(paths or (".",), folder))]
    given = the_root(folder) if folder else None
    within: dict[Path, set[str]] = {}
    loose: list[str] = []
    for name in paths:
        root = given or (None if name == "-" else find_root(Path(name) if Path(name).is_dir() else Path(name).parent))
        inside = _inside(name, root) if root and name != "-" else None
        if root is None or inside is None:
            loose.append(name)
        else:
            within.setdefault(root, set()).update(inside)
    selections = [_part(root, wanted) for root, wanted in within.items()]
    return selections + ([_loose(loose, folder)] if loose else [])


def _wording_alone(loose: Selection) -> Selection:
    """Take the rules that are not about wording out, and what the settings say of them."""
    playbook = loose.playbook
    rules = tuple(rule for rule in playbook.rules if rule.kind == "wording")
    names = {rule.id for rule in rules} | (set(playbook.settings.rules) - {rule.id for rule in playbook.rules})
    levels = {name: level for name, level in playbook.settings.rules.items() if name in names}
    return replace(loose, playbook=replace(playbook, rules=rules, settings=replace(playbook.settings, rules=levels)))


def _whole(root: Path) -> Selection:
    playbook = read_playbook(root)
    return Selection(playbook, frozenset(review.path for review in playbook.reviews), whole=True)


def _part(root: Path, wanted: set[str]) -> Selection:
    playbook = read_playbook(root)
    if "" in wanted:
        return Selection(playbook, frozenset(review.path for review in playbook.reviews), whole=True)
    paths = frozenset(
        review.path
        for review in playbook.reviews
        if any(review.path == name or review.path.startswith(name + "/") for name in wanted)
    )
    return Selection(playbook, paths)


def _inside(name: str, root: Path) -> set[str] | None:
    """Give a path as seen from a playbook's root: nothing for the whole of it, None where it is no part of it."""
    path = Path(name)
    if not path.exists() and not path.is_symlink():
        raise ArgumentError(
            "There is no such file or folder", path=name, remedy="Name a review, a folder of reviews, or -."
        )
    # The name itself is not resolved: a link is checked where it lies.
    full = (
        Path(os.path.realpath(path.parent), path.name) if path.name not in ("", "..") else Path(os.path.realpath(path))
    )
    if root.is_relative_to(os.path.realpath(full)):
        return {""}
    if not full.is_relative_to(root):
        return None
    return {full.relative_to(root).as_posix()}


def _loose(names: Sequence[str], folder: Path | None) -> Selection:
    """Read files that belong to no playbook, with the rules of the playbook here or the shipped ones."""
    root = the_root(folder) if folder else find_root(Path())
    playbook = read_playbook(root) if root else default_playbook()
    reviews: dict[str, Review] = {}
    for name in names:
        if name == "-":
            reviews["-"] = read_text(sys.stdin.buffer.read(MAX_BYTES + 1), "-")
            continue
        path = Path(name)
        if not path.exists():
            raise ArgumentError(
                "There is no such file or folder", path=name, remedy="Name a Markdown file, a folder, or -."
            )
        for file in _markdown(path):
            reviews[file.as_posix()] = read_file(file, file.as_posix())
    if not reviews:
        raise ArgumentError("There is no Markdown here", path=", ".join(names), remedy="Name files that end in .md.")
    found = tuple(reviews[path] for path in sorted(reviews))
    # What comes through a pipe is meant for this playbook: it may link to the reviews that are there.
    known = tuple(review for review in playbook.reviews if "-" in reviews and review.path not in reviews)
    return Selection(replace(playbook, reviews=(*known, *found), prefix=""), frozenset(reviews))


def _markdown(path: Path) -> Iterator[Path]:
    if path.is_dir():
        for file in sorted(path.rglob("*.md")):
            hidden = any(part.startswith(".") or part == "node_modules" for part in file.relative_to(path).parts)
            if not hidden and (file.is_file() or file.is_symlink()):
                yield file
    else:
        yield path
