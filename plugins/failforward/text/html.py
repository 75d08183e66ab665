"""Safe HTML out of Markdown that anybody may have written: rendered, sanitised, and in one line.

One line, because a blank line ends an HTML block in Markdown: what stands here passes through every site generator as
it is. Addresses may only be relative, http, https or mailto; a picture from another host becomes a link to it, so that
a page asks no host but its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import nh3
import pyromark

from failforward.text.code import CODE_CLASSES, highlighted
from failforward.text.markdown import parse
from failforward.text.options import OPTIONS

_TAGS = frozenset(
    "a abbr b bdi bdo blockquote br caption cite code dd del details dfn div dl dt em figcaption figure h4 h5 h6 hr i"
    " img ins kbd li mark ol p pre q rp rt ruby s samp small span strong sub summary sup table tbody td tfoot th thead"
    " time tr u ul var wbr".split()
)
# Tags that only group or style: they go without a word, what they hold stays. Any other <word> was meant as text.
_DROPPED = frozenset(
    "article aside big body center col colgroup font footer h1 h2 h3 header hgroup html main nav picture section source"
    " strike tt".split()
)
_KNOWN = _TAGS | _DROPPED
_ATTRIBUTES = {
    "a": {"href", "title"}, "img": {"src", "alt", "title", "width", "height"}, "ol": {"start"}, "time": {"datetime"},
    "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"}, "abbr": {"title"}, "details": {"open"},
}  # fmt: skip
_CLASSES = {
    "div": {"highlight", "no-copy", "ff-footnote"}, "pre": {"mermaid"}, "span": set(CODE_CLASSES),
}  # fmt: skip

_TAG = re.compile(r"<(?=/?([a-zA-Z][^\s/>]*))")
_DECLARATION = re.compile(r"<(?=[?!](?!--)|!--(?!.*?-->))", re.DOTALL)
_HEADING = re.compile(r"(</?h)[123]\b")
_CHECKBOX = re.compile(r'<input disabled="" type="checkbox"( checked="")?/?>\s*')
_FOOTNOTE = re.compile(r'<sup class="footnote-reference"><a href="[^"]*">(.*?)</a></sup>')
_NOTE = re.compile(r'<div class="footnote-definition"[^>]*><sup[^>]*>(.*?)</sup>\s*<p>')
_ALERT = re.compile(r'<blockquote class="markdown-alert-(\w+)">')
_PICTURE = re.compile(r'(<a\b)|(</a>)|<img\b((?:[^>"]|"[^"]*")*)>')
_PLACELESS = re.compile(r"<a>(.*?)</a>", re.DOTALL)
_PRE = re.compile(r"(<pre\b.*?</pre>)", re.DOTALL)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_FOOTNOTE_MARK = re.compile(r"\[\^([^\]\s]+)\](?!:)")
# Characters that every Markdown reader lets a backslash speak for; the others are written as entities.
_BACKSLASHED = {character: "\\" + character for character in "\\`*_[]#"}
_SPECIAL = re.compile(r"[\\`*_\[\]#<>&{}|~^$]")

_markdown = pyromark.Markdown(options=OPTIONS, highlight=highlighted)


class SafeHtml:
    """Renders the Markdown of one document.

    `resolve` rewrites relative addresses, or gives None for those that must go. `whole` is the document that the pieces
    are taken from: its link definitions and footnotes hold for each of them.
    """

    def __init__(self, resolve: Callable[[str], str | None], whole: str = "") -> None:
        """Make a sanitiser for the addresses of one document."""
        self._links, self._footnotes = _definitions(whole) if "]:" in whole else ("", {})
        self._cleaner = nh3.Cleaner(
            tags=set(_TAGS), attributes=_ATTRIBUTES, allowed_classes=_CLASSES, link_rel=None,
            url_schemes={"http", "https", "mailto"},
            url_relative=lambda url: None if url.startswith(("//", "\\")) else resolve(url),
            set_tag_attribute_values={"img": {"loading": "lazy"}},
        )  # fmt: skip

    def block(self, markdown: str) -> str:
        """Render Markdown as blocks, in one line."""
        html = _prepared(_markdown.html(_CONTROL.sub("", self._with_definitions(markdown))))
        return _one_line(_finished(self._cleaner.clean(html)))

    def inline(self, markdown: str) -> str:
        """Render Markdown; a single paragraph comes without its tags."""
        html = self.block(markdown)
        single = html.startswith("<p>") and html.endswith("</p>") and html.count("<p>") == 1
        return html[3:-4] if single else html

    def _with_definitions(self, markdown: str) -> str:
        """Put the definitions behind a piece of the document that it may refer to."""
        if "[" not in markdown or not (self._links or self._footnotes):
            return markdown
        used = dict.fromkeys(_FOOTNOTE_MARK.findall(markdown)) if self._footnotes else {}
        notes = [self._footnotes[name] for name in used if name in self._footnotes and f"[^{name}]:" not in markdown]
        return "\n\n".join((markdown, *notes, self._links))


def _definitions(whole: str) -> tuple[str, dict[str, str]]:
    """Give a document's link definitions as Markdown, and its footnotes by name."""
    links = pyromark.reference_definitions(whole, options=OPTIONS)
    lines = "\n".join(f"[{name}]: <{link['dest']}>" for name, link in links.items())
    notes = parse(whole).find("footnote") if "[^" in whole else ()
    return lines, {note.detail: whole[note.span.start : note.span.end].strip() for note in notes}


