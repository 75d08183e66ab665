"""Comments that keep a finding: `<!-- allow rule-name: reason -->`, and what is wrong with some of them.

A comment at the end of a line speaks for that line, at the end of a paragraph or of an item's words for all of these,
alone on its line for the block below it, before everything else (or written `allow-file`) for the whole file. It may
name several rules, with commas between them. In YAML it is written `# allow rule-name: reason`, and alone on its line
speaks for the field or entry below it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from failforward import front_matter
from failforward.checks.kind import Kind, Scope
from failforward.front_matter import Value
from failforward.model.finding import Hit
from failforward.model.rule import Rule
from failforward.text.lines import Lines
from failforward.text.markdown import Node, parse
from failforward.text.source import Source, Span
from failforward.text.stretches import Stretches

if TYPE_CHECKING:
    from failforward.model.review import Review

Found = tuple[Rule, Hit]
# A reason ends before the next comment begins, so that comments that are never closed cost no more than their length.
_COMMENT = re.compile(
    r"<!--\s{0,8}(?P<word>(?i:allow(?P<file>-file)?))(?=[\s:])(?P<names>[^:>]{0,400})"
    r"(?::(?P<reason>(?:[^<-]|-(?!->)|<(?!!--))*))?-->"
)
# What a paragraph is made of; an item holds the same, and then blocks.
_INLINE = frozenset(
    ("text", "code", "html", "break", "emphasis", "strong", "strikethrough", "link", "image", "checkbox",
     "footnote-mark")
)  # fmt: skip
_NAMELESS = "Write the rule's name behind “allow”, and the reason after a colon."
_NAME = re.compile(r"[\w-]+")
_LIST = r"[\w-]+(?:, ?[\w-]+){0,40}"
_LISTED = re.compile(rf"\s*{_LIST}\s*")
_YAML_COMMENT = re.compile(
    r"(?:^|(?<=\s))#\s{0,8}(?P<word>(?i:allow(?P<file>-file)?))"
    rf"(?:\s+(?P<names>{_LIST})|(?=:))[ \t]*(?::(?P<reason>.*))?$",
    re.MULTILINE,
)


class Allowance(NamedTuple):
    """One rule that a comment allows: where the name stands, what it covers, and whether a reason is given.

    Of a comment that names none, `rule` is empty. One that may be a remark, since it begins with a capital, is not
    `sure`: it counts where there is a rule of the name.
    """

    rule: str
    span: Span
    covers: Span
    reasoned: bool
    sure: bool = True


def apply(
    source: Source, body_start: int, found: Iterable[Found], rules: Sequence[Rule], known: Collection[str]
) -> Iterator[Found]:
    """Give the hits that no comment allows, and then what is wrong with the comments.

    `body_start` is where the front matter ends. `rules` are those that looked, `known` the ids of all there are: a
    comment on a rule that did not look is no news.
    """
    allowances = [each for each in read_allowances(source, body_start) if each.sure or each.rule in known]
    if not allowances:
        yield from found
        return
    reach = {rule: Stretches(each.covers for each in some) for rule, some in _by_rule(allowances).items()}
    stands: dict[str, list[int]] = {}
    for rule, hit in found:
        # It is enough that the first or the last of its words is covered.
        ends = (hit.span.start, hit.span.end - 1)
        if rule.id in reach:
            stands.setdefault(rule.id, []).extend(ends)
        if rule.id not in reach or not any(reach[rule.id].hold(end) for end in ends):
            yield rule, hit
    yield from _judged(allowances, {name: sorted(ends) for name, ends in stands.items()}, rules, known)


def _judged(
    allowances: Sequence[Allowance], stands: Mapping[str, list[int]], rules: Sequence[Rule], known: Collection[str]
) -> Iterator[Found]:
    """Give what is wrong with comments; `stands` gives, by rule, where the hits begin and end, in order."""
    judges = {rule.word("test"): rule for rule in rules if rule.kind == "allow"}
    looked = {rule.id for rule in rules}
    for each in allowances:
        values = {"rule": each.rule}
        if not each.rule:
            nameless = "This comment names no rule, so it allows nothing"
            if "used" in judges:
                yield judges["used"], Hit(each.span, message=nameless, instead=_NAMELESS)
            continue
        if not each.reasoned and "reason" in judges:
            yield judges["reason"], Hit(each.span, values)
        asked = "used" in judges and (each.rule in looked or each.rule not in known)
        if asked and not _any_within(stands.get(each.rule, []), each.covers):
            unknown = "" if each.rule in known else "“{rule}” is no rule, so this comment allows nothing"
            yield judges["used"], Hit(each.span, values, message=unknown)


def _by_rule(allowances: Iterable[Allowance]) -> Mapping[str, list[Allowance]]:
    by_rule: dict[str, list[Allowance]] = {}
    for each in allowances:
        by_rule.setdefault(each.rule, []).append(each)
    return by_rule


def _any_within(places: Sequence[int], covers: Span) -> bool:
    """Tell whether any of some places, which are in order, lies in a span."""
    index = bisect_left(places, covers.start)
    return index < len(places) and places[index] < covers.end


def read_allowances(source: Source, body_start: int = 0) -> tuple[Allowance, ...]:
    """Give what the comments of a text allow, in the order of the text; code that shows such a comment is none."""
    if "allow" not in source.text.lower():
        return ()
    if source.path.endswith(".yml"):
        return tuple(_of_yaml(source, len(source.text)))
    found = list(_of_yaml(source, body_start))
    if "<!--" in source.text:
        found += _of_tree(source, parse(source.text, body_start))
    return tuple(found)


def _of_yaml(source: Source, end: int) -> Iterator[Allowance]:
    """Give what comments of the front matter, or of a file that is all YAML, allow; a text that holds one is none."""
    comments = [match for match in _YAML_COMMENT.finditer(source.text, 0, end) if _meant(match)]
    if not comments:
        return
    whole = end == len(source.text)
    values = front_matter.read_value(source.text)[0] if whole else front_matter.read(source).values
    texts = Stretches(_texts(values) if values else ())
    lines = Lines(source)
    for comment in comments:
        if not texts.hold(comment.start()):
            reach = Span(0, len(source.text)) if comment["file"] else lines.meant(comment.start())
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
    return comment["reason"] is not None or "-" in (comment["names"] or "")


def _of_tree(source: Source, tree: Node) -> Iterator[Allowance]:
    """Give what the comments in Markdown allow, in the order of the text."""
    stack = list(reversed(_comments(source, tree, whole=True)))
    while stack:
        node, covers = stack.pop()
        if covers is None:
            stack += reversed(_comments(source, node))
        else:
            yield from _of_comment(source, node.span, covers)


def _comments(source: Source, parent: Node, *, whole: bool = False) -> list[tuple[Node, Span | None]]:
    """Give what stands in a node: HTML with what a comment in it covers, all else with None.

    Where a comment may speak for the `whole` file, it does before everything else.
    """
    found: list[tuple[Node, Span | None]] = []
    below: Span | None = None
    closed = _closed(source, parent) if parent.kind in ("paragraph", "item") else {}
    for node in reversed(parent.children):
        if node.kind == "html-block":
            found.append((node, below or Span(node.span.end, node.span.end)))
            continue
        found.append((node, closed.get(node.span, _line_of(source, node)) if node.kind == "html" else None))
        below = node.span
    found.reverse()
    for index, (node, _) in enumerate(found if whole else ()):
        if node.kind == "html-block":
            found[index] = (node, Span(0, len(source.text)))
        elif node.kind != "rule":
            break
    return found


def _closed(source: Source, parent: Node) -> Mapping[Span, Span]:
    """Give the HTML behind which a paragraph, or the words of an item, have no more words: its span → that of them."""
    found: dict[Span, Span] = {}
    for inline, group in groupby(parent.children, lambda node: node.kind in _INLINE):
        nodes = list(group) if inline else []
        for node in reversed(nodes):
            if node.kind == "html":
                found[node.span] = Span(_line_of(source, nodes[0]).start, nodes[-1].span.end)
            elif node.kind != "break" and (node.kind != "text" or node.detail.strip()):
                break
    return found


def _line_of(source: Source, node: Node) -> Span:
    return source.line_span(source.position(node.span.start).line)


def _of_comment(source: Source, where: Span, covers: Span) -> Iterator[Allowance]:
    for comment in _COMMENT.finditer(source.text, where.start, where.end):
        yield from _named(comment, Span(0, len(source.text)) if comment["file"] else covers)


def _named(comment: re.Match[str], reach: Span) -> Iterator[Allowance]:
    small, reason = comment["word"].islower(), comment["reason"]
    names = list(_NAME.finditer(comment["names"] or ""))
    if not small and not (names and _LISTED.fullmatch(comment["names"])):
        return
    reasoned = bool((reason or "").strip())
    for name in names:
        start = comment.start("names") + name.start()
        sure = small or ("-" in name.group() and reason is not None)
        yield Allowance(name.group(), Span(start, start + len(name.group())), reach, reasoned, sure)
    if not names:
        yield Allowance("", Span(*comment.span("word")), reach, reasoned)


def run(_rules: Sequence[Rule], _review: Review, _scope: Scope) -> Iterator[Found]:
    """Give nothing: comments are judged after all other rules, by `apply`."""
    return iter(())


KIND = Kind(("test",), run, ("used", "reason"))
