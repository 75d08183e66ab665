"""Each rule that reads the structure of a review keeps what its page says: its cases are run, its text is complete."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from failforward.checks import CHECKS
from failforward.lint import lint
from failforward.model.fields import REVIEW
from failforward.model.finding import Finding
from failforward.model.playbook import Playbook
from failforward.model.rule import Case, Rule
from failforward.playbook import default_playbook, read_playbook, read_text
from failforward.text.source import Position, Source, normalised

TODAY = date(2026, 11, 22)
PATH = "reviews/2026-10-02-example.md"
# Rules about files rather than texts: their pages tell how it looks, and the tests at the end of this file build it.
NOT_SHOWN = {
    "awkward-file-name", "duplicate-id", "heavy-evidence", "risk-past-its-day", "unreadable-file", "unusable-cause",
    "unusable-risk",
}  # fmt: skip
# A place in a message that no value filled; `mood: {before: 2}` in a message is an example.
UNFILLED = re.compile(r"\{\w+\}")
SOURCE = re.compile(r"\S.*, https?://\S+")

Place = tuple[Position, Position]


@cache
def playbook() -> Playbook:
    """Give the shipped rules and causes with default settings."""
    return default_playbook()


def rules() -> list[Rule]:
    """Give every rule that is not about wording."""
    return [rule for rule in playbook().rules if rule.kind != "wording"]


def cases(kind: str) -> list[object]:
    """Give the cases of all rules, each under its rule's name and line."""
    return [
        pytest.param(rule, case, id=f"{rule.id}:{case.line}")
        for rule in rules()
        for case in (rule.fires if kind == "fires" else rule.silent)
    ]


def findings(rule: Rule, case: Case) -> list[Finding]:
    """Give what this rule alone finds in the review that a case shows."""
    review = read_text(case.text.encode(), PATH)
    return lint(replace(playbook(), reviews=(review,)), TODAY, select=[rule.id])


def found(rule: Rule, case: Case) -> set[Place]:
    """Give the places that this rule alone finds in the review that a case shows."""
    return {
        (Position(finding.line, finding.column), Position(finding.end_line, finding.end_column))
        for finding in findings(rule, case)
    }


def marked(case: Case) -> set[Place]:
    """Give the places that are marked in a case."""
    source = Source(PATH, normalised(case.text))
    return {(source.position(span.start), source.position(span.end)) for span in case.spans}


@pytest.mark.parametrize("rule", [pytest.param(rule, id=rule.id) for rule in rules()])
def test_a_rule_is_complete(rule: Rule) -> None:
    """It says why and what to write instead, names where that comes from, and has a near miss."""
    assert re.findall(r"(?m)^## (.*)$", rule.page) == ["Why", "Instead"]
    assert rule.sources
    assert [source for source in rule.sources if not SOURCE.fullmatch(source)] == []
    assert rule.silent
    assert bool(rule.fires) != (rule.id in NOT_SHOWN)
    assert all(case.review for case in (*rule.fires, *rule.silent))
    assert not any(case.spans for case in rule.silent)
    assert all(case.spans for case in rule.fires)


@pytest.mark.parametrize("rule", [pytest.param(rule, id=rule.id) for rule in rules()])
def test_a_rule_names_a_test_that_is_there(rule: Rule) -> None:
    """`test:` is one of the tests of the rule's kind; a kind without tests knows no `test:`."""
    assert (rule.word("test") in CHECKS[rule.kind].tests) == bool(CHECKS[rule.kind].tests)


@pytest.mark.parametrize("kind", [kind for kind in CHECKS if kind != "wording"])
def test_every_test_has_a_rule(kind: str) -> None:
    """No function looks at reviews without a page that explains it."""
    assert set(CHECKS[kind].tests) == {rule.word("test") for rule in rules() if rule.kind == kind} - {""}


def test_every_problem_of_reading_has_a_rule() -> None:
    """Whatever cannot be read as meant has a page, and no two pages claim it."""
    package = Path(str(lint.__code__.co_filename)).parent
    texts = "".join(path.read_text("utf-8") for path in sorted(package.rglob("*.py")))
    kinds = set(re.findall(r"(?:Problem|_problem)\(\s*\"([a-z-]+)\"", texts))
    named = [problem for rule in rules() if rule.kind == "reading" for problem in rule.words("problem")]
    assert len(named) == len(set(named))
    assert kinds == set(named)


