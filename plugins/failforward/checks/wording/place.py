"""Where in a document a block stands, as far as a rule may ask for it."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property, lru_cache

from failforward.checks.wording.aliases import Known, persons
from failforward.checks.wording.sentences import small
from failforward.text.prose import Block


class Document:
    """A whole text, and what has been found out about it."""

    def __init__(self, text: str, roster: frozenset[str] = frozenset()) -> None:
        """Begin with nothing found out; `roster` are those who are known by name wherever they are named."""
        self.text = text
        self._roster = roster
        # Section → where something is noticed first (-1: nowhere yet), and how far it was looked for.
        self._noticed: dict[int, tuple[int, int]] = {}

    @cached_property
    def names(self) -> Known:
        """Give the names that the roster and the timeline make known: in small letters → as written."""
        return persons(self._roster, self.text)

    @cached_property
    def last_words(self) -> frozenset[str]:
        """Give the last words of these names, in small letters."""
        return frozenset(name.split()[-1] for name in self.names if name.strip())

    @cached_property
    def _small(self) -> str:
        return small(self.text)

    def noticed(self, section: int, before: int) -> bool:
        """Tell whether something is noticed between the beginning of a section and a place in it."""
        found, looked = self._noticed.get(section, (-1, section))
        if found < 0 and looked < before:
            match = re.compile(_NOTICED).search(self._small, max(section, looked - _LONGEST_SIGN), before)
            found = match.start() if match else -1
            self._noticed[section] = found, before
        return 0 <= found < before


# A block and the document that it stands in.
Place = Callable[[Block, Document], bool]
# Parts of headings, in small letters. Not of lessons: those are told to everybody, and nobody promises them.
_ACTIONS = (
    "action", "follow-up", "followup", "follow up", "remediat", "todo", "to-do", "to do", "prevent", "differently",
    "corrective", "mitigat", "what's next", "what we will", "next step", "moving forward",
)  # fmt: skip
# Parts of headings over what went well, and over what led to the harm.
_PRAISE = ("well", "went right", "success", "positive", "celebrat", "kudos", "what worked", "good", "strength")
_CAUSES = (
    "cause", "trigger", "contributing", "why it", "why did", "how did", "what went wrong",
    "lead-up", "leadup", "origin",
)  # fmt: skip
_TIMELINE = ("timeline", "time line", "chronolog", "sequence of events", "log of events")
_TIME = re.compile(r"\W{0,4}(?:\d{4}-\d\d-\d\d[T ,]*)?~?\d{1,2}[:.h]\d\d\b|\W{0,4}\d{4}-\d\d-\d\d\b")
# For small letters: one that is indifferent to capitals takes six times as long.
_NOTICED = (
    r"a(?:lert|larm)|p(?<=\bp)age[sd]|notic|report|error|fail|d(?:(?<=\bd)own\b|etect)|spike|complain|outage"
    r"|i(?:ncident|ssue)|unavailab|broken"
)
_LONGEST_SIGN = 12
_FIELDS = frozenset(("outcome", "tasks", "measure"))


def action(block: Block, document: Document) -> bool:
    """Tell whether the block says what will be done: an action or experiment."""
    if block.field:
        return block.field in _FIELDS
    return block.task or _speaks_of(_ACTIONS, block.heading)


def timeline(block: Block, document: Document) -> bool:
    """Tell whether the block is a row of a timeline."""
    return block.kind in ("item", "cell", "paragraph") and (
        _speaks_of(_TIMELINE, block.heading) or bool(_TIME.match(block.text) or _TIME.match(block.heading))
    )


@lru_cache(maxsize=512)
def _speaks_of(parts: tuple[str, ...], heading: str) -> bool:
    low = heading.lower()
    return any(part in low for part in parts)


def opening(block: Block, document: Document) -> bool:
    """Tell whether the block is a row of a timeline before anything was noticed: what it tells is the trigger."""
    if not timeline(block, document):
        return False
    section = block.section
    if _TIME.match(block.heading):
        section = max(document.text.rfind("imeline", 0, section), 0)  # each row has a heading of its own
    return not document.noticed(section, block.start)


def heading(block: Block, document: Document) -> bool:
    """Tell whether the block is a heading."""
    return block.kind == "heading"


def not_heading(block: Block, document: Document) -> bool:
    """Tell whether the block is no heading."""
    return block.kind != "heading"


def unpraised(block: Block, document: Document) -> bool:
    """Tell whether the block does not stand under what went well."""
    return not _speaks_of(_PRAISE, block.heading) and not (block.kind == "heading" and _speaks_of(_PRAISE, block.text))


def cause(block: Block, document: Document) -> bool:
    """Tell whether the block says what led to the harm."""
    return block.kind != "heading" and _speaks_of(_CAUSES, block.heading)


PLACES: dict[str, Place] = {
    "action": action,
    "timeline": timeline,
    "opening": opening,
    "heading": heading,
    "text": not_heading,
    "unpraised": unpraised,
    "cause": cause,
}
