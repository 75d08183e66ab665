"""The rota as people and other programs read it. To add a format: a function, and a line in FORMATS."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import date

from failforward.reports.escape import shown
from failforward.reports.run import visible
from failforward.rota import LATELY, QUIET, Rhythm, Rota, Turn

# No list shows more than a reader can choose from; JSON has them all.
_MOST = 5


def text(rota: Rota) -> str:
    """Give a paragraph for each question that the rota answers."""
    lines: list[str] = []
    for title, entries in _parts(rota):
        lines += ["", title, *(visible(f"  {entry}") for entry in entries)]
    return "\n".join(lines[1:]) + "\n"


def markdown(rota: Rota) -> str:
    """Give a list for each question that the rota answers."""
    lines = ["## Rota"]
    for title, entries in _parts(rota):
        lines += ["", f"**{title}**", "", *(f"- {shown(entry)}" for entry in entries)]
    return "\n".join(lines) + "\n"


def json_object(rota: Rota) -> str:
    """Give an object with a list for each question."""
    found = {
        "facilitators": [_turn(turn) for turn in rota.facilitators],
        "outsiders": [_turn(turn) for turn in rota.outsiders],
        "quiet": [_rhythm(each) for each in rota.quiet], "busy": [_rhythm(each) for each in rota.busy],
    }  # fmt: skip
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


FORMATS: dict[str, Callable[[Rota], str]] = {"text": text, "markdown": markdown, "json": json_object}


def _parts(rota: Rota) -> Iterator[tuple[str, list[str]]]:
    leading = [f"{turn.team}, {_when(turn.last, 'led')}" for turn in rota.facilitators]
    nobody = ["No team that was not involved is known yet."]
    yield "To lead the next half hour, in turn", _few(leading) or nobody
    outside = [f"{turn.team}, {_when(turn.last, 'joined')}" for turn in rota.outsiders]
    yield "To invite from outside", _few(outside) or nobody
    if rota.quiet:
        entries = [f"{each.team}: last failure written down on {each.last}" for each in rota.quiet]
        title = f"Quiet for {QUIET.days} days or more: a calm time, or is there something worth telling?"
        yield title, _few(entries)
    if rota.busy:
        entries = [f"{each.team}: {each.lately} reviews in {LATELY.days} days" for each in rota.busy]
        yield "Many reviews lately: what could wait, or take the light form?", _few(entries)


def _few(entries: Sequence[str]) -> list[str]:
    more = len(entries) - _MOST
    return [*entries[:_MOST], *([f"… and {more} more"] if more > 0 else [])]


def _when(day: date | None, did: str) -> str:
    return f"last {did} on {day}" if day else f"has not {did} one yet"


def _turn(turn: Turn) -> dict[str, object]:
    return {"team": turn.team, "last": turn.last.isoformat() if turn.last else None}


def _rhythm(each: Rhythm) -> dict[str, object]:
    return {"team": each.team, "last": each.last.isoformat(), "lately": each.lately}
