"""Front matter as a tree of positioned values; YAML's safe C loader reads it, within bounds.

Scalars keep their text: what `2026-10-02T14:05Z` or `010` means is decided by the field, not by YAML.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import yaml

from failforward.model.finding import Problem
from failforward.text.nesting import deepest
from failforward.text.source import Source, Span

MAX_CHARACTERS = 200_000
MAX_DEPTH = 20
MAX_VALUES = 20_000

_Fastest: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Fastest):  # type: ignore[misc]
    """YAML's safe loader; as scalars keep their text, it does not look at which type each might be."""

    # It asks for each value, so what answers is none of Python's functions: whatever it is given, this is empty.
    resolve = descend_resolver = ascend_resolver = "".format


_OPENING = re.compile(r"---[ \t]*\n")
_CLOSING = re.compile(r"\n(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_FENCE_LIKE = re.compile(r"\s*(?:-{2,}|–+|—+)[ \t]*\n\s*\w+[ \t]*:")
_TAB = re.compile(r"^ *\t+(?=\S)", re.MULTILINE)
# What YAML does not allow in a file; a byte-order mark inside one would shift positions.
_FORBIDDEN = re.compile("[^\t\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")


class Scalar(NamedTuple):
    """A single value; `plain` is false where it was quoted or a block, `null` true for nothing at all."""

    span: Span
    text: str
    plain: bool = True

    @property
    def null(self) -> bool:
        """Tell whether nothing was written."""
        return self.plain and self.text in ("", "~", "null", "Null", "NULL")


class Sequence(NamedTuple):
    """A list of values."""

    span: Span
    items: tuple[Value, ...]


class Mapping(NamedTuple):
    """Keys with their values, in the order written; keys may repeat."""

    span: Span
    entries: tuple[tuple[Scalar, Value], ...]

    def get(self, key: str) -> Value | None:
        """Give the first value of a key."""
        return next((value for name, value in self.entries if name.text == key), None)


Value = Scalar | Sequence | Mapping


class FrontMatter(NamedTuple):
    """What stands between the `---` lines, and where the body begins.

    `values` is None where there is none, or it is broken: then `problems` says why.
    """

    values: Mapping | None
    body_start: int
    problems: tuple[Problem, ...]


class _Bounds(Exception):
    """The front matter is larger or deeper than any review's."""

    def __init__(self, what: str, offset: int) -> None:
        super().__init__(what)
        self.what = what
        self.offset = offset


def read(source: Source) -> FrontMatter:
    """Read the front matter of a source; never raises for what the text holds."""
    text = source.text
    opening = _OPENING.match(text)
    if not opening:
        return FrontMatter(None, 0, tuple(_missing(text)))
    # The line that opens may be followed at once by the one that closes.
    closing = _CLOSING.search(text, opening.end() - 1)
    if not closing:
        end = text.find("\n\n", opening.end())
        what = "The front matter is opened by --- and never closed"
        instead = "Close it with a line that holds --- alone, before the first heading."
        problem = Problem("broken-front-matter", Span(0, 3), what, instead)
        return FrontMatter(None, len(text) if end < 0 else end + 1, (problem,))
    body_start = min(closing.end() + 1, len(text))
    values, problems = read_yaml(text[opening.end() : closing.start() + 1], opening.end())
    return FrontMatter(values, body_start, tuple(problems))


def read_yaml(text: str, base: int = 0) -> tuple[Mapping | None, list[Problem]]:
    """Read a YAML mapping whose spans are offset by `base`; nothing written gives an empty mapping."""
    value, problems = read_value(text, base)
    if value is None or isinstance(value, Mapping):
        return value, problems
    what = "This is no list of fields with values"
    return None, [Problem("broken-front-matter", value.span, what, "Write lines of the form `title: …`.")]


def read_value(text: str, base: int = 0) -> tuple[Value | None, list[Problem]]:
    """Read any YAML value; its spans are offset by `base`."""
    problems: list[Problem] = []
    # What can be printed is allowed, and is seen to be that ten times as fast.
    if not text.replace("\n", "").isprintable() and (forbidden := _FORBIDDEN.search(text)):
        what = f"A character that YAML does not allow stands here (U+{ord(forbidden.group()):04X})"
        span = Span(base + forbidden.start(), base + forbidden.end())
        return None, [Problem("broken-front-matter", span, what, "Take it out.")]
    if "\t" in text and (tab := _TAB.search(text)):
        span = Span(base + tab.start(), base + tab.end())
        return None, [Problem("tab-in-yaml", span, "A tab indents this line", "Indent by spaces.")]
    try:
        _bounded(text)
        node = yaml.compose(text, Loader=_Loader)
        if node is None:
            return Mapping(Span(base, base), ()), []
        return _Converter(base, problems).value(node, 0), problems
    except _Bounds as bound:
        span = Span(base + bound.offset, base + bound.offset)
        return None, [Problem("broken-front-matter", span, bound.what, "Keep long text in the body of the review.")]
    except yaml.YAMLError as error:
        return None, [_broken(error, base, len(text))]


def _missing(text: str) -> Iterator[Problem]:
    """Say what stands where front matter is expected."""
    first_line = Span(0, max(text.find("\n"), 0) or min(len(text), 1))
    if not text.strip():
        what = "The file is empty"
    elif _FENCE_LIKE.match(text):
        what = "The front matter does not begin with exactly --- in the first line"
    else:
        what = "There is no front matter"
    instead = "Begin with --- in the first line, then title:, kind: and status:, then --- again."
    yield Problem("missing-front-matter", first_line, what, instead)


def _bounded(text: str) -> None:
    """Refuse what could exhaust memory or stack before the parser sees it."""
    if len(text) > MAX_CHARACTERS:
        raise _Bounds(f"The front matter has {len(text):,} characters, more than {MAX_CHARACTERS:,}", 0)
    levels = deepest(text)
    if levels <= MAX_DEPTH:
        return
    depth = 0
    # libyaml looks ahead, and ends at a thousand levels before ours are counted.
    for event in yaml.parse(text, Loader=_Loader if levels < 1000 else yaml.SafeLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                at = event.start_mark.index if event.start_mark else 0
                raise _Bounds(f"Values are nested deeper than {MAX_DEPTH} levels here", at)
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _broken(error: yaml.YAMLError, base: int, length: int) -> Problem:
    """Turn a parser's complaint into a problem at its place."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    offset = min(mark.index, length) if mark else 0
    reason = getattr(error, "problem", None) or str(error).partition("\n")[0]
    hint = "Put the value between double quotes."
    if "expected <block end>" in reason or "did not find expected key" in reason:
        hint = "Align the fields of one level, and put values with quotes or brackets between double quotes."
    elif "mapping values are not allowed" in reason:
        hint = 'A value with ": " in it stands between double quotes.'
    elif "expected ','" in reason:
        hint = "A bracket is open before this: close it, or put a text that holds brackets between double quotes."
    elif "found character" in reason:
        hint = "A value that begins with @, ` or % stands between double quotes."
    span = Span(base + offset, base + offset)
    return Problem("broken-front-matter", span, f"The YAML cannot be read ({reason})", hint)


_made = tuple.__new__
_SCALAR, _SEQUENCE = yaml.ScalarNode, yaml.SequenceNode


class _Converter:
    """Turns the parser's nodes into values, counting so that aliases cannot multiply without end."""

    def __init__(self, base: int, problems: list[Problem]) -> None:
        self.base = base
        self.problems = problems
        self.count = 1

    def value(self, node: Any, depth: int) -> Value:
        base, start = self.base, node.start_mark.index
        # Made without a call of their own constructors: there are more of these than of anything else in a playbook.
        span = _made(Span, (base + start, base + node.end_mark.index))
        kind = node.__class__
        if kind is _SCALAR:
            return _made(Scalar, (span, node.value, not node.style))
        self.count += len(node.value) * (1 if kind is _SEQUENCE else 2)
        if self.count > MAX_VALUES or depth > MAX_DEPTH:
            what = f"The front matter holds more than {MAX_VALUES:,} values or {MAX_DEPTH} levels (aliases counted)"
            raise _Bounds(what, start)
        if kind is _SEQUENCE:
            return Sequence(span, tuple([self.value(item, depth + 1) for item in node.value]))
        return Mapping(span, tuple(self.entries(node, depth + 1)))

    def entries(self, node: yaml.Node, depth: int) -> Iterator[tuple[Scalar, Value]]:
        seen: set[str] = set()
        for key_node, value_node in node.value:
            key = self.value(key_node, depth)
            if not isinstance(key, Scalar):
                what = "A list or mapping stands as a field's name"
                self.problems.append(Problem("unknown-field", key.span, what, "Name it by a word."))
            elif key.text in seen:
                what = f"The field {key.text} stands here a second time; only its first value counts"
                self.problems.append(Problem("duplicate-field", key.span, what, "Keep one of them."))
            else:
                seen.add(key.text)
                yield key, self.value(value_node, depth)


_PLAIN = re.compile(r"[^\W\d_](?:[\w ,.()/’+'–—-]*[\w.)])?")
_SPECIAL = {"true", "false", "yes", "no", "on", "off", "null", "y", "n"}


def dump_scalar(text: str, *, listed: bool = False) -> str:
    """Give a text as YAML reads it back on one line: plain where that is safe, else between double quotes.

    `listed` is for a place between `[` and `]`, where a comma would end the text.
    """
    if _PLAIN.fullmatch(text) and text.casefold() not in _SPECIAL and not (listed and "," in text):
        return text
    return str(yaml.safe_dump(text, default_style='"', allow_unicode=True, width=1_000_000)).strip()
