"""Words of a file in a report's Markdown: shown as they are, whatever they hold."""

from __future__ import annotations

import html

from failforward.reports.run import visible

_MARKS = {ord(mark): f"&#{ord(mark)};" for mark in "\\`*_[]|!~@#"}


def shown(text: str) -> str:
    """Give a text such that nothing in it is read as Markdown, HTML or a mention."""
    return html.escape(visible(text), quote=False).translate(_MARKS)
