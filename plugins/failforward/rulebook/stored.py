"""The shipped rules as they were read last time, and what was made of them, kept in the user's folder for caches.

Reading a hundred rule files takes longer than checking one review. As with Python's compiled modules, sizes and times
of change tell whether they are still what was read; where nothing can be written, the files are read each time.
"""

from __future__ import annotations

import contextlib
import marshal
import os
import sys
import zlib
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from failforward import __version__
from failforward.disk import read_source
from failforward.model.rule import Rule, RuleFile
from failforward.rules import texts_of
from failforward.text.source import Source

if TYPE_CHECKING:
    from failforward.checks.wording.tables import Tables

_PACKAGE = Path(__file__).resolve().parents[1]
# What decides, beside the rule files, how a rule is read.
_READERS = ("", "rules", "rulebook", "model", "text", "checks", "checks/wording", "checks/wording/lexicon")
_ENDINGS = (".md", ".py", ".txt")
_MOST_INSTALLATIONS = 16


def mark_of(folder: Path) -> str:
    """Give what tells one state of the rules in a folder, and of what reads them, from another."""
    mark = [__version__, sys.version]
    for read in (str(folder), *(f"{_PACKAGE}/{name}" for name in _READERS)):
        with os.scandir(read) as entries:
            found = [(each.name, each.stat()) for each in entries if each.name.endswith(_ENDINGS)]
        mark += [read, *sorted([f"{name} {status.st_size} {status.st_mtime_ns}" for name, status in found])]
    return "\n".join(mark)


def load(folder: Path, mark: str) -> tuple[Rule, ...] | None:
    """Give the rules of a folder that were kept under a mark; None where there are none, or something has changed."""
    try:
        rows = _kept("rules", mark)
        return tuple([Rule._make((*row, RuleFile(partial(_source, folder, row[0]), texts_of))) for row in rows])
    except (TypeError, ValueError):
        return None


def _source(folder: Path, name: str) -> Source:
    """Read the file of a rule, which hardly any run asks for."""
    return read_source(folder / f"{name}.md", f"rules/{name}.md", folder)[0]


def tables(mark: str) -> Tables | None:
    """Give what was made of the wording rules under a mark; None where there is nothing, or something has changed."""
    from failforward.checks.wording.tables import Tables

    try:
        return Tables(*_kept("words", mark))
    except TypeError:
        return None


def _kept(what: str, mark: str) -> Any:
    """Give what was kept under a mark; None where there is nothing, or something has changed since."""
    try:
        known, kept = marshal.loads(place(what).read_bytes())  # noqa: S302 - as much ours as a compiled module
    except (OSError, RuntimeError, ValueError, TypeError, EOFError):
        return None
    return kept if known == mark else None


def save(mark: str, rules: Sequence[Rule]) -> None:
    """Keep rules, and what is made of them, under the mark that was taken before they were read."""
    # Where nothing can be kept, nothing is made for it either.
    if _write("rules", (mark, [_row(rule) for rule in rules])):
        from failforward.checks.wording.engine import Engine
        from failforward.checks.wording.tables import plain

        made = Engine([rule for rule in rules if rule.kind == "wording"]).tables
        _write("words", (mark, plain(made)))


def _write(what: str, kept: tuple[str, Any]) -> bool:
    """Keep something, all at once or not at all; tell whether it is kept."""
    import tempfile

    with contextlib.suppress(OSError, RuntimeError):
        file = place(what)
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, made = tempfile.mkstemp(prefix=".kept", dir=file.parent)
        with os.fdopen(handle, "wb") as out:
            out.write(marshal.dumps(kept))
        Path(made).replace(file)
        _forget_oldest(file.parent, what)
        return True
    return False


def _forget_oldest(folder: Path, what: str) -> None:
    """Keep of each thing what few installations need: each has a file, and most are never met again."""
    # Others may be at it as well.
    with contextlib.suppress(OSError):
        files = sorted(folder.glob(f"{what}-*"), key=lambda path: path.stat().st_mtime_ns)
        for path in files[:-_MOST_INSTALLATIONS]:
            path.unlink()


def place(what: str = "rules") -> Path:
    """Give where something is kept for this installation; raises RuntimeError where the user has no home."""
    if sys.platform == "win32":
        folder = os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local"
    elif sys.platform == "darwin":
        folder: Path | str = Path.home() / "Library" / "Caches"
    else:
        folder = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    ours = zlib.crc32(os.fsencode(_PACKAGE))
    return Path(folder, "failforward", f"{what}-{sys.implementation.cache_tag}-{ours:08x}")


def _row(rule: Rule) -> tuple[Any, ...]:
    """Lay a rule out as plain values, all but its file."""
    return rule._replace(severities=dict(rule.severities), parameters=dict(rule.parameters))[:-1]
