"""The pieces of adopting: headers, dates, headings, follow-ups, guesses, each by itself."""

from datetime import timedelta, timezone

import pytest

from failforward.importers import adopt
from failforward.importers.actions import read_actions
from failforward.importers.header import read_header
from failforward.importers.headings import with_headings
from failforward.importers.metadata import Facts, take_lines
from failforward.importers.suggest import guess_cause, guess_kind
from failforward.importers.synonyms import field_of, part_of
from failforward.importers.when import first_day, first_span, front_matter_form
from failforward.importers.words import Pool, fenced, lost
from failforward.model.playbook import Cause
from failforward.model.settings import Settings
from failforward.text.markdown import parse
from failforward.text.sections import split
from failforward.text.source import Source


def draft(text: str, name: str = "notes.md") -> str:
    """Give the draft of a text."""
    return adopt(Source(name, text), causes=()).text


@pytest.mark.parametrize(
    ("text", "form", "keys"),
    [
        ("---\ntitle: A\ntags: [b, c]\n---\nBody\n", "yaml", ["title", "tags"]),
        ("---\ntitle: A: B\ndate: 2026-10-02\n---\nBody\n", "yaml", ["title", "date"]),
        ('+++\ntitle = "A"\n[extra]\nteam = "b"\n+++\nBody\n', "toml", ["", "title", "extra", "team"]),
        ("+++\nno = = toml\n+++\nBody\n", "toml", [""]),
        ("Title: A\nDate: 2026-10-02\n\nBody\n", "text", ["Title", "Date"]),
        ("---\n\nA rule above prose.\n\n---\nBody\n", "", []),
        ("---\nnever: closed\n\nBody\n", "", []),
        ("Note: this is prose.\n\nBody\n", "", []),
        ("# Body\n", "", []),
    ],
)
def test_headers_of_every_form(text: str, form: str, keys: list[str]) -> None:
    """YAML, TOML and bare lines are read entry by entry; what only looks like a header belongs to the body."""
    header = read_header(Source("x.md", text))
    assert (header.form, [entry.key for entry in header.entries]) == (form, keys)
    assert form == "" or text[header.body_start :].strip() == "Body"


@pytest.mark.parametrize(
    ("text", "begin", "end"),
    [
        ("2026-10-02 14:05 UTC", "2026-10-02T14:05Z", ""),
        ("2026-10-02 14:05 +0530", "2026-10-02T14:05+05:30", ""),
        ("2026-10-02 14:05", "2026-10-02T14:05+02:00", ""),
        ("2026-10-02T00:00:00Z", "2026-10-02", ""),
        ("~2026-10-02 14:05 UTC", "~2026-10-02T14:05Z", ""),
        ("2026-10-02 23:01 - 2026-10-03 02:40 UTC", "2026-10-02T23:01+02:00", "2026-10-03T02:40Z"),
        ("2026-10-02 23:01 – 02:40", "2026-10-02T23:01+02:00", "2026-10-03T02:40+02:00"),
        ("October 2-4, 2026", "2026-10-02", ""),
        ("2–4 October 2026", "2026-10-02", ""),
        ("**Friday**, 2 Oct 2026", "2026-10-02", ""),
        ("in October 2026", "2026-10", ""),
        ("13/10/2026", "2026-10-13", ""),
        ("03/04/2026", "", ""),
        ("October 2", "", ""),
        ("14:05", "", ""),
        ("soon", "", ""),
    ],
)
def test_dates_only_where_they_are_sure(text: str, begin: str, end: str) -> None:
    """A date that could be read two ways, or lacks its year, is not guessed."""
    found = first_span(text, timezone(timedelta(hours=2)))
    assert [front_matter_form(moment) if moment else "" for moment in found] == [begin, end]


def test_a_time_without_an_offset_counts_as_its_day() -> None:
    """Nobody can say which instant it was, but the day is understood."""
    moment, _ = first_span("2026-10-02 14:05")
    assert moment is not None
    assert front_matter_form(moment) == "2026-10-02"


