"""Seen before? Reviews ranked by what they share with one, each with why, what was tried then and what is open.

The score is a sum of parts between 0 and about 1: the words of the text (BM25), the causes that the words point to
(`hints`), the causes that both reviews name, services and tags. `benchmarks/similarity.py` measures it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from failforward.index.trials import UNFINISHED, Trial, trials_of
from failforward.model.moment import Moment
from failforward.model.playbook import Playbook
from failforward.model.review import Review
from failforward.similarity.hints import Hints, Profile, Rarity, alike, strongest
from failforward.similarity.ranking import Ranking
from failforward.similarity.words import counted, words_of

# What people settled on weighs more than what words point to. Results change little between half and twice of each.
WEIGHTS: Mapping[str, float] = {
    "words": 1.0, "hints": 0.2, "hinted-groups": 0.2, "causes": 0.6, "groups": 0.15, "services": 0.3, "tags": 0.1,
}  # fmt: skip
# Nine of ten pairs of post-mortems that were drawn by lot score less: they have in common what any two have.
LEAST = 0.3
_WORDS_SHOWN = 6

# Which reviews are looked through: those of failures that had begun, those of failures that began later, or all.
Period = Literal["before", "after", "ever"]
WhyKind = Literal["causes", "groups", "services", "tags", "hints", "words"]


@dataclass(frozen=True, slots=True)
class Why:
    """A reason for two reviews to be similar.

    `causes`, `services` and `tags` are named by both; `groups` are those of different causes; `hints` are causes that
    the words of both point to; `words` are the rarest that both use, the most telling first.
    """

    kind: WhyKind
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Similar:
    """A review that is similar, with the reasons and what was tried then.

    `score` orders, and no more. `later` tells whether its failure began after that of the review it is similar to.
    """

    review: Review
    score: float
    why: tuple[Why, ...]
    tried: tuple[Trial, ...]
    later: bool = False

    @property
    def open(self) -> tuple[Trial, ...]:
        """Give what is not finished, or not verified yet."""
        return tuple(trial for trial in self.tried if trial.state in (*UNFINISHED, "waiting", "carried"))


@dataclass(frozen=True, slots=True)
class _Traits:
    """What a review is compared by; `spoken` counts (cause, hint) in its words."""

    bag: Mapping[str, int]
    spoken: Mapping[tuple[str, str], int]
    causes: frozenset[str]
    groups: frozenset[str]
    services: frozenset[str]
    tags: frozenset[str]


class Shelf:
    """The published reviews of a playbook, prepared for the question which of them are similar to one."""

    def __init__(self, playbook: Playbook, today: date, weights: Mapping[str, float] = WEIGHTS) -> None:
        """Read every published review once; drafts and private reviews leave no trace."""
        self._weights = weights
        self._playbook = playbook
        self._today = today
        self._hints = Hints(playbook.causes)
        self._reviews = tuple(review for review in playbook.reviews if review.published)
        self._traits = [self._read(review) for review in self._reviews]
        self._ranking = Ranking([traits.bag for traits in self._traits])
        self._rarity = Rarity([traits.spoken for traits in self._traits])
        self._profiles = [self._pointing(traits) for traits in self._traits]
        self._holders: dict[tuple[str, str], int] = {}
        for traits in self._traits:
            for kind in ("causes", "groups", "services", "tags"):
                for name in getattr(traits, kind):
                    self._holders[kind, name] = self._holders.get((kind, name), 0) + 1

    def similar(
        self, review: Review, limit: int = 5, least: float = LEAST, period: Period = "before"
    ) -> tuple[Similar, ...]:
        """Give the reviews that are similar to one, the most similar first; never the review itself.

        `least` is the score below which a review is not worth a look. Unless `period` asks for others, only what had
        begun when the failure of the review did has been seen before; what has no day may have.
        """
        asked = self._read(review)
        own = next((number for number, each in enumerate(self._reviews) if each.path == review.path), -1)
        texts = self._ranking.shared(asked.bag, own)
        pointing = self._pointing(asked)
        scores = {
            number: self._weights["words"] * texts.get(number, 0.0) + self._other(asked, pointing, number)
            for number in range(len(self._reviews))
            if number != own and period in ("ever", "after" if self._is_later(number, review) else "before")
        }
        best = sorted(scores, key=lambda number: (-scores[number], self._reviews[number].path))
        kept = [number for number in best[:limit] if scores[number] >= least]
        return tuple(
            Similar(
                self._reviews[number], scores[number], tuple(self._why(asked, number)), self._tried(asked, number),
                self._is_later(number, review),
            )
            for number in kept
        )  # fmt: skip

    def _is_later(self, number: int, review: Review) -> bool:
        """Tell whether a failure surely began after that of a review; as exactly as both are written."""
        ours, theirs = _began(review), _began(self._reviews[number])
        return ours is not None and theirs is not None and ours.surely_before(theirs)

    def _read(self, review: Review) -> _Traits:
        text = words_of(review, self._playbook.prompts)
        groups = frozenset(self._hints.group.get(name, name) for name in review.cause_ids)
        causes, services, tags = map(frozenset, (review.cause_ids, review.services, review.tags))
        return _Traits(counted(text), self._hints.found(text), causes, groups, services, tags)

    def _pointing(self, traits: _Traits) -> tuple[Profile, Profile]:
        profile = self._rarity.profile(traits.spoken)
        return profile, self._hints.by_group(profile)

    def _other(self, asked: _Traits, pointing: tuple[Profile, Profile], number: int) -> float:
        """Give what two reviews share beside their words."""
        causes, groups = self._profiles[number]
        score = self._weights["hints"] * alike(pointing[0], causes)
        score += self._weights["hinted-groups"] * alike(pointing[1], groups)
        for kind in ("causes", "groups", "services", "tags"):
            for name in getattr(asked, kind) & getattr(self._traits[number], kind):
                score += self._weights[kind] * self._rare(kind, name)
        return score

    def _rare(self, kind: str, name: str) -> float:
        """Give 1 for a name that no other reviews share, less for one that many do."""
        return 1 / math.log2(1 + max(1, self._holders.get((kind, name), 1)))

    def _why(self, asked: _Traits, number: int) -> Iterator[Why]:
        other = self._traits[number]
        causes = asked.causes & other.causes
        told = frozenset(self._hints.group.get(name, name) for name in causes)
        hinted = set(strongest(self._pointing(asked)[0])) & set(strongest(self._profiles[number][0]))
        telling = self._ranking.telling(asked.bag, number)
        rare = [word for word in telling if self._ranking.held(word) <= max(2, len(self._reviews) // 5)]
        found: dict[WhyKind, list[str]] = {
            "causes": sorted(causes), "groups": sorted((asked.groups & other.groups) - told),
            "services": sorted(asked.services & other.services), "tags": sorted(asked.tags & other.tags),
            "hints": sorted(hinted - causes), "words": rare[:_WORDS_SHOWN],
        }  # fmt: skip
        return (Why(kind, tuple(names)) for kind, names in found.items() if names)

    def _tried(self, asked: _Traits, number: int) -> tuple[Trial, ...]:
        """Give the experiments of a past review, those against a shared cause first."""
        trials = trials_of([self._reviews[number]], self._playbook.settings.clocks.calendar, self._today)
        return tuple(sorted(trials, key=lambda trial: trial.experiment.cause not in asked.causes))


def _began(review: Review) -> Moment | None:
    return review.first or (Moment.of_day(review.day) if review.day else None)
