"""The rules over sentences: which words call for a closer look, and what a closer look says."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from failforward.checks.wording.aliases import like_auxiliaries, tell_apart
from failforward.checks.wording.anchors import Anchors, Sought
from failforward.checks.wording.asks import asks
from failforward.checks.wording.compiled import Compiled, Compiler
from failforward.checks.wording.glance import Worth, glance_with
from failforward.checks.wording.language import compile_pattern
from failforward.checks.wording.lexicon import take
from failforward.checks.wording.own_words import extend
from failforward.checks.wording.patterns import Pattern
from failforward.checks.wording.place import Document
from failforward.checks.wording.sentences import Sentence, ranges, stretches
from failforward.checks.wording.subject import Subjects
from failforward.checks.wording.tables import Tables, tables_of
from failforward.model.finding import SEVERITIES
from failforward.model.rule import Rule
from failforward.text.prose import Block

PARAMETERS = ("match", "subject", "except", "with", "without", "where", "despite")


# Where in a sentence which pattern may match, and the rules that ask.
Looks = Sequence[tuple[int, Sought]]


class Match(NamedTuple):
    """What a rule found in a block: the rule, and the range of the block's text."""

    rule: Rule
    start: int
    end: int


class Engine:
    """All wording rules at once.

    `names` are words that stand for persons: the roster; `words` a team's own words for people. `kept` gives the tables
    that were made of the shipped rules earlier; with them only those patterns are made ready that are met in a text.
    `anew` tells that all was read anew.
    """

    def __init__(
        self, rules: Sequence[Rule], names: Sequence[str] = (), words: Mapping[str, Sequence[str]] | None = None,
        kept: Callable[[], Tables | None] = lambda: None,
    ) -> None:  # fmt: skip
        self.roster = frozenset(names)
        self._document = Document("", self.roster)
        tables = kept()
        if tables:
            take(tables.lexicons)
        self._like_auxiliaries = like_auxiliaries(names)
        self.subjects = Subjects(lambda: self._document.names)
        if words:
            extend(self.subjects, words)
        self.tests = asks(self.subjects)
        self._rules = {rule.id: rule for rule in rules}
        self._made: dict[str, Compiled] = {}
        self._compiler = Compiler(self.tests)
        self.anew = not (tables and tables.fit(rules))
        self.tables = self._lay_out(rules) if tables is None or self.anew else tables
        self.anchors = Anchors(self.tables, self._entry)
        persons = self.subjects.somebody() if words else frozenset[str]()
        self.glance = glance_with(self.tables, lambda: self._document.last_words, persons)

    def _lay_out(self, rules: Sequence[Rule]) -> Tables:
        """Read all that the rules say; raises RuleFileError for what cannot be used."""
        found: dict[str, tuple[Pattern, list[int]]] = {}
        for number, rule in enumerate(rules):
            self._made[rule.id] = self._compiler.rule(rule, number)
            self._made[rule.id].exceptions()
            for pattern in self._compiler.patterns(rule, "match"):
                found.setdefault(pattern.source, (pattern, []))[1].append(number)
        somebody = [self._made[rule.id].asks_who for rule in rules]
        entries = [
            (pattern, tuple(numbers), all(somebody[number] for number in numbers))
            for pattern, numbers in found.values()
        ]
        return tables_of(rules, entries, self.subjects.somebody())

    def _entry(self, place: int) -> Sought:
        """Make a pattern of the tables ready, with those of its rules that are on."""
        source, numbers = self.tables.entries[place]
        rules = []
        for number in numbers:
            name = self.tables.rules[number]
            if name in self._rules:
                if name not in self._made:
                    self._made[name] = self._compiler.rule(self._rules[name], number)
                rules.append(self._made[name])
        return compile_pattern(source, self.tests), rules

    def begin(self, text: str) -> None:
        """Turn to a document: the names in its timeline count as names in all of it."""
        self._document = Document(text, self.roster)

    def matches(self, block: Block, *, quick: bool = True) -> Iterator[Match]:
        """Give what the rules find in a block, in the order of the text; of overlapping finds of one rule the first.

        Without the quick look the same is found, by looking for everything everywhere.
        """
        return self.closely(block, self.glance.over(block.text) if quick else self._all_of(block.text))

    def _all_of(self, text: str) -> Sequence[Worth]:
        every = frozenset(range(len(self.tables.entries)))
        return [(begin, end, every) for begin, end in stretches(text)]

    def closely(self, block: Block, worth: Sequence[Worth]) -> Iterator[Match]:
        """Give what the rules find where the quick look says that they may."""
        reads: dict[int, bool] = {}
        for sentence, looks in self.looks(block.text, worth):
            yield from self._found(block, sentence, looks, reads)

    def looks(self, text: str, worth: Sequence[Worth]) -> Iterator[tuple[Sentence, Looks]]:
        """Give the sentences that are worth a closer look, with what is looked for where."""
        for begin, finish, wanted in worth:
            for start, end in ranges(text, begin, finish):
                sentence = Sentence(text, start, end)
                if self._like_auxiliaries:
                    tell_apart(sentence, self._like_auxiliaries)
                looks = self.anchors.looks(sentence.words, wanted)
                if looks:
                    yield sentence, looks

    def _reads(self, rule: Compiled, block: Block, known: dict[int, bool]) -> bool:
        """Tell whether a rule reads where a block stands; `known` keeps the answers for the block."""
        if rule.number not in known:
            known[rule.number] = not rule.places or any(place(block, self._document) for place in rule.places)
        return known[rule.number]

    def _found(
        self,
        block: Block,
        sentence: Sentence,
        looks: Looks,
        known: dict[int, bool],
    ) -> Iterator[Match]:
        found: list[tuple[int, int, Compiled]] = []
        for at, (pattern, rules) in looks:
            hit = pattern.match(sentence, at)
            if hit:
                # Where the block stands is asked last: that takes longer to find out than all the rest.
                held = (rule for rule in rules if self._holds(rule, sentence, hit))
                found += [(hit[0], -hit[1], rule) for rule in held if self._reads(rule, block, known)]
        if found:
            yield from _distinct(found, sentence)

    def _holds(self, rule: Compiled, sentence: Sentence, hit: tuple[int, int, int]) -> bool:
        """Tell whether a match is what its rule means: whose act, beside which words, and not silenced."""
        begin, end, first = hit
        words = sentence.words
        if rule.subjects and self.subjects.of(sentence, begin) not in rule.subjects:
            return False
        if rule.needed and not rule.needed.meets(words):
            return False
        if rule.barred and rule.barred.meets(words):
            return False
        if any(silencer(sentence, begin, end, first, self.subjects) for silencer in rule.silencers):
            return False
        return not self._excepted(rule, sentence, begin, end)

    def _excepted(self, compiled: Compiled, sentence: Sentence, begin: int, end: int) -> bool:
        for exception in compiled.exceptions():
            for index in range(max(begin - 6, 0), min(end + 6, len(sentence.words))):
                if sentence.words[index] in exception.anchors:
                    hit = exception.match(sentence, index)
                    if hit and hit[2] < end and hit[1] > begin:
                        return True
        return False


