"""A review as values: the fields of its front matter, and where each stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple

from failforward.model.body import Body
from failforward.model.finding import Problem
from failforward.model.moment import Moment
from failforward.text.source import Source, Span

FieldPath = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """`n/a because …`; the reason may be empty."""

    reason: str


When = Moment | NotApplicable | None


class Contribution(NamedTuple):
    """A cause of this review: which, how it contributed, since when it lay there, what it interacted with."""

    cause: str = ""
    how: str = ""
    since: When = None
    with_: tuple[str, ...] = ()


class Verdict(NamedTuple):
    """Whether a change held: `stuck`, `partly`, `did-not-stick` or `too-early`."""

    on: When = None
    verdict: str = ""
    evidence: str = ""


class Experiment(NamedTuple):
    """A change that is tried against a cause; `risk` is the entry of the risk register that it is to lower."""

    id: str = ""
    cause: str = ""
    outcome: str = ""
    measure: str = ""
    kind: str = ""
    tasks: tuple[str, ...] = ()
    owner: str | NotApplicable = ""
    due: When = None
    status: str = ""
    verified: Verdict | NotApplicable | None = None
    issue: str = ""
    because: str = ""
    finished: When = None
    risk: str = ""
    verify_by: When = None

    @property
    def judged(self) -> str:
        """Give the verdict, or nothing while there is none: `too-early` says that it cannot be told yet.

        A change that was dropped after a verdict keeps it, so that what did not stick is not forgotten.
        """
        verdict = self.verified.verdict if isinstance(self.verified, Verdict) else ""
        return "" if verdict == "too-early" else verdict

    @property
    def outdated(self) -> bool:
        """Tell whether the verdict is of a day before the work was finished; dates in doubt count for the verdict."""
        on = self.verified.on if isinstance(self.verified, Verdict) else None
        return isinstance(on, Moment) and isinstance(self.finished, Moment) and on.surely_before(self.finished)

    @property
    def concluded(self) -> str:
        """Give the verdict as the last word, or nothing: what was found while work goes on is a word on the way."""
        ended = self.status == "dropped" or (self.status == "done" and not self.outdated)
        return self.judged if ended else ""


class Acceptance(NamedTuple):
    """A cause that is lived with, and why; `risk` is the entry of the risk register that carries it on."""

    cause: str = ""
    because: str = ""
    risk: str = ""


class People(NamedTuple):
    """Who was in the debrief, as roles or teams."""

    facilitator: str | NotApplicable = ""
    participants: tuple[str, ...] = ()
    outsiders: tuple[str, ...] = ()


class Mood(NamedTuple):
    """The temperature of the room before and after the debrief, 1 (cold) to 5 (warm)."""

    before: int | None = None
    after: int | None = None


class Related(NamedTuple):
    """Another review and why it belongs together with this one."""

    review: str = ""
    because: str = ""


class Reference(NamedTuple):
    """A public source of the facts."""

    title: str = ""
    url: str = ""


@dataclass(frozen=True)
class Review:
    """One review.

    `id` is the file's stem; `path` is relative to the playbook's root, with forward slashes. `spans` gives for each
    field's path (`("causes", 0, "how")`) where its value stands; `key_spans` where its name stands.
    """

    id: str
    path: str
    source: Source = field(repr=False)
    body: Body = field(repr=False)
    title: str = ""
    kind: str = ""
    status: str = ""
    severity: str | NotApplicable = ""
    depth: str = ""
    started: When = None
    detected: When = None
    mitigated: When = None
    resolved: When = None
    debrief: When = None
    check_in: When = None
    detected_by: str | NotApplicable = ""
    services: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    trigger: str | NotApplicable = ""
    causes: tuple[Contribution, ...] = ()
    people: People | NotApplicable | None = None
    mood: Mood | NotApplicable | None = None
    experiments: tuple[Experiment, ...] = ()
    accepted: tuple[Acceptance, ...] = ()
    risks: tuple[str, ...] | NotApplicable = ()
    supersedes: str = ""
    related: tuple[Related, ...] = ()
    sources: tuple[Reference, ...] = ()
    private: bool = False
    problems: tuple[Problem, ...] = ()
    spans: Mapping[FieldPath, Span] = field(default_factory=dict, repr=False)
    key_spans: Mapping[FieldPath, Span] = field(default_factory=dict, repr=False)

    def where(self, *path: str | int) -> Span:
        """Give where a field's value stands, else its nearest parent, else the front matter's first line."""
        while path:
            if path in self.spans:
                return self.spans[path]
            path = path[:-1]
        return Span(0, min(3, len(self.source.text)))

    def given(self, *path: str | int) -> bool:
        """Tell whether a field is written at all, with anything but nothing."""
        return path in self.spans

    @property
    def readable(self) -> bool:
        """Tell whether the front matter could be read."""
        return () in self.spans

    @property
    def published(self) -> bool:
        """Tell whether the review may stand on a page: readable, no draft, not private."""
        return self.readable and not self.private and self.status not in ("", "draft")

    @property
    def day(self) -> date | None:
        """Give the day of the failure: when it started, else was detected, else the date in the file name."""
        return self.first.day if self.first else _date_in(self.id)

    @property
    def first(self) -> Moment | None:
        """Give the first time of the failure that is written: when it started, else was detected, else was over."""
        return next((each for each in (self.started, self.detected, self.resolved) if isinstance(each, Moment)), None)

    @property
    def ended(self) -> Moment | None:
        """Give when the failure was over, as far as is written."""
        return next((when for when in (self.resolved, self.mitigated) if isinstance(when, Moment)), None)

    @cached_property
    def places(self) -> Mapping[str, str]:
        """Give the services and teams, by which reviews are held against each other: without capitals → as written."""
        found: dict[str, str] = {}
        for name in (*self.services, *self.teams):
            found.setdefault(name.casefold(), name)
        return found

    @cached_property
    def cause_ids(self) -> tuple[str, ...]:
        """Give the causes' ids in the order written, each once."""
        return tuple(dict.fromkeys(contribution.cause for contribution in self.causes if contribution.cause))


def _date_in(name: str) -> date | None:
    try:
        return date.fromisoformat(name[:10])
    except ValueError:
        return None
