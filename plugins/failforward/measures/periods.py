"""Stretches of the calendar in which events are counted: quarters while those are few, then years, then decades."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

_MOST_QUARTERS = 12
_MOST_YEARS = 40

Counts = Mapping[str, Mapping[str, int]]


def counted(events: Iterable[tuple[date, str]]) -> Counts:
    """Give period → word → how often, oldest first; periods without any event are there too, so that gaps show."""
    events = tuple(events)
    if not events:
        return {}
    first, last = min(day for day, _ in events), max(day for day, _ in events)
    number, name = _step(first, last)
    found: dict[str, dict[str, int]] = {name(each): {} for each in range(number(first), number(last) + 1)}
    for day, word in events:
        counts = found[name(number(day))]
        counts[word] = counts.get(word, 0) + 1
    return found


def _step(first: date, last: date) -> tuple[Callable[[date], int], Callable[[int], str]]:
    """Give the running number of a day's period, and the name of a number."""
    if _quarter(last) - _quarter(first) < _MOST_QUARTERS:
        return _quarter, lambda number: f"{number // 4} Q{number % 4 + 1}"
    if last.year - first.year < _MOST_YEARS:
        return lambda day: day.year, str
    return lambda day: day.year // 10, lambda number: f"{number}0s"


def _quarter(day: date) -> int:
    return day.year * 4 + (day.month - 1) // 3
