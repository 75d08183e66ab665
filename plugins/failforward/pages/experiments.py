"""The board: every experiment by where it stands, so that no promise gets lost."""

from __future__ import annotations

from collections.abc import Iterator

from failforward.clocks import verification
from failforward.index import STATES, Trial
from failforward.pages.causes import VERDICTS
from failforward.pages.figure import answers_of
from failforward.pages.page import Page
from failforward.pages.site import Site

_LEADS = {
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
    trials = site.index.trials
    by_state = {state: [trial for trial in trials if trial.state == state] for state in STATES}
    by_state["verified"].sort(key=lambda trial: VERDICTS.index(trial.verdict) if trial.verdict in VERDICTS else 9)
    clocks = site.playbook.settings.clocks
    limits = {id(trial): verification(trial.experiment, clocks, site.today).limit for trial in by_state["waiting"]}
    values = {
        "states": [(state, _LEADS[state], found) for state, found in by_state.items() if found],
        "total": len(trials),
        "longest": LONGEST,
        "anchors": _anchors(site),
        "limits": limits,
        "teams": sorted({trial.owner for trial in trials if trial.owner}),
        "kinds": sorted({trial.experiment.kind for trial in trials if trial.experiment.kind}),
    }
    yield site.page("experiments/index.md", "experiments.md.j2", values, title="Experiments", search=False)


def _anchors(site: Site) -> dict[int, str]:
    """Give the anchor of each experiment's card on its review's page, by the identity of its trial."""
    index = site.index
    return {
        id(answer.trial): answer.anchor
        for review in index.reviews
        for answer in answers_of(review, index.trials_by_review.get(review.path, ()))
    }


def waiting_first(trials: tuple[Trial, ...]) -> tuple[Trial, ...]:
    """Give the experiments that ask for somebody's attention now."""
    return tuple(trial for trial in trials if trial.state in ("overdue", "due", "waiting"))