@pytest.mark.parametrize(
    "name", ["2026-10-02-cache", "20261002_cache", "Cache of 2 October 2026", "PM 2026-10-02_12 cache"]
)
def test_dates_in_names(name: str) -> None:
    """File names and titles carry dates in several spellings."""
    assert str(first_day(name)) == "2026-10-02"


def test_words_and_their_pool() -> None:
    """Words count with their repetitions; a pool gives each of its words once."""
    assert lost("a a b", "a b") == {"a": 1}
    pool = Pool("title of it")
    assert [pool.covers("of it"), pool.covers("it"), pool.covers("title")] == [True, False, True]
    assert fenced("a\n```\nb", "yaml") == "````yaml\na\n```\nb\n````"


@pytest.mark.parametrize(
    ("title", "part"),
    [
        ("Summary", "in-short"), ("2. Incident summary", "in-short"), ("Timeline (UTC)", "timeline"),
        ("Incident timeline of 2 May", "timeline"), ("What didn’t go so well?", "diverged"),
        ("🎉 What went well", "worked"),
        ("Action items", "differently"), ("Impact", ""), ("Timelines are hard to write well and so is this one", ""),
    ],
)  # fmt: skip
def test_headings_have_synonyms(title: str, part: str) -> None:
    """Numbers, brackets, marks and case do not hide what a heading means."""
    assert part_of(title)[0] == part
    assert field_of("Incident start") == "started"


def test_other_clothes_of_headings() -> None:
    """Bold lines, list labels and `**Summary:** …` become headings; emphasis inside a section does not."""
    assert with_headings("# T\n\n**Summary:** It broke.\n\n## Timeline\n").count("## ") == 2
    assert "## Timeline\n\n- 14:05 A" in with_headings("- **Timeline**\n  - 14:05 A\n- **Impact**: none\n")
    assert "## Key events" in with_headings("**Key events**\n\n14:05 A\n\n**Impact**\n\nnone\n")
    kept = "## Summary\n\n**Impact was small**\n\n- **Cache**: full\n- **Disk**: fine\n"
    assert with_headings(kept) == kept


def test_metadata_moves_and_sections_stay() -> None:
    """Lines and tables of keys before the first section are taken as they are; other text is not touched."""
    facts = Facts()
    rest, moved = take_lines(
        "# T\n\n**Date:** 2026-10-02\nSeverity: sev1\n\nProse: this.\n\n## Summary\n\nStatus: x\n", facts
    )
    assert moved == "- **Date:** 2026-10-02\n- Severity: sev1"
    assert rest.split() == "# T Prose: this. ## Summary Status: x".split()
    assert (facts.first("date"), facts.first("severity"), facts.keys) == ("2026-10-02", "sev1", ["Date", "Severity"])
    rest, moved = take_lines("| Start | 2026-10-02 |\n|---|---|\n| Severity | sev2 |\n\nText\n", facts)
    assert (rest.strip(), "| Severity | sev2 |" in moved) == ("Text", True)


def test_parts_rise_out_of_other_chapters() -> None:
    """A part of a review leaves the chapter it stands in, and times beside a timeline go into it."""
    text = "# T\n\n## Lessons\n\n### What went well\n\nA.\n\n### Notes\n\nB.\n\n"
    text += "## Timeline\n\n## 2026-10-02\n\n### 14:05\n\nC.\n\n## End\n"
    headings = [line for line in draft(text).split("\n") if line.startswith("#")]
    assert headings == [
        "## What worked", "## Notes", "## What happened", "### Timeline", "#### 2026-10-02", "##### 14:05", "## End",
    ]  # fmt: skip
    assert "<!-- originally: Lessons / What went well -->" in draft(text)


def test_what_two_chapters_share_stays_where_it_is() -> None:
    """Where each of two incidents has its causes, neither becomes the whole document's."""
    text = "# T\n\n## One\n\n### Root cause\n\nA.\n\n## Two\n\n### Root cause\n\nB.\n"
    assert "## One\n\n### Root cause" in draft(text)
    assert "reality" not in draft(text)


