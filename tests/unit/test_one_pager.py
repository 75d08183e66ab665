"""A review on one page: complete in its parts, shortened in the open, and one page in a real browser."""

import os
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from failforward.cli.chromium import find_chromium, pages_of, printed
from failforward.cli.main import group
from failforward.errors import ArgumentError
from failforward.model.playbook import Playbook
from failforward.model.review import Contribution, Experiment, Review
from failforward.pages.alone import shortened
from failforward.pages.one_pager import LINES, PAPERS, PRESSES, one_page, one_pager
from failforward.playbook import default_playbook, read_playbook
from failforward.reviews.read import read_review
from failforward.text.source import Source

ROOT = Path(__file__).resolve().parents[2]
TODAY = date(2026, 10, 20)
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), "")

needs_chromium = pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine")


@pytest.fixture(scope="module")
def playbook() -> Playbook:
    """Give a playbook without reviews."""
    return default_playbook()


@pytest.fixture(scope="module")
def whole(complete_review: str) -> Review:
    """Give a review in which nothing is missing."""
    return read_review(Source("reviews/2026-10-02-checkout.md", complete_review))


def endless(review: Review, word: str = "evicted keys came back slowly ") -> Review:
    """Give a review that is far too long for any page."""
    causes = tuple(Contribution(f"cause-{number}", word * 40) for number in range(30))
    experiments = tuple(
        Experiment(f"try-{number}", f"cause-{number}", word * 20, status="planned") for number in range(30)
    )
    return replace(review, title=word * 12, causes=causes, experiments=experiments, accepted=())


def test_each_part_of_a_review_is_there(playbook: Playbook, whole: Review) -> None:
    """Title, times, what happened, causes with their changes, what worked and what comes next are on the page."""
    page = one_page(playbook, whole, TODAY)
    assert page.title == whole.title
    assert ("Started", "2 October 2026, 14:05 UTC+2") in page.times
    assert [tie.cause for tie in page.causes] == [playbook.cause_by_id[name].title for name in whole.cause_ids]
    assert all(tie.changes or tie.accepted for tie in page.causes)
    assert page.in_short
    assert page.worked
    assert page.celebrated
    assert page.differently
    assert (page.more_causes, page.more_next) == (0, 0)


def test_what_is_shortened_says_so(playbook: Playbook, whole: Review) -> None:
    """Texts end with “…”, lists with how many more there are, and the page names the file with the rest."""
    long = endless(whole)
    page = one_page(playbook, long, TODAY)
    assert page.lines <= LINES["a4"]
    assert page.title.endswith("…")
    assert all(tie.how.endswith("…") for tie in page.causes)
    assert len(page.causes) + page.more_causes == 30
    assert len(page.next) + page.more_next == 30
    html = one_pager(playbook, long, TODAY)
    assert f"… and {page.more_causes} more causes" in html
    assert f"… and {page.more_next} more experiments" in html
    assert "The whole review: reviews/2026-10-02-checkout.md" in html


@pytest.mark.parametrize("paper", PAPERS)
def test_a_page_is_filled_as_far_as_there_is_text(playbook: Playbook, whole: Review, paper: str) -> None:
    """A short review is whole, with what was expected and where reality diverged; a long one takes all the room."""
    short = one_page(playbook, whole, TODAY, paper=paper)
    assert short.expected
    assert short.diverged
    assert not any(text.endswith("…") for text in (short.expected, short.diverged, short.in_short, short.worked))
    ours = read_playbook(ROOT / "playbook", shown="playbook/")
    for review in ours.reviews:
        page = one_page(ours, review, TODAY, paper=paper)
        assert page.lines <= LINES[paper]
        texts = (page.in_short, page.worked, page.differently, page.diverged, *(tie.how for tie in page.causes))
        if page.more_causes or page.more_next or any(text.endswith("…") for text in texts):
            assert page.lines > 0.8 * LINES[paper], review.id


def test_a_step_presses_harder(playbook: Playbook, whole: Review) -> None:
    """Where a browser needs more room than was estimated, each step takes some away, to hardly more than titles."""
    lines = [one_page(playbook, endless(whole), TODAY, step).lines for step in range(len(PRESSES))]
    assert lines == sorted(lines, reverse=True)
    assert lines[0] > lines[-1]


def test_a_text_is_cut_after_a_word() -> None:
    """A short text stays as it is; a long one ends after a whole word, one word of its own in its middle."""
    assert shortened("one two", 7) == "one two"
    assert shortened("one two, three", 10) == "one two…"
    assert shortened("x" * 30, 10) == "x" * 9 + "…"