@pytest.mark.parametrize(("rule", "case"), cases("fires"))
def test_a_case_that_fires_gives_the_marked_places(rule: Rule, case: Case) -> None:
    """Each place that is marked is found, and nothing else."""
    assert found(rule, case) == marked(case)


@pytest.mark.parametrize(("rule", "case"), cases("silent"))
def test_a_silent_case_gives_nothing(rule: Rule, case: Case) -> None:
    """What a page shows as fine is left alone by its rule."""
    assert found(rule, case) == set()


@pytest.mark.parametrize(("rule", "case"), cases("fires"))
def test_a_message_is_filled_in(rule: Rule, case: Case) -> None:
    """A finding says what is there and what to write instead, in whole sentences, and never says “you”."""
    for finding in findings(rule, case):
        assert finding.message
        assert finding.instead
        for text in (finding.message, finding.instead):
            assert not UNFILLED.search(text), text
            assert not re.search(r"\byou(?:r|rs)?\b", text, re.IGNORECASE), text


@pytest.mark.parametrize(("rule", "case"), cases("silent"))
def test_a_silent_case_is_a_good_example(rule: Rule, case: Case) -> None:
    """What a page shows as fine can be read; an alias is all that may be pointed out."""
    problems = read_text(case.text.encode(), PATH).problems
    assert [problem.what for problem in problems if problem.kind != "field-alias"] == []


@pytest.mark.parametrize("rule", [pytest.param(rule, id=rule.id) for rule in rules() if rule.kind == "fields"])
def test_a_reason_is_offered_only_where_it_can_stand(rule: Rule) -> None:
    """`n/a because …` is the advice for fields that may hold it, and for no other."""
    may = {field.name for field in REVIEW if field.na}
    case = Case("---\nstatus: reviewed\ndepth: full\n---\n", (), 1, review=True)
    for finding in findings(rule, case):
        for name in re.findall(r"(\w+): n/a because", finding.instead):
            assert name in may


def write(root: Path, name: str, content: str | bytes = "---\ntitle: A\nkind: incident\nstatus: draft\n---\n") -> None:
    """Write a file of a playbook."""
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)


def of_folder(root: Path, rule: str) -> list[Finding]:
    """Give what one rule finds in a playbook on disk."""
    return lint(read_playbook(root, shown=""), TODAY, select=[rule])


def test_awkward_file_name(tmp_path: Path) -> None:
    """A name with capitals, spaces or brackets is pointed out, and a better one is offered."""
    write(tmp_path, "reviews/Checkout outage (final).md")
    write(tmp_path, "reviews/2026-10-02-release-4.2.md")
    (finding,) = of_folder(tmp_path, "awkward-file-name")
    assert (finding.path, finding.line) == ("reviews/Checkout outage (final).md", 1)
    assert "checkout-outage-final.md" in finding.instead


def test_duplicate_id(tmp_path: Path) -> None:
    """Of two files of one name in two folders the second is pointed out, and the first is named."""
    write(tmp_path, "reviews/2025/2025-03-04-checkout.md")
    write(tmp_path, "reviews/payments/2025-03-04-checkout.md")
    write(tmp_path, "reviews/payments/2025-03-04-checkout-again.md")
    (finding,) = of_folder(tmp_path, "duplicate-id")
    assert (finding.path, finding.line) == ("reviews/payments/2025-03-04-checkout.md", 1)
    assert "reviews/2025/2025-03-04-checkout.md" in finding.message


