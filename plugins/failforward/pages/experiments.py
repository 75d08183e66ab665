"""The board: every experiment by where it stands, and the clocks of reviews, so that no promise gets lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from failforward.index import STATES, Trial
from failforward.pages.board import Board
from failforward.pages.causes import VERDICTS
from failforward.pages.page import Page
from failforward.pages.site import Site
from failforward.promises import MOST_SPRINTS, Promise, not_known

_LEADS = {
    "escalate": f"Carried over more than {MOST_SPRINTS} sprints since its deadline. Another sprint will not do it: ask "
    "for help, agree on something smaller, or drop it with a reason.",
    "overdue": "The deadline has passed.",
    "due": "The deadline lies within seven days.",
    "open": "Under way, or still to begin.",
    "waiting": "The work is done. Whether it changed anything has yet to be looked at.",
    "carried": "Unfinished when the review was closed.",
    "verified": "Somebody went back and looked.",
    "done": "The work is done and will not be verified.",
    "dropped": "Given up on purpose.",
}
# A longer state shows only its first experiments: those that ask for attention soonest.
LONGEST = 300


def pages(site: Site) -> Iterator[Page]:
    """Make the board."""
    trials, board = site.index.trials, Board(site)
    sprints = {id(trial): number for trial in trials if (number := board.sprints(trial)) > MOST_SPRINTS}
    by_state = {"escalate": [trial for trial in trials if id(trial) in sprints]}
    for state in STATES:
        by_state[state] = [trial for trial in trials if trial.state == state and id(trial) not in sprints]
    by_state["verified"].sort(key=lambda trial: VERDICTS.index(trial.verdict) if trial.verdict in VERDICTS else 9)
    of_reviews = [each for each in site.promises if each.kind in ("debrief", "check-in")]
    values = {
        "states": [(state, _LEADS[state], found) for state, found in by_state.items() if found],
        "total": len(trials),
        "longest": LONGEST,
        "anchors": board.anchors,
        "clocks": board.clocks,
        "sprints": sprints,
        "teams_of": {id(trial): trial.teams for trial in trials},
        "teams": sorted({name for trial in trials for name in trial.teams} | _teams(of_reviews)),
        "kinds": sorted({trial.experiment.kind for trial in trials if trial.experiment.kind}),
        "names": _names(by_state, of_reviews),
        "of_reviews": of_reviews,
        "not_known": not_known(site.playbook.unread),
        "tally": tally(site),
    }
    yield site.page("experiments/index.md", "experiments.md.j2", values, title="Experiments", search=False)


def tally(site: Site) -> list[tuple[str, Counter[str]]]:
    """Give how many of each clock are kept, due and missed; clocks that nothing is known of count nowhere."""
    counts: dict[str, Counter[str]] = {"debrief": Counter(), "check-in": Counter(), "verification": Counter()}
    for clocks in site.clocks.values():
        for clock in clocks:
            if clock.state in ("kept", "due", "missed"):
                counts[clock.name][clock.state] += 1
    return [(name, found) for name, found in counts.items() if found]


def waiting_first(trials: tuple[Trial, ...]) -> tuple[Trial, ...]:
    """Give the experiments that ask for somebody's attention now."""
    return tuple(trial for trial in trials if trial.state in ("overdue", "due", "waiting"))


def _teams(promises: list[Promise]) -> set[str]:
    return {name for promise in promises for name in promise.teams}


def _names(by_state: Mapping[str, list[Trial]], of_reviews: list[Promise]) -> list[str]:
    """Give the words that the board can be narrowed to: states, then the clocks of reviews."""
    escalated = {trial.state for trial in by_state["escalate"]}
    states = [state for state, found in by_state.items() if found or state in escalated]
    return states + [kind for kind in ("debrief", "check-in") if any(each.kind == kind for each in of_reviews)]
