"""Gives a rendered template its final shape: Markdown headings between blocks of HTML without a blank line.

Every site generator makes its table of contents from the headings and leaves the blocks as they are.
"""

from __future__ import annotations

import re

from markupsafe import Markup

from failforward.text.html import escape_markdown, one_line

# Templates cannot write these by accident: values that hold them lose them on their way in.
_HEADING = "\x0e"
_VERBATIM = "\x0f"
_INDENT = re.compile(r"[ \t]*\n[ \t\n]*")


def heading(level: int, title: str) -> Markup:
    """Give a mark that becomes a Markdown heading; the title is shown as it is, whatever it holds."""
    return Markup(f"\n{_HEADING}{'#' * min(max(level, 1), 6)} {escape_markdown(str(title))}\n")  # noqa: S704


def verbatim() -> Markup:
    """Give a mark in whose place a team's own Markdown is put."""
    return Markup(f"\n{_VERBATIM}\n")  # noqa: S704


def value(given: object) -> object:
    """Prepare what a template prints: one line, no control characters, nothing for None."""
    if given is None:
        return ""
    if isinstance(given, Markup):
        return given
    return one_line(given) if isinstance(given, str) else given


def finished(rendered: str, own_words: str = "") -> str:
    """Give the text of a page; `own_words` is Markdown that is put in as it stands."""
    text: list[str] = []
    block: list[str] = []
    for line in _INDENT.sub("\n", rendered).split("\n"):
        if not line:
            continue
        if line[0] in (_HEADING, _VERBATIM):
            text += [_closed(block), own_words.strip() if line[0] == _VERBATIM else line[1:]]
            block = []
        else:
            block.append(line)
    text.append(_closed(block))
    return "\n\n".join(part for part in text if part) + "\n"


def _closed(block: list[str]) -> str:
    """Join the lines of a block; braces that other tools take for templates are written as entities."""
    joined = "\n".join(block)
    return joined.replace("{{", "&#123;&#123;").replace("{%", "&#123;%").replace("{#", "&#123;#")
