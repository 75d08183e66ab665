"""Reads the cases of a rule file: `## Fires` and `## Silent`, with `==marked==` words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from failforward.errors import RuleFileError
from failforward.model.case import Case, Texts
from failforward.text.markdown import Node, parse
from failforward.text.sections import split
from failforward.text.source import Source, Span

_MARK = re.compile(r"==(?=\S)(.+?)(?<=\S)==", re.DOTALL)
_REWRITE = re.compile(r"\n\s*(instead|fix):\s*")


def read_texts(source: Source, start: int) -> Texts:
    """Read the body of a rule file, which begins at `start`; raises RuleFileError for an empty case."""
    found: dict[str, tuple[Case, ...]] = {}
    page: list[str] = []
    for section in split(parse(source.text, start)):
        name = section.key if section.level == 2 else ""
        if name in ("fires", "silent"):
            found[name] = tuple(case for block in section.blocks for case in _cases(source, block))
        else:
            page.append(source.slice(section.span).strip())
    return Texts(found.get("fires", ()), found.get("silent", ()), "\n\n".join(part for part in page if part))


def marked(text: str) -> tuple[str, tuple[Span, ...]]:
    """Take the `==` marks out of a text; give the text and the spans that were marked."""
    plain: list[str] = []
    spans: list[Span] = []
    length = last = 0
    for match in _MARK.finditer(text):
        plain += [text[last : match.start()], match[1]]
        length += match.start() - last
        spans.append(Span(length, length + len(match[1])))
        length += len(match[1])
        last = match.end()
    return "".join((*plain, text[last:])), tuple(spans)


def _cases(source: Source, block: Node) -> Iterator[Case]:
    """Give a fenced block as one case that is a whole review, a list as one case per item."""
    line = source.position(block.span.start).line
    if block.kind == "code-block":
        text, spans = marked("".join(child.detail for child in block.children))
        yield Case(text, spans, line, review=True)
    elif block.kind == "list":
        for item in block.children:
            raw = source.slice(item.span)
            lead = re.match(r"(?:[-*+]|\d+[.)])\s+", raw)
            if lead is None or lead.end() == len(raw):
                at = source.position(item.span.start).line
                raise RuleFileError(
                    "An empty case", path=source.path, line=at, remedy="Write a sentence after the dash."
                )
            raw = re.sub(r"\n +", "\n", raw[lead.end() :]).strip()
            sentence, *rest = _REWRITE.split(raw)
            text, spans = marked(sentence.replace("\n", " ").strip())
            offered = {name: " ".join(words.split()) for name, words in zip(rest[::2], rest[1::2], strict=True)}
            line = source.position(item.span.start).line
            yield Case(text, spans, line, False, offered.get("instead", ""), offered.get("fix", ""))
