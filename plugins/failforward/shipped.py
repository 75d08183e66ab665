"""Where the files that ship with failforward lie: the rules, the cause vocabulary, the scaffold."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_HERE = os.path.dirname(os.path.realpath(__file__))
_CHECKOUT = os.path.dirname(os.path.dirname(_HERE))
# In a wheel the folders lie inside the package; in a checkout they lie where people edit them.
_PLACES = {
    "rules": (f"{_HERE}/shipped/rules", f"{_CHECKOUT}/playbook/rules"),
    "causes": (f"{_HERE}/shipped/causes", f"{_CHECKOUT}/playbook/causes"),
    "scaffold": (f"{_HERE}/shipped/scaffold", f"{_CHECKOUT}/scaffold"),
}


def place(name: str) -> str:
    """Give the path of the folder of `rules`, `causes` or `scaffold`."""
    installed, checkout = _PLACES[name]
    return installed if os.path.isdir(installed) else checkout


def folder(name: str) -> Path:
    """Give the folder of `rules`, `causes` or `scaffold`."""
    from pathlib import Path

    return Path(place(name))
