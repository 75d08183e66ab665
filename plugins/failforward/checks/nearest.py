"""The name that another one was probably meant to be, among thousands, without comparing it with each of them."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from itertools import islice

_MOST = 100
_PART = re.compile(r"[^\W_]{3,}")


def nearest(name: str, known: Iterable[str], likeness: float) -> str:
    """Give the known name that is most like another one, nothing where none is as alike as asked (0 to 1).

    Beyond a hundred, only the first hundred names that share one of its two longest parts are compared.
    """
    names = list(known)
    if len(names) > _MOST:
        parts = sorted(set(_PART.findall(name)), key=lambda part: (-len(part), part))[:2]
        names = list(islice((each for each in names if any(part in each for part in parts)), _MOST))
    close = difflib.get_close_matches(name, names, 1, likeness)
    return close[0] if close else ""
