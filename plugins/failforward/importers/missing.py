"""What a draft lacks to be a review, in the order in which a review has it."""

from __future__ import annotations

from collections.abc import Iterator

from failforward.model.depth import depth_of
from failforward.model.moment import Moment
from failforward.model.review import Review
from failforward.model.sections import SECTIONS, section_id
from failforward.model.settings import Settings


def missing_from(review: Review, settings: Settings) -> tuple[str, ...]:
    """Name the fields and sections that are absent, for the form that the review takes."""
    return (*_fields(review), *_of_causes(review), *_of_experiments(review), *_sections(review, settings))


def _fields(review: Review) -> Iterator[str]:
    wanted = ["severity", "started", "detected", "resolved", "debrief", "detected_by", "services", "trigger"]
    if review.kind not in ("incident", "security", "near-miss", "release"):
        wanted = ["severity", "started", "debrief", "trigger"]
    for name in wanted:
        if not review.given(name):
            yield name
        elif name == "started" and isinstance(review.started, Moment) and review.started.precision != "minute":
            yield "time of day of started"
    for name in ("people", "mood"):
        if not review.given(name):
            yield name


def _of_causes(review: Review) -> Iterator[str]:
    if not review.causes:
        yield "causes"
    elif not any(cause.how for cause in review.causes):
        yield "how of the suggested cause"


def _of_experiments(review: Review) -> Iterator[str]:
    if not review.experiments:
        yield "experiments"
        return
    for name in ("cause", "measure", "kind", "owner", "due"):
        if any(not getattr(experiment, name) for experiment in review.experiments):
            yield f"{name} of experiments"


def _sections(review: Review, settings: Settings) -> Iterator[str]:
    depth = depth_of(review, settings)
    present = {section_id(section) for section in review.body.sections}
    for part in SECTIONS:
        if depth in part.forms and part.id not in present:
            yield f"section “{part.title}”"
    if "timeline" in present and not review.body.timeline:
        yield "rows in the timeline"
    if any(row.when and row.when.precision == "minute" and not row.when.zoned for row in review.body.timeline):
        yield "time zone of the timeline"
