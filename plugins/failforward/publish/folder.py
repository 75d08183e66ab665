"""Brings a folder up to date without touching what somebody else put there."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from failforward.errors import ArgumentError

MARKER = ".failforward.json"
Contents = Mapping[str, bytes | Path]


@dataclass(frozen=True, slots=True)
class Published:
    """What was written, or would be in a dry run; paths are relative to the target folder, sorted.

    `written` are new or changed files, `unchanged` those that were there already, `removed` those of an earlier run
    that no page has any more, `kept` those that somebody has edited since and that stay as they are.
    """

    written: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]
    kept: tuple[str, ...]


def bring_up_to_date(to: Path, contents: Contents, *, theirs_once_edited: Collection[str], dry_run: bool) -> Published:
    """Write path → content (bytes, or a file to copy) below `to`; the marker there tells what earlier runs wrote.

    All is made beside its place before the first file is touched. Raises ArgumentError where the folder holds files of
    somebody else, or one of ours was edited and is not among those that are theirs once edited.
    """
    ours = _earlier(to)
    wanted = {path: _digest(content) for path, content in contents.items()}
    done = _compared(to, wanted, ours, theirs_once_edited)
    if not dry_run:
        _write(to, contents, done, ours, wanted)
    return done


def _earlier(to: Path) -> dict[str, set[str]]:
    """Give the files that earlier runs wrote there, each with its hash (two where a run was cut off)."""
    if not to.exists() or (to.is_dir() and not any(to.iterdir())):
        return {}
    remedy = "Name a new folder, an empty one, or one that `failforward build --to` wrote."
    try:
        marker = json.loads((to / MARKER).read_text("utf-8"))
        ours: dict[str, set[str]] = {}
        for key in ("files", "before"):
            for path, digest in marker.get(key, {}).items():
                ours.setdefault(str(path), set()).add(str(digest))
    except (OSError, ValueError, AttributeError) as error:
        raise ArgumentError("The folder holds files of somebody else", path=str(to), remedy=remedy) from error
    return ours


def _compared(
    to: Path, wanted: Mapping[str, str], ours: Mapping[str, set[str]], theirs_once_edited: Collection[str]
) -> Published:
    """Tell what is to be done to each file."""
    written, unchanged, removed, kept = [], [], [], []
    for path in sorted({*wanted, *ours}):
        place = to / path
        if not place.resolve().is_relative_to(to):
            raise ArgumentError(
                "The path leads out of the folder", path=str(place), remedy="Take the symbolic link out."
            )
        there = _digest(place) if place.is_file() else ""
        if there and there == wanted.get(path):
            unchanged.append(path)
        elif there and there not in ours.get(path, ()):
            if path not in theirs_once_edited:
                remedy = "Make the change in the playbook and delete this file, or name another folder."
                raise ArgumentError("The file was edited after it was written", path=str(place), remedy=remedy)
            kept.append(path)
        elif path in wanted:
            written.append(path)
        elif there:
            removed.append(path)
    return Published(tuple(written), tuple(unchanged), tuple(removed), tuple(kept))


def _write(
    to: Path, contents: Contents, done: Published, ours: Mapping[str, set[str]], hashes: Mapping[str, str]
) -> None:
    """Make all files beside their places first, then move them there one by one; a new folder appears as a whole."""
    new = not (to / MARKER).is_file()
    stage = to.parent / f".{to.name}.{os.getpid()}" if new else to / f".failforward.{os.getpid()}"
    mine = {path: hashes[path] for path in (*done.written, *done.unchanged)}
    before = {path: digest for path, digests in ours.items() for digest in digests}
    try:
        for path in done.written:
            _put(stage / path, contents[path])
        if new:
            _put(stage / MARKER, _marker(mine))
            if to.exists():
                to.rmdir()
            stage.rename(to)
            return
        _put(stage / MARKER, _marker(mine, before))
        for path in (MARKER, *done.written):
            (to / path).parent.mkdir(parents=True, exist_ok=True)
            (stage / path).replace(to / path)
        _remove(to, done.removed)
        _put(stage / MARKER, _marker(mine))
        (stage / MARKER).replace(to / MARKER)
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def _remove(to: Path, paths: tuple[str, ...]) -> None:
    for path in paths:
        (to / path).unlink()
        for folder in (to / path).parents:
            if folder == to or any(folder.iterdir()):
                break
            folder.rmdir()


def _marker(files: Mapping[str, str], before: Mapping[str, str] | None = None) -> bytes:
    marker = {"about": "failforward wrote these files here", "files": files, **({"before": before} if before else {})}
    return (json.dumps(marker, indent=1, ensure_ascii=False, sort_keys=True) + "\n").encode()


def _put(place: Path, content: bytes | Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, Path):
        shutil.copyfile(content, place)
    else:
        place.write_bytes(content)


def _digest(content: bytes | Path) -> str:
    if isinstance(content, bytes):
        return hashlib.sha256(content).hexdigest()
    with content.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
