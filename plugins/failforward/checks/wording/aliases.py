"""Who is who: names that are known, and short names and handles in a timeline that do what only people do."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache

from failforward.checks.wording.lexicon import lexicon
from failforward.checks.wording.sentences import Sentence

# Known spellings; none where any will do.
Known = Mapping[str, frozenset[str]]
_ANY: frozenset[str] = frozenset()
# These are compiled where they are first looked for: most texts have no timeline.
# A time, perhaps with a zone and marks.
_TIME = (
    r"[:.](?<=\d[:.])\d\d(?::\d\d)?(?:ish)?\s{0,2}(?:[ap]\.?m\.?\s{0,2})?"
    r"(?:\(?[A-Z]{2,5}\)?\s{0,2})?[\s\-–—:|*\]>)]{1,12}"
)
# A time, then two words.
_ROW = _TIME + r"@?([^\W\d_][\w.-]{1,24})\*{0,2} ([a-z]{3,16})\b(?! by\b)"
# A time, then two or three capitals.
_INITIALS = _TIME + r"([A-Z]{2,3})\b(?!-)"
# A time, then somebody who speaks: "jsmith> …", "JS: …".
_SPEAKER = _TIME + r"@?(?:([^\W\d_][\w-]{2,24})>|([A-Z]{2,3}):) "
# What goes on after a name; and the auxiliaries that follow another one ("will be", "may have").
_BEHIND_NAMES = frozenset(("'s", ",", "and", "or", "who", "himself", "herself"))
_BEHIND_AUXILIARIES = frozenset("be do have get".split())
# Past forms of verbs that are no present ones too, as "cut" is.
_PAST = frozenset(
    """began blew bound broke brought built bought came caught chose drew drove fell felt flew forgot fought found
    gave got grew held hid hung kept knew left lost made meant met misread mistook overrode oversaw overwrote paid
    ran rewrote said sat saw sent shook sold sought spent spoke stood stuck swept swung taught thought threw told took
    tore undid went withdrew woke won wore wrote""".split()
)


def persons(names: frozenset[str], text: str) -> Known:
    """Give those who are known by name in a text: the name in small letters → the spellings that count, if not all."""
    known, found = _listed(names), aliases(text)
    return {**{name.lower(): frozenset((name,)) for name in found}, **known} if found else known


def like_auxiliaries(names: Iterable[str]) -> frozenset[str]:
    """Give the names of one word, as written, that are also auxiliaries: "Will", "May"."""
    single = (name.removeprefix("@") for name in names)
    return frozenset(name for name in single if name[:1].isupper() and name.lower() in lexicon("aux").exact)


def tell_apart(sentence: Sentence, names: frozenset[str]) -> None:
    """Write a name that is also an auxiliary as a handle, where what follows cannot follow the auxiliary."""
    words, small = sentence.words, {name.lower() for name in names}
    for index, word in enumerate(words):
        if word in small and sentence.raw(index) in names:
            after = next((k for k in range(index + 1, len(words)) if not words[k].endswith("ly")), index)
            if after > index and _follows_a_name(words[after]):
                words[index] = f"@{word}"


def _follows_a_name(word: str) -> bool:
    """Tell whether a word follows a name and no auxiliary: another one, a past form, what goes on after a noun."""
    past = word in _PAST or (word.endswith("ed") and not word.endswith(("eed", "bed")))
    return past or word in _BEHIND_NAMES or (word in lexicon("aux").exact and word not in _BEHIND_AUXILIARIES)


def ending(word: str) -> str:
    """Give what stands among known names for a word that ends a name of several."""
    return f" {word}"


@lru_cache(maxsize=8)
def _listed(names: Iterable[str]) -> Known:
    """Give names from lists: whole ones in any spelling; their parts, and names that are words, as they are written."""
    known: dict[str, frozenset[str]] = {}
    for name in names:
        parts = name.lstrip("@").split()
        for part in parts:
            if _alone(part, whole=len(parts) == 1):
                known[part.lower()] = known.get(part.lower(), _ANY) | {part}
        whole = " ".join(parts)
        if whole and (len(parts) > 1 or not _ordinary(whole)):
            known[whole.lower()] = _ANY
            known.update({ending(parts[-1].lower()): _ANY} if len(parts) > 1 else {})
    return known


def _alone(part: str, *, whole: bool) -> bool:
    """Tell whether a part of a name stands for the person without the rest of it."""
    return whole or (len(part) > 2 and part[0].isupper() and not part.isupper() and not _ordinary(part))


def _ordinary(name: str) -> bool:
    """Tell whether a name is also a word."""
    small = name.lower()
    lists = ("ordinary-name", "frequent", "function", "program", "machine", "calendar")
    return len(small) < 3 or any(small in lexicon(one).exact for one in lists)


def aliases(text: str) -> frozenset[str]:
    """Give the words, as written, that stand for persons in a text's timeline."""
    start = text.find("imeline")
    if start < 0:
        return frozenset()
    verbs = lexicon("people-verb")
    found = {match[1].strip(".-") for match in re.compile(_ROW).finditer(text, start) if match[2] in verbs}
    found |= {match[1] or match[2] for match in re.compile(_SPEAKER).finditer(text, start)}
    return frozenset(name for name in found if _stands_for_a_person(name, text)) | _initials(text, start)


def _initials(text: str, start: int) -> set[str]:
    """Give the initials that open several rows each, where those of more than one person do."""
    opening = Counter(match[1] for match in re.compile(_INITIALS).finditer(text, start))
    lists = [lexicon(one) for one in ("abbreviation", "program")]
    again = {name for name, rows in opening.items() if rows > 1 and not any(name.lower() in each for each in lists)}
    return again if len(again) > 1 else set()


def _stands_for_a_person(name: str, text: str) -> bool:
    """Tell whether a word is no program, no common word (which would also stand in small letters), no abbreviation."""
    small = name.lower()
    common = any(small in lexicon(one) for one in ("program", "function", "abbreviation"))
    if common or len(name) < 2 or any(letter.isdigit() for letter in name):
        return False
    if name.isupper():
        return len(name) <= 3 and (len(name) == 2 or text.count(f" {name}: ") > 1)
    return name == small or re.search(rf"\b{re.escape(small)}\b", text) is None
