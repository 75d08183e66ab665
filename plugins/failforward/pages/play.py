"""The story of a cause over time: what was found of each change against it, and how long it held."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from failforward.index import CauseEntry, Trial
from failforward.model.moment import Moment
from failforward.model.review import Review


@dataclass(frozen=True, slots=True)
class Found:
    """A verdict on a change: of when, and for one that had stuck where the cause came back and after how long."""

    trial: Trial
    on: Moment | None
    returned: Review | None = None
    held: timedelta | None = None


def verdicts_of(entry: CauseEntry) -> Mapping[str, tuple[Found, ...]]:
    """Give path of a review → the verdicts on its changes against the cause, in the order of the experiments."""
    back: dict[int, Review] = {}
    for each in entry.recurrences:
        if each.shared:
            back.setdefault(id(each.trial), each.review)
    found: dict[str, list[Found]] = {}
    for trial in entry.trials:
        if not trial.verdict:
            continue
        on = trial.verified.on if trial.verified and isinstance(trial.verified.on, Moment) else None
        returned = back.get(id(trial))
        held = returned.day - on.day if returned and returned.day and on else None
        found.setdefault(trial.review.path, []).append(Found(trial, on, returned, held))
    return {path: tuple(each) for path, each in found.items()}
