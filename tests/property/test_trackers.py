"""Whatever a review holds, in an issue it is text and nothing else; and whatever an issue holds, its notes stay."""

import html
import re

import pyromark
from hypothesis import given
from hypothesis import strategies as st

from failforward.trackers import markers, neutral
from failforward.trackers.address import issue_of, repository_of_remote

SIGNS = list("@#<>-!`*_[]()|~\\&;:/.$^=+ 1aw\n\r\t\u2028\u200bé")
WORDS = ["@ada", "#12", "GH-3", "https://", "www.", "<!-- ", "-->", "failforward:notes", "o/r#1", "\n- "]
MARKS = st.text(st.sampled_from(SIGNS) | st.characters(), max_size=60)
PIECES = st.lists(st.sampled_from(WORDS) | MARKS, max_size=8).map("".join)
OPTIONS = pyromark.Options.ENABLE_TASKLISTS | pyromark.Options.ENABLE_TABLES | pyromark.Options.ENABLE_STRIKETHROUGH


@given(PIECES)
def test_a_text_stays_text(text: str) -> None:
    """It becomes one paragraph without a tag in it, and nothing that GitHub would make a link of."""
    made = neutral.paragraph(text)
    assert "\n" not in made
    page = pyromark.html(made, options=OPTIONS).strip()
    inner = page.removeprefix("<p>").removesuffix("</p>")
    assert "<" not in inner
    assert not re.search(r"@\w|#\d|gh-\d|https?://|www\.\w", html.unescape(inner), re.IGNORECASE)


@given(PIECES)
def test_no_text_is_a_marker(text: str) -> None:
    """Neither in a paragraph nor as part of a name can a text forge one, or end one early."""
    assert markers.found(neutral.paragraph(text)) == frozenset()
    marker = markers.experiment("playbook/", text, text)
    assert marker.count("-->") == 1
    assert "\n" not in marker
    assert markers.found(f"{marker}\nx") == {marker}


@given(PIECES, PIECES)
def test_notes_stay_as_they_are(made: str, notes: str) -> None:
    """What people wrote is given back as it was, also when it is put below something else."""
    body = markers.with_notes(neutral.paragraph(made), notes)
    assert markers.notes_of(body) == notes


@given(PIECES)
def test_what_leads_elsewhere_is_no_issue(text: str) -> None:
    """Only an address of the very host is one, and its parts hold nothing that would lead a request astray."""
    for link in (text, f"https://github.com/{text}/issues/1", f"https://github.com{text}/o/r/issues/1"):
        found = issue_of(link, "https://github.com")
        assert found is None or re.fullmatch(r"[A-Za-z0-9-]+/(?!\.\.?$)[\w.-]+", found[0])
    name = repository_of_remote(text, "https://github.com")
    assert not name or name in text
