"""What comes back to mind: anniversaries on the right day, a lesson at a time, and what keeps saving us."""

import json
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from failforward import index, pages
from failforward.index.anniversaries import anniversaries_of, anniversary, next_anniversary
from failforward.model.review import Review
from failforward.pages.memory import MOST_OF_A_DAY, SHARD
from failforward.pages.strengths import strengths_of
from failforward.playbook import default_playbook, read_text

CommandLine = Callable[..., subprocess.CompletedProcess[str]]
GATE = "causes: [untested-path]\nexperiments: [{id: e, cause: untested-path, outcome: Gate it, status: planned}]\n"


def review(started: str, more: str = "", name: str = "r", body: str = "") -> Review:
    """Make a review of a day."""
    text = f"---\ntitle: Of {started}\nkind: incident\nstatus: reviewed\nstarted: {started}\n{more}---\n{body}"
    return read_text(text.encode(), f"reviews/{name}.md")


def made(today: date, *reviews: Review) -> dict[str, str]:
    """Give the pages and JSON files of a playbook of such reviews."""
    playbook = replace(default_playbook(), reviews=reviews)
    site = pages.build(playbook, index.build(playbook, today), today)
    texts = {asset.path: asset.data.decode() for asset in site.assets if asset.path.endswith((".json", ".xml"))}
    return {page.path: page.text for page in site.pages} | texts


@pytest.mark.parametrize(
    ("started", "today", "years", "days"),
    [
        ("2020-11-22", "2026-11-22", 6, 0),
        ("2020-11-25", "2026-11-22", 6, 3),
        ("2020-11-19", "2026-11-22", 6, -3),
        ("2020-12-31", "2027-01-02", 6, -2),
        ("2020-01-02", "2026-12-31", 7, 2),
        ("2024-02-29", "2026-02-28", 2, 0),
        ("2024-02-29", "2028-02-29", 4, 0),
        ("2024-02-29", "2028-02-28", 4, 1),
        ("2024-02-29", "2027-03-02", 3, -2),
        ("2025-12-31", "2026-01-01", None, None),
        ("2026-11-22", "2026-11-22", None, None),
        ("2020-11-26", "2026-11-22", None, None),
        ("2020-11", "2026-11-01", None, None),
        ("2020", "2026-01-01", None, None),
    ],
)
def test_an_anniversary_is_near(started: str, today: str, years: int | None, days: int | None) -> None:
    """Within three days, over the turn of the year and around 29 February; never for a coarse day or the first one."""
    found = anniversaries_of([review(started)], date.fromisoformat(today))
    assert [(each.years, each.days) for each in found] == ([(years, days)] if years else [])


@settings(max_examples=200, deadline=None, database=None)
@given(st.dates(date(1990, 1, 1), date(2030, 12, 31)), st.dates(date(1995, 1, 1), date(2035, 12, 31)))
def test_every_failure_is_remembered_once_a_year(day: date, today: date) -> None:
    """From any day on, the next anniversary comes within a year and a leap day, and on its day it is found."""
    found = next_anniversary([review(day.isoformat())], today)
    if found is None:
        assert today < day
        return
    assert today <= found.on <= today + timedelta(days=366)
    assert anniversary(day, found.on.year) == found.on
    assert anniversaries_of([review(day.isoformat())], found.on)[0].days == 0


def test_the_home_page_says_what_happened_on_this_day() -> None:
    """With how long ago it was; in a week without any it names the next one."""
    text = made(date(2026, 11, 22), review("2025-11-22"))["index.md"]
    assert "## On this day" in text
    assert "One year ago" in text
    later = made(date(2026, 8, 1), review("2025-11-22"))["index.md"]
    assert "Nothing this week. The next one" in later
    assert "on 22 November 2026" in later
    assert "On this day" not in made(date(2026, 8, 1), review("2025"))["index.md"]


def test_the_days_of_the_year_are_bounded() -> None:
    """The file holds a few of each day, the newest ones, so that it stays small with ten thousand reviews."""
    many = [review(f"{year}-02-29", name=f"r{year}") for year in range(1904, 2025, 4)]
    days = json.loads(made(date(2026, 11, 22), *many)["on-this-day.json"])["days"]
    assert [each["year"] for each in days["02-29"]] == [2024, 2020, 2016][:MOST_OF_A_DAY]
    assert days["02-29"][0]["url"] == "reviews/r2024/"


def test_lessons_lie_in_small_files() -> None:
    """Each file holds a hundred; the page names how many there are and shows the one of the day without any."""
    many = [review(f"2026-01-{n % 28 + 1:02}", GATE, name=f"r{n:03}") for n in range(SHARD + 20)]
    site = made(date(2026, 11, 22), *many)
    assert [len(json.loads(site[f"lessons/lessons-{n}.json"])["lessons"]) for n in (0, 1)] == [SHARD, 20]
    for page in ("index.md", "lessons/index.md"):
        assert 'data-ff-shards="2"' in site[page]
        assert "Gate it" in site[page]
    entry = json.loads(site["lessons/lessons-0.json"])["lessons"][0]
    assert entry.keys() == {"cause", "cause_url", "change", "tone", "state", "review", "url"}
    assert "lessons/lessons-0.json" not in made(date(2026, 11, 22), review("2026-01-01"))


