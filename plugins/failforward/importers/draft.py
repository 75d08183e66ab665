"""From an old document to a draft review: a pure function of its text."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta, tzinfo
from pathlib import PurePosixPath

from failforward.importers import emit, metadata
from failforward.importers.actions import read_actions
from failforward.importers.adoption import Adoption, Recognised
from failforward.importers.arrange import arrange
from failforward.importers.header import Header, read_header
from failforward.importers.headings import with_headings
from failforward.importers.metadata import Facts
from failforward.importers.missing import missing_from
from failforward.importers.outline import Chapter, read_outline, write_outline
from failforward.importers.suggest import guess_cause, guess_kind
from failforward.importers.synonyms import PEOPLE, known, plain_key
from failforward.importers.when import first_day, first_span
from failforward.importers.words import Pool, fenced, lost, words
from failforward.model.moment import Moment
from failforward.model.playbook import Cause
from failforward.model.sections import section_id
from failforward.model.settings import Settings
from failforward.reviews.read import read_review
from failforward.reviews.rows import RawRow, raw_rows
from failforward.reviews.timeline import declared_zone
from failforward.text.markdown import parse
from failforward.text.sections import Section, below, slug
from failforward.text.source import Source

_SUFFIXES = re.compile(r"(?:\.(?:md|markdown|mdown|mdx|qmd|rmd|html|erb|txt))+$", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_FIRST_HEADING = re.compile(r"^#[ \t]|^[^\n]+\n=+[ \t]*$", re.MULTILINE)
_LONGEST_NAME = 60
_LONGEST_TRIGGER = 300
_WRITTEN_AFTER = timedelta(days=60)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_DATED = re.compile(
    rf"\d{{4}}-\d\d?-\d\d?|\d\d?[-/.]\d\d?[-/.]\d{{4}}|(?<!\d)\d{{8}}(?!\d)"
    rf"|\b{_MONTH}\.? \d\d?(?:st|nd|rd|th)?,? \d{{4}}|\b\d\d?(?:st|nd|rd|th)? {_MONTH}\.?,? \d{{4}}",
    re.IGNORECASE,
)
_PREFACE = re.compile(
    r"^(?:(?:the|public|incident|report|post-?mortem|retrospective|retro|rca|review|analysis|summary|on|of|for|disclosure)-)+"
)


@dataclass(frozen=True, slots=True)
class _Document:
    """An old document taken apart: its title, the arranged body, the facts found so far."""

    title: str
    body: str
    facts: Facts
    unplaced: tuple[str, ...]


def adopt(
    source: Source, *, causes: Sequence[Cause], existing: Collection[str] = (), settings: Settings | None = None
) -> Adoption:
    """Turn an old document into a draft review; never raises for what the text holds.

    `causes` is the vocabulary a cause is suggested from, `existing` the file names that are taken, `settings` gives the
    words for severity. Every word of the source occurs in the draft.
    """
    settings = settings or Settings()
    document = _taken_apart(source)
    body, sections = metadata.split_body(document.body)
    metadata.of_sections(body, sections, document.facts)
    rows, zone = _timeline(body, sections)
    services, teams, tags = (
        emit.single_words(document.facts.values.get(name, ())) for name in ("services", "teams", "tags")
    )
    times = _times(document, PurePosixPath(source.path).name, rows, zone)
    draft = emit.Draft(
        document.title,
        guess_kind(document.title, document.body, has_timeline=len(rows) > 1),
        _severity(document.facts, settings.severities),
        times,
        _trigger(body, sections),
        services,
        teams,
        tags,
        guess_cause(document.title, body, sections, causes),
        read_actions(sections),
    )
    text = f"{emit.front_matter_of(draft)}\n{document.body}"
    whole = bool(lost(source.text, text))
    if whole:
        text = f"{text}\n## Original text\n\n{fenced(source.text, 'text')}\n"
    name = _name(times, document.title, source.path, existing)
    review = read_review(Source(name, text))
    found = _recognised(draft, document, rows, body, sections)
    return Adoption(name, text, missing_from(review, settings), found, document.unplaced, whole)


def _taken_apart(source: Source) -> _Document:
    header = read_header(source)
    facts = metadata.of_header(header)
    body, moved = metadata.take_lines(source.text[header.body_start :], facts)
    first = _FIRST_HEADING.search(body)
    preamble, chapters = read_outline(with_headings(body))
    heading: Chapter | None = None
    if (
        chapters
        and not words(_COMMENT.sub("", preamble))
        and not known(chapters[0].title)
        and (len(chapters) == 1 or first)
    ):
        heading, *others = chapters
        preamble = f"{preamble}\n\n{heading.text}".strip("\n")
        chapters = (*heading.children, *others)
    title = _title(facts, heading, source.path)
    pool = Pool(f"title {title}")
    if heading and not pool.covers(heading.title):
        moved = f"- **Heading:** {heading.title}\n{moved}"
    preamble, arranged = arrange(preamble, chapters)
    unplaced = tuple(chapter.title for chapter in arranged if not chapter.part)
    arranged += tuple(_leftovers(header, pool, moved))
    return _Document(title, write_outline(preamble, arranged), facts, unplaced)


def _title(facts: Facts, heading: Chapter | None, path: str) -> str:
    """Give the title that is written, else the first heading, else the file's name as words."""
    written = " ".join(facts.first("title").split())
    if not written and heading:
        written = " ".join(parse(heading.title).plain.split())
    return written or re.sub(r"[-_\s]+", " ", _stem(path)).strip() or "Untitled"


