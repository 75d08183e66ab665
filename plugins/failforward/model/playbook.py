"""A whole playbook as one frozen value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from failforward.model.rulebook import Rulebook
from failforward.model.settings import Settings
from failforward.text.source import Source

if TYPE_CHECKING:
    from failforward.model.finding import Problem
    from failforward.model.review import Experiment, Review
    from failforward.model.risk import Risk, RiskRegister


class Cause(NamedTuple):
    """An entry of the cause vocabulary: a class of causes, in a group."""

    id: str
    path: str
    title: str
    group: str
    summary: str
    hints: tuple[str, ...] = ()
    neighbours: tuple[str, ...] = ()
    page: str = ""
    source: Source = Source("", "")


@dataclass(frozen=True)
class Playbook(Rulebook):
    """Everything that is known of a playbook.

    `reviews` are all that could be opened, drafts and private ones included, by path. `files` gives every other file
    of the playbook with its size in bytes; paths are relative to the root. `problems` are what could not be read
    in files that are no reviews. `prompts` are the sentences of the review templates. `intros` are a team's own words
    for the top of a made page, by its path ("index.md", "causes/index.md"). `register` is the risk register, None where
    the playbook keeps none.
    """

    settings: Settings = Settings()
    reviews: tuple[Review, ...] = ()
    causes: tuple[Cause, ...] = ()
    files: Mapping[str, int] = field(default_factory=dict, repr=False)
    problems: tuple[tuple[Source, Problem], ...] = ()
    prompts: frozenset[str] = frozenset()
    intros: Mapping[str, Source] = field(default_factory=dict, repr=False)
    register: RiskRegister | None = None

    @cached_property
    def review_by_id(self) -> Mapping[str, Review]:
        """Give the reviews by id; of two with one id the first."""
        return {review.id: review for review in reversed(self.reviews)}

    @cached_property
    def unread(self) -> tuple[Review, ...]:
        """Give the reviews whose front matter cannot be read, so that nobody knows what they promise.

        A file without any is no review where the settings do not ask for it (`missing-front-matter: off`).
        """
        return tuple(review for review in self.reviews if not (review.readable or self._is_none(review)))

    def _is_none(self, review: Review) -> bool:
        rule = "missing-front-matter"
        bare = any(problem.kind == rule for problem in review.problems)
        return bare and self.settings.at(review.path).rules.get(rule) == "off"

    @cached_property
    def circles(self) -> Mapping[str, tuple[str, ...]]:
        """Give path → the ids, from this review on, of a circle in which each review supersedes the next."""
        found: dict[str, tuple[str, ...]] = {}
        seen: set[str] = set()
        for review in self.reviews:
            chain: dict[str, Review] = {}
            each: Review | None = review
            while each is not None and each.path not in seen:
                seen.add(each.path)
                chain[each.path] = each
                each = self.review_by_id.get(each.supersedes) if each.supersedes else None
            if each is not None and each.path in chain:
                members = list(chain.values())[list(chain).index(each.path) :]
                for place, member in enumerate(members):
                    found[member.path] = tuple(other.id for other in (*members[place:], *members[:place]))
        return found

    @cached_property
    def cause_by_id(self) -> Mapping[str, Cause]:
        """Give the vocabulary by id."""
        return {cause.id: cause for cause in self.causes}

    @cached_property
    def risk_by_id(self) -> Mapping[str, Risk]:
        """Give the risks of the register by id."""
        return {risk.id: risk for risk in self.register.risks} if self.register else {}

    @cached_property
    def register_problems(self) -> tuple[tuple[Source, Problem], ...]:
        """Give what of the risk register could not be read as meant."""
        register = self.register
        return tuple(each for each in self.problems if register and each[0].path == register.source.path)

    @cached_property
    def tried(self) -> Mapping[tuple[str, str], tuple[tuple[Review, Experiment], ...]]:
        """Give (cause, service or team without capitals) → what published reviews of that place tried against it."""
        found: dict[tuple[str, str], list[tuple[Review, Experiment]]] = {}
        for review in self.reviews:
            for experiment in review.experiments if review.published else ():
                for place in review.places:
                    found.setdefault((experiment.cause, place), []).append((review, experiment))
        return {key: tuple(each) for key, each in found.items()}

    @cached_property
    def spellings(self) -> Mapping[str, Mapping[str, str]]:
        """Give service, team and tag → (word without capitals → its usual spelling); private reviews leave no trace."""
        from failforward.model.spelling import SORTS, named, usual_spellings

        words: dict[str, list[str]] = {sort: [] for sort in SORTS}
        for review in self.reviews:
            # A review counts once, however often it names a word.
            for sort, word in {} if review.private else dict.fromkeys((sort, word) for sort, _, word in named(review)):
                words[sort].append(word)
        return {sort: usual_spellings(each) for sort, each in words.items()}

    @cached_property
    def own_texts(self) -> Mapping[str, Source]:
        """Give path → text of the other files in which people write sentences: the playbook's own causes, the risks."""
        sources = [cause.source for cause in self.causes if cause.path in self.files]
        sources += [self.register.source] if self.register else []
        return {source.path: source for source in sources}

    @cached_property
    def review_by_path(self) -> Mapping[str, Review]:
        """Give the reviews by path."""
        return {review.path: review for review in self.reviews}
