"""Turns other ways of writing a heading into Markdown headings: bold lines, list labels, `**Summary:** …`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from failforward.importers.synonyms import known, part_of, plain_key
from failforward.text.markdown import Node, parse

_LABEL = re.compile(r"[*_]{2}([^*\n]{2,60}?)[ \t]*:?[*_]{2}[ \t]*:?[ \t]*")
_ALONE = re.compile(r"[*_]{2}([^*\n]{2,80}?)[ \t]*:?[*_]{2}[ \t]*:?")
_BULLET = re.compile(r"[ \t]*(?:[-*+]|\d+[.)])[ \t]+")


@dataclass(frozen=True, slots=True)
class _Place:
    """A stretch of text that is a heading in other clothes: its title, its level, what follows in the same block."""

    start: int
    end: int
    title: str
    level: int
    rest: str
    style: str


def with_headings(text: str) -> str:
    """Give a text in which headings of every style are Markdown headings; its words stay as they are, in order."""
    tree = parse(text)
    written = {_meaning(block.plain) for block in tree.children if block.kind == "heading"}
    places = list(_places(text, tree))
    often = Counter(plain_key(place.title) for place in places)
    # What recurs, or stands in a heading too, belongs to the section it is in.
    places = [place for place in places if often[plain_key(place.title)] == 1 and _meaning(place.title) not in written]
    plain = not any(known(title) for title in written)
    kept = _used(places, plain=plain)
    pieces, done = [], 0
    for place in kept:
        pieces += [text[done : place.start].rstrip(" "), f"\n\n{'#' * place.level} {place.title}\n\n{place.rest}\n"]
        done = place.end
    return "".join([*pieces, text[done:]])


def _meaning(title: str) -> str:
    return "timeline" if part_of(title)[0] == "timeline" else plain_key(title)


def _used(places: list[_Place], *, plain: bool) -> list[_Place]:
    """Choose the places to turn: known titles, and their like where the document has no other known headings."""
    kept: list[_Place] = []
    for style in ("bold", "list", "label"):
        group = [place for place in places if place.style == style]
        recognised = sum(known(place.title) for place in group)
        if style == "list":
            kept += group if plain and recognised > 1 else []
        else:
            everything = style == "bold" and plain and recognised > 1
            kept += [place for place in group if everything or known(place.title)]
    return sorted(kept, key=lambda place: place.start)


def _places(text: str, tree: Node) -> Iterator[_Place]:
    level, above = 2, True
    for index, block in enumerate(tree.children):
        if block.kind == "heading":
            level, above = min(int(block.detail) + 1, 6), above and (index == 0 or int(block.detail) == 1)
        elif block.kind == "paragraph":
            yield from _paragraph(text, block, level, above=above)
        elif block.kind == "list":
            labels = [_LABEL.match(text, _content(text, item)) for item in block.children]
            if all(labels):
                for item, label in zip(block.children, labels, strict=True):
                    if label:
                        yield _item(text, item, label, level)


def _paragraph(text: str, block: Node, level: int, *, above: bool) -> Iterator[_Place]:
    """Find a bold line that stands alone and, before the first section, lines such as `**Summary:** …`."""
    piece = text[block.span.start : block.span.end].rstrip()
    if alone := _ALONE.fullmatch(piece):
        yield _Place(block.span.start, block.span.start + len(piece), alone[1], level, "", "bold")
        return
    starts = [match.start() for match in re.finditer(r"^(?=[*_]{2}\w)", piece, re.MULTILINE)] if above else []
    for start, end in zip(starts, [*starts[1:], len(piece)], strict=False):
        label = _LABEL.match(piece, start)
        if label and ":" in label.group():
            base = block.span.start
            yield _Place(base + start, base + end, label[1], level, piece[label.end() : end].strip(), "label")


def _content(text: str, item: Node) -> int:
    bullet = _BULLET.match(text, item.span.start, item.span.end)
    return bullet.end() if bullet else item.span.end


def _item(text: str, item: Node, label: re.Match[str], level: int) -> _Place:
    """Take a labelled item out of its list: what is indented below the label moves to the margin."""
    line_start = text.rfind("\n", 0, item.span.start) + 1
    indent = _content(text, item) - line_start
    lines = text[label.end() : item.span.end].rstrip().split("\n")
    rest = "\n".join([lines[0], *(line[min(indent, len(line) - len(line.lstrip(" "))) :] for line in lines[1:])])
    return _Place(line_start, item.span.end, label[1], level, rest.strip("\n"), "list")
