"""To which sets words belong, packed so that a start makes hardly anything of it.

A text of 8 KB asks for a tenth of the words that the shipped rules know. What is compiled, `_members.h`, finds them
where they lie; here all are unpacked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import reduce
from operator import or_

# The numbers of some sets in their order, four bytes each.
Sets = bytes
# The words in their order with blanks between; of each, four bytes that say which of the last; and their sets.
Packed = tuple[str, bytes, tuple[Sets, ...]]


def sets_of(numbers: Iterable[int]) -> Sets:
    """Pack the numbers of sets."""
    # Only what packs needs it.
    from array import array

    return array("I", sorted(numbers)).tobytes()


def bits_of(sets: Sets) -> int:
    """Give sets as the bits of a number."""
    return reduce(or_, (1 << number for number in memoryview(sets).cast("I")), 0)


def packed(held: Mapping[str, Iterable[int]]) -> Packed:
    """Pack word → the numbers of the sets that it belongs to; no word is empty or holds a blank."""
    from array import array

    words = sorted(held)
    known: dict[Sets, int] = {}
    places = [known.setdefault(sets_of(held[word]), len(known)) for word in words]
    return " ".join(words), array("I", places).tobytes(), tuple(known)


class Members:
    """Tells to which sets words belong."""

    def __init__(self, words: str, numbers: bytes, sets: tuple[Sets, ...]) -> None:
        """Unpack them."""
        places = memoryview(numbers).cast("I")
        self._held = {word: sets[at] for word, at in zip(words.split(), places, strict=True)}

    def of(self, word: str, /) -> Sets:
        """Give the sets that a word belongs to."""
        return self._held.get(word, b"")
