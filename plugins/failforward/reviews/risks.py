"""Reads risks.yml: whatever it holds becomes a register and problems with their place, never an exception."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from failforward.front_matter import Mapping, Scalar, Sequence, Value, read_value
from failforward.model.fields import RISK
from failforward.model.finding import Problem
from failforward.model.moment import Moment
from failforward.model.risk import Risk, RiskRegister
from failforward.reviews.fields import FieldReader
from failforward.reviews.words import quoted, shown
from failforward.text.source import Source, Span

_NEEDED = {
    "title": "Write title: and what may go wrong.",
    "owner": "Write owner: and the team or role that carries it.",
    "review_by": "Write review_by: and the day by which somebody looks at it again.",
}
_FORM = "Begin each entry with `- id: a-name`."


def read_register(source: Source) -> tuple[RiskRegister, list[Problem]]:
    """Read a register; an entry without an id, or with one that stands there already, is pointed out and left out."""
    value, problems = read_value(source.text)
    if value is None:
        return RiskRegister(source), problems
    risks: dict[str, Risk] = {}
    for item in _items(value, problems):
        reader = FieldReader(source, "risk")
        risk = _risk(reader, item, problems)
        problems += reader.problems
        if risk is None:
            continue
        if risk.id in risks:
            line = source.position(risks[risk.id].span.start).line
            what = f"The id {quoted(risk.id)} stands in line {line} already; only its first entry counts"
            problems.append(Problem("unusable-risk", risk.span, what, "Give one of them another id."))
        else:
            risks[risk.id] = risk
    return RiskRegister(source, tuple(risks.values())), problems


def _items(value: Value, problems: list[Problem]) -> Iterator[Mapping]:
    """Give the entries; what is none of them is a problem."""
    if isinstance(value, Mapping) and not value.entries:
        return
    if not isinstance(value, Sequence):
        what = f"The register is {shown(value)}, not a list"
        problems.append(Problem("unusable-risk", value.span, what, _FORM))
        return
    for item in value.items:
        if isinstance(item, Mapping):
            yield item
        elif not (isinstance(item, Scalar) and item.null):
            problems.append(Problem("unusable-risk", item.span, f"An entry is {shown(item)}, without fields", _FORM))


def _risk(reader: FieldReader, item: Mapping, problems: list[Problem]) -> Risk | None:
    values: dict[str, Any] = reader.record(RISK, item)
    first = item.entries[0][0].span if item.entries else item.span
    at = reader.spans.get(("id",), first)
    name = values.pop("id", "")
    if not name:
        problems.append(Problem("unusable-risk", first, "The entry has no id", _FORM))
        return None
    for field, instead in _NEEDED.items():
        if not values.get(field) and not _said(reader, field):
            what = f"The risk {quoted(name)} has no {field}"
            problems.append(Problem("unusable-risk", at, what, instead))
    by = values.pop("review_by", None)
    spans = tuple(reader.spans.get(("causes", place), at) for place in range(len(values.get("causes", ()))))
    day = by if isinstance(by, Moment) else None
    return Risk(
        name, review_by=day, span=at, review_span=reader.spans.get(("review_by",), at), cause_spans=spans, **values
    )  # fmt: skip


def _said(reader: FieldReader, field: str) -> bool:
    """Tell whether the value of a field was pointed out already, so that it is not said to be missing as well."""
    span: Span | None = reader.spans.get((field,))
    return span is not None and any(span.start <= problem.span.start <= span.end for problem in reader.problems)
