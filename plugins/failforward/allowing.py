"""Where the comments belong that keep findings of wording, so that what was written before can be adopted.

A comment stands on a line of its own before a paragraph or heading, else at the end of the words' line; what stands in
the front matter, or where no comment is read, is allowed for the whole file. In a file that is all YAML it stands above
the entry.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from failforward import front_matter
from failforward.checks.allow import read_allowances
from failforward.errors import ArgumentError
from failforward.model.finding import Finding, Fix
from failforward.text.markdown import Node, parse
from failforward.text.source import Source, Span

_LINE_TAIL = re.compile(r"(?:\s*\|)?\s*\\?\s*$")


def usable_reason(text: str) -> str:
    """Give a reason as a comment may hold it; raises ArgumentError for one that would end the comment, or for none."""
    reason = " ".join(text.split())
    if not reason or "--" in reason or reason.endswith("-") or "<!" in reason:
        remedy = "Write a few words without “--”, such as “written before we checked”."
        raise ArgumentError(f"--add-allow: “{text[:60]}” cannot be the reason in a comment", remedy=remedy)
    return reason


def comments(source: Source, findings: Iterable[Finding], reason: str) -> list[Fix]:
    """Give the insertions that allow some findings of wording in a text, each with the reason."""
    if source.path.endswith(".yml"):
        return _in_yaml(source, findings, reason)
    body = front_matter.read(source).body_start
    tree = parse(source.text, body)
    wanted: dict[tuple[int, str], set[str]] = {}
    whole: set[str] = set()
    for finding in findings:
        span = _span(source, finding)
        places = _places(source, tree, span)
        place = next((place for place in places if _works(source, body, place, finding.rule, span)), None)
        if place is None:
            whole.add(finding.rule)
        else:
            wanted.setdefault(place, set()).add(finding.rule)
    fixes = [_comment(at, form, rules, reason) for (at, form), rules in sorted(wanted.items())]
    return ([_comment(body, "<!-- allow-file {} -->\n", whole, reason)] if whole else []) + fixes


def _in_yaml(source: Source, findings: Iterable[Finding], reason: str) -> list[Fix]:
    """Give the insertions for a file that is all YAML: above the entry of a list, else at the beginning of the file."""
    wanted: dict[tuple[int, str], set[str]] = {}
    for finding in findings:
        wanted.setdefault(yaml_place(source, _span(source, finding)), set()).add(finding.rule)
    return [_comment(at, form, rules, reason) for (at, form), rules in sorted(wanted.items())]


def yaml_place(source: Source, span: Span) -> tuple[int, str]:
    """Give where a comment belongs that allows what stands at a place of YAML, and its form."""
    number = source.position(span.start).line
    while number and not source.line(number).startswith("- "):
        number -= 1
    return (source.line_start(number), "# allow {}\n") if number else (0, "# allow-file {}\n")


def _span(source: Source, finding: Finding) -> Span:
    start = source.line_start(finding.line) + finding.column - 1
    return Span(start, source.line_start(finding.end_line) + finding.end_column - 1)


def _places(source: Source, tree: Node, span: Span) -> Iterator[tuple[int, str]]:
    """Give the places where a comment may stand, best first: the offset, and what is inserted there."""
    index, block = next(
        ((index, node) for index, node in enumerate(tree.children) if node.span.start <= span.start < node.span.end),
        (0, None),
    )
    if block is None:
        return
    # Before everything else a comment would speak for the whole file.
    if index and block.kind in ("paragraph", "heading"):
        start = source.text.rfind("\n", 0, block.span.start) + 1
        yield start, "<!-- allow {} -->\n"
    line = source.position(span.start).line
    start = source.line_start(line)
    tail = _LINE_TAIL.search(source.line(line))
    yield start + (tail.start() if tail else len(source.line(line))), " <!-- allow {} -->"


def _works(source: Source, body: int, place: tuple[int, str], rule: str, span: Span) -> bool:
    """Tell whether a comment at a place is read as one, and covers the finding."""
    at, form = place
    text = form.format(f"{rule}: x")
    moved = span if at >= span.end else Span(span.start + len(text), span.end + len(text))
    tried = Source(source.path, source.text[:at] + text + source.text[at:])
    return any(
        each.rule == rule
        and (each.covers.start, each.covers.end) != (0, len(tried.text))
        and each.covers.start <= moved.start < each.covers.end
        for each in read_allowances(tried, body)
    )


def _comment(at: int, form: str, rules: Collection[str], reason: str) -> Fix:
    return Fix(Span(at, at), form.format(f"{', '.join(sorted(rules))}: {reason}"))
