"""Promises as a calendar file (RFC 5545) that any calendar program can subscribe to.

The lines are written here: the format needs folding and escaping and nothing else, and a library for it would be
installed by everybody who checks a review. The tests read the result back with such a library.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta

from failforward.promises import Promise

_WIDTH = 75
_LABELS = {"debrief": "Debrief", "check-in": "Check-in", "experiment": "Experiment", "verification": "Verification"}
_CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f\u2028\u2029]")


def calendar(
    promises: Iterable[Promise], title: str, today: date, address: Callable[[Promise], str] = lambda promise: ""
) -> str:
    """Give a calendar with an all-day event for each promise that has a day; lines end in CR LF as the format asks.

    `address` gives the whole address of a promise's page, or nothing. An event keeps its id from day to day, so that a
    calendar moves it instead of showing it twice.
    """
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//failforward//promises 1//EN", "CALSCALE:GREGORIAN"]
    head += ["METHOD:PUBLISH", f"NAME:{_text(title)}", f"X-WR-CALNAME:{_text(title)}"]
    head += ["REFRESH-INTERVAL;VALUE=DURATION:P1D", "X-PUBLISHED-TTL:P1D"]
    events = [line for each in promises if each.by for line in _event(each, each.by, today, address(each))]
    return "".join(folded(line) + "\r\n" for line in (*head, *events, "END:VCALENDAR"))


def identity(*parts: str) -> str:
    """Give a UUID that depends on the parts alone, for what must keep its id for ever."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, "/".join(("failforward", *parts))))


def folded(line: str) -> str:
    """Break a line after at most 75 bytes, never within a character; continuations begin with a space."""
    pieces: list[str] = [""]
    size = 0
    for character in line:
        width = len(character.encode())
        if size + width > _WIDTH:
            pieces.append(" ")
            size = 1
        pieces[-1] += character
        size += width
    return "\r\n".join(pieces)


def _event(promise: Promise, day: date, today: date, address: str) -> Iterator[str]:
    said = f"{_LABELS[promise.kind]}: {promise.what}"
    title = promise.review.title or promise.review.id
    about = [f"Review: {' '.join(title.split())}", promise.next, *([address] if address else [])]
    yield "BEGIN:VEVENT"
    yield f"UID:{identity(promise.id)}"
    yield f"DTSTAMP:{today:%Y%m%d}T000000Z"
    yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_text(said)}"
    yield f"DESCRIPTION:{_text(chr(10).join(about))}"
    yield f"CATEGORIES:{','.join(_text(word) for word in (_LABELS[promise.kind], *promise.teams))}"
    yield from [f"URL:{address}"] if address else []
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _text(value: str) -> str:
    """Escape a text value; a control character becomes a space."""
    value = _CONTROLS.sub(" ", value.encode("utf-8", "replace").decode())
    return re.sub(r"([\\;,])", r"\\\1", value).replace("\n", "\\n")
