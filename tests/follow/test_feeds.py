"""The calendar and the feeds of the site: whole, stable, and silent about what is not published."""

import json
import re
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from xml.etree import ElementTree as ET

import icalendar
import pytest

from failforward import index, pages
from failforward.playbook import read_playbook

ATOM = "{http://www.w3.org/2005/Atom}"
URL = "https://example.org/playbook"
Write = Callable[..., str]
MakePlaybook = Callable[..., Path]
VERDICT = "status: done\n    verified: {on: 2026-10-30, verdict: stuck, evidence: Two <were> & stopped}"
VERIFIED = ("status: planned", VERDICT)


def files(root: Path, site_url: str = "", today: str = "2026-11-20") -> dict[str, bytes]:
    """Give the assets of a playbook's site by path."""
    playbook, day = read_playbook(root, shown=""), date.fromisoformat(today)
    made = pages.build(playbook, index.build(playbook, day), day, site_url=site_url)
    return {asset.path: asset.data for asset in made.assets}


def entries(data: bytes) -> list[ET.Element]:
    """Give the entries of an Atom feed."""
    return ET.fromstring(data).findall(f"{ATOM}entry")


def said(node: ET.Element, name: str) -> str:
    """Give the text of the one element of a name."""
    (found,) = node.findall(ATOM + name)
    return found.text or ""


@pytest.fixture
def playbook(make_playbook: MakePlaybook, review: Write) -> Path:
    """Give a playbook with two published reviews, a draft and a private one."""
    open_ = review(("started: 2026-10-02", "started: 2026-09-02"), ("resolved: 2026-10-02", "resolved: 2026-09-02"),
                   ("debrief: 2026-10-03", "debrief: 2026-09-03"), ("due: 2026-10-16", "due: 2026-12-16"))  # fmt: skip
    return make_playbook(
        {
            "reviews/2026-10-02-checkout.md": review(VERIFIED),
            "reviews/2026-09-02-earlier.md": open_,
            "reviews/2026-10-05-draft.md": review(("status: reviewed", "status: draft"), ("Checkout", "Sentinel")),
            "reviews/2026-10-06-private.md": review(("kind:", "private: true\nkind:"), ("Checkout", "Sentinel")),
        },
        settings="title: Ours & theirs\nsummary: What we learn\n",
    )


def test_the_feed_has_what_atom_asks_for(playbook: Path) -> None:
    """Feed and entries have an id, a title and the moment of the change; the author is the playbook."""
    feed = ET.fromstring(files(playbook, URL)["feed.xml"])
    assert feed.tag == f"{ATOM}feed"
    assert said(feed, "title") == "Ours & theirs"
    assert [said(author, "name") for author in feed.findall(f"{ATOM}author")] == ["Ours & theirs"]
    assert {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")} == {
        "self": f"{URL}/feed.xml", "alternate": f"{URL}/",
    }  # fmt: skip
    found = feed.findall(f"{ATOM}entry")
    for node in (feed, *found):
        assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", said(node, "id"))
        assert said(node, "title")
        assert datetime.fromisoformat(said(node, "updated")).tzinfo
    assert len({said(node, "id") for node in (feed, *found)}) == len(found) + 1
    assert said(feed, "updated") == max(said(node, "updated") for node in found)


def test_new_reviews_and_verdicts_are_in_the_feeds(playbook: Path) -> None:
    """Newest first: a verdict leads to its experiment, a review to its page."""
    made = files(playbook, URL)
    found = entries(made["feed.xml"])
    assert [said(entry, "title") for entry in found] == [
        "It stuck: A warm-up that evicts live keys is stopped",
        "Checkout stalled after the cache warm-up change",
        "Checkout stalled after the cache warm-up change",
    ]
    links = [entry.find(f"{ATOM}link") for entry in found]
    assert [link.get("href") for link in links if link is not None] == [
        f"{URL}/reviews/2026-10-02-checkout/#experiment-warm-up-gate",
        f"{URL}/reviews/2026-10-02-checkout/",
        f"{URL}/reviews/2026-09-02-earlier/",
    ]
    assert said(found[0], "summary").startswith("Two <were> & stopped")
    assert said(found[0], "updated") == "2026-10-30T00:00:00Z"
    assert said(found[0], "summary").endswith("Verification within 14 days.")
    assert said(found[1], "summary") == "A job evicted live keys. Debrief within 18 h 20 min."
    feed = json.loads(made["feed.json"])
    assert [item["id"] for item in feed["items"]] == [said(entry, "id") for entry in found]
    assert [item["title"] for item in feed["items"]] == [said(entry, "title") for entry in found]
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert all(item["url"].startswith(URL) and item["content_text"] for item in feed["items"])


