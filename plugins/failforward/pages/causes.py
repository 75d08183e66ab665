"""The vocabulary of causes as pages: the tree with its counts, and each cause as a play."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from markupsafe import Markup

from failforward.index import CauseEntry, Group, Recurrence, Trial
from failforward.model.review import Review
from failforward.pages.page import Page
from failforward.pages.play import verdicts_of
from failforward.pages.site import Here, Site
from failforward.text.markdown import parse
from failforward.text.sections import split

# Of a cause met very often the newest stand with how it contributed, the others by title.
LONGEST = 100
# The pairs that come together most often stand in the overview, with their newest reviews.
MOST_PAIRS = 20
VERDICTS = ("stuck", "partly", "did-not-stick")


@dataclass(frozen=True, slots=True)
class Passage:
    """A section of a page that was written as Markdown; level 0 for what stands before its first heading."""

    level: int
    title: str
    text: Markup


def pages(site: Site) -> Iterator[Page]:
    """Make the overview of causes, then a page for each, also for those never met."""
    groups = site.index.groups
    counts = {name: len(entry.occurrences) for name, entry in site.index.causes.items()}
    values = {
        "groups": [_sorted(group) for group in groups],
        "counts": counts,
        "most": max(counts.values(), default=0),
        "met": sum(1 for number in counts.values() if number),
        "pairs": list(site.index.pairs.items())[:MOST_PAIRS],
        "pairs_total": len(site.index.pairs),
    }
    yield site.page("causes/index.md", "causes.md.j2", values, title="Causes", search=False)
    titles = {group.id: group.title for group in groups}
    for entry in site.index.causes.values():
        yield _cause(site, entry, titles[entry.cause.group])


def passages(here: Here, markdown: str, source: str) -> list[Passage]:
    """Cut a Markdown text at its headings and render what stands between."""
    found = []
    for section in split(parse(markdown)):
        text = markdown[section.title_span.end : section.span.end].strip()
        if section.title or text:
            level = max(section.level, 2) if section.title else 0
            found.append(Passage(level, section.title, here.block(text, source)))
    return found


def _sorted(group: Group) -> tuple[Group, list[CauseEntry]]:
    """Give a group with its causes, the most frequent first."""
    return group, sorted(group.causes, key=lambda entry: (-len(entry.occurrences), entry.cause.title.casefold()))


def _cause(site: Site, entry: CauseEntry, group: str) -> Page:
    cause = entry.cause
    path = site.names["causes"][cause.id]
    here = Here(site, path)
    text = passages(here, cause.page, cause.path)
    lead = [each for each in text if each.level == 0]
    sections = [each for each in text if each.level]
    verdicts = Counter(trial.verdict for trial in entry.trials if trial.state == "verified")
    values = {
        "entry": entry,
        "cause": cause,
        "group": group,
        "lead": [*lead, *sections[:1]],
        "sections": sections[1:],
        "total": len(entry.occurrences),
        "occurrences": entry.occurrences[::-1][:LONGEST],
        "older": entry.occurrences[::-1][LONGEST:],
        "verdicts": [(word, verdicts[word]) for word in VERDICTS if verdicts[word]],
        "trials": _by_outcome(entry),
        "accepted": [each for each in entry.occurrences[::-1] if each.accepted],
        "longest": LONGEST,
        "returned": _returned(entry.recurrences),
        "unheeded": _returned(entry.unheeded),
        "met_with": _met_with(site, entry),
        "verdicts_by_review": verdicts_of(entry),
        "register": site.index.register.by_cause.get(cause.id, ()) if site.index.register else (),
        "neighbours": [name for name in cause.neighbours if name in site.index.causes and name != cause.id],
    }
    source = cause.path if cause.path in site.playbook.files else ""
    return site.page(path, "cause.md.j2", values, title=cause.title, source=source, description=cause.summary)


def _met_with(site: Site, entry: CauseEntry) -> list[tuple[str, tuple[Review, ...]]]:
    """Give the causes that several reviews name beside this one, with these reviews, the most frequent first."""
    pairs = site.index.pairs
    own = entry.cause.id
    found = ((name, pairs.get((min(name, own), max(name, own)), ())) for name, _ in entry.together)
    return [(name, reviews) for name, reviews in found if reviews][:8]


def _by_outcome(entry: CauseEntry) -> list[tuple[str, list[Trial]]]:
    """Give what was tried, by what came of it: verdicts first, then what is under way."""
    found: dict[str, list[Trial]] = {}
    for trial in entry.trials[::-1]:
        found.setdefault(trial.standing, []).append(trial)
    order = (*VERDICTS, *(word for word in found if word not in VERDICTS))
    return [(word, found[word]) for word in order if word in found]


def _returned(recurrences: Iterable[Recurrence]) -> dict[str, Recurrence]:
    """Give path → recurrence for the reviews in which the cause came back."""
    return {each.review.path: each for each in recurrences}
