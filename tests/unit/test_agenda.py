"""The agenda of a debrief: thirty minutes from what a draft holds and lacks, in neutral words, on one page."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from failforward.cli.main import group
from failforward.model.playbook import Playbook
from failforward.model.review import Review
from failforward.pages.agenda import agenda, agenda_of
from failforward.playbook import default_playbook
from failforward.reviews.read import read_review
from failforward.scaffold import new_review
from failforward.text.source import Source

TODAY = date(2026, 10, 20)
QUESTION = re.compile(r"[^.?!]*\?")


@pytest.fixture(scope="module")
def playbook() -> Playbook:
    """Give a playbook without reviews."""
    return default_playbook()


@pytest.fixture(scope="module")
def empty() -> Review:
    """Give a draft in which nothing but the title is filled in."""
    return read_review(
        Source("reviews/new.md", new_review({"title": "Queue nearly *full*", "severity": "sev1"}, "full"))
    )


@pytest.fixture(scope="module")
def whole(complete_review: str) -> Review:
    """Give a draft that holds everything."""
    return read_review(Source("reviews/past.md", complete_review))


def test_the_parts_fill_thirty_minutes(playbook: Playbook, empty: Review) -> None:
    """Six parts follow one another without a gap, and the three questions are the titles of three of them."""
    boxes = agenda_of(playbook, empty, TODAY)
    assert sum(box.minutes for box in boxes) == 30
    assert [box.start for box in boxes] == [0, *(box.end for box in boxes[:-1])]
    assert [box.title for box in boxes if box.title.endswith("?") and "worked" not in box.title] == [
        "What did we expect to happen?", "Where did reality diverge?", "What will we do differently next time?",
    ]  # fmt: skip


def test_questions_ask_what_and_how(playbook: Playbook, empty: Review, whole: Review) -> None:
    """No question asks for a person or for a defence: none has “who” or “why”; each begins with what, how or where."""
    for review in (empty, whole, replace(empty, causes=whole.causes), replace(whole, experiments=())):
        for box in agenda_of(playbook, review, TODAY):
            for text in (box.title, *box.prompts, *box.open):
                assert not re.search(r"\b(?:who|whose|whom|why|fault|blame|should)\b", text, re.IGNORECASE), text
                for question in QUESTION.findall(text):
                    assert re.match(r"\s*(?:What|How|Where)\b", question), question


def test_an_empty_draft_is_full_of_open_questions(playbook: Playbook, empty: Review) -> None:
    """What a finished review would have is open: facts, a cause, a change, the sections, the mood, a celebration."""
    boxes = {box.id: box for box in agenda_of(playbook, empty, TODAY)}
    assert "What made this possible? What else had to be true?" in boxes["diverged"].open
    assert "What day and time did it begin?" in boxes["diverged"].open
    assert boxes["expected"].open == ("Still to be written: “What we expected”.",)
    assert any("outsid" in question for question in boxes["opening"].open)
    assert boxes["opening"].blanks == ("Temperature before",)
    assert boxes["worked"].blanks == ("We celebrate",)
    assert boxes["differently"].blanks == ("Experiment 1", "Experiment 2", "Experiment 3")
    assert boxes["closing"].blanks == ("Temperature after",)
    assert not any(box.known for box in boxes.values())


def test_a_draft_gives_what_is_known(playbook: Playbook, whole: Review) -> None:
    """Times, the size of the timeline with its first and last row, causes and experiments are there to start from."""
    known = {box.id: dict(box.known) for box in agenda_of(playbook, whole, TODAY)}
    rows = len(whole.body.timeline)
    assert known["diverged"]["Timeline"] == f"{rows} rows"
    assert known["diverged"]["Started"].startswith("2 October 2026")
    assert {"First row", "Last row", "Cause"} <= set(known["diverged"])
    assert "Experiment" in known["differently"]
    assert "Written so far" in known["expected"]


def test_decisions_and_assumptions_are_looked_at(playbook: Playbook) -> None:
    """A decision of the timeline comes with what was known and seen; what was assumed there is to be tested."""
    body = (
        "## What happened\n\n### Timeline\n\n"
        "- **14:05** The deploy starts. *(platform; assumed: the cache was warm)*\n"
        "- **14:20** Decision: roll back. *(lead; knew: error rate 40 %; options: scale out, wait)*\n\n"
        "## Assumptions\n\n- **Not known:** The replica was in step.\n- **Held:** The log was whole.\n"
    )
    review = read_review(Source("a.md", f"---\ntitle: A\nstatus: draft\nstarted: 2026-10-02T14:05+02:00\n---\n{body}"))
    known = next(box.known for box in agenda_of(playbook, review, TODAY) if box.id == "diverged")
    (decision,) = [text for word, text in known if word == "Decision"]
    assert decision.startswith("14:20 ")
    assert "knew: error rate 40 %" in decision
    assert "options: scale out, wait" in decision
    assert [text for word, text in known if word == "Assumption to test"] == [
        "The replica was in step.",
        "the cache was warm",
    ]


def test_a_rule_that_is_off_asks_nothing(playbook: Playbook, empty: Review) -> None:
    """What a playbook does not ask for is no open question of its debriefs."""
    quiet = replace(playbook, settings=replace(playbook.settings, rules={"no-cause": "off"}))
    said = [question for box in agenda_of(quiet, empty, TODAY) for question in box.open]
    assert "What made this possible? What else had to be true?" not in said


def test_the_page_stands_alone(playbook: Playbook, empty: Review) -> None:
    """The page has its style and script inside, asks no host, escapes what a draft holds; minutes need no script."""
    hostile = replace(empty, title="<script>alert(1)</script> & co")
    page = agenda(playbook, hostile, TODAY, "html")
    assert not re.search(r"""(?:src|href|url)\s*[=(]\s*["']?(?!#)""", page)
    assert "http" not in page
    assert page.count("<script>") == 1
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; co" in page
    assert re.findall(r'role="timer" aria-label="Time for this part">(\d+):00<', page) == ["3", "4", "8", "3", "9", "3"]
    assert "@media print" in page
    assert "prefers-reduced-motion" in page


def test_markdown_shows_the_title_as_it_is(playbook: Playbook, empty: Review) -> None:
    """Marks of Markdown in a draft's words do not become marks of the agenda; every box has its heading."""
    text = agenda(playbook, replace(empty, title="a [b](c) # d"), TODAY, "markdown")
    assert text.startswith("# Half an hour on: a \\[b\\](c) \\# d\n\n## 0–3 min: Opening\n")
    assert text.count("\n## ") == 6
    assert "\n\n\n" not in text


def test_the_command_prints_the_agenda(make_playbook: Callable[..., Path], complete_review: str, empty: Review) -> None:
    """A draft's agenda names the similar review of the playbook; a team's own template replaces the shipped one."""
    root = make_playbook(
        {"reviews/past.md": complete_review, "reviews/new.md": complete_review.replace("reviewed", "draft")}
    )
    said = CliRunner().invoke(group, ["agenda", str(root / "reviews/new.md"), "--today", "2026-10-20"])
    assert said.exit_code == 0, said.output
    assert "- Seen before: " in said.stdout
    (root / "templates").mkdir()
    (root / "templates/agenda.md.j2").write_text("Ours: {{ title }}, {{ boxes | length }} parts\n")
    own = CliRunner().invoke(group, ["agenda", str(root / "reviews/new.md")])
    assert own.stdout.endswith(", 6 parts\n")
