"""Where the cursor stands in a front matter that is being written, and may be no YAML yet: read line by line."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from failforward.language_server.flow import Flow, open_flow
from failforward.model.fields import REVIEW, Field
from failforward.text.source import Span

_KEY = re.compile(r"(?P<name>[\w-]+)[ ]*:(?=[ ]|$)")
_LEAD = re.compile(r" *(?:-(?: +|$))*")
_BLOCK = re.compile(r"[|>][+-]?\d?[+-]?\s*(?:#.*)?")
_WORD = re.compile(r"[\w./+-]*")
_FENCE = re.compile(r"(?:---|\.\.\.)[ \t]*")


@dataclass(frozen=True, slots=True)
class Spot:
    """A place where something can be completed.

    `kind` is `field` (a name), `value`, or `entry` (the beginning of an entry in a list of records, where a name or the
    short form can stand). `path` are the fields that the place lies in, a value's own included. `span` is what a
    completion replaces, `before` what it writes first, `named` whether a colon follows already, `present` the names
    that the record has already.
    """

    kind: str
    path: tuple[str, ...]
    span: Span
    before: str = ""
    named: bool = False
    present: frozenset[str] = frozenset()


@dataclass(slots=True)
class _Level:
    """A field that lines below may belong to; `dash` is the column of its list's last dash, -1 without one."""

    indent: int
    name: str
    dash: int = -1
    present: set[str] = field(default_factory=set)


def spot_at(text: str, offset: int) -> Spot | None:
    """Give the place at an offset; None outside the front matter and where nothing can be completed."""
    lines = text[:offset].split("\n")
    if not _FENCE.fullmatch(lines[0]) or len(lines) < 2 or any(_FENCE.fullmatch(line) for line in lines[1:-1]):
        return None
    outline = _Outline()
    start = len(lines[0]) + 1
    for line in lines[1:-1]:
        outline.line(line, start)
        start += len(line) + 1
    tail = text[offset:].split("\n", 1)[0]
    return outline.spot(text, start, offset, tail)


def fields_at(path: tuple[str, ...]) -> Field | None:
    """Give the declared field at a path of names, read by its aliases too; None where there is none."""
    fields: tuple[Field, ...] = REVIEW
    found: Field | None = None
    for name in path:
        found = next((known for known in fields if name == known.name or name in known.aliases), None)
        if found is None:
            return None
        fields = found.fields
    return found


