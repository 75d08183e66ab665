"""The review that a command is about, in its playbook."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from failforward.cli.options import the_root
from failforward.cli.reviewed_file import review_of_id
from failforward.disk import MAX_BYTES, find_root
from failforward.errors import ArgumentError
from failforward.model.playbook import Playbook
from failforward.model.review import Review
from failforward.playbook import read_file, read_playbook, read_text


def home_of(name: str, folder: Path | None) -> Path:
    """Give the playbook that a file is held against: the one it lies in, else the one here; `-` lies nowhere."""
    if folder is None and name != "-" and (root := find_root(Path(name).parent)):
        return root
    return the_root(folder)


def the_review(name: str, root: Path, playbook: Playbook) -> Review:
    """Give a review by its file's path or its id, `-` for standard input; raises ArgumentError where there is none."""
    if name == "-":
        return read_text(sys.stdin.buffer.read(MAX_BYTES + 1), "-")
    path = Path(name)
    if path.is_dir():
        raise ArgumentError("This is a folder", path=name, remedy="Name a review.")
    if not path.is_file() and len(path.parts) == 1:
        return review_of_id(playbook, name)
    if not path.is_file():
        raise ArgumentError("There is no such file", path=name, remedy="Name a review.")
    full = Path(os.path.realpath(path.parent), path.name)
    inside = full.relative_to(root).as_posix() if full.is_relative_to(root) else ""
    review = playbook.review_by_path.get(inside) or read_file(path, path.as_posix())
    if not review.source.text.strip():
        problem = review.problems[0] if review.problems else None
        remedy = problem.instead if problem else "Name a review."
        raise ArgumentError(problem.what if problem else "The file is empty", path=name, remedy=remedy)
    return review


def one_review(name: str, folder: Path | None) -> tuple[Path, Playbook, Review]:
    """Give a review with its playbook and the playbook's folder."""
    root = home_of(name, folder)
    playbook = read_playbook(root)
    return root, playbook, the_review(name, root, playbook)


def say(text: str) -> None:
    """Print a text as far as the terminal's encoding can show it."""
    encoding = sys.stdout.encoding or "utf-8"
    click.echo(text.encode(encoding, "replace").decode(encoding), nl=False)
