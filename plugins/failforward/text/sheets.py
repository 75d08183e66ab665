"""Text in cells of a spreadsheet."""

from __future__ import annotations

# A spreadsheet takes what begins so for a formula, the wide forms of Chinese and Japanese keyboards included.
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")


def cell(text: str) -> str:
    """Give a text as a cell that stays a text: one like a formula begins with an apostrophe (OWASP: CSV injection)."""
    return f"'{text}" if text.startswith(_FORMULA) else text
