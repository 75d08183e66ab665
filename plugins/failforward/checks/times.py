"""Do the times of a review follow each other, and is the debrief in time?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from failforward.checks.kind import Scope, kind_of_tests
from failforward.model.finding import Hit
from failforward.model.moment import Moment
from failforward.model.review import Review
from failforward.model.rule import Rule

# What each time cannot lie before: the first of these that is given. A failure that ended by itself is detected after
# its end, and a debrief is often held before the last repair, so neither of these is asked for.
_AFTER = {
    "detected": ("started",),
    "mitigated": ("started",),
    "resolved": ("mitigated", "started"),
    "debrief": ("detected", "started"),
    "check_in": ("debrief",),
}
_FAILURE = ("started", "detected", "mitigated", "resolved")


def order(rule: Rule, review: Review, scope: Scope) -> Iterator[Hit]:
    """Point out a time that lies before the one it follows."""
    names = (*_FAILURE, "debrief", "check_in")
    given = {name: when for name in names if isinstance(when := getattr(review, name), Moment)}
    for name, befores in _AFTER.items():
        before = next((before for before in befores if before in given), "")
        if before and name in given and given[name].surely_before(given[before]):
            values = {"field": name, "time": str(given[name]), "before": before, "earlier": str(given[before])}
            yield Hit(review.where(name), values)


def future(rule: Rule, review: Review, scope: Scope) -> Iterator[Hit]:
    """Point out a time of the failure that has not come yet."""
    for name in _FAILURE:
        when = getattr(review, name)
        if isinstance(when, Moment) and when.day > scope.today + timedelta(days=1):
            yield Hit(review.where(name), {"field": name, "time": str(when), "today": scope.today.isoformat()})


def debrief(rule: Rule, review: Review, scope: Scope) -> Iterator[Hit]:
    """Point out a debrief that took place later than the playbook promises."""
    ended, held = review.ended, review.debrief
    if ended is None or not isinstance(held, Moment):
        return
    clocks = scope.playbook.settings.clocks
    deed = clocks.calendar.instant(held, ended)
    if deed > clocks.debrief_limit(ended, held):
        allowed = f"{clocks.debrief_hours}{' of working days' if clocks.calendar.working_days else ''}"
        hours = round((deed - clocks.calendar.latest(ended, held)).total_seconds() / 3600)
        yield Hit(review.where("debrief"), {"hours": str(hours), "allowed": allowed})


KIND = kind_of_tests({"order": order, "future": future, "debrief": debrief})
