"""The board as data: `experiments/board.json` (version 1) and `experiments/board.csv`, a row for each experiment."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from functools import cached_property
from typing import Any

from failforward.clocks import Clock, carried_over
from failforward.index import UNFINISHED, Trial
from failforward.model.moment import Moment
from failforward.pages.figure import answers_of
from failforward.pages.page import Asset
from failforward.pages.site import Here, Site
from failforward.promises import MOST_SPRINTS
from failforward.text.sheets import cell as sheet_cell

VERSION = 1
COLUMNS = (
    "review", "title", "url", "experiment", "outcome", "cause", "kind", "teams", "due", "days", "status", "state",
    "sprints", "escalate", "verify_by", "clock", "clock_days", "verdict", "verified_on", "issue",
)  # fmt: skip


class Board:
    """Where each experiment stands, with its place on the page of its review; computed once for all of them."""

    def __init__(self, site: Site) -> None:
        """Take the site."""
        self.site = site

    @cached_property
    def anchors(self) -> Mapping[int, str]:
        """Give the anchor of each experiment's card on its review's page, by the identity of the experiment."""
        return {
            id(answer.trial.experiment): answer.anchor
            for trials in self.site.index.trials_by_review.values()
            for answer in answers_of(trials[0].review, trials)
        }

    @cached_property
    def clocks(self) -> Mapping[int, Clock]:
        """Give the clock of each experiment's verification, by the identity of the experiment."""
        return {
            id(experiment): clock
            for review in self.site.index.reviews
            for experiment, clock in zip(review.experiments, self.site.clocks[review.path][2:], strict=True)
        }

    def sprints(self, trial: Trial) -> int:
        """Give how many sprints an unfinished experiment has been carried over since its deadline."""
        if trial.state not in (*UNFINISHED, "carried"):
            return 0
        return carried_over(trial.experiment, self.site.playbook.settings.clocks, self.site.today)

    def row(self, trial: Trial) -> dict[str, Any]:
        """Give an experiment as plain values: days as ISO text, `days` and `clock_days` negative once they passed."""
        experiment, verified, review = trial.experiment, trial.verified, trial.review
        clock, sprints = self.clocks[id(experiment)], self.sprints(trial)
        on = verified.on if verified and isinstance(verified.on, Moment) else None
        return {
            "review": review.id, "title": review.title, "cause": experiment.cause, "kind": experiment.kind,
            "url": f"{self.site.urls.address(review.path)}#{self.anchors[id(experiment)]}",
            "experiment": experiment.id, "outcome": Here(self.site, "index.md").plain(experiment.outcome, review),
            "teams": list(trial.teams), "due": str(trial.due) if trial.due else None, "days": trial.days,
            "status": experiment.status, "state": trial.state, "sprints": sprints, "escalate": sprints > MOST_SPRINTS,
            "verify_by": clock.limit.date().isoformat() if clock.limit else None, "clock": clock.state,
            "clock_days": _days(clock), "verdict": trial.verdict or None, "verified_on": str(on) if on else None,
            "issue": experiment.issue or None,
        }  # fmt: skip


def assets(site: Site) -> Iterator[Asset]:
    """Make the two files; both list the experiments in the order of the board."""
    board = Board(site)
    rows = [board.row(trial) for trial in site.index.trials]
    content = {
        "version": VERSION, "title": site.playbook.settings.title, "today": site.today.isoformat(),
        "experiments": [{name: row[name] for name in COLUMNS} for row in rows], "clocks": list(_review_clocks(site)),
        "unread": len(site.playbook.unread),
    }  # fmt: skip
    text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
    yield Asset("experiments/board.json", text.encode("utf-8", "replace"))
    yield Asset("experiments/board.csv", table(rows).encode("utf-8", "replace"))


def table(rows: Sequence[Mapping[str, Any]]) -> str:
    """Give rows as CSV (RFC 4180); a text that a spreadsheet would take for a formula begins with an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows([_cell(row[name]) for name in COLUMNS] for row in rows)
    return out.getvalue()


def _review_clocks(site: Site) -> Iterator[dict[str, Any]]:
    """Give the debriefs and check-ins that are kept, due or missed, newest review first."""
    for review in site.index.reviews:
        for clock in site.clocks[review.path][:2]:
            if clock.limit is not None and clock.state in ("kept", "due", "missed"):
                yield {
                    "review": review.id, "title": review.title, "url": site.urls.address(review.path),
                    "teams": review.teams, "clock": clock.name, "state": clock.state,
                    "by": clock.limit.date().isoformat(), "days": _days(clock), "done": clock.taken is not None,
                }  # fmt: skip


def _days(clock: Clock) -> int | None:
    """Give the whole days that were or are left until a limit; passed ones are negative."""
    return None if clock.margin is None else clock.margin // timedelta(days=1)


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return "true" if value else "false"
    text = ", ".join(value) if isinstance(value, list) else value
    return sheet_cell(text) if isinstance(text, str) else text
