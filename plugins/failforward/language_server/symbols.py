"""The outline of a review: its causes, its experiments, its sections and the rows of its timeline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from failforward.language_server.desk import Document
from failforward.model.body import TimelineRow
from failforward.model.review import Review
from failforward.model.sections import section_id
from failforward.text.sections import Section
from failforward.text.source import Span

_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Symbol:
    """An entry of the outline, a `list`, `cause`, `experiment`, `section` or `row`; `selection` lies in `span`."""

    name: str
    kind: str
    span: Span
    selection: Span
    detail: str = ""
    children: tuple[Symbol, ...] = ()


def symbols(document: Document) -> tuple[Symbol, ...]:
    """Give the outline in the order of the text."""
    review = document.review
    lists = [_list(review, "causes", _causes(review)), _list(review, "experiments", _experiments(review))]
    found = [symbol for symbol in lists if symbol]
    found += _sections([section for section in review.body.sections if section.level], review)
    return tuple(sorted(found, key=lambda symbol: symbol.span))


def _list(review: Review, name: str, children: tuple[Symbol, ...]) -> Symbol | None:
    """Give a list of the front matter with its entries."""
    if not children or (name,) not in review.key_spans:
        return None
    key = review.key_spans[(name,)]
    end = max(children[-1].span.end, review.where(name).end)
    return Symbol(name, "list", Span(key.start, end), key, str(len(children)), children)


def _causes(review: Review) -> tuple[Symbol, ...]:
    return tuple(
        Symbol(entry.cause or "…", "cause", *_entry(review, "causes", index, "cause"), _short(entry.how))
        for index, entry in enumerate(review.causes)
    )


def _experiments(review: Review) -> tuple[Symbol, ...]:
    return tuple(
        Symbol(
            entry.id or _short(entry.outcome) or "…",
            "experiment",
            *_entry(review, "experiments", index, "id"),
            " · ".join(part for part in (entry.status, entry.cause) if part),
        )
        for index, entry in enumerate(review.experiments)
    )


def _entry(review: Review, name: str, index: int, field: str) -> tuple[Span, Span]:
    """Give where an entry of a list stands, and the words to select in it."""
    span = review.where(name, index)
    selection = review.spans.get((name, index, field), span)
    return span, selection if span.start <= selection.start <= selection.end <= span.end else span


def _sections(sections: Sequence[Section], review: Review) -> list[Symbol]:
    """Nest sections by their level."""
    found: list[Symbol] = []
    at = 0
    while at < len(sections):
        section = sections[at]
        end = at + 1
        while end < len(sections) and sections[end].level > section.level:
            end += 1
        rows = tuple(_row(row) for row in review.body.timeline) if section_id(section) == "timeline" else ()
        below = sections[at + 1 : end]
        span = Span(section.span.start, _trimmed(review, max(part.span.end for part in (section, *below))))
        selection = Span(section.title_span.start, min(_trimmed(review, section.title_span.end), span.end))
        children = (*rows, *_sections(below, review))
        found.append(Symbol(section.title or "…", "section", span, selection, "", children))
        at = end
    return found


def _row(row: TimelineRow) -> Symbol:
    text = f"Decision: {row.text}" if row.decision else row.text
    name = " ".join(part for part in (row.time_text, _short(text)) if part)
    inside = row.span.start <= row.text_span.start <= row.text_span.end <= row.span.end
    return Symbol(name or "…", "row", row.span, row.text_span if inside else row.span, row.role)


def _trimmed(review: Review, end: int) -> int:
    return len(review.source.text[:end].rstrip())


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
