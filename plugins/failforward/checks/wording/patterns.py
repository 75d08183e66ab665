"""Matching a rule's `match` on the words of a sentence, around one word that stands in every match."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from failforward.checks.wording.lexicon import Words
from failforward.checks.wording.sentences import Sentence

Test = Callable[[Sentence, int], bool]
# Words of which one has to stand near another one, and within how many words.
Near = tuple[frozenset[str], int]
BREAKS = frozenset(".,;:!?()[]|—–")
# Words before which a clause ends and after which one begins.
CLAUSE_WORDS = frozenset(("and", "but", "then", "so", "or", "please"))
_CLAUSE_STARTS = frozenset(".,;:!?()[]|—–-*•>") | CLAUSE_WORDS


class Element(NamedTuple):
    """A step of a pattern: a word out of `words`, or one that passes `test`; `most` above 1 is a gap.

    `inside` tells whether the word belongs to what is reported; `absent` turns the step into a look at the next word,
    `behind` into one at the word before. `asked` is the test's name.
    """

    words: Words
    least: int = 1
    most: int = 1
    inside: bool = True
    absent: bool = False
    test: Test | None = None
    edge: str = ""
    behind: bool = False
    asked: str = ""


class Pattern(NamedTuple):
    """A compiled entry of `match`.

    `anchors` are the words of which one stands in every match, at step `at`; `before` and `after` are the words
    that may stand beside it, as far as that is known. `opens` is true where the anchor begins a clause.
    Of each set in `ahead` and `behind` one word stands within so many words on that side.
    """

    source: str
    steps: tuple[Element, ...]
    at: int
    anchors: Words
    before: Words | None
    after: Words | None
    opens: bool = False
    barred: Words | None = None
    ahead: tuple[Near, ...] = ()
    behind: tuple[Near, ...] = ()

    def may(self, words: list[str], anchor: int) -> bool:
        """Tell by the words beside an anchor, quickly, whether a match is possible there."""
        if self.after is not None and (anchor + 1 >= len(words) or words[anchor + 1] not in self.after):
            return False
        for near, reach in self.ahead:
            if near.isdisjoint(words[anchor + 1 : anchor + 1 + reach]):
                return False
        for near, reach in self.behind:
            if near.isdisjoint(words[max(anchor - reach, 0) : anchor]):
                return False
        if self.barred and anchor > 0 and words[anchor - 1] in self.barred:
            return False
        if self.opens and anchor > 0 and words[anchor - 1] not in _CLAUSE_STARTS:
            return False
        return self.before is None or (anchor > 0 and words[anchor - 1] in self.before)

    def match(self, sentence: Sentence, anchor: int) -> tuple[int, int, int] | None:
        """Match around an anchor word; give the first word reported, the end of those reported, and the first word."""
        marks: list[int] = []
        first = _left(self.steps, self.at - 1, sentence, anchor - 1, marks)
        if first < 0 or not _right(self.steps, self.at, sentence, anchor, marks):
            return None
        return min(marks), max(marks) + 1, first


def _fits(step: Element, sentence: Sentence, index: int) -> bool:
    """Tell whether the word at an index is what a step asks for."""
    if not 0 <= index < len(sentence.words):
        return False
    return step.test(sentence, index) if step.test else sentence.words[index] in step.words


def _edge(step: Element, sentence: Sentence, index: int) -> bool:
    """Tell whether a clause begins (`^`) or ends (`$`) between the word before the index and the word at it."""
    words = sentence.words
    if step.edge == "^":
        return index <= 0 or words[index - 1] in _CLAUSE_STARTS
    return index >= len(words) or words[index] in BREAKS or words[index] in ("and", "but")


def _right(steps: tuple[Element, ...], at: int, sentence: Sentence, index: int, marks: list[int]) -> bool:
    """Match steps forward from a word; `marks` takes the reported words' places."""
    if at == len(steps):
        return True
    step = steps[at]
    if step.edge:
        return _edge(step, sentence, index) and _right(steps, at + 1, sentence, index, marks)
    if step.absent:
        return not _fits(step, sentence, index) and _right(steps, at + 1, sentence, index, marks)
    taken = 0
    known = len(marks)
    while True:
        if taken >= step.least and _right(steps, at + 1, sentence, index, marks):
            return True
        del marks[known + (taken if step.inside else 0) :]
        if taken == step.most or not _fits(step, sentence, index):
            del marks[known:]
            return False
        if step.inside:
            marks.append(index)
        taken += 1
        index += 1


def _left(steps: tuple[Element, ...], at: int, sentence: Sentence, index: int, marks: list[int]) -> int:
    """Match steps backward from a word; give the first word that was needed, or -1."""
    if at < 0:
        return index + 1
    step = steps[at]
    if step.edge:
        return _left(steps, at - 1, sentence, index, marks) if _edge(step, sentence, index + 1) else -1
    if step.behind:
        free = index < 0 or sentence.words[index] not in step.words
        return _left(steps, at - 1, sentence, index, marks) if free else -1
    if step.absent:
        return -1 if _fits(step, sentence, index + 1) else _left(steps, at - 1, sentence, index, marks)
    taken = 0
    known = len(marks)
    while True:
        if taken >= step.least:
            first = _left(steps, at - 1, sentence, index, marks)
            if first >= 0:
                return first
        if taken == step.most or not _fits(step, sentence, index):
            del marks[known:]
            return -1
        if step.inside:
            marks.append(index)
        taken += 1
        index -= 1
