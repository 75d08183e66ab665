"""Changes single fields of a review's front matter in its text: what is not meant stays as it is, byte for byte.

No YAML is written anew, which would reflow it. The lines concerned are cut at the places that reading has noted; then
the result is read back, and refused unless exactly the intended value is another one.

Kept libraries were tried on the 51 front matters of our playbook and tests and on 1,000 generated ones. ruamel.yaml
0.19.1, which yamlpath 3.9.1 writes through, gives back all 51 when told their indentation (8 when not), and 467 of the
1,000 with it guessed (111 without); `upsert` of yamltrip 0.6.0 edits 823 of these right, `set` of yaml-edit 0.2.0 all
of both, touching one line, as happens here. It is not used: `set` drops the quotes of what it replaces and puts a new
field last in its record (its `insert_after` was not tried), it took the first of two keys of one name without a word,
so that reading back would stay beside it, and it is a compiled beta.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from failforward import front_matter
from failforward.editing.places import Place, find
from failforward.editing.raw import Splice, spliced
from failforward.errors import ArgumentError
from failforward.front_matter import Mapping as YamlMapping
from failforward.front_matter import Scalar, Value, dump_scalar
from failforward.model.review import FieldPath, Review
from failforward.reviews.read import read_review
from failforward.text.source import Source, Span, normalised

# A value is a text, or a record of texts.
Values = Mapping[FieldPath, str | Mapping[str, str]]

_BY_HAND = "Make this change in the file itself."
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def assign(text: str, path: str, values: Values) -> str:
    """Give the text of a file with some fields set; line ends and a byte-order mark stay what they are.

    `path` is the file's path for messages. Raises ArgumentError, with the line, where the text cannot be changed so
    that everything else stays.
    """
    for place, value in values.items():
        text = _assign(text, path, place, value)
    return text


def demand_readable(review: Review, path: str) -> None:
    """Raise ArgumentError, with the line, for a review whose front matter cannot be read; `path` is for the message."""
    if not review.readable:
        problem = review.problems[0]
        line = review.source.position(problem.span.start).line
        raise ArgumentError(problem.what, path=path, line=line, remedy=problem.instead)


def _assign(text: str, path: str, field: FieldPath, value: str | Mapping[str, str]) -> str:
    review = read_review(Source(path, normalised(text)))
    demand_readable(review, path)
    place = find(review, field)
    if isinstance(value, Mapping) and place.entry and isinstance(place.entry[1], YamlMapping):
        for name, part in value.items():
            text = _assign(text, path, (*field, name), part)
        return text
    for splice in _attempts(review.source, place, value):
        made = spliced(text, splice)
        if _holds(review, normalised(made), place, value):
            return made
    line = review.source.position(review.where(*field).start).line
    raise ArgumentError(
        f"{field[-1]} cannot be written here without touching other values", path=path, line=line, remedy=_BY_HAND
    )


def _attempts(source: Source, place: Place, value: str | Mapping[str, str]) -> Iterator[Splice]:
    """Give what may be tried, the most natural first."""
    text = source.text
    if place.entry:
        key, old = place.entry
        # A list or record is never replaced as a whole: comments may stand in it.
        if isinstance(old, Scalar):
            yield _replaced(text, key, old, value, flow=place.flow)
        return
    written = f"{place.name}: {_dumped(value, flow=place.flow)}"
    if place.flow:
        ends = [_end(text, entry) for entry in place.mapping.entries[-1:]]
        at = ends[0] if ends else place.mapping.span.start + 1
        yield Splice(Span(at, at), f", {written}" if ends else written)
        return
    first = place.mapping.entries[0][0].span.start
    indent = " " * (first - text.rfind("\n", 0, first) - 1)
    for entry in place.predecessors:
        end = text.find("\n", _end(text, entry))
        yield Splice(Span(end, end), f"\n{indent}{written}")


def _replaced(text: str, key: Scalar, old: Scalar, value: str | Mapping[str, str], *, flow: bool) -> Splice:
    """Put a value in the place of another, in the quotes that the other had; a comment behind it stays."""
    if old.null and not old.text:
        start = _colon(text, key)
        blanks = re.compile(r"[ \t]*(?=[\n,}]|$)").match(text, start)
        return Splice(Span(start, blanks.end() if blanks else start), f" {_dumped(value, flow=flow)}")
    written = text[old.span.start : old.span.end].rstrip()
    span = Span(old.span.start, old.span.start + len(written))
    if isinstance(value, str) and written[:1] in ("'", '"'):
        quoted = f"'{value}'" if written[0] == "'" and value.isprintable() and "'" not in value else _quoted(value)
        return Splice(span, quoted)
    return Splice(span, _dumped(value, flow=flow))


def _dumped(value: str | Mapping[str, str], *, flow: bool) -> str:
    if isinstance(value, Mapping):
        parts = (f"{name}: {_dumped(part, flow=True)}" for name, part in value.items())
        return f"{{{', '.join(parts)}}}"
    return value if _DAY.fullmatch(value) else dump_scalar(value, listed=flow)


def _quoted(value: str) -> str:
    dumped = dump_scalar(value)
    return dumped if dumped.startswith('"') else f'"{dumped}"'


def _colon(text: str, key: Scalar) -> int:
    """Give the place behind the colon of a key."""
    return text.find(":", key.span.end) + 1


def _end(text: str, entry: tuple[Scalar, Value]) -> int:
    """Give where an entry ends; a block ends with the last value in it, not with the comments below."""
    key, value = entry
    while not isinstance(value, Scalar) and text[value.span.start] not in "[{":
        if isinstance(value, YamlMapping):
            if not value.entries:
                break
            key, value = value.entries[-1]
        elif value.items:
            value = value.items[-1]
        else:
            break
    if isinstance(value, Scalar) and value.null and not value.text:
        return _colon(text, key)
    return value.span.start + len(text[value.span.start : value.span.end].rstrip())


def _holds(review: Review, made: str, place: Place, value: str | Mapping[str, str]) -> bool:
    """Tell whether the made text differs in the intended value and in nothing else."""
    before, after = front_matter.read(review.source), front_matter.read(Source(review.source.path, made))
    if before.values is None or after.values is None or len(after.problems) > len(before.problems):
        return False
    wanted, found = plain(before.values), plain(after.values)
    record = wanted
    for step in place.steps:
        record = record[step]
    record[place.name] = dict(value) if isinstance(value, Mapping) else value
    again = read_review(Source(review.source.path, made))
    return (
        wanted == found
        and review.source.text[before.body_start :] == made[after.body_start :]
        and len(again.problems) <= len(review.problems)
    )


def plain(value: Value) -> Any:
    """Give a value as dicts, lists and texts; nothing written is None."""
    if isinstance(value, Scalar):
        return None if value.null else value.text
    if isinstance(value, YamlMapping):
        return {key.text: plain(item) for key, item in value.entries}
    return [plain(item) for item in value.items]
