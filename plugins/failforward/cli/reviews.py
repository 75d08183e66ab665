"""Checks reviews: a whole playbook, some of its files, or reviews that belong to none."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from failforward.cli.cores import FORKS, spread
from failforward.cli.files import markdown_among, shown_from_here
from failforward.cli.options import the_root
from failforward.cli.question import Found, Question
from failforward.disk import MAX_BYTES, find_root
from failforward.errors import ArgumentError
from failforward.lint import active_rules, findings_of, other_findings

if TYPE_CHECKING:
    from failforward.cli.question import Part
    from failforward.model.playbook import Playbook
    from failforward.model.review import Review

# A process of its own for so many reviews; where a playbook cannot be handed over by a fork, never.
_REVIEWS_EACH = 150 if FORKS else sys.maxsize


def reviews_among(paths: Sequence[str], folder: Path | None) -> list[Part]:
    """Give what to check; raises ArgumentError for a path that is not there or holds no Markdown."""
    if not paths:
        return [Whole(the_root(folder))]
    given = the_root(folder) if folder else None
    # Playbook → what of it is wanted, seen from its root, by its name as given.
    within: dict[Path, dict[str, str]] = {}
    loose: list[str] = []
    for name in paths:
        root = given or (None if name == "-" else find_root(Path(name) if Path(name).is_dir() else Path(name).parent))
        inside = _inside(name, root) if root and name != "-" else None
        if root is None or inside is None:
            loose.append(name)
        else:
            within.setdefault(root, {})[name] = inside
    parts: list[Part] = [_part(root, wanted) for root, wanted in within.items()]
    return parts + ([_loose(loose, folder)] if loose else [])


class Selection(NamedTuple):
    """A playbook and the paths of the files in it to look at; `whole` when that is all of them.

    `passed_over` are the names, as given, of files and folders that hold nothing that is read.
    """

    playbook: Playbook
    paths: frozenset[str]
    whole: bool = False
    passed_over: tuple[str, ...] = ()

    def look(self, question: Question) -> Found:
        """Give what is found in the files; where they are all, what could not be read in any other too."""
        playbook, only = self.playbook, None if self.whole else self.paths
        rules = active_rules(playbook, question.select, question.ignore)
        names = [review.path for review in playbook.reviews if review.path in self.paths]
        work = partial(findings_of, playbook, rules, question.today)
        found = [each for share in spread(work, names, _REVIEWS_EACH) for each in share]
        found += other_findings(playbook, rules, question.today, only)
        reviews = (review for review in playbook.reviews if review.path in self.paths)
        texts = {playbook.prefix + review.path: review.source for review in reviews}
        others = playbook.own_texts.items()
        texts |= {playbook.prefix + name: source for name, source in others if name in self.paths}
        return Found(sorted(found, key=lambda finding: finding.order), rules, texts, self.passed_over)


class Whole(NamedTuple):
    """A whole playbook, which is read only where it is not as it was when findings were kept."""

    root: Path

    def look(self, question: Question) -> Found:
        """Give what is found in all of it."""
        if question.keep:
            from failforward.cli.unchanged import look

            return look(self.root, question, self.read)
        return self.read().look(question)

    def read(self) -> Selection:
        """Read the playbook."""
        from failforward.playbook import read_playbook

        playbook = read_playbook(self.root)
        return Selection(playbook, frozenset(_readable(playbook)), whole=True)


def _part(root: Path, wanted: Mapping[str, str]) -> Part:
    """Give what is wanted of a playbook, by its names as given."""
    if "" in wanted.values():
        return Whole(root)
    from failforward.playbook import read_playbook

    playbook = read_playbook(root)
    known = {*_readable(playbook), *(source.path for source, _ in playbook.problems)}
    # What a file lies in may be named as well.
    places = {place for path in known for place in _and_above(path)}
    passed_over = (name for name, place in wanted.items() if place not in places and not _set_up(place))
    chosen = set(wanted.values())
    paths = frozenset(path for path in known if not chosen.isdisjoint(_and_above(path)))
    return Selection(playbook, paths, passed_over=tuple(passed_over))


def _and_above(path: str) -> Iterator[str]:
    """Give a path in a playbook and the folders that it lies in."""
    yield path
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path


def _set_up(place: str) -> bool:
    """Tell whether a file or folder steers the check: then it is read with the playbook, whatever is checked."""
    return place in ("playbook.yml", "rules") or place.startswith("rules/")


def _readable(playbook: Playbook) -> Iterator[str]:
    """Give the paths of all files whose sentences are read: the reviews, the causes, the risks."""
    yield from (review.path for review in playbook.reviews)
    yield from playbook.own_texts


def _inside(name: str, root: Path) -> str | None:
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
        return ""
    if not full.is_relative_to(root):
        return None
    return full.relative_to(root).as_posix()


def _loose(names: Sequence[str], folder: Path | None) -> Selection:
    """Read files that belong to no playbook, with the rules of the playbook here or the shipped ones."""
    from failforward.playbook import default_playbook, read_file, read_playbook, read_text

    root = the_root(folder) if folder else find_root(Path())
    playbook = read_playbook(root) if root else default_playbook()
    reviews: dict[str, Review] = {}
    for name in markdown_among(names):
        given = sys.stdin.buffer.read(MAX_BYTES + 1) if name == "-" else None
        reviews[name] = read_file(Path(name), name) if given is None else read_text(given, name)
    found = tuple(reviews.values())
    # What comes through a pipe is meant for this playbook: it may link to the reviews that are there.
    known = tuple(review for review in playbook.reviews if "-" in reviews and review.path not in reviews)
    return Selection(replace(shown_from_here(playbook, root), reviews=(*known, *found)), frozenset(reviews))
