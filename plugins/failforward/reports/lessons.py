"""The memo of lessons as people and other programs read it. To add a format: a function, and a line in FORMATS."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence

from failforward.index.trials import Trial
from failforward.lessons import Lesson, quarter_of
from failforward.reports.escape import shown
from failforward.reports.run import visible
from failforward.reports.standing import standing


def text(lessons: Sequence[Lesson]) -> str:
    """Give a line for each cause and its change, below the title of the review."""
    lines: list[str] = []
    for title, day, members in _by_review(lessons):
        lines += ["", visible(f"{title}{f' ({day})' if day else ''}")]
        lines += [visible(f"  {line}") for lesson in members for line in _lines(lesson)]
    return "\n".join(lines[1:] or ["No published review has a lesson here yet."]) + "\n"


def markdown(lessons: Sequence[Lesson]) -> str:
    """Give the memo as Markdown, to be read before work on a service or at the end of a quarter."""
    lines = ["# Lessons"]
    for title, day, members in _by_review(lessons):
        lines += ["", f"## {shown(title)}{f' ({day})' if day else ''}", ""]
        lines += [f"- {shown(line)}" for lesson in members for line in _lines(lesson)]
    return "\n".join(lines if lessons else [*lines, "", "No published review has a lesson here yet."]) + "\n"


def json_list(lessons: Sequence[Lesson]) -> str:
    """Give a list of objects, one for each cause of a review."""
    return json.dumps([_object(lesson) for lesson in lessons], ensure_ascii=False, indent=1) + "\n"


FORMATS: dict[str, Callable[[Sequence[Lesson]], str]] = {"text": text, "markdown": markdown, "json": json_list}


def _by_review(lessons: Sequence[Lesson]) -> Iterator[tuple[str, str, list[Lesson]]]:
    groups: dict[str, list[Lesson]] = {}
    for lesson in lessons:
        groups.setdefault(lesson.review.path, []).append(lesson)
    for members in groups.values():
        review = members[0].review
        yield " ".join((review.title or review.id).split()), review.day.isoformat() if review.day else "", members


def _lines(lesson: Lesson) -> Iterator[str]:
    """Give cause → change, a line for each change."""
    for trial in lesson.changes:
        yield f"{lesson.title} → {_outcome(trial)} ({standing(trial)})"
    for accepted in lesson.accepted:
        yield f"{lesson.title} → lived with: {' '.join(accepted.because.split())}"
    if not lesson.changes and not lesson.accepted:
        yield f"{lesson.title} → no change yet"


def _outcome(trial: Trial) -> str:
    return " ".join((trial.experiment.outcome or trial.experiment.id).split())


def _object(lesson: Lesson) -> dict[str, object]:
    review = lesson.review
    return {
        "review": review.id, "title": review.title, "day": review.day.isoformat() if review.day else None,
        "quarter": quarter_of(review) or None, "services": review.services, "cause": lesson.cause,
        "changes": [
            {"id": each.experiment.id, "outcome": each.experiment.outcome, "state": each.state, "verdict": each.verdict}
            for each in lesson.changes
        ],
        "accepted": [each.because for each in lesson.accepted],
    }  # fmt: skip
