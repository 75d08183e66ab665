"""The memo of lessons: cause and change in one line each, by review, quarter and service."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from failforward import index
from failforward.cli.main import group
from failforward.errors import ArgumentError
from failforward.lessons import lessons_of, quarter_of
from failforward.model.playbook import Cause, Playbook
from failforward.reports import lessons as report
from failforward.reviews.read import read_review
from failforward.text.source import Source

TODAY = date(2026, 10, 20)
CAUSES = (
    Cause("missing-alert", "causes/missing-alert.md", "Missing alert", "detection", ""),
    Cause("untested-path", "causes/untested-path.md", "Untested *path*", "verification", ""),
)
FRONT = """\
title: Checkout stalled
kind: incident
status: {status}
started: {started}
services: [{service}]
causes: [{{cause: missing-alert}}, {{cause: untested-path}}, {{cause: other}}]
experiments:
  - {{id: page, cause: missing-alert, outcome: The eviction rate pages, status: done,
      verified: {{on: 2026-10-01, verdict: stuck}}}}
  - {{id: graph, cause: missing-alert, outcome: A graph, status: dropped}}
accepted: [{{cause: untested-path, because: The cache is being retired.}}]
"""


def made(*reviews: tuple[str, str, str, str]) -> index.Index:
    """Index reviews given as name, status, start and service."""
    read = tuple(
        read_review(
            Source(f"reviews/{name}.md", f"---\n{FRONT.format(status=status, started=started, service=service)}---\n")
        )
        for name, status, started, service in reviews
    )
    return index.build(Playbook(reviews=read, causes=CAUSES), TODAY)


OURS = made(
    ("a", "reviewed", "2026-07-01", "checkout"), ("b", "closed", "2026-09-30", "search"),
    ("c", "reviewed", "2026-10-01", "checkout"), ("d", "draft", "2026-10-02", "checkout"),
)  # fmt: skip


def test_each_cause_has_its_answer_on_a_line() -> None:
    """Changes come with how they went; what is lived with gives its reason; what has no answer says so."""
    said = report.text(lessons_of(OURS, review="a")).splitlines()
    assert said[0] == "Checkout stalled (2026-07-01)"
    assert sorted(said[1:]) == [
        "  Missing alert → A graph (dropped)",
        "  Missing alert → The eviction rate pages (it stuck)",
        "  Other → no change yet",
        "  Untested *path* → lived with: The cache is being retired.",
    ]


@pytest.mark.parametrize(
    ("chosen", "reviews"),
    [
        ({}, ["c", "b", "a"]),
        ({"service": "checkout"}, ["c", "a"]),
        ({"quarter": "2026-Q3"}, ["b", "a"]),
        ({"quarter": "2026q4"}, ["c"]),
        ({"quarter": "2025-Q1"}, []),
        ({"service": "checkout", "quarter": "2026-Q3"}, ["a"]),
    ],
)
def test_the_memo_is_narrowed_down(chosen: dict[str, str], reviews: list[str]) -> None:
    """A service, a quarter and both together choose published reviews, newest first; drafts are never among them."""
    assert list(dict.fromkeys(lesson.review.id for lesson in lessons_of(OURS, **chosen))) == reviews


def test_a_quarter_is_that_of_the_calendar() -> None:
    """The last day of September is in the third quarter, the first of October in the fourth."""
    assert [quarter_of(review) for review in OURS.reviews] == ["2026-Q4", "2026-Q3", "2026-Q3"]


@pytest.mark.parametrize(
    ("chosen", "says"),
    [
        ({"service": "chekout"}, "Did it mean checkout?"),
        ({"review": "d"}, "no published review"),
        ({"quarter": "2026"}, "Write it as 2026-Q3"),
    ],
)
def test_what_does_not_exist_is_an_error(chosen: dict[str, str], says: str) -> None:
    """A service, review or quarter that cannot be meant is said, with what to write instead."""
    with pytest.raises(ArgumentError) as error:
        lessons_of(OURS, **chosen)
    assert says in str(error.value)


def test_markdown_and_json_hold_the_same() -> None:
    """The Markdown escapes what a file holds; the JSON has one object for each cause."""
    found = lessons_of(OURS, review="a")
    assert "- Untested &#42;path&#42; → lived with: The cache is being retired." in report.markdown(found)
    objects = json.loads(report.json_list(found))
    assert [each["cause"] for each in objects] == ["missing-alert", "untested-path", "other"]
    assert {each["verdict"] for each in objects[0]["changes"]} == {"stuck", ""}
    assert report.text(()) == "No published review has a lesson here yet.\n"
    assert "No published review" in report.markdown(())


def test_the_command_reads_before_work_on_a_service(make_playbook: Callable[..., Path], complete_review: str) -> None:
    """The memo of a service, and of a review named by its file, is printed."""
    root = make_playbook({"reviews/2026-10-02-past.md": complete_review})
    for chosen in (["--service", "checkout"], ["--review", "reviews/2026-10-02-past.md"]):
        done = CliRunner().invoke(group, ["lessons", "--playbook", str(root), *chosen, "--today", "2026-10-20"])
        assert done.exit_code == 0, done.output
        assert " → " in done.stdout
