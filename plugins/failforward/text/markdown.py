"""Markdown as a tree of nodes with exact positions, read by a CommonMark parser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any, NamedTuple

import pyromark

from failforward.text.options import OPTIONS
from failforward.text.source import ByteOffsets, Span, whole

_NAMES = {
    "Paragraph": "paragraph", "HtmlBlock": "html-block", "Item": "item", "TableHead": "table-head",
    "TableRow": "row", "TableCell": "cell", "Emphasis": "emphasis", "Strong": "strong",
    "Strikethrough": "strikethrough", "List": "list", "Table": "table", "BlockQuote": "quote",
    "CodeBlock": "code-block", "Link": "link", "Image": "image", "Heading": "heading",
    "FootnoteDefinition": "footnote",
}  # fmt: skip
_LEAVES = {
    "Text": "text", "Code": "code", "Html": "html", "InlineHtml": "html", "FootnoteReference": "footnote-mark",
    "TaskListMarker": "checkbox",
}  # fmt: skip


# What begins, ends or stands somewhere, and the bytes from which to which it does.
_Event = tuple[Any, Any]


class Node(NamedTuple):
    """A piece of Markdown.

    `kind` is `document`, `heading`, `paragraph`, `list`, `item`, `table`, `table-head`, `row`, `cell`, `quote`,
    `code-block`, `html-block`, `footnote`, `emphasis`, `strong`, `strikethrough`, `link`, `image`, `text`, `code`,
    `html`, `break`, `rule`, `checkbox` or `footnote-mark`. `detail` is a heading's level, a link's or image's target, a
    code block's language, a leaf's text, `ordered` for a numbered list.
    """

    kind: str
    span: Span
    detail: str = ""
    children: tuple[Node, ...] = ()

    def walk(self) -> Iterator[Node]:
        """Give this node and all below it, in the order of the text."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(reversed(node.children))

    def find(self, *kinds: str) -> Iterator[Node]:
        """Give the nodes of these kinds at or below this one, in the order of the text."""
        return (node for node in self.walk() if node.kind in kinds)

    @property
    def plain(self) -> str:
        """Give the words a reader sees: no marks, code kept, images as their alternative text."""
        parts: list[str] = []
        for node in self.walk():
            if node.kind in ("text", "code"):
                parts.append(node.detail)
            elif node.kind == "break":
                parts.append(" ")
            elif node.kind in ("paragraph", "item", "cell", "row", "heading", "code-block") and parts:
                parts.append("\n" if parts[-1] != "\n" else "")
        return "".join(parts).strip()


class Mark(NamedTuple):
    """A heading or link as an outline has it: its kind, level or target, words, span, and the place of its block."""

    kind: str
    detail: str
    plain: str
    span: Span
    place: int


class Document(Node):
    """A text of which `detail` is the whole and `span` what is read; nodes are made when they are asked for.

    Most of what reads a review asks for its headings and links alone, and of thousands of reviews the nodes would fill
    the memory: `let_go` drops them until somebody asks again.
    """

    @cached_property
    def _events(self) -> list[_Event]:
        text = self.detail[self.span.start :]
        try:
            return list(pyromark.events_with_range(text, options=OPTIONS))
        except UnicodeEncodeError:
            return list(pyromark.events_with_range(whole(text), options=OPTIONS))

    @cached_property
    def _character(self) -> Callable[[int], int]:
        return ByteOffsets(self.detail, self.span.start).character

    @cached_property
    def children(self) -> tuple[Node, ...]:
        """Give the blocks of the text."""
        return _blocks(self._events, self._character)

    @cached_property
    def outline(self) -> tuple[Mark, ...]:
        """Give the headings that stand in no other block, and all links and images, in the order of the text."""
        return tuple(_outline(self._events, self._character))

    def let_go(self) -> None:
        """Keep nothing of what was made of the text but its outline."""
        for made in ("_events", "_character", "children"):
            self.__dict__.pop(made, None)


def parse(text: str, start: int = 0) -> Document:
    """Read the Markdown of a text from a character on."""
    return Document("document", Span(start, len(text)), text)


def _blocks(events: list[_Event], character: Callable[[int], int]) -> tuple[Node, ...]:
    """Make the nodes of the parser's events."""
    stack: list[tuple[str, str, Span, list[Node]]] = []
    nodes: list[Node] = []
    for event, where in events:
        if isinstance(event, dict) and "End" in event:
            kind, detail, span, outer = stack.pop()
            outer.append(Node(kind, span, detail, tuple(nodes)))
            nodes = outer
            continue
        span = Span(character(where["start"]), character(where["end"]))
        if isinstance(event, str):
            nodes.append(Node("rule" if event == "Rule" else "break", span))
            continue
        ((name, value),) = event.items()
        if name == "Start":
            stack.append((*_opened(value), span, nodes))
            nodes = []
        else:
            nodes.append(Node(_LEAVES.get(name, "text"), span, str(value)))
    return tuple(nodes)


def _outline(events: list[_Event], character: Callable[[int], int]) -> Iterator[Mark]:
    """Give headings and links; this alone goes over each event of each review."""
    found: list[tuple[str, str, list[str], dict[str, int], int]] = []
    # The words of the heading and links that are open.
    said: list[list[str]] = []
    depth, blocks = 0, 0
    for event, where in events:
        if isinstance(event, str):
            blocks += not depth
            for words in said:
                words.append(" ")
        elif "Start" in event:
            blocks += not depth
            tag = event["Start"]
            if isinstance(tag, dict) and ("Link" in tag or "Image" in tag or ("Heading" in tag and not depth)):
                said.append([])
                found.append((*_opened(tag), said[-1], where, blocks - 1))
            depth += 1
        elif "End" in event:
            depth -= 1
            tag = event["End"]
            if said and (tag in ("Link", "Image") or (not depth and "Heading" in tag)):
                said.pop()
        elif said:
            ((name, value),) = event.items()
            for words in said if _LEAVES.get(name, "text") in ("text", "code") else ():
                words.append(str(value))
    for kind, detail, words, where, place in found:
        span = Span(character(where["start"]), character(where["end"]))
        yield Mark(kind, detail, "".join(words).strip(), span, place)


def _opened(tag: Any) -> tuple[str, str]:
    """Give a started tag's kind and detail."""
    if isinstance(tag, str):
        return _NAMES.get(tag, tag.lower()), ""
    ((name, data),) = tag.items()
    kind = _NAMES.get(name, name.lower())
    if kind == "heading":
        return kind, str(data["level"])[1:]
    if kind in ("link", "image"):
        return kind, str(data["dest_url"])
    if kind == "code-block":
        return kind, str(data["Fenced"]) if isinstance(data, dict) else ""
    if kind == "list":
        return kind, "ordered" if data is not None else ""
    return kind, str(data or "")