def escape_markdown(text: str) -> str:
    """Give plain text so that a Markdown heading shows it as it is."""
    text = " ".join(_CONTROL.sub("", text).split())
    return _SPECIAL.sub(lambda match: _BACKSLASHED.get(match[0]) or f"&#{ord(match[0])};", text)


def one_line(text: str) -> str:
    """Give text without control characters and with single spaces for line ends; it is not escaped."""
    return _CONTROL.sub("", text).replace("\n", " ")


def _prepared(html: str) -> str:
    """Turn into plain text and links what the sanitiser would silently take away."""
    if "<input" in html:
        html = _CHECKBOX.sub(lambda match: "☑ " if match[1] else "☐ ", html)
    if 'class="' in html:
        html = _FOOTNOTE.sub(r"<sup>\1</sup>", html)
        html = _NOTE.sub(r'<div class="ff-footnote"><p><sup>\1</sup> ', html)
        html = _ALERT.sub(lambda match: f"<blockquote><p><strong>{match[1].capitalize()}</strong></p>", html)
    if "<!" in html or "<?" in html:
        html = _DECLARATION.sub("&lt;", html)
    html = _HEADING.sub(r"\g<1>4", html)
    return _TAG.sub(lambda match: "<" if match[1].lower() in _KNOWN else "&lt;", html)


def _with_pictures(html: str) -> str:
    """Give pictures alternative text; one on another host becomes a link, inside of a link its words."""
    within = False

    def replaced(match: re.Match[str]) -> str:
        nonlocal within
        if match[1] or match[2]:
            within = bool(match[1])
            return match[0]
        source = re.search(r'\ssrc="(https?:[^"]*)"', match[3], re.IGNORECASE)
        words = re.search(r'\salt="([^"]*)"', match[3])
        if source is None:
            return match[0] if words else f'<img alt=""{match[3]}>'
        text = _as_text(words[1] if words else "") or source[1]
        return text if within else f'<a href="{source[1]}">{text}</a>'

    return _PICTURE.sub(replaced, html)


def _as_text(text: str) -> str:
    """Give the value of a sanitised attribute so that it may stand as text."""
    return text.replace("<", "&lt;").replace(">", "&gt;")


def _finished(html: str) -> str:
    """Make tables scroll in a frame that a keyboard reaches."""
    if "<a>" in html:
        html = _PLACELESS.sub(r"\1", html)
    html = html.replace(' class=""', "")
    if "<img" in html:
        html = _with_pictures(html)
    if "<table" not in html:
        return html
    html = re.sub(r"<table[^>]*>", '<div class="ff-scroll" tabindex="0"><table class="ff-table">', html)
    return html.replace("</table>", "</table></div>").replace("<th>", '<th scope="col">')


def _one_line(html: str) -> str:
    if "\n" not in html:
        return html
    if "<pre" not in html:
        return " ".join(html.split())
    parts = _PRE.split(html)
    return "".join(
        part.strip().replace("\n", "&#10;") if part.startswith("<pre") else " ".join(part.split()) for part in parts
    )
