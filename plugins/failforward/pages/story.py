"""The body of a review, section by section in its author's order: nothing of it is lost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from failforward.model.review import Assumption, Review
from failforward.model.sections import section_id
from failforward.pages.site import Here
from failforward.pages.timeline import Drawing, Piece
from failforward.text.markdown import parse
from failforward.text.sections import Section, below, title_key


@dataclass(frozen=True, slots=True)
class Claim:
    """An assumption as it is drawn; `held` is `held`, `did-not-hold` or `not-known`."""

    held: str
    text: Markup


@dataclass(frozen=True, slots=True)
class Part:
    """A section as it is drawn: a heading (level 0 for none), then its pieces in order.

    `id` is the part of a review that the section is (`in-short`, `timeline`, …), empty for any other. `last` tells that
    the next part leaves the section that this one belongs to.
    """

    id: str
    level: int
    title: str
    pieces: tuple[Piece, ...] = ()
    claims: tuple[Claim, ...] = ()


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
            parts.append(Part(last.id, last.level, last.title, (*last.pieces, *drawing.pieces(section))))
            continue
        title = "" if section.level == 1 and title_key(section.title) == own else section.title
        if title:
            level = min(section.level + several, level + 1)
            level = max(level, 2)
        pieces, claims = _content(here, review, section, drawing if index in timed else None, claimed=index in claimed)
        if title or pieces or claims:
            parts.append(Part(section_id(section), level if title else 0, title, pieces, claims))
    return tuple(parts)


def _members(sections: Sequence[Section], name: str) -> range:
    """Give the places of a part's section and of the ones below it."""
    start = next((index for index, section in enumerate(sections) if section_id(section) == name), None)
    return range(start, start + len(below(sections, start))) if start is not None else range(0)


def _content(
    here: Here, review: Review, section: Section, drawing: Drawing | None, *, claimed: bool
) -> tuple[tuple[Piece, ...], tuple[Claim, ...]]:
    if drawing is not None:
        return _joined(drawing.pieces(section)), ()
    if claimed:
        return tuple(_unclaimed(here, review, section)), tuple(_claims(here, review, section))
    text = review.source.text[section.title_span.end : section.span.end]
    return ((Piece((), here.block(text, review)),) if text.strip() else ()), ()


def _joined(pieces: Iterator[Piece]) -> tuple[Piece, ...]:
    """Join neighbouring rows to one list."""
    joined: list[Piece] = []
    for piece in pieces:
        if joined and piece.rows and joined[-1].rows:
            joined[-1] = Piece((*joined[-1].rows, *piece.rows))
        else:
            joined.append(piece)
    return tuple(joined)


def _in(section: Section, assumption: Assumption) -> bool:
    return section.title_span.end <= assumption.span.start < section.span.end


def _claims(here: Here, review: Review, section: Section) -> Iterator[Claim]:
    for assumption in review.body.assumptions:
        if _in(section, assumption):
            yield Claim(assumption.held, here.inline(assumption.text, review))


def _unclaimed(here: Here, review: Review, section: Section) -> Iterator[Piece]:
    """Give the blocks of a section on assumptions that hold none."""
    starts = [assumption.span.start for assumption in review.body.assumptions]
    for block in section.blocks:
        if not any(block.span.start <= start < block.span.end for start in starts):
            yield Piece((), here.block(review.source.slice(block.span), review))
