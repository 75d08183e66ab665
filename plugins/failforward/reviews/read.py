"""From a source to a review. Nothing in a text makes this raise: what cannot be read becomes a problem."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

from failforward import front_matter
from failforward.model.fields import REVIEW
from failforward.model.moment import Moment
from failforward.model.review import Review
from failforward.reviews.body import read_body
from failforward.reviews.fields import FieldReader
from failforward.text.source import Source


def read_review(source: Source, path: str = "") -> Review:
    """Read a review; `path` is its path in the playbook, by default the source's own."""
    path = path or source.path
    front = front_matter.read(source)
    reader = FieldReader(source)
    values: dict[str, Any] = reader.record(REVIEW, front.values) if front.values is not None else {}
    anchors = (values.get(name) for name in ("started", "detected", "resolved"))
    anchor = next((anchor for anchor in anchors if isinstance(anchor, Moment)), None)
    twice = any(each.kind == "duplicate-field" and source.slice(each.span) == "private" for each in front.problems)
    values["private"] = values.get("private", False) or reader.hidden or twice
    return Review(
        id=PurePosixPath(path).stem,
        path=path,
        source=source,
        body=read_body(source, front.body_start, anchor),
        problems=(*front.problems, *reader.problems),
        spans=reader.spans,
        key_spans=reader.key_spans,
        **values,
    )