def _distinct(found: list[tuple[int, int, Compiled]], sentence: Sentence) -> Iterator[Match]:
    """Of overlapping finds of one rule keep the first and longest; of a find inside a graver one, the graver."""
    reached: dict[int, int] = {}
    kept: list[tuple[int, int, Compiled]] = []
    for begin, minus_end, compiled in sorted(found, key=lambda item: (item[0], item[1], item[2].number)):
        if begin >= reached.get(compiled.number, 0):
            reached[compiled.number] = -minus_end
            kept.append((begin, -minus_end, compiled))
    for one in kept:
        if not any(_swallows(other, one) for other in kept):
            yield Match(one[2].rule, sentence.starts[one[0]], sentence.ends[one[1] - 1])


def _swallows(other: tuple[int, int, Compiled], one: tuple[int, int, Compiled]) -> bool:
    """Tell whether a find lies within another one that says as much or more."""
    if other is one or not (other[0] <= one[0] and one[1] <= other[1]):
        return False
    ranks = SEVERITIES.index(other[2].rule.worst), SEVERITIES.index(one[2].rule.worst)
    wider = other[1] - other[0] > one[1] - one[0]
    return ranks[0] <= ranks[1] and (wider or ranks[0] < ranks[1] or other[2].number < one[2].number)
