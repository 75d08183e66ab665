"""A review may replace an older one: both pages say so, and what leads nowhere or in a circle is found."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from failforward import index, pages
from failforward.lint import lint
from failforward.model.playbook import Playbook
from failforward.playbook import read_playbook, read_text

TODAY = date(2026, 11, 22)
MakePlaybook = Callable[..., Path]
RULES = ["unknown-superseded-review", "superseded-in-a-circle"]


def review(supersedes: str = "", title: str = "T", more: str = "status: reviewed\n") -> str:
    """Give the text of a review; `supersedes` stands in line 4."""
    line = f"supersedes: {supersedes}\n" if supersedes else ""
    return f"---\ntitle: {title}\nkind: incident\n{line}started: 2026-10-02\n{more}---\n## In short\nText.\n"


def found(root: Path) -> list[tuple[str, int, str, str]]:
    """Give path, line, message and remedy of what the rules find."""
    findings = lint(read_playbook(root, shown=""), TODAY, select=RULES)
    return [(each.path, each.line, each.message, each.instead) for each in findings]


def test_a_review_that_is_there_may_be_superseded(make_playbook: MakePlaybook) -> None:
    """Also a draft or private one, over several generations, and one that several reviews replace together."""
    files = {"a": review(), "b": review("a"), "c": review("b"), "d": review("b"), "e": review("f"),
             "f": review(more="status: draft\n")}  # fmt: skip
    assert found(make_playbook({f"reviews/{name}.md": text for name, text in files.items()})) == []


def test_an_unknown_review_is_found_at_its_line(make_playbook: MakePlaybook) -> None:
    """The nearest name is offered."""
    root = make_playbook({"reviews/2026-10-02-checkout.md": review(), "reviews/b.md": review("2026-10-02-chekout")})
    message = "“2026-10-02-chekout” under supersedes: is no review of this playbook"
    assert found(root) == [("reviews/b.md", 4, message, "Did it mean 2026-10-02-checkout?")]


def test_a_circle_is_named_once_at_each_of_its_members(make_playbook: MakePlaybook) -> None:
    """Each member sees the whole circle from itself on; what only leads into it is left alone."""
    files = {"a": review("b"), "b": review("c"), "c": review("a"), "before": review("a"), "self": review("self")}
    root = make_playbook({f"reviews/{name}.md": text for name, text in files.items()})
    remedy = "Take supersedes: out of the oldest of them."
    said = "These reviews supersede each other in a circle: "
    assert found(root) == [
        ("reviews/a.md", 4, f"{said}a → b → c → a", remedy),
        ("reviews/b.md", 4, f"{said}b → c → a → b", remedy),
        ("reviews/c.md", 4, f"{said}c → a → b → c", remedy),
        ("reviews/self.md", 4, "The review supersedes itself", "Take supersedes: out."),
    ]


@settings(max_examples=80, deadline=None, database=None)
@given(st.lists(st.integers(0, 9), min_size=10, max_size=10))
def test_exactly_the_members_of_circles_are_found(targets: list[int]) -> None:
    """Following supersedes from a review leads back to it exactly when it is said to be in a circle."""
    reviews = tuple(
        read_text(review(f"r{target}").encode(), f"reviews/r{name}.md") for name, target in enumerate(targets)
    )
    circles = Playbook(reviews=reviews).circles
    for name in range(len(targets)):
        way = [name]
        while targets[way[-1]] not in way:
            way.append(targets[way[-1]])
        expected = tuple(f"r{each}" for each in way) if targets[way[-1]] == name else ()
        assert circles.get(f"reviews/r{name}.md", ()) == expected


def test_both_pages_lead_to_each_other(make_playbook: MakePlaybook) -> None:
    """The older page says on top what replaced it, the newer one what it replaces; the data says both."""
    root = make_playbook({"reviews/a.md": review(title="Older"), "reviews/b.md": review("a", "Newer")})
    playbook = read_playbook(root)
    made = pages.build(playbook, index.build(playbook, TODAY), TODAY)
    text = {page.path: page.text for page in made.pages}
    assert '<strong>Superseded.</strong> <a href="../b/">Newer</a>' in text["reviews/a.md"]
    assert 'Supersedes <a href="../a/">Older</a>' in text["reviews/b.md"]
    data = json.loads(next(asset.data for asset in made.assets if asset.path == "playbook.json"))
    assert {each["id"]: (each["supersedes"], each["superseded_by"]) for each in data["reviews"]} == {
        "a": (None, ["b"]), "b": ("a", []),
    }  # fmt: skip


def test_a_draft_or_private_review_is_not_named(make_playbook: MakePlaybook) -> None:
    """Neither what replaces a published review, nor what it replaces, leaves a trace as long as it is not published."""
    root = make_playbook(
        {
            "reviews/a.md": review("hush-older"),
            "reviews/hush-older.md": review(title="Hush", more="status: reviewed\nprivate: true\n"),
            "reviews/hush-newer.md": review("a", "Hush", "status: draft\n"),
        }
    )
    playbook = read_playbook(root)
    made = pages.build(playbook, index.build(playbook, TODAY), TODAY)
    assert not any("hush" in page.text.casefold() for page in made.pages)
    assert not any(b"hush" in asset.data.lower() for asset in made.assets)
