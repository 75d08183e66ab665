"""Ids in a text that name something else: a cause, a review, a rule; and where that stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from failforward import shipped
from failforward.checks.allow import read_allowances
from failforward.language_server.desk import Document
from failforward.text.source import Span

_CAUSES = {("causes", "cause"), ("causes", "with"), ("experiments", "cause"), ("accepted", "cause")}
_REVIEWS = {("related", "review"), ("supersedes",)}


@dataclass(frozen=True, slots=True)
class Reference:
    """An id: of a `cause`, a `review` or a `rule`, and where it stands."""

    kind: str
    id: str
    span: Span


def references(document: Document) -> Iterator[Reference]:
    """Give every id that names something else, in no particular order."""
    source = document.review.source
    for path, span in document.review.spans.items():
        names = tuple(part for part in path if isinstance(part, str))
        text = source.slice(span).strip("\"' ")
        # A list is a value too: only its entries are ids.
        if names in _CAUSES and (names[-1] != "with" or isinstance(path[-1], int)):
            yield Reference("cause", text, span)
        elif names in _REVIEWS:
            yield Reference("review", text, span)
    for allowance in read_allowances(source):
        if allowance.rule:
            yield Reference("rule", allowance.rule, allowance.span)


def reference_at(document: Document, offset: int) -> Reference | None:
    """Give the id at an offset."""
    return next((found for found in references(document) if found.span.start <= offset <= found.span.end), None)


def file_of(document: Document, reference: Reference) -> Path | None:
    """Give the file that an id names: the playbook's own, else the shipped one; None where it names none."""
    playbook, root = document.playbook, document.root
    if reference.kind == "review":
        review = playbook.review_by_id.get(reference.id)
        return root / review.path if review and root else None
    if reference.kind == "cause":
        cause = playbook.cause_by_id.get(reference.id)
        return _own_or_shipped(root, cause.path, "causes") if cause else None
    rule = playbook.rule_by_id.get(reference.id)
    return _own_or_shipped(root, rule.source.path, "rules") if rule else None


def _own_or_shipped(root: Path | None, path: str, folder: str) -> Path | None:
    name = path.rpartition("/")[2]
    places = [shipped.folder(folder) / name]
    if root:
        places.insert(0, root / folder / name)
    return next((place for place in places if place.is_file()), None)
