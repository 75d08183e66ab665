"""The rules that read the structure of a review: each test has one, and what no text can show is built on disk."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from failforward.checks import CHECKS
from failforward.lint import lint
from failforward.model.case import Case
from failforward.model.fields import REVIEW
from failforward.model.finding import Finding
from failforward.model.playbook import Playbook
from failforward.model.rule import Rule
from failforward.playbook import default_playbook, read_playbook, read_text
from failforward.proof.structure import DAY, not_shown

TODAY = DAY
PATH = "reviews/2026-10-02-example.md"
@cache
def playbook() -> Playbook:
    """Give the shipped rules and causes with default settings."""
    return default_playbook()


def rules() -> list[Rule]:
    """Give every rule that is not about wording."""
    return [rule for rule in playbook().rules if rule.kind != "wording"]


def findings(rule: Rule, case: Case) -> list[Finding]:
    """Give what this rule alone finds in the review that a case shows."""
    review = read_text(case.text.encode(), PATH)
    return lint(replace(playbook(), reviews=(review,)), TODAY, select=[rule.id])


@pytest.mark.parametrize("rule", [pytest.param(rule, id=rule.id) for rule in rules()])
def test_a_page_has_two_sections(rule: Rule) -> None:
    """It says why and what to write instead, and nothing else; a rule about files shows no case that fires."""
    assert re.findall(r"(?m)^## (.*)$", rule.page) == ["Why", "Instead"]
    assert bool(rule.fires) != not_shown(rule)


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


def test_two_spellings(tmp_path: Path) -> None:
    """The spelling that most reviews have is the usual one; a review counts once, and a private one not at all."""
    front = "---\ntitle: A\nkind: incident\nstatus: in-review\n{}---\n"
    write(tmp_path, "reviews/a.md", front.format("services: [checkout]\nteams: [Payments, PAYMENTS, PAYMENTS]\n"))
    write(tmp_path, "reviews/b.md", front.format("services: [Checkout]\nteams: [Payments]\n"))
    write(tmp_path, "reviews/c.md", front.format("services: [Checkout]\ntags: [CACHE]\n"))
    write(tmp_path, "reviews/d.md", front.format("services: [secret]\ntags: [cache]\nprivate: true\n"))
    found = [(each.path, each.message) for each in of_folder(tmp_path, "two-spellings")]
    assert found == [
        ("reviews/a.md", "The service “checkout” is “Checkout” in other places"),
        ("reviews/a.md", "The team “PAYMENTS” is “Payments” in other places"),
        ("reviews/a.md", "The team “PAYMENTS” is “Payments” in other places"),
        ("reviews/d.md", "The tag “cache” is “CACHE” in other places"),
    ]


@pytest.mark.parametrize("places", ["services: [Checkout]", "teams: [PAYMENTS]", "services: [search]"])
def test_a_lesson_is_held_against_places_in_any_spelling(tmp_path: Path, places: str) -> None:
    """A cause that comes back in a service or team is found also where that has another capital letter."""
    front = "---\ntitle: A\nstatus: reviewed\nstarted: {}\n{}\ncauses: [{{cause: missing-alert}}]\n{}---\n"
    held = "experiments: [{id: page, cause: missing-alert, status: done, verified: {on: 2026-02-01, verdict: stuck}}]\n"
    first = front.format("2026-01-01", "services: [checkout]\nteams: [payments]", held)
    write(tmp_path, "reviews/a.md", first)
    write(tmp_path, "reviews/b.md", front.format("2026-03-01", places, ""))
    found = [each.path for each in of_folder(tmp_path, "lesson-did-not-hold")]
    assert found == ([] if "search" in places else ["reviews/b.md"])


def test_a_tab_and_broken_yaml_are_pointed_out_in_their_line() -> None:
    """What makes front matter unreadable is found where it stands."""
    rule = playbook().rule_by_id["broken-front-matter"]
    for line in ("\tteams: [payments]", "teams: [payments", "teams: @payments"):
        text = f"---\ntitle: A\n{line}\nstatus: draft\n---\n"
        (finding,) = findings(rule, Case(text, (), 1, review=True))
        assert finding.line in (3, 4), line
        assert finding.instead
