"""Are the causes from the vocabulary, explained, and each tied to a change or accepted with a reason?"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from datetime import timedelta

from failforward.checks.kind import Scope, kind_of_tests
from failforward.model.depth import depth_of
from failforward.model.finding import Hit
from failforward.model.moment import Moment
from failforward.model.review import Review
from failforward.model.rule import Rule

_HUMAN = re.compile(
    r"(?:human|operator|user|pilot|engineer|developer|admin|staff|people|manual|personal|individual)s?[-_ ]?"
    r"(?:error|mistake|failure|fault|factor)s?"
    r"|(?:mistake|carelessness|negligence|incompetence|inattention|fat[-_ ]?finger\w*)",
    re.IGNORECASE,
)


def some(rule: Rule, review: Review, scope: Scope) -> Iterator[Hit]:
    """Point out a review that names no cause."""
    if review.readable and not review.cause_ids:
        yield Hit(review.where("causes") if review.given("causes") else review.where("status"))


def known(rule: Rule, review: Review, scope: Scope) -> Iterator[Hit]:
    """Point out a cause that is no entry of the vocabulary."""
    vocabulary = scope.playbook.cause_by_id
    for index, contribution in enumerate(review.causes):
        name = contribution.cause
        if not name or name in vocabulary or _HUMAN.fullmatch(name):
            continue
        close = difflib.get_close_matches(name, vocabulary, 1, 0.6)
        file = f"causes/{_file(name)}.md"
        instead = f"Write {close[0]}, or add {file}." if close else f"Add {file}, or choose another."
        yield Hit(review.where("causes", index, "cause"), {"cause": name}, instead=instead)


def single(rule: Rule, review: Review, scope: Scope) -> Iterator[Hit]:
    """Question a full review that names only one cause."""
    if len(review.causes) == 1 and depth_of(review, scope.playbook.settings) == "full":
        yield Hit(review.where("causes", 0, "cause"), {"cause": review.causes[0].cause})


def human(rule: Rule, review: Review, scope: Scope) -> Iterator[Hit]:
    """Refuse human error, under any of its names, as a cause."""
    for index, contribution in enumerate(review.causes):
        if _HUMAN.fullmatch(contribution.cause):
            yield Hit(review.where("causes", index, "cause"), {"cause": contribution.cause})


def explained(rule: Rule, review: Review, scope: Scope) -> Iterator[Hit]:
    """Point out a cause without a sentence on how it contributed."""
    for index, contribution in enumerate(review.causes):
        if not contribution.how and contribution.cause:
            yield Hit(review.where("causes", index, "cause"), {"cause": contribution.cause})


def tied(rule: Rule, review: Review, scope: Scope) -> Iterator[Hit]:
    """Point out a cause with neither an experiment nor an acceptance; one that was dropped untried changes nothing."""
    answered = {entry.cause for entry in review.experiments if entry.status != "dropped" or entry.verified}
    answered |= {entry.cause for entry in review.accepted}
    for index, contribution in enumerate(review.causes):
        if contribution.cause and contribution.cause not in answered:
            yield Hit(review.where("causes", index, "cause"), {"cause": contribution.cause})


def since(rule: Rule, review: Review, scope: Scope) -> Iterator[Hit]:
    """Point out a cause that came up only when the failure was over, or was debriefed already, or is still to come."""
    ends = [when for when in (review.mitigated, review.resolved) if isinstance(when, Moment)]
    tomorrow = Moment.of_day(scope.today + timedelta(days=1))
    last, message = tomorrow, "“{cause}” has lain there since {since}, which has not come yet"
    if ends:
        last, message = max(ends, key=lambda when: when.latest), ""
    elif isinstance(review.debrief, Moment):
        last, message = review.debrief, "“{cause}” has lain there since {since}, after the debrief ({last})"
    for index, contribution in enumerate(review.causes):
        when = contribution.since
        if isinstance(when, Moment) and last.surely_before(when):
            values = {"cause": contribution.cause, "since": str(when), "last": str(last)}
            yield Hit(review.where("causes", index, "since"), values, message)


def repeated(rule: Rule, review: Review, scope: Scope) -> Iterator[Hit]:
    """Point out a cause that stands in the list twice."""
    seen: set[str] = set()
    for index, contribution in enumerate(review.causes):
        if contribution.cause in seen:
            yield Hit(review.where("causes", index, "cause"), {"cause": contribution.cause})
        seen.add(contribution.cause)


def together(rule: Rule, review: Review, scope: Scope) -> Iterator[Hit]:
    """Point out a `with` that names no other cause of this review."""
    for index, contribution in enumerate(review.causes):
        others = [name for name in review.cause_ids if name != contribution.cause]
        for place, name in enumerate(contribution.with_):
            if name not in others:
                instead = f"Write some of {', '.join(others)}." if others else "Name the other cause first."
                yield Hit(review.where("causes", index, "with", place), {"cause": name}, instead=instead)


def accepted(rule: Rule, review: Review, scope: Scope) -> Iterator[Hit]:
    """Point out an acceptance without a reason, or of something that is no cause of this review."""
    for index, entry in enumerate(review.accepted):
        if entry.cause not in review.cause_ids:
            message = "“{cause}” is accepted and is no cause of this review"
            instead = f"Name one of {', '.join(review.cause_ids) or 'its causes'}."
            yield Hit(review.where("accepted", index, "cause"), {"cause": entry.cause}, message, instead)
        elif not entry.because:
            yield Hit(review.where("accepted", index, "cause"), {"cause": entry.cause})


def _file(name: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", name.casefold())) or "a-name"


KIND = kind_of_tests(
    {
        "some": some, "known": known, "single": single, "human": human, "explained": explained, "tied": tied,
        "since": since, "repeated": repeated, "together": together, "accepted": accepted,
    }
)  # fmt: skip
