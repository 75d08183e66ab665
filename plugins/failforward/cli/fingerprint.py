"""Digests of all that findings depend on, so that kept findings are used only where new ones would be the same.

Whatever a check begins to look at beyond the playbook's folder, rules, settings and the day has to be added here.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import failforward
from failforward import __version__, shipped
from failforward.disk import MAX_BYTES, unreadable, walk
from failforward.model.rulebook import Rulebook

_READ = (".md", ".yml")
# What reads the texts for us, and what knows days: another version of it may say something else.
_LIBRARIES = ("pyromark", "yaml", "holidays", "tzdata")


def digest(parts: Iterable[object]) -> str:
    """Give a digest of the parts in their order."""
    made = hashlib.blake2b(digest_size=20)
    for part in parts:
        data = part if isinstance(part, bytes) else str(part).encode("utf-8", "surrogatepass")
        made.update(b"%d:" % len(data))
        made.update(data)
    return made.hexdigest()


@cache
def program() -> str:
    """Give a digest of the program itself: its version, every file of it, and the libraries that findings depend on."""
    package = Path(failforward.__file__).parent
    parts: list[object] = [__version__, sys.version]
    for folder, folders, names in os.walk(package):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        parts += [_stamp(os.path.join(folder, name)) for name in sorted(names)]  # noqa: PTH118
    for name in _LIBRARIES:
        spec = importlib.util.find_spec(name)
        if spec and spec.origin:
            parts += [_stamp(spec.origin), _stamp(str(Path(spec.origin).parent))]
    return digest(parts)


def rulebook(book: Rulebook) -> str:
    """Give a digest of the rules and the settings."""
    parts: list[object] = [book.settings]
    for rule in book.rules:
        parts += [rule.id, rule.house, rule.source.text]
    return digest(parts)


def zone(name: str) -> str:
    """Give a digest of what this system knows of a time zone, nothing for none; the package `tzdata` is the program's.

    What a country decides of its time comes with an update of the system.
    """
    if not name:
        return ""
    import zoneinfo

    places = (Path(folder, name) for folder in zoneinfo.TZPATH)
    return digest(place.read_bytes() for place in places if place.is_file())


def folder(root: Path) -> str:
    """Give a digest of all that a playbook holds: what is read by its content, the rest by its name and size."""
    parts: list[object] = []
    for name in ("rules", "causes", "scaffold"):
        parts += _contents(shipped.folder(name))
    return digest([*parts, *_contents(root)])


def _contents(root: Path) -> Iterator[object]:
    start = len(str(root))
    for path in walk(root):
        yield str(path)[start:]
        if path.is_symlink():
            yield path.readlink()
            yield unreadable(path, root)
        try:
            if path.is_dir():
                yield "folder"
            elif path.suffix in _READ and path.is_file():
                with path.open("rb") as file:
                    yield file.read(MAX_BYTES + 1)
            else:
                yield path.stat().st_size
        except OSError as error:
            yield error.errno


def _stamp(path: str) -> str:
    status = os.stat(path)  # noqa: PTH116
    return f"{path} {status.st_size} {status.st_mtime_ns}"
