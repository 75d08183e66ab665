"""What keeps saving us: means that several reviews name where they tell what worked, found by the words for them.

The words are English ones. A sentence may be read wrongly by them, so each number leads to the reviews behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from failforward.model.review import Review
from failforward.model.sections import section_id
from failforward.text.sections import slug

MEANS = {
    "Something that watches": "alerts? alarms? alerting monitoring monitors? metrics? dashboards? graphs? logs?",
    "A way back": "roll(?:s|ed|ing)?_back rollbacks? revert(?:s|ed|ing)? undone (?:previous|last_good)_versions?",
    "A copy that was there": "backups? snapshots? restor(?:e|es|ed|ing) mirrors? archives?",
    "A switch to turn it off": "kill_switch(?:es)? feature_flags? switched_off turned_off turning_off disabled",
    "Small steps": "canar(?:y|ies) staged stages rings? gradual(?:ly)? one_by_one step_by_step in_batches pilots?",
    "Practice": "rehears(?:ed|al|als|ing) drills? exercises? practi[sc]ed runbooks? checklists? trained simulations?",
    "A second one": "redundan(?:t|cy) standbys? spares? independent(?:ly)? second_(?:site|way|path|team) fall-?backs?",
    "Open words": "status_pages? openly in_public publicly live_?stream published transparen\\w+ said_so hour_by_hour",
    "Hands at work": "by_hand manual(?:ly)? volunteers? through_the_night overnight worked_together shared_page",
}
_WORDS = {
    name: re.compile(rf"\b(?:{'|'.join(words.split())})\b".replace("_", r"\s+"), re.IGNORECASE)
    for name, words in MEANS.items()
}


@dataclass(frozen=True, slots=True)
class Strength:
    """A means with the reviews that name it, newest first, each with the anchor of the section that does."""

    name: str
    reviews: tuple[tuple[Review, str], ...]


def strengths_of(reviews: Iterable[Review]) -> list[Strength]:
    """Give the means that at least two reviews name, the most frequent first."""
    found: dict[str, list[tuple[Review, str]]] = {name: [] for name in MEANS}
    for review in reviews:
        parts = [
            (slug(section.title), review.source.text[section.title_span.end : section.span.end])
            for section in review.body.sections
            if section_id(section) in ("worked", "celebrated")
        ]
        for name, words in _WORDS.items():
            anchor = next((anchor for anchor, text in parts if words.search(text)), None)
            if anchor is not None:
                found[name].append((review, anchor))
    several = [Strength(name, tuple(each)) for name, each in found.items() if len(each) > 1]
    return sorted(several, key=lambda each: (-len(each.reviews), each.name))