def test_ids_stay_when_words_and_days_change(playbook: Path, review: Write) -> None:
    """A corrected title is the same entry; the same playbook on another day gives the same feed."""
    before = files(playbook, URL)
    assert files(playbook, URL, "2027-01-01")["feed.xml"] == before["feed.xml"]
    (playbook / "reviews/2026-10-02-checkout.md").write_text(review(VERIFIED, ("Checkout", "Paying")), "utf-8")
    ids = [[said(entry, "id") for entry in entries(each["feed.xml"])] for each in (before, files(playbook, URL))]
    assert ids[0] == ids[1]


def test_without_an_address_links_are_relative_and_a_note_says_so(playbook: Path) -> None:
    """The feeds work beside the pages they lead to, and no calendar has half an address."""
    made = files(playbook)
    feed = ET.fromstring(made["feed.xml"])
    assert "Addresses are relative" in said(feed, "subtitle")
    links = [link.get("href") for link in feed.iter(f"{ATOM}link")]
    assert "reviews/2026-10-02-checkout/" in links
    assert not any(link and link.startswith(("http", "/")) for link in links)
    assert "Addresses are relative" in json.loads(made["feed.json"])["user_comment"]
    assert b"URL:" not in made["due.ics"]
    assert b"relative" not in files(playbook, URL)["feed.xml"]


def test_the_calendar_has_the_open_promises(playbook: Path) -> None:
    """What is due, however far ahead, with the address of its page; what is verified is gone."""
    (event,) = icalendar.Calendar.from_ical(files(playbook, URL)["due.ics"]).walk("VEVENT")
    assert event.decoded("DTSTART") == date(2026, 12, 16)
    assert event["URL"] == f"{URL}/reviews/2026-09-02-earlier/#experiment-warm-up-gate"


def test_drafts_and_private_reviews_leave_no_trace(playbook: Path) -> None:
    """Neither title nor name of what is not published is in any of the files."""
    made = files(playbook, URL)
    for name in ("due.ics", "feed.xml", "feed.json"):
        assert not re.search(rb"Sentinel|draft|private", made[name]), name


def test_no_words_break_the_feeds(make_playbook: MakePlaybook, review: Write) -> None:
    """Marks of XML, characters that it does not have, and an id that stands twice."""
    once = review(VERIFIED).split("experiments:\n")[1].split("---")[0]
    marks = ("stalled", "]]> </feed> \U0001f680 &amp; \u2028")
    text = review(("experiments:\n", f"experiments:\n{once}"), VERIFIED, marks)
    made = files(make_playbook({"reviews/2026-10-02-a.md": text}))
    found = entries(made["feed.xml"])
    assert len(found) == 2
    assert "]]> </feed> \U0001f680 &amp;" in said(found[1], "title")
    json.loads(made["feed.json"])


def test_an_empty_playbook_has_empty_feeds(make_playbook: MakePlaybook) -> None:
    """Everything is there from the first day, so that an address never leads nowhere."""
    made = files(make_playbook())
    assert entries(made["feed.xml"]) == []
    assert said(ET.fromstring(made["feed.xml"]), "updated") == "2026-11-20T00:00:00Z"
    assert json.loads(made["feed.json"])["items"] == []
    assert list(icalendar.Calendar.from_ical(made["due.ics"]).walk("VEVENT")) == []
