"""Comments that keep a finding: where they reach, and what is said of those that keep nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from failforward.lint import lint
from failforward.playbook import default_playbook, read_text

HEAD = "---\ntitle: A\nkind: incident\nstatus: reviewed\n---\n\n"
PLAYBOOK = default_playbook()
RULES = tuple(rule.id for rule in PLAYBOOK.rules if rule.kind in ("wording", "allow"))


def found(body: str, select: Sequence[str] = RULES) -> list[tuple[str, int]]:
    """Give the rules that stop at a review's body, with the line counted from the body's first."""
    review = read_text((HEAD + body).encode(), "reviews/2026-10-02-a.md")
    findings = lint(replace(PLAYBOOK, reviews=(review,)), date(2026, 11, 22), select=select)
    return [(finding.rule, finding.line - HEAD.count("\n")) for finding in findings]


@pytest.mark.parametrize(
    ("body", "left"),
    [
        ("# A\n\nIt was our fault. <!-- allow fault-words: a quotation -->\n", []),
        (
            "# A\n\n- It was our fault. <!-- allow fault-words: a quotation -->\n- It was our fault.\n",
            [("fault-words", 4)],
        ),
        ("# A\n\n| a |\n|--|\n| It was our fault. <!-- allow fault-words: why --> |\n", []),
        ("# A\n\n<!-- allow fault-words: why -->\nIt was our fault.\n\nIt was our fault.\n", [("fault-words", 6)]),
        ("# A\n\n<!-- allow fault-words: why -->\n\n- It was our fault.\n- It was our fault.\n", []),
        ("<!-- allow fault-words: why -->\n\n# A\n\nIt was our fault.\n\nIt was our fault.\n", []),
        ("# A\n\nText.\n\nIt was our fault.\n\n<!-- allow-file fault-words: why -->\n", []),
        ("# A\n\nMy bad, it was our fault. <!-- allow fault-words, hindsight: why -->\n", [("unused-allow", 3)]),
        ("# A\n\n<!-- allow fault-words -->\nIt was our fault.\n", [("reasonless-allow", 3)]),
        ("# A\n\n<!-- allow fault-words:   -->\nIt was our fault.\n", [("reasonless-allow", 3)]),
        ("# A\n\n<!-- allow fault-words: why -->\nIt was a disk.\n", [("unused-allow", 3)]),
        ("# A\n\n<!-- allow no-such-rule: why -->\nIt was a disk.\n", [("unused-allow", 3)]),
        ("# A\n\n```\n<!-- allow fault-words: why -->\n```\n", []),
        ("# A\n\n`<!-- allow fault-words: why -->`\n", []),
        ("# A\n\n<!-- we allow fault-words here -->\n", []),
        ("# A\n\nIt was our fault. <!-- Allow fault-words: why -->\n", []),
        ("# A\n\nIt was our fault. <!-- ALLOW mockery, fault-words: why -->\n", [("unused-allow", 3)]),
        ("# A\n\nText.\n\nIt was our fault.\n\n<!-- Allow-File fault-words: why -->\n", []),
        ("# A\n\nIt was our fault. <!-- Allow fault-words -->\n", [("reasonless-allow", 3)]),
        ("# A\n\nIt was a disk. <!-- Allow no-such-rule: why -->\n", [("unused-allow", 3)]),
        ("# A\n\nIt was a disk. <!-- Allow time: it is late --> <!-- Allow an hour -->\n", []),
        ("# A\n\nIt was a disk. <!-- Allow: an hour --> <!-- Allow time-outs -->\n", []),
        ("# A\n\nIt was our fault. <!-- allow: why -->\n", [("fault-words", 3), ("unused-allow", 3)]),
        ("# A\n\nIt was a disk. <!-- allow-file: why --> <!-- allow -->\n", [("unused-allow", 3)] * 2),
        ("# A\n\n- It was our fault,\n  and so on. <!-- allow fault-words: why -->\n", []),
        ("# A\n\n- It was our fault,\n  and so on. <!-- allow fault-words: why --> <!-- a remark -->\n", []),
        ("# A\n\n- It was our fault,\n  and so on. <!-- allow fault-words: why -->\n\n- And so on.\n", []),
        (
            "# A\n\n- It was our fault,\n  and so on. <!-- allow fault-words: why -->\n  - It was our fault.\n",
            [("fault-words", 5)],
        ),
        (
            "# A\n\n- It was our fault.\n- It was our fault,\n  and so on. <!-- allow fault-words: why -->\n",
            [("fault-words", 3)],
        ),
        (
            "# A\n\n- It was our fault,\n  and so on. <!-- allow fault-words: why --> More.\n",
            [("fault-words", 3), ("unused-allow", 4)],
        ),
        ("# A\n\nIt was our *fault*,\nand so **on**. <!-- allow fault-words: why -->\n", []),
        (
            "# A\n\nIt was our fault,\nand so on. <!-- allow fault-words: why -->\nIt was more.\n",
            [("fault-words", 3), ("unused-allow", 4)],
        ),
        (
            "# A\n\nIt was our fault.\n\nIt was our fault,\nand so on. <!-- allow fault-words: why -->\n",
            [("fault-words", 3)],
        ),
    ],
)
def test_what_a_comment_keeps(body: str, left: list[tuple[str, int]]) -> None:
    """A comment reaches over its line, what it closes, its block or the file; without reason or use it is a finding."""
    assert found(body) == left


def test_a_comment_without_a_name_says_what_is_missing() -> None:
    """The finding is on the word itself, in Markdown and in the front matter."""
    text = "---\ntitle: A  # allow: why\nkind: incident\nstatus: reviewed\n---\n\nIt was a disk. <!-- allow: why -->\n"
    playbook = replace(PLAYBOOK, reviews=(read_text(text.encode(), "reviews/2026-10-02-a.md"),))
    assert [(each.line, each.column, each.end_column, each.message, each.instead)
            for each in lint(playbook, date(2026, 11, 22), select=["unused-allow", "reasonless-allow"])] == [
        (line, column, column + 5, "This comment names no rule, so it allows nothing",
         "Write the rule's name behind “allow”, and the reason after a colon.")
        for line, column in ((2, 13), (7, 21))
    ]  # fmt: skip


def test_comments_of_yaml_are_known_with_a_capital() -> None:
    """A setting or remark that begins with the word is none."""
    for comment, left in (
        ("# Allow fault-words: why", 0), ("# allow fault-words: why", 0), ("# Allow retries: 3", 1), ("# Allow: a", 1),
    ):  # fmt: skip
        text = f"---\ntitle: It was our fault  {comment}\nkind: incident\nstatus: reviewed\n---\n\nText.\n"
        playbook = replace(PLAYBOOK, reviews=(read_text(text.encode(), "reviews/2026-10-02-a.md"),))
        assert len(lint(playbook, date(2026, 11, 22), select=["fault-words", "unused-allow"])) == left, comment


def test_a_comment_on_a_rule_that_did_not_look_is_no_news() -> None:
    """Where only some rules run, the comments on others stay."""
    assert found("# A\n\n<!-- allow hindsight: why -->\nText.\n", ["fault-words", "unused-allow"]) == []


def test_other_kinds_of_rules_can_be_allowed_too() -> None:
    """A comment before everything else speaks for the front matter as well."""
    assert found("# A\n", ["missing-debrief"]) != []
    assert (
        found("<!-- allow missing-debrief: retold from a report -->\n\n# A\n", ["missing-debrief", "unused-allow"])
        == []
    )
