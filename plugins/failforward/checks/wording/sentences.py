"""Blocks of prose cut into sentences, and sentences into words with their places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from failforward.text.prose import OBJECT

# A sentence longer than this is cut, so that whatever looks through a sentence stays cheap.
LONGEST = 1_500
_WORD = re.compile(r"[^\W\d_][^\W_]*(?:[-'’_][^\W_]+)*|@\w[\w-]*|" + OBJECT + r"|\d[\w.:,/-]*|[^\w\s]")
_STOP = re.compile(r"""[.!?][)"'”’*_]*(?=\s|$)|[•·]""")
_CONTRACTED = re.compile(r"(.*?)(n't|'(?:ve|d|s|ll|re|m))", re.DOTALL)
_SHORT_FOR = {"n't": "not", "'ve": "have", "'ll": "will", "'re": "are", "'m": "am"}
_STEMS = {"ca": "can", "wo": "will", "sha": "shall"}
_WHOLE = {"cannot": ("can", "not"), "no-one": ("nobody",), "shoulda": ("should", "have"), "dont": ("do", "not")}
# After these a full stop ends no sentence.
_ABBREVIATIONS = frozenset("e.g i.e eg ie etc vs approx resp incl dr mr mrs ms no fig cf st jr sr inc al dept est".split())


@dataclass(slots=True)
class Sentence:
    """The words of a sentence in lower case, contractions taken apart (`didn't` is `did not`), punctuation kept.

    `starts` and `ends` are places in the block's text `text`.
    """

    text: str
    words: list[str]
    starts: list[int]
    ends: list[int]

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


def sentence(text: str, start: int, end: int) -> Sentence:
    """Take the words out of a range of a text."""
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for match in _WORD.finditer(text, start, end):
        at, until = match.span()
        word = match.group().lower()
        if word == "one" and words and words[-1] == "no":
            words[-1], ends[-1] = "nobody", until
        elif "'" in word or "’" in word:
            _split(word.replace("’", "'"), at, until, words, starts, ends)
        else:
            for part in _WHOLE.get(word) or (word,):
                words.append(part)
                starts.append(at)
                ends.append(until)
    return Sentence(text, words, starts, ends)


def _split(word: str, start: int, end: int, words: list[str], starts: list[int], ends: list[int]) -> None:
    """Take a contraction apart; the parts keep their places."""
    match = _CONTRACTED.fullmatch(word)
    if match is None or not match[1]:
        words.append(word)
        starts.append(start)
        ends.append(end)
        return
    stem, tail = match.groups()
    cut = min(start + len(stem), end)
    _split(_STEMS.get(stem, stem) if tail == "n't" else stem, start, cut, words, starts, ends)
    words.append(_SHORT_FOR.get(tail, tail))
    starts.append(cut)
    ends.append(end)
