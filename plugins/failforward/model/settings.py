"""The settings of a playbook as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Clocks:
    """How long the promises may take, in hours, days and days."""

    debrief_hours: int = 48
    check_in_days: int = 3
    verify_days: int = 14


@dataclass(frozen=True)
class Settings:
    """What playbook.yml says.

    `rules` gives a rule's severity or `off`, `rule_lines` the line where that stands; `groups` the titles of the cause
    groups; `full_severities` the severities that ask for the full form.
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
    roster: tuple[str, ...] = ()
    quotations: str = "silent"
    repository: str = ""
    path: str = "playbook.yml"
    rule_lines: Mapping[str, int] = field(default_factory=dict, repr=False, compare=False)
