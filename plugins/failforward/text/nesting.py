"""How deep YAML may nest, counted before any parser sees it."""

from __future__ import annotations

import re

_INDENT = re.compile(r"\n[ \-?:]*")
# Brackets that are closed before others are opened; within quotes and comments they may be something else.
_FLAT_LIST = re.compile(r"\[[^][{}\"'#]*\]")
_FLAT_MAPPING = re.compile(r"\{[^][{}\"'#]*\}")


def deepest(text: str) -> int:
    """Give how many levels a text of YAML has at the most; it may have fewer."""
    # What is closed before anything else is opened adds one level wherever it stands, for which the line's end in
    # each indent is counted; all others may nest.
    lists = text.count("[") - len(_FLAT_LIST.findall(text))
    mappings = text.count("{") - len(_FLAT_MAPPING.findall(text))
    return lists + mappings + max(map(len, _INDENT.findall(f"\n{text}")))
