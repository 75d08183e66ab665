"""A quick look over raw text for the words that a closer look begins with, and at the words beside them.

It never loses a match: where marks inside a word could hide one (`care**less**`, `care&shy;less`, a backslash) and where
anything but a blank stands between two words, it asks for the closer look. A test compares both ways.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import accumulate

from failforward.checks.wording.lexicon import Words
from failforward.checks.wording.patterns import CLAUSE_WORDS, Pattern

# Words that stand in a text in another form than in a sentence, with the form's letters.
_SPELT = {
    "will": ("won", "ll"), "shall": ("shan",), "have": ("ve", "shoulda"), "are": ("re",), "am": ("m",), "nobody": ("no",),
    "should": ("shoulda",), "do": ("dont",), "not": ("t", "cannot", "dont"), "can": ("cannot",), "'s": ("s",), "'d": ("d",),
}  # fmt: skip
_AUXILIARIES = frozenset("did do does had has have is are was were should could would can must need might ought will".split())
_LETTERS = re.compile("[a-z]+")
_PIECES = re.compile(b"[a-z]+|[^a-z]+")
_NO_ONE = re.compile(rb"no[\W_]{1,4}one")
_HIDING = re.compile(
    rb"\*(?<=[a-z]\*)\*{0,2}(?=[a-z])|~(?<=[a-z]~)~?(?=[a-z])|\\|<(?<=[a-z]<)|&|\)(?=[a-z])|\xe2\x84\xaa"
)
_BLANKS = (b" ", b"\n")
_SMALL = frozenset(bytes((letter,)) for letter in b"abcdefghijklmnopqrstuvwxyz")
# A word that touches one of these is only a part of a word of a sentence.
_JOINING = frozenset(b"-'_0123456789") | frozenset(range(0x80, 0x100))
_OPENERS = frozenset(word.encode() for word in CLAUSE_WORDS)


class _Beside:
    """The raw words that may stand on one side of an anchor."""

    def __init__(self, words: Words) -> None:
        forms = {form for word in words.exact for form in (word, *_SPELT.get(word, ()))}
        if "nobody" in words.exact:
            forms.add("one")
        self.exact = frozenset(run[0].encode() for form in forms if (run := _LETTERS.findall(form)))
        # A word without a letter (a mark, a place held for code) stands beside no blank alone; then nothing is known.
        self.starts = tuple(start.encode() for start in words.prefixes)
        self.ends = tuple(end.encode() for end in words.suffixes)

    def __contains__(self, word: bytes) -> bool:
        return word in self.exact or (
            bool(self.ends and word.endswith(self.ends)) or bool(self.starts and word.startswith(self.starts))
        )


# What may stand before an anchor and after it; None where that is not known. The flag: a clause begins with the anchor.
_Look = tuple[_Beside | None, _Beside | None, bool]


class Prefilter:
    """Finds where in a text a closer look is worth it."""

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        """Take the patterns that rules look for."""
        looks: dict[bytes, list[_Look]] = {}
        starts: set[str] = set()
        for pattern in patterns:
            before, after = (_Beside(words) if words else None for words in (pattern.before, pattern.after))
            look = (before, after, pattern.opens)
            starts |= {max(_LETTERS.findall(start), key=len) for start in pattern.anchors.prefixes}
            for word in pattern.anchors.exact:
                for key, whole in _keys(word):
                    looks.setdefault(key, []).append(look if whole else (None, None, False))
        self._no_one = b"no" in looks
        self._starts = tuple(start.encode() for start in starts)
        self._looks = {key: () if any(look == (None, None, False) for look in some) else tuple(some)
                       for key, some in looks.items() if key != b"no"}  # fmt: skip

    def places(self, text: str) -> list[int]:
        """Give byte offsets, in rising order, of what may begin a closer look."""
        raw = text.encode("utf-8", "surrogatepass").lower()
        pieces = _PIECES.findall(raw)
        first = 0 if raw[:1] in _SMALL else 1
        looks, starts = self._looks, self._starts
        hits = [2 * at + first for at, word in enumerate(pieces[first::2]) if word in looks]
        hits = [at for at in hits if not looks[pieces[at]] or _may(looks[pieces[at]], pieces, at)]
        if starts:
            hits += [2 * at + first for at, word in enumerate(pieces[first::2]) if word.startswith(starts)]
        found: list[int] = []
        if hits:
            offsets = list(accumulate(map(len, pieces), initial=0))
            found = [offsets[at] for at in hits]
        if self._no_one and b"no" in pieces:
            found += [match.start() for match in _NO_ONE.finditer(raw)]
        found += [match.start() for match in _HIDING.finditer(raw)]
        found.sort()
        return found


def _keys(word: str) -> Iterator[tuple[bytes, bool]]:
    """Give the raw words that stand for a word, and whether each is the whole of it."""
    for form in (word, *((f"{word}n",) if word in _AUXILIARIES else ()), *_SPELT.get(word, ())):
        runs = _LETTERS.findall(form)
        if runs:
            yield max(runs, key=len).encode(), form == word == runs[0]


def _may(looks: tuple[_Look, ...], pieces: list[bytes], at: int) -> bool:
    """Tell by the words beside an anchor whether any of its patterns can match there."""
    before = _beside(pieces, at, -1)
    after = _beside(pieces, at, 1)
    for left, right, opens in looks:
        if left is not None and before and before not in left:
            continue
        if right is not None and after and after not in right:
            continue
        if opens and before and before not in _OPENERS:
            continue
        return True
    return False


def _beside(pieces: list[bytes], at: int, step: int) -> bytes:
    """Give the word on one side of an anchor where nothing but a blank lies between and it is whole; else nothing."""
    near, word, far = at + step, at + 2 * step, at + 3 * step
    if not 0 <= word < len(pieces) or pieces[near] not in _BLANKS:
        return b""
    if 0 <= far < len(pieces) and pieces[far][0 if step > 0 else -1] in _JOINING:
        return b""
    return pieces[word]
