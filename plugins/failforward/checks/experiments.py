"""Is each experiment a promise that can be kept and checked?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from failforward.checks.kind import Scope, kind_of_tests
from failforward.checks.lessons import returned
from failforward.model.fields import EXPERIMENT
from failforward.model.finding import Hit, Severity
from failforward.model.moment import Moment
from failforward.model.review import Experiment, Review, Verdict
from failforward.model.rule import Rule

# The verdicts that a status is too early for: of work that goes on, a part may have stuck.
RIPE_WHEN_DONE = {"planned": ("stuck", "partly", "did-not-stick"), "in-progress": ("stuck", "did-not-stick")}
_TOO_SOON = "Look again some weeks after the debrief, or correct the date."
_AGAIN = "Look again, and write what is found now; too-early is a verdict."
_DATES = "Correct one of the two dates."
_DOCS = {field.name: field.doc for field in EXPERIMENT}


def complete(rule: Rule, review: Review, scope: Scope) -> Iterator[Hit]:
    """Point out each of the rule's `fields` that an experiment does not have."""
    for index, experiment in enumerate(review.experiments):
        path = ("experiments", index)
        lacking = [name for name in rule.words("fields") if not review.given(*path, name)]
        if lacking and experiment.status != "dropped":
            docs = "; ".join(f"{name}: {_DOCS[name][:1].lower()}{_DOCS[name][1:]}" for name in lacking)
            values = {"experiment": _name(experiment, index), "fields": ", ".join(lacking), "docs": docs}
            yield Hit(review.where(*path, "id"), values)


def count(rule: Rule, review: Review, scope: Scope) -> Iterator[Hit]:
    """Question more experiments than a sprint can hold."""
    most = scope.playbook.settings.max_experiments
    if len(review.experiments) > most:
        values = {"count": str(len(review.experiments)), "most": str(most)}
        yield Hit(review.where("experiments", most, "id"), values)


def aimed(rule: Rule, review: Review, scope: Scope) -> Iterator[Hit]:
    """Point out an experiment against something that is no cause of this review."""
    for index, experiment in enumerate(review.experiments):
        if experiment.cause and experiment.cause not in review.cause_ids:
            known, several = ", ".join(review.cause_ids), len(review.cause_ids) > 1
            instead = f"Write {'one of ' * several}{known}, or add the cause." if known else "Add the cause to causes:."
            yield Hit(review.where("experiments", index, "cause"), {"cause": experiment.cause}, instead=instead)


def unique(rule: Rule, review: Review, scope: Scope) -> Iterator[Hit]:
    """Point out an experiment whose id another one of this review has."""
    seen: set[str] = set()
    for index, experiment in enumerate(review.experiments):
        if experiment.id and experiment.id in seen:
            yield Hit(review.where("experiments", index, "id"), {"id": experiment.id})
        seen.add(experiment.id)


def finished(rule: Rule, review: Review, scope: Scope) -> Iterator[Hit]:
    """Point out, in a closed review, an experiment that is neither done nor dropped."""
    for index, experiment in enumerate(review.experiments):
        if review.status == "closed" and experiment.status in ("planned", "in-progress"):
            values = {"experiment": _name(experiment, index), "status": experiment.status}
            yield Hit(review.where("experiments", index, "status"), values)


def verified(rule: Rule, review: Review, scope: Scope) -> Iterator[Hit]:
    """Point out a done experiment without a verdict of then: the review is closed, or the time to look has passed."""
    clocks = scope.playbook.settings.clocks
    for index, experiment in enumerate(review.experiments):
        found, path = experiment.verified, ("experiments", index)
        if experiment.status != "done" or not (found is None or experiment.outdated):
            continue
        limit = clocks.look_limit(experiment)
        overdue = limit is not None and limit.date() < scope.today
        if not (review.status == "closed" or overdue):
            continue
        values = {"experiment": _name(experiment, index)}
        if isinstance(found, Verdict):
            values |= {"on": str(found.on), "finished": str(experiment.finished)}
            message = "The verdict on {experiment} is of {on}, before its work was finished ({finished})"
            yield Hit(review.where(*path, "verified", "on"), values, message, _AGAIN)
        else:
            yield Hit(review.where(*path, "status"), values)


def verdict(rule: Rule, review: Review, scope: Scope) -> Iterator[Hit]:
    """Point out a verdict without a date, a word or evidence."""
    for index, experiment in enumerate(review.experiments):
        found = experiment.verified
        if isinstance(found, Verdict):
            path = ("experiments", index, "verified")
            lacking = [name for name in ("on", "verdict", "evidence") if not review.given(*path, name)]
            if lacking:
                yield Hit(review.where(*path), {"fields": ", ".join(lacking), "experiment": _name(experiment, index)})


