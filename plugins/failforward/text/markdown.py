"""Markdown as a tree of nodes with exact positions, read by a CommonMark parser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pyromark

from failforward.text.source import ByteOffsets, Span, whole

OPTIONS = (
    pyromark.Options.ENABLE_TABLES
    | pyromark.Options.ENABLE_FOOTNOTES
    | pyromark.Options.ENABLE_STRIKETHROUGH
    | pyromark.Options.ENABLE_TASKLISTS
    | pyromark.Options.ENABLE_GFM
)

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


def parse(text: str, base: int = 0) -> Node:
    """Read Markdown into a tree whose spans are offset by `base` characters."""
    text = whole(text)
    offsets = ByteOffsets(text)
    character: Callable[[int], int] = offsets.character
    stack: list[tuple[str, str, Span, list[Node]]] = [("document", "", Span(base, base + len(text)), [])]
    for event, where in pyromark.events_with_range(text, options=OPTIONS):
        span = Span(base + character(where["start"]), base + character(where["end"]))
        if isinstance(event, str):
            stack[-1][3].append(Node("rule" if event == "Rule" else "break", span))
            continue
        ((name, value),) = event.items()
        if name == "Start":
            kind, detail = _opened(value)
            stack.append((kind, detail, span, []))
        elif name == "End":
            kind, detail, opened, children = stack.pop()
            stack[-1][3].append(Node(kind, opened, detail, tuple(children)))
        else:
            stack[-1][3].append(Node(_LEAVES.get(name, "text"), span, str(value)))
    kind, detail, span, children = stack[0]
    return Node(kind, span, detail, tuple(children))


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
