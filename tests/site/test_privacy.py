"""A review that may have been meant to stay off the site stays off, in a build that is not strict too."""

from typing import TYPE_CHECKING

import pytest

from failforward.reviews.read import read_review
from failforward.text.source import Source

if TYPE_CHECKING:
    from conftest import Project

MEANT = (
    "privat: true", "Private: true", "PRIVATE: yes", "prvate: on", "is_private: true", "privacy: internal",
    "private: maybe", "hidden: true", "confidential: true", "draft: true", "published: false",
    "private: false\nprivate: true", "privat: {to: us}", "mood:\n  private: true", "visibility: private",
    "Access: staff", "classification: confidential", "tlp: red", "audience: [platform]", "hide: true", "noindex: true",
    "share: no", "sensitive: true", "restricted: yes", "exclude: true",
    "confidental: true", "hiden: yes", "visiblity: team", "publishd: false",
)  # fmt: skip
OPEN = (
    "private: false", "privat: false", "privat:", "draft: false", "published: true", "primary: true", "privee: no",
    "visibility: public", "tlp: clear", "access:", "audience: everybody", "hide: false",
    "visiblity: public", "drift: true", "shared: [lessons]",
)  # fmt: skip


@pytest.mark.parametrize("line", MEANT)
def test_what_may_be_meant_to_be_private_is(line: str) -> None:
    """A misspelling, another tool's word, a second value or a wrong place: it stays off, and something says so."""
    review = read_review(Source("reviews/a.md", f"---\ntitle: A\nstatus: reviewed\n{line}\n---\n"))
    assert not review.published
    assert review.problems


@pytest.mark.parametrize("line", OPEN)
def test_what_says_that_nothing_is_hidden_hides_nothing(line: str) -> None:
    """A review is published where its fields plainly allow it."""
    assert read_review(Source("reviews/a.md", f"---\ntitle: A\nstatus: reviewed\n{line}\n---\n")).published


def test_a_misspelt_private_review_is_in_no_file_of_the_site(project: "Project") -> None:
    """No page, index, search, feed, calendar or JSON says a word of it, and the build names its line."""
    project.review(body="## In short\n\nSeen.\n")
    hidden = project.review("2026-11-01-zanzibar", "## In short\n\nZanzibar.\n")
    text = hidden.read_text("utf-8")
    hidden.write_text(text.replace("title:", "privat: true\ntags: [zanzibar]\ntitle: Zanzibar", 1), "utf-8")
    built = project.build()
    assert built.code == 0
    assert built.holding("anzibar") == []
    assert "“privat” is no field of a review here" in built.log
    assert ":2:1" in built.log
