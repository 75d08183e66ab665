"""Hidden comments by which an issue is found again: a title may change, and a label is taken off easily."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote

_START = "<!-- failforward:"
_NOTES = f"{_START}notes -->"
_NOTES_LINE = re.compile(rf"^[ \t]*{re.escape(_NOTES)}[ \t]*\r?$\n?", re.MULTILINE)


def tracking(prefix: str, teams: Iterable[str] = ()) -> str:
    """Give the marker of a playbook's tracking issue; `prefix` leads from the top of the repository to it.

    The list of some teams alone has another one, whatever order they are named in.
    """
    of = f"teams={','.join(_quoted(team, safe='') for team in sorted(set(teams)))}" if teams else ""
    return f"{_START}{' '.join(filter(None, ('tracking', _quoted(prefix), of)))} -->"


def experiment(prefix: str, review: str, name: str) -> str:
    """Give the marker of the issue for one experiment."""
    return f"{_START}experiment {_quoted(f'{prefix}{review}/{name}')} -->"


def found(body: str) -> frozenset[str]:
    """Give the markers of a body: each on a line of its own, and above what people wrote."""
    lines = (line.strip() for line in _before_notes(body).split("\n"))
    return frozenset(line for line in lines if line.startswith(_START))


def with_notes(made: str, notes: str) -> str:
    """Put what people wrote below what is made, with the line that parts them."""
    return f"{made}\n{_NOTES}\n{notes}"


def notes_of(body: str) -> str:
    """Give what people wrote below the line that parts, as it is."""
    match = _NOTES_LINE.search(body)
    return body[match.end() :] if match else ""


def _before_notes(body: str) -> str:
    match = _NOTES_LINE.search(body)
    return body[: match.start()] if match else body


def _quoted(name: str, safe: str = "/") -> str:
    """Give a name as one word that can neither end a comment nor be taken for another part of it."""
    return quote(name, safe=safe, errors="surrogatepass").replace("--", "%2D%2D")
