"""Addresses: relative ones in both styles, and links inside a review's text."""

import pytest

from failforward.pages.urls import Target, Urls


@pytest.mark.parametrize(
    ("here", "target", "directory", "file"),
    [
        ("reviews/x.md", "reviews/y.md", "../y/", "y.html"),
        ("reviews/x.md", "causes/index.md", "../../causes/", "../causes/index.html"),
        ("reviews/x.md", "index.md", "../../", "../index.html"),
        ("reviews/2026/x.md", "reviews/2026/x.md", "./", "x.html"),
        ("index.md", "reviews/x.md", "reviews/x/", "reviews/x.html"),
        ("index.md", "index.md", "./", "index.html"),
        ("reviews/index.md", "reviews/x.md", "x/", "x.html"),
        ("reviews/x.md", "evidence/a b.png", "../../evidence/a%20b.png", "../evidence/a%20b.png"),
    ],
)
def test_an_address_is_relative_to_the_page(here: str, target: str, directory: str, file: str) -> None:
    """From each page an address leads to each other page and file, whichever form the addresses have."""
    assert Urls("directory").to(here, target) == directory
    assert Urls("file").to(here, target) == file


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("../causes/untested-path.md", Target("causes/untested-path.md", "../../causes/untested-path/")),
        ("../evidence/a.png", Target("evidence/a.png", "../../evidence/a.png")),
        ("../evidence/a%20b.png?raw#x", Target("evidence/a b.png", "../../evidence/a%20b.png?raw#x")),
        ("y.md#timeline", Target("reviews/y.md", "../y/#timeline")),
        ("#timeline", Target("", "#timeline")),
        ("../../outside.md", None),
        ("/absolute.md", None),
    ],
)
def test_a_link_of_a_review_holds_on_its_page(link: str, expected: Target | None) -> None:
    """A relative link in a file is rewritten for the page made from it; one that leads out of the playbook is not."""
    assert Urls("directory").resolve("reviews/x.md", link, "reviews/x.md") == expected


def test_a_link_of_a_review_holds_on_another_page() -> None:
    """What a review says on the page of a cause still leads where it led."""
    urls = Urls("directory")
    assert urls.resolve("reviews/x.md", "#timeline", "causes/a.md") == Target("", "../../reviews/x/#timeline")
    assert urls.resolve("reviews/x.md", "y.md", "causes/a.md") == Target("reviews/y.md", "../../reviews/y/")
