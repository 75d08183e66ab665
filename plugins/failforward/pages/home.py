"""The home page: what is new, what is due, what keeps coming back."""

from __future__ import annotations

from collections.abc import Iterator

from failforward.index import CauseEntry, Recurrence
from failforward.pages.board import Board
from failforward.pages.experiments import tally, waiting_first
from failforward.pages.page import Page
from failforward.pages.review import in_short
from failforward.pages.site import Here, Site
from failforward.promises import not_known


def pages(site: Site) -> Iterator[Page]:
    """Make the home page; a team's own index.md stands on top of it."""
    index = site.index
    here = Here(site, "index.md")
    met = [entry for entry in index.causes.values() if entry.occurrences]
    values = {
        "summary": site.playbook.settings.summary,
        "figures": _figures(here, len(met)),
        "newest": [(review, here.plain(in_short(review), review)) for review in index.reviews[:4]],
        "attention": waiting_first(index.trials)[:6],
        "attention_total": len(waiting_first(index.trials)),
        "promised": [each for each in site.promises if each.state in ("overdue", "due") and not each.experiment][:4],
        "not_known": not_known(site.playbook.unread),
        "clocks": Board(site).clocks,
        "tally": tally(site),
        "recurring": sorted((entry for entry in met if len(entry.occurrences) > 1), key=_often)[:8],
        "most": max((len(entry.occurrences) for entry in met), default=0),
        "did_not_hold": _did_not_hold(met)[:4],
        **site.memory.values(),
        "tags": sorted(index.tags, key=lambda name: (-len(index.tags[name]), name))[:24],
    }
    title = site.playbook.settings.title
    yield site.page("index.md", "home.md.j2", values, title=title, description=site.playbook.settings.summary)


def _figures(here: Here, met: int) -> list[tuple[int, str, str]]:
    """Give what can be counted without a doubt: number, what it counts, address of the list."""
    index = here.site.index
    verified = [trial for trial in index.trials if trial.state == "verified"]
    stuck = sum(trial.verdict == "stuck" for trial in verified)
    figures = [
        (len(index.reviews), "reviews" if len(index.reviews) != 1 else "review", "reviews/index.md"),
        (met, f"of {len(index.causes)} causes met", "causes/index.md"),
        (len(index.trials), "experiments" if len(index.trials) != 1 else "experiment", "experiments/index.md"),
        (stuck, f"of {len(verified)} verified ones stuck", "experiments/index.md"),
    ]
    return [(number, text, here.to(path)) for number, text, path in figures]


def _often(entry: CauseEntry) -> tuple[int, str]:
    return -len(entry.occurrences), entry.cause.title


def _did_not_hold(met: list[CauseEntry]) -> list[Recurrence]:
    """Give the recurrences in the same service or team, the newest first."""
    found = [each for entry in met for each in entry.recurrences if each.shared]
    return sorted(found, key=lambda each: str(each.review.day), reverse=True)
