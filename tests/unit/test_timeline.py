"""A timeline is read from lists, tables, lines and sub-headings; dates and offsets are inherited."""

import pytest

from failforward.model.body import TimelineRow
from failforward.reviews.read import read_review
from failforward.text.source import Source

HEAD = "---\ntitle: x\nkind: incident\nstatus: draft\nstarted: 2026-10-02T14:05+02:00\n---\n"


def rows(timeline: str, head: str = HEAD, title: str = "### Timeline") -> tuple[TimelineRow, ...]:
    """Read the rows of a review whose timeline is this text."""
    return read_review(Source("reviews/x.md", f"{head}## What happened\n\n{title}\n\n{timeline}\n")).body.timeline


def shown(timeline: str, head: str = HEAD, title: str = "### Timeline") -> list[tuple[str, str]]:
    """Give time and text of each row."""
    return [(str(row.when), row.text) for row in rows(timeline, head, title)]


A_AND_B = [("2026-10-02 14:05 +02:00", "A breaks"), ("2026-10-02 14:20 +02:00", "B follows")]


@pytest.mark.parametrize(
    "timeline",
    [
        "- **14:05** A breaks\n- **14:20** B follows",
        "* 14:05 - A breaks\n* 14:20: B follows",
        "1. [14:05] A breaks\n2. [14:20] B follows",
        "- `14:05` A breaks\n- At 14:20, B follows",
        "14:05 A breaks\n14:20 B follows",
        "14:05 A breaks\n\n14:20 B follows",
        "    14:05 A breaks\n    14:20 B follows",
        "| Time | Event |\n|---|---|\n| 14:05 | A breaks |\n| 14:20 | B follows |",
        "| # | When | Event |\n|---|---|---|\n|  | 14:05 | A breaks |\n|  | 14:20 | B follows |",
        "| Date | Time | Event |\n|---|---|---|\n| 2026-10-02 | 14:05 | A breaks |\n| 2026-10-02 | 14:20 | B follows |",
        "#### 14:05 A breaks\n\n#### 14:20 B follows",
        "#### {{ 14:05 }} A breaks\n\n#### 14:20 — B follows ####",
        "#### 2 October 2026\n\n- 14:05 A breaks\n- 14:20 B follows",
        "- 2026-10-02\n  - 14:05 A breaks\n  - 14:20 B follows",
        "2026-10-02 (Friday)\n\n- 14:05 A breaks\n- 14:20 B follows",
        "- A breaks 2026-10-02 14:05\n- B follows: 14:20",
        "- 14:05 – 14:10 A breaks\n- 14:20 to 14:30 B follows",
    ],
)
def test_the_same_rows_in_every_shape(timeline: str) -> None:
    """Whatever shape a timeline has, the same facts are read from it."""
    assert shown(timeline) == A_AND_B


def test_a_sub_heading_holds_the_text_below_it() -> None:
    """What stands under a time is part of its row, with its links as evidence."""
    (row,) = rows("#### 14:05\n\nA breaks.\n\n[graph](../evidence/g.png)")
    assert row.text.startswith("A breaks.")
    assert row.evidence == ("../evidence/g.png",)


def test_the_declared_zone_counts() -> None:
    """An offset said once for all is everyone's, wherever it is said."""
    head = HEAD.replace("2026-10-02T14:05+02:00", "2026-10-02")
    expected = [("2026-10-02 14:05 -08:00", "A")]
    assert shown("All times in PST.\n\n- 14:05 A", head) == expected
    assert shown("_All times PST_\n\n- 14:05 A", head) == expected
    assert shown("- 14:05 A", head, "### Timeline (PST)") == expected
    assert shown("| Time (PST) | Event |\n|---|---|\n| 14:05 | A |", head) == expected
    assert shown("- 14:05 A", f"{head}All times are in PST.\n\n") == expected
    assert shown("- 14:05 A", head) == [("2026-10-02 14:05", "A")]


def test_the_zone_of_a_range_may_stand_at_its_end() -> None:
    """`14:05 – 14:20 UTC` begins at 14:05 UTC."""
    assert shown("- 14:05–14:20 UTC A")[0][0] == "2026-10-02 14:05 UTC"


def test_after_midnight_comes_the_next_day() -> None:
    """A time that lies far back without a date belongs to the next day; a little back is only out of order."""
    when = [time for time, _ in shown("- 23:50 A\n- 00:10 B\n- 00:05 C")]
    assert when == ["2026-10-02 23:50 +02:00", "2026-10-03 00:10 +02:00", "2026-10-03 00:05 +02:00"]


def test_a_date_without_its_year_is_near_the_failure() -> None:
    """The year that brings it closest to the beginning is meant."""
    head = HEAD.replace("2026-10-02T14:05+02:00", "2026-12-30T14:05Z")
    assert [time for time, _ in shown("- Dec 31, 10:00 A\n- Jan 2, 10:00 B", head)] == [
        "2026-12-31 10:00 UTC",
        "2027-01-02 10:00 UTC",
    ]


def test_rows_without_minutes() -> None:
    """Where minutes mean nothing a row has a date or a month."""
    assert shown("- **1998-12-11** Launch\n- **1998-12** Cruise") == [("1998-12-11", "Launch"), ("1998-12", "Cruise")]


def test_a_row_without_a_time_is_still_a_row() -> None:
    """It keeps its words and has no time; a list below a sub-heading that has no time at all is an aside."""
    assert shown("- 14:05 A\n- Somebody calls") == [("2026-10-02 14:05 +02:00", "A"), ("None", "Somebody calls")]
    assert shown("#### 2026-10-02 Day one\n\n- an aside\n\nText\n\n- 14:05 A") == [("2026-10-02 14:05 +02:00", "A")]


def test_role_knowledge_and_decision() -> None:
    """The notes at the end of a row say who acted and what was known."""
    (row,) = rows(
        "- **14:20** Decision: wait. *(incident lead; knew: errors at 40 %; assumed: all warm; options: wait, scale)*"
    )
    assert (row.decision, row.text, row.role) == (True, "wait.", "incident lead")
    assert (row.knew, row.assumed, row.options) == ("errors at 40 %", "all warm", ("wait", "scale"))


def test_prose_and_code_are_no_rows() -> None:
    """Sentences without a time and fenced logs are left alone."""
    assert rows("It took a while.\n\n```\n14:05 started\n14:06 failed\n```\n") == ()


def test_nesting_has_a_bottom() -> None:
    """A list nested thousands deep is read without harm."""
    assert rows("- " * 4000 + "14:05 A") == ()
