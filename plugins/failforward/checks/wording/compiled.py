"""From a rule to what the engine asks: its patterns, whose acts it judges, where it reads, what silences it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from failforward.checks.wording.language import PatternError, compile_pattern
from failforward.checks.wording.lexicon import Words, words_of
from failforward.checks.wording.patterns import Pattern, Test
from failforward.checks.wording.place import PLACES, Place
from failforward.checks.wording.silence import SILENCERS, Silencer
from failforward.checks.wording.subject import CLASSES, GROUPS
from failforward.errors import RuleFileError
from failforward.model.rule import Rule


class Compiled(NamedTuple):
    """A rule made ready: whose acts it judges, where it reads, what silences it.

    Its exceptions are read when they are first asked for, as most never are.
    """

    rule: Rule
    number: int
    subjects: frozenset[str]
    places: tuple[Place, ...]
    silencers: tuple[Silencer, ...]
    needed: Words | None
    barred: Words | None
    exceptions: Callable[[], tuple[Pattern, ...]]

    @property
    def asks_who(self) -> bool:
        """Tell whether the rule judges only acts of which the sentence says whose they are."""
        return bool(self.subjects) and self.subjects.isdisjoint(("thing", "elided"))


class Compiler:
    """Makes rules ready; `tests` are the questions that a pattern may ask of a word."""

    def __init__(self, tests: Mapping[str, Test]) -> None:
        """Take the questions."""
        self._tests = dict(tests)

    def rule(self, rule: Rule, number: int) -> Compiled:
        """Read what a rule says; raises RuleFileError for what cannot be used."""
        subjects: set[str] = set()
        for word in rule.words("subject") or ("any",):
            if word != "any" and word not in CLASSES and word not in GROUPS:
                raise _error(
                    rule,
                    "subject",
                    f"“{word}” is no subject",
                    f"Write some of {', '.join((*GROUPS, *CLASSES))}, or any.",
                )
            subjects |= set(CLASSES if word == "any" else GROUPS.get(word, (word,)))
        for key, known in (("where", PLACES), ("despite", SILENCERS)):
            for word in rule.words(key):
                if word not in known:
                    raise _error(rule, key, f"“{word}” is unknown", f"Write some of {', '.join(known)}.")
        silent = tuple(test for name, test in SILENCERS.items() if name not in rule.words("despite"))
        return Compiled(
            rule, number, frozenset(subjects) if subjects < set(CLASSES) else frozenset(),
            tuple(PLACES[word] for word in rule.words("where")), silent,
            self._words(rule, "with"), self._words(rule, "without"),
            cache(lambda: tuple(self.patterns(rule, "except"))),
        )  # fmt: skip

    def _words(self, rule: Rule, key: str) -> Words | None:
        try:
            return words_of(rule.words(key)) if rule.words(key) else None
        except KeyError as missing:
            raise _error(
                rule, key, f"There is no lexicon file {missing.args[0]}.txt", "Write the words themselves."
            ) from None

    def patterns(self, rule: Rule, key: str) -> Iterator[Pattern]:
        """Give the patterns that stand in a field of a rule; raises RuleFileError for one that cannot be read."""
        for source in rule.words(key):
            try:
                yield compile_pattern(source, self._tests)
            except PatternError as error:
                raise _error(
                    rule, key, f"{key}: “{source}”: {error}", "The page “Write a rule” shows the language."
                ) from None


def _error(rule: Rule, key: str, message: str, remedy: str) -> RuleFileError:
    line = re.search(rf"^{key}:", rule.source.text, re.MULTILINE)
    number = rule.source.position(line.start()).line if line else 1
    return RuleFileError(message, path=rule.source.path, line=number, remedy=remedy)
