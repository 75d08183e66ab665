"""Reads the wording of files that need no playbook, on as many cores as are worth it, and keeps what was found."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from failforward.cli.cores import FORKS, spread
from failforward.cli.files import markdown_among, shown_from_here
from failforward.cli.options import the_root
from failforward.cli.question import Found, Question, Texts
from failforward.disk import MAX_BYTES, decoded, find_root, unreadable
from failforward.errors import ArgumentError
from failforward.lint import active_rules, unread_findings, wording_findings
from failforward.model.finding import Finding, Problem
from failforward.model.rule import Rule
from failforward.model.rulebook import Rulebook
from failforward.rulebook import read_rulebook
from failforward.text.source import Source

if TYPE_CHECKING:
    from pathlib import Path

# The kinds of rules of which some can be asked of any text.
_KINDS = ("wording", "allow", "reading")
# Fewer files are read faster than they are looked up, and leave no folder behind.
_WORTH_KEEPING = 50
# A further process is started for each so many files, where starting one is cheap, and where it is not.
_FILES_EACH = 150 if FORKS else 1500
_MOST_KEPT = 20_000


class Loose(NamedTuple):
    """Files, by their paths as shown, of which the wording alone is read; `given` is what came through a pipe.

    `root` is the playbook whose rules count and that findings are kept in, None where they are kept here.
    """

    rulebook: Rulebook
    names: tuple[str, ...]
    root: Path | None
    given: bytes = b""

    def look(self, question: Question) -> Found:
        """Give what is found in the files."""
        names = self.names
        if question.changes:
            names = tuple(sorted(question.changes.among(names)))
        keep = question.keep and len(names) >= _WORTH_KEEPING
        reader = _Reader(self.rulebook, _rules(self.rulebook, question), question, keep, self.given)
        found = list(_kept(reader, names, self) if keep else _anew(reader, names))
        texts = {each.name: each.source for each in found if each.source}
        return Found([finding for each in found for finding in each.findings], reader.rules, Texts(names, texts))


class Looked(NamedTuple):
    """What is found in a file, with its text where there is any finding; `mark` tells what was read from all else."""

    name: str
    source: Source | None
    findings: list[Finding]
    mark: str = ""


class _Reader(NamedTuple):
    rulebook: Rulebook
    rules: tuple[Rule, ...]
    question: Question
    marks: bool
    given: bytes = b""

    def data(self, name: str) -> bytes | Problem:
        """Give a file's bytes, or why there are none."""
        if name == "-":
            return self.given
        problem = unreadable(name)
        if problem:
            return problem
        with open(name, "rb") as file:
            return file.read()

    def look(self, name: str) -> Looked:
        """Give what is found in a file."""
        data = self.data(name)
        source, problem = (Source(name, ""), data) if isinstance(data, Problem) else decoded(data, name)
        found = sorted(wording_findings(source, self.rules, self.rulebook), key=lambda finding: finding.order)
        if problem:
            found += unread_findings([(source, problem)], self.rules, self.rulebook)
        return Looked(name, source if found else None, found, self.mark(name, data) if self.marks else "")

    def mark(self, name: str, data: bytes | Problem) -> str:
        """Give what stands for a file as it is now, where it lies and how it is shown."""
        from failforward.cli import fingerprint

        place = self.rulebook.seen(name) if self.rulebook.settings.paths else ""
        return fingerprint.digest((name, place, data))

    def share(self, names: Sequence[str]) -> list[Looked]:
        """Give what is found in some of the files."""
        return [self.look(name) for name in names]


def wording_of(names: Sequence[str], folder: Path | None, select: Sequence[str] = ()) -> Loose:
    """Take files of which the wording is read, with the rules of the playbook here or the shipped ones.

    `select` are the rules that are asked for. Raises ArgumentError for one that reads no text outside a playbook, and
    for a path that is not there or holds no Markdown.
    """
    root = the_root(folder) if folder else find_root()
    rulebook = read_rulebook(root)
    _readable_anywhere(rulebook, select)
    files = markdown_among(names)
    given = sys.stdin.buffer.read(MAX_BYTES + 1) if "-" in files else b""
    return Loose(shown_from_here(rulebook, root), tuple(files), root, given)


def _readable_anywhere(rulebook: Rulebook, select: Sequence[str]) -> None:
    """Raise ArgumentError where a rule is asked for that no text outside a playbook can answer."""
    for name in select:
        rule = rulebook.rule_by_id.get(name)
        about_files = rule is not None and rule.kind == "reading" and "unreadable-file" not in rule.words("problem")
        if rule and (rule.kind not in _KINDS or about_files):
            raise ArgumentError(
                f"--only-wording --select {name}: this rule is one of kind {rule.kind}, which reads the structure of a "
                "review and not its wording",
                remedy="Leave --only-wording out to check reviews by it, or choose one that `failforward rules --kind "
                "wording` lists.",
            )


def _rules(rulebook: Rulebook, question: Question) -> tuple[Rule, ...]:
    """Give the rules that are on and can be asked of any text."""
    return tuple(rule for rule in active_rules(rulebook, question.select, question.ignore) if _asks_of_any(rule))


def _asks_of_any(rule: Rule) -> bool:
    return rule.kind in _KINDS and (rule.kind != "reading" or "unreadable-file" in rule.words("problem"))


def _anew(reader: _Reader, names: Sequence[str]) -> Iterator[Looked]:
    """Look at files, on several cores where there are enough of both."""
    for share in spread(reader.share, names, _FILES_EACH):
        yield from share


def _kept(reader: _Reader, names: Sequence[str], loose: Loose) -> Iterator[Looked]:
    """Give what was found earlier in files that are as they were, and look at the others."""
    from pathlib import Path

    from failforward.cli import fingerprint, kept

    asked = (fingerprint.program(), fingerprint.rulebook(loose.rulebook), [rule.id for rule in reader.rules])
    store, entry = kept.Kept(loose.root or Path()), f"wording-{fingerprint.digest(asked)}"
    earlier = store.load(entry)
    marks = {name: reader.mark(name, reader.data(name)) for name in names} if earlier else {}
    known = {name: found for name in marks if (found := kept.unpacked(earlier.get(marks[name]))) is not None}
    fresh = list(_anew(reader, [name for name in names if name not in known]))
    if fresh:
        if len(earlier) + len(fresh) > _MOST_KEPT:
            earlier = {marks[name]: earlier[marks[name]] for name in known}
        store.save(entry, {**earlier, **{each.mark: kept.packed(each.findings) for each in fresh}})
    yield from _in_order(names, [*fresh, *(Looked(name, None, found) for name, found in known.items())])


def _in_order(names: Sequence[str], looked: Iterable[Looked]) -> Iterator[Looked]:
    by_name = {each.name: each for each in looked}
    return (by_name[name] for name in names)