def test_heavy_and_missing_evidence(tmp_path: Path) -> None:
    """Evidence above the playbook's limit is pointed out with both sizes; evidence that is there is not missing."""
    link = "[{0}](../evidence/{0})"
    text = "---\ntitle: A\nkind: incident\nstatus: in-review\n---\n\n" + " ".join(
        link.format(name) for name in ("large.log", "small.log", "lagre.log")
    )
    write(tmp_path, "reviews/2026-10-02-a.md", text)
    write(tmp_path, "evidence/large.log", b"x" * 3_000_000)
    write(tmp_path, "evidence/small.log", b"x" * 200_000)
    (heavy,) = of_folder(tmp_path, "heavy-evidence")
    assert heavy.message == "evidence/large.log has 2,929 KB, more than 2,048"
    (missing,) = of_folder(tmp_path, "missing-evidence")
    assert "evidence/lagre.log" in missing.message
    assert missing.instead == "Did it mean evidence/large.log?"


def test_unreadable_file(tmp_path: Path) -> None:
    """A byte that is no UTF-8 is pointed out at its place, a folder with a file's name at its first line."""
    text = "---\ntitle: Café\nkind: incident\nstatus: draft\n---\n"
    write(tmp_path, "reviews/2026-10-02-latin.md", text.encode("latin-1"))
    write(tmp_path, "reviews/folder.md/inside.txt", "")
    latin, folder = of_folder(tmp_path, "unreadable-file")
    assert (latin.path, latin.line, latin.column) == ("reviews/2026-10-02-latin.md", 2, 11)
    assert "0xe9" in latin.message
    assert (folder.path, folder.line) == ("reviews/folder.md", 1)


def test_unusable_cause(tmp_path: Path) -> None:
    """A cause of the playbook's own needs a title, a group and a summary."""
    write(tmp_path, "causes/untried.md", "---\ntitle: Untried\ngroup: verification\n---\n")
    write(tmp_path, "causes/cold.md", "---\ntitle: Cold\ngroup: capacity\nsummary: A cache is empty.\n---\n")
    (finding,) = of_folder(tmp_path, "unusable-cause")
    assert (finding.path, finding.line) == ("causes/untried.md", 1)
    assert "summary" in finding.message


def test_unusable_risk(tmp_path: Path) -> None:
    """An entry lacks what makes it a risk, an id stands there twice, or a cause is none: each in its line."""
    write(tmp_path, "risks.yml", "- id: a\n  title: A\n- id: a\n  causes: [untested-paht]\n- title: B\n- c\n")
    found = of_folder(tmp_path, "unusable-risk")
    assert [(each.path, each.line) for each in found] == [("risks.yml", line) for line in (1, 1, 3, 3, 3, 3, 5, 6)]
    assert found[-1].message == "An entry is “c”, without fields"
    whole = "- id: a\n  title: A\n  owner: b\n  review_by: 2027-01-01\n  causes: [untested-paht]\n"
    write(tmp_path, "risks.yml", whole)
    (finding,) = of_folder(tmp_path, "unusable-risk")
    assert (finding.line, finding.excerpt, finding.instead) == (5, "untested-paht", "Write untested-path.")


def test_risk_past_its_day(tmp_path: Path) -> None:
    """On its last day a risk is not late; the day after it is, and a closed one never."""
    entry = "- id: {0}\n  title: A\n  owner: b\n  review_by: {1}\n  status: {2}\n"
    entries = [("a", "2026-11-21", "open"), ("b", "2026-11-22", "open"), ("c", "2026-11", "accepted"),
               ("d", "2026-01-01", "closed"), ("e", "2026-10", "accepted")]  # fmt: skip
    write(tmp_path, "risks.yml", "".join(entry.format(*each) for each in entries))
    found = of_folder(tmp_path, "risk-past-its-day")
    assert [(each.line, each.severity) for each in found] == [(4, "advice"), (24, "advice")]
    assert "“a” was to be looked at again by 2026-11-21" in found[0].message


def test_a_tab_and_broken_yaml_are_pointed_out_in_their_line() -> None:
    """What makes front matter unreadable is found where it stands."""
    rule = playbook().rule_by_id["broken-front-matter"]
    for line in ("\tteams: [payments]", "teams: [payments", "teams: @payments"):
        text = f"---\ntitle: A\n{line}\nstatus: draft\n---\n"
        (finding,) = findings(rule, Case(text, (), 1, review=True))
        assert finding.line in (3, 4), line
        assert finding.instead
