"""Did a lesson hold? A change that did not stick, or a cause that comes back after one that had, asks for a new one.

The index tells the same of causes that come back; it stands above the checks, so that they cannot ask it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from failforward.checks.kind import Scope
from failforward.model.finding import Hit
from failforward.model.moment import Moment
from failforward.model.playbook import Playbook
from failforward.model.review import Experiment, Review, Verdict
from failforward.model.rule import Rule


def returned(rule: Rule, review: Review, scope: Scope) -> Iterator[Hit]:
    """Point out a cause that outlived a change against it, and against which nothing new is tried."""
    for index, experiment in enumerate(review.experiments):
        failed = experiment.cause and _verdict(experiment) == "did-not-stick"
        if failed and not _tried_anew(review, experiment, scope.playbook):
            values = {"experiment": experiment.id or f"number {index + 1}", "cause": experiment.cause}
            yield Hit(review.where("experiments", index, "verified", "verdict"), values)
    for index, contribution in enumerate(review.causes):
        cause = contribution.cause
        if not cause or _tried(review, cause) or _accepted(review, cause):
            continue
        earlier = _held_before(review, cause, scope.playbook)
        if earlier:
            message = "“{cause}” came back after {experiment} in {review} had been found to have stuck"
            values = {"cause": cause, "experiment": earlier[1].id or "a change", "review": earlier[0].id}
            yield Hit(review.where("causes", index, "cause"), values, message)


def _verdict(experiment: Experiment) -> str:
    return experiment.verified.verdict if isinstance(experiment.verified, Verdict) else ""


def _verdict_day(experiment: Experiment) -> date | None:
    on = experiment.verified.on if isinstance(experiment.verified, Verdict) else None
    return on.day if isinstance(on, Moment) else None


def _is_alive(experiment: Experiment) -> bool:
    return experiment.status != "dropped" and _verdict(experiment) != "did-not-stick"


def _tried(review: Review, cause: str) -> bool:
    """Tell whether a review tries something against a cause, whatever became of it."""
    return any(each.cause == cause and (_is_alive(each) or _verdict(each)) for each in review.experiments)


def _accepted(review: Review, cause: str) -> bool:
    return any(each.cause == cause for each in review.accepted)


def _tried_anew(review: Review, failed: Experiment, playbook: Playbook) -> bool:
    """Tell whether something else is tried against a cause, here or later in the same place, or it is accepted."""
    here = (each for each in review.experiments if each.cause == failed.cause)
    if _accepted(review, failed.cause) or any(map(_is_alive, here)):
        return True
    day = _verdict_day(failed) or review.day
    later = (each for place in review.places for each in playbook.tried.get((failed.cause, place), ()))
    return any(
        other is not review and _is_alive(each) and day is not None and other.day is not None and other.day >= day
        for other, each in later
    )


def _held_before(review: Review, cause: str, playbook: Playbook) -> tuple[Review, Experiment] | None:
    """Give the last change of the same place that had been found to have stuck before this failure."""
    if review.day is None:
        return None
    found = [
        (day, other.path, other, each)
        for place in review.places
        for other, each in playbook.tried.get((cause, place), ())
        if other.path != review.path and _verdict(each) == "stuck" and (day := _verdict_day(each)) and day < review.day
    ]
    if not found:
        return None
    _, _, other, each = max(found, key=lambda entry: entry[:2])
    return other, each
