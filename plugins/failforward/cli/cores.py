"""Work that is spread over the machine's cores, where there is enough of it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

Done = TypeVar("Done")
# What does a share of the work, given once, and the names in the share.
Work = Callable[[Sequence[str]], Done]
_CHUNK = 25
_MOST_PROCESSES = 8
# A process that is forked has all at hand; elsewhere it begins from nothing.
FORKS = sys.platform == "linux"


def spread(work: Work[Done], names: Sequence[str], each: int) -> Iterator[Done]:
    """Give what work makes of each share of some names, in their order; a process is started for `each` so many."""
    processes = min(len(names) // each, _cores(), _MOST_PROCESSES)
    if processes < 2:
        yield work(names)
        return
    from multiprocessing import get_context

    shares = [names[start : start + _CHUNK] for start in range(0, len(names), _CHUNK)]
    context = get_context("fork" if FORKS else "spawn")
    with context.Pool(processes, _begin, (work,)) as pool:
        yield from pool.imap(_share, shares)


_working: list[Work[Any]] = []


def _begin(work: Work[Any]) -> None:
    _working[:] = [work]


def _share(names: Sequence[str]) -> Any:
    (work,) = _working
    return work(names)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
