"""Finds one review on the disk and changes it there: never over edits of somebody else that are not committed."""

from __future__ import annotations

import difflib
import os
from dataclasses import dataclass, field
from pathlib import Path

import click

from failforward.cli.own_edits import State, remember, state_of
from failforward.cli.rewriting import Rewrite
from failforward.disk import unreadable
from failforward.editing import Values, assign
from failforward.errors import ArgumentError
from failforward.model.playbook import Playbook
from failforward.model.review import Review
from failforward.reports.run import visible
from failforward.text.source import read_as


def find_review(playbook: Playbook, root: Path, name: str) -> Review:
    """Give the review that a path or an id names; raises ArgumentError where there is none."""
    path = Path(name)
    if path.is_file():
        full = Path(os.path.realpath(path.parent), path.name)
        inside = full.relative_to(root).as_posix() if full.is_relative_to(root) else ""
        found = playbook.review_by_path.get(inside)
        if found is None:
            remedy = "Name a file below its reviews folder."
            raise ArgumentError("This is no review of the playbook", path=name, remedy=remedy)
        return found
    return review_of_id(playbook, name)


def review_of_id(playbook: Playbook, name: str) -> Review:
    """Give the review that an id names; raises ArgumentError where there is none, with the nearest one."""
    found = playbook.review_by_id.get(name.removesuffix(".md"))
    if found is None:
        close = difflib.get_close_matches(name, playbook.review_by_id, 1, 0.5)
        remedy = f"Did it mean {close[0]}?" if close else "Name the file, or its name without .md."
        raise ArgumentError(f"“{name}” is no review of this playbook", remedy=remedy)
    return found


@dataclass
class Pen:
    """Changes reviews of one playbook: never over edits of somebody else that no commit has, unless with `force`.

    `prefix` stands before the paths that people see. Of a file that was looked at once in a run, it is known what
    stands in it.
    """

    root: Path
    prefix: str
    force: bool = False
    _known: dict[str, tuple[bytes, State]] = field(default_factory=dict)

    def look(self, review: Review) -> None:
        """Raise ArgumentError where a review must not be changed; say so where that is overridden."""
        if review.path in self._known:
            return
        shown = self.prefix + review.path
        text = self._bytes(review)
        if read_as(_decoded(text, shown)) != review.source.text:
            raise _changed(shown)
        state, why = state_of(self.root / review.path, text)
        if state in _FOREIGN:
            what, remedy, overridden = _FOREIGN[state]
            what += f" ({visible(why)})" if why else ""
            if not self.force:
                raise ArgumentError(what, path=shown, remedy=remedy)
            click.echo(visible(f"{shown}: --force: {overridden}"), err=True)
        self._known[review.path] = text, state

    def write(self, review: Review, values: Values) -> None:
        """Set some fields of a review in its file.

        Raises ArgumentError, and writes nothing, where `look` does, where the file was changed since, or where only
        these fields cannot be changed.
        """
        self.look(review)
        text, state = self._known[review.path]
        made = self._made(review, values)
        if made.before != text:
            raise _changed(made.path)
        made.write()
        if state not in _FOREIGN:
            remember(self.root / review.path, made.after)
        self._known[review.path] = made.after, state

    def show(self, review: Review, values: Values) -> str:
        """Give what would change as a unified diff, and write nothing. Raises ArgumentError where nothing can be."""
        return self._made(review, values).shown

    def _made(self, review: Review, values: Values) -> Rewrite:
        shown, before = self.prefix + review.path, self._bytes(review)
        after = assign(_decoded(before, shown), shown, values).encode("utf-8")
        return Rewrite(shown, before, after, len(values))

    def _bytes(self, review: Review) -> bytes:
        path = self.root / review.path
        problem = unreadable(path, self.root)
        if problem:
            raise ArgumentError(problem.what, path=self.prefix + review.path, remedy=problem.instead)
        return path.read_bytes()


# What is said of a file in such a state: why it is refused, what to do, and what --force does all the same.
_FOREIGN: dict[State, tuple[str, str, str]] = {
    "new": (
        "The file is in no commit yet", "Commit it first, or say --force.",
        "the file is in no commit yet, so git cannot bring back what it was.",
    ),
    "ignored": (
        "Git ignores the file, so it is in no commit", "Commit it with `git add --force` first, or say --force.",
        "git ignores the file, so it cannot bring back what it was.",
    ),
    "unknown": (
        "Git does not say whether the file has edits that are not committed", "Mend what git names, or say --force.",
        "git does not say whether the file has edits that are not committed.",
    ),
    "edited": (
        "The file has edits that are not committed", "Commit or undo them first, or say --force.",
        "the file has edits that are not committed; they stay, and git cannot tell them from this one.",
    ),
}  # fmt: skip


def _decoded(text: bytes, shown: str) -> str:
    try:
        return text.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ArgumentError("The file is no UTF-8", path=shown, remedy="Save it as UTF-8.") from error


def _changed(shown: str) -> ArgumentError:
    return ArgumentError("The file was changed meanwhile", path=shown, remedy="Look at it, and call this again.")
