"""`new` and `init` write what passes: a draft from a few values, a repository that is complete."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from failforward.errors import ArgumentError
from failforward.lint import lint
from failforward.model.depth import depth_of
from failforward.model.settings import Settings
from failforward.playbook import read_playbook
from failforward.reviews.read import read_review
from failforward.scaffold import NewFile, facilitator_for, new_repository, new_review, review_name, write_new
from failforward.text.source import Source

TODAY = date(2026, 10, 20)


@pytest.mark.parametrize("depth", ["light", "full"])
@pytest.mark.parametrize(
    "title",
    ["Plain", "With: colon", "# hash", '"quoted" \\ back', "- dash", "é 🚀", "yes", "n/a", "a\nb", "{x}", "\\1 \\g<0>"],
)
def test_a_new_review_holds_what_was_given(depth: str, title: str) -> None:
    """Whatever the title is made of, the new review is read back with it and has no problem."""
    values = {
        "title": title,
        "kind": "near-miss",
        "severity": "sev1",
        "started": "2026-10-02T14:05+02:00",
        "services": ("check out", "a,b"),
        "teams": ("payments",),
        "tags": (),
        "facilitator": "platform",
    }
    review = read_review(Source("reviews/a.md", new_review(values, depth)))
    assert [problem for problem in review.problems if problem.kind != "wrong-form"] == []
    assert (review.title, review.kind, review.status, review.severity) == (title, "near-miss", "draft", "sev1")
    assert (review.services, review.teams) == (("check out", "a,b"), ("payments",))
    assert review.people is not None
    assert str(review.started) == "2026-10-02 14:05 +02:00"


def test_a_comment_stays_only_where_nothing_was_filled_in() -> None:
    """The template's comment behind a value has done its work; the others still help."""
    lines = new_review({"title": "A", "kind": "project", "started": "2026-10-02"}, "full").split("\n")
    assert lines[1:6] == [
        "title: A",
        "kind: project",
        "status: draft                     # draft | in-review | reviewed | closed",
        "severity:                         # a word of the vocabulary in playbook.yml",
        "started: 2026-10-02",
    ]


def test_a_form_that_was_chosen_is_written_down() -> None:
    """A form other than the one that kind and severity ask for is kept by `depth:`."""
    review = read_review(Source("a.md", new_review({"kind": "near-miss", "depth": "full"}, "full")))
    assert depth_of(review, Settings()) == "full"


def test_a_team_may_have_its_own_template(tmp_path: Path) -> None:
    """templates/review-light.md takes the place of the shipped one."""
    (tmp_path / "review-light.md").write_text("---\ntitle: # say it\nkind: sprint\n---\nOurs\n", "utf-8")
    assert new_review({"title": "A"}, "light", tmp_path) == "---\ntitle: A\nkind: sprint\n---\nOurs\n"
    assert "## Timeline" not in new_review({}, "light")
    assert "### Timeline" in new_review({}, "full", tmp_path)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Checkout stalled after the cache warm-up change", "2026-10-20-checkout-stalled-after-the-cache-warm"),
        ("Déjà vu!", "2026-10-20-deja-vu"),
        ("🚀", "2026-10-20-review"),
        ("../../etc/passwd", "2026-10-20-etcpasswd"),
    ],
)
def test_a_new_review_is_named_after_its_day_and_title(title: str, name: str) -> None:
    """The id is the day and the first words of the title, and makes a good address."""
    assert review_name(TODAY, title, {}) == name


def test_a_name_that_is_taken_gets_a_number() -> None:
    """A second review of a day with the same words gets another name."""
    assert review_name(TODAY, "A", {"2026-10-20-a": 1, "2026-10-20-a-2": 1}) == "2026-10-20-a-3"


def test_the_facilitator_is_next_in_turn(make_playbook: Callable[..., Path], complete_review: str) -> None:
    """Who was not involved and never led a debrief is proposed, then who led one the longest time ago."""
    other = complete_review.replace("2026-10-0", "2026-09-0").replace("facilitator: platform", "facilitator: search")
    playbook = read_playbook(make_playbook({"reviews/a.md": complete_review, "reviews/b.md": other}))
    assert facilitator_for(playbook, ("payments",), TODAY) == "design"
    assert facilitator_for(playbook, ("payments", "design"), TODAY) == "search"
    assert facilitator_for(playbook, ("payments", "design", "search"), TODAY) == "platform"
    assert facilitator_for(playbook, ("payments", "design", "search", "platform"), TODAY) == ""


def test_nothing_is_ever_overwritten(tmp_path: Path) -> None:
    """Where one of the files is there already, nothing is written at all."""
    (tmp_path / "b").write_text("mine", "utf-8")
    with pytest.raises(ArgumentError, match="This file is there already"):
        write_new(tmp_path, iter([NewFile("a", "x"), NewFile("b", "x")]))
    assert [path.name for path in tmp_path.iterdir()] == ["b"]
    assert (tmp_path / "b").read_text("utf-8") == "mine"


def test_a_file_in_the_way_of_a_folder_is_an_error(tmp_path: Path) -> None:
    """What cannot be written is said with its path."""
    (tmp_path / "a").write_text("mine", "utf-8")
    with pytest.raises(ArgumentError, match="cannot be written"):
        write_new(tmp_path, iter([NewFile("a/b", "x")]))


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    """A dry run gives the names and leaves the folder as it is."""
    assert write_new(tmp_path, iter([NewFile("a/b", "x")]), dry_run=True) == ["a/b"]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("title", ["Ours", 'Say "hi": {{ it }} <b> \\', "Ünïcode 🚀"])
def test_a_new_repository_passes_its_own_check(tmp_path: Path, title: str) -> None:
    """What `init` writes has no finding, whatever the playbook is called."""
    names = write_new(tmp_path, new_repository(title))
    playbook = read_playbook(tmp_path / "playbook")
    assert playbook.settings.title == title
    assert lint(playbook, TODAY) == []
    assert len(playbook.reviews) == 1
    assert {"mkdocs.yml", "review.schema.json", ".github/workflows/check.yml", "README.md"} <= set(names)
    assert not any(name.endswith(".j2") for name in names)
