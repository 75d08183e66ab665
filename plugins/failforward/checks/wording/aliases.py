"""Who is who in a timeline: short names and handles that, right after a time, do what only people do."""

from __future__ import annotations

import re

from failforward.checks.wording.lexicon import lexicon

# A time, perhaps with a zone and marks, then two words.
_ROW = re.compile(
    r"[:.](?<=\d[:.])\d\d(?::\d\d)?(?:ish)?\s{0,2}(?:[ap]\.?m\.?\s{0,2})?(?:\(?[A-Z]{2,5}\)?\s{0,2})?[\s\-–—:|*\]>)]{1,12}"
    r"@?([^\W\d_][\w.-]{1,24})\*{0,2} ([a-z]{3,16})\b(?! by\b)"
)


def aliases(text: str) -> frozenset[str]:
    """Give the words, as written, that stand for persons in a text's timeline."""
    start = text.find("imeline")
    if start < 0:
        return frozenset()
    verbs = lexicon("people-verb")
    found = {match[1].strip(".-") for match in _ROW.finditer(text, start) if match[2] in verbs}
    return frozenset(name for name in found if _stands_for_a_person(name, text))


def _stands_for_a_person(name: str, text: str) -> bool:
    """Tell whether a word is no program, no common word (which would also stand in small letters), no abbreviation."""
    small = name.lower()
    common = small in lexicon("program") or small in lexicon("function")
    if common or len(name) < 2 or any(letter.isdigit() for letter in name):
        return False
    if name.isupper():
        return len(name) <= 2
    return name == small or re.search(rf"\b{re.escape(small)}\b", text) is None
