"""Finds what an old document says about itself: `**Key:** value` lines, tables of keys, headings that are keys."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from failforward.importers.header import Header
from failforward.importers.synonyms import field_of, part_of
from failforward.text.markdown import Node, parse
from failforward.text.sections import Section, split
from failforward.text.source import Source

_ENTRY = re.compile(
    r"[ \t]*(?:(?:[-*+]|\d{1,2}[.)])[ \t]+)?[*_]{0,3}(?P<key>[^\W\d_][\w /&'()-]{1,38}?)[ \t]*[*_]{0,3}[ \t]*:[*_]{0,3}"
    r"[ \t]*(?P<value>\S.*)?"
)
_BULLET = re.compile(r"[ \t]*(?:[-*+]|\d{1,2}[.)])[ \t]")
_LONGEST_BLOCK = 5_000
_VALUE_LINES = 4
_VALUE_LENGTH = 300


@dataclass
class Facts:
    """What was found: for each field its values in the order found, and the keys they stood under."""

    values: dict[str, list[str]] = field(default_factory=dict)
    keys: list[str] = field(default_factory=list)

    def add(self, key: str, *values: str) -> None:
        """Keep the values of a key that means something."""
        target = field_of(key)
        if target and any(value.strip() for value in values):
            self.values.setdefault(target, []).extend(value.strip() for value in values if value.strip())
            self.keys.append(key.strip())

    def first(self, name: str) -> str:
        """Give the first value of a field, or nothing."""
        return next(iter(self.values.get(name, ())), "")


def of_header(header: Header) -> Facts:
    """Collect the facts of a document's header."""
    facts = Facts()
    for entry in header.entries:
        facts.add(entry.key, *entry.values)
    return facts


def take_lines(body: str, facts: Facts) -> tuple[str, str]:
    """Take the lines and tables of metadata that stand before the first section.

    Gives the body without them, and them as a list and tables of their own, letter by letter but for the bullets.
    """
    tree = parse(body)
    taken: list[tuple[int, int, str]] = []
    headings = 0
    for block in tree.children:
        headings += block.kind == "heading"
        if block.kind == "heading" and (headings > 1 or part_of(block.plain)[0]):
            break
        if block.kind in ("paragraph", "list") and block.span.end - block.span.start < _LONGEST_BLOCK:
            taken += _lines(body, block, facts)
        elif block.kind == "table" and _table(block, facts):
            taken.append((block.span.start, block.span.end, f"\n{body[block.span.start : block.span.end].strip()}\n"))
    moved = "\n".join(line for _, _, line in taken).strip("\n")
    for start, end, _ in reversed(taken):
        body = body[:start] + body[end:]
    return body, moved


def _lines(body: str, block: Node, facts: Facts) -> Iterator[tuple[int, int, str]]:
    """Give the lines of a block that hold metadata, each with the lines that continue it, as lines of a list."""
    start = body.rfind("\n", 0, block.span.start) + 1
    nested = [child.span for item in block.children for child in item.children if child.kind == "list"]
    inside = ""
    for line in body[start : block.span.end].rstrip("\n").split("\n"):
        match = _ENTRY.fullmatch(line)
        stop = min(start + len(line) + 1, len(body))
        if any(span.start < stop and start < span.end for span in nested):
            match, inside = None, ""
        elif match:
            inside = "" if part_of(match["key"])[0] else field_of(match["key"])
            below = any(stop == body.rfind("\n", 0, span.start) + 1 for span in nested)
            inside = "" if below else inside
            if inside:
                facts.add(match["key"], match["value"] or "")
        if inside and line.strip():
            bullet = "- " if match and not _BULLET.match(line) else "  " if not match else ""
            yield start, stop, bullet + line.strip()
        start += len(line) + 1


def _table(table: Node, facts: Facts) -> bool:
    """Read a table of keys, down its first column or along its head; tells whether it is one."""
    rows = [[cell.plain.strip() for cell in row.children] for row in table.children]
    if not rows or len(rows) > 30:
        return False
    down = [(row[0].rstrip(": "), row[1]) for row in rows if len(row) == 2]
    along = list(zip(rows[0], rows[1], strict=False)) if len(rows) == 2 else []
    for pairs in (down, along):
        if sum(bool(field_of(key)) for key, _ in pairs) > 1:
            for key, value in pairs:
                facts.add(key, value)
            return True
    return False


def of_sections(source: Source, sections: Sequence[Section], facts: Facts) -> None:
    """Collect what short sections with a key for a heading say (`## Date`), and `Key: value` lines of the others.

    The text stays where it is; only what nothing before has said is added.
    """
    said = set(facts.values)
    found = Facts()
    for section in sections:
        text = source.text[section.title_span.end : section.span.end].strip()
        if section.title and field_of(section.title) and 0 < len(text) <= _VALUE_LENGTH:
            lines = [line for line in text.split("\n") if line.strip()]
            if len(lines) <= _VALUE_LINES:
                found.add(section.title, *(line.strip(" -*+\t") for line in lines))
    for section in sections[:4]:
        if part_of(section.title)[0] == "timeline":
            break
        for line in source.text[section.title_span.end : section.span.end].split("\n"):
            match = _ENTRY.fullmatch(line) if len(line) < _VALUE_LENGTH else None
            if match and match["value"] and field_of(match["key"]) not in ("", "link", "date", "title"):
                found.add(match["key"], match["value"])
    for name, values in found.values.items():
        if name not in said:
            facts.values[name] = values
    facts.keys += found.keys


def split_body(text: str) -> tuple[Source, tuple[Section, ...]]:
    """Cut a body at its headings."""
    source = Source("", text)
    return source, split(parse(text))
