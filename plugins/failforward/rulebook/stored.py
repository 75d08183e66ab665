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
from typing import TYPE_CHECKING, Any

from failforward import __version__
from failforward.disk import read_source
from failforward.model.rule import Rule, RuleFile
from failforward.rules import texts_of
from failforward.text.source import Source

if TYPE_CHECKING:
    from pathlib import Path

    from failforward.checks.wording.tables import Tables

_PACKAGE = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
# What decides, beside the rule files, how a rule is read.
_READERS = ("", "rules", "rulebook", "model", "text", "checks", "checks/wording", "checks/wording/lexicon")
_ENDINGS = (".md", ".py", ".txt")
_MOST_INSTALLATIONS = 16


def mark_of(folder: str) -> str:
    """Give what tells one state of the rules in a folder, and of what reads them, from another."""
    mark = [__version__, sys.version]
    for read in (folder, *(f"{_PACKAGE}/{name}" for name in _READERS)):
        with os.scandir(read) as entries:
            found = [(each.name, each.stat()) for each in entries if each.name.endswith(_ENDINGS)]
        mark += [read, *sorted([f"{name} {status.st_size} {status.st_mtime_ns}" for name, status in found])]
    return "\n".join(mark)


def load(folder: str, mark: str) -> tuple[Rule, ...] | None:
    """Give the rules of a folder that were kept under a mark; None where there are none, or something has changed."""
    try:
        rows = _kept("rules", mark)
        return tuple([Rule._make((*row, RuleFile(partial(_source, folder, row[0]), texts_of))) for row in rows])
    except (TypeError, ValueError):
        return None


def _source(folder: str, name: str) -> Source:
    """Read the file of a rule, which hardly any run asks for."""
    from pathlib import Path

    return read_source(Path(folder, f"{name}.md"), f"rules/{name}.md", Path(folder))[0]


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
        with open(_place(what), "rb") as file:
            known, kept = marshal.loads(file.read())  # noqa: S302 - as much ours as a compiled module
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
    from pathlib import Path

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
    from pathlib import Path

    return Path(_place(what))


def _place(what: str) -> str:
    if sys.platform == "win32":
        folder = os.environ.get("LOCALAPPDATA") or f"{_home()}/AppData/Local"
    elif sys.platform == "darwin":
        folder: str = f"{_home()}/Library/Caches"
    else:
        folder = os.environ.get("XDG_CACHE_HOME") or f"{_home()}/.cache"
    ours = zlib.crc32(os.fsencode(_PACKAGE))
    return os.path.join(folder, "failforward", f"{what}-{sys.implementation.cache_tag}-{ours:08x}")


def _home() -> str:
    home = os.path.expanduser("~")
    if home == "~":
        raise RuntimeError("the user has no home")
    return home


def _row(rule: Rule) -> tuple[Any, ...]:
    """Lay a rule out as plain values, all but its file."""
    return rule._replace(severities=dict(rule.severities), parameters=dict(rule.parameters))[:-1]
