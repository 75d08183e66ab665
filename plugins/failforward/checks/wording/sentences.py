"""Blocks of prose cut into sentences, and sentences into words with their places."""

from __future__ import annotations

import re
from collections.abc import Iterator

from failforward.text.prose import OBJECT

# A sentence longer than this is cut, so that whatever looks through a sentence stays cheap.
LONGEST = 1_500
_WORD = re.compile(r"[^\W\d_][^\W_]*(?:[-'’_][^\W_]+)*|@\w[\w-]*|" + OBJECT + r"|\d[\w.:,/-]*|[^\w\s]")
_STOP = re.compile(r"""[.!?][)"'”’*_]*(?=\s|$)|[•·]""")
_SHORT_FOR = {"n't": "not", "'ve": "have", "'ll": "will", "'re": "are", "'m": "am"}
_STEMS = {"ca": "can", "wo": "will", "sha": "shall"}
_WHOLE = {"cannot": ("can", "not"), "no-one": ("nobody",), "shoulda": ("should", "have"), "dont": ("do", "not")}
_ODD = frozenset(("one", *_WHOLE))
# After these a full stop ends no sentence.
_ABBREVIATIONS = frozenset(
    "e.g i.e eg ie etc vs approx resp incl dr mr mrs ms no fig cf st jr sr inc al dept est".split()
)


class Sentence:
    """The words of a sentence in lower case, contractions taken apart (`didn't` is `did not`), punctuation kept.

    `text` is the block's text, and places are places in it; they are found out when they are asked for.
    """

    __slots__ = ("_ends", "_starts", "end", "start", "text", "words")

    def __init__(self, text: str, lower: str, start: int, end: int) -> None:
        """Take the words out of a range of a text; `lower` is the text in small letters, character for character."""
        self.text, self.start, self.end = text, start, end
        words = _WORD.findall(lower, start, end)
        self._starts: list[int] = []
        self._ends: list[int] = []
        if not _ODD.isdisjoint(words) or "'" in (part := lower[start:end]) or "’" in part:
            words = []
            _take_apart(lower, start, end, words, self._starts, self._ends)
        self.words: list[str] = words

    @property
    def starts(self) -> list[int]:
        """Give where each word begins."""
        if not self._starts:
            found = list(_WORD.finditer(self.text, self.start, self.end))
            self._starts = [match.start() for match in found]
            self._ends = [match.end() for match in found]
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


def small(text: str) -> str:
    """Give a text in small letters, of the same length."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)


def ranges(text: str) -> Iterator[tuple[int, int]]:
    """Give where the sentences of a text begin and end."""
    start = 0
    for match in _STOP.finditer(text):
        end = match.end()
        if not _goes_on(text, match.start(), end):
            yield from _bounded(text, start, end)
            start = end
    if start < len(text):
        yield from _bounded(text, start, len(text))


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


def _take_apart(lower: str, start: int, end: int, words: list[str], starts: list[int], ends: list[int]) -> None:
    """Take the words out of a range, contractions apart, each with its place."""
    for match in _WORD.finditer(lower, start, end):
        at, until = match.span()
        word = match.group()
        if word == "one" and words and words[-1] == "no":
            words[-1], ends[-1] = "nobody", until
        elif "'" in word or "’" in word:
            known = len(words)
            _split(word.replace("’", "'"), at, until, words, starts, ends)
            if words[known] == "one" and known and words[known - 1] == "no":
                words[known - 1 : known + 1] = ["nobody"]
                del starts[known], ends[known - 1]
        else:
            for part in _WHOLE.get(word) or (word,):
                words.append(part)
                starts.append(at)
                ends.append(until)


def _split(word: str, start: int, end: int, words: list[str], starts: list[int], ends: list[int]) -> None:
    """Take a contraction apart; the parts keep their places."""
    cut = word.rfind("'")
    tail = word[cut:]
    if tail == "'t" and word[cut - 1 : cut] == "n":
        cut -= 1
        tail = "n't"
    if cut > 0 and (tail in _SHORT_FOR or tail in ("'d", "'s")):
        stem = word[:cut]
        middle = min(start + cut, end)
        _split(_STEMS.get(stem, stem) if tail == "n't" else stem, start, middle, words, starts, ends)
        word, start = _SHORT_FOR.get(tail, tail), middle
    words.append(word)
    starts.append(start)
    ends.append(end)