def ripe(rule: Rule, review: Review, scope: Scope) -> Iterator[Hit]:
    """Point out a verdict on work that is not done, of a day before failure or debrief, or of one still to come."""
    began = _began(review)
    for index, experiment in enumerate(review.experiments):
        found, path = experiment.verified, ("experiments", index, "verified")
        if not isinstance(found, Verdict):
            continue
        values = {"experiment": _name(experiment, index), "status": experiment.status.replace("-", " ")}
        if found.verdict in RIPE_WHEN_DONE.get(experiment.status, ()):
            yield Hit(review.where(*path, "verdict"), values)
        if not isinstance(found.on, Moment):
            continue
        milder: Severity | None = None
        if began and found.on.surely_before(began):
            what, instead = "before the failure ({began})", "Correct the date."
        elif found.on.day > scope.today + timedelta(days=1):
            what, instead = "which has not come yet", "Look on that day, and write it then."
        elif isinstance(review.debrief, Moment) and found.on.surely_before(review.debrief):
            what, instead, milder = "before the debrief ({debrief})", _TOO_SOON, "advice"
        else:
            continue
        values |= {"on": str(found.on), "began": str(began), "debrief": str(review.debrief)}
        message = "The verdict on {experiment} is of {on}, " + what
        yield Hit(review.where(*path, "on"), values, message, instead, milder)


def dated(rule: Rule, review: Review, scope: Scope) -> Iterator[Hit]:
    """Point out an experiment that was due, or to be verified, before the failure it follows from."""
    began = _began(review)
    verdict_day = "The verdict on {experiment} was promised by {due}, before the failure ({began})"
    for index, experiment in enumerate(review.experiments):
        for field, day, message in (("due", experiment.due, ""), ("verify_by", experiment.verify_by, verdict_day)):
            if began and isinstance(day, Moment) and day.surely_before(began):
                values = {"experiment": _name(experiment, index), "due": str(day), "began": str(began)}
                yield Hit(review.where("experiments", index, field), values, message)


def awaited(rule: Rule, review: Review, scope: Scope) -> Iterator[Hit]:
    """Point out a verdict that is promised before its change is due; work that ended early may be looked at early."""
    began = _began(review)
    for index, experiment in enumerate(review.experiments):
        due, by = experiment.due, experiment.verify_by
        if experiment.status in ("done", "dropped") or not isinstance(due, Moment) or not isinstance(by, Moment):
            continue
        if by.surely_before(due) and not (began and by.surely_before(began)):
            values = {"experiment": _name(experiment, index), "by": str(by), "due": str(due)}
            yield Hit(review.where("experiments", index, "verify_by"), values)


def ended(rule: Rule, review: Review, scope: Scope) -> Iterator[Hit]:
    """Point out a day of finished work that cannot be: of work that goes on, before the failure, after its verdict."""
    began = _began(review)
    for index, experiment in enumerate(review.experiments):
        day, found = experiment.finished, experiment.verified
        if not isinstance(day, Moment):
            continue
        on = found.on if isinstance(found, Verdict) and experiment.judged not in ("", "partly") else None
        message, instead = "", ""
        if experiment.status in ("planned", "in-progress"):
            pass
        elif began and day.surely_before(began):
            message, instead = "{experiment} was finished on {finished}, before the failure ({began})", _DATES
        elif day.day > scope.today + timedelta(days=1):
            message, instead = (
                "{experiment} was finished on {finished}, which has not come yet",
                "Write it on that day.",
            )
        elif isinstance(on, Moment) and on.surely_before(day):
            message, instead = "{experiment} was finished on {finished}, after its verdict ({on})", _DATES
        else:
            continue
        values = {"experiment": _name(experiment, index), "finished": str(day), "began": str(began), "on": str(on)}
        values["status"] = experiment.status.replace("-", " ")
        yield Hit(review.where("experiments", index, "finished"), values, message, instead)


def dropped(rule: Rule, review: Review, scope: Scope) -> Iterator[Hit]:
    """Point out a change that was dropped without a reason, and of which no verdict tells why."""
    for index, experiment in enumerate(review.experiments):
        if experiment.status == "dropped" and not experiment.because.strip() and not experiment.judged:
            yield Hit(review.where("experiments", index, "status"), {"experiment": _name(experiment, index)})


def _began(review: Review) -> Moment | None:
    """Give when the failure began or was noticed; nothing that it led to lies before that."""
    return next((when for when in (review.started, review.detected) if isinstance(when, Moment)), None)


def _name(experiment: Experiment, index: int) -> str:
    return experiment.id or f"number {index + 1}"


KIND = kind_of_tests(
    {
        "complete": complete, "count": count, "aimed": aimed, "unique": unique, "finished": finished,
        "verified": verified, "verdict": verdict, "returned": returned, "ripe": ripe,
        "dated": dated, "awaited": awaited, "ended": ended, "dropped": dropped,
    },
    "fields", fields=tuple(_DOCS),
)  # fmt: skip
