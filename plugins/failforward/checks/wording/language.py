"""The language of a rule's `match`: words in a row.

`should not? have (<participle>)` means: *should*, perhaps *not*, *have*, and then, outside the span that is reported,
a word of the lexicon file participle.txt.

    word            this word; `care*` and `*ed` stand for all words with that beginning or ending
    one|other       either word
    <name>          a word of the lexicon file name.txt
    {person}        a word that stands for people in the way that subject.py knows; `we|{team}` is either
    word?           perhaps this word
    ..  ..5         up to three, up to five words without punctuation between them
    !word           the next word is not this one; at the beginning of an entry, the word before is not this one
    ( … )           must stand there, and does not belong to what is reported
    ^  $            here a clause begins, here it ends

A text can never make a match expensive: each pattern looks at a bounded number of words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from failforward.checks.wording.lexicon import Words, lexicon, words_of
from failforward.checks.wording.patterns import BREAKS, Element, Near, Pattern, Test

# Words that are everywhere make poor anchors.
_COMMON = frozenset(
    """a an the of to in on at by for with from as and or but not no be been being is are was were am does have has
    'd 's will would can it this that these those we i you he she they which more down our my your their his her
    its""".split()
)


class PatternError(ValueError):
    """A pattern cannot be read; the message says why."""


_GAP = Words(frozenset(), (), (), inverted=BREAKS)


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
    if len(steps) > 1 and steps[0].absent:
        steps[0] = steps[0]._replace(absent=False, behind=True, least=0)
    ranked = [(_cost(step), at) for at, step in enumerate(steps) if step.least and not step.absent and not step.edge]
    ranked = [(cost, at) for cost, at in ranked if cost < _UNUSABLE]
    if not ranked:
        raise PatternError("it has no word to look for, only gaps, optional words and endings")
    if not any(step.inside and not step.absent and not step.edge and step.least for step in steps):
        raise PatternError("every word stands in brackets, so nothing would be reported")
    at = min(ranked)[1]
    before, after = _beside(reversed(steps[:at])), _beside(steps[at + 1 :])
    opens = at > 0 and steps[at - 1].edge == "^"
    barred = steps[at - 1].words if at > 0 and steps[at - 1].behind else None
    ahead, behind = _within(steps[at + 1 :]), _within(steps[:at][::-1])
    return Pattern(source, tuple(steps), at, steps[at].words, before, after, opens, barred, ahead, behind)


def _within(steps: Sequence[Element]) -> tuple[Near, ...]:
    """Give the words of which one each has to stand on a side of an anchor, the rarest first."""
    found: list[tuple[int, int, frozenset[str]]] = []
    reach = 0
    for step in steps:
        if step.absent or step.behind or step.edge:
            continue
        reach += step.most
        words = step.words
        if step.least and not (step.test or words.prefixes or words.suffixes or words.inverted):
            found.append((_rarity(words), reach, words.exact))
    return tuple((exact, reach) for _, reach, exact in sorted(found, key=lambda item: item[:2]))


def _beside(steps: Iterable[Element]) -> Words | None:
    """Give the words of which one stands right beside an anchor; None where nothing is known of it."""
    possible = Words(frozenset())
    for step in steps:
        if step.test or step.absent or step.behind or step.edge or step.words.inverted:
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
    return _rarity(step.words) + (not step.inside)


@cache
def _rarity(words: Words) -> int:
    if not words.prefixes and not any(word[0].isalpha() for word in words.exact):
        return _UNUSABLE
    frequent = len(words.exact & lexicon("frequent").exact)
    return len(words.exact) + 5 * len(words.prefixes) + 15 * frequent + 300 * len(words.exact & _COMMON)


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
    names = [name for name in part.split("|") if name.startswith("{")]
    for name in names:
        if name.strip("{}") not in tests:
            raise PatternError(f"{name} is unknown; there are {', '.join(sorted(tests))}")
    try:
        words = words_of(name for name in part.split("|") if name not in names)
    except KeyError as missing:
        raise PatternError(f"there is no lexicon file {missing.args[0]}.txt") from None
    if not names:
        return Element(words, least, 1, inside, absent)
    asked = names[0].strip("{}") if part == names[0] else ""
    test = tests[asked] if asked else _either(words, [tests[name.strip("{}")] for name in names])
    return Element(Words(frozenset()), least, 1, inside, absent, test, asked=asked)


def _either(words: Words, tests: Sequence[Test]) -> Test:
    """Give the test that a word passes which is one of some words, or passes one of some tests."""
    return lambda sentence, index: sentence.words[index] in words or any(test(sentence, index) for test in tests)
