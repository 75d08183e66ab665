"""The language of a rule's `match`: words in a row.

`should not? have (<participle>)` means: *should*, perhaps *not*, *have*, and then, outside the span that is reported,
a word of the lexicon file participle.txt.

    word            this word; `care*` and `*ed` stand for all words with that beginning or ending
    one|other       either word
    <name>          a word of the lexicon file name.txt
    {person}        a word that stands for people in the way that subject.py knows
    word?           perhaps this word
    ..  ..5         up to three, up to five words without punctuation between them
    !word           the next word is not this one
    ( … )           must stand there, and does not belong to what is reported
    ^  $            here a clause begins, here it ends

A text can never make a match expensive: each pattern looks at a bounded number of words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from failforward.checks.wording.lexicon import Words, lexicon, words_of
from failforward.checks.wording.sentences import Sentence

Test = Callable[[Sentence, int], bool]
_BREAKS = frozenset(".,;:!?()[]|—–")
# Words before which a clause ends and after which one begins.
CLAUSE_WORDS = frozenset(("and", "but", "then", "so", "or", "please"))
_CLAUSE_STARTS = frozenset(".,;:!?()[]|—–-*•>") | CLAUSE_WORDS
# Words that are everywhere make poor anchors.
_COMMON = frozenset(
    """a an the of to in on at by for with from as and or but not no be been being is are was were am does have has
    'd 's will would can it this that these those we i you he she they which more down our my your their his her its""".split()
)


class PatternError(ValueError):
    """A pattern cannot be read; the message says why."""


@dataclass(frozen=True, slots=True)
class Element:
    """A step of a pattern: a word out of `words`, or one that passes `test`; `most` above 1 is a gap.

    `inside` tells whether the word belongs to what is reported; `absent` turns the step into a look at the next word.
    """

    words: Words
    least: int = 1
    most: int = 1
    inside: bool = True
    absent: bool = False
    test: Test | None = None
    edge: str = ""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled entry of `match`.

    `anchors` are the words of which one stands in every match, at step `at`; `before` and `after` are the words
    that may stand beside it, as far as that is known. `opens` is true where the anchor begins a clause.
    `ahead` and `behind` are words of which one stands within so many words on that side.
    """

    source: str
    steps: tuple[Element, ...]
    at: int
    anchors: Words
    before: Words | None
    after: Words | None
    opens: bool = False
    ahead: tuple[frozenset[str], int] | None = None
    behind: tuple[frozenset[str], int] | None = None

    def may(self, words: list[str], anchor: int) -> bool:
        """Tell by the words beside an anchor, quickly, whether a match is possible there."""
        if self.after is not None and (anchor + 1 >= len(words) or words[anchor + 1] not in self.after):
            return False
        if self.ahead and self.ahead[0].isdisjoint(words[anchor + 1 : anchor + 1 + self.ahead[1]]):
            return False
        if self.behind and self.behind[0].isdisjoint(words[max(anchor - self.behind[1], 0) : anchor]):
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
    return index >= len(words) or words[index] in _BREAKS or words[index] in ("and", "but")


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


_GAP = Words(frozenset(), (), (), inverted=_BREAKS)


def compile_pattern(source: str, tests: dict[str, Test]) -> Pattern:
    """Read an entry of `match`; raises PatternError."""
    steps: list[Element] = []
    inside = True
    for part in _parts(source):
        if part in "()":
            if inside == (part == ")"):
                raise PatternError("the brackets do not pair")
            inside = part == ")"
        else:
            steps.append(_element(part, inside, tests))
    if not inside:
        raise PatternError("a bracket is not closed")
    ranked = [(_cost(step), at) for at, step in enumerate(steps) if step.least and not step.absent and not step.edge]
    ranked = [(cost, at) for cost, at in ranked if cost < _UNUSABLE]
    if not ranked:
        raise PatternError("it has no word to look for, only gaps, optional words and endings")
    if not any(step.inside and not step.absent and not step.edge and step.least for step in steps):
        raise PatternError("every word stands in brackets, so nothing would be reported")
    at = min(ranked)[1]
    before, after = _beside(reversed(steps[:at])), _beside(steps[at + 1 :])
    opens = at > 0 and steps[at - 1].edge == "^"
    ahead, behind = _within(steps[at + 1 :]), _within(steps[:at][::-1])
    return Pattern(source, tuple(steps), at, steps[at].words, before, after, opens, ahead, behind)


def _within(steps: Sequence[Element]) -> tuple[frozenset[str], int] | None:
    """Give the fewest words of which one has to stand on a side of an anchor, and within how many words."""
    found: list[tuple[int, int, frozenset[str]]] = []
    reach = 0
    for step in steps:
        if step.absent or step.edge:
            continue
        reach += step.most
        words = step.words
        if step.least and not (step.test or words.prefixes or words.suffixes or words.inverted):
            found.append((len(words.exact), reach, words.exact))
    if not found:
        return None
    _, reach, exact = min(found, key=lambda item: item[:2])
    return exact, reach


def _beside(steps: Iterable[Element]) -> Words | None:
    """Give the words of which one stands right beside an anchor; None where nothing is known of it."""
    possible = Words(frozenset())
    for step in steps:
        if step.test or step.absent or step.edge or step.words.inverted:
            return None
        possible = possible.joined(step.words)
        if step.least:
            return possible
    return None


_UNUSABLE = 1_000_000


def _cost(step: Element) -> int:
    """Say how often a step's words are likely to stand in a text: the rarest one is looked for first."""
    if (
        step.test
        or step.words.suffixes
        or step.words.inverted
        or any(len(prefix) < 3 for prefix in step.words.prefixes)
    ):
        return _UNUSABLE
    exact = step.words.exact
    frequent = len(exact & lexicon("frequent").exact)
    if not step.words.prefixes and not any(word[0].isalpha() for word in exact):
        return _UNUSABLE
    return len(exact) + 5 * len(step.words.prefixes) + 40 * frequent + 4_000 * len(exact & _COMMON) + (not step.inside)


def _parts(source: str) -> Iterator[str]:
    for part in source.split():
        part = part[:-2] + "?)" if part.endswith(")?") else part
        start = len(part) - len(part.lstrip("("))
        yield from part[:start]
        core = part[start:].rstrip(")")
        if core:
            yield core
        yield from part[start + len(core) :]


def _element(part: str, inside: bool, tests: dict[str, Test]) -> Element:
    if part in "^$":
        return Element(Words(frozenset()), inside=False, edge=part)
    if part.startswith(".."):
        if part[2:] and not part[2:].isdecimal():
            raise PatternError(f"“{part}” is no gap; write .. or ..5")
        return Element(_GAP, 0, min(int(part[2:] or 3), 12), inside)
    absent = part.startswith("!") and len(part) > 1
    part = part[1:] if absent else part
    least = 0 if part.endswith("?") and len(part) > 1 else 1
    part = part.removesuffix("?") if len(part) > 1 else part
    if part.startswith("{"):
        name = part.strip("{}")
        if name not in tests:
            raise PatternError(f"{{{name}}} is unknown; there are {', '.join(sorted(tests))}")
        return Element(Words(frozenset()), least, 1, inside, absent, tests[name])
    try:
        words = words_of(part.split("|"))
    except KeyError as missing:
        raise PatternError(f"there is no lexicon file {missing.args[0]}.txt") from None
    return Element(words, least, 1, inside, absent)
