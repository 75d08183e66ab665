"""From a playbook to findings: which rules are on, how severe they are, in which order they come."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from failforward.errors import ArgumentError, SettingError
from failforward.lint import active_rules, lint
from failforward.model.finding import Finding
from failforward.playbook import read_playbook

MakePlaybook = Callable[..., Path]
TODAY = date(2026, 10, 20)
# A review that gives one error of a rule that asks the same of every status, and one that grows with it.
FAULTS = (("after: 4", "after: 7"), ("  facilitator: platform", "  facilitator: payments"))
# Their severities stand here, so that a change of the shipped rules changes no test of how severities work.
RULES = {
    "rules/wrong-form.md": "---\nkind: reading\nproblem: wrong-form\nseverity: error\nmessage: a\n---\n",
    "rules/involved-facilitator.md": "---\nkind: people\ntest: facilitator\n"
    "severity: {in-review: advice, reviewed: warning, closed: warning}\nmessage: a\n---\n",
    "rules/unfinished-experiment.md": "---\nkind: experiments\ntest: finished\n"
    "severity: {closed: error}\nmessage: a\n---\n",
}


@pytest.fixture
def check(make_playbook: MakePlaybook, complete_review: str) -> Callable[..., list[Finding]]:
    """Give a function that checks a faulty review at a status, with settings."""

    def run(status: str = "reviewed", settings: str = "", **options: object) -> list[Finding]:
        text = complete_review.replace("status: reviewed", f"status: {status}")
        for old, new in FAULTS:
            assert old in text
            text = text.replace(old, new)
        root = make_playbook({"reviews/a.md": text, **RULES}, settings=settings)
        return lint(read_playbook(root, shown=""), TODAY, **options)  # type: ignore[arg-type]

    return run


def severities(findings: list[Finding]) -> dict[str, str]:
    """Give the severity of each rule that found something."""
    return {finding.rule: finding.severity for finding in findings}


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("draft", {"wrong-form": "warning"}),
        ("in-review", {"wrong-form": "error", "involved-facilitator": "advice"}),
        ("reviewed", {"wrong-form": "error", "involved-facilitator": "warning"}),
        ("closed", {"wrong-form": "error", "involved-facilitator": "warning", "unfinished-experiment": "error"}),
    ],
)
def test_the_demands_grow_with_the_status(
    check: Callable[..., list[Finding]], status: str, expected: dict[str, str]
) -> None:
    """The same text draws more, and more severely, the further the review has come."""
    assert severities(check(status)) == expected


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ("preset: standard", {"wrong-form": "error", "involved-facilitator": "warning"}),
        ("preset: relaxed", {"wrong-form": "warning", "involved-facilitator": "warning"}),
        ("preset: strict", {"wrong-form": "error", "involved-facilitator": "error"}),
        ("rules: {wrong-form: advice}", {"wrong-form": "advice", "involved-facilitator": "warning"}),
        ("rules: {wrong-form: off}", {"involved-facilitator": "warning"}),
        (
            "preset: relaxed\nrules: {involved-facilitator: error}",
            {"wrong-form": "warning", "involved-facilitator": "error"},
        ),
    ],
)
def test_a_playbook_may_bend_severities(
    check: Callable[..., list[Finding]], settings: str, expected: dict[str, str]
) -> None:
    """A preset moves every rule a step; a level for one rule counts before the preset."""
    assert severities(check(settings=settings)) == expected


@pytest.mark.parametrize("settings", ["preset: strict", "rules: {wrong-form: error, involved-facilitator: error}", ""])
def test_a_draft_is_never_blocked(check: Callable[..., list[Finding]], settings: str) -> None:
    """Whatever the settings say, a draft that can be read draws no error."""
    assert "error" not in severities(check("draft", settings=settings)).values()


def test_an_empty_draft_from_the_template_is_not_blocked(make_playbook: MakePlaybook, complete_review: str) -> None:
    """A draft of which nothing but the status is written draws no error, under the strictest settings."""
    root = make_playbook({"reviews/2026-01-01-a.md": "---\nstatus: draft\n---\n"}, settings="preset: strict")
    assert "error" not in {finding.severity for finding in lint(read_playbook(root), TODAY)}


def test_a_setting_cannot_make_a_rule_speak_where_it_is_silent(check: Callable[..., list[Finding]]) -> None:
    """A level applies to the statuses that the rule itself speaks to."""
    assert "unfinished-experiment" not in severities(check(settings="rules: {unfinished-experiment: error}"))


def test_findings_come_sorted_and_alike(make_playbook: MakePlaybook, complete_review: str) -> None:
    """Findings are sorted by path, line and column, and a second run gives the same."""
    files = {f"reviews/{name}.md": complete_review.replace("4}", "9}").replace("sev2", "sev9") for name in "cab"}
    playbook = read_playbook(make_playbook(files), shown="")
    findings = lint(playbook, TODAY)
    places = [(finding.path, finding.line, finding.column) for finding in findings]
    assert places == sorted(places)
    assert len(places) == 6
    assert lint(read_playbook(make_playbook(files), shown=""), TODAY) == findings


def test_a_finding_says_everything_about_its_place(make_playbook: MakePlaybook, complete_review: str) -> None:
    """A finding has its rule, severity, path, exact place, excerpt, message and what to write instead."""
    root = make_playbook({"reviews/a.md": complete_review.replace("status: reviewed", "status: review")})
    (finding,) = lint(read_playbook(root, shown="playbook/"), TODAY)
    assert finding == Finding(
        "unknown-word", "error", "playbook/reviews/a.md", 4, 9, 4, 15, "review",
        "status is “review”, which is none of its words", "Write reviewed.",
    )  # fmt: skip


def test_an_excerpt_is_one_short_line(make_playbook: MakePlaybook, complete_review: str) -> None:
    """A long excerpt is cut, and one over several lines is joined."""
    text = complete_review.replace("trigger: The", "trigger: [The\n  ").replace(
        "first time.", f"first time. {'x' * 200}]"
    )
    findings = lint(read_playbook(make_playbook({"reviews/a.md": text})), TODAY)
    (finding,) = [finding for finding in findings if finding.rule == "wrong-form"]
    assert len(finding.excerpt) == 120
    assert finding.excerpt.startswith("[The warm-up job")
    assert (finding.line, finding.end_line) == (15, 16)


def test_rules_may_be_chosen(check: Callable[..., list[Finding]]) -> None:
    """`select` leaves only the rules named, and `ignore` takes some out of those that are left."""
    assert severities(check(select=["wrong-form"])) == {"wrong-form": "error"}
    assert severities(check(ignore=["wrong-form"])) == {"involved-facilitator": "warning"}
    assert check(select=["wrong-form"], ignore=["wrong-form"]) == []


def test_paths_limit_the_findings_and_not_the_view(make_playbook: MakePlaybook, complete_review: str) -> None:
    """Findings may be asked of some reviews; the others still count as what links may lead to."""
    linked = complete_review.replace("one shared page", "[one page](b.md)")
    playbook = read_playbook(make_playbook({"reviews/a.md": linked, "reviews/b.md": "", "causes/x.md": ""}), shown="")
    findings = lint(playbook, TODAY, paths=["reviews/a.md"], ignore=["unknown-cause"])
    assert findings == []
    assert {finding.path for finding in lint(playbook, TODAY)} == {"reviews/a.md", "reviews/b.md", "causes/x.md"}


def test_what_is_wrong_with_a_cause_has_a_severity_too(make_playbook: MakePlaybook) -> None:
    """A finding in causes/ follows the settings like any other."""
    files = {"causes/x.md": "---\ntitle: X\ngroup: g\n---\n"}
    assert severities(lint(read_playbook(make_playbook(files)), TODAY)) == {"unusable-cause": "error"}
    relaxed = read_playbook(make_playbook(files, settings="preset: relaxed"))
    assert severities(lint(relaxed, TODAY)) == {"unusable-cause": "warning"}
    silent = read_playbook(make_playbook(files, settings="rules: {unusable-cause: off}"))
    assert lint(silent, TODAY) == []


def test_a_rule_that_does_not_exist_is_an_error(make_playbook: MakePlaybook) -> None:
    """A misspelled rule, as argument or in the settings, stops the check instead of passing it."""
    playbook = read_playbook(make_playbook())
    with pytest.raises(ArgumentError, match=r"“wrongform” is no rule[.] Did it mean wrong-form"):
        active_rules(playbook, ["wrongform"])
    with pytest.raises(ArgumentError, match=r"“xyz” is no rule[.] `failforward rules` lists them"):
        active_rules(playbook, (), ["xyz"])
    playbook = read_playbook(make_playbook(settings="title: A\nrules:\n  wrongform: off\n"), shown="ours/")
    with pytest.raises(
        SettingError, match=r"ours/playbook.yml:3: rules: “wrongform” is no rule. Did it mean wrong-form"
    ):
        active_rules(playbook)