def test_follow_ups_with_all_that_is_said_of_them() -> None:
    """Owner, link, date and state are found in lists, below names and in tables."""
    text = (
        "## Actions\n\n- [x] Add a gate (@ann), by 2026-10-16, see https://example.org/1\n- Drop the cache (done)\n"
        "- Know when it is resolved\n- Bo Li\n  - Ask around\n\n| Task | Owner | Due | Status |\n|---|---|---|---|\n"
        "| Probe it | web | 2026-11-01 | completed |\n"
    )
    actions = read_actions(split(parse(text)))
    assert [(action.owner, action.link, str(action.due or ""), action.done) for action in actions] == [
        ("@ann", "https://example.org/1", "2026-10-16", True),
        ("", "", "", True),
        ("", "", "", False),
        ("Bo Li", "", "", False),
        ("web", "", "2026-11-01", True),
    ]
    assert read_actions(split(parse("## Summary\n\n- Not one\n"))) == ()


def test_guesses_name_their_words() -> None:
    """A kind or cause is guessed only where enough speaks for it, and the words are given."""
    cause = Cause("dns-fault", "", "DNS", "network", "", ("dns", "resolver"))
    source = Source("x.md", "## In short\n\nDNS failed: the resolver was gone.\n")
    guess = guess_cause("DNS outage", source, split(parse(source.text)), (cause,))
    assert guess is not None
    assert (guess.word, guess.cues) == ("dns-fault", ("dns", "resolver"))
    assert guess_cause("Outage", Source("x", "text"), (), (cause,)) is None
    assert guess_kind("Outage", "the cache was cold", has_timeline=True).word == "incident"
    assert guess_kind("Phishing attack", "an attacker, malware", has_timeline=True).word == "security"
    assert guess_kind("Near miss", "", has_timeline=False).word == "near-miss"


def test_severity_only_from_the_vocabulary() -> None:
    """`SEV-2 (partial)` is understood; a word of another scale stays in the text."""
    for written, line in (("SEV-2 (partial)", "severity: sev2\n"), ("Critical", ""), ("sev25", "")):
        text = draft(f"# T\n\n**Severity:** {written}\n\n## Summary\n")
        front = text.split("---\n")[1]
        assert (line in front) if line else ("severity" not in front)
        assert written in text
    other = adopt(
        Source("x.md", "Severity: major\n\n# T\n"), causes=(), settings=Settings(severities=("major", "minor"))
    )
    assert "severity: major\n" in other.text


def test_nothing_hidden_is_lost() -> None:
    """Comments, raw HTML, footnotes and link definitions stay letter by letter."""
    kept = [
        "<!-- a note -->",
        "<details><summary>Log</summary>",
        "</details>",
        "[^1]: foot",
        "[ref]: ../x.md 'T'",
        "![alt](i.png)",
    ]
    text = "# T\n\n## Summary\n\n" + "\n\n".join(kept) + "\n"
    assert all(piece in draft(text) for piece in kept)


def test_a_title_with_marks_is_kept_beside_the_plain_one() -> None:
    """Where the plain title lacks a word of the heading, such as a link's target, the heading is kept too."""
    assert "- **Heading:** [Cache](https://example.org/c) gone" in draft("# [Cache](https://example.org/c) gone\n")
    assert "title: Cache gone\n" in draft("# [Cache](https://example.org/c) gone\n")


def test_names_of_drafts_differ() -> None:
    """A draft is named by day and title, unlike what exists."""
    source = Source("old/x.md", "# Incident report 2026-10-02: Cache gone\n")
    assert adopt(source, causes=()).name == "2026-10-02-cache-gone.md"
    taken = {"2026-10-02-cache-gone.md", "2026-10-02-cache-gone-2.md"}
    assert adopt(source, causes=(), existing=taken).name == "2026-10-02-cache-gone-3.md"
    assert adopt(Source("日本.md", "\n"), causes=()).name == "untitled.md"
