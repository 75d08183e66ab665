"""The risk register as people and other programs read it. To add a format: a function, and a line in FORMATS."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Sequence

from failforward.index import Register, RiskEntry
from failforward.model.review import Review
from failforward.reports.run import visible
from failforward.reports.standing import standing
from failforward.text.sheets import cell as sheet_cell

COLUMNS = ("id", "title", "owner", "review_by", "look_again", "status", "state", "came_true", "raised_by", "tried")


def text(register: Register) -> str:
    """Give a paragraph for each question: what came true, what has not, what no risk foresaw, what to look at again."""
    lines: list[str] = []
    for title, entries in _parts(register):
        lines += ["", f"{title} ({len(entries)})", *(visible(f"  {entry}") for entry in entries or ["none"])]
    return "\n".join(lines[1:]) + "\n"


def json_object(register: Register) -> str:
    """Give an object with a list for each question."""
    found = {
        "came_true": [_object(entry) for entry in register.came_true],
        "not_yet": [_object(entry) for entry in register.waiting],
        "closed": [_object(entry) for entry in register.closed],
        "unforeseen": [
            {"review": review.id, "title": review.title, "because": because or None}
            for review, because in register.unforeseen
        ],
        "look_again": [entry.risk.id for entry in register.late],
    }
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def table(register: Register) -> str:
    """Give a row for each risk, in the order of the register, for a spreadsheet."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for entry in register.entries:
        writer.writerow([sheet_cell(value) for value in _row(entry)])
    return out.getvalue()


FORMATS: dict[str, Callable[[Register], str]] = {"text": text, "json": json_object, "csv": table}


def _parts(register: Register) -> Iterator[tuple[str, list[str]]]:
    yield "Came true", [f"{_said(entry)}: {_names(entry.reviews)}{_tried(entry)}" for entry in register.came_true]
    waiting = [f"{_said(entry)}, {_next(entry)}{_tried(entry)}" for entry in register.waiting]
    yield "Have not come true", waiting
    if register.closed:
        yield "Closed", [_said(entry) for entry in register.closed]
    yield "What no risk foresaw", [_unforeseen(review, because) for review, because in register.unforeseen]
    yield "To be looked at again", [f"{_said(entry)}, by {entry.risk.review_by}" for entry in register.late]


def _said(entry: RiskEntry) -> str:
    risk = entry.risk
    return " ".join(f"{risk.title or risk.id} ({', '.join(filter(None, (risk.id, risk.owner)))})".split())


def _next(entry: RiskEntry) -> str:
    by = entry.risk.review_by
    return f"next look by {by}" if by else "no day for the next look"


def _tried(entry: RiskEntry) -> str:
    """Give the changes that are to lower a risk, each with where it stands."""
    tried = [f"{trial.experiment.id or trial.review.id} ({standing(trial)})" for trial in entry.trials]
    return f"; tried: {', '.join(tried)}" if tried else ""


def _unforeseen(review: Review, because: str) -> str:
    return " ".join(f"{review.title or review.id} ({review.id}){f': {because}' if because else ''}".split())


def _names(reviews: Sequence[Review]) -> str:
    return ", ".join(review.id for review in reviews)


def _object(entry: RiskEntry) -> dict[str, object]:
    risk = entry.risk
    return {
        "id": risk.id, "title": risk.title, "owner": risk.owner or None,
        "review_by": str(risk.review_by) if risk.review_by else None, "look_again": entry.late, "status": risk.status,
        "causes": risk.causes, "services": risk.services,
        "came_true": [review.id for review in entry.reviews], "raised_by": [review.id for review in entry.raised],
        "tried": [
            {
                "review": trial.review.id, "experiment": trial.experiment.id, "outcome": trial.experiment.outcome,
                "state": trial.state, "verdict": trial.verdict or None,
            }
            for trial in entry.trials
        ],
    }  # fmt: skip


def _row(entry: RiskEntry) -> tuple[str, ...]:
    risk = entry.risk
    state = "came-true" if entry.reviews else "closed" if risk.status == "closed" else "not-yet"
    names = (" ".join(review.id for review in reviews) for reviews in (entry.reviews, entry.raised))
    by, late = str(risk.review_by or ""), "yes" if entry.late else "no"
    tried = " ".join(f"{trial.review.id}/{trial.experiment.id}" for trial in entry.trials)
    return (risk.id, risk.title, risk.owner, by, late, risk.status, state, *names, tried)
