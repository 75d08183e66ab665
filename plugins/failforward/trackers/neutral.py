"""Text of reviews in an issue: nothing in it pings a person, links an issue, closes one, or is read as Markdown."""

from __future__ import annotations

import re

from failforward.reports.escape import shown
from failforward.reports.run import visible

_GAP = "&#8203;"
# GitHub looks for names and numbers in the finished page, where an escaped @ is an @ again: a gap of no width helps.
_AFTER = {"&#64;": "&#64;" + _GAP, "&#35;": "&#35;" + _GAP}
_AFTER_WORDS = re.compile(r":(?=//)|(?i:www)\.|(?i:gh)-(?=\d)")
_LINE_START = re.compile(r"[-+=:]|\d{1,9}(?=[.)])")
# GitHub's own limit on a title; it shows titles as plain text.
_TITLE = 256


def words(text: str) -> str:
    """Give a text on one line for the middle of a line of Markdown."""
    escaped = shown(" ".join(visible(text).split()))
    for mark, parted in _AFTER.items():
        escaped = escaped.replace(mark, parted)
    escaped = _AFTER_WORDS.sub(lambda match: match[0] + _GAP, escaped)
    return escaped.replace("$", "&#36;" + _GAP).replace("^", "&#94;")


def paragraph(text: str) -> str:
    """Give a text on one line that may begin one: no list, no heading and no rule comes of it."""
    made = words(text)
    return _GAP + made if _LINE_START.match(made) else made


def title(text: str) -> str:
    """Give a text as the title of an issue, which is no Markdown but has a length."""
    made = " ".join(visible(text).split())
    return made if len(made) <= _TITLE else made[: _TITLE - 1].rstrip() + "…"
