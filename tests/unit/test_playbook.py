"""A folder becomes one playbook; whatever lies in it, every readable review is read."""

from collections.abc import Callable
from pathlib import Path

import pytest

from failforward.disk import find_root
from failforward.errors import ArgumentError, SettingError
from failforward.playbook import default_playbook, prompts, read_playbook

MakePlaybook = Callable[..., Path]


def test_a_playbook_is_found_from_anywhere_in_it(make_playbook: MakePlaybook) -> None:
    """The folder with playbook.yml is found here, above, or in ./playbook."""
    root = make_playbook({"reviews/2026/a.md": "x"})
    assert find_root(root / "reviews" / "2026") == root
    assert find_root(root.parent) == root
    assert find_root(root.parent.parent) is None


def test_reviews_are_read_from_every_folder_in_one_order(make_playbook: MakePlaybook) -> None:
    """Folders below reviews/ are free; index pages and hidden files are no reviews."""
    root = make_playbook(
        {
            f"reviews/{name}": "x"
            for name in ("b.md", "2026/c.md", "a.md", "index.md", "README.md", ".x.md", "d.txt", ".y/z.md")
        }
    )
    playbook = read_playbook(root, shown="")
    assert [review.path for review in playbook.reviews] == ["reviews/2026/c.md", "reviews/a.md", "reviews/b.md"]


def test_files_that_are_no_reviews_are_known_with_their_size(make_playbook: MakePlaybook, tmp_path: Path) -> None:
    """Evidence and pages are listed with their size; a link that leads out of the playbook is no file of it."""
    root = make_playbook({"evidence/a.png": b"12345", "docs/how.md": "x", "reviews/a.md": "x"})
    (tmp_path / "secret").write_text("x", "utf-8")
    (root / "evidence" / "leak.txt").symlink_to(tmp_path / "secret")
    assert dict(read_playbook(root).files) == {"docs/how.md": 1, "evidence/a.png": 5, "playbook.yml": 12}


def test_an_own_vocabulary_replaces_the_shipped_one(make_playbook: MakePlaybook) -> None:
    """Without causes/ the shipped causes count; with it, only the team's own."""
    assert "untested-path" in read_playbook(make_playbook()).cause_by_id
    root = make_playbook({"causes/ours.md": "---\ntitle: Ours\ngroup: g\nsummary: s\nhints: [a, b]\n---\nThe page.\n"})
    (cause,) = read_playbook(root).causes
    assert (cause.id, cause.title, cause.group, cause.hints, cause.page) == (
        "ours",
        "Ours",
        "g",
        ("a", "b"),
        "The page.",
    )


@pytest.mark.parametrize(
    ("text", "whats"),
    [
        ("---\ntitle: A\n---\n", ["The cause has no group", "The cause has no summary"]),
        ("# A\n", ["There is no front matter"]),
        (
            "---\ntitle: é\n".encode("latin-1"),
            ["This byte is no UTF-8 (0xe9)", "The front matter is opened by --- and never closed"],
        ),
        (b"x" * 5_000_000, ["The file has 5 MB, more than 4 MB"]),
        (b"x" * 4_500_000, ["The file has 4.5 MB, more than 4 MB"]),
    ],
    ids=["incomplete", "no-front-matter", "latin-1", "large", "rather-large"],
)  # fmt: skip
def test_a_cause_that_cannot_be_used_is_a_problem(
    make_playbook: MakePlaybook, text: str | bytes, whats: list[str]
) -> None:
    """A broken file in causes/ is pointed out and hides no other cause."""
    good = "---\ntitle: B\ngroup: g\nsummary: s\n---\n"
    playbook = read_playbook(make_playbook({"causes/a.md": text, "causes/b.md": good}))
    assert [problem.what for _, problem in playbook.problems] == whats
    assert "b" in playbook.cause_by_id


def test_a_folder_among_the_causes_is_a_problem(make_playbook: MakePlaybook) -> None:
    """A folder named like a cause is pointed out."""
    playbook = read_playbook(make_playbook({"causes/a.md/x": ""}))
    ((source, problem),) = playbook.problems
    assert (source.path, problem.what) == ("causes/a.md", "A folder has the name of a Markdown file")


@pytest.mark.parametrize(
    ("data", "message"),
    [("title: é".encode("latin-1"), "This byte is no UTF-8"), ("title: é".encode("utf-16"), "This file is UTF-16")],
)
def test_settings_in_another_encoding_are_an_error(make_playbook: MakePlaybook, data: bytes, message: str) -> None:
    """A playbook.yml that is no UTF-8 is an error with its path and line, and no guess."""
    root = make_playbook({"playbook.yml": data}, settings="")
    root.joinpath("playbook.yml").write_bytes(data)
    with pytest.raises(SettingError, match=message) as caught:
        read_playbook(root, shown="playbook/")
    assert (caught.value.path, caught.value.line) == ("playbook/playbook.yml", 1)


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    """A playbook is read from a folder."""
    with pytest.raises(ArgumentError, match="There is no such folder"):
        read_playbook(tmp_path / "none")


def test_the_words_of_the_templates_are_known(make_playbook: MakePlaybook) -> None:
    """The sentences that a template asks to replace are known, those of a team's own templates too."""
    root = make_playbook({"templates/review-light.md": "---\n---\n## In short\n\n*Say it in a tweet.*\n"})
    assert "*Say it in a tweet.*" in prompts(root)
    assert "*Two to five sentences that a stranger understands.*" in prompts(root)
    assert "*Say it in a tweet.*" not in default_playbook().prompts


def test_a_team_may_write_the_top_of_a_made_page(make_playbook: MakePlaybook) -> None:
    """An index.md beside made pages is kept as their introduction."""
    root = make_playbook({"index.md": "Welcome.", "causes/index.md": "Ours.", "causes/index.md.md": "x"})
    assert {name: source.text for name, source in read_playbook(root).intros.items()} == {
        "index.md": "Welcome.", "causes/index.md": "Ours.",
    }  # fmt: skip
