"""Links, evidence and names: what depends on the other files of the playbook."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from failforward.lint import lint
from failforward.model.finding import Finding
from failforward.playbook import read_playbook

Found = Callable[..., list[Finding]]


@pytest.fixture
def found(make_playbook: Callable[..., Path], complete_review: str) -> Found:
    """Give a function that checks a review with a text in its body, beside other files."""

    def run(words: str, files: dict[str, str | bytes] | None = None, *, settings: str = "") -> list[Finding]:
        review = complete_review.replace("one shared page", words)
        root = make_playbook(
            {"reviews/2026/a.md": review, "evidence/load.png": b"x", **(files or {})}, settings=settings
        )
        playbook = read_playbook(root, shown="")
        return lint(playbook, date(2026, 10, 20), paths=["reviews/2026/a.md"])

    return run


@pytest.mark.parametrize(
    "target",
    [
        "b.md",
        "../b.md",
        "../b.md#what-worked",
        "#timeline",
        "#what-happened",
        "../../causes/untested-path.md",
        "../../causes/index.md",
        "../../rules/no-cause.md",
        "../../docs/a%20page.md",
        "../../evidence/load.png",
        "../../evidence/load.png?x=1",
        "https://example.org/x",
        "mailto:team@example.org",
        "//example.org/x",
        "/absolute",
        "../../tags/",
        "../../index.md",
    ],
)
def test_a_link_that_leads_somewhere_is_silent(found: Found, complete_review: str, target: str) -> None:
    """Reviews, headings, causes, rules, pages and evidence may be linked, and other sites are not looked at."""
    files: dict[str, str | bytes] = {
        "reviews/2026/b.md": complete_review,
        "reviews/b.md": complete_review,
        "docs/a page.md": "x",
        "index.md": "x",
    }
    assert found(f"[one page]({target})", files) == []


@pytest.mark.parametrize(
    ("target", "instead"),
    [
        ("c.md", "Did it mean b.md?"),
        ("../../causes/untested-pth.md", ""),
        ("../../../outside.md", ""),
        ("#what-worked-well", "Link to a heading that is there."),
        ("b.md#nothing", "Link to a heading that is there."),
        ("../../rules/no-such-rule.md", ""),
    ],
)
def test_a_link_that_leads_nowhere_is_pointed_out(
    found: Found, complete_review: str, target: str, instead: str
) -> None:
    """A relative link to a file or heading that is not there is found, with the nearest one that is."""
    (finding,) = found(f"[one page]({target})", {"reviews/2026/b.md": complete_review})
    assert (finding.rule, finding.excerpt) == ("broken-link", f"[one page]({target})")
    assert finding.instead.startswith(instead)


def test_evidence_that_is_not_there_is_pointed_out(found: Found) -> None:
    """A missing file below evidence/ is named, with the nearest one that is there."""
    (finding,) = found("![Load](../../evidence/laod.png)")
    assert (finding.rule, finding.instead) == ("missing-evidence", "Did it mean evidence/load.png?")


def test_evidence_has_a_size_a_page_can_carry(found: Found) -> None:
    """A file larger than the playbook allows is pointed out, and the limit may be moved."""
    files: dict[str, str | bytes] = {"evidence/dump.log": b"x" * 3_000_000}
    (finding,) = found("[the log](../../evidence/dump.log)", files)
    assert finding.rule == "heavy-evidence"
    assert found("[the log](../../evidence/dump.log)", files, settings="max_evidence_kb: 4000") == []


def test_two_reviews_with_one_name_are_pointed_out_once(
    make_playbook: Callable[..., Path], complete_review: str
) -> None:
    """An id is unique over all folders: the second review of a name is pointed out and names the first."""
    root = make_playbook({"reviews/2025/a.md": complete_review, "reviews/2026/a.md": complete_review})
    (finding,) = lint(read_playbook(root, shown=""), date(2026, 10, 20))
    assert (finding.rule, finding.path) == ("duplicate-id", "reviews/2026/a.md")
    assert "reviews/2025/a.md" in finding.message


def test_related_reviews_are_there_and_say_why(
    found: Found, make_playbook: Callable[..., Path], complete_review: str
) -> None:
    """A related review that is not there, is this one, or has no reason is pointed out."""
    lines = (
        "related:\n  - review: b\n  - review: a\n    because: x\n  - review: zzz\n    because: x\n---\n\n## In short"
    )
    text = complete_review.replace("---\n\n## In short", lines)
    root = make_playbook({"reviews/a.md": text, "reviews/b.md": complete_review})
    findings = lint(read_playbook(root, shown=""), date(2026, 10, 20))
    assert [(finding.rule, finding.excerpt) for finding in findings] == [
        ("unknown-related-review", "b"),
        ("unknown-related-review", "a"),
        ("unknown-related-review", "zzz"),
    ]


def test_a_secret_is_found_and_not_repeated(found: Found) -> None:
    """A key or token in a review is an error whose finding does not hold it."""
    token = "gh" + "p_" + "a1B2" * 10
    (finding,) = found(f"a page with {token}")
    assert (finding.rule, finding.severity) == ("secret-in-text", "error")
    assert token not in str(finding)
