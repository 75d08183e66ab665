"""Comments that keep a finding: `<!-- allow rule-name: reason -->`, and what is wrong with some of them.

A comment at the end of a line speaks for that line, one alone on its line for the block below it, one before everything
else (or written `allow-file`) for the whole file. It may name several rules, with commas between them. In YAML it is
written `# allow rule-name: reason`, and alone on its line speaks for the field or entry below it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from failforward import front_matter
from failforward.checks.kind import Kind, Scope
from failforward.front_matter import Value
from failforward.model.finding import Hit
from failforward.model.rule import Rule
from failforward.text.markdown import Node, parse
from failforward.text.source import Source, Span

if TYPE_CHECKING:
    from failforward.model.review import Review

Found = tuple[Rule, Hit]
# A reason ends before the next comment begins, so that comments that are never closed cost no more than their length.
_COMMENT = re.compile(
    r"<!--\s{0,8}allow(?P<file>-file)?(?=[\s:])(?P<names>[^:>]{0,400})"
    r"(?::(?P<reason>(?:[^<-]|-(?!->)|<(?!!--))*))?-->"
)
_NAME = re.compile(r"[\w-]+")
_YAML_COMMENT = re.compile(
    r"(?:^|(?<=\s))#\s{0,8}allow(?P<file>-file)?\s+(?P<names>[\w-]+(?:, ?[\w-]+){0,40})[ \t]*(?::(?P<reason>.*))?$",
    re.MULTILINE,
)


class Allowance(NamedTuple):
    """One rule that a comment allows: where the name stands, what it covers, and whether a reason is given."""

    rule: str
    span: Span
    covers: Span
    reasoned: bool


def apply(
    source: Source, body_start: int, found: Iterable[Found], rules: Sequence[Rule], known: Collection[str]
) -> Iterator[Found]:
    """Give the hits that no comment allows, and then what is wrong with the comments.

    `body_start` is where the front matter ends. `rules` are those that looked, `known` the ids of all there are: a
    comment on a rule that did not look is no news.
    """
    allowances = read_allowances(source, body_start)
    if not allowances:
        yield from found
        return
    used: set[Allowance] = set()
    for rule, hit in found:
        here = [each for each in allowances if each.rule == rule.id and _covers(each.covers, hit.span)]
        used.update(here)
        if not here:
            yield rule, hit
    judges = {rule.word("test"): rule for rule in rules if rule.kind == "allow"}
    looked = {rule.id for rule in rules}
    for each in allowances:
        values = {"rule": each.rule}
        if not each.reasoned and "reason" in judges:
            yield judges["reason"], Hit(each.span, values)
        if "used" in judges and each not in used and (each.rule in looked or each.rule not in known):
            unknown = "" if each.rule in known else "“{rule}” is no rule, so this comment allows nothing"
            yield judges["used"], Hit(each.span, values, message=unknown)


def read_allowances(source: Source, body_start: int = 0) -> tuple[Allowance, ...]:
    """Give what the comments of a text allow, in the order of the text; code that shows such a comment is none."""
    if "allow" not in source.text:
        return ()
    if source.path.endswith(".yml"):
        return tuple(_of_yaml(source, len(source.text)))
    found = list(_of_yaml(source, body_start))
    if "<!--" in source.text:
        tree = parse(source.text, body_start)
        found += _of_children(source, tree, tree)
    return tuple(found)


def _of_yaml(source: Source, end: int) -> Iterator[Allowance]:
    """Give what comments of the front matter, or of a file that is all YAML, allow; a text that holds one is none."""
    comments = [match for match in _YAML_COMMENT.finditer(source.text, 0, end) if _meant(match)]
    if not comments:
        return
    whole = end == len(source.text)
    values = front_matter.read_value(source.text)[0] if whole else front_matter.read(source).values
    texts = list(_texts(values)) if values else []
    for comment in comments:
        at = comment.start()
        if not any(span.start <= at < span.end for span in texts):
            reach = Span(0, len(source.text)) if comment["file"] else _below(source, at)
            yield from _named(comment, reach)


def _texts(value: Value) -> Iterator[Span]:
    """Give where the texts of a value stand."""
    if isinstance(value, front_matter.Scalar):
        yield value.span
    elif isinstance(value, front_matter.Sequence):
        for item in value.items:
            yield from _texts(item)
    else:
        for _, item in value.entries:
            yield from _texts(item)


def _meant(comment: re.Match[str]) -> bool:
    """Tell a comment about a rule from one that only begins with the word."""
    return comment["reason"] is not None or "-" in comment["names"]


def _below(source: Source, at: int) -> Span:
    """Give the line of a comment; where it stands alone, the line below and those that are indented deeper."""
    number = source.position(at).line
    start = source.line_start(number)
    if source.text[start:at].strip():
        return Span(start, start + len(source.line(number)))
    lines = source.text[start:].split("\n")
    first = next((index for index, line in enumerate(lines) if _content(line)), 0)
    depth = len(lines[first]) - len(lines[first].lstrip())
    last = first + 1
    while last < len(lines) and (not lines[last].strip() or len(lines[last]) - len(lines[last].lstrip()) > depth):
        last += 1
    begin = source.line_start(number + first)
    return Span(begin, begin + len("\n".join(lines[first:last])))


def _content(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")


def _of_children(source: Source, parent: Node, tree: Node) -> Iterator[Allowance]:
    for index, node in enumerate(parent.children):
        if node.kind == "html-block":
            following = next((later for later in parent.children[index + 1 :] if later.kind != "html-block"), None)
            first = parent is tree and all(
                earlier.kind in ("html-block", "rule") for earlier in parent.children[:index]
            )
            whole = (
                Span(0, len(source.text))
                if first
                else (following.span if following else Span(node.span.end, node.span.end))
            )
            yield from _of_comment(source, node.span, whole)
        elif node.kind == "html":
            number = source.position(node.span.start).line
            start = source.line_start(number)
            yield from _of_comment(source, node.span, Span(start, start + len(source.line(number))))
        else:
            yield from _of_children(source, node, tree)


def _of_comment(source: Source, where: Span, covers: Span) -> Iterator[Allowance]:
    for comment in _COMMENT.finditer(source.text, where.start, where.end):
        yield from _named(comment, Span(0, len(source.text)) if comment["file"] else covers)


def _named(comment: re.Match[str], reach: Span) -> Iterator[Allowance]:
    reasoned = bool((comment["reason"] or "").strip())
    for name in _NAME.finditer(comment["names"]):
        start = comment.start("names") + name.start()
        yield Allowance(name.group(), Span(start, start + len(name.group())), reach, reasoned)


def _covers(covers: Span, span: Span) -> bool:
    return covers.start <= span.start < covers.end or covers.start < span.end <= covers.end


def run(_rules: Sequence[Rule], _review: Review, _scope: Scope) -> Iterator[Found]:
    """Give nothing: comments are judged after all other rules, by `apply`."""
    return iter(())


KIND = Kind(("test",), run, ("used", "reason"))
