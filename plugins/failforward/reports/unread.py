"""Reviews that cannot be read, beside a list: what they promise or teach is in none, and nothing may hide that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from failforward.model.review import Review
from failforward.reports.run import visible


class Unread(NamedTuple):
    """Why a review cannot be read: the path as people see it, the line from 1 (0 for the whole file), what and how."""

    path: str
    line: int
    what: str
    instead: str

    def __str__(self) -> str:
        """Give a line for a terminal or a log."""
        return visible(f"{self.path}:{f'{self.line}:' if self.line else ''} {self.what}. {self.instead}")


def unread(reviews: Sequence[Review], prefix: str) -> Iterator[Unread]:
    """Give the place and the reason for each of some unreadable reviews; `prefix` leads to the playbook."""
    for review in reviews:
        problem = review.problems[0]
        line = review.source.position(problem.span.start).line if review.source.text else 0
        yield Unread(prefix + review.path, line, problem.what, problem.instead)


def left_out(reviews: Sequence[Review]) -> str:
    """Say beside a list of other things that something is missing from it."""
    if len(reviews) == 1:
        return "1 review cannot be read, so nothing of it is counted here."
    return f"{len(reviews):,} reviews cannot be read, so nothing of them is counted here."
