"""Guesses a kind and a cause from an old document's words; each guess names the words it comes from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from failforward.importers.synonyms import part_of
from failforward.model.playbook import Cause
from failforward.text.sections import Section
from failforward.text.source import Source

_KINDS: tuple[tuple[str, int, str], ...] = (
    ("near-miss", 1, r"near[ -]miss(?:es)?"),
    ("security", 2, r"vulnerabilit(?:y|ies)|cve(?:-\d+)*|security incident|malware|malicious|attackers?|phishing"
                    r"|exfiltrat\w+|account takeover|leaked (?:secret|token|credential|key)s?|secrets? leaked"
                    r"|exploit(?:s|ed|ation)?"
                    r"|supply[ -]chain attack|log4shell|unauthori[sz]ed access|compromised"),
    ("project", 1, r"retrospective|game jam|ludum dare|hackathon|our (?:game|product)|milestones?|roadmap"),
    ("release", 2, r"release (?:was|went|failed|broke)|broken release|bad release|yanked"),
)  # fmt: skip
# What is going to be done says less of what the cause was.
_WEIGHTS = {"in-short": 3, "diverged": 3, "differently": 0, "worked": 0}
_TITLE_WEIGHT = 6
_ENOUGH = 10
# Guesses are made from the beginning of a document; the longest real ones end well before.
_READ = 100_000


@dataclass(frozen=True, slots=True)
class Guess:
    """A word of a vocabulary, and the words of the document that speak for it."""

    word: str
    cues: tuple[str, ...]


def guess_kind(title: str, text: str, *, has_timeline: bool) -> Guess:
    """Guess what sort of failure it was; an incident where nothing speaks for another sort."""
    for kind, enough, pattern in _KINDS:
        cues = re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE)
        in_title = _distinct(cues, title)
        in_text = _distinct(cues, text[:_READ])
        strong = len(in_title) * 2 + len(in_text) > enough + 1 if kind != "near-miss" else bool(in_title or in_text)
        if strong and not (kind == "project" and has_timeline):
            return Guess(kind, tuple(dict.fromkeys(in_title + in_text))[:4])
    return Guess("incident", ())


def _distinct(cues: re.Pattern[str], text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(match.group().casefold() for match in cues.finditer(text)))


def guess_cause(title: str, source: Source, sections: Sequence[Section], causes: Sequence[Cause]) -> Guess | None:
    """Guess a cause by the hints of the vocabulary; None where too little speaks for any of them.

    A hint counts once for each section it stands in, more in the title, the summary and the section on causes, and more
    the more words it has; sections on follow-ups do not count.
    """
    places = [(_TITLE_WEIGHT, title.casefold())]
    weight = 1
    for section in sections:
        if section.level <= 2:
            weight = _WEIGHTS.get(part_of(section.title)[0], 1)
        if weight and section.span.end < _READ:
            places.append((weight, source.text[section.title_span.start : section.span.end].casefold()))
    best: tuple[float, Guess] | None = None
    for cause in causes:
        pattern = _pattern(cause.hints)
        if pattern is None:
            continue
        scores: dict[str, int] = {}
        for weight, text in places:
            for hint in set(pattern.findall(text)):
                scores[hint] = scores.get(hint, 0) + weight * (2 + hint.count(" "))
        total = sum(scores.values())
        if total >= _ENOUGH and (best is None or total > best[0]):
            best = (total, Guess(cause.id, tuple(sorted(scores, key=lambda hint: (-scores[hint], hint)))[:4]))
    return best[1] if best else None


def _pattern(hints: Sequence[str]) -> re.Pattern[str] | None:
    words = sorted({hint.casefold() for hint in hints if hint.strip()}, key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, words)) + r")(?!\w)") if words else None
