"""One promise in the backlog from its first week to its verdict: one tracking issue, one story, one link back."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conftest import Desk

NAME, GATE = "2026-10-02-checkout", "warm-up-gate"


def _status(path: Path) -> str:
    return next(
        line.split("status: ")[1] for line in path.read_text("utf-8").split("\n") if line.startswith("    status")
    )


def test_a_promise_goes_through_the_backlog(desk: "Desk") -> None:
    """Nothing due, due, overdue, exported, closed over there, to be verified, verified: each week says what is true."""
    file, hub = desk.file(), desk.hub
    before = file.read_text("utf-8")

    desk.done("track", today="2026-10-07")
    assert hub.issues == []
    desk.done("track", today="2026-10-12")
    (tracked,) = hub.issues
    assert "A warm-up that evicts live keys is stopped" in tracked["body"]
    assert "1 promise open: 1 due within 7 days." in tracked["body"]
    desk.done("track", today="2026-10-19")
    assert len(hub.issues) == 1
    assert "1 promise open: 1 past its day." in tracked["body"]

    assert "would" in desk.done("export", "--to", "github", "--dry-run", today="2026-10-19")
    assert (len(hub.issues), file.read_text("utf-8")) == (1, before)
    desk.done("export", "--to", "github", today="2026-10-19")
    desk.done("export", "--to", "github", today="2026-10-19")
    _, story = hub.issues
    link = f'    issue: "{story["html_url"]}"\n'
    assert file.read_text("utf-8").replace(link, "") == before
    desk.commit()

    desk.done("sync", today="2026-10-20")
    assert _status(file) == "planned"
    story |= {"state": "closed", "state_reason": "completed", "closed_at": "2026-10-20T08:00:00Z"}
    said = desk.done("sync", today="2026-10-21")
    assert "Whether it held is to be looked at by 2026-10-30" in said
    assert _status(file) == "done"
    assert "verified" not in file.read_text("utf-8")
    desk.commit()

    desk.done("track", today="2026-10-26")
    assert "Verification due" in tracked["body"]
    desk.done("experiment", "verify", NAME, GATE, "--verdict", "stuck", "--evidence", "Two stopped", today="2026-10-28")
    desk.commit()
    desk.done("track", today="2026-11-02")
    assert (tracked["state"], len(hub.issues)) == ("closed", 2)
    desk.done("sync", today="2026-11-02")
    assert "verdict: stuck" in file.read_text("utf-8")
