"""What comes back to mind: failures on their anniversary, and a lesson at a time.

A page is built once and read later. So it stands there for the day of the build, and a script that a reader's browser
runs picks by its own day, from files that it asks for only then: `on-this-day.json` and `lessons/lessons-0.json`, ….
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from failforward.index import Trial
from failforward.index.anniversaries import Anniversary, anniversaries_of, exact_day, next_anniversary
from failforward.model.review import Review
from failforward.pages.page import Asset
from failforward.pages.site import Here, Site
from failforward.pages.words import short_label

SCRIPT = "memory/memory.js"
VERSION = 1
# What a day of the year holds at the most, so that the file stays small however many reviews there are.
MOST_OF_A_DAY = 3
# How many lessons one file holds: the script loads one of the files by chance, then takes one of its lessons.
SHARD = 100
SHOWN = 5


@dataclass(frozen=True, slots=True)
class Shown:
    """An anniversary as the home page shows it."""

    review: Review
    day: date
    on: date
    years: int
    days: int


@dataclass(frozen=True, slots=True)
class Said:
    """A lesson as one thing to read: the change, what it is against, what came of it, and the review it is from."""

    cause: str
    cause_path: str
    change: str
    tone: str
    title: str
    review_path: str


class Memory:
    """What comes back to mind on the day of the build, and the files for any other day; computed once for a site."""

    def __init__(self, site: Site) -> None:
        """Take the site."""
        self.site = site

    @cached_property
    def lessons(self) -> tuple[Said, ...]:
        """Give the changes that were not dropped, those of the newest reviews first."""
        here = Here(self.site, "index.md")
        by_review = self.site.index.trials_by_review
        found = [
            _said(here, trial)
            for review in self.site.index.reviews
            for trial in by_review.get(review.path, ())
            if trial.state != "dropped"
        ]
        return tuple(each for each in found if each)

    @property
    def shards(self) -> int:
        """Give how many files hold the lessons."""
        return -(-len(self.lessons) // SHARD)

    @property
    def lesson(self) -> Said | None:
        """Give the lesson of the day."""
        lessons = self.lessons
        return lessons[self.site.today.toordinal() % len(lessons)] if lessons else None

    @property
    def anniversaries(self) -> tuple[Shown, ...]:
        """Give the failures that have their anniversary within three days of today."""
        return tuple(_shown(each) for each in anniversaries_of(self.site.index.reviews, self.site.today)[:SHOWN])

    @property
    def next(self) -> Shown | None:
        """Give the failure that has its anniversary next."""
        found = next_anniversary(self.site.index.reviews, self.site.today)
        return _shown(found) if found else None

    def values(self) -> Mapping[str, Any]:
        """Give what a template needs of it."""
        return {
            "anniversaries": self.anniversaries, "next_anniversary": self.next, "lesson": self.lesson,
            "shards": self.shards, "memory_script": SCRIPT,
        }  # fmt: skip


def assets(site: Site) -> Iterator[Asset]:
    """Make the files that the script asks for."""
    memory = site.memory
    yield Asset("on-this-day.json", _json({"version": VERSION, "days": _days(site)}))
    address = site.urls.address
    for number in range(memory.shards):
        lessons = [
            {
                "cause": each.cause, "cause_url": address(each.cause_path), "change": each.change, "tone": each.tone,
                "state": short_label(each.tone), "review": each.title, "url": address(each.review_path),
            }
            for each in memory.lessons[number * SHARD : (number + 1) * SHARD]
        ]  # fmt: skip
        yield Asset(f"lessons/lessons-{number}.json", _json({"version": VERSION, "lessons": lessons}))


def _days(site: Site) -> dict[str, list[dict[str, object]]]:
    """Give month and day (`02-29`) → the newest failures of that day."""
    found: dict[str, list[dict[str, object]]] = {}
    for review in site.index.reviews:
        day = exact_day(review)
        if day is None:
            continue
        of_day = found.setdefault(f"{day.month:02}-{day.day:02}", [])
        if len(of_day) < MOST_OF_A_DAY:
            address = site.urls.address(review.path)
            of_day.append({"year": day.year, "title": review.title or review.id, "url": address})
    return dict(sorted(found.items()))


def _shown(each: Anniversary) -> Shown:
    return Shown(each.review, exact_day(each.review) or each.on, each.on, each.years, each.days)


def _said(here: Here, trial: Trial) -> Said | None:
    change, cause = here.plain(trial.experiment.outcome, trial.review), trial.experiment.cause
    path = here.site.names["causes"].get(cause)
    if not change or path is None:
        return None
    title = trial.review.title or trial.review.id
    return Said(here.cause(cause), path, change, trial.standing, title, trial.review.path)


def _json(content: Mapping[str, object]) -> bytes:
    return (json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n").encode("utf-8", "replace")
