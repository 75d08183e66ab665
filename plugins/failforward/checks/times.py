"""Do the times of a review follow each other, and is the debrief in time?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise

from failforward.checks.kind import Scope, kind_of_tests
from failforward.model.finding import Hit
from failforward.model.moment import Moment
from failforward.model.review import Review
from failforward.model.rule import Rule

_CHAIN = ("started", "detected", "mitigated", "resolved", "debrief", "check_in")


def order(rule: Rule, review: Review, scope: Scope) -> Iterator[Hit]:
    """Point out a time that lies before the one it follows."""
    given = [(name, when) for name in _CHAIN if isinstance(when := getattr(review, name), Moment)]
    for (before, earlier), (name, when) in pairwise(given):
        if when.surely_before(earlier):
            yield Hit(review.where(name), {"field": name, "time": str(when), "before": before, "earlier": str(earlier)})


def future(rule: Rule, review: Review, scope: Scope) -> Iterator[Hit]:
    """Point out a time of the failure that has not come yet."""
    for name in _CHAIN[:4]:
        when = getattr(review, name)
        if isinstance(when, Moment) and when.day > scope.today + timedelta(days=1):
            yield Hit(review.where(name), {"field": name, "time": str(when), "today": scope.today.isoformat()})


def debrief(rule: Rule, review: Review, scope: Scope) -> Iterator[Hit]:
    """Point out a debrief that took place later than the playbook promises."""
    ended, held = review.ended, review.debrief
    if ended is None or not isinstance(held, Moment):
        return
    allowed = timedelta(hours=scope.playbook.settings.clocks.debrief_hours)
    late = held.at - ended.latest
    if late > allowed:
        hours = round(late.total_seconds() / 3600)
        yield Hit(review.where("debrief"), {"hours": str(hours), "allowed": str(round(allowed.total_seconds() / 3600))})


KIND = kind_of_tests({"order": order, "future": future, "debrief": debrief})
