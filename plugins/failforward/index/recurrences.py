"""Causes across reviews: each time one was met, what was tried against it, and whether it came back."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from failforward.index.trials import Trial
from failforward.model.moment import Moment
from failforward.model.playbook import Cause
from failforward.model.review import Acceptance, Contribution, Review


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A cause in a review: how it contributed, what was tried against it there, why it was accepted."""

    review: Review
    contribution: Contribution
    trials: tuple[Trial, ...] = ()
    accepted: tuple[Acceptance, ...] = ()


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A cause that came back after a change against it had been found to have stuck.

    `shared` are the services and teams that both reviews name, as the later one spells them. Without any, the cause was
    met again elsewhere, which says nothing about the change; with some, the lesson did not hold. The same tells of a
    cause that was met again after a change against it had not stuck (`CauseEntry.unheeded`).
    """

    cause: str
    trial: Trial
    review: Review
    shared: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CauseEntry:
    """Everything the playbook knows of a cause.

    `occurrences` come sorted by day, oldest first. `together` are the causes met in the same reviews with how often,
    the most frequent first. `cause.path` is empty for a cause that the vocabulary does not have. `unheeded` are the
    reviews that met it again, in the same service or team, after the last change there had not stuck.
    """

    cause: Cause
    occurrences: tuple[Occurrence, ...] = ()
    recurrences: tuple[Recurrence, ...] = ()
    unheeded: tuple[Recurrence, ...] = ()
    together: tuple[tuple[str, int], ...] = ()

    @property
    def reviews(self) -> tuple[Review, ...]:
        """Give the reviews it appears in, newest first."""
        return tuple(dict.fromkeys(occurrence.review for occurrence in reversed(self.occurrences)))

    @property
    def trials(self) -> tuple[Trial, ...]:
        """Give what was tried against it, oldest first."""
        return tuple(trial for occurrence in self.occurrences for trial in occurrence.trials)


@dataclass(frozen=True, slots=True)
class Group:
    """A group of the cause vocabulary, with its causes sorted by title."""

    id: str
    title: str
    causes: tuple[CauseEntry, ...]

    @property
    def reviews(self) -> int:
        """Give how many reviews name at least one cause of the group."""
        return len({occurrence.review.path for entry in self.causes for occurrence in entry.occurrences})


def occurrences_of(reviews: Sequence[Review], trials: Iterable[Trial]) -> dict[str, list[Occurrence]]:
    """Give cause → its occurrences in the order of `reviews`; a cause named twice in a review counts once."""
    by_cause: dict[tuple[str, str], list[Trial]] = {}
    for trial in trials:
        by_cause.setdefault((trial.review.path, trial.experiment.cause), []).append(trial)
    found: dict[str, list[Occurrence]] = {}
    for review in reviews:
        contributions = {each.cause: each for each in reversed(review.causes) if each.cause}
        for name in review.cause_ids:
            accepted = tuple(each for each in review.accepted if each.cause == name)
            tried = tuple(by_cause.get((review.path, name), ()))
            found.setdefault(name, []).append(Occurrence(review, contributions[name], tried, accepted))
    return found


def entries_of(causes: Iterable[Cause], occurrences: Mapping[str, Sequence[Occurrence]]) -> dict[str, CauseEntry]:
    """Give id → entry for each cause of the vocabulary and each one that a review names beside it."""
    known = {cause.id: cause for cause in causes}
    for name in occurrences:
        known.setdefault(name, Cause(name, "", name.replace("-", " ").capitalize(), "", ""))
    entries: dict[str, CauseEntry] = {}
    for name in sorted(known):
        met = tuple(occurrences.get(name, ()))
        again = _recurrences(name, met, ("stuck", "did-not-stick"))
        unheeded = tuple(each for each in again if each.shared and each.trial.verdict == "did-not-stick")
        stuck = tuple(_recurrences(name, met, ("stuck",)))
        entries[name] = CauseEntry(known[name], met, stuck, unheeded, _together(name, met))
    return entries


def groups_of(entries: Mapping[str, CauseEntry], titles: Mapping[str, str]) -> tuple[Group, ...]:
    """Give the groups in the order of the settings, then the others by name; causes without a group come last."""
    by_group: dict[str, list[CauseEntry]] = {}
    for entry in entries.values():
        by_group.setdefault(entry.cause.group, []).append(entry)
    order = [*titles, *sorted(name for name in by_group if name and name not in titles), ""]
    return tuple(
        Group(
            name,
            titles.get(name) or name.replace("-", " ").capitalize() or "Without a group",
            tuple(sorted(by_group[name], key=lambda entry: entry.cause.title.casefold())),
        )
        for name in order
        if name in by_group
    )


def _together(name: str, met: Sequence[Occurrence]) -> tuple[tuple[str, int], ...]:
    counts: dict[str, int] = {}
    for occurrence in met:
        for other in occurrence.review.cause_ids:
            if other != name:
                counts[other] = counts.get(other, 0) + 1
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _recurrences(name: str, met: Sequence[Occurrence], verdicts: Collection[str]) -> list[Recurrence]:
    """Find what came back: each occurrence is held against the last change with such a verdict before it."""
    judged = sorted(
        (
            (day, place, trial)
            for place, each in enumerate(met)
            for trial in each.trials
            if trial.verdict in verdicts and (day := _verdict_day(trial))
        ),
        key=lambda event: event[:2],
    )
    found: list[Recurrence] = []
    last: dict[str, Trial] = {}
    waiting = iter([*judged, (date.max, 0, None)])
    day, _, trial = next(waiting)
    for occurrence in met:
        review = occurrence.review
        while trial is not None and review.day is not None and day < review.day:
            last |= dict.fromkeys(("", *trial.review.places), trial)
            day, _, trial = next(waiting)
        places = [place for place in review.places if place in last]
        earlier = last.get(places[0] if places else "")
        if earlier is not None and earlier.review is not review:
            shared = tuple(review.places[place] for place in places if place in earlier.review.places)
            found.append(Recurrence(name, earlier, review, shared))
    return found


def _verdict_day(trial: Trial) -> date | None:
    on = trial.verified.on if trial.verified else None
    return on.day if isinstance(on, Moment) else None
