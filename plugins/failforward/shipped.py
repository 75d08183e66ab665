"""Where the files that ship with failforward lie: the rules, the cause vocabulary, the scaffold."""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).resolve().parent
# In a wheel the folders lie inside the package; in a checkout they lie where people edit them.
_PLACES = {
    "rules": (_HERE / "shipped" / "rules", _HERE.parents[1] / "playbook" / "rules"),
    "causes": (_HERE / "shipped" / "causes", _HERE.parents[1] / "playbook" / "causes"),
    "scaffold": (_HERE / "shipped" / "scaffold", _HERE.parents[1] / "scaffold"),
}


def folder(name: str) -> Path:
    """Give the folder of `rules`, `causes` or `scaffold`."""
    installed, checkout = _PLACES[name]
    return installed if installed.is_dir() else checkout
