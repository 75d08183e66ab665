"""Whom a text names: persons from the roster, the code's owners, the history and the timeline."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from failforward.checks.wording import Wording
from failforward.model.settings import Settings
from failforward.playbook import default_playbook, read_playbook
from failforward.rulebook import settings_of
from failforward.rulebook.names import authors, owners
from failforward.text.source import Source

RULES = [rule for rule in default_playbook().rules if rule.id in ("named-agent-of-harm", "mistake-by-person")]


def found(text: str, *names: str) -> bool:
    """Tell whether a person is found at fault in a text when these names are known."""
    return bool(list(Wording(RULES, Settings(persons=names)).of_source(Source("a.md", text + "\n"))))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("jdoe", "Jdoe broke the build."),
        ("JDoe", "Then jdoe forgot the flag."),
        ("Xanti Etxeberria", "Xanti Etxeberria broke the build."),
        ("Xanti Etxeberria", "Then Xanti forgot the flag."),
        ("Xanti Etxeberria", "At 10:02 Etxeberria broke the build."),
        ("Jean-Xanti O'Toole", "Jean-Xanti O'Toole forgot the flag."),
        ("Will Etxeberria", "Will Etxeberria forgot the flag."),
        ("Will", "At noon Will forgot the flag."),
        ("Will", "Will broke the build."),
        ("Will", "Will accidentally forgot the flag."),
        ("Will", "Will did not check, and Will forgot the flag."),
        ("Will", "Will, who was new, forgot the flag."),
        ("May", "May had forgotten the flag."),
        ("Can", "Then Can forgot the flag."),
        ("@xanti", "@xanti forgot the flag."),
        ("@xanti", "Then xanti forgot the flag."),
    ],
)
def test_a_known_name_is_a_person(name: str, text: str) -> None:
    """Names count in any case, with hyphens and in several words; one that is also a word counts as it is written."""
    assert found(text, name)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Will Etxeberria", "The will forgot the flag."),
        ("Will", "The will forgot the flag."),
        ("Will", "Will the script break the build?"),
        ("Will", "Will break the build."),
        ("May", "May have broken the build."),
        ("Robin Etxeberria", "The round robin broke the order."),
        ("Robin", "A round-robin broke the order."),
        ("Mark Rose", "The mark broke the layout."),
        ("Xanti Etxeberria", "The script broke the build."),
        ("jdoe", "The cache broke the build."),
    ],
)
def test_a_word_is_no_person_because_somebody_has_it_for_a_name(name: str, text: str) -> None:
    """The parts of a name that are words of every day need the rest of it."""
    assert not found(text, name)


def test_a_name_that_is_an_auxiliary_is_the_subject() -> None:
    """Where another auxiliary follows, the name is who should have done it, and not the beginning of the verb."""
    rules = [rule for rule in default_playbook().rules if rule.id.startswith("counterfactual-")]
    ready = Wording(rules, Settings(persons=("Will",)))
    found = ready.of_source(Source("a.md", "Will should have looked.\n\nWill have looked.\n"))
    assert [rule.id for rule, _ in found] == ["counterfactual-person"]


def test_who_speaks_in_a_timeline_is_a_person() -> None:
    """A short name before `>`, and initials before a colon that come again, stand for persons in the whole document."""
    chat = "## Timeline\n\n- 10:02 jsmithy> on it\n\n## Causes\n\nThen jsmithy forgot the flag.\n"
    assert found(chat)
    assert not found(chat.replace("jsmithy>", "the build"))
    rows = "## Timeline\n\n- 10:02 QX: on it\n- 10:04 QX: rolled back\n\n## Causes\n\nThen QX forgot the flag.\n"
    assert found(rows)
    assert not found(rows.replace("QX", "DB"))


def test_initials_that_open_rows_are_persons() -> None:
    """Where rows begin with the initials of several persons, again and again, they need no colon."""
    rows = "## Timeline\n\n- 10:02 QX looking\n- 10:03 VK me too\n- 10:04 QX the flag?\n- 10:05 VK and?\n\n"
    assert found(rows + "Then QX forgot the flag.\n")
    assert not found(rows.replace("VK", "DB") + "Then QX forgot the flag.\n")
    assert not found(rows.replace("QX", "API") + "Then API forgot the flag.\n")
    once = "## Timeline\n\n- 10:02 QXZ: stale handles\n- 10:04 all of QXZ is down\n\nThen QXZ forgot the flag.\n"
    assert not found(once)


def test_the_owners_of_the_code() -> None:
    """Handles and addresses are persons, teams and shared addresses are none, comments are left out."""
    text = (
        "# @nobody\n* @xanti @acme/payments # @nobody\n/docs/ jane.etxe@example.org ops@example.org\nx mrsmith@a.org\n"
    )
    assert list(owners(text)) == ["xanti", "Jane Etxe", "mrsmith"]


def test_the_authors_in_the_history() -> None:
    """Full names, and handles from addresses; programs are none, and neither is a first name alone."""
    log = [
        ("Xanti Etxe", "123+xanti@users.noreply.github.com"),
        ("dependabot[bot]", "support@github.com"),
        ("Will", "will.etxe@example.org"),
        ("CI", "ci@example.org"),
    ]
    assert list(authors(log)) == ["Xanti Etxe", "xanti", "Will Etxe"]


@given(st.text())
def test_any_list_of_owners_is_read(text: str) -> None:
    """Whatever stands in the file, names are words without blanks around."""
    assert all(name == name.strip() and name for name in owners(text))


def folder(root: Path, settings: str = "") -> Path:
    """Make a playbook in a repository, with an owner of the code."""
    playbook = root / "playbook"
    (playbook / "reviews").mkdir(parents=True)
    (playbook / "playbook.yml").write_text(f"title: A\n{settings}", "utf-8")
    (root / ".github").mkdir()
    (root / ".github/CODEOWNERS").write_text("* @xanti\n", "utf-8")
    git = ["git", "-c", "user.name=Yara Etxe", "-c", "user.email=yetxe@example.org"]
    subprocess.run([*git, "init", "-q"], cwd=root, check=True)
    subprocess.run([*git, "commit", "-q", "--allow-empty", "-m", "One"], cwd=root, check=True)
    return playbook


def test_the_settings_join_what_is_known(tmp_path: Path) -> None:
    """Roster and owners count by themselves, the history where `names:` asks for it; all readers get the same."""
    playbook = folder(tmp_path, "roster: [Robin]\n")
    assert settings_of(playbook, "").persons == ("Robin", "xanti")
    assert read_playbook(playbook).settings.persons == ("Robin", "xanti")
    (playbook / "playbook.yml").write_text("roster: [Robin]\nnames: [git]\n", "utf-8")
    assert settings_of(playbook, "").persons == ("Yara Etxe", "yetxe")


def test_kept_findings_know_when_the_names_change(tmp_path: Path) -> None:
    """After the owners of the code have changed, nothing is shown that was found with those before."""
    playbook = folder(tmp_path)
    for number in range(60):
        head = "---\ntitle: A\nkind: incident\nstatus: reviewed\n---\n\n## In short\n\n"
        review = f"{head}On day {number} Xanti broke the build.\n"
        (playbook / f"reviews/2026-01-01-{number}.md").write_text(review, "utf-8")

    def check(*options: str) -> int:
        command = [sys.executable, "-m", "failforward", "check", "--cache", "--output-format", "json", *options]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode in (0, 1), done.stderr
        return sum(finding["rule"] == "named-agent-of-harm" for finding in json.loads(done.stdout))

    for options in ((), ("--only-wording", "playbook")):
        (tmp_path / ".github/CODEOWNERS").write_text("* @xanti\n", "utf-8")
        assert [check(*options), check(*options)] == [60, 60]
        (tmp_path / ".github/CODEOWNERS").write_text("* @acme/payments\n", "utf-8")
        assert check(*options) == 0
