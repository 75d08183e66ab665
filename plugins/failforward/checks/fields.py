"""Are the fields of the front matter there, and from the vocabulary?"""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from failforward.checks.kind import Scope, kind_of_tests
from failforward.model.depth import depth_of
from failforward.model.fields import REVIEW
from failforward.model.finding import Hit
from failforward.model.review import NotApplicable, Review
from failforward.model.rule import Rule

_DOCS = {field.name: field.doc for field in REVIEW}
_TIMES = ("started", "detected", "mitigated", "resolved", "debrief", "check_in")


def required(rule: Rule, review: Review, scope: Scope) -> Iterator[Hit]:
    """Point out each of the rule's `fields` that is not written; `forms` and `kinds` narrow which reviews are asked."""
    if not review.readable or not _asked(rule, review, scope):
        return
    for name in rule.words("fields"):
        written = review.given(name) or (not review.given(name) and _unusable(review, name))
        if not written:
            yield Hit(review.where("status"), {"field": name, "doc": _lowered(_DOCS[name])})


def severity(rule: Rule, review: Review, scope: Scope) -> Iterator[Hit]:
    """Point out a severity that is not in the playbook's vocabulary."""
    words = scope.playbook.settings.severities
    if isinstance(review.severity, str) and review.severity and review.severity not in words:
        close = difflib.get_close_matches(review.severity.casefold(), words, 1, 0.6)
        instead = f"Write {close[0]}." if close else f"Write one of {', '.join(words)}."
        yield Hit(review.where("severity"), {"severity": review.severity}, instead=instead)


def reasons(rule: Rule, review: Review, scope: Scope) -> Iterator[Hit]:
    """Point out each bare `n/a`; the times of a near miss need no reason."""
    for name in _DOCS:
        value = getattr(review, name)
        if isinstance(value, NotApplicable) and not value.reason and not (review.kind == "near-miss" and name in _TIMES):
            yield Hit(review.where(name), {"field": name})
    for index, experiment in enumerate(review.experiments):
        for name in ("owner", "due", "verified"):
            value = getattr(experiment, name)
            if isinstance(value, NotApplicable) and not value.reason:
                yield Hit(review.where("experiments", index, name), {"field": name})


def _asked(rule: Rule, review: Review, scope: Scope) -> bool:
    forms = rule.words("forms")
    if forms and depth_of(review, scope.playbook.settings) not in forms:
        return False
    return review.kind not in rule.words("not_kinds")


def _unusable(review: Review, name: str) -> bool:
    """Tell whether the field stands there with a value that another rule already points out."""
    where = review.key_spans.get((name,))
    return where is not None and any(where.start < problem.span.start < where.end + 40 for problem in review.problems)


def _lowered(doc: str) -> str:
    return doc[:1].lower() + doc[1:]


KIND = kind_of_tests({"required": required, "severity": severity, "reasons": reasons}, "fields", "forms", "not_kinds")
