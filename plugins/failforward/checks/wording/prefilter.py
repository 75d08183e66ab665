"""A quick look over raw text for the words that a closer look begins with.

It never loses a match: it looks for single words, each on its own, and where marks inside a word could hide one
(`care**less**`, `care&shy;less`, a backslash) it asks for the closer look as well. A test compares both ways.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

# Words that stand in a text in another form than in a sentence, with the form's letters.
_SPELT = {"will": ("won", "ll"), "shall": ("shan",), "have": ("ve", "shoulda"), "are": ("re",), "am": ("m",),
          "should": ("shoulda",), "do": ("dont",), "not": ("t", "cannot", "dont"), "can": ("cannot",)}  # fmt: skip
_AUXILIARIES = frozenset(
    "did do does had has have is are was were should could would can must need might ought will".split()
)
_LETTERS = re.compile("[a-z]+")
_RAW_LETTERS = re.compile(b"[a-z]+")
_RAW_NO_ONE = re.compile(rb"no[\W_]{1,4}one")
_HIDING = re.compile(
    rb"\*(?<=[a-z]\*)\*{0,2}(?=[a-z])|~(?<=[a-z]~)~?(?=[a-z])|\\|<(?<=[a-z]<)|&|\)(?=[a-z])|\xe2\x84\xaa"
)


class Prefilter:
    """Finds where in a text a closer look is worth it."""

    def __init__(self, words: Iterable[str]) -> None:
        """Take the words, and the beginnings of words with a star, that rules look for."""
        keys: set[str] = set()
        starts: set[str] = set()
        for word in words:
            negated = (f"{word}n",) if word in _AUXILIARIES else ()
            for form in (word, *negated, *_SPELT.get(word, ())):
                runs = _LETTERS.findall(form)
                if not runs:
                    continue
                if form.endswith("*"):
                    starts.add(runs[-1] if len(runs) == 1 else max(runs[:-1], key=len))
                else:
                    keys.add(max(runs, key=len))
        self._no_one = "nobody" in keys
        self._raw_starts = tuple(start.encode() for start in starts)
        self._raw_keys = frozenset(key.encode() for key in keys)

    def places(self, text: str) -> list[int]:
        """Give byte offsets, in rising order, of what may begin a closer look."""
        raw = text.encode("utf-8", "surrogatepass").lower()
        keys, starts = self._raw_keys, self._raw_starts
        if starts:
            found = [
                match.start()
                for match in _RAW_LETTERS.finditer(raw)
                if match.group() in keys or match.group().startswith(starts)
            ]
        else:
            found = [match.start() for match in _RAW_LETTERS.finditer(raw) if match.group() in keys]
        more = [match.start() for match in _HIDING.finditer(raw)]
        if self._no_one:
            more += [match.start() for match in _RAW_NO_ONE.finditer(raw)]
        return sorted(found + more) if more else found
