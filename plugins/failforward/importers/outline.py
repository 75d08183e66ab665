"""A document as a tree of chapters whose own text is kept letter by letter; writing it gives Markdown again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from failforward.text.markdown import Node, parse


@dataclass(frozen=True, slots=True)
class Chapter:
    """A heading, the text under it up to the next heading, and the chapters below it.

    `title` is Markdown; `part` the part of a review it stands for; `was` what the heading said before it was renamed.
    """

    title: str
    text: str
    part: str = ""
    was: tuple[str, ...] = ()
    children: tuple[Chapter, ...] = ()

    def walk(self) -> Iterator[Chapter]:
        """Give this chapter and all below it, in the order of the text."""
        yield self
        for child in self.children:
            yield from child.walk()

    def renamed(self, part: str, title: str) -> Chapter:
        """Give this chapter as a part of a review, remembering its old heading."""
        return replace(self, title=title, part=part, was=(*self.was, self.title))


def read_outline(text: str) -> tuple[str, tuple[Chapter, ...]]:
    """Cut Markdown at its headings: what stands before the first one, and the chapters."""
    tree = parse(text)
    headings = [block for block in tree.children if block.kind == "heading"]
    if not headings:
        return text.strip("\n"), ()
    ends = [heading.span.start for heading in headings[1:]] + [len(text)]
    flat = [
        (int(heading.detail), Chapter(_raw(text, heading), text[heading.span.end : end].strip("\n")))
        for heading, end in zip(headings, ends, strict=True)
    ]
    return text[: headings[0].span.start].strip("\n"), tuple(_nested(flat))


def _raw(text: str, heading: Node) -> str:
    """Give a heading's Markdown without its marks, on one line."""
    if not heading.children:
        return ""
    inside = text[heading.children[0].span.start : heading.children[-1].span.end]
    return " ".join(inside.split())


def _nested(flat: Sequence[tuple[int, Chapter]]) -> list[Chapter]:
    chapters: list[Chapter] = []
    index = 0
    while index < len(flat):
        level, chapter = flat[index]
        end = index + 1
        while end < len(flat) and flat[end][0] > level:
            end += 1
        chapters.append(replace(chapter, children=tuple(_nested(flat[index + 1 : end]))))
        index = end
    return chapters


def write_outline(preamble: str, chapters: Iterable[Chapter]) -> str:
    """Write a preamble and chapters as Markdown; the outermost headings are of level two."""
    pieces = [preamble.strip("\n")] if preamble.strip() else []
    for chapter in chapters:
        pieces += _written(chapter, 2)
    return "\n\n".join(pieces) + "\n"


def _written(chapter: Chapter, level: int) -> Iterator[str]:
    if chapter.title:
        heading = f"{'#' * min(level, 6)} {chapter.title}"
        yield heading + (f"\n<!-- originally: {_comment(chapter.was)} -->" if chapter.was else "")
    if chapter.text.strip():
        yield chapter.text
    for child in chapter.children:
        yield from _written(child, level + 1)


def _comment(titles: Sequence[str]) -> str:
    """Give titles in a form that cannot end a comment."""
    text = " / ".join(title for title in titles if title)
    while "--" in text:
        text = text.replace("--", "-")
    return text.replace(">", "›")
