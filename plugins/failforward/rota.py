"""Who leads the next half hour, who joins from outside, and how often teams meet: about teams, never about persons.

Teams are the words of `teams`, `participants`, `facilitator` and `outsiders`. Names of persons, such as those in the
setting `roster`, play no part.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from failforward.model.moment import Moment
from failforward.model.review import People, Review
from failforward.model.spelling import usual_spellings

# A team without a review for this long is asked whether failures go untold; one with this many in so short a time
# whether it is too much.
QUIET = timedelta(days=90)
# A team that was not heard of for so long may be none any more.
GONE = timedelta(days=365)
MANY = 4
LATELY = timedelta(days=28)


@dataclass(frozen=True, slots=True)
class Turn:
    """A team and when it last had the role, None for never."""

    team: str
    last: date | None


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A team with the day of its last failure that was reviewed, and how many lie in the last four weeks."""

    team: str
    last: date
    lately: int


@dataclass(frozen=True, slots=True)
class Rota:
    """Whose turn it is: each list begins with teams that never had the role, then come those whose last is longest ago.

    A team that never had it and was not heard of for a year is left out. `quiet` and `busy` are teams whose rhythm is
    worth a word.
    """

    facilitators: tuple[Turn, ...]
    outsiders: tuple[Turn, ...]
    quiet: tuple[Rhythm, ...]
    busy: tuple[Rhythm, ...]


def rota_of(reviews: Iterable[Review], today: date, review: Review | None = None) -> Rota:
    """Compute the rota; with a review, the teams that were in it are left out of what they cannot do.

    Private reviews leave no trace.
    """
    counted = _counted(reviews)
    involved = involved_in(review) if review else frozenset()
    asked = review.path if review else ""
    outside = ((team, each) for each in counted if each.path != asked for team in _people(each).outsiders)
    rhythms = _rhythms(counted, today)
    return Rota(
        facilitators(counted, today, involved, asked),
        _turns(counted, today, outside, involved),
        tuple(each for each in rhythms if QUIET < today - each.last <= GONE),
        tuple(each for each in rhythms if each.lately >= MANY),
    )


def facilitators(
    reviews: Iterable[Review], today: date, involved: Iterable[str] = (), asked: str = ""
) -> tuple[Turn, ...]:
    """Give the teams or roles that were not involved, the one whose turn it is to lead a debrief first.

    A team that never led waits longest of all. What was led in the review with the path `asked` does not count yet.
    Private reviews leave no trace.
    """
    counted = _counted(reviews)
    led = ((name, each) for each in counted if each.path != asked and (name := _facilitator(each)))
    return _turns(counted, today, led, involved)


def involved_in(review: Review) -> frozenset[str]:
    """Give the teams that were in a failure."""
    return frozenset((*review.teams, *_people(review).participants))


def _turns(
    reviews: Iterable[Review], today: date, had: Iterable[tuple[str, Review]], involved: Iterable[str]
) -> tuple[Turn, ...]:
    """Give the teams that had a role or were heard of lately, and were not involved; whose turn it is comes first."""
    last = _last((team, _held(review)) for team, review in had)
    heard = {team for each in reviews if _is_recent(each, today) for team in _all(each)}
    inside = {team.casefold() for team in involved}
    teams = (team for team in heard | set(last) if team.casefold() not in inside)
    return tuple(sorted((Turn(team, last.get(team)) for team in teams), key=_longest_ago))


def _counted(reviews: Iterable[Review]) -> list[Review]:
    """Give the reviews that count, with each team in its usual spelling: capital letters make no other team."""
    counted = [each for each in reviews if each.readable and not each.private]
    usual = usual_spellings(team for each in counted for team in _all(each))
    return [_spelt(each, usual) if any(usual[team.casefold()] != team for team in _all(each)) else each
            for each in counted]  # fmt: skip


def _spelt(review: Review, usual: Mapping[str, str]) -> Review:
    def spelt(teams: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(usual[team.casefold()] for team in teams))

    people = _people(review)
    (leader,) = spelt([_facilitator(review)]) if _facilitator(review) else (people.facilitator,)
    people = people._replace(
        facilitator=leader, participants=spelt(people.participants), outsiders=spelt(people.outsiders)
    )
    return replace(review, teams=spelt(review.teams), people=people)


def _longest_ago(turn: Turn) -> tuple[date, str]:
    return turn.last or date.min, turn.team


def _last(events: Iterable[tuple[str, date | None]]) -> dict[str, date]:
    last: dict[str, date] = {}
    for name, day in events:
        if day:
            last[name] = max(last.get(name, day), day)
    return last


def _held(review: Review) -> date | None:
    """Give the day of the debrief, else of the failure."""
    return review.debrief.day if isinstance(review.debrief, Moment) else review.day


def _is_recent(review: Review, today: date) -> bool:
    """Tell whether the teams of a review are likely to be there still; without a day they are."""
    day = _held(review)
    return day is None or today - day <= GONE


def _people(review: Review) -> People:
    return review.people if isinstance(review.people, People) else People()


def _facilitator(review: Review) -> str:
    facilitator = _people(review).facilitator
    return facilitator if isinstance(facilitator, str) else ""


def _all(review: Review) -> set[str]:
    """Give every team that a review names, also those that only led or listened."""
    return {*involved_in(review), *_people(review).outsiders, *([_facilitator(review)] if _facilitator(review) else [])}


def _rhythms(reviews: Iterable[Review], today: date) -> list[Rhythm]:
    days: dict[str, list[date]] = {}
    for review in reviews:
        for team in dict.fromkeys(review.teams):
            if review.day and review.day <= today:
                days.setdefault(team, []).append(review.day)
    return [
        Rhythm(team, max(days[team]), sum(today - day < LATELY for day in days[team]))
        for team in sorted(days, key=lambda team: (max(days[team]), team))
    ]
