"""The page of a review: a summary on top, then its own text with the pictures made from its data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise

from markupsafe import Markup

from failforward.index import Recurrence
from failforward.model.moment import Moment
from failforward.model.review import Mood, NotApplicable, People, Review
from failforward.model.sections import section_id
from failforward.pages.figure import answers_of, links_of
from failforward.pages.page import Page
from failforward.pages.site import Here, Site
from failforward.pages.story import Part, parts_of
from failforward.pages.words import label, length_text

_TIMES = ("started", "detected", "mitigated", "resolved")
_MAY_NOT_APPLY = ("severity", *_TIMES, "debrief", "check_in", "detected_by", "trigger", "people", "mood", "risks")


@dataclass(frozen=True, slots=True)
class Fact:
    """A time of the review, with how long after the start it came."""

    name: str
    when: Moment
    after: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the time from start to end; `share` is its part of the whole in percent, at least four."""

    name: str
    length: str
    share: int


def pages(site: Site) -> Iterator[Page]:
    """Make a page for each review."""
    return (page(site, review) for review in site.index.reviews)


def page(site: Site, review: Review) -> Page:
    """Make the page of one review."""
    here = Here(site, review.path)
    index = site.index
    answers = answers_of(review, index.trials_by_review.get(review.path, ()))
    parts = parts_of(here, review)
    clocks = site.clocks[review.path]
    returns = index.returns.get(review.path, ())
    values = {
        "review": review,
        "year": f"{review.day.year:04}" if review.day else "undated",
        "severity": review.severity if isinstance(review.severity, str) else "",
        "facts": tuple(_facts(review)),
        "stretches": _stretches(review),
        "inapplicable": _inapplicable(review),
        "clocks": [clock for clock in clocks[:2] if clock.state in ("kept", "due", "missed")],
        "verification": {clock.experiment: clock for clock in clocks},
        "parts_of_body": parts,
        "figure_after": _last(parts, "in-short"),
        "changes_after": _last(parts, "differently"),
        "links": links_of(here, review, answers),
        "answers": answers,
        "loose": [each for each in review.accepted if each.cause not in review.cause_ids],
        "trigger": review.trigger if isinstance(review.trigger, str) else "",
        "people": review.people if isinstance(review.people, People) else None,
        "mood": review.mood if isinstance(review.mood, Mood) else None,
        "relations": index.relations[review.path],
        "did_not_hold": [each for each in returns if each.shared],
        "met_again": _met_again(review, returns),
        "unheeded": index.unheeded.get(review.path, ()),
        "successors": index.successors.get(review.id, ()),
        "predecessor": _predecessor(site, review),
        "evidence": _evidence(here, review),
    }
    about = {"title": review.title or review.id, "description": here.plain(in_short(review), review)[:200]}
    return site.page(review.path, "review.md.j2", values, source=review.path, **about)


def _facts(review: Review) -> Iterator[Fact]:
    """Give the times that are known, each with what passed since the start."""
    start = review.started if isinstance(review.started, Moment) else None
    for name in _TIMES:
        when = getattr(review, name)
        if not isinstance(when, Moment):
            continue
        after = _after(start, when) if start is not None and name != "started" else ""
        by = review.detected_by if name == "detected" and isinstance(review.detected_by, str) else ""
        yield Fact(label(name), when, after, f"by {_BY.get(by, by)}" if by else "")
    if isinstance(review.debrief, Moment):
        yield Fact("Debrief", review.debrief, "")


_MISSING = {
    "started": "start", "detected": "time of detection", "mitigated": "time of mitigation", "resolved": "end",
    "check_in": "check-in", "detected_by": "word on who noticed it first", "people": "list of who was in the room",
    "mood": "mood in the room", "risks": "risk that foresaw it",
}  # fmt: skip
_BY = {"monitor": "monitoring", "customer": "customers", "partner": "a partner"}


def _after(start: Moment, when: Moment) -> str:
    """Give the time between two moments where both are as precise and in order: `after 24 h 11 min`."""
    if start.precision != when.precision or when.at < start.at:
        return ""
    if when.at == start.at:
        return "within a minute" if when.precision == "minute" else f"the same {when.precision}"
    return f"after {length_text(when.at - start.at)}"


def _stretches(review: Review) -> tuple[Stretch, ...]:
    """Give the way from start to end where all its times are known to the minute and in order."""
    times = [getattr(review, name) for name in _TIMES]
    known = [(name, when) for name, when in zip(_TIMES, times, strict=True) if isinstance(when, Moment)]
    if len(known) < 3 or known[0][0] != "started" or any(when.precision != "minute" for _, when in known):
        return ()
    lengths = [(name, later.at - earlier.at) for (_, earlier), (name, later) in pairwise(known)]
    whole = sum((length for _, length in lengths), timedelta())
    if not whole or any(length < timedelta(0) for _, length in lengths):
        return ()
    return tuple(Stretch(name, length_text(length), max(4, round(100 * (length / whole)))) for name, length in lengths)


def _inapplicable(review: Review) -> dict[str, list[str]]:
    """Give reason → the fields that do not apply for it."""
    reasons: dict[str, list[str]] = {}
    for name in _MAY_NOT_APPLY:
        given = getattr(review, name)
        if isinstance(given, NotApplicable) and given.reason:
            reasons.setdefault(given.reason.rstrip(". "), []).append(_MISSING.get(name, name))
    return reasons


def _last(parts: tuple[Part, ...], name: str) -> int:
    """Give the place of the last part that belongs to a section, -1 where there is none."""
    start = next((place for place, part in enumerate(parts) if part.id == name), None)
    if start is None:
        return -1
    end = start
    while end + 1 < len(parts) and parts[end + 1].level > parts[start].level:
        end += 1
    return end


def _predecessor(site: Site, review: Review) -> Review | None:
    """Give the review that this one supersedes, where it is published."""
    found = site.playbook.review_by_id.get(review.supersedes)
    return found if found is not None and found.published and found is not review else None


def _met_again(review: Review, returns: tuple[Recurrence, ...]) -> dict[str, list[Review]]:
    """Give cause → later reviews that met it elsewhere after it had stuck here."""
    found: dict[str, list[Review]] = {}
    for each in returns:
        if not each.shared and each.trial.review is review:
            found.setdefault(each.cause, []).append(each.review)
    return found


def _evidence(here: Here, review: Review) -> list[Markup]:
    """Give links to the files of evidence that the text shows, where the review has no section of its own for them."""
    if any(section_id(section) == "evidence" for section in review.body.sections):
        return []
    links = [link for link in review.body.links if "evidence/" in link.target and "://" not in link.target]
    found = {link.target: link.text for link in links}
    return [here.inline(f"[{words or target}](<{target}>)", review) for target, words in sorted(found.items())]


def in_short(review: Review) -> str:
    """Give the text of the section that tells a review in short, as Markdown."""
    for section in review.body.sections:
        if section_id(section) == "in-short":
            return review.source.text[section.title_span.end : section.span.end].strip()
    return ""
