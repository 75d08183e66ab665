"""Gives an old document's chapters the place and the title that they have in a review; the order of the text stays."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from failforward.importers.outline import Chapter
from failforward.importers.synonyms import part_of
from failforward.importers.words import words
from failforward.model.sections import PART_BY_ID
from failforward.reviews.times import leading_time
from failforward.text.sections import title_key

# Parts that stand inside another part, and the one they stand in.
_INNER = {part.id: part.under for part in PART_BY_ID.values() if part.under}
_LONGEST_SUMMARY = 150


def arrange(preamble: str, chapters: Sequence[Chapter]) -> tuple[str, tuple[Chapter, ...]]:
    """Arrange a document as a review: parts named and nested, a short preamble made the summary."""
    chapters = _with_times_inside(chapters)
    chapters = _with_hidden_timeline(_named(chapters))
    chapters = tuple(_risen(chapters))
    for inner, outer in _INNER.items():
        chapters = _under(chapters, inner, outer)
    return _summarised(preamble, chapters)


def _with_times_inside(chapters: Sequence[Chapter]) -> tuple[Chapter, ...]:
    """Move headings that are dates or times, and follow a timeline on its own level, into the timeline."""
    kept: list[Chapter] = []
    for chapter in chapters:
        chapter = replace(chapter, children=_with_times_inside(chapter.children))
        if kept and part_of(kept[-1].title)[0] == "timeline" and _timed(chapter.title):
            kept[-1] = replace(kept[-1], children=(*kept[-1].children, chapter))
        else:
            kept.append(chapter)
    return tuple(kept)


def _timed(title: str) -> bool:
    return leading_time(title.lstrip("*_`~[{( ")) is not None


def _named(chapters: Sequence[Chapter]) -> tuple[Chapter, ...]:
    """Give each part's title to the chapter whose heading stands for it most surely; one that recurs stays as it is."""
    best: dict[str, tuple[int, str]] = {}
    seen: dict[str, int] = {}
    for chapter in (inner for outer in chapters for inner in outer.walk()):
        part, rank = part_of(chapter.title)
        if part:
            key = title_key(chapter.title)
            seen[key] = seen.get(key, 0) + 1
            if part not in best or rank < best[part][0]:
                best[part] = (rank, key)
    chosen = {part: key for part, (_, key) in best.items() if seen[key] == 1 or part == "timeline"}

    def name(chapter: Chapter) -> Chapter:
        part, _ = part_of(chapter.title)
        if part and chosen.get(part) == title_key(chapter.title):
            del chosen[part]
            chapter = _as_part(chapter, part)
        return replace(chapter, children=tuple(name(child) for child in chapter.children))

    return tuple(name(chapter) for chapter in chapters)


def _with_hidden_timeline(chapters: tuple[Chapter, ...]) -> tuple[Chapter, ...]:
    """Give a document without a timeline the one under another heading, where nearly all lines have a time."""
    if any(inner.part == "timeline" for chapter in chapters for inner in chapter.walk()):
        return chapters
    found = next((chapter for chapter in chapters if _all_timed(chapter.text)), None)
    if found is None:
        return chapters
    if found.part:
        inner = Chapter(PART_BY_ID["timeline"].title, found.text, "timeline")
        made = replace(found, text="", children=(inner, *found.children))
    else:
        made = _as_part(found, "timeline")
    return tuple(made if chapter is found else chapter for chapter in chapters)


def _all_timed(text: str) -> bool:
    lines = [line for line in text.split("\n") if line.strip()]
    timed = sum(leading_time(line.lstrip(" \t-*+|`_[(~")) is not None for line in lines)
    return timed >= 3 and timed * 4 >= len(lines) * 3


def _as_part(chapter: Chapter, part: str) -> Chapter:
    """Give a chapter a part's title, and keep what the old heading said in brackets ("Timeline (UTC)")."""
    title = PART_BY_ID[part].title
    if title_key(title) == title_key(chapter.title):
        return replace(chapter, part=part)
    aside = chapter.title[chapter.title.find("(") :] if "(" in chapter.title and part == "timeline" else ""
    new = f"{title} {aside}".strip()
    if not words(chapter.title) - words(new):
        return replace(chapter, part=part, title=new)
    return chapter.renamed(part, new)


def _risen(chapters: Iterable[Chapter]) -> Iterable[Chapter]:
    """Dissolve chapters that are no part of a review and hold one: the part rises, and what follows it rises too."""
    for chapter in chapters:
        children = tuple(_risen(chapter.children))
        if not any(child.part for child in children) or _holds(chapter, children):
            yield replace(chapter, children=children)
        elif chapter.text.strip() or chapter.part:
            yield replace(chapter, children=())
            yield from children
        else:
            first, *others = children
            yield replace(first, was=(*chapter.was, chapter.title, *first.was))
            yield from others


def _holds(chapter: Chapter, children: Iterable[Chapter]) -> bool:
    """Tell whether all parts among the children belong inside this chapter."""
    return bool(chapter.part) and all(not child.part or _INNER.get(child.part) == chapter.part for child in children)


def _under(chapters: tuple[Chapter, ...], inner: str, outer: str) -> tuple[Chapter, ...]:
    """Put a part into the part it belongs in, which is made where the document has none."""
    found = next((chapter for chapter in chapters if chapter.part == inner), None)
    if found is None:
        return chapters
    if not any(chapter.part == outer for chapter in chapters):
        made = Chapter(PART_BY_ID[outer].title, "", outer, (), (found,))
        return tuple(made if chapter is found else chapter for chapter in chapters)
    return tuple(
        replace(chapter, children=(*chapter.children, found)) if chapter.part == outer else chapter
        for chapter in chapters
        if chapter is not found
    )


def _summarised(preamble: str, chapters: tuple[Chapter, ...]) -> tuple[str, tuple[Chapter, ...]]:
    """Make a short text before the first heading the summary of a document that has none."""
    count = sum(words(preamble).values())
    if any(chapter.part == "in-short" for chapter in chapters) or not 8 <= count <= _LONGEST_SUMMARY or not chapters:
        return preamble, chapters
    return "", (Chapter(PART_BY_ID["in-short"].title, preamble, "in-short"), *chapters)