def test_what_is_not_published_is_not_remembered() -> None:
    """A private review has neither an anniversary nor a lesson."""
    site = made(date(2026, 11, 22), review("2025-11-22", "private: true\n" + GATE))
    assert not any("Of 2025-11-22" in text or "Gate it" in text for text in site.values())


def test_the_feed_remembers_for_a_week() -> None:
    """From its day on, with one id for each year for ever, and beside what is new."""
    old = review("2023-11-20")
    found = {
        day: json.loads(made(date(2026, 11, day), old)["feed.json"])["items"] for day in (19, 20, 26, 27)
    }  # fmt: skip
    assert [len(items) for items in found.values()] == [0 + 1, 2, 2, 1]
    first = next(item for item in found[20] if item["title"].startswith("3 years ago"))
    assert first["title"] == "3 years ago: Of 2023-11-20"
    assert first["date_published"] == "2026-11-20T00:00:00Z"
    assert first in found[26]
    next_year = json.loads(made(date(2027, 11, 20), old)["feed.json"])["items"]
    assert first["id"] not in {item["id"] for item in next_year}


def test_how_long_a_change_held_stands_in_the_story_of_its_cause() -> None:
    """Where the cause came back, after how long; where it did not, that no review has met it there again."""
    stuck = GATE.replace("planned", "done, verified: {on: 2026-02-01, verdict: stuck, evidence: x}")
    place = "services: [shop]\n"
    first = review("2026-01-01", place + stuck, name="a")
    text = made(date(2026, 11, 22), first)["causes/untested-path.md"]
    assert "Looked at on 1 February 2026." in text
    assert "No review has met the cause there again." in text
    again = review("2026-05-02", place + "causes: [untested-path]\n", name="b")
    text = made(date(2026, 11, 22), first, again)["causes/untested-path.md"]
    assert "It held for 3 months, until" in text


def test_a_verdict_of_a_month_is_said_as_one() -> None:
    """A verdict that names no day is not given one."""
    stuck = GATE.replace("planned", "done, verified: {on: 2026-02, verdict: stuck, evidence: x}")
    text = made(date(2026, 11, 22), review("2026-01-01", stuck))["causes/untested-path.md"]
    assert "Looked at in February 2026." in text


def test_what_keeps_saving_us_is_named_by_two_reviews() -> None:
    """Means are found by their words in what worked and what is celebrated, not in what went wrong or was luck."""
    body = "## What worked\n\nThe alert fired, and the roll  back was quick.\n\n"
    body += "### Where we were lucky\n\nA backup was there.\n"
    reviews = [review("2026-01-01", name=name, body=body) for name in ("a", "b")]
    other = review("2026-01-01", name="c", body="## Where reality diverged\n\nThe drill had been left out.\n")
    found = strengths_of([*reviews, other])
    assert [(each.name, [review.id for review, _ in each.reviews]) for each in found] == [
        ("A way back", ["a", "b"]), ("Something that watches", ["a", "b"]),
    ]  # fmt: skip
    assert found[0].reviews[0][1] == "what-worked"
    assert strengths_of(reviews[:1]) == []


def test_a_service_page_says_what_to_know_before_working_on_it() -> None:
    """What is open there, or did not hold."""
    text = made(date(2026, 11, 22), review("2026-01-01", "services: [shop]\n" + GATE))["services/shop.md"]
    assert "## To know before working on it" in text
    assert "Gate it" in text


def test_the_command_gives_lessons_of_this_week_and_by_lot(
    failforward: CommandLine, make_playbook: Callable[..., Path]
) -> None:
    """Only failures with an anniversary; one lesson alone; both at once where there is any."""
    files = {
        f"reviews/{name}.md": f"---\ntitle: {name}\nkind: incident\nstatus: reviewed\nstarted: {day}\n{GATE}---\n"
        for name, day in (("old", "2024-10-03"), ("other", "2024-05-05"))
    }
    root = make_playbook(files)
    assert failforward("lessons", "--on-this-day", "--today", "2026-10-02", cwd=root).stdout.splitlines()[0] == (
        "old (2024-10-03)"
    )
    none = failforward("lessons", "--on-this-day", "--today", "2026-08-02", cwd=root).stdout
    assert none == "No failure has its anniversary this week.\n"
    drawn = json.loads(failforward("lessons", "--random", "--output-format", "json", cwd=root).stdout)
    assert len(drawn) == 1
    again = failforward("lessons", "--random", "--on-this-day", "--today", "2026-10-02", cwd=root).stdout
    assert again.startswith("old")
