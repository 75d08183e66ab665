"""Which teams a playbook knows: a slip in `--team` is an error, since an empty list would read as an all-clear."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator

from failforward.errors import ArgumentError
from failforward.model.playbook import Playbook
from failforward.model.review import People, Review
from failforward.reports.run import visible

_SHOWN = 8


def demand_teams(playbook: Playbook, teams: Iterable[str]) -> None:
    """Raise ArgumentError for a team that no review, risk or setting of the playbook names, with the nearest one.

    What only a private review names is known too, and never proposed.
    """
    wanted = dict.fromkeys(teams)
    known = {name for review in playbook.reviews for name in _named(review)} if wanted else set()
    own = {*playbook.settings.words.get("teams", ()), *(risk.owner for risk in playbook.risk_by_id.values())}
    for team in wanted:
        if team not in known | own:
            open_ones = {name for review in playbook.reviews if not review.private for name in _named(review)}
            what = f"“{visible(team)}” is no team of this playbook"
            remedy = _remedy(team, sorted(filter(None, own | open_ones), key=str.casefold))
            raise ArgumentError(what, remedy=f"{remedy}{_unread(len(playbook.unread))}")


def _named(review: Review) -> Iterator[str]:
    """Give every team that a review names."""
    people = review.people if isinstance(review.people, People) else People()
    yield from (*review.teams, *people.participants, *people.outsiders)
    owners = (experiment.owner for experiment in review.experiments)
    yield from (name for name in (people.facilitator, *owners) if isinstance(name, str))


def _unread(count: int) -> str:
    if not count:
        return ""
    reviews = "1 review" if count == 1 else f"{count:,} reviews"
    return f" {reviews} cannot be read, and may name it: see `failforward check`."


def _remedy(team: str, names: list[str]) -> str:
    by_form = {name.casefold(): name for name in names}
    close = difflib.get_close_matches(team.casefold(), by_form, 1, 0.6)
    if close:
        return f"Did it mean {visible(by_form[close[0]])}?"
    more = f" and {len(names) - _SHOWN:,} more" if len(names) > _SHOWN else ""
    there = f"It knows {', '.join(map(visible, names[:_SHOWN]))}{more}. " if names else ""
    return f"{there}A team that no review names yet is made known by `words: {{teams: […]}}` in playbook.yml."
