"""The sections of a review: their titles, the words they also go by, and which form asks for them."""

from __future__ import annotations

import re
from typing import NamedTuple

from failforward.text.sections import Section, title_key


class Part(NamedTuple):
    """A section of a review.

    `forms` are the depths that ask for it, `under` the section it stands in, `aliases` titles (as keys) that it also
    goes by.
    """

    id: str
    title: str
    ask: str
    forms: tuple[str, ...]
    under: str = ""
    aliases: tuple[str, ...] = ()


SECTIONS = (
    Part("in-short", "In short", "Two to five sentences that a stranger understands", ("light", "full"),
         aliases=("summary", "in brief", "tl dr", "tldr", "overview", "executive summary")),
    Part("expected", "What we expected", "What did we expect to happen?", ("light", "full"),
         aliases=("what did we expect to happen", "expectation", "expectations", "what was expected")),
    Part("happened", "What happened", "Facts in order", ("full",),
         aliases=("what happened in detail", "narrative", "details of incident")),
    Part("timeline", "Timeline", "A time, what happened, the role that acted and what it knew", ("full",), "happened",
         ("timeline of events", "key events", "events", "incident timeline", "chronology")),
    Part("diverged", "Where reality diverged", "Where did reality diverge?", ("light", "full"),
         aliases=("where did reality diverge", "what went wrong", "analysis")),
    Part("assumptions", "Assumptions", "What was taken for granted, and what the data said", ("full",),
         aliases=("assumptions that were tested", "assumptions tested")),
    Part("worked", "What worked", "What helped, effort thanked, where we were lucky", ("full",),
         aliases=("what went well", "what went right", "went well")),
    Part("celebrated", "Celebrated", "At least one thing", ("full",), "worked",
         ("celebration", "thanks", "kudos", "effort thanked")),
    Part("lucky", "Where we were lucky", "What could as well have gone otherwise", (), "worked",
         ("where we got lucky", "got lucky", "luck")),
    Part("differently", "What we will do differently", "What will we do differently next time?", ("light", "full"),
         aliases=("what will we do differently next time", "what will we do differently", "changes", "next steps")),
    Part("evidence", "Evidence", "Logs, screenshots, queries, notes", ()),
)  # fmt: skip

_ASIDE = re.compile(r"\([^()]*\)")
_BY_KEY = {key: part.id for part in SECTIONS for key in (part.title.casefold(), *part.aliases)}
PART_BY_ID = {part.id: part for part in SECTIONS}


def section_id(section: Section) -> str:
    """Give which part of a review a section is, nothing for any other heading; an aside such as "(UTC)" may follow."""
    found = _BY_KEY.get(section.key, "")
    return found if found or "(" not in section.title else _BY_KEY.get(title_key(_ASIDE.sub(" ", section.title)), "")
