"""The settings of a playbook as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from failforward.model.moment import Moment
from failforward.model.path_patterns import matches
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
class PathSettings:
    """What holds for the paths that a pattern means: rules' levels and a preset, where one is set.

    `rule_lines` gives the line where each level stands.
    """

    pattern: str
    rules: Mapping[str, str] = field(default_factory=dict)
    preset: str = ""
    rule_lines: Mapping[str, int] = field(default_factory=dict, repr=False, compare=False)


@dataclass(frozen=True)
class Settings:
    """What playbook.yml says.

    `rules` gives a rule's severity or `off`, `rule_lines` the line where that stands; `groups` the titles of the cause
    groups; `full_severities` the severities that ask for the full form; `paths` what holds for some files alone, in the
    order written; `words` own words for roles, teams and users. `persons` is no key of the file: the names and
    handles that are known from where `names` says.
    """

    title: str = "Playbook"
    summary: str = ""
    preset: str = "standard"
    severities: tuple[str, ...] = ("sev1", "sev2", "sev3", "sev4")
    full_severities: tuple[str, ...] = ("sev1", "sev2")
    light_kinds: tuple[str, ...] = ("near-miss", "experiment", "sprint")
    groups: Mapping[str, str] = field(default_factory=dict)
    clocks: Clocks = Clocks()
    max_experiments: int = 3
    max_evidence_kb: int = 2048
    rules: Mapping[str, str] = field(default_factory=dict)
    paths: tuple[PathSettings, ...] = ()
    roster: tuple[str, ...] = ()
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    names: tuple[str, ...] = ("roster", "codeowners")
    persons: tuple[str, ...] = ()
    quotations: str = "silent"
    repository: str = ""
    path: str = "playbook.yml"
    rule_lines: Mapping[str, int] = field(default_factory=dict, repr=False, compare=False)

    def at(self, path: str) -> Settings:
        """Give the settings as they hold for a file, whose path is as seen from the root.

        Of several patterns that mean it, the later one wins.
        """
        if not self.paths:
            return self
        meant = tuple(index for index, each in enumerate(self.paths) if matches(each.pattern, path))
        if meant not in self._bent:
            rules, preset = dict(self.rules), self.preset
            for index in meant:
                rules |= self.paths[index].rules
                preset = self.paths[index].preset or preset
            self._bent[meant] = replace(self, rules=rules, preset=preset, paths=()) if meant else self
        return self._bent[meant]

    @cached_property
    def _bent(self) -> dict[tuple[int, ...], Settings]:
        return {}

    @property
    def sprints(self) -> Sprints | None:
        """Give when sprints begin, where that is set."""
        return self.clocks.calendar.sprints
