"""Is each risk that a review names in the register, and is the register itself up to date?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from failforward.checks.kind import Scope, kind_of_tests
from failforward.checks.nearest import nearest
from failforward.model.finding import Hit, Problem
from failforward.model.playbook import Playbook
from failforward.model.review import FieldPath, Review
from failforward.model.rule import Rule

FILE = "risks.yml"


def known(rule: Rule, review: Review, scope: Scope) -> Iterator[Hit]:
    """Point out a risk that is no entry of the register."""
    risks = scope.playbook.risk_by_id
    for path, name in _named(review):
        if not name or name in risks:
            continue
        close = nearest(name, risks, 0.6)
        instead = f"Write {close}, or add an entry to {FILE}." if close else f"Add an entry with id: {name} to {FILE}."
        if name.casefold() in ("none", "no", "nothing"):
            instead = "Write risks: n/a because … with the reason."
        yield Hit(review.where(*path), {"risk": name}, instead=instead)


def _named(review: Review) -> Iterator[tuple[FieldPath, str]]:
    if isinstance(review.risks, tuple):
        yield from ((("risks", place), name) for place, name in enumerate(review.risks))
    yield from ((("accepted", place, "risk"), entry.risk) for place, entry in enumerate(review.accepted))
    yield from ((("experiments", place, "risk"), entry.risk) for place, entry in enumerate(review.experiments))


def of_register(playbook: Playbook, today: date) -> Iterator[Problem]:
    """Give what is to be said of the register by the day and the vocabulary: risks to look at again, unknown causes."""
    for risk in playbook.register.risks if playbook.register else ():
        if risk.last_day is not None and risk.last_day < today:
            what = f"“{risk.id}” was to be looked at again by {risk.review_by}"
            instead = "Look at it with its owner, and write the next day, or status: closed with because:."
            yield Problem("risk-past-its-day", risk.review_span, what, instead)
        for name, span in zip(risk.causes, risk.cause_spans, strict=True):
            if name not in playbook.cause_by_id:
                close = nearest(name, playbook.cause_by_id, 0.6)
                what = f"“{name}” under “{risk.id}” is no cause of the playbook’s vocabulary"
                instead = f"Write {close}." if close else "Name files in causes/ without .md."
                yield Problem("unusable-risk", span, what, instead)


KIND = kind_of_tests({"known": known})
