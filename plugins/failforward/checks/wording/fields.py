"""The prose of the front matter: values that are sentences, each as a block with exact places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from failforward.front_matter import Mapping as YamlMapping
from failforward.front_matter import Scalar, Sequence, Value
from failforward.model.review import FieldPath
from failforward.text.prose import Block, Places
from failforward.text.source import Source, Span
from failforward.text.spoken import spoken

PROSE = frozenset(
    (
        "title",
        "summary",
        "description",
        "trigger",
        "how",
        "outcome",
        "measure",
        "tasks",
        "because",
        "evidence",
        "impact",
    )
)


class Told(NamedTuple):
    """A value that is prose: where it stands, its field, and its text as it is read."""

    span: Span
    field: str
    text: str

    @property
    def block(self) -> Block:
        """Give it as a block."""
        places = Places([(0, self.span.start, self.span.start + len(self.text))], self.span.start)
        return Block("field", self.text, lambda: places, "", self.field)


def of_review(source: Source, spans: Mapping[FieldPath, Span], *, quotations: bool) -> Iterator[Told]:
    """Give the prose values of a review's front matter, in the order of the text."""
    found = []
    for path, span in spans.items():
        # The last part is a field, or the number of a text in a list of texts.
        name = path[-1] if path else ""
        listed = isinstance(name, int)
        name = path[-2] if listed else name
        if name in PROSE and path[0] != "sources" and (listed or name != "tasks"):
            found.append((span, str(name)))
    for span, name in sorted(found):
        yield _told(source, span, name, quotations)


def of_values(source: Source, values: YamlMapping, *, quotations: bool) -> Iterator[Told]:
    """Give the prose values of any front matter."""
    for key, value in values.entries:
        yield from _of_value(source, key.text, value, quotations)


def of_value(source: Source, value: Value, *, quotations: bool) -> Iterator[Told]:
    """Give the prose values of any YAML, in the order of the text."""
    yield from _of_value(source, "", value, quotations)


def _of_value(source: Source, name: str, value: Value, quotations: bool) -> Iterator[Told]:
    if isinstance(value, Scalar):
        if name in PROSE and not value.null:
            yield _told(source, value.span, name, quotations)
    elif isinstance(value, Sequence):
        for item in value.items:
            yield from _of_value(source, name, item, quotations)
    elif name != "sources":
        yield from of_values(source, value, quotations=quotations)


def _told(source: Source, span: Span, name: str, quotations: bool) -> Told:
    """Take a value as it is written; quotes and marks around it become blanks."""
    text = source.slice(span).rstrip().replace("\n", " ").replace("\t", " ")
    if text[:1] in ("'", '"') and text[-1:] == text[:1] and len(text) > 1:
        text = f" {text[1:-1]}"
    elif text[:1] in ("|", ">"):
        head = text.find(" ") if " " in text else len(text)
        text = " " * head + text[head:]
    return Told(span, name, spoken(text, quotations=quotations))
