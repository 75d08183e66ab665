"""One text seen as raw words: where they stand, and whether what a look asks for may be around them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet

from failforward.checks.wording.looks import PERSONS, Look, Near
from failforward.checks.wording.patterns import CLAUSE_WORDS
from failforward.checks.wording.rawwords import BORDER, SPELT, RawWords

# An address is one word to a reader; its letters would be several here.
_ADDRESS = re.compile(rb"[a-z][a-z0-9+.-]{1,20}://[^\s<>`$()\[\]]+|\bwww\.[^\s<>`$()\[\]]+")
# One word of a sentence as well, whatever stands between.
_NO_ONE = r"(?<![a-z])no[\W_]{1,8}one(?![a-z])"
_BLANKS = bytes.maketrans(b"\t\n\v\f\r", b"     ")
_BEFORE = b"*(["
# Forms that stand for other words than themselves.
_SEVERAL = frozenset(form for forms in SPELT.values() for form in forms)
_OPENERS = frozenset(word.encode() for word in CLAUSE_WORDS)
# A sentence has no more words than this to its left that are worth walking over.
_FARTHEST = 200


def _bordered(raw: bytes) -> bytes:
    """Set borders between paragraphs, and before the items of lists, where an empty item cannot be mistaken for one."""
    listed = raw.replace(b"\n- ", b"\n\x1e ").replace(b"\n\n", b"\n\x1e\n")
    empty = b"\x1e \n" in listed or b"\x1e  " in listed or b"\x1e \t" in listed
    return raw.replace(b"\n\n", b"\n\x1e\n") if empty else listed


class Glance:
    """The raw words of a text. `names` gives the forms that name persons in it alone."""

    def __init__(
        self,
        text: str,
        known: RawWords,
        names: Callable[[], AbstractSet[bytes]],
        *,
        markdown: bool,
        joined: bool = False,
    ) -> None:
        """Cut a text at its blanks, and where it is Markdown, between its blocks; `joined`: “no one” is one word."""
        raw = text.encode("utf-8", "surrogatepass")
        if BORDER in raw:
            raw = raw.replace(BORDER, b" ")
        if b"://" in raw or b"www." in raw:
            raw = _ADDRESS.sub(lambda match: b"~" * len(match[0]), raw)
        if joined:
            raw = re.sub(_NO_ONE.encode(), lambda match: b"no" + b"-" * (len(match[0]) - 5) + b"one", raw, flags=re.I)
        self._raw = raw
        self._names = names
        self._known = known
        self.unclear = known.unclear
        self.words = (_bordered(raw) if markdown else raw).split()
        self.forms = list(map(known.__getitem__, self.words))
        self._spaced = b""
        self._last, self._end, self._start = -1, 0, 0

    def offset(self, at: int) -> int:
        """Give the byte at which a raw word begins; words are asked for in rising order."""
        if at != self._last:
            if not self._spaced:
                self._spaced = b" " + self._raw.translate(_BLANKS) + b" "
            word = self.words[at]
            sought, end = b" " + word + b" ", self._end
            for _ in range(self.words[self._last + 1 : at].count(word) + 1):
                self._start = self._spaced.find(sought, end)
                end = self._start + 1 + len(word)
            self._last, self._end = at, end
        return self._start

    def marks(self, at: int) -> list[tuple[int, str]]:
        """Give the bytes that stand for a raw word, each with the word of a sentence that it is, if that is known.

        They are where its letters begin, or both its ends where it is unclear.
        """
        start, word, form = self.offset(at), self.words[at], self.forms[at]
        if form in self.unclear:
            return [(start, ""), (start + len(word) - 1, "")]
        return [(start + len(word) - len(word.lstrip(_BEFORE)), "" if form in _SEVERAL else form.decode())]

    def may(self, looks: Sequence[Look], at: int) -> bool:
        """Tell whether what one of the looks asks for may stand around a word."""
        forms, unclear = self.forms, self.unclear
        person: bool | None = None
        for look in looks:
            near, loose, asks_who, opens, barred = look
            if asks_who and person is False:
                continue
            for wanted, low, high in near:
                some = forms[at + low if at + low > 0 else 0 : at + high]
                if wanted.isdisjoint(some) and unclear.isdisjoint(some):
                    break
            else:
                if loose and not all(self._holds(one, at) for one in loose):
                    continue
                if asks_who and not person:
                    person = self._person(at)
                    if not person:
                        continue
                if not (opens or barred) or self._beside(at, barred, opens=opens):
                    return True
        return False

    def people(self, some: Sequence[bytes]) -> bool:
        """Tell whether one of some forms may name a person."""
        return not (self._known.people.isdisjoint(some) and self._names().isdisjoint(some))

    def _holds(self, near: Near, at: int) -> bool:
        """Tell whether one of the words may be near, as far as it is clear what they are."""
        forms, low, high, starts, ends = near
        some = self.forms[max(at + low, 0) : at + high]
        if forms == PERSONS:
            return self.people(some)
        if not (forms.isdisjoint(some) and self.unclear.isdisjoint(some)):
            return True
        return any(form.startswith(starts) or form.endswith(ends) for form in some)

    def _beside(self, at: int, barred: AbstractSet[bytes], *, opens: bool) -> bool:
        """Tell whether a clause may begin here, or the word before is none that must not stand there."""
        if at == 0:
            return True
        before, start = self.forms[at - 1], self.offset(at)
        clear = before.isalpha() and self.words[at - 1][-1:].isalpha() and self.words[at][:1].isalpha()
        if not clear or self._raw[start - 1 : start] != b" ":
            return True
        return before not in barred and (not opens or before in _OPENERS)

    def _person(self, at: int) -> bool:
        """Tell whether somebody may be named in the sentence before a word, or by the word itself."""
        forms, words, people, stops = self.forms, self.words, self._known.people, self._known.stops
        first = at
        for first in range(at, max(at - _FARTHEST, -1), -1):
            if forms[first] in people:
                return True
            if words[first] in stops and first < at and (forms[first] == BORDER or words[first + 1][:1].isupper()):
                break
        return at - first >= _FARTHEST - 1 or not self._names().isdisjoint(forms[first : at + 1])
