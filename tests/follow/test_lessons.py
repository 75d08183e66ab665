"""A cause that comes back after a change had stuck asks for a new experiment, in the review where it came back."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from failforward import index
from failforward.lint import lint
from failforward.model.finding import Finding
from failforward.playbook import default_playbook, read_text

TODAY = date(2026, 12, 20)
RULE = "lesson-did-not-hold"
GATE = (
    "experiments:\n- id: warm-up-gate\n  cause: untested-path\n  status: done\n"
    "  verified: {on: 2026-10-30, verdict: stuck, evidence: x}\n"
)


CHECKOUT = "services: [checkout]"


def review(day: str, more: str = "", *, place: str = CHECKOUT, status: str = "reviewed") -> tuple[str, str]:
    """Write a review with one cause: its path and text."""
    front = f"title: A\nkind: incident\nstatus: {status}\nstarted: {day}\n{place}\ncauses:\n- cause: untested-path\n"
    return f"reviews/{day}-a.md", f"---\n{front}{more}---\n"


def findings(*written: tuple[str, str]) -> list[Finding]:
    """Give what the rule finds in a playbook of these reviews."""
    reviews = tuple(read_text(text.encode(), path) for path, text in written)
    return lint(replace(default_playbook(), reviews=reviews), TODAY, select=[RULE])


def test_a_cause_that_comes_back_is_found_where_it_came_back() -> None:
    """The finding names the change that had stuck and where it was tried."""
    (found,) = findings(review("2026-10-02", GATE), review("2026-12-04"))
    assert (found.path, found.severity, found.excerpt) == ("reviews/2026-12-04-a.md", "warning", "untested-path")
    assert found.message == "“untested-path” came back after warm-up-gate in 2026-10-02-a had been found to have stuck"
    assert found.instead.startswith("Plan a new experiment with cause: untested-path")


def test_of_several_changes_the_last_one_is_named() -> None:
    """What stuck last before the failure is what its return speaks about."""
    second = GATE.replace("warm-up-gate", "replay").replace("10-30", "11-20")
    (found,) = findings(review("2026-10-02", GATE), review("2026-11-02", second), review("2026-12-04"))
    assert "after replay in 2026-11-02-a" in found.message


def test_a_new_experiment_or_an_acceptance_is_an_answer() -> None:
    """The question is only whether something follows."""
    first = review("2026-10-02", GATE)
    planned = "experiments:\n- id: replay\n  cause: untested-path\n  status: planned\n"
    assert findings(first, review("2026-12-04", planned)) == []
    assert findings(first, review("2026-12-04", "accepted:\n- cause: untested-path\n  because: It is retired.\n")) == []
    assert len(findings(first, review("2026-12-04", planned.replace("planned", "dropped")))) == 1


def test_it_is_no_return_elsewhere_or_earlier() -> None:
    """Another service, a failure before the verdict, another verdict, or a draft says nothing about the change."""
    assert findings(review("2026-10-02", GATE), review("2026-12-04", place="services: [search]")) == []
    assert findings(review("2026-10-02", GATE), review("2026-10-20")) == []
    assert findings(review("2026-10-02", GATE.replace("stuck", "partly")), review("2026-12-04")) == []
    assert findings(review("2026-10-02", GATE, status="draft"), review("2026-12-04")) == []
    assert len(findings(review("2026-10-02", GATE), review("2026-12-04", place="teams: [checkout]"))) == 1


def test_a_change_that_did_not_stick_is_answered_by_a_later_review() -> None:
    """When the cause is taken up again in the same place, nothing is left to ask in the first review."""
    failed = review("2026-10-02", GATE.replace("stuck", "did-not-stick"))
    planned = "experiments:\n- id: replay\n  cause: untested-path\n  status: planned\n"
    elsewhere = review("2026-12-04", planned, place="services: [search]")
    assert [found.path for found in findings(failed, elsewhere)] == [failed[0]]
    assert findings(failed, review("2026-12-04", planned)) == []
    assert len(findings(failed, review("2026-10-20", planned))) == 1


def test_a_draft_is_only_advised() -> None:
    """Nothing blocks a review that is being written."""
    (found,) = findings(review("2026-10-02", GATE), review("2026-12-04", status="draft"))
    assert found.severity == "advice"


@st.composite
def histories(draw: st.DrawFn) -> list[tuple[str, str]]:
    """Draw reviews of one cause over a year, in a few services and teams, some of them with a change that stuck."""
    written = []
    for day in sorted(draw(st.sets(st.integers(0, 300), min_size=1, max_size=6))):
        begun = date(2026, 1, 5) + timedelta(days=day)
        place = f"services: [{draw(st.sampled_from('ab'))}]\nteams: [{draw(st.sampled_from(['a', 'c', '']))}]"
        on = begun + timedelta(days=draw(st.integers(1, 90)))
        more = GATE.replace("2026-10-30", str(on)) if draw(st.booleans()) else ""
        written.append(review(str(begun), more, place=place))
    return written


@settings(max_examples=150, deadline=None, database=None)
@given(histories())
def test_rule_and_index_agree(written: list[tuple[str, Any]]) -> None:
    """A review is asked exactly when the index knows of a return to it in the same place, and it tries nothing."""
    reviews = tuple(read_text(text.encode(), path) for path, text in written)
    playbook = replace(default_playbook(), reviews=reviews)
    entry = index.build(playbook, TODAY).causes["untested-path"]
    returns = {each.review.path for each in entry.recurrences if each.shared and not each.review.experiments}
    assert {found.path for found in lint(playbook, TODAY, select=[RULE])} == returns
