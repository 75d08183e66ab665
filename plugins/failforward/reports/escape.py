"""Words of a file in a report's Markdown: shown as they are, whatever they hold."""

from __future__ import annotations

import html

from failforward.reports.run import visible


def shown(text: str) -> str:
    """Give a text such that nothing in it is read as Markdown, HTML or a mention."""
    escaped = html.escape(visible(text), quote=False)
    for mark in "\\`*_[]|!~@#":
        escaped = escaped.replace(mark, f"&#{ord(mark)};")
    return escaped
