"""The text of a review as values: its sections, and what was read out of them."""

from __future__ import annotations

from typing import NamedTuple

from failforward.model.moment import Moment
from failforward.text.markdown import Document
from failforward.text.sections import Section
from failforward.text.source import Span


class TimelineRow(NamedTuple):
    """One fact: when, what, and optionally who acted in which role, knowing or assuming what.

    `text` is Markdown without the time and the bracketed notes, in one line; `markdown` is the same with its line ends.
    `notes` is what the brackets say beyond role, assumption, knowledge and options. `evidence` holds link targets;
    `when` is None where no time could be read.
    """

    when: Moment | None
    text: str
    span: Span
    text_span: Span
    role: str = ""
    assumed: str = ""
    knew: str = ""
    options: tuple[str, ...] = ()
    decision: bool = False
    evidence: tuple[str, ...] = ()
    time_text: str = ""
    markdown: str = ""
    notes: tuple[str, ...] = ()


class Assumption(NamedTuple):
    """What was taken for granted; `held` is `held`, `did-not-hold` or `not-known`."""

    held: str
    text: str
    span: Span


class Link(NamedTuple):
    """A link or image in the body: its target as written and its alternative text or words."""

    target: str
    text: str
    image: bool
    span: Span


class Body(NamedTuple):
    """The sections of a review, and what was read out of them."""

    tree: Document
    sections: tuple[Section, ...] = ()
    timeline: tuple[TimelineRow, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    links: tuple[Link, ...] = ()
