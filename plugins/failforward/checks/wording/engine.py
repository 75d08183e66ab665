"""The rules over sentences: which words call for a closer look, and what a closer look says."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from failforward.checks.wording.aliases import persons
from failforward.checks.wording.anchors import Anchors
from failforward.checks.wording.asks import asks
from failforward.checks.wording.compiled import Compiled, Compiler
from failforward.checks.wording.language import compile_pattern
from failforward.checks.wording.lexicon import take
from failforward.checks.wording.own_words import extend
from failforward.checks.wording.patterns import Pattern
from failforward.checks.wording.place import Document
from failforward.checks.wording.prefilter import Prefilter
from failforward.checks.wording.rawwords import forms_of
from failforward.checks.wording.sentences import Sentence, ranges, ranges_at, small
from failforward.checks.wording.subject import Subjects
from failforward.checks.wording.tables import Tables, tables_of
from failforward.model.finding import SEVERITIES
from failforward.model.rule import Rule
from failforward.text.prose import Block
from failforward.text.source import ByteOffsets

PARAMETERS = ("match", "subject", "except", "with", "without", "where", "despite")


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
        self._document = Document("")
        self._sought: list[str] = []
        self._known: Mapping[str, frozenset[str]] | None = None
        self._forms: frozenset[bytes] | None = None
        tables = kept()
        if tables:
            take(tables.lexicons)
        self.subjects = Subjects(self._names)
        if words:
            extend(self.subjects, words)
        self.tests = asks(self.subjects)
        self._rules = {rule.id: rule for rule in rules}
        self._made: dict[str, Compiled] = {}
        self._compiler = Compiler(self.tests)
        self.anew = not (tables and tables.fit(rules))
        self.tables = self._lay_out(rules) if tables is None or self.anew else tables
        if words:
            self.tables = self.tables._replace(persons=self.subjects.forms())
        self.anchors = Anchors(self.tables, self._entry)
        self.prefilter = Prefilter(self.tables)

    def _lay_out(self, rules: Sequence[Rule]) -> Tables:
        """Read all that the rules say; raises RuleFileError for what cannot be used."""
        found: dict[str, tuple[Pattern, list[int]]] = {}
        for number, rule in enumerate(rules):
            self._made[rule.id] = self._compiler.rule(rule, number)
            for pattern in self._compiler.patterns(rule, "match"):
                found.setdefault(pattern.source, (pattern, []))[1].append(number)
        somebody = [self._made[rule.id].asks_who for rule in rules]
        entries = [
            (pattern, tuple(numbers), all(somebody[number] for number in numbers))
            for pattern, numbers in found.values()
        ]
        return tables_of(rules, entries, self.subjects.forms())

    def _entry(self, place: int) -> tuple[Pattern, list[Compiled]]:
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
        self._document = Document(text)
        self._known = None
        self._forms = None

    def places(self, text: str, *, markdown: bool = True) -> list[int]:
        """Give byte offsets in a text of the document, in rising order, of what is worth a closer look."""
        found = self.prefilter.places(text, self._forms_of_names, markdown=markdown)
        self._sought = [word for _, word in found]
        return [offset for offset, _ in found]

    def marked(self, blocks: Sequence[Block]) -> Iterator[Block]:
        """Give those of some blocks that are worth a closer look, with the places to look at."""
        joined = "\n\n".join(block.text for block in blocks)
        offsets = ByteOffsets(joined)
        places = [(offsets.character(place), number) for number, place in enumerate(self.places(joined))]
        start = at = 0
        for block in blocks:
            end = start + len(block.text)
            first = at
            while at < len(places) and places[at][0] < end:
                at += 1
            if at > first:
                block.marks = [(place - start, number) for place, number in places[first:at]]
                yield block
            start = end + 2

    def _forms_of_names(self) -> frozenset[bytes]:
        if self._forms is None:
            self._forms = forms_of(name.split()[-1] for name in self._names() if name.strip()) or frozenset()
        return self._forms

    def _names(self) -> Mapping[str, frozenset[str]]:
        """Give the names that the roster and the document's timeline make known: in small letters → as written."""
        if self._known is None:
            self._known = persons(self.roster, self._document.text)
        return self._known

    def matches(self, block: Block) -> Iterator[Match]:
        """Give what the rules find in a block, in the order of the text; of overlapping finds of one rule the first."""
        text = block.text
        lower = small(text)
        reads: dict[int, bool] = {}
        for start, end, sought in self._sentences(block):
            sentence = Sentence(text, lower, start, end)
            looks = self.anchors.looks(sentence.words, sought)
            if looks:
                yield from self._found(block, sentence, looks, reads)

    def _sentences(self, block: Block) -> Iterator[tuple[int, int, AbstractSet[str] | None]]:
        """Give a block's sentences, and of each the words to look for; None: all there are."""
        if block.marks is None:
            yield from ((start, end, None) for start, end in ranges(block.text))
            return
        for start, end, marks in ranges_at(block.text, block.marks):
            sought = {self._sought[number] for _, number in marks}
            yield start, end, None if "" in sought else sought

    def _reads(self, rule: Compiled, block: Block, known: dict[int, bool]) -> bool:
        """Tell whether a rule reads where a block stands; `known` keeps the answers for the block."""
        if rule.number not in known:
            known[rule.number] = any(place(block, self._document) for place in rule.places)
        return known[rule.number]

    def _found(
        self,
        block: Block,
        sentence: Sentence,
        looks: Sequence[tuple[int, tuple[Pattern, list[Compiled]]]],
        known: dict[int, bool],
    ) -> Iterator[Match]:
        found: list[tuple[int, int, Compiled]] = []
        for at, (pattern, rules) in looks:
            read = [rule for rule in rules if not rule.places or self._reads(rule, block, known)]
            hit = pattern.match(sentence, at) if read else None
            if hit:
                found += [(hit[0], -hit[1], rule) for rule in read if self._holds(rule, sentence, hit)]
        if found:
            yield from _distinct(found, sentence)

    def _holds(self, rule: Compiled, sentence: Sentence, hit: tuple[int, int, int]) -> bool:
        """Tell whether a match is what its rule means: whose act, beside which words, and not silenced."""
        begin, end, first = hit
        words = sentence.words
        if rule.subjects and self.subjects.of(sentence, begin) not in rule.subjects:
            return False
        if rule.needed and not any(word in rule.needed for word in words):
            return False
        if rule.barred and any(word in rule.barred for word in words):
            return False
        if any(silencer(sentence, begin, end, first, self.subjects) for silencer in rule.silencers):
            return False
        return not (rule.exceptions and self._excepted(rule, sentence, begin, end))

    def _excepted(self, compiled: Compiled, sentence: Sentence, begin: int, end: int) -> bool:
        for exception in compiled.exceptions:
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
