"""A rule is one Markdown file; one that cannot be used is an error that names its own line."""

from collections.abc import Callable
from pathlib import Path

import pytest

from failforward.checks import CHECKS
from failforward.errors import RuleFileError
from failforward.model.rule import Rule
from failforward.rulebook import read_rules
from failforward.rules.cases import marked
from failforward.rules.read import read_rule
from failforward.text.source import Source, Span

HEAD = "---\nkind: causes\ntest: some\nseverity: error\nmessage: The review names no cause\n"


def rule_of(text: str) -> Rule:
    """Read a rule file with its page."""
    rule = read_rule(Source("rules/a-rule.md", text), CHECKS)
    assert rule.page is not None
    return rule


def test_a_rule_is_named_after_its_file() -> None:
    """The id of a rule is its file's name, and its title says the same in words."""
    rule = rule_of(f"{HEAD}---\n")
    assert (rule.id, rule.title, rule.kind, rule.word("test")) == ("a-rule", "A rule", "causes", "some")


def test_one_severity_is_milder_for_a_draft() -> None:
    """A single word counts from the review on; a draft gets the step below."""
    assert rule_of(f"{HEAD}---\n").severities == {
        "draft": "warning",
        "in-review": "error",
        "reviewed": "error",
        "closed": "error",
    }


def test_severities_may_differ_by_status() -> None:
    """A rule may say its severity for each status; it is silent for a status that is absent or off."""
    rule = rule_of(HEAD.replace("error", "{draft: off, reviewed: advice, closed: error}") + "---\n")
    assert rule.severities == {"reviewed": "advice", "closed": "error"}
    assert rule.worst == "error"


def test_the_body_is_the_page_and_its_cases() -> None:
    """`## Fires` and `## Silent` hold the cases; everything else is the rule's page."""
    rule = rule_of(
        f"{HEAD}---\nWhy it matters.\n\n## Fires\n\n- One ==marked\n  place== here.\n  instead: None\n  here.\n\n"
        "## Silent\n\n- Nothing here.\n\n```markdown\n---\ntitle: ==a==\n---\n```\n\n## Background\n\nMore.\n"
    )
    assert rule.page == "Why it matters.\n\n## Background\n\nMore."
    (fires,) = rule.fires
    assert (fires.text, fires.spans, fires.instead) == ("One marked place here.", (Span(4, 16),), "None here.")
    assert [(case.review, case.line) for case in rule.silent] == [(False, 18), (True, 20)]
    assert rule.silent[1].text == "---\ntitle: a\n---\n"


def test_marks_are_taken_out_and_remembered() -> None:
    """`==marked==` words are the exact span that must be found."""
    assert marked("a ==b c== d ==e==") == ("a b c d e", (Span(2, 5), Span(8, 9)))
    assert marked("a == b") == ("a == b", ())


@pytest.mark.parametrize(
    ("text", "line", "message", "remedy"),
    [
        ("", 1, "The file is empty", "Begin with --- in the first line"),
        ("# A rule\n", 1, "There is no front matter", "Begin with --- in the first line"),
        (
            "---\nkind: a: b\n---\n",
            2,
            "The YAML cannot be read (mapping values are not allowed in this context)",
            "A value",
        ),
        ("---\nseverity: error\n---\n", 1, "The rule has no kind", "Write kind: and a text."),
        (HEAD.replace("causes", "cuases") + "---\n", 2, "“cuases” is no kind of check", "The kinds are "),
        (HEAD + "mesage: x\n---\n", 6, "“mesage” is no field of a causes rule", "Did it mean message?"),
        (HEAD + "colour: x\n---\n", 6, "“colour” is no field of a causes rule", "A causes rule knows kind, "),
        (HEAD.replace("error", "loud") + "---\n", 4, "The severity cannot be used", "Write error, warning or advice."),
        (HEAD.replace("error", "{drft: error}") + "---\n", 4, "“drft” is no status", "The statuses are draft, "),
        (HEAD.replace("message", "instead") + "---\n", 1, "The rule has no message", "Write message: and a text."),
        (HEAD.replace("some", "sone") + "---\n", 3, "test: “sone” is none of its words", "Did it mean some?"),
        (HEAD.replace("test: some\n", "") + "---\n", 1, "The rule has no test", "Write test: and a text."),
        (
            HEAD.replace("causes", "fields").replace("some", "required\nfields: [titel]") + "---\n",
            4,
            "fields: “titel” is none of its words",
            "Did it mean title?",
        ),
        (HEAD + "sources: {a: b}\n---\n", 6, "sources cannot be read", "Write a word or a list of words."),
        (
            HEAD + "since: 1\nsince: 2\n---\n",
            7,
            "The field since stands here a second time; only its first value counts",
            "Keep",
        ),
        (HEAD + "---\n\n## Fires\n\n-\n", 10, "An empty case", "Write a sentence after the dash."),
    ],
)
def test_a_rule_file_that_cannot_be_used_is_an_error(text: str, line: int, message: str, remedy: str) -> None:
    """The error names the file, the line, what stands there and what to write."""
    with pytest.raises(RuleFileError) as caught:
        rule_of(text)
    error = caught.value
    assert (error.path, error.line, error.message) == ("rules/a-rule.md", line, message)
    assert error.remedy.startswith(remedy)


def test_an_own_rule_replaces_the_shipped_one_of_its_name(make_playbook: Callable[..., Path]) -> None:
    """A playbook adds rules as files in rules/, and a file with a shipped rule's name takes its place."""
    root = make_playbook({"rules/no-cause.md": f"{HEAD}---\nOur reason.\n", "rules/ours.md": f"{HEAD}---\n"})
    rules = {rule.id: rule for rule in read_rules(root)}
    assert rules["no-cause"].page == "Our reason."
    assert rules["ours"].house
    assert not rules["late-debrief"].house
    assert "index" not in rules


@pytest.mark.parametrize(
    ("data", "line", "message"),
    [
        ("---\nkind: causes\nmessage: é\n".encode("latin-1"), 3, "This byte is no UTF-8 (0xe9)"),
        (b"x" * 4_000_001, 1, "The file has 4.1 MB, more than 4 MB"),
        (b"---\nkind: none\n---\n", 2, "“none” is no kind of check"),
    ],
    ids=["latin-1", "large", "kind"],
)
def test_an_own_rule_that_cannot_be_used_is_named_by_its_path(
    make_playbook: Callable[..., Path], data: bytes, line: int, message: str
) -> None:
    """The path in the error leads from where one stands to the file."""
    root = make_playbook({"rules/ours.md": data})
    with pytest.raises(RuleFileError) as caught:
        read_rules(root, "playbook/")
    assert (caught.value.path, caught.value.line, caught.value.message) == ("playbook/rules/ours.md", line, message)


def test_a_folder_or_link_among_the_rules_is_an_error(make_playbook: Callable[..., Path], tmp_path: Path) -> None:
    """A folder named like a rule, and a link out of the playbook, are errors and no tracebacks."""
    root = make_playbook({"rules/ours.md/x": ""})
    with pytest.raises(RuleFileError, match="A folder has the name of a Markdown file"):
        read_rules(root)
    (tmp_path / "elsewhere.md").write_text(f"{HEAD}---\n", "utf-8")
    (root / "rules" / "a.md").symlink_to(tmp_path / "elsewhere.md")
    with pytest.raises(RuleFileError, match="leads out of the playbook"):
        read_rules(root)
