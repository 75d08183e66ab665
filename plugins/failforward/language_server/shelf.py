"""One playbook kept in memory: read once, then only what changed on disk; open texts stand in for their files."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from failforward.disk import unreadable, walk
from failforward.errors import FailforwardError
from failforward.lint import active_rules
from failforward.model.playbook import Playbook
from failforward.model.review import Review
from failforward.model.rule import Rule
from failforward.playbook import read_file, read_playbook
from failforward.rulebook.names import codeowners

Stamp = tuple[int, int]
# Stands for the file with the code's owners, which lies outside the playbook's folder.
_OWNERS = "../CODEOWNERS"


class Shelf:
    """A playbook as it is known now.

    `playbook` is None until it could be read once; `trouble` says why the settings or rules on disk cannot be used,
    and then `playbook` and `rules` are those that could be used last.
    """

    def __init__(self, root: Path) -> None:
        """Read the playbook at a folder."""
        self.root = root
        self.playbook: Playbook | None = None
        self.rules: tuple[Rule, ...] = ()
        self.trouble: FailforwardError | None = None
        self._stored: dict[str, Review] = {}
        self._open: dict[str, Review] = {}
        self._stamps: dict[str, Stamp] = {}
        self.refresh()

    def refresh(self) -> bool:
        """Read again what changed on disk since the last time; tell whether anything did."""
        stamps = dict(_stamps(self.root))
        changed = {name for name in stamps.keys() | self._stamps.keys() if stamps.get(name) != self._stamps.get(name)}
        if not changed and self.playbook is not None:
            return False
        self._stamps = stamps
        reviews = {name for name in changed if is_review(name)}
        if self.playbook is None or self.trouble or any(_shapes(name) for name in changed - reviews):
            self._read()
        else:
            self._reread(reviews)
            self.playbook = replace(self.playbook, files=self._files(self.playbook, changed - reviews))
        self._arrange()
        return True

    def put(self, review: Review) -> None:
        """Let an open text stand in the place of its file."""
        if self._open.get(review.path) is not review:
            self._open[review.path] = review
            self._arrange()

    def drop(self, path: str) -> None:
        """Let the file count again."""
        if self._open.pop(path, None) is not None:
            self._arrange()

    def _read(self) -> None:
        """Read the whole playbook; where its settings or rules cannot be used, keep what was."""
        try:
            playbook = read_playbook(self.root, shown=f"{self.root.as_posix()}/")
            self.rules = active_rules(playbook)
        except FailforwardError as error:
            self.trouble = error
            return
        self.playbook, self.trouble = playbook, None
        self._stored = {review.path: review for review in playbook.reviews}

    def _reread(self, names: Iterable[str]) -> None:
        for name in sorted(names):
            self._stored.pop(name, None)
            if name in self._stamps:
                self._stored[name] = read_file(self.root / name, name, self.root)

    def _files(self, playbook: Playbook, names: Iterable[str]) -> dict[str, int]:
        files = dict(playbook.files)
        for name in names:
            files.pop(name, None)
            if name in self._stamps and not unreadable(self.root / name, self.root):
                files[name] = self._stamps[name][1]
        return files

    def _arrange(self) -> None:
        if self.playbook is not None:
            self.playbook = replace(self.playbook, reviews=tuple((self._stored | self._open).values()))


def is_review(name: str) -> bool:
    """Tell whether a path, relative to the playbook's root, is a review's."""
    last = name.rpartition("/")[2].lower()
    return name.startswith("reviews/") and name.endswith(".md") and last not in ("index.md", "readme.md")


def _shapes(name: str) -> bool:
    """Tell whether a file that is no review bears on what is found: settings, a cause, a rule, a template, an index."""
    folders = ("causes/", "rules/", "templates/")
    return name in ("playbook.yml", "risks.yml", _OWNERS) or name.startswith(folders) or name.endswith("index.md")


def _stamps(root: Path) -> Iterable[tuple[str, Stamp]]:
    for path in codeowners(root):
        status = path.stat()
        yield _OWNERS, (status.st_mtime_ns, status.st_size)
    for path in walk(root):
        try:
            status = path.stat()
        except OSError:
            yield path.relative_to(root).as_posix(), (0, 0)
            continue
        yield path.relative_to(root).as_posix(), (status.st_mtime_ns, status.st_size)
