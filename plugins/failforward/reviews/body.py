"""Reads a review's body: which section is which, its timeline, its assumptions, its links."""

from __future__ import annotations

import re
from collections.abc import Iterator

from failforward.model.body import Assumption, Body, Link
from failforward.model.moment import Moment
from failforward.model.sections import section_id
from failforward.reviews.timeline import read_timeline
from failforward.text.markdown import Node, parse
from failforward.text.sections import Section, below, split
from failforward.text.source import Source

_VERDICT = re.compile(
    r"\s*[*_]*\s*(?P<verdict>did not hold|didn't hold|held|not known|unknown)\b[\s*_]*[:.–—-]?[\s*_]*", re.IGNORECASE
)
_VERDICTS = {"held": "held", "not known": "not-known", "unknown": "not-known"}


def read_body(source: Source, start: int, anchor: Moment | None) -> Body:
    """Read what stands after the front matter."""
    tree = parse(source.text, start)
    sections = split(tree)
    timeline = next((index for index, section in enumerate(sections) if section_id(section) == "timeline"), None)
    rows = read_timeline(source, below(sections, timeline), anchor) if timeline is not None else ()
    assumptions = tuple(_assumptions(source, sections))
    links = tuple(
        Link(mark.detail, mark.plain, mark.kind == "image", mark.span)
        for mark in tree.outline
        if mark.kind != "heading"
    )
    tree.let_go()
    return Body(tree, sections, rows, assumptions, links)


def _assumptions(source: Source, sections: tuple[Section, ...]) -> Iterator[Assumption]:
    """Read the items and table rows of the section on assumptions."""
    for index, section in enumerate(sections):
        if section_id(section) != "assumptions":
            continue
        for part in below(sections, index):
            for block in part.blocks:
                yield from _block(source, block)
        return


def _block(source: Source, block: Node) -> Iterator[Assumption]:
    pieces: list[tuple[Node, str]] = []
    if block.kind == "list":
        for item in block.children:
            start = item.children[0].span.start if item.children else item.span.end
            pieces.append((item, source.text[start : item.span.end].strip()))
    elif block.kind == "table":
        for row in block.children[1:]:
            cells = [source.slice(cell.span).strip(" |") for cell in row.children]
            verdict = next((cell for cell in cells if _VERDICT.fullmatch(cell)), "")
            rest = " ".join(cell for cell in cells if cell is not verdict)
            pieces.append((row, f"{verdict}: {rest}" if verdict else rest))
    for node, text in pieces:
        match = _VERDICT.match(text)
        word = match["verdict"].casefold() if match else ""
        held = _VERDICTS.get(word, "did-not-hold") if match else "not-known"
        yield Assumption(held, text[match.end() :] if match else text, node.span)
