"""A timeline as it is drawn: rows with date marks and gaps between them, and nothing of the section's text lost."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from markupsafe import Markup

from failforward.model.body import TimelineRow
from failforward.model.review import Review
from failforward.pages.site import Here
from failforward.pages.words import clock_text, day_text, length_text, machine_time, moment_text, zone_text
from failforward.text.markdown import Node
from failforward.text.sections import Section

# From this length on the time between two rows is written between them.
GAP = timedelta(hours=1)
_RANGE = re.compile(r"\d[:.]\d\d.*?\d[:.]\d\d")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it is drawn: `date` is set where a new day begins, `gap` where much time has passed."""

    fact: TimelineRow
    text: Markup
    time: str
    machine: str
    date: str
    gap: str


@dataclass(frozen=True, slots=True)
class Claim:
    """An assumption as it is drawn; `held` is `held`, `did-not-hold` or `not-known`."""

    held: str
    text: Markup


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a section: text, rows of the timeline or assumptions; all but one are empty."""

    text: Markup = Markup()
    rows: tuple[Row, ...] = ()
    claims: tuple[Claim, ...] = ()


class Drawing:
    """Draws a review's timeline section by section, so that days and gaps run on."""

    def __init__(self, here: Here, review: Review) -> None:
        """Begin before the first row."""
        self._here = here
        self._review = review
        self._facts = sorted(review.body.timeline, key=lambda row: row.span.start)
        self._day = ""
        self._last: TimelineRow | None = None

    def headed(self, section: Section) -> bool:
        """Tell whether a section's heading is itself a row."""
        return any(section.title_span.start <= row.span.start < section.title_span.end for row in self._facts)

    def pieces(self, section: Section) -> Iterator[Piece]:
        """Draw a section; where rows do not hold every word of a block, the block follows as it was written."""
        source = self._review.source
        if self.headed(section):
            facts = [row for row in self._facts if section.title_span.start <= row.span.start < section.title_span.end]
            told = max(section.title_span.end, *(fact.text_span.end for fact in facts))
            below = source.text[told : section.span.end]
            rows = [self._row(fact, below if fact is facts[-1] else "") for fact in facts]
            yield Piece(rows=tuple(rows))
            return
        for block in section.blocks:
            facts = [row for row in self._facts if block.span.start <= row.span.start < block.span.end]
            if facts:
                yield Piece(rows=tuple(self._row(fact) for fact in facts))
            if not facts or _loses_words(block, facts):
                yield Piece(self._here.block(source.slice(block.span), self._review))

    def _row(self, fact: TimelineRow, below: str = "") -> Row:
        text = fact.text if "|" in self._review.source.slice(fact.text_span) else _dedented(fact.markdown or fact.text)
        text = text[:1].upper() + text[1:] if fact.decision else text
        when, last = fact.when, self._last
        date = gap = ""
        if when is not None and when.precision == "minute":
            day = " · ".join(part for part in (day_text(when.day), zone_text(when)) if part)
            date, self._day = ("" if day == self._day else day), day
            if last is not None and last.when is not None and last.when.precision == "minute":
                passed = when.at - last.when.at
                gap = f"{length_text(passed)} later" if passed >= GAP else ""
        self._last = fact
        time = fact.time_text if when is None or _RANGE.search(fact.time_text) else _time(fact)
        html = self._here.inline(f"{text}\n\n{below}" if below.strip() else text, self._review)
        return Row(fact, html, time, machine_time(when) if when else "", date, gap)


def _time(fact: TimelineRow) -> str:
    if fact.when is None:
        return ""
    clock = clock_text(fact.when)
    return f"~{clock}" if clock and fact.when.approximate else clock or moment_text(fact.when)


def _dedented(markdown: str) -> str:
    """Take the indentation of a list item off its further lines, so that blocks in it stay blocks."""
    first, newline, rest = markdown.partition("\n")
    lines = rest.split("\n")
    indent = min((len(line) - len(line.lstrip(" ")) for line in lines if line.strip()), default=0)
    return first + newline + "\n".join(line[indent:] for line in lines) if rest else first


def _loses_words(block: Node, facts: Sequence[TimelineRow]) -> bool:
    """Tell whether a block says something that its rows do not."""
    parts = block.children[1:] if block.kind == "table" else (block,)
    said = Counter(_WORD.findall(" ".join(part.plain for part in parts).casefold()))
    for fact in facts:
        texts = (fact.time_text, fact.text, fact.role, fact.assumed, fact.knew, *fact.options, *fact.notes)
        said.subtract(_WORD.findall(" ".join(texts).casefold()))
    labels = ("decision", "point", "role", "assumed", "knew", "options")
    return any(number > 0 for word, number in said.items() if word not in labels)
