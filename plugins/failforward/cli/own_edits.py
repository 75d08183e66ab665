"""Which uncommitted text of a file failforward itself wrote, so that its own edits can follow each other.

For each file a digest is kept in git's own folder of this clone: nothing in the work tree, and nothing that is ever
committed or pushed. It stands for the text that was written and for the committed text that this was made from, so that
it says nothing any more as soon as either is another one.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from pathlib import Path
from typing import Literal

from failforward.cli import git

State = Literal["committed", "own", "new", "ignored", "edited", "unknown"]
# Each review that was edited and not committed since takes one; nobody has so many.
_MOST_FILES = 500


def state_of(path: Path, text: bytes) -> tuple[State, str]:
    """Tell where the text of a file comes from, and where that is `unknown`, why git does not say.

    `committed` is also what lies in no repository, where nothing is to be lost to one. `own` is what failforward wrote
    over committed text, `new` and `ignored` are in no commit, `edited` has edits of somebody else.
    """
    place = Path(os.path.realpath(path))
    file = f":(literal){place.name}"
    asked = ("status", "--porcelain", "--untracked-files=all", "--ignored=traditional", "--", file)
    said, why = git.ask(place.parent, *asked)
    if said is None:
        # No answer is no promise that nobody has edited the file.
        return ("unknown", why) if git.is_near(place.parent) else ("committed", "")
    if said.startswith(("??", "!!")):
        return ("new" if said.startswith("??") else "ignored"), ""
    if not said and not _differs(place, file):
        return "committed", ""
    return ("own" if _load(_store(place)).get(str(place)) == _digest(place, text) else "edited"), ""


def _differs(place: Path, file: str) -> bool:
    """Tell whether a file that git was told not to look at (skip-worktree, assume-unchanged) is not as committed."""
    looked_at = (git.say(place.parent, "ls-files", "-v", "--", file) or "").startswith("H ")
    if looked_at:
        return False
    now = git.say(place.parent, "hash-object", "--", place.name)
    return now is None or now != git.say(place.parent, "rev-parse", "--verify", "--quiet", f"HEAD:./{place.name}")


def remember(path: Path, text: bytes) -> None:
    """Keep that a text is our own; where that cannot be kept, it counts as somebody else's."""
    place = Path(os.path.realpath(path))
    store = _store(place)
    if store is None or not (digest := _digest(place, text)):
        return
    known = {name: kept for name, kept in _load(store).items() if name != str(place)}
    known[str(place)] = digest
    with contextlib.suppress(OSError, UnicodeError):
        store.parent.mkdir(exist_ok=True)
        handle, made = tempfile.mkstemp(prefix=".", dir=store.parent)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            json.dump(dict(list(known.items())[-_MOST_FILES:]), file, indent=0)
        Path(made).replace(store)


def _store(place: Path) -> Path | None:
    """Give the file in which digests are kept, in git's folder of this work tree."""
    folder = git.say(place.parent, "rev-parse", "--absolute-git-dir")
    return Path(folder, "failforward", "own-edits.json") if folder else None


def _load(store: Path | None) -> dict[str, str]:
    try:
        known = json.loads(store.read_text("ascii")) if store else {}
    except (OSError, ValueError, RecursionError):
        return {}
    return known if isinstance(known, dict) else {}


def _digest(place: Path, text: bytes) -> str:
    """Give what stands for a text and the committed one below it; nothing where no commit has the file."""
    committed = git.say(place.parent, "rev-parse", "--verify", "--quiet", f"HEAD:./{place.name}")
    return hashlib.sha256(f"{committed}\n".encode() + text).hexdigest() if committed else ""
