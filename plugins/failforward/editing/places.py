"""Where a field stands in the YAML of a review, or would stand."""

from __future__ import annotations

from collections.abc import Sequence as Listing
from dataclasses import dataclass

from failforward import front_matter
from failforward.errors import ArgumentError
from failforward.front_matter import Mapping, Scalar, Sequence, Value
from failforward.model.fields import REVIEW, Field
from failforward.model.review import FieldPath, Review

Entry = tuple[Scalar, Value]


@dataclass(frozen=True, slots=True)
class Place:
    """A field in the record that holds it.

    `steps` lead from the top of the front matter to the record, by the names that are written there; `name` is the
    field's own, also as written. `entry` is None where it is not written. `flow` tells whether the record stands in
    braces. `predecessors` are the record's entries behind which the field may be put, the most natural first.
    """

    mapping: Mapping
    steps: tuple[str | int, ...]
    name: str
    entry: Entry | None
    flow: bool
    predecessors: tuple[Entry, ...]


def find(review: Review, field: FieldPath) -> Place:
    """Give the place of a field; raises ArgumentError where the record that is to hold it is no record."""
    mapping = front_matter.read(review.source).values
    assert mapping is not None
    steps: list[str | int] = []
    declared: Listing[Field] = REVIEW
    flow = _in_braces(review, mapping)
    for depth in range(1, len(field)):
        path, step = field[:depth], field[depth - 1]
        value = _member(review, mapping, path)
        if isinstance(step, int) or value is None:
            continue
        entry = _entry(review, mapping, path)
        steps.append(entry[0].text if entry else step)
        declared = next((each.fields for each in declared if each.name == step), ())
        flow = flow or _in_braces(review, value)
        if isinstance(value, Sequence) and depth < len(field) - 1:
            number, value = _item(review, value, field[: depth + 1])
            steps.append(number)
            flow = flow or (value is not None and _in_braces(review, value))
        if not isinstance(value, Mapping):
            raise _no_record(review, path)
        mapping = value
    entry = _entry(review, mapping, field)
    name = entry[0].text if entry else str(field[-1])
    return Place(mapping, tuple(steps), name, entry, flow, _predecessors(review, mapping, field, declared))


def _entry(review: Review, mapping: Mapping, path: FieldPath) -> Entry | None:
    """Give the entry of a field, also when it is written by another of its names."""
    span = review.key_spans.get(path)
    return next((entry for entry in mapping.entries if entry[0].span == span), None)


def _member(review: Review, mapping: Mapping, path: FieldPath) -> Value | None:
    entry = _entry(review, mapping, path)
    return entry[1] if entry else None


def _item(review: Review, value: Sequence, path: FieldPath) -> tuple[int, Value | None]:
    """Give the item of a list that became an entry of the review, and its number among all items."""
    start = review.where(*path).start
    return next(((number, item) for number, item in enumerate(value.items) if item.span.start == start), (0, None))


def _no_record(review: Review, path: FieldPath) -> ArgumentError:
    line = review.source.position(review.where(*path).start).line
    what, remedy = f"{path[0]} is not written as a list of records", "Give each entry fields of its own: `- id: …`."
    return ArgumentError(what, path=review.source.path, line=line, remedy=remedy)


def _in_braces(review: Review, value: Value) -> bool:
    return review.source.text[value.span.start : value.span.start + 1] in ("{", "[")


def _predecessors(review: Review, mapping: Mapping, field: FieldPath, declared: Listing[Field]) -> tuple[Entry, ...]:
    """Give the entries in the order in which the field may follow them: as declared, the nearest before it first."""
    names = [each.name for each in declared]
    place = names.index(str(field[-1])) if field[-1] in names else len(names)
    nearest = [*reversed(names[:place]), *names[place:]]
    found = [_entry(review, mapping, (*field[:-1], name)) for name in nearest]
    known = [entry for entry in found if entry]
    return (*known, *(entry for entry in reversed(mapping.entries) if entry not in known))
