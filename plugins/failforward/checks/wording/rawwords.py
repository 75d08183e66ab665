"""Words of raw Markdown, cut at blanks, as far as they can be known without reading the Markdown.

A raw word is plain where it surely is one word of a sentence, perhaps with marks around it; its form is that word.
Anything else (`didn't`, `[here](address)`, the beginning of a quotation) is unclear: it may hide words, or be none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from collections.abc import Set as AbstractSet

# What may hide anything, and where a closer look is always worth it.
ANYTHING = b"~~"
# Stands between two blocks: no sentence goes on behind it.
BORDER = b"\x1e"
# What is unclear, and holds no word that is looked for.
_UNCLEAR = b"~"
# A number or a single mark: a word of a sentence that no rule asks for.
_NO_WORD = b"-"
_PLAIN = re.compile(rb"[*(\[]*([a-z]+(?:-[a-z]+)*)[*)\].,;:!?]*")
_MARKS = re.compile(rb"[-+|*#]|#+|-+|[*(\[]*[$~]?[0-9][0-9.,:/%+-]*[*)\].,;:!?]*")
# Marks inside a word that a reader does not see, and those of which one becomes a letter.
_HIDING = re.compile(rb"[a-z]\*+(?=[a-z])|[a-z]~|[a-z]<|&#|\)(?=[a-z])|\xe2\x84\xaa")
RUNS = re.compile(rb"[a-z]+")
_STOPS = frozenset(b".!?")
# After one of these, or a shorter word, a full stop may end no sentence.
_ABBREVIATIONS = frozenset((b"approx", b"resp", b"dept", b"incl"))
_LONGEST = 80
_MOST = 40_000


class RawWords(dict[bytes, bytes]):
    """Raw word → its form, in small letters; what is unclear is its own form where it holds a word that is looked for.

    `unclear` are the forms of all that is unclear; `people` those, and the forms that may name a person in any
    document; `stops` the raw words with which a sentence ends, most of them if the next begins with a capital. `met` is
    told of each new plain form, and of each unclear word with the runs of letters in it, and answers whether one is
    looked for.
    """

    def __init__(self, met: Callable[[bytes, AbstractSet[bytes]], bool], persons: AbstractSet[bytes]) -> None:
        """Begin with nothing known but what names a person."""
        super().__init__()
        self._met = met
        self.unclear = {ANYTHING, _UNCLEAR}
        self.people = {*persons, *self.unclear}
        self.stops = {BORDER}
        self[BORDER] = BORDER

    def __missing__(self, word: bytes) -> bytes:
        """Find the form of a word that is met for the first time."""
        if len(word) > _LONGEST:
            return ANYTHING
        form = self[word] = self._form(word)
        return form

    def _form(self, word: bytes) -> bytes:
        low = word.lower()
        hiding = _HIDING.search(low)
        plain = None if hiding else _PLAIN.fullmatch(low)
        if plain:
            self._plain(word, plain[1])
            return plain[1]
        if _MARKS.fullmatch(word):
            return _NO_WORD
        if hiding:
            return ANYTHING
        if self._met(word, frozenset(RUNS.findall(low))):
            self.unclear.add(word)
            self.people.add(word)
            return word
        return _UNCLEAR

    def _plain(self, word: bytes, form: bytes) -> None:
        self._met(form, frozenset())
        if b"-" in form:
            if form.rpartition(b"-")[2] in self.people:
                self.people.add(form)
        elif word[-1] in _STOPS and len(form) > 3 and form not in _ABBREVIATIONS:
            self.stops.add(word)

    def full(self) -> bool:
        """Tell whether so many words are known that it is time to begin anew."""
        return len(self) > _MOST


def forms_of(words: Iterable[str]) -> frozenset[bytes] | None:
    """Give the forms that stand for words of a sentence; None where marks are among the words.

    Words that are never plain in a text need no form: what is unclear is never taken for their absence.
    """
    found: set[bytes] = set()
    for word in words:
        if not (word[0].isalpha() or word[0] == "'"):
            return None
        if word.isascii() and word.replace("-", "").isalpha():
            found.add(word.encode())
        found.update(SPELT.get(word, ()))
    return frozenset(found)


# Words that stand in a text in another form than in a sentence, without a mark in it.
SPELT = {
    "can": (b"cannot",), "not": (b"cannot", b"dont"), "do": (b"dont",), "should": (b"shoulda",), "have": (b"shoulda",),
    "nobody": (b"one", b"no-one"),
}  # fmt: skip
