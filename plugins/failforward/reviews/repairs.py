"""Exact rewrites of front matter that change no meaning; none where one cannot be sure of that."""

from __future__ import annotations

import re

from failforward.front_matter import Scalar, Sequence, Value, read_yaml
from failforward.model.finding import Fix
from failforward.text.source import Source, Span

# An anchor, an alias or a tag: then a value may stand in several places, or be more than its text.
_INDIRECT = re.compile(r"(?:^|[:\[,{?-])\s*[&*!]", re.MULTILINE)


def renamed(source: Source, within: Span, key: Scalar, name: str) -> Fix | None:
    """Give a field its own name in the place of another word for it; `within` is all of the front matter."""
    if _INDIRECT.search(source.slice(within)) or source.slice(key.span).strip("\"'") != key.text:
        return None
    return Fix(key.span, name)


def listed(source: Source, within: Span, value: Value) -> Fix | None:
    """Put brackets around a value that stands for a list of one; None where YAML would read it otherwise."""
    text = source.slice(value.span).rstrip()
    if not isinstance(value, Scalar) or "\n" in text or _INDIRECT.search(source.slice(within)):
        return None
    read, problems = read_yaml(f"x: [{text}]\n")
    items = read.get("x") if read and not problems else None
    if not isinstance(items, Sequence) or len(items.items) != 1:
        return None
    (item,) = items.items
    same = isinstance(item, Scalar) and (item.text, item.plain) == (value.text, value.plain)
    return Fix(Span(value.span.start, value.span.start + len(text)), f"[{text}]") if same else None
