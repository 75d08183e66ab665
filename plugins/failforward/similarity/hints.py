"""Which causes the words of a text point to, by the hints that the vocabulary of causes gives for each.

A draft names no cause yet, and a review only those its authors settled on; its words often say more.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from failforward.model.playbook import Cause
from failforward.similarity.ranking import K1
from failforward.similarity.words import words

Profile = Mapping[str, float]


class Hints:
    """The hints of a vocabulary, laid out so that a text is read through once, whatever their number."""

    def __init__(self, causes: Iterable[Cause]) -> None:
        """Lay the hints out by their first word."""
        self.group = {cause.id: cause.group or cause.id for cause in causes}
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for cause in causes:
            for hint in sorted({tuple(words(hint)) for hint in cause.hints}):
                if hint:
                    self._by_first.setdefault(hint[0], []).append((hint, cause.id))

    def found(self, text: Sequence[str]) -> Counter[tuple[str, str]]:
        """Count (cause, hint) in a text given as its words."""
        counts: Counter[tuple[str, str]] = Counter()
        for place, word in enumerate(text):
            for hint, cause in self._by_first.get(word, ()):
                if len(hint) == 1 or tuple(text[place : place + len(hint)]) == hint:
                    counts[cause, " ".join(hint)] += 1
        return counts

    def by_group(self, profile: Profile) -> Profile:
        """Give group → how strongly a profile points to any of its causes."""
        groups: dict[str, float] = {}
        for cause, weight in profile.items():
            groups[self.group[cause]] = groups.get(self.group[cause], 0.0) + weight
        return groups


class Rarity:
    """How much each hint says: much where few of the texts hold it."""

    def __init__(self, found: Sequence[Mapping[tuple[str, str], int]]) -> None:
        """Count the texts that hold each hint."""
        self._texts = len(found)
        self._holders = Counter(hint for counts in found for hint in {hint for _, hint in counts})

    def profile(self, found: Mapping[tuple[str, str], int]) -> Profile:
        """Give cause → how strongly a text points to it; a hint that is repeated counts for little more than twice."""
        profile: dict[str, float] = {}
        for (cause, hint), count in found.items():
            held = self._holders[hint]
            weight = math.log(1 + (self._texts - held + 0.5) / (held + 0.5))
            profile[cause] = profile.get(cause, 0.0) + weight * count * (K1 + 1) / (count + K1)
        return profile


def alike(one: Profile, other: Profile) -> float:
    """Give the cosine of two profiles: 1 where they point the same way, 0 where they share nothing."""
    if not one or not other:
        return 0.0
    both = sum(weight * other.get(name, 0.0) for name, weight in one.items())
    return both / math.sqrt(sum(each * each for each in one.values()) * sum(each * each for each in other.values()))


def strongest(profile: Profile) -> list[str]:
    """Give the causes that a text points to without doubt: each at least a quarter of what the strongest few weigh."""
    best = sorted(profile, key=lambda cause: (-profile[cause], cause))[:4]
    return [cause for cause in best if profile[cause] * 4 >= sum(profile[name] for name in best)]
