"""The body of a review, section by section in its author's order: nothing of it is lost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from failforward.model.review import Review
from failforward.model.sections import section_id
from failforward.pages.site import Here
from failforward.pages.timeline import Claim, Drawing, Piece
from failforward.text.markdown import parse
from failforward.text.sections import Section, below, title_key


@dataclass(frozen=True, slots=True)
class Part:
    """A section as it is drawn: a heading (level 0 for none), then its pieces in order.

    `id` is the part of a review that the section is (`in-short`, `timeline`, …), empty for any other.
    """

    id: str
    level: int
    title: str
    pieces: tuple[Piece, ...] = ()


def parts_of(here: Here, review: Review) -> tuple[Part, ...]:
    """Give the parts of a review's body; headings are brought into one order that begins at level 2."""
    sections = review.body.sections
    drawing = Drawing(here, review)
    timed = _members(sections, "timeline")
    claimed = _members(sections, "assumptions")
    own = title_key(parse(review.title).plain)
    several = sum(section.level == 1 for section in sections) > 1
    parts: list[Part] = []
    level = 1
    for index, section in enumerate(sections):
        if index in timed and parts and drawing.headed(section):
            last = parts.pop()
            pieces = _joined(iter((*last.pieces, *drawing.pieces(section))))
            parts.append(Part(last.id, last.level, last.title, pieces))
            continue
        title = "" if section.level == 1 and title_key(section.title) == own else section.title
        if title:
            level = min(section.level + several, level + 1)
            level = max(level, 2)
        pieces = _content(here, review, section, drawing if index in timed else None, claimed=index in claimed)
        if title or pieces:
            parts.append(Part(section_id(section), level if title else 0, title, pieces))
    return tuple(parts)


def _members(sections: Sequence[Section], name: str) -> range:
    """Give the places of a part's section and of the ones below it."""
    start = next((index for index, section in enumerate(sections) if section_id(section) == name), None)
    return range(start, start + len(below(sections, start))) if start is not None else range(0)


def _content(
    here: Here, review: Review, section: Section, drawing: Drawing | None, *, claimed: bool
) -> tuple[Piece, ...]:
    if drawing is not None:
        return _joined(drawing.pieces(section))
    if claimed:
        return tuple(_claims(here, review, section))
    text = review.source.text[section.title_span.end : section.span.end]
    return (Piece(here.block(text, review)),) if text.strip() else ()


def _joined(pieces: Iterator[Piece]) -> tuple[Piece, ...]:
    """Join neighbouring rows to one list."""
    joined: list[Piece] = []
    for piece in pieces:
        if joined and piece.rows and joined[-1].rows:
            joined[-1] = Piece(rows=(*joined[-1].rows, *piece.rows))
        else:
            joined.append(piece)
    return tuple(joined)


def _claims(here: Here, review: Review, section: Section) -> Iterator[Piece]:
    """Draw a section on assumptions block by block."""
    for block in section.blocks:
        found = [each for each in review.body.assumptions if block.span.start <= each.span.start < block.span.end]
        if found:
            yield Piece(claims=tuple(Claim(each.held, here.inline(each.text, review)) for each in found))
        else:
            yield Piece(here.block(review.source.slice(block.span), review))
