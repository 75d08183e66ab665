"""What became of an experiment's issue, and what follows for the review. A verdict never follows: somebody looks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from failforward.index import Trial
from failforward.model.moment import Moment
from failforward.model.review import Review
from failforward.model.workdays import Calendar
from failforward.trackers.github import Absent, Issue

News = Literal["finished", "given-up", "reopened", "odd", "in-step"]
_GIVEN_UP = ("not_planned", "duplicate")
_ABSENT: dict[Absent, str] = {
    "deleted": "its issue was deleted, or its repository has no issues any more; correct `issue:` or take it out",
    "pull-request": "its link leads to a pull request and to no issue; correct `issue:`",
    "unseen": "its issue cannot be found; correct `issue:`, or look at what the token may see",
}


@dataclass(frozen=True, slots=True)
class Told:
    """What an issue tells of its experiment: `finished` is the only news that changes the review.

    `on` is the day on which it was closed, in the zone of the playbook, where that is known; `moved` is where the issue
    is now, if not at its link.
    """

    trial: Trial
    link: str
    news: News
    words: str
    on: date | None = None
    moved: str = ""


def told(trial: Trial, link: str, issue: Issue | Absent, calendar: Calendar) -> Told:
    """Hold an experiment against its issue, or against why that is not there."""
    status = trial.experiment.status or "planned"
    if not isinstance(issue, Issue):
        return Told(trial, link, "odd", _ABSENT[issue])
    if not issue.open and issue.reason in _GIVEN_UP:
        how = "not planned" if issue.reason == "not_planned" else "a duplicate"
        if status == "done":
            return Told(trial, link, "in-step", f"its issue was closed as {how}, the review says done")
        return Told(trial, link, "given-up", f"its issue was closed as {how}; is it to be dropped?")
    if not issue.open:
        closed = _closed_on(issue.closed, trial.review, calendar) if issue.closed else None
        if closed and trial.review.day and closed < trial.review.day and status != "done":
            words = f"its issue was closed on {closed}, before the failure; is it the right one?"
            return Told(trial, link, "odd", words)
        news: News = "in-step" if status == "done" else "finished"
        return Told(trial, link, news, "its issue is closed as completed", closed)
    if status == "done":
        again = "was opened again" if issue.reason == "reopened" else "is open"
        return Told(trial, link, "reopened", f"its issue {again}, the review says done; which of them is right?")
    again = "was opened again" if issue.reason == "reopened" else "is open"
    return Told(trial, link, "in-step", f"its issue {again}")


def _closed_on(at: datetime, review: Review, calendar: Calendar) -> date:
    """Give the day on which an issue was closed.

    A failure that is written with another offset than the zone has may lie on the next day: what was closed after it
    began was closed no earlier than on its day.
    """
    closed = calendar.local(at, review.first)
    before = review.first is None or Moment(closed).surely_before(review.first)
    return closed.date() if before or review.day is None else max(closed.date(), review.day)
