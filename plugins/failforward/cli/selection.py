"""Which files a check looks at: a whole playbook, some of its reviews, or any Markdown."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar

from failforward.cli.cores import FORKS, spread
from failforward.cli.options import the_root
from failforward.cli.question import Found, Question
from failforward.disk import MARKDOWN, MAX_BYTES, find_root, seen_from
from failforward.errors import ArgumentError
from failforward.lint import active_rules, findings_of, other_findings
from failforward.rulebook import read_rulebook

if TYPE_CHECKING:
    from failforward.model.playbook import Playbook
    from failforward.model.review import Review
    from failforward.model.rulebook import Rulebook

Book = TypeVar("Book", bound="Rulebook")

# A process of its own for so many reviews; where a playbook cannot be handed over by a fork, never.
_REVIEWS_EACH = 150 if FORKS else sys.maxsize


class Part(Protocol):
    """Some of what is to be checked."""

    def look(self, question: Question) -> Found:
        """Give what is found in it."""


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
        return Found(sorted(found, key=lambda finding: finding.order), rules, texts)


def select_files(
    paths: Sequence[str], folder: Path | None, *, only_wording: bool, select: Sequence[str] = ()
) -> list[Part]:
    """Give what to check; raises ArgumentError for a path that is not there or holds no Markdown.

    `select` are the rules that are asked for: with `only_wording` they have to be such as read any text.
    """
    if not paths and not only_wording:
        return [Whole(the_root(folder))]
    if only_wording:
        return [_wording_alone(paths or (".",), folder, select)]
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
    selections: list[Part] = [_part(root, wanted) for root, wanted in within.items()]
    return selections + ([_loose(loose, folder)] if loose else [])


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


def _wording_alone(names: Sequence[str], folder: Path | None, select: Sequence[str]) -> Part:
    """Take files of which the wording is read, with the rules of the playbook here or the shipped ones."""
    from failforward.cli.loose import Loose

    root = the_root(folder) if folder else find_root(Path())
    rulebook = read_rulebook(root)
    _readable_anywhere(rulebook, select)
    files = _files(names)
    given = sys.stdin.buffer.read(MAX_BYTES + 1) if "-" in files else b""
    return Loose(_shown_from_here(rulebook, root), tuple(sorted(files)), root or Path(), given)


def _shown_from_here(book: Book, root: Path | None) -> Book:
    """Give rules for texts that are shown by where people stand; the settings see them from the playbook's root."""
    book = replace(book, prefix="")
    return replace(book, seen=partial(seen_from, root)) if root else book


def _readable_anywhere(rulebook: Rulebook, select: Sequence[str]) -> None:
    """Raise ArgumentError where a rule is asked for that no text outside a playbook can answer."""
    from failforward.cli.loose import KINDS

    for name in select:
        rule = rulebook.rule_by_id.get(name)
        about_files = rule is not None and rule.kind == "reading" and "unreadable-file" not in rule.words("problem")
        if rule and (rule.kind not in KINDS or about_files):
            raise ArgumentError(
                f"--only-wording --select {name}: this rule is one of kind {rule.kind}, which reads the structure of a "
                "review and not its wording",
                remedy="Leave --only-wording out to check reviews by it, or choose one that `failforward rules --kind "
                "wording` lists.",
            )


def _loose(names: Sequence[str], folder: Path | None) -> Selection:
    """Read files that belong to no playbook, with the rules of the playbook here or the shipped ones."""
    from failforward.playbook import default_playbook, read_file, read_playbook, read_text

    root = the_root(folder) if folder else find_root(Path())
    playbook = read_playbook(root) if root else default_playbook()
    reviews: dict[str, Review] = {}
    for name, path in _files(names).items():
        reviews[name] = read_file(path, name) if path else read_text(sys.stdin.buffer.read(MAX_BYTES + 1), name)
    found = tuple(reviews[path] for path in sorted(reviews))
    # What comes through a pipe is meant for this playbook: it may link to the reviews that are there.
    known = tuple(review for review in playbook.reviews if "-" in reviews and review.path not in reviews)
    return Selection(replace(_shown_from_here(playbook, root), reviews=(*known, *found)), frozenset(reviews))


def _files(names: Sequence[str]) -> dict[str, Path | None]:
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
