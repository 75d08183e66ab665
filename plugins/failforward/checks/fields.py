"""Are the fields of the front matter there, and from the vocabulary?"""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from failforward.checks.kind import Scope, kind_of_tests
from failforward.model.depth import depth_of
from failforward.model.fields import KINDS, REVIEW
from failforward.model.finding import Hit
from failforward.model.review import NotApplicable, People, Review
from failforward.model.rule import Rule
from failforward.model.spelling import named

_DOCS = {field.name: field.doc for field in REVIEW}
_MAY_NOT_APPLY = tuple(field.name for field in REVIEW if field.na)
# What a field that is not written asks for: a reason only where the field may hold one.
_ANSWERS = {
    field.name: f"Write {field.name}:, or {field.name}: n/a because … with the reason." if field.na
    else f"Write {field.name}: [one, two]." if field.form in ("words", "texts") else f"Write {field.name}:."
    for field in REVIEW
}  # fmt: skip
_TIMES = ("started", "detected", "mitigated", "resolved", "debrief", "check_in")


def required(rule: Rule, review: Review, scope: Scope) -> Iterator[Hit]:
    """Point out each of the rule's `fields` that is not written.

    `forms`, `not_kinds` and `only_severities` narrow which reviews are asked.
    """
    if not review.readable or not _asked(rule, review, scope):
        return
    for name in rule.words("fields"):
        if not review.given(name) and not _unusable(review, name):
            yield Hit(review.where("status"), {"field": name, "doc": _lowered(_DOCS[name]), "answer": _ANSWERS[name]})


def severity(rule: Rule, review: Review, scope: Scope) -> Iterator[Hit]:
    """Point out a severity that is not in the playbook's vocabulary."""
    words = scope.playbook.settings.severities
    if isinstance(review.severity, str) and review.severity and review.severity not in words:
        close = difflib.get_close_matches(review.severity.casefold(), words, 1, 0.6)
        instead = f"Write {close[0]}." if close else f"Write one of {', '.join(words)}."
        yield Hit(review.where("severity"), {"severity": review.severity}, instead=instead)


def reasons(rule: Rule, review: Review, scope: Scope) -> Iterator[Hit]:
    """Point out each bare `n/a`; the times of a near miss need no reason."""
    for name in _MAY_NOT_APPLY:
        value = getattr(review, name)
        excused = review.kind == "near-miss" and name in _TIMES
        if isinstance(value, NotApplicable) and not value.reason and not excused:
            yield Hit(review.where(name), {"field": name})
    for index, experiment in enumerate(review.experiments):
        for name in ("owner", "due", "verify_by", "verified"):
            value = getattr(experiment, name)
            if isinstance(value, NotApplicable) and not value.reason:
                yield Hit(review.where("experiments", index, name), {"field": name})
    for index, contribution in enumerate(review.causes):
        if isinstance(contribution.since, NotApplicable) and not contribution.since.reason:
            yield Hit(review.where("causes", index, "since"), {"field": "since"})
    facilitator = review.people.facilitator if isinstance(review.people, People) else ""
    if isinstance(facilitator, NotApplicable) and not facilitator.reason:
        yield Hit(review.where("people", "facilitator"), {"field": "facilitator"})


def spelling(rule: Rule, review: Review, scope: Scope) -> Iterator[Hit]:
    """Point out a service, team or tag that the playbook usually spells with other capital letters."""
    for sort, path, word in named(review):
        usual = scope.playbook.spellings[sort].get(word.casefold(), word)
        if usual != word:
            yield Hit(review.where(*path), {"sort": sort, "word": word, "usual": usual})


def _asked(rule: Rule, review: Review, scope: Scope) -> bool:
    forms = rule.words("forms")
    if forms and depth_of(review, scope.playbook.settings) not in forms:
        return False
    severities = rule.words("only_severities")
    return review.kind not in rule.words("not_kinds") and (not severities or review.severity in severities)


def _unusable(review: Review, name: str) -> bool:
    """Tell whether the field stands there with a value that another rule already points out."""
    where = review.key_spans.get((name,))
    if where is None:
        return False
    following = (span.start for path, span in review.key_spans.items() if len(path) == 1 and span.start > where.start)
    end = min(following, default=len(review.source.text))
    return any(problem.kind == "wrong-form" and where.start < problem.span.start < end for problem in review.problems)


def _lowered(doc: str) -> str:
    return doc[:1].lower() + doc[1:]


KIND = kind_of_tests(
    {"required": required, "severity": severity, "reasons": reasons, "spelling": spelling},
    "fields", "forms", "not_kinds", "only_severities",
    fields=tuple(_DOCS), forms=("light", "full"), not_kinds=KINDS,
)  # fmt: skip
