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
