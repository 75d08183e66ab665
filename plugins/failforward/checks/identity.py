"""Has each review a name of its own that can be an address?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from failforward.checks.kind import Scope, kind_of_tests
from failforward.model.finding import Hit
from failforward.model.review import Review
from failforward.model.rule import Rule
from failforward.text.source import Span

_NAME = re.compile(r"[a-z0-9][a-z0-9.]*(?:-[a-z0-9.]+)*")


def unique(rule: Rule, review: Review, scope: Scope) -> Iterator[Hit]:
    """Point out a review whose id another one, read before it, has."""
    first = scope.playbook.review_by_id.get(review.id)
    if first is not None and first is not review and first.path != review.path:
        yield Hit(Span(0, min(3, len(review.source.text))), {"id": review.id, "other": first.path})


def name(rule: Rule, review: Review, scope: Scope) -> Iterator[Hit]:
    """Point out a file name that makes a poor address."""
    if not _NAME.fullmatch(review.id) and review.path != "-":
        better = "-".join(re.findall(r"[a-z0-9.]+", review.id.casefold())) or "2026-01-31-a-name"
        yield Hit(Span(0, min(3, len(review.source.text))), {"id": review.id, "better": better})


KIND = kind_of_tests({"unique": unique, "name": name})
