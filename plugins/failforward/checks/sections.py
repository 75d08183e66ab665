"""Are the sections there, in order, and filled with words of the review's own?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from failforward.checks.kind import Scope, kind_of_tests
from failforward.model.depth import depth_of
from failforward.model.finding import Hit
from failforward.model.review import Review
from failforward.model.rule import Rule
from failforward.model.sections import SECTIONS, Part, section_id
from failforward.text.sections import Section, below
from failforward.text.source import Span

_LINE = re.compile(r"[^\n]+")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_EMPTY_MARKS = re.compile(r"[\s>*+|:.–—_-]*|\s*\d+[.)]\s*")
_LEAD = re.compile(r"[\s>*+-]*(?:\d+[.)]\s+)?(?:\[[ xX]\]\s*)?[*_`]*")
_FILLERS = re.compile(r"(?:tbd|tba|todo|to do|n/?a|none|xxx|\.\.\.|…|-+|\?+)\W*", re.IGNORECASE)


def parts_asked(review: Review, scope: Scope) -> Iterator[Part]:
    """Give the sections that a review's form asks for, in their order."""
    depth = depth_of(review, scope.playbook.settings)
    return (part for part in SECTIONS if depth in part.forms)


def required(rule: Rule, review: Review, scope: Scope) -> Iterator[Hit]:
    """Point out each section that the review's form asks for and that is not there."""
    if not review.readable:
        return
    present = {section_id(section) for section in review.body.sections}
    for part in parts_asked(review, scope):
        if part.id not in present and part.id != "celebrated" and not (part.id == "happened" and "timeline" in present):
            title = f"### {part.title}" if part.under else f"## {part.title}"
            yield Hit(review.where("status"), {"section": part.title, "ask": part.ask, "heading": title})


def empty(rule: Rule, review: Review, scope: Scope) -> Iterator[Hit]:
    """Point out sections that hold nothing, or only a filler."""
    for index, section in _named(review):
        if not _says(review, index):
            yield Hit(section.title_span, {"section": section.title})


def template(rule: Rule, review: Review, scope: Scope) -> Iterator[Hit]:
    """Point out sections that still hold the template's own words."""
    prompts = scope.playbook.prompts
    for section in review.body.sections:
        for match in _LINE.finditer(review.source.text, section.title_span.end, section.span.end):
            if match.group().strip() in prompts:
                start = match.start() + len(match.group()) - len(match.group().lstrip())
                yield Hit(Span(start, match.end()), {"section": section.title})


def order(rule: Rule, review: Review, scope: Scope) -> Iterator[Hit]:
    """Point out the first section that stands before one it follows in the form."""
    rank = {part.id: index for index, part in enumerate(SECTIONS)}
    last: tuple[int, str] = (-1, "")
    for section in review.body.sections:
        here = rank.get(section_id(section))
        if here is None or SECTIONS[here].under:
            continue
        if here < last[0]:
            yield Hit(section.title_span, {"section": section.title, "before": last[1]})
            return
        last = (here, section.title)


def celebrated(rule: Rule, review: Review, scope: Scope) -> Iterator[Hit]:
    """Point out a review in which nothing is celebrated."""
    if depth_of(review, scope.playbook.settings) != "full" or not review.readable:
        return
    for index, section in enumerate(review.body.sections):
        if section_id(section) == "celebrated" and _says(review, index):
            return
    worked = next((section for section in review.body.sections if section_id(section) == "worked"), None)
    yield Hit(worked.title_span if worked else review.where("status"))


def _named(review: Review) -> Iterator[tuple[int, Section]]:
    """Give the sections of the form with their places."""
    for index, section in enumerate(review.body.sections):
        if section_id(section):
            yield index, section


def _says(review: Review, index: int) -> bool:
    """Tell whether a section, or one below it, says more than comments, bare marks and a mere filler."""
    sections = below(review.body.sections, index)
    said = "\n".join(review.source.text[part.title_span.end : part.span.end] for part in sections)
    lines = (_COMMENT.sub("", said) if "<!--" in said else said).strip().split("\n")
    return any(not _FILLERS.fullmatch(_LEAD.sub("", line)) for line in lines if not _EMPTY_MARKS.fullmatch(line))


KIND = kind_of_tests(
    {"required": required, "empty": empty, "template": template, "order": order, "celebrated": celebrated}
)
