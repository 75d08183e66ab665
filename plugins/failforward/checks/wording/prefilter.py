"""A quick look over raw text for the words that a closer look begins with, and at the words beside them.

It never loses a match: where marks inside a word could hide one (`care**less**`, `&#115;hould`), and where anything
but a blank stands between two words, it asks for the closer look. A test compares both ways.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import compress
from typing import NamedTuple

from failforward.checks.wording.lexicon import Words
from failforward.checks.wording.patterns import CLAUSE_WORDS, Pattern

# Words that stand in a text in another form than in a sentence, with the form's letters.
_SPELT = {
    "will": ("won", "ll"), "shall": ("shan",), "have": ("ve", "shoulda"), "are": ("re",), "am": ("m",),
    "nobody": ("no",), "should": ("shoulda",), "do": ("dont",), "not": ("t", "cannot", "dont"), "can": ("cannot",),
    "'s": ("s",), "'d": ("d",),
}  # fmt: skip
_AUXILIARIES = frozenset(
    "did do does had has have is are was were should could would can must need might ought will".split()
)
_LETTERS = re.compile("[a-z]+")
_ONLY_LETTERS = bytes(byte if 97 <= byte <= 122 else 32 for byte in range(256))
_NO_ONE = re.compile(rb"no[\W_]{1,4}one")
_HIDING = re.compile(
    rb"\*(?<=[a-z]\*)\*{0,2}(?=[a-z])|~(?<=[a-z]~)~?(?=[a-z])|<(?<=[a-z]<)|&#|\)(?=[a-z])|\xe2\x84\xaa"
)
# Marks that part words; a break stands for one of them.
_MARKS = frozenset(b".,;:!?")
_BREAK = b"."
_BLANKS = frozenset(b" \n")
# Words with nothing between them that could hide what is a word of a sentence.
_PLAIN = re.compile(rb"(?:[.,;:!?]?\*{0,3}[ \n]\*{0,3}[a-z]+(?![a-z\-'_0-9\x80-\xff])){0,24}")
_PLAIN_WORD = re.compile(rb"\*{0,3}[a-z]+[.,;:!?]?\*{0,3}")
# How far to look back for the words before an anchor; longer ones leave it open.
_BACK = 150
# A word that touches one of these is only a part of a word of a sentence.
_JOINING = frozenset(b"-'_0123456789") | frozenset(range(0x80, 0x100))
_OPENERS = frozenset(word.encode() for word in CLAUSE_WORDS)


@cache
def _first(form: str) -> str:
    """Give the first letters that stand together in a word."""
    if form.isascii() and form.isalpha():
        return form
    runs = _LETTERS.findall(form)
    return runs[0] if runs else ""


class _Beside:
    """The raw words that may stand on one side of an anchor."""

    def __init__(self, words: Words) -> None:
        forms = {form for word in words.exact for form in (word, *_SPELT.get(word, ()))}
        if "nobody" in words.exact:
            forms.add("one")
        self.exact = frozenset(first.encode() for form in forms if (first := _first(form)))
        # A word without a letter (a mark, a place held for code) stands beside no blank alone; then nothing is known.
        self.starts = tuple(start.encode() for start in words.prefixes)
        self.ends = tuple(end.encode() for end in words.suffixes)

    def __contains__(self, word: bytes) -> bool:
        return word in self.exact or (
            bool(self.ends and word.endswith(self.ends)) or bool(self.starts and word.startswith(self.starts))
        )


@cache
def _beside(words: Words | None) -> _Beside | None:
    """Give the raw words for those that may stand beside an anchor; None where marks may stand there as well."""
    return _Beside(words) if words and all(word[0].isalpha() or word[0] == "'" for word in words.exact) else None


class _Look(NamedTuple):
    """What has to stand around an anchor; None where that is not known.

    `before` and `after` are the words right beside it; of each set in `ahead` one stands after it, within so many
    words, and of each in `behind` before it. `opens`: a clause begins with the anchor.
    """

    before: _Beside | None = None
    after: _Beside | None = None
    opens: bool = False
    barred: _Beside | None = None
    ahead: tuple[tuple[frozenset[bytes], int], ...] = ()
    behind: tuple[tuple[frozenset[bytes], int], ...] = ()


_ANYTHING = _Look()


class _Looks(NamedTuple):
    """All looks around one anchor, with the words of which one stands beside it for any of them; None: not known."""

    before: frozenset[bytes] | None
    after: frozenset[bytes] | None
    each: tuple[_Look, ...]


def _together(looks: Iterable[_Look]) -> _Looks | None:
    """Put the looks around an anchor together; None where one of them asks for nothing."""
    each = tuple(looks)
    if _ANYTHING in each:
        return None
    return _Looks(_union(look.before for look in each), _union(look.after for look in each), each)


def _union(sets: Iterable[_Beside | None]) -> frozenset[bytes] | None:
    union: frozenset[bytes] = frozenset()
    for one in sets:
        if one is None or one.starts or one.ends:
            return None
        union |= one.exact
    return union


class Prefilter:
    """Finds where in a text a closer look is worth it."""

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        """Take the patterns that rules look for."""
        looks: dict[bytes, list[_Look]] = {}
        starts: set[str] = set()
        for pattern in patterns:
            before, after, barred = (_beside(words) for words in (pattern.before, pattern.after, pattern.barred))
            # What stands right beside the anchor is in `before` and `after` already.
            ahead = tuple(_near(*each) for each in pattern.ahead if _plain(each[0]) and (each[1] > 1 or not after))
            behind = tuple(_near(*each) for each in pattern.behind if _plain(each[0]) and (each[1] > 1 or not before))
            look = _Look(before, after, pattern.opens, barred, ahead, behind)
            starts |= {max(_LETTERS.findall(start), key=len) for start in pattern.anchors.prefixes}
            for word in pattern.anchors.exact:
                for key, whole in _keys(word):
                    looks.setdefault(key, []).append(look if whole else _ANYTHING)
        self._no_one = b"no" in looks
        self._starts = tuple(start.encode() for start in starts)
        self._looks = {key: _together(some) for key, some in looks.items() if key != b"no"}

    def places(self, text: str) -> list[int]:
        """Give byte offsets, in rising order, of what may begin a closer look."""
        raw = b" " + text.encode("utf-8", "surrogatepass").lower() + b" "
        letters = raw.translate(_ONLY_LETTERS)
        words = letters.split()
        looks, starts = self._looks, self._starts
        hits: Iterable[int] = compress(range(len(words)), map(looks.__contains__, words))
        if starts:
            hits = sorted({*hits, *(at for at, word in enumerate(words) if word.startswith(starts))})
        found: list[int] = []
        end = 0
        for at in hits:
            word = words[at]
            # Words that are no hits lie between; none of them is this word, so it is the next one that is found.
            start = letters.find(b" " + word + b" ", end)
            end = start + 1 + len(word)
            around = looks.get(word)
            if around is None or _may(around, raw, words, at, start + 1, end):
                found.append(start)
        if self._no_one and b"no" in words:
            found += [match.start() - 1 for match in _NO_ONE.finditer(raw)]
        found += [match.start() - 1 for match in _HIDING.finditer(raw)]
        found.sort()
        return found


@cache
def _keys(word: str) -> tuple[tuple[bytes, bool], ...]:
    """Give the raw words that stand for a word, and whether each is the whole of it."""
    return tuple(_forms(word))


def _forms(word: str) -> Iterator[tuple[bytes, bool]]:
    for form in (word, *((f"{word}n",) if word in _AUXILIARIES else ()), *_SPELT.get(word, ())):
        runs = _LETTERS.findall(form)
        if runs:
            yield max(runs, key=len).encode(), form == word == runs[0]


def _plain(words: frozenset[str]) -> bool:
    """Tell whether all of them are words, and no marks."""
    return all(word[0].isalpha() for word in words)


@cache
def _near(words: frozenset[str], reach: int) -> tuple[frozenset[bytes], int]:
    """Give the raw words that stand for words near an anchor, and within how many."""
    return _Beside(Words(words)).exact, reach


def _may(looks: _Looks, raw: bytes, words: list[bytes], at: int, start: int, end: int) -> bool:
    """Tell by the words beside an anchor, the word `at` of the text, whether any of its patterns can match there."""
    after = before = b""
    if raw[end] in _BLANKS and at + 1 < len(words) and raw.startswith(words[at + 1], end + 1):
        after = words[at + 1] if raw[end + 1 + len(words[at + 1])] not in _JOINING else b""
    elif raw[end] in _MARKS and raw[end + 1] in _BLANKS:
        after = _BREAK
    if after and looks.after is not None and after not in looks.after:
        return False
    if raw[start - 1] in _BLANKS and at and raw.endswith(words[at - 1], 0, start - 1):
        before = words[at - 1] if raw[start - 2 - len(words[at - 1])] not in _JOINING else b""
    elif raw[start - 1] in _BLANKS and raw[start - 2] in _MARKS and start > 2:
        before = _BREAK
    if before and looks.before is not None and before not in looks.before:
        return False
    return any(_holds(look, before, after) and _near_by(look, raw, words, at, start, end) for look in looks.each)


def _holds(look: _Look, before: bytes, after: bytes) -> bool:
    """Tell whether a look's words may stand right beside the anchor, as far as it is known what stands there."""
    if after and look.after is not None and after not in look.after:
        return False
    if not before:
        return True
    if look.opens and before != _BREAK and before not in _OPENERS:
        return False
    return (look.before is None or before in look.before) and (look.barred is None or before not in look.barred)


def _near_by(look: _Look, raw: bytes, words: list[bytes], at: int, start: int, end: int) -> bool:
    """Tell whether a look's words may stand near the anchor on both sides."""
    return not (
        any(_none_after(near, words[at + 1 : at + 1 + reach], raw, end) for near, reach in look.ahead)
        or any(_none_before(near, words[max(at - reach, 0) : at], raw, start) for near, reach in look.behind)
    )


def _none_after(wanted: frozenset[bytes], near: list[bytes], raw: bytes, end: int) -> bool:
    """Tell whether none of these words is near, where what lies between the words is plain enough to tell."""
    if not wanted.isdisjoint(near):
        return False
    plain = _PLAIN.match(raw, end)
    return plain is not None and len(plain.group().split()) > len(near)


def _none_before(wanted: frozenset[bytes], near: list[bytes], raw: bytes, start: int) -> bool:
    """Tell the same of the words before an anchor."""
    if not wanted.isdisjoint(near):
        return False
    parts = raw[max(start - _BACK, 0) : start].split()[-len(near) - 1 :] if near else []
    return raw[start - 1] in _BLANKS and len(parts) > len(near) and all(map(_PLAIN_WORD.fullmatch, parts))
