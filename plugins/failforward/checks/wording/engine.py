"""The rules over sentences: which words call for a closer look, and what a closer look says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from failforward.checks.wording.aliases import persons
from failforward.checks.wording.anchors import Anchors
from failforward.checks.wording.asks import asks
from failforward.checks.wording.language import PatternError, compile_pattern
from failforward.checks.wording.lexicon import Words, words_of
from failforward.checks.wording.patterns import Pattern
from failforward.checks.wording.place import PLACES, Document, Place
from failforward.checks.wording.prefilter import Prefilter
from failforward.checks.wording.rawwords import forms_of
from failforward.checks.wording.sentences import Sentence, ranges, ranges_at, small
from failforward.checks.wording.silence import SILENCERS, Silencer
from failforward.checks.wording.subject import CLASSES, GROUPS, Subjects
from failforward.errors import RuleFileError
from failforward.model.finding import SEVERITIES
from failforward.model.rule import Rule
from failforward.text.prose import Block

PARAMETERS = ("match", "subject", "except", "with", "without", "where", "despite")


class Compiled(NamedTuple):
    """A rule made ready: whose acts it judges, where it reads, what silences it."""

    rule: Rule
    number: int
    subjects: frozenset[str]
    places: tuple[Place, ...]
    silencers: tuple[Silencer, ...]
    needed: Words | None
    barred: Words | None
    exceptions: tuple[Pattern, ...]


class Match(NamedTuple):
    """What a rule found in a block: the rule, and the range of the block's text."""

    rule: Rule
    start: int
    end: int


Entry = tuple[Pattern, list[Compiled]]


class Engine:
    """All wording rules at once. `names` are words that stand for persons: the roster."""

    def __init__(self, rules: Iterable[Rule], names: Sequence[str] = ()) -> None:
        self.roster = frozenset(names)
        self._document = Document("")
        self._sought: list[str] = []
        self._known: Mapping[str, frozenset[str]] | None = None
        self.subjects = Subjects(self._names)
        self.tests = asks(self.subjects)
        entries: dict[str, Entry] = {}
        for number, rule in enumerate(rules):
            compiled = self._compiled(rule, number)
            for pattern in self._patterns(rule, "match"):
                entries.setdefault(pattern.source, (pattern, []))[1].append(compiled)
        self.anchors = Anchors(entries.values())
        asking = (
            (pattern, all(rule.subjects and _somebody(rule) for rule in rules)) for pattern, rules in entries.values()
        )
        self.prefilter = Prefilter(asking, self.subjects.forms())
        self._forms: frozenset[bytes] | None = None

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

    def _forms_of_names(self) -> frozenset[bytes]:
        if self._forms is None:
            self._forms = forms_of(name.split()[-1] for name in self._names() if name.strip()) or frozenset()
        return self._forms

    def _names(self) -> Mapping[str, frozenset[str]]:
        """Give the names that the roster and the document's timeline make known: in small letters → as written."""
        if self._known is None:
            self._known = persons(self.roster, self._document.text)
        return self._known

    def _compiled(self, rule: Rule, number: int) -> Compiled:
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
            self._words(rule, "with"), self._words(rule, "without"), tuple(self._patterns(rule, "except")),
        )  # fmt: skip

    def _words(self, rule: Rule, key: str) -> Words | None:
        try:
            return words_of(rule.words(key)) if rule.words(key) else None
        except KeyError as missing:
            raise _error(
                rule, key, f"There is no lexicon file {missing.args[0]}.txt", "Write the words themselves."
            ) from None

    def _patterns(self, rule: Rule, key: str) -> Iterator[Pattern]:
        for source in rule.words(key):
            try:
                yield compile_pattern(source, self.tests)
            except PatternError as error:
                raise _error(
                    rule, key, f"{key}: “{source}”: {error}", "The page “Write a rule” shows the language."
                ) from None

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
        self, block: Block, sentence: Sentence, looks: Sequence[tuple[int, Entry]], known: dict[int, bool]
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


def _somebody(rule: Compiled) -> bool:
    """Tell whether a rule judges only acts of which the sentence says whose they are."""
    return rule.subjects.isdisjoint(("thing", "elided"))


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


def _error(rule: Rule, key: str, message: str, remedy: str) -> RuleFileError:
    line = re.search(rf"^{key}:", rule.source.text, re.MULTILINE)
    number = rule.source.position(line.start()).line if line else 1
    return RuleFileError(message, path=rule.source.path, line=number, remedy=remedy)