def test_the_page_stands_alone(playbook: Playbook, whole: Review) -> None:
    """No script, no host; whatever a review holds is text; the link leads to the repository where one is known."""
    hostile = replace(whole, title="<img src=x onerror=alert(1)>")
    page = one_pager(playbook, hostile, TODAY)
    assert "<script" not in page
    assert "<img" not in page
    assert "http" not in page
    settings = replace(playbook.settings, repository="https://example.org/ours/")
    ours = replace(playbook, settings=settings, reviews=(whole,), prefix="playbook/")
    address = "https://example.org/ours/blob/HEAD/playbook/reviews/2026-10-02-checkout.md"
    assert f'<a href="{address}">' in one_pager(ours, whole, TODAY)
    unsafe = replace(ours, settings=replace(settings, repository="javascript:alert(1)"))
    assert "javascript:" not in one_pager(unsafe, whole, TODAY)


def test_an_empty_draft_is_a_page_too(playbook: Playbook) -> None:
    """A draft with nothing but a file name gives a page with that name."""
    page = one_pager(playbook, read_review(Source("reviews/new.md", "")), TODAY)
    assert "<h1>new</h1>" in page
    assert "<h2>" not in page


@needs_chromium
@pytest.mark.slow
@pytest.mark.parametrize("paper", PAPERS)
def test_the_longest_review_is_one_page_in_a_browser(paper: str) -> None:
    """The longest review of our own playbook, and the one estimated to be the fullest, print as one page."""
    ours = read_playbook(ROOT / "playbook", shown="playbook/")
    longest = max(ours.reviews, key=lambda review: len(review.source.text))
    fullest = max(ours.reviews, key=lambda review: one_page(ours, review, TODAY, paper=paper).lines)
    for review in {longest.id: longest, fullest.id: fullest}.values():
        assert pages_of(printed(one_pager(ours, review, TODAY, paper=paper), CHROMIUM)) == 1, review.id


@needs_chromium
@pytest.mark.slow
@pytest.mark.parametrize("word", ["evicted keys came back slowly ", "W" * 90, "失敗から学ぶ", "i "])
def test_an_endless_review_is_one_page_in_a_browser(playbook: Playbook, whole: Review, word: str) -> None:
    """Words of any width and length are broken and cut so that the page stays one."""
    assert pages_of(printed(one_pager(playbook, endless(whole, word), TODAY, paper="letter"), CHROMIUM)) == 1


@pytest.fixture
def review(make_playbook: Callable[..., Path], complete_review: str) -> Path:
    """Write a review in a playbook."""
    return make_playbook({"reviews/2026-10-02-checkout.md": complete_review}) / "reviews/2026-10-02-checkout.md"


def call(*arguments: str | Path) -> tuple[int, str, str]:
    """Call the command: its exit code, what it prints, and what it says on standard error."""
    result = CliRunner().invoke(group, ["one-pager", *map(str, arguments), "--today", "2026-10-20"])
    return result.exit_code, result.stdout, result.stderr


def test_the_command_writes_html(review: Path, tmp_path: Path) -> None:
    """Without a target the page is printed; with one it is the same page in a file."""
    code, page, _ = call(review)
    assert code == 0
    assert call(review, "--to", tmp_path / "page.html")[0] == 0
    assert (tmp_path / "page.html").read_text("utf-8") == page
    assert "@page { size: letter;" in call(review, "--paper", "letter")[1]


@needs_chromium
@pytest.mark.slow
def test_the_command_writes_a_pdf(review: Path, tmp_path: Path) -> None:
    """The PDF is made by the system's Chromium and has one page."""
    assert call(review, "--to", tmp_path / "page.pdf")[:2] == (0, f"Wrote {tmp_path / 'page.pdf'}.\n")
    data = (tmp_path / "page.pdf").read_bytes()
    assert data.startswith(b"%PDF-")
    assert pages_of(data) == 1


def test_without_chromium_the_remedy_is_named(review: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no browser is found nothing is written, and the error says what to do instead."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(os, "defpath", str(tmp_path))
    code, _, said = call(review, "--to", tmp_path / "page.pdf")
    assert code == 2
    assert re.search(r"No Chromium was found.*write HTML \(--to page\.html\)", said)
    assert not (tmp_path / "page.pdf").exists()
    with pytest.raises(ArgumentError):
        find_chromium()


def test_a_browser_that_makes_nothing_is_an_error() -> None:
    """A program that ends without a PDF is named, with a way around it."""
    with pytest.raises(ArgumentError, match="made no PDF"):
        printed("<p>x</p>", shutil.which("true") or "true")


@pytest.mark.parametrize("target", ["page.doc", "none/page.html"])
def test_a_target_that_cannot_be_written_is_an_error(review: Path, tmp_path: Path, target: str) -> None:
    """A file of another kind or in a folder that is not there ends with 2 and a remedy."""
    code, _, said = call(review, "--to", tmp_path / target)
    assert code == 2
    assert "Name " in said
