"""Does the timeline tell facts in order, each with its time?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from failforward.checks.kind import Scope, kind_of_tests
from failforward.model.finding import Hit
from failforward.model.review import Review
from failforward.model.rule import Rule
from failforward.model.sections import section_id

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_NOT_APPLICABLE = re.compile(r"[\W_]*(?:n/a|not applicable)\b", re.IGNORECASE)


def rows(rule: Rule, review: Review, scope: Scope) -> Iterator[Hit]:
    """Point out a timeline that says something and in which no row with a time could be read."""
    if any(row.time_text for row in review.body.timeline):
        return
    for section in review.body.sections:
        if section_id(section) == "timeline":
            said = _COMMENT.sub("", review.source.text[section.title_span.end : section.span.end]).strip()
            if said and not _NOT_APPLICABLE.match(said):
                yield Hit(section.title_span)
            return


def order(rule: Rule, review: Review, scope: Scope) -> Iterator[Hit]:
    """Point out a row whose time lies before the row above it."""
    last = None
    for row in review.body.timeline:
        if row.when is None:
            continue
        if last is not None and row.when.surely_before(last):
            yield Hit(row.span, {"time": row.time_text, "above": str(last)})
        last = row.when


def timed(rule: Rule, review: Review, scope: Scope) -> Iterator[Hit]:
    """Point out a row without a time among rows that have one."""
    if any(row.time_text for row in review.body.timeline):
        for row in review.body.timeline:
            if not row.time_text:
                yield Hit(row.span)


KIND = kind_of_tests({"rows": rows, "order": order, "timed": timed})
