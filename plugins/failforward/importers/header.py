"""The metadata above an old document: YAML, TOML, or bare `Key: value` lines, entry by entry."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass

from failforward import front_matter
from failforward.front_matter import Scalar, Sequence, Value
from failforward.importers.synonyms import field_of
from failforward.text.source import Source

_TOML = re.compile(r"\+\+\+[ \t]*\n(.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_BARE = re.compile(r"([A-Za-z][\w -]{0,30}):[ \t]+(\S.*)")
_LIST = re.compile(r"\[(.*)\]")


@dataclass(frozen=True, slots=True)
class Entry:
    """A key with its values as text, and the lines it stands in."""

    key: str
    values: tuple[str, ...]
    raw: str


@dataclass(frozen=True, slots=True)
class Header:
    """The entries in order, what form they had (`yaml`, `toml`, `text` or nothing), and where the body begins."""

    form: str = ""
    entries: tuple[Entry, ...] = ()
    body_start: int = 0


def read_header(source: Source) -> Header:
    """Read what stands above a document's body; where the form is unclear, all of it is body."""
    text = source.text
    if toml := _TOML.match(text):
        return Header("toml", _toml_entries(toml[1]), toml.end())
    if text.startswith("---"):
        return _yaml(source)
    bare = _bare_entries(text.partition("\n\n")[0])
    if len(bare) > 1 and sum(bool(field_of(entry.key)) for entry in bare) > 1:
        return Header("text", bare, len(text.partition("\n\n")[0]) + 1)
    return Header()


def _yaml(source: Source) -> Header:
    front = front_matter.read(source)
    if not front.body_start or not source.text[: front.body_start].rstrip().endswith(("---", "...")):
        return Header()
    inside = source.text[source.text.index("\n") + 1 : front.body_start].rstrip()[:-3]
    if front.values is None:
        # Broken YAML still says its title to whoever reads it line by line.
        bare = _bare_entries(inside)
        return Header("yaml", bare, front.body_start) if bare else Header()
    entries = front.values.entries
    first = source.text.index("\n") + 1
    cuts = [first, *(key.span.start for key, _ in entries[1:]), first + len(inside)]
    return Header(
        "yaml",
        tuple(
            Entry(key.text, _texts(value), source.text[start:end].strip("\n"))
            for (key, value), start, end in zip(entries, cuts, cuts[1:], strict=False)
        ),
        front.body_start,
    )


def _texts(value: Value) -> tuple[str, ...]:
    """Give a value's texts; the values of a mapping in their order."""
    if isinstance(value, Scalar):
        return (value.text.strip(),) if value.text.strip() else ()
    if isinstance(value, Sequence):
        return tuple(text for item in value.items for text in _texts(item))
    return tuple(text for _, item in value.entries for text in _texts(item))


def _bare_entries(text: str) -> tuple[Entry, ...]:
    """Read lines of the form `Key: value`; nothing where a line has another form and no key stands above it."""
    entries: list[Entry] = []
    for line in text.split("\n"):
        match = _BARE.fullmatch(line)
        if match:
            listed = _LIST.fullmatch(match[2].strip())
            values = [part.strip(" \"'") for part in listed[1].split(",")] if listed else [match[2].strip(" \"'")]
            entries.append(Entry(match[1].strip(), tuple(value for value in values if value), line))
        elif entries and line.strip():
            entries[-1] = Entry(entries[-1].key, entries[-1].values, f"{entries[-1].raw}\n{line}")
        elif line.strip():
            return ()
    return tuple(entries)


def _toml_entries(text: str) -> tuple[Entry, ...]:
    """Read TOML; what cannot be read as such is kept as one entry without a key."""
    whole = Entry("", (), text.strip("\n"))
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return (whole,)
    read = tuple(Entry(key, tuple(_flat(value)), "") for key, value in values.items())
    nested = (pair for value in values.values() if isinstance(value, dict) for pair in value.items())
    return (whole, *read, *(Entry(key, tuple(_flat(value)), "") for key, value in nested))


def _flat(value: object) -> list[str]:
    if isinstance(value, list):
        return [text for item in value for text in _flat(item)]
    return [] if isinstance(value, dict) else [str(value)]