def _stem(path: str) -> str:
    return _SUFFIXES.sub("", PurePosixPath(path).name)


def _leftovers(header: Header, pool: Pool, moved: str) -> list[Chapter]:
    """Keep the metadata that stands nowhere else in the draft."""
    chapters = [Chapter("Original metadata", moved)] if moved.strip() else []
    kept = [
        entry.raw for entry in header.entries if entry.raw and not (entry.key == "title" and pool.covers(entry.raw))
    ]
    if kept:
        chapters.append(Chapter("Original front matter", fenced("\n".join(kept), header.form)))
    return chapters


def _timeline(body: Source, sections: Sequence[Section]) -> tuple[list[RawRow], tzinfo | None]:
    index = next((index for index, section in enumerate(sections) if section_id(section) == "timeline"), None)
    if index is None:
        return [], declared_zone(body, ())
    part = below(sections, index)
    return [row for row in raw_rows(body, part) if not row.day_only], declared_zone(body, part)


def _times(
    document: _Document, name: str, rows: Sequence[RawRow], zone: tzinfo | None
) -> tuple[tuple[str, Moment, str], ...]:
    """Collect the moments that are surely understood; where the beginning is not said, the document's own date."""
    found: dict[str, tuple[Moment, str]] = {}
    for field in ("started", "detected", "mitigated", "resolved", "debrief"):
        begin, end = first_span(document.facts.first(field), zone)
        if begin:
            found[field] = (begin, "")
        if end and field == "started":
            found.setdefault("resolved", (end, ""))
    if "started" not in found and (guess := _beginning(document, name, rows, zone)):
        found["started"] = guess
    order = ("started", "detected", "mitigated", "resolved", "debrief")
    return tuple((field, *found[field]) for field in order if field in found)


def _beginning(
    document: _Document, name: str, rows: Sequence[RawRow], zone: tzinfo | None
) -> tuple[Moment, str] | None:
    """Guess when it began: the document's date, else one in its title or file name, else the timeline's first.

    A document is often dated by its publication: where the timeline begins some weeks earlier, the timeline is right.
    """
    dated, _ = first_span(document.facts.first("date"), zone)
    first = next(filter(None, (first_day(row.time_text) for row in rows)), None)
    if dated and first and timedelta() < dated.at - first.at < _WRITTEN_AFTER and first.precision == "day":
        return first, "the first date of the timeline"
    guesses = (
        (dated, "the date of the document"),
        (first_day(document.title), "the date in the title"),
        (first_day(_stem(name)), "the date in the file's name"),
        (first, "the first date of the timeline"),
    )
    return next(((moment, origin) for moment, origin in guesses if moment), None)


def _severity(facts: Facts, vocabulary: Sequence[str]) -> str:
    """Give the word of the vocabulary that the document's severity begins with, nothing where it has another word."""
    written = re.sub(r"(?<=[a-z])[ _-]+(?=\d)", "", facts.first("severity").strip(' *_`~"').casefold())
    return next((word for word in vocabulary if re.match(rf"{re.escape(word.casefold())}(?!\w)", written)), "")


def _trigger(body: Source, sections: Sequence[Section]) -> str:
    """Give what a section on the trigger says, where it is one short paragraph."""
    for section in sections:
        if plain_key(section.title) == "trigger" and [block.kind for block in section.blocks] == ["paragraph"]:
            text = " ".join(section.blocks[0].plain.split())
            return text if len(text) <= _LONGEST_TRIGGER else ""
    return ""


def _name(times: Sequence[tuple[str, Moment, str]], title: str, path: str, existing: Collection[str]) -> str:
    """Make a file name of the day and the title, unlike the existing ones."""
    day = next((str(moment.day) for field, moment, _ in times if field == "started"), "")
    said = (
        _spoken(title, dated=bool(day)),
        _spoken(_stem(path), dated=bool(day)),
        emit.shortened(slug(title), _LONGEST_NAME),
    )
    spoken = next(filter(None, said), "untitled")
    return unlike(f"{day}-{spoken}" if day else spoken, existing)


def _spoken(text: str, *, dated: bool) -> str:
    """Give the words of a title that tell it from others, hyphenated."""
    name = emit.shortened(slug(_DATED.sub(" ", text) if dated else text), 10 * _LONGEST_NAME)
    return emit.shortened(_PREFACE.sub("", f"{name}-"), _LONGEST_NAME)


def unlike(stem: str, existing: Collection[str]) -> str:
    """Give a file name that is not among the existing ones: `stem.md`, else `stem-2.md` and so on."""
    name, number = f"{stem}.md", 2
    while name in existing:
        name, number = f"{stem}-{number}.md", number + 1
    return name


def _recognised(
    draft: emit.Draft, document: _Document, rows: Sequence[RawRow], body: Source, sections: Sequence[Section]
) -> Recognised:
    timed = [row for row in rows if row.time]
    attendees = list(document.facts.values.get("people", ()))
    for section in sections:
        if plain_key(section.title) in PEOPLE:
            attendees += [" ".join(item.plain.split()) for block in section.blocks for item in block.find("item")]
    started = next((moment for moment in draft.times if moment[0] == "started"), None)
    return Recognised(
        len(rows), len(timed), "+".join(dict.fromkeys(row.shape for row in timed)), draft.actions,
        tuple(dict.fromkeys(attendees)), str(started[1]) if started else "", started[2] if started else "",
        tuple(dict.fromkeys(document.facts.keys)), draft.kind.word,
        draft.cause.word if draft.cause else "", draft.cause.cues if draft.cause else (),
    )  # fmt: skip
