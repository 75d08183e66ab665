"""What the tests of follow-through work with: a review whose promises stand at known places."""

from collections.abc import Callable

import pytest

FRONT = """\
title: Checkout stalled after the cache warm-up change
kind: incident
status: reviewed
severity: sev3
started: 2026-10-02T14:05+00:00
resolved: 2026-10-02T15:40+00:00
debrief: 2026-10-03T10:00+00:00
check_in: 2026-10-06T10:00+00:00
services: [checkout]
teams: [payments]
causes:
  - cause: untested-path
    how: Staging has no cluster cache.
experiments:
  - id: warm-up-gate
    cause: untested-path
    outcome: A warm-up that evicts live keys is stopped
    kind: prevent
    owner: platform
    due: 2026-10-16
    status: planned
"""
Write = Callable[..., str]


@pytest.fixture
def review() -> Write:
    """Give a function that writes a review; `old="new"` pairs are replaced in its front matter."""

    def write(*changes: tuple[str, str], front: str = FRONT) -> str:
        for old, new in changes:
            assert old in front, old
            front = front.replace(old, new, 1)
        return f"---\n{front}---\n\n## In short\n\nA job evicted live keys.\n"

    return write
