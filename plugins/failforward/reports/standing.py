"""Where a change stands, in words that fit into a sentence."""

from __future__ import annotations

from failforward.index.trials import Trial

_WORDS = {
    "overdue": "past its day", "due": "due this week", "open": "not finished", "waiting": "done, to be verified",
    "carried": "left open at the close", "done": "done", "dropped": "dropped", "stuck": "it stuck",
    "partly": "it stuck in part", "did-not-stick": "it did not stick",
}  # fmt: skip


def standing(trial: Trial) -> str:
    """Give the verdict on a change, else where its work stands, with what was found so far."""
    words = _WORDS.get(trial.standing, trial.state)
    return f"{words}; {_WORDS[trial.so_far]} so far" if trial.so_far in _WORDS else words
