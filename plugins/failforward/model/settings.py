"""The settings of a playbook as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import TYPE_CHECKING, NamedTuple

from failforward.model.moment import Moment
from failforward.model.rulebook import RuleSettings
from failforward.model.workdays import SPRINT_DAYS, Calendar, Sprints, shifted

if TYPE_CHECKING:
    from failforward.model.review import Experiment

# A promise that counts days is kept up to the last second of its day.
LAST = time(23, 59, 59)


class Clocks(NamedTuple):
    """How long the promises may take, in hours, days and days, and the calendar by which these are counted."""

    debrief_hours: int = 48
    check_in_days: int = 3
    verify_days: int = 14
    calendar: Calendar = Calendar()

    def debrief_limit(self, end: Moment, held: Moment | None = None) -> datetime:
        """Give the last instant for the debrief of a failure that was over at `end`; `held` is the debrief itself."""
        return self.calendar.after_hours(self.calendar.latest(end, held), self.debrief_hours)

    def check_in_limit(self, debrief: Moment) -> datetime:
        """Give the last instant for the check-in after a debrief."""
        return self._after(debrief, self.check_in_days)

    def verify_limit(self, due: Moment) -> datetime:
        """Give the last instant for the verdict on what was due: the end of the next sprint, else of the days."""
        sprints = self.calendar.sprints
        if sprints is None:
            return self._after(due, self.verify_days)
        last = sprints.last(sprints.number(self.calendar.last_day(due)) + 1)
        return datetime.combine(last, LAST, self.calendar.tz)

    def look_limit(self, experiment: Experiment) -> datetime | None:
        """Give the last instant for the verdict on an experiment: its own day, else from its deadline; None without."""
        if isinstance(experiment.verify_by, Moment):
            return datetime.combine(self.calendar.last_day(experiment.verify_by), LAST, self.calendar.tz)
        if experiment.verify_by is not None or not isinstance(experiment.due, Moment):
            return None
        return self.verify_limit(experiment.due)

    def sprints_since(self, due: Moment, today: date) -> int:
        """Give how many sprints have begun since the one that a deadline lies in, or passed where none are set."""
        deadline, sprints = self.calendar.last_day(due), self.calendar.sprints
        passed = sprints.between(deadline, today) if sprints else (today - deadline).days // SPRINT_DAYS
        return max(passed, 0)

    def _after(self, moment: Moment, days: int) -> datetime:
        """Give the end of the day that lies so many days after a moment's day: these clocks count days, not hours."""
        first = self.calendar.next_day(moment)
        last = self.calendar.after_days(first, days - 1) if days else shifted(first, -1)
        return datetime.combine(last, LAST, self.calendar.tz)


@dataclass(frozen=True)
class Settings(RuleSettings):
    """All that playbook.yml says.

    `groups` gives the titles of the cause groups; `full_severities` the severities that ask for the full form; `names`
    says from where `persons` are known.
    """

    title: str = "Playbook"
    summary: str = ""
    severities: tuple[str, ...] = ("sev1", "sev2", "sev3", "sev4")
    full_severities: tuple[str, ...] = ("sev1", "sev2")
    light_kinds: tuple[str, ...] = ("near-miss", "experiment", "sprint")
    groups: Mapping[str, str] = field(default_factory=dict)
    clocks: Clocks = Clocks()
    max_experiments: int = 3
    max_evidence_kb: int = 2048
    roster: tuple[str, ...] = ()
    names: tuple[str, ...] = ("roster", "codeowners")
    repository: str = ""

    @property
    def sprints(self) -> Sprints | None:
        """Give when sprints begin, where that is set."""
        return self.clocks.calendar.sprints
