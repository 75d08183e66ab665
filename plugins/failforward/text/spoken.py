"""What of a text is spoken by its author: addresses, templates and quotations give way, MkDocs admonitions open up."""

from __future__ import annotations

import re
from functools import cache

# Stands in a sentence for what is no prose: a code span, an address, a quotation.
OBJECT = "\ufffc"
_ADMONITION = r'^( *)(!!! |\?\?\?\+? |===\+? (?="))(.*)$'
# Each alternative is bounded, so that a hostile text costs linear time, and begins with a character where it can, as
# these are looked for far faster.
_ADDRESSES = r"\b[a-z][a-z0-9+.-]{1,20}://[^\s<>]+|\bwww\.[^\s<>]+|[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]+"
_TEMPLATES = r"\{[{%:#.][^{}\n]{0,300}\}{1,2}|<%[^%\n]{0,300}%>"
# A straight mark behind a digit tells inches, and one with a blank behind it opens nothing.
_QUOTED = (
    r"\"(?<!\d\")(?=\S)[^\"]{1,600}\"|“[^“”]{1,600}”|„[^„“”]{1,600}[“”]|«[^«»]{1,600}»"
    r"|'(?<![\w'’]')(?=\S)[^'\n]{1,300}?(?<=\S)'(?![\w'])|‘[^‘’]{1,300}’(?!\w)"
)
# What must be there for each of the three to be found; to look for them all in every block would take far longer.
_TEMPLATE_SIGN = re.compile(r"\{[{%:#.]|<%")
_APOSTROPHE_SIGN = re.compile(r"'(?<![\w'’]')")


@cache
def _no_prose(addresses: bool, templates: bool, quoted: bool) -> re.Pattern[str]:
    kinds = ((addresses, _ADDRESSES), (templates, _TEMPLATES), (quoted, _QUOTED))
    return re.compile("|".join(kind for wanted, kind in kinds if wanted))


def spoken(text: str, *, quotations: bool = False) -> str:
    """Put `OBJECT` and spaces in the place of what is no prose, keeping every other character where it is."""
    addresses = "@" in text or "://" in text or "www." in text
    templates = ("{" in text or "<%" in text) and _TEMPLATE_SIGN.search(text) is not None
    quoted = not quotations and _quotes(text)
    if not (addresses or templates or quoted):
        return text
    return _no_prose(addresses, templates, quoted).sub(lambda match: OBJECT + " " * (len(match.group()) - 1), text)


def _quotes(text: str) -> bool:
    # One after the other: that takes a third of what an expression or a loop takes.
    if '"' in text or "“" in text or "„" in text or "«" in text or "‘" in text:
        return True
    return "'" in text and _APOSTROPHE_SIGN.search(text) is not None


def opened(text: str) -> str:
    """Turn MkDocs admonitions and tabs into list items of the same length, whose bodies a CommonMark parser reads."""
    if "!!!" not in text and "???" not in text and '=== "' not in text:
        return text
    return re.sub(_ADMONITION, _as_item, text, flags=re.MULTILINE)


def _as_item(match: re.Match[str]) -> str:
    """Give an item whose content begins in the fifth column, with the title's words where they were."""
    indent, mark, rest = match.groups()
    title = rest.find('"')
    words = rest[title + 1 :].rstrip().removesuffix('"') if title >= 0 else ""
    filler = "." * (len(mark) - 4 + (title + 1 if title >= 0 else len(rest)))
    line = f"{indent}-   {filler}{words}"
    return line + "." * (len(match.group()) - len(line))
