"""What a kind of check is: which parameters its rules have, and how they look at a review."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from failforward.model.finding import Hit
from failforward.model.rule import Rule

if TYPE_CHECKING:
    from failforward.model.playbook import Playbook
    from failforward.model.review import Review


class Scope(NamedTuple):
    """What a check may know beyond the review: the whole playbook, and which day it is."""

    playbook: Playbook
    today: date


Test = Callable[[Rule, "Review", Scope], Iterator[Hit]]
Run = Callable[[Sequence[Rule], "Review", Scope], Iterator[tuple[Rule, Hit]]]


class Kind(NamedTuple):
    """A kind of check: the parameters of its rules, and one run of all its rules over a review.

    `tests` are the words that a rule's `test:` may name; empty where the kind has no tests. `words` gives the words
    that a parameter may hold, where not any word will do; `pairs` are the parameters written as `one: other`.
    """

    parameters: tuple[str, ...]
    run: Run
    tests: tuple[str, ...] = ()
    words: Mapping[str, tuple[str, ...]] = {}
    pairs: tuple[str, ...] = ()


def kind_of_tests(tests: Mapping[str, Test], *parameters: str, **words: tuple[str, ...]) -> Kind:
    """Make a kind whose rules each name one of these tests; `words` gives what a parameter may hold."""

    def run(rules: Sequence[Rule], review: Review, scope: Scope) -> Iterator[tuple[Rule, Hit]]:
        for rule in rules:
            for hit in tests[rule.word("test")](rule, review, scope):
                yield rule, hit

    return Kind(("test", *parameters), run, tuple(tests), {"test": tuple(tests), **words})
