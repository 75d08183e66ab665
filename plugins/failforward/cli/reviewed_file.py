"""Finds one review on the disk and changes it there: never over edits that are not committed."""

from __future__ import annotations

import difflib
import os
import subprocess
from pathlib import Path

from failforward.cli.rewriting import Rewrite
from failforward.disk import unreadable
from failforward.editing import Values, assign
from failforward.errors import ArgumentError
from failforward.model.playbook import Playbook
from failforward.model.review import Review


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


def edit(root: Path, shown: str, review: Review, values: Values, *, force: bool, dry_run: bool) -> str:
    """Set some fields of a review; give what changed as a unified diff.

    `shown` is the file's path as people see it. Raises ArgumentError, and writes nothing, where the file has edits that
    are not committed (unless `force`), where it changes meanwhile, or where only these fields cannot be changed.
    """
    path = root / review.path
    problem = unreadable(path, root)
    if problem:
        raise ArgumentError(problem.what, path=shown, remedy=problem.instead)
    before = path.read_bytes()
    try:
        text = before.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ArgumentError("The file is no UTF-8", path=shown, remedy="Save it as UTF-8.") from error
    if not force and not dry_run:
        refuse_uncommitted(path, shown)
    made = Rewrite(shown, before, assign(text, shown, values).encode("utf-8"), len(values))
    if path.read_bytes() != before:
        raise ArgumentError("The file was changed meanwhile", path=shown, remedy="Look at it, and call this again.")
    if not dry_run:
        made.write()
    return made.shown


def refuse_uncommitted(path: Path, shown: str) -> None:
    """Raise ArgumentError where a file has edits that no commit has."""
    state = _uncommitted(path)
    if state.startswith("??"):
        raise ArgumentError("The file is in no commit yet", path=shown, remedy="Commit it first, or say --force.")
    if state:
        remedy = "Commit or undo them first, or say --force."
        raise ArgumentError("The file has edits that are not committed", path=shown, remedy=remedy)


def _uncommitted(path: Path) -> str:
    """Give what git says of a file whose text no commit has; without git there is nothing to lose to."""
    place = Path(os.path.realpath(path))
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    asked = ["git", "status", "--porcelain", "--untracked-files=all", "--", f":(literal){place.name}"]
    try:
        done = subprocess.run(  # noqa: S603 - the program is fixed, and the name is a literal path
            asked, cwd=place.parent, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False,
            timeout=60,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode("utf-8", "replace").strip() if done.returncode == 0 else ""
