"""Completion: fields and their values in the front matter, headings in the body, rules in an allow comment."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from failforward.language_server.cursor import Spot, fields_at, spot_at
from failforward.language_server.desk import Document
from failforward.language_server.values import Choice, choices
from failforward.model.fields import REVIEW, Field
from failforward.model.sections import PART_BY_ID, SECTIONS, section_id
from failforward.text.source import Span

_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]*.*")
_ALLOW = re.compile(r"<!--[ \t]*allow(?:-file)?[ \t]+(?:[\w-]+[ \t]*,[ \t]*)*([\w-]*)$")
# What follows a field's name, by its form: a bracket to fill in, a line to begin below, or just a value.
_OPENINGS = {"words": " [$0]", "texts": " [$0]", "record": "", "records": ""}


@dataclass(frozen=True, slots=True)
class Offer:
    """A completion: what is shown, what is written over `span`, and the same with a `$0` where the cursor goes then."""

    choice: Choice
    span: Span
    text: str
    snippet: str = ""


def complete(document: Document, offset: int) -> list[Offer]:
    """Give what can stand at an offset, the likeliest first."""
    text = document.text
    line = text[text.rfind("\n", 0, offset) + 1 : offset]
    allow = _ALLOW.search(line)
    if allow:
        return _rules(document, Span(offset - len(allow[1]), offset))
    if document.part != "review":
        return []
    spot = spot_at(text, offset)
    if spot:
        return list(_at(document, spot))
    return _headings(document, offset, line)


def _at(document: Document, spot: Spot) -> Iterator[Offer]:
    declared = fields_at(spot.path)
    if spot.kind in ("field", "entry"):
        yield from _fields(spot, declared.fields if declared else REVIEW)
    if spot.kind in ("value", "entry") and declared:
        yield from _values(document, spot, declared)


def _values(document: Document, spot: Spot, declared: Field) -> Iterator[Offer]:
    path = _declared(spot.path)
    for choice in choices(document, path, declared):
        yield Offer(choice, spot.span, spot.before + choice.text)


def _fields(spot: Spot, fields: tuple[Field, ...]) -> Iterator[Offer]:
    for field in fields:
        if {field.name, *field.aliases} & spot.present:
            continue
        choice = Choice(field.name, "field", field.doc, _described(field))
        start = spot.before + field.name
        if spot.named:
            yield Offer(choice, spot.span, start)
            continue
        opening = _OPENINGS.get(field.form, " ")
        plain = opening.partition("$0")[0]
        yield Offer(choice, spot.span, f"{start}:{plain}", f"{start}:{opening}" if "$0" in opening else "")


def _described(field: Field) -> str:
    words = f"\n\nOne of {', '.join(f'`{word}`' for word in field.vocabulary)}." if field.vocabulary else ""
    reason = "\n\n`n/a because …` is an answer too." if field.na else ""
    return f"{field.doc}.{words}{reason}"


def _declared(path: tuple[str, ...]) -> tuple[str, ...]:
    """Give a path with the fields' own names in the place of aliases."""
    found = (fields_at(path[: end + 1]) for end in range(len(path)))
    return tuple(field.name for field in found if field)


def _headings(document: Document, offset: int, line: str) -> list[Offer]:
    """Give the sections that the body lacks, those that every form asks for first."""
    match = _HEADING.fullmatch(line)
    tree = document.review.body.tree
    code = any(node.span.start <= offset < node.span.end for node in tree.find("code-block"))
    if not match or code or offset < tree.span.start:
        return []
    sections = [part for part in document.review.body.sections if not _touches(part.title_span, offset)]
    here = {section_id(section) for section in sections}
    span = Span(offset - len(line) + match.start(1), offset)
    offers: list[Offer] = []
    for part in sorted(SECTIONS, key=lambda part: -len(part.forms)):
        if part.id not in here and (part.under in here or not part.under):
            title = f"{'###' if part.under else '##'} {part.title}"
            under = f"Stands under {PART_BY_ID[part.under].title}. " if part.under else ""
            offers.append(Offer(Choice(title, "section", part.ask, f"{under}{part.ask}"), span, title))
    return offers


def _touches(span: Span, offset: int) -> bool:
    return span.start <= offset <= span.end


def _rules(document: Document, span: Span) -> list[Offer]:
    return [
        Offer(Choice(rule.id, "rule", rule.message, rule.page), span, rule.id)
        for rule in document.rules
        if rule.kind == "wording"
    ]
