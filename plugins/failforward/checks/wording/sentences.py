"""Blocks of prose cut into sentences, and sentences into words with their places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from failforward.checks.wording.remembered import Remembered
from failforward.text.spoken import OBJECT

# A sentence longer than this is cut, so that whatever looks through a sentence stays cheap.
LONGEST = 1_500
_WORD = re.compile(r"[^\W\d_][^\W_]*(?:[-'’_][^\W_]+)*|@\w[\w-]*|" + OBJECT + r"|\d(?:[\w.:,/-]*\w)?|[^\w\s]")
# What begins with one of a few characters is found three times as fast as either of two things.
_STOP = re.compile(r"""[.!?•·](?:(?<=[•·])|[)"'”’*_]*(?=\s|$))""")
# Behind a word that is no abbreviation, and before a capital. One character is found twice as fast as any of three.
_CLEAR_STOP = r"\.(?= [A-Z])(?<=[a-z]{4}.)(?<!approx.)(?<!resp.)(?<!incl.)(?<!dept.)"
_MARKS = frozenset(".,:;!?)")
_SHORT_FOR = {"n't": "not", "'ve": "have", "'ll": "will", "'re": "are", "'m": "am"}
_STEMS = {"ca": "can", "wo": "will", "sha": "shall"}
_WHOLE = {"cannot": ("can", "not"), "no-one": ("nobody",), "shoulda": ("should", "have"), "dont": ("do", "not")}
# What a reader takes for one word.
NO_ONE = r"[nN][oO][\s_]+[oO][nN][eE]"
# After these a full stop ends no sentence.
_ABBREVIATIONS = frozenset(
    "e.g i.e eg ie etc vs approx resp incl dr mr mrs ms no fig cf st jr sr inc al dept est".split()
)


class Sentence:
    """The words of a sentence in lower case, contractions taken apart (`didn't` is `did not`), punctuation kept.

    `text` is the block's text, and places are places in it; they are found out when they are asked for.
    """

    __slots__ = ("_ends", "_starts", "end", "start", "text", "words")

    def __init__(self, text: str, start: int, end: int) -> None:
        """Take the words out of a range of a text."""
        self.text, self.start, self.end = text, start, end
        self.words: list[str] = list(chain.from_iterable(map(WORDS.__getitem__, text[start:end].split())))
        if "one" in self.words:
            self.words = _joined(self.words)
        self._starts: list[int] = []
        self._ends: list[int] = []

    @property
    def starts(self) -> list[int]:
        """Give where each word begins."""
        if not self._starts:
            _place(small(self.text[self.start : self.end]), self.start, self._starts, self._ends)
        return self._starts

    @property
    def ends(self) -> list[int]:
        """Give where each word ends."""
        return self._ends if self.starts else []

    @property
    def question(self) -> bool:
        """Tell whether a question is asked."""
        return "?" in self.words[-3:]

    def capital(self, index: int) -> bool:
        """Tell whether a word is written with a capital."""
        return self.text[self.starts[index]].isupper()

    def raw(self, index: int) -> str:
        """Give a word as it is written."""
        return self.text[self.starts[index] : self.ends[index]]


def _words(written: str) -> tuple[str, ...]:
    if written.isascii():
        # Most are letters, or letters and a mark.
        if written.isalpha():
            word = written.lower()
            return _WHOLE.get(word) or (word,)
        if written[-1] in _MARKS and written[:-1].isalpha():
            return (*_words(written[:-1]), written[-1])
    return tuple(part for match in _WORD.finditer(small(written)) for part, _, _ in _parts(match.group()))


# What stands between two blanks → the words in it, in lower case.
WORDS = Remembered(_words)


def _joined(words: list[str]) -> list[str]:
    """Make one word of "no one"."""
    found: list[str] = []
    for word in words:
        if word == "one" and found and found[-1] == "no":
            found[-1] = "nobody"
        else:
            found.append(word)
    return found


def small(text: str) -> str:
    """Give a text in small letters and with plain hyphens, of the same length."""
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)
    return lower if lower.isascii() else lower.replace("\u2010", "-").replace("\u2011", "-")


def stretches(text: str) -> Iterator[tuple[int, int]]:
    """Cut a text where a sentence ends beyond doubt, quickly: each stretch holds one sentence, seldom more."""
    start = 0
    for match in re.finditer(_CLEAR_STOP, text):
        end = match.end()
        yield start, end
        start = end
    yield start, len(text)


def ranges(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Give where the sentences of a stretch begin and end."""
    for match in _STOP.finditer(text, start, end):
        after = match.end()
        if after == end:
            break
        if not _goes_on(text, match.start(), after):
            yield from _bounded(text, start, after)
            start = after
    if start < end:
        yield from _bounded(text, start, end)


def _bounded(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a range into ranges of at most `LONGEST` characters, between words where there are any."""
    while end - start > LONGEST:
        cut = text.rfind(" ", start + 1, start + LONGEST)
        cut = cut if cut > start else start + LONGEST
        yield start, cut
        start = cut
    yield start, end


def _goes_on(text: str, stop: int, end: int) -> bool:
    """Tell whether the sentence goes on after a stop: an abbreviation, or small letters follow."""
    if text[stop] in "•·":
        return False
    following = text[end : end + 3].lstrip()[:1]
    if following.islower():
        return True
    if text[stop] != "." or not following:
        return False
    before = text[max(stop - 8, 0) : stop].rpartition(" ")[2].lstrip("(").lower()
    return before in _ABBREVIATIONS or (len(before) == 1 and before.isalpha() and before != "i")


def _place(lower: str, base: int, starts: list[int], ends: list[int]) -> None:
    """Find where the words of a text stand; the parts of a contraction keep their own places."""
    before = ""
    for match in _WORD.finditer(lower):
        at = base + match.start()
        for part, start, end in _parts(match.group()):
            if part == "one" and before == "no":
                ends[-1] = at + end
                before = "nobody"
            else:
                starts.append(at + start)
                ends.append(at + end)
                before = part


def _parts(word: str) -> tuple[tuple[str, int, int], ...]:
    """Give the words that a written word stands for, each with its place in it."""
    if "'" in word or "’" in word:
        return tuple(_contracted(word.replace("’", "'")))
    return tuple((part, 0, len(word)) for part in _WHOLE.get(word) or (word,))


def _contracted(word: str) -> Iterator[tuple[str, int, int]]:
    cut = word.rfind("'")
    tail = word[cut:]
    if tail == "'t" and word[cut - 1 : cut] == "n":
        cut -= 1
        tail = "n't"
    if cut <= 0 or not (tail in _SHORT_FOR or tail in ("'d", "'s")):
        yield word, 0, len(word)
        return
    stem = word[:cut]
    for part, start, end in _contracted(stem) if "'" in stem else ((stem, 0, cut),):
        yield (_STEMS.get(part, part) if tail == "n't" else part), start, end
    yield _SHORT_FOR.get(tail, tail), cut, len(word)
