"""The risk register held against the reviews: which risks came true, which failures no risk foresaw."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from failforward.index.trials import Trial
from failforward.model.review import NotApplicable, Review
from failforward.model.risk import Risk, RiskRegister


@dataclass(frozen=True, slots=True)
class RiskEntry:
    """A risk with the published reviews in which it came true, and those that put a cause on the register by it.

    Both come newest first. `trials` are the changes that are to lower it, the most urgent first. `days` is how far its
    next look lies ahead, negative once that day has passed, None for a closed risk or one without a day.
    """

    risk: Risk
    reviews: tuple[Review, ...] = ()
    raised: tuple[Review, ...] = ()
    trials: tuple[Trial, ...] = ()
    days: int | None = None

    @property
    def late(self) -> bool:
        """Tell whether it was to be looked at before today."""
        return self.days is not None and self.days < 0


@dataclass(frozen=True, slots=True)
class Register:
    """The register by what became of its risks.

    `came_true` comes by the newest review, `waiting` (not come true, not closed) by the day of the next look, `closed`
    (not come true) by title; `late` are those of all to be looked at again, longest ago first. `unforeseen` are the
    published reviews that name no risk, newest first, with their reason where one is given; empty while the register
    has no entry. `by_cause` gives the entries about a cause.
    """

    entries: tuple[RiskEntry, ...] = ()
    came_true: tuple[RiskEntry, ...] = ()
    waiting: tuple[RiskEntry, ...] = ()
    closed: tuple[RiskEntry, ...] = ()
    late: tuple[RiskEntry, ...] = ()
    unforeseen: tuple[tuple[Review, str], ...] = ()
    by_cause: Mapping[str, tuple[RiskEntry, ...]] = field(default_factory=dict)


def register_of(
    register: RiskRegister | None, reviews: Iterable[Review], trials: Iterable[Trial], today: date
) -> Register | None:
    """Hold a register against the published reviews, newest first, and their changes; None where there is none."""
    if register is None:
        return None
    reviews = tuple(reviews)
    true: dict[str, list[Review]] = {}
    raised: dict[str, list[Review]] = {}
    against: dict[str, list[Trial]] = {}
    for review in reviews:
        for name in dict.fromkeys(named(review)):
            true.setdefault(name, []).append(review)
        for name in dict.fromkeys(each.risk for each in review.accepted if each.risk):
            raised.setdefault(name, []).append(review)
    for trial in trials:
        against.setdefault(trial.experiment.risk, []).append(trial)
    entries = tuple(
        RiskEntry(
            risk, tuple(true.get(risk.id, ())), tuple(raised.get(risk.id, ())), tuple(against.get(risk.id, ())),
            _days(risk, today),
        )
        for risk in register.risks
    )  # fmt: skip
    quiet = [entry for entry in entries if not entry.reviews]
    by_cause: dict[str, list[RiskEntry]] = {}
    for entry in entries:
        for name in dict.fromkeys(entry.risk.causes):
            by_cause.setdefault(name, []).append(entry)
    return Register(
        entries,
        tuple(sorted((entry for entry in entries if entry.reviews), key=_latest)),
        tuple(sorted((entry for entry in quiet if entry.risk.status != "closed"), key=_next)),
        tuple(sorted((entry for entry in quiet if entry.risk.status == "closed"), key=_title)),
        tuple(sorted((entry for entry in entries if entry.late), key=_next)),
        tuple(_unforeseen(reviews)) if entries else (),
        {name: tuple(each) for name, each in by_cause.items()},
    )


def named(review: Review) -> tuple[str, ...]:
    """Give the risks that a review says came true."""
    return review.risks if isinstance(review.risks, tuple) else ()


def _unforeseen(reviews: Iterable[Review]) -> Iterator[tuple[Review, str]]:
    for review in reviews:
        if not named(review):
            yield review, review.risks.reason if isinstance(review.risks, NotApplicable) else ""


def _days(risk: Risk, today: date) -> int | None:
    return (risk.last_day - today).days if risk.last_day else None


def _latest(entry: RiskEntry) -> tuple[int, str]:
    day = entry.reviews[0].day
    return (-day.toordinal() if day else 0, entry.risk.id)


def _next(entry: RiskEntry) -> tuple[int, str]:
    return (entry.days if entry.days is not None else 1_000_000, entry.risk.id)


def _title(entry: RiskEntry) -> tuple[str, str]:
    return (entry.risk.title.casefold(), entry.risk.id)
