"""Where in a document a block stands, as far as a rule may ask for it."""

from __future__ import annotations

import re
from collections.abc import Callable

from failforward.text.prose import Block

# A block and the whole text that it stands in.
Place = Callable[[Block, str], bool]
_ACTIONS = re.compile(
    r"action|follow.?up|next step|next time|remediat|lesson|learn|improve|todo|to.do|prevent|differently|recommend"
    r"|takeaway|corrective|mitigat|what we will|what'?s next|moving forward|better",
    re.IGNORECASE,
)
_TIMELINE = re.compile(r"time ?line|chronolog|sequence of events|log of events", re.IGNORECASE)
_TIME = re.compile(r"\W{0,4}(?:\d{4}-\d\d-\d\d[T ,]*)?~?\d{1,2}[:.h]\d\d\b|\W{0,4}\d{4}-\d\d-\d\d\b")
_NOTICED = re.compile(
    r"alert|alarm|\bpage[sd]|notic|report|error|fail|\bdown\b|spike|detect|complain|outage|incident|unavailab|broken|issue",
    re.IGNORECASE,
)
_FIELDS = frozenset(("outcome", "tasks", "measure"))


def action(block: Block, text: str) -> bool:
    """Tell whether the block says what will be done: an action, lesson or experiment."""
    if block.field:
        return block.field in _FIELDS
    return block.task or bool(_ACTIONS.search(block.heading))


def timeline(block: Block, text: str) -> bool:
    """Tell whether the block is a row of a timeline."""
    return block.kind in ("item", "cell", "paragraph") and bool(
        _TIMELINE.search(block.heading) or _TIME.match(block.text)
    )


def opening(block: Block, text: str) -> bool:
    """Tell whether the block is a row of a timeline before anything was noticed: what it tells is the trigger."""
    if not timeline(block, text):
        return False
    start = block.place(block.start)
    title = text.rfind(block.heading.strip(), 0, start) if block.heading.strip() else 0
    return not _NOTICED.search(text, max(title, 0) + len(block.heading), start)


def heading(block: Block, text: str) -> bool:
    """Tell whether the block is a heading."""
    return block.kind == "heading"


def not_heading(block: Block, text: str) -> bool:
    """Tell whether the block is no heading."""
    return block.kind != "heading"


PLACES: dict[str, Place] = {
    "action": action,
    "timeline": timeline,
    "opening": opening,
    "heading": heading,
    "text": not_heading,
}