class _Outline:
    """Follows the lines above the cursor.

    `flow` is where an unclosed bracket began and `pending` its text, `block` the indentation of a block text's field.
    """

    def __init__(self) -> None:
        self.levels = [_Level(-1, "")]
        self.flow = -1
        self.block = -1
        self.pending = ""

    def line(self, line: str, start: int) -> None:
        """Take in a whole line that starts at an offset."""
        if self.flow >= 0:
            self.pending += line + "\n"
            if open_flow(self.pending) is None:
                self.flow = -1
            return
        if not line.strip() or line.lstrip().startswith("#") or self._in_block(line):
            return
        column = self._enter(line)
        match = _KEY.match(line, column)
        if match:
            self._name(match["name"], column)
            self._value(line[match.end() :], start + match.end())

    def spot(self, text: str, start: int, offset: int, tail: str) -> Spot | None:
        """Give the place at the cursor, whose line starts at `start`."""
        head = text[start:offset]
        if self.flow >= 0:
            return self._in_flow(text, self.flow, offset, tail)
        if head.lstrip().startswith("#") or self._in_block(head):
            return None
        column = self._enter(head)
        match = _KEY.match(head, column)
        if match:
            self._name(match["name"], column)
            return self._at_value(text, start + match.end(), offset, tail)
        return self._at_name(text, start, column, offset, tail)

    def _in_block(self, line: str) -> bool:
        """Tell whether a line belongs to a text that `>` or `|` began."""
        if self.block >= 0 and len(line) - len(line.lstrip(" ")) > self.block:
            return True
        self.block = -1
        return False

    def _enter(self, line: str) -> int:
        """Leave the levels that a line leaves, enter the entry that its dash begins; give where its words start."""
        lead = _LEAD.match(line)
        assert lead is not None
        column = lead.end()
        for dash in (at for at, sign in enumerate(lead.group()) if sign == "-"):
            while self.levels[-1].indent > dash:
                self.levels.pop()
            self.levels[-1].dash = dash
            self.levels[-1].present = set()
        if "-" not in lead.group():
            while self.levels[-1].indent >= column:
                self.levels.pop()
        return column

    def _name(self, name: str, column: int) -> None:
        self.levels[-1].present.add(name)
        self.levels.append(_Level(column, name))

    def _value(self, value: str, start: int) -> None:
        stripped = value.strip()
        if _BLOCK.fullmatch(stripped):
            self.block = self.levels[-1].indent
        elif stripped[:1] in ("[", "{") and open_flow(stripped) is not None:
            self.flow, self.pending = start, value + "\n"

    @property
    def path(self) -> tuple[str, ...]:
        """Give the names of the levels."""
        return tuple(level.name for level in self.levels[1:])

    def _at_value(self, text: str, start: int, offset: int, tail: str) -> Spot | None:
        value = text[start:offset]
        if value.lstrip()[:1] in ("[", "{"):
            return self._in_flow(text, start, offset, tail)
        begin = offset - len(value.lstrip())
        return Spot("value", self.path, _span(begin, offset, tail), before="" if value[:1] == " " else " ")

    def _in_flow(self, text: str, start: int, offset: int, tail: str) -> Spot | None:
        flow = open_flow(text[start:offset])
        if flow is None:
            return None
        return _flow_spot(flow, self.path, offset, tail)

    def _at_name(self, text: str, start: int, column: int, offset: int, tail: str) -> Spot | None:
        """Give the place of a word without a colon: a field's name, or an entry of a list."""
        level = self.levels[-1]
        declared = fields_at(self.path)
        if (self.path and declared is None) or (not self.path and column > 0):
            return None
        form = declared.form if declared else "record"
        dashed = "-" in text[start : start + column]
        present = frozenset(level.present | _following(text, offset, column))
        gap = " " if text[start : start + column].endswith("-") else ""
        spot = Spot("field", self.path, _span(start + column, offset, tail), gap, _named(tail), present)
        if form == "record":
            return spot
        if form == "records":
            if level.dash >= 0 and column > level.dash:
                return replace(spot, kind="entry" if dashed else "field")
            return replace(spot, kind="entry", before="- ", present=frozenset())
        if form in ("words", "texts"):
            return replace(spot, kind="value", before=gap if dashed else "- ", named=False)
        return None


def _flow_spot(flow: Flow, path: tuple[str, ...], offset: int, tail: str) -> Spot:
    path = (*path, *flow.path)
    span = _span(offset - len(flow.typed), offset, tail)
    if flow.kind == "name":
        return Spot("field", path, span, "", _named(tail), frozenset(flow.present))
    return Spot("value", path, span, flow.before)


def _following(text: str, offset: int, column: int) -> set[str]:
    """Give the names of the same record that stand below."""
    names: set[str] = set()
    for line in text[offset:].split("\n")[1:]:
        if not line.strip():
            continue
        indent = len(line) - len(line.lstrip(" "))
        if indent < column or _FENCE.fullmatch(line):
            break
        match = _KEY.match(line, column) if indent == column else None
        if match:
            names.add(match["name"])
    return names


def _span(start: int, offset: int, tail: str) -> Span:
    """Give what a completion replaces: what was typed, and the rest of the word that the cursor stands in."""
    rest = _WORD.match(tail)
    return Span(start, offset + (rest.end() if rest else 0))


def _named(tail: str) -> bool:
    return bool(re.match(r"[\w./+-]*[ ]*:", tail))
