"""What others subscribe to: a calendar of the promises, and feeds of new reviews and verdicts (Atom and JSON).

Whole addresses need the address of the site. Where that is not known they are relative, which most feed readers
understand, and a note in the feed says so.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from urllib.parse import quote
from xml.etree import ElementTree as ET

from failforward.clocks import Clock
from failforward.index import Trial
from failforward.index.anniversaries import anniversaries_of
from failforward.model.moment import Moment
from failforward.model.review import Review
from failforward.pages.board import Board
from failforward.pages.figure import answers_of
from failforward.pages.page import Asset
from failforward.pages.review import in_short
from failforward.pages.site import Here, Site
from failforward.pages.words import clock_words, label
from failforward.promises import Promise
from failforward.promises.calendar_file import calendar, identity

MOST = 50
# An anniversary stands in the feeds for a week, today included, and never crowds out what is new.
REMEMBERED = 7
MOST_REMEMBERED = 10
NOTE = "Addresses are relative to this file: the address of the site was not known when it was made."
_ATOM = "http://www.w3.org/2005/Atom"
# What XML allows in a text.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Entry:
    """Something new: `id` is the same for ever, `at` the moment of the deed, `address` leads to it."""

    id: str
    at: datetime
    title: str
    summary: str
    address: str
    words: tuple[str, ...]


def assets(site: Site, site_url: str = "") -> Iterator[Asset]:
    """Make `due.ics`, `feed.xml` and `feed.json`, which lie beside the home page."""
    root = f"{site_url.rstrip('/')}/" if re.match(r"https?://[^\s/]", site_url) else ""
    addresses = Addresses(site, root)
    title = site.playbook.settings.title
    address = addresses.of_promise if root else lambda promise: ""
    yield Asset("due.ics", calendar(site.promises, f"{title}: promises", site.today, address).encode())
    entries = entries_of(site, addresses)
    yield Asset("feed.xml", atom(site, entries, root))
    yield Asset("feed.json", json_feed(site, entries, root))


class Addresses:
    """The addresses of reviews and of the experiments on their pages."""

    def __init__(self, site: Site, root: str) -> None:
        """Take the site's own address, which may be empty."""
        self.site = site
        self.root = root
        self._anchors: dict[int, str] = {}
        for trials in site.index.trials_by_review.values():
            for answer in answers_of(trials[0].review, trials):
                self._anchors[id(answer.trial.experiment)] = answer.anchor

    def of(self, review: Review, experiment: object = None) -> str:
        """Give the address of a review, or of an experiment on its page."""
        anchor = self._anchors.get(id(experiment), "") if experiment is not None else ""
        return self.root + quote(self.site.urls.address(review.path)) + (f"#{quote(anchor)}" if anchor else "")

    def of_promise(self, promise: Promise) -> str:
        """Give the address of what a promise is about."""
        return self.of(promise.review, promise.experiment)


def entries_of(site: Site, addresses: Addresses) -> tuple[Entry, ...]:
    """Give what is new, newest first: each review, at its debrief or end, each verdict and anniversary, on its day."""
    here = Here(site, "index.md")
    found = [_of_review(here, review, addresses) for review in site.index.reviews]
    clocks = Board(site).clocks
    found += [_of_verdict(here, trial, addresses, clocks[id(trial.experiment)]) for trial in site.index.trials]
    unique = {entry.id: entry for entry in reversed(found) if entry}
    news = sorted(unique.values(), key=_newest, reverse=True)[:MOST]
    return tuple(sorted((*news, *_anniversaries(here, addresses)), key=_newest, reverse=True))


def _newest(entry: Entry) -> tuple[datetime, str]:
    return entry.at, entry.id


def _anniversaries(here: Here, addresses: Addresses) -> Iterator[Entry]:
    """Give the anniversaries of the last days: each year of a failure is an entry of its own, with an id for ever."""
    site = here.site
    for each in anniversaries_of(site.index.reviews, site.today, before=REMEMBERED - 1, after=0)[:MOST_REMEMBERED]:
        review, ago = each.review, "One year ago" if each.years == 1 else f"{each.years} years ago"
        name = identity("anniversary", review.id, str(each.years))
        title = f"{ago}: {review.title or review.id}"
        words = (*review.tags, *review.cause_ids)
        yield Entry(name, _beginning(each.on), title, here.plain(in_short(review)), addresses.of(review), words)


