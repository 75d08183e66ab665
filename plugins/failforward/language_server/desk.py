"""The open texts, each with the playbook it belongs to; only a text that changed is read again."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from failforward.checks.kind import Scope
from failforward.disk import find_root, seen_from
from failforward.errors import FailforwardError
from failforward.language_server.shelf import Shelf, is_review
from failforward.lint import active_rules, page_findings, problem_findings, review_findings
from failforward.model.finding import Finding
from failforward.model.playbook import Playbook
from failforward.model.review import Review
from failforward.model.rule import Rule
from failforward.playbook import default_playbook, read_text

# Halves of a character can come from an editor, and no file holds them.
_LONE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class Document:
    """An open text: read as a review, within a playbook.

    `root` is the playbook's folder. `part` says what the text is to the playbook: one of its `review`s, an`other` of
    its files, or a text from `outside` of which the wording alone is read.
    """

    review: Review
    playbook: Playbook
    rules: tuple[Rule, ...]
    root: Path | None
    part: str

    @property
    def text(self) -> str:
        """Give the text as it is read: LF line ends, no byte-order mark."""
        return self.review.source.text


def findings(document: Document, today: date) -> list[Finding]:
    """Give what the rules find in a document, sorted; raises FailforwardError for a rule that cannot be used."""
    if document.part == "other":
        found = _problems(document, today)
        if document.review.path in document.playbook.own_texts:
            found += page_findings(document.review.source, document.rules, document.playbook)
        return sorted(found, key=lambda finding: finding.order)
    if document.review.path.endswith((".yml", ".yaml")):
        # Of YAML only the register of risks holds sentences.
        return []
    found = list(review_findings(document.review, document.rules, Scope(document.playbook, today)))
    return sorted(found, key=lambda finding: finding.order)


def all_findings(document: Document, today: date) -> tuple[list[Finding], list[FailforwardError]]:
    """Give what is found by the rules that can be used, and why the others cannot."""
    errors: list[FailforwardError] = []
    while True:
        try:
            return findings(document, today), errors
        except FailforwardError as error:
            errors.append(error)
            rules = tuple(rule for rule in document.rules if rule.source.path != error.path)
            if len(rules) == len(document.rules):
                return [], errors
            document = replace(document, rules=rules)


def _problems(document: Document, today: date) -> list[Finding]:
    """Give what could not be read in a saved cause; nothing while it is being edited."""
    playbook, name = document.playbook, document.review.path
    if any(source.path == name and source.text != document.text for source, _ in playbook.problems):
        return []
    return list(problem_findings(playbook, active_rules(playbook), today, (name,)))


class Desk:
    """All open texts and the playbooks they belong to."""

    def __init__(self) -> None:
        """Begin with nothing open."""
        self._shelves: dict[Path, Shelf] = {}
        self._roots: dict[str, Path | None] = {}
        self._placed: dict[str, tuple[Shelf, str]] = {}
        self._read: dict[str, tuple[str, Review]] = {}
        self._default: tuple[Playbook, tuple[Rule, ...]] | None = None

    def document(self, uri: str, path: Path | None, text: str) -> Document:
        """Give the document of an open text; `path` is None where it has no file."""
        shelf = self._shelf(uri, path)
        name = _name(path, shelf.root) if path and shelf else ""
        part = "outside" if not name else "review" if is_review(name) else "other"
        review = self._review(uri, text, name or (path.as_posix() if path else uri))
        if shelf is None or shelf.playbook is None:
            playbook, rules = self._shipped()
            return Document(review, playbook, _wording(rules), None, "outside")
        if part == "review":
            shelf.put(review)
            self._placed[uri] = (shelf, name)
        rules = shelf.rules if part == "review" else _wording(shelf.rules)
        playbook = shelf.playbook
        if part == "outside":
            playbook = replace(playbook, seen=partial(seen_from, shelf.root))
        return Document(review, playbook, rules, shelf.root, part)

    def close(self, uri: str) -> None:
        """Forget an open text: its file counts again."""
        self._read.pop(uri, None)
        self._roots.pop(uri, None)
        if uri in self._placed:
            shelf, name = self._placed.pop(uri)
            shelf.drop(name)

    def refresh(self) -> bool:
        """Read again what changed on disk; tell whether anything did."""
        self._roots.clear()
        return sum(shelf.refresh() for shelf in self._shelves.values()) > 0

    def troubles(self) -> Iterator[FailforwardError]:
        """Give why the settings or rules of a playbook cannot be used."""
        yield from (shelf.trouble for shelf in self._shelves.values() if shelf.trouble)

    def _shelf(self, uri: str, path: Path | None) -> Shelf | None:
        if uri not in self._roots:
            self._roots[uri] = find_root(path.parent) if path else None
        root = self._roots[uri]
        if root is None:
            return None
        if root not in self._shelves:
            self._shelves[root] = Shelf(root)
        return self._shelves[root]

    def _review(self, uri: str, text: str, name: str) -> Review:
        known = self._read.get(uri)
        if known and known[0] == text and known[1].path == name:
            return known[1]
        review = read_text(_LONE.sub("\ufffd", text).encode(), name)
        self._read[uri] = (text, review)
        return review

    def _shipped(self) -> tuple[Playbook, tuple[Rule, ...]]:
        if self._default is None:
            playbook = default_playbook()
            self._default = playbook, active_rules(playbook)
        return self._default


def _name(path: Path, root: Path) -> str:
    """Give a path as seen from a playbook's root, nothing where it lies outside."""
    full = Path(os.path.realpath(path.parent), path.name)
    return full.relative_to(root).as_posix() if full.is_relative_to(root) else ""


def _wording(rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
    return tuple(rule for rule in rules if rule.kind in ("wording", "allow"))
