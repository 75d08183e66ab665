"""Addresses in a review's fields: of sources, and of where the work is tracked."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_FORM = re.compile(r"(?:https?://|mailto:)\S+")


def is_address(text: str) -> bool:
    """Tell whether a text is an address of the web, with a host, or of mail."""
    if not _FORM.fullmatch(text):
        return False
    try:
        parts = urlsplit(text)
        return parts.scheme == "mailto" or (bool(parts.hostname) and parts.port != 0)
    except ValueError:
        # The parser refuses a bracket that is not closed; asking for the port refuses one that is no number.
        return False
