"""What of a text is spoken by its author: addresses, templates and quotations give way, MkDocs admonitions open up."""

from __future__ import annotations

import re

# Stands in a sentence for what is no prose: a code span, an address, a quotation.
OBJECT = "\ufffc"
_ADMONITION = re.compile(r'^( *)(!!! |\?\?\?\+? |===\+? (?="))(.*)$', re.MULTILINE)
# Each alternative is bounded, so that a hostile text costs linear time.
_ADDRESSES = r"\b[a-z][a-z0-9+.-]{1,20}://[^\s<>]+|\bwww\.[^\s<>]+|[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]+"
_TEMPLATES = r"\{[{%:#.][^{}\n]{0,300}\}{1,2}|<%[^%\n]{0,300}%>"
_QUOTED = (
    r"\"[^\"]{1,600}\"|“[^“”]{1,600}”|„[^„“”]{1,600}[“”]|«[^«»]{1,600}»"
    r"|(?<![\w'’])'(?=\S)[^'\n]{1,300}?(?<=\S)'(?![\w'])|‘[^‘’]{1,300}’(?!\w)"
)
_NO_PROSE = re.compile(f"{_ADDRESSES}|{_TEMPLATES}")
_NO_PROSE_QUIET = re.compile(f"{_ADDRESSES}|{_TEMPLATES}|{_QUOTED}")
_SIGNS = re.compile(r"""["“„«'‘{@]|://|www\.|<%""")


def spoken(text: str, *, quotations: bool = False) -> str:
    """Put `OBJECT` and spaces in the place of what is no prose, keeping every other character where it is."""
    if not _SIGNS.search(text):
        return text
    pattern = _NO_PROSE if quotations else _NO_PROSE_QUIET
    return pattern.sub(lambda match: OBJECT + " " * (len(match.group()) - 1), text)


def opened(text: str) -> str:
    """Turn MkDocs admonitions and tabs into list items of the same length, whose bodies a CommonMark parser reads."""
    if "!!!" not in text and "???" not in text and '=== "' not in text:
        return text
    return _ADMONITION.sub(_as_item, text)


def _as_item(match: re.Match[str]) -> str:
    """Give an item whose content begins in the fifth column, with the title's words where they were."""
    indent, mark, rest = match.groups()
    title = rest.find('"')
    words = rest[title + 1 :].rstrip().removesuffix('"') if title >= 0 else ""
    filler = "." * (len(mark) - 4 + (title + 1 if title >= 0 else len(rest)))
    line = f"{indent}-   {filler}{words}"
    return line + "." * (len(match.group()) - len(line))
