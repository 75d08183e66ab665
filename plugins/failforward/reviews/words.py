"""How a value is shown to people, which known word it comes close to, and when it says that there is none."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable

from failforward.front_matter import Scalar, Sequence, Value
from failforward.model.review import NotApplicable

_NOT_APPLICABLE = re.compile(r"n/?\.?a\.?(?:$|[\s,:–—-]+(?:because\b)?[\s:]*)(.*)", re.IGNORECASE | re.DOTALL)


def closest(word: str, words: Iterable[str]) -> str:
    """Give the known word that another one was probably meant to be; nothing where none is close."""
    folded = {known.casefold().replace("_", "-"): known for known in words}
    close = difflib.get_close_matches(word.casefold().replace("_", "-").replace(" ", "-"), folded, 1, 0.7)
    return folded[close[0]] if close else ""


def quoted(text: str) -> str:
    """Give a text between quotation marks, on one line and not too long."""
    text = " ".join(text.split())
    return f"“{text[:57]}…”" if len(text) > 60 else f"“{text}”"


def shown(value: Value) -> str:
    """Give a value as a message speaks of it."""
    if isinstance(value, Scalar):
        return quoted(value.text)
    return "a list" if isinstance(value, Sequence) else "a mapping"


def not_applicable(text: str) -> NotApplicable | None:
    """Read `n/a because …`; None for any other text."""
    match = _NOT_APPLICABLE.fullmatch(text.strip())
    return NotApplicable(match[1].strip()) if match else None
