"""Which lines a pull request touched, asked of git: all since the commit that it has in common with a revision."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from failforward.errors import ArgumentError
from failforward.model.finding import Finding

_HUNK = re.compile(rb"@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")
_ESCAPE = re.compile(rb'\\([abtnvfr"\\]|[0-7]{3})')
_ESCAPES = dict(zip(b'abtnvfr"\\', b'\a\b\t\n\v\f\r"\\', strict=True))
# Whatever the settings of this machine or repository are, the diff has this form.
_PLAIN = (
    "--unified=0", "--inter-hunk-context=0", "--find-renames", "--no-ext-diff", "--no-textconv", "--no-color",
    "--no-relative", "--text", "--src-prefix=a/", "--dst-prefix=b/", "--ignore-submodules", "--submodule=short",
)  # fmt: skip
_Lines = tuple[range, ...]


@dataclass(frozen=True, slots=True)
class Touched:
    """What was touched of a file: the lines (from 1) that are new, and the lines after which some were taken out."""

    added: _Lines = ()
    removed_after: tuple[int, ...] = ()

    def holds(self, finding: Finding, line: str, *, wording: bool) -> bool:
        """Tell whether a finding, whose first line's text is `line`, stands on touched lines.

        What is missing in a file is said on its first line or at its status, and any touch will do; what is said of its
        structure may come from a line that was taken out beside it. Wording is where its words are.
        """
        lines = range(finding.line, finding.end_line + 1)
        if any(span.start < lines.stop and lines.start < span.stop for span in self.added):
            return True
        if wording:
            return False
        whole = finding.line == 1 or line.startswith("status:")
        return whole or any(lines.start - 1 <= after < lines.stop for after in self.removed_after)


@dataclass
class Changes:
    """What was touched since a revision, in each repository that files are asked about; git runs when it is needed."""

    revision: str
    _known: dict[Path, dict[str, Touched]] = field(default_factory=dict)
    _tops: dict[Path, Path] = field(default_factory=dict)

    def of(self, path: str) -> Touched | None:
        """Give what was touched of a file, None for nothing. Raises ArgumentError where git cannot tell."""
        if path == "-":
            raise ArgumentError("Standard input has no history", remedy="Name files, or leave --changed-since out.")
        folder = Path(os.path.realpath(Path(path).parent))
        if folder not in self._tops:
            self._tops[folder] = _top(folder)
        top = self._tops[folder]
        if top not in self._known:
            self._known[top] = dict(_Repository(top).touched(self.revision))
        return self._known[top].get((folder / Path(path).name).relative_to(top).as_posix())

    def among(self, paths: Collection[str]) -> frozenset[str]:
        """Give those of some paths that were touched."""
        return frozenset(path for path in paths if self.of(path) is not None)


def _top(folder: Path) -> Path:
    for place in (folder, *folder.parents):
        if (place / ".git").exists():
            return place
    remedy = "--changed-since compares with a revision of a git repository; leave it out."
    raise ArgumentError("This is in no git repository", path=str(folder), remedy=remedy)


@dataclass(frozen=True)
class _Repository:
    top: Path

    def touched(self, revision: str) -> Iterator[tuple[str, Touched]]:
        """Give the touched files: committed since the common commit, staged, edited, or new and not ignored."""
        yield from _read(self._git("diff", *_PLAIN, "--end-of-options", self._common(revision), "--"))
        for name in self._git("ls-files", "-z", "--others", "--exclude-standard").split(b"\0"):
            if name:
                yield os.fsdecode(name), Touched((range(1, 1 << 31),))

    def _common(self, revision: str) -> str:
        """Give the last commit that a revision and the current one have in common."""
        found = self._commit(revision)
        common = self._run("merge-base", found, self._commit("HEAD")).stdout.decode().strip()
        if common:
            return common
        if self._shallow:
            raise ArgumentError(f"This clone holds no commit that “{revision}” and HEAD share", remedy=_DEEPEN)
        remedy = "Name the branch that the pull request goes into."
        raise ArgumentError(f"“{revision}” and HEAD have no commit in common", remedy=remedy)

    def _commit(self, revision: str) -> str:
        done = self._run("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        if done.returncode == 0:
            return done.stdout.decode().strip()
        if self._shallow:
            raise ArgumentError(f"This clone does not hold the revision “{revision}”", remedy=_DEEPEN)
        remedy = "Name a branch, a tag or a commit; `git fetch` brings those of others."
        raise ArgumentError(f"“{revision}” is no revision of this repository", remedy=remedy)

    @cached_property
    def _shallow(self) -> bool:
        return self._run("rev-parse", "--is-shallow-repository").stdout.strip() == b"true"

    def _git(self, *arguments: str) -> bytes:
        done = self._run(*arguments)
        if done.returncode:
            said = done.stderr.decode("utf-8", "replace").strip().partition("\n")[0]
            raise ArgumentError(f"git cannot say what was touched ({said})", remedy="See what `git status` says.")
        return done.stdout

    def _run(self, *arguments: str) -> subprocess.CompletedProcess[bytes]:
        try:
            return subprocess.run(  # noqa: S603
                ["git", *arguments],  # noqa: S607
                cwd=self.top, stdin=subprocess.DEVNULL, capture_output=True, check=False,
            )  # fmt: skip
        except OSError as error:
            remedy = "Install git, or leave --changed-since out."
            raise ArgumentError(f"git cannot be started ({error.strerror})", remedy=remedy) from error


_DEEPEN = "Fetch the history: `git fetch --unshallow`; with actions/checkout, fetch-depth: 0."


def _read(diff: bytes) -> Iterator[tuple[str, Touched]]:
    """Read a diff without context: the new name of each file, and what of it was touched."""
    name: str | None = None
    added: list[range] = []
    removed: list[int] = []
    skip = 0
    for line in diff.split(b"\n"):
        if skip:
            # A line that was added or taken out may look like anything.
            skip -= not line.startswith(b"\\")
        elif line.startswith(b"diff --git "):
            if name is not None:
                yield name, Touched(tuple(added), tuple(removed))
            name, added, removed = None, [], []
        elif line.startswith((b"+++ ", b"rename to ")):
            name = _name(line) or name
        elif hunk := _HUNK.match(line):
            before, start, after = (int(number) if number else 1 for number in hunk.groups())
            skip = before + after
            if after:
                added.append(range(start, start + after))
            else:
                removed.append(start)
    if name is not None:
        yield name, Touched(tuple(added), tuple(removed))


def _name(line: bytes) -> str | None:
    """Give the path that a line of a diff's head names; None where the file is gone."""
    rename = line.startswith(b"rename to ")
    name = line.removeprefix(b"rename to " if rename else b"+++ ").removesuffix(b"\t")
    if name.startswith(b'"'):
        name = _ESCAPE.sub(_unescaped, name[1:-1])
    if rename:
        return os.fsdecode(name)
    return None if name == b"/dev/null" else os.fsdecode(name.removeprefix(b"b/"))


def _unescaped(match: re.Match[bytes]) -> bytes:
    code = match[1]
    return bytes([int(code, 8) if len(code) == 3 else _ESCAPES[code[0]]])
