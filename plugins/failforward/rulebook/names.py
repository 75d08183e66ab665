"""Whom the texts of a playbook may name: its roster, the owners of its repository's code, the authors in its history.

Editor, check and site build all read settings by way of this package, so that they know the same persons. Names only
tell who is the subject of a sentence; nothing is ever counted by them.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from failforward.disk import read_source
from failforward.model.settings import Settings

# Where code hosts look for the owners of a repository's code.
_PLACES = ("CODEOWNERS", ".github/CODEOWNERS", ".gitlab/CODEOWNERS", "docs/CODEOWNERS")
_COMMITS = "4000"
_SECONDS = 10
_HANDLE = re.compile(r"(?:\d+\+)?([^\W\d_][\w-]{2,38})")
_PARTS = re.compile(r"([^\W\d_]{2,})[._]([^\W\d_]{2,})")
_ROBOT = re.compile(r"\bbot\b|\[bot\]|bot$|robot|dependabot|renovate|github|gitlab|jenkins|automation|\bci\b", re.I)
# Addresses of many.
_SHARED = frozenset(
    """admin administrator build ci contact data dev developers devops engineering hello help info infra it mail
    noreply no-reply office oncall ops platform postmaster release root security service services support team web
    webmaster work""".split()
)


def persons_of(root: Path, settings: Settings) -> tuple[str, ...]:
    """Give the names and handles that the playbook at a folder knows by `names:`, sorted; none is an error."""
    found: set[str] = set(settings.roster) if "roster" in settings.names else set()
    if "codeowners" in settings.names:
        for path in codeowners(root):
            found |= set(owners(read_source(path, path.name)[0].text))
    if "git" in settings.names:
        found |= set(authors(_log(top_of(root) or root)))
    return tuple(sorted(found))


def top_of(root: Path) -> Path | None:
    """Give the top folder of the repository that a playbook lies in."""
    full = Path(os.path.realpath(root))
    return next((folder for folder in (full, *full.parents) if (folder / ".git").exists()), None)


def codeowners(root: Path) -> Iterator[Path]:
    """Give the file that names the owners of the code, where there is one: the first that a code host would take."""
    top = top_of(root) or root
    yield from [path for name in _PLACES if (path := top / name).is_file()][:1]


def owners(text: str) -> Iterator[str]:
    """Give the persons in a CODEOWNERS file: handles, and what the addresses say. Teams (`@org/team`) are none."""
    for line in text.split("\n"):
        for word in line.partition("#")[0].split()[1:]:
            if word.startswith("@") and "/" not in word:
                yield from _handle(word[1:])
            elif "@" in word[1:]:
                yield from _address(word)


def authors(log: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Give the persons among authors, each a name and an address; programs are left out."""
    for name, address in log:
        if not _ROBOT.search(name):
            if " " in name:
                yield " ".join(name.split())
            yield from _address(address)


def _address(address: str) -> Iterator[str]:
    local = address.partition("@")[0]
    parts = _PARTS.fullmatch(local)
    if parts:
        yield f"{parts[1].capitalize()} {parts[2].capitalize()}"
    else:
        yield from _handle(local)


def _handle(word: str) -> Iterator[str]:
    match = _HANDLE.fullmatch(word)
    if match and match[1].lower() not in _SHARED and not _ROBOT.search(match[1]):
        yield match[1]


def _log(top: Path) -> list[tuple[str, str]]:
    """Give the authors of the last commits; nothing where git cannot be asked."""
    import subprocess

    command = ["git", "log", f"--max-count={_COMMITS}", "--no-show-signature", "--format=%aN%x00%aE", "--"]
    try:
        done = subprocess.run(  # noqa: S603
            command, cwd=top, stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=_SECONDS
        )
    except (OSError, subprocess.TimeoutExpired):
        return []
    lines = sorted(set(done.stdout.decode("utf-8", "replace").split("\n")))
    return [(name, address) for name, mark, address in (line.partition("\0") for line in lines) if mark]
