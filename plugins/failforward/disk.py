"""Opens files within bounds: what cannot be opened, or is no UTF-8, becomes a problem with a remedy."""

from __future__ import annotations

import codecs
import os
import stat
from collections.abc import Iterator
from typing import TYPE_CHECKING

from failforward.model.finding import Problem
from failforward.text.source import Source, Span, normalised, read_as

if TYPE_CHECKING:
    from pathlib import Path

MAX_BYTES = 4_000_000
# How the names of Markdown files end, in small letters.
MARKDOWN = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")
_MOST_ARE_SMALLER = 64_000
_NOWHERE = Span(0, 0)


def read_source(path: Path | str, shown: str, within: Path | None = None) -> tuple[Source, Problem | None]:
    """Read a file, whatever it holds; `within` is the folder that it must not lead out of.

    The source is empty where the file could not be opened, and has replacement characters where it is no UTF-8.
    """
    problem = unreadable(path, within)
    if problem:
        return Source(shown, ""), problem
    with open(path, "rb") as file:
        data = file.read(_MOST_ARE_SMALLER)
        # Room for the largest file is not made for each.
        return decoded(data if len(data) < _MOST_ARE_SMALLER else data + file.read(MAX_BYTES + 1), shown)


def decoded(data: bytes, shown: str) -> tuple[Source, Problem | None]:
    """Give bytes as a source; the problem points at the first byte that is no UTF-8."""
    if len(data) > MAX_BYTES:
        return Source(shown, ""), _too_large()
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        problem = Problem("unreadable-file", _NOWHERE, "This file is UTF-16", "Save the file as UTF-8.")
        return Source(shown, normalised(data.decode("utf-16", "replace"))), problem
    try:
        return Source(shown, read_as(data.decode("utf-8"))), None
    except UnicodeDecodeError as error:
        at = len(normalised(data[: error.start].decode("utf-8")))
        what = f"This byte is no UTF-8 (0x{data[error.start]:02x})"
        problem = Problem("unreadable-file", Span(at, at + 1), what, "Save the file as UTF-8.")
        return Source(shown, normalised(data.decode("utf-8", "replace"))), problem


def unreadable(path: Path | str, within: Path | None = None) -> Problem | None:
    """Say why a file cannot be opened, before it is."""
    try:
        if within and _leads_out(path, within):
            what = "This link leads out of the playbook"
            return Problem("unreadable-file", _NOWHERE, what, "Put the file itself here.")
        status = os.stat(path)
    except (OSError, RuntimeError) as error:
        # Before Python 3.13 a loop of links is a RuntimeError.
        return _closed(error)
    if stat.S_ISDIR(status.st_mode):
        return _folder(path)
    if within and not stat.S_ISREG(status.st_mode):
        return Problem("unreadable-file", _NOWHERE, "This is a device or pipe and no file", "Put a file in its place.")
    if status.st_size > MAX_BYTES:
        return _too_large(status.st_size)
    return (
        None if os.access(path, os.R_OK, effective_ids=_EFFECTIVE) else _closed(PermissionError(0, "Permission denied"))
    )


def _leads_out(path: Path | str, within: Path) -> bool:
    """Tell whether a path, links followed, lies outside a folder: only a link, or a step up, can lead out of it."""
    from pathlib import Path

    path = part = Path(path)
    while part != within:
        if part.name in ("", "..") or part.is_symlink():
            return not path.resolve().is_relative_to(within.resolve())
        part = part.parent
    return False


_EFFECTIVE = os.access in os.supports_effective_ids


def _folder(path: Path | str) -> Problem:
    if os.path.islink(path):
        what = "This is a link to a folder, and links to folders are not followed"
        return Problem("unreadable-file", _NOWHERE, what, "Put the folder itself here.")
    if os.fspath(path).endswith(".md"):
        return Problem(
            "unreadable-file", _NOWHERE, "A folder has the name of a Markdown file", "Name the folder without .md."
        )
    return Problem("unreadable-file", _NOWHERE, "The folder cannot be opened", "Check that it may be read.")


def _closed(error: OSError | RuntimeError) -> Problem:
    reason = error.strerror if isinstance(error, OSError) else "it is a link that leads back to itself"
    return Problem(
        "unreadable-file", _NOWHERE, f"The file cannot be opened ({reason})", "Check that it is there and may be read."
    )


def _too_large(size: int | None = None) -> Problem:
    """Say that a file is too large; `size`, in bytes, is None where no more than the limit was read of it."""
    limit = f"more than {MAX_BYTES // 1_000_000} MB"
    # Rounded up, so that no size looks like the limit.
    shown = f"{-(-size // 100_000) / 10:,.1f}".removesuffix(".0") if size else ""
    what = f"The file has {shown} MB, {limit}" if shown else f"The text has {limit}"
    return Problem("unreadable-file", _NOWHERE, what, "Keep logs and pictures below evidence/ and link them.")


def walk(folder: Path) -> Iterator[Path]:
    """Give the files below a folder in a fixed order, without hidden ones.

    A folder that is not entered is given itself: one named like a Markdown file, a link, one that cannot be opened.
    """
    if not folder.is_dir():
        return
    try:
        with os.scandir(folder) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
    except OSError:
        yield folder
        return
    for entry in found:
        if entry.name.startswith("."):
            continue
        path = folder / entry.name
        if entry.is_dir(follow_symlinks=False) and not entry.name.endswith(".md"):
            yield from walk(path)
        else:
            yield path


def find_root(start: Path | str = "") -> Path | None:
    """Find the playbook that a path belongs to: the folder with playbook.yml, here, above, or in ./playbook."""
    folder, above = "", os.path.realpath(start)
    while folder != above:
        folder, above = above, os.path.dirname(above)
        for candidate in (folder, os.path.join(folder, "playbook")):
            if os.path.isfile(os.path.join(candidate, "playbook.yml")):
                from pathlib import Path

                return Path(candidate)
    return None


def as_shown(name: str) -> str:
    """Give a path as people see it: with forward slashes, without steps that lead nowhere (`./a//b` is `a/b`)."""
    if os.name != "posix":
        from pathlib import Path

        return Path(name).as_posix()
    steps = "/".join(step for step in name.split("/") if step not in ("", "."))
    return f"/{steps}" if name.startswith("/") else steps or "."


def seen_from(root: Path, name: str) -> str:
    """Give a file's path, however it is spelled, as it is seen from a folder: `../notes/a.md` for one outside of it.

    A link counts where it lies. What has no file, such as `-`, keeps its name.
    """
    if name == "-":
        return name
    above, own = os.path.split(as_shown(name))
    full = os.path.join(os.path.realpath(above), own)
    return as_shown(os.path.relpath(full, os.path.realpath(root)))