def _of_review(here: Here, review: Review, addresses: Addresses) -> Entry | None:
    held = review.debrief if isinstance(review.debrief, Moment) else review.ended
    day = held.at if held else datetime.combine(review.day, time(), UTC) if review.day else None
    if day is None:
        return None
    words = (*review.tags, *review.cause_ids)
    title = review.title or review.id
    clock = here.site.clocks[review.path][0]
    summary = " ".join(filter(None, (here.plain(in_short(review)), _said(clock))))
    return Entry(identity("review", review.id), day, title, summary, addresses.of(review), words)


def _of_verdict(here: Here, trial: Trial, addresses: Addresses, clock: Clock) -> Entry | None:
    verified, experiment = trial.verified, trial.experiment
    if not trial.verdict or verified is None or not isinstance(verified.on, Moment):
        return None
    name = identity("verdict", trial.review.id, experiment.id, trial.verdict)
    found = f"{label(trial.verdict)} so far" if trial.so_far else label(trial.verdict)
    title = f"{found}: {here.plain(experiment.outcome) or experiment.id}"
    summary = f"{here.plain(verified.evidence)} ({trial.review.title or trial.review.id}) {_said(clock)}".strip()
    words = tuple(word for word in (experiment.cause, trial.verdict) if word)
    return Entry(name, verified.on.at, title, summary, addresses.of(trial.review, experiment), words)


def _said(clock: Clock) -> str:
    """Say how a promise was kept. One that is still open is in the calendar: a feed tells of what has come about."""
    return f"{clock_words(clock)}." if clock.taken is not None else ""


def atom(site: Site, entries: Iterable[Entry], root: str) -> bytes:
    """Give the feed as Atom (RFC 4287). Its author is the playbook: nobody is named."""
    entries, settings = tuple(entries), site.playbook.settings
    feed = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": "en"})
    _put(feed, "id", f"urn:uuid:{identity('feed', root or settings.title)}")
    _put(feed, "title", settings.title)
    _put(feed, "subtitle", " ".join(filter(None, (settings.summary, "" if root else NOTE))))
    _put(feed, "updated", _stamp(max((entry.at for entry in entries), default=_beginning(site.today))))
    _put(feed, "link", "", rel="self", type="application/atom+xml", href=f"{root}feed.xml")
    _put(feed, "link", "", rel="alternate", type="text/html", href=root or "./")
    _put(_put(feed, "author", ""), "name", settings.title)
    _put(feed, "generator", "failforward")
    for entry in entries:
        _atom_entry(feed, entry)
    ET.indent(feed)
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(feed, "unicode").encode() + b"\n"


def _atom_entry(feed: ET.Element, entry: Entry) -> None:
    node = _put(feed, "entry", "")
    _put(node, "id", f"urn:uuid:{entry.id}")
    _put(node, "title", entry.title)
    _put(node, "updated", _stamp(entry.at))
    _put(node, "published", _stamp(entry.at))
    _put(node, "link", "", rel="alternate", type="text/html", href=entry.address)
    _put(node, "summary", entry.summary)
    for word in dict.fromkeys(entry.words):
        _put(node, "category", "", term=word)


def json_feed(site: Site, entries: Iterable[Entry], root: str) -> bytes:
    """Give the feed as JSON (JSON Feed 1.1)."""
    settings = site.playbook.settings
    content: dict[str, object] = {"version": "https://jsonfeed.org/version/1.1", "title": settings.title}
    content |= {"description": settings.summary} if settings.summary else {}
    content |= {"home_page_url": root, "feed_url": f"{root}feed.json"} if root else {"user_comment": NOTE}
    content |= {"language": "en", "authors": [{"name": settings.title}], "items": [_item(entry) for entry in entries]}
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def _item(entry: Entry) -> Mapping[str, object]:
    return {
        "id": f"urn:uuid:{entry.id}", "url": entry.address, "title": entry.title, "content_text": entry.summary,
        "date_published": _stamp(entry.at), "tags": list(dict.fromkeys(entry.words)),
    }  # fmt: skip


def _put(parent: ET.Element, name: str, text: str, **attributes: str) -> ET.Element:
    made = ET.SubElement(parent, name, {key: _FORBIDDEN.sub(" ", value) for key, value in attributes.items()})
    made.text = _FORBIDDEN.sub(" ", text) or None
    return made


def _stamp(at: datetime) -> str:
    """Give a moment as RFC 3339 writes it."""
    return at.isoformat(timespec="seconds").replace("+00:00", "Z")


def _beginning(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
