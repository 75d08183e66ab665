"""Pages that list reviews: all of them, and one per tag, service, team, kind, severity and year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from failforward.index import UNFINISHED, Trial
from failforward.model.review import Review
from failforward.pages.page import Page
from failforward.pages.site import Site
from failforward.pages.words import label

# A longer list of all reviews shows the newest, the others stand on the pages of their years; any other list is cut
# into pages of PAGE reviews.
LONGEST = 500
NEWEST = 100
PAGE = 250
# Before work on a service one reads what is open or did not hold there, of its newest reviews.
MOST_TO_KNOW = 12


@dataclass(frozen=True, slots=True)
class Shelf:
    """A kind of word by which reviews are found.

    `title` and `one` are what it and one of its words are called; `empty` is said where there is no word.
    """

    folder: str
    title: str
    one: str
    lead: str
    empty: str


TAGS = Shelf("tags", "Tags", "tag", "Free words to find reviews by.", "no review has a tag.")
SERVICES = Shelf(
    "services", "Services", "service", "What failed, by service or product. Worth reading before working on one.",
    "no review names a service.",
)  # fmt: skip
TEAMS = Shelf(
    "teams", "Teams", "team", "Who was in it, and who carries which experiment. Teams, never persons.",
    "no review names a team.",
)  # fmt: skip
YEARS = Shelf("years", "Years", "year", "Reviews by the year of the failure.", "no review is published.")
KINDS = Shelf("kinds", "Kinds", "kind", "What sort of failure it was.", "no review is published.")
SEVERITIES = Shelf("severities", "Severities", "severity", "How bad it was, worst first.", "no review has a severity.")


def reviews(site: Site) -> Iterator[Page]:
    """Make the list of all reviews."""
    every = site.index.reviews
    shown = every if len(every) <= LONGEST else every[:NEWEST]
    years: dict[str, list[Review]] = {}
    for review in shown:
        years.setdefault(f"{review.day.year:04}" if review.day else "undated", []).append(review)
    values = {
        "years": years,
        "every": every,
        "all_years": site.index.years,
        "shown": shown,
        "kinds": list(site.index.kinds),
        "severities": list(site.index.severities),
    }
    yield site.page("reviews/index.md", "reviews.md.j2", values, title="Reviews", search=False)


def tags(site: Site) -> Iterator[Page]:
    """Make the pages of tags."""
    return _shelf(site, TAGS, site.index.tags)


def services(site: Site) -> Iterator[Page]:
    """Make the pages of services."""
    return _shelf(site, SERVICES, site.index.services)


def teams(site: Site) -> Iterator[Page]:
    """Make the pages of teams; a team that only carries experiments has one too."""
    names = sorted(site.names["teams"], key=lambda name: (name.casefold(), name))
    return _shelf(site, TEAMS, {name: site.index.teams.get(name, ()) for name in names})


def years(site: Site) -> Iterator[Page]:
    """Make the pages of years."""
    return _shelf(site, YEARS, site.index.years)


def kinds(site: Site) -> Iterator[Page]:
    """Make the pages of kinds."""
    return _shelf(site, KINDS, site.index.kinds)


def severities(site: Site) -> Iterator[Page]:
    """Make the pages of severities."""
    return _shelf(site, SEVERITIES, site.index.severities)


def _shelf(site: Site, shelf: Shelf, words: Mapping[str, Sequence[Review]]) -> Iterator[Page]:
    values = {"shelf": shelf, "words": words, "most": max(map(len, words.values()), default=0)}
    yield site.page(f"{shelf.folder}/index.md", "words.md.j2", values, title=shelf.title, search=False)
    for word, members in words.items():
        yield from _word(site, shelf, word, members)


def _word(site: Site, shelf: Shelf, word: str, members: Sequence[Review]) -> Iterator[Page]:
    """Make the page of one word, with its reviews, the causes they share, what was learnt and what is open."""
    causes = Counter(name for review in members for name in review.cause_ids)
    trials = [trial for review in members for trial in site.index.trials_by_review.get(review.path, ())]
    carried = site.index.trials_by_owner.get(word, ()) if shelf is TEAMS else ()
    values = {
        "shelf": shelf,
        "word": word,
        "total": len(members),
        "causes": [(name, number) for name, number in sorted(causes.items(), key=_often) if number > 1][:8],
        "stuck": _stuck(trials) if shelf in (TAGS, SERVICES, TEAMS) else [],
        "to_know": [trial for trial in trials if _to_know(trial)][:MOST_TO_KNOW] if shelf is SERVICES else [],
        "open": [trial for trial in carried if trial.state in (*UNFINISHED, "waiting")],
        "carried": carried,
        "kinds": sorted({review.kind for review in members}),
        "severities": [name for name in site.index.severities if any(review.severity == name for review in members)],
    }
    title = label(word) if shelf in (KINDS, YEARS) else word
    first = site.names[shelf.folder][word]
    size = PAGE if len(members) > LONGEST else max(len(members), 1)
    cuts = range(0, max(len(members), 1), size)
    paths = [first, *(f"{first.removesuffix('.md')}/page-{number}.md" for number in range(2, len(cuts) + 1))]
    for number, start in enumerate(cuts, 1):
        values |= {"reviews": members[start : start + size], "number": number, "paths": paths}
        yield site.page(paths[number - 1], "word.md.j2", values, title=title, search=False)


def _to_know(trial: Trial) -> bool:
    """Tell whether an experiment matters to those who work on its service: it is open, or did not hold as hoped."""
    return trial.state in (*UNFINISHED, "waiting", "carried") or trial.verdict in ("partly", "did-not-stick")


def _often(item: tuple[str, int]) -> tuple[int, str]:
    return -item[1], item[0]


def _stuck(trials: Sequence[Trial]) -> list[Trial]:
    return [trial for trial in trials if trial.verdict == "stuck"][:10]
