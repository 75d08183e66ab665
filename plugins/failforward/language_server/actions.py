"""What a click can do about a finding: write the word it offers, keep the sentence with a reason, tie the cause."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from failforward.allowing import yaml_place
from failforward.front_matter import dump_scalar
from failforward.language_server.desk import Document
from failforward.language_server.positions import span_of
from failforward.model.finding import Finding
from failforward.text.source import Span

# The rules whose finding covers exactly the words that their `instead` replaces.
_DIRECT = frozenset(
    ("field-alias", "unknown-field", "unknown-word", "unknown-severity", "unknown-cause", "unknown-interaction",
     "time-without-offset", "wrong-form")
)  # fmt: skip
_SEVERAL = re.compile(r"Write (?:one|some) of ([\w./+-]+(?:, [\w./+-]+)*)\.")
_SINGLE = re.compile(r"Write (\[[^\[\]]+\]|[\w./+-]+?):?\.|Write ([\w./+-]+), or |Did it mean ([\w-]+)\?")
_ZONED = re.compile(r"Write (\d{4}-\d\d-\d\d[T ][\d:.]+Z) or ")
_LIMIT = 8
# What stands in the place of a word where none can be made of what was written.
_NO_WORD = "a-word"
# What an experiment says beside its id and cause.
_STUB = ("outcome:", "measure:", "kind:", "tasks: []", "owner:", "due:", "status: planned")


@dataclass(frozen=True, slots=True)
class Edit:
    """A text to be written over a span; nothing is replaced where the span is empty."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Action:
    """A change that is offered for a finding; `preferred` where it is the one that is meant."""

    title: str
    edit: Edit
    finding: Finding
    preferred: bool = False


def actions(document: Document, findings: Sequence[Finding], wanted: Span) -> Iterator[Action]:
    """Give the changes offered for the findings that touch a span."""
    for finding in findings:
        span = span_of(finding, document.review.source)
        if span.start > wanted.end or wanted.start > span.end:
            continue
        yield from _rewrites(finding, span)
        rule = document.playbook.rule_by_id.get(finding.rule)
        if rule and rule.kind == "wording":
            yield from _allow(document, finding, span)
        if finding.rule == "untied-cause":
            yield from _ties(document, finding, span)


def rewrites(finding: Finding) -> tuple[str, ...]:
    """Give the words that a finding offers in the place of those that it covers."""
    if finding.rule not in _DIRECT or finding.line != finding.end_line:
        return ()
    zoned = _ZONED.match(finding.instead)
    if zoned:
        return (zoned[1],)
    several = _SEVERAL.match(finding.instead)
    if several:
        return tuple(several[1].split(", "))
    single = _SINGLE.match(finding.instead)
    return (single[1] or single[2] or single[3],) if single else ()


def _rewrites(finding: Finding, span: Span) -> Iterator[Action]:
    words = [word for word in rewrites(finding)[:_LIMIT] if word != _NO_WORD]
    edits = [Edit(span, word) for word in words]
    if finding.fix:
        # What `check --fix` writes comes first, and alone where it says all.
        exact = Edit(finding.fix.span, finding.fix.text)
        edits = [exact, *(edit for edit in edits if edit != exact and len(words) > 1)]
    for number, edit in enumerate(edits):
        preferred = len(edits) == 1 or (finding.fix is not None and number == 0)
        yield Action(_title(edit.text), edit, finding, preferred)


def _title(text: str) -> str:
    shown = " ".join(text.split())
    return f"Write {shown[:60]}" if shown else "Take it out"


def _allow(document: Document, finding: Finding, span: Span) -> Iterator[Action]:
    """Offer a comment that keeps the sentence; the check asks for its reason until that is written."""
    body = document.review.body.tree.span.start
    title = f"allow {finding.rule}, with a reason"
    if document.review.path.endswith(".yml"):
        at, form = yaml_place(document.review.source, span)
        yield Action(f"Keep it: {title}", Edit(Span(at, at), form.format(f"{finding.rule}: ")), finding)
        return
    if span.start < body:
        edit = Edit(Span(body, body), f"<!-- allow-file {finding.rule}:  -->\n")
        yield Action(f"Keep it in this file: {title}", edit, finding)
        return
    edit = _beside(document, span, f"<!-- allow {finding.rule}:  -->")
    yield Action(f"Keep the sentence: {title}", edit, finding)


def _beside(document: Document, span: Span, comment: str) -> Edit:
    """Give the place of a comment: a line of its own before a paragraph, else the end of the line's words."""
    text, tree = document.text, document.review.body.tree
    index = next((at for at, node in enumerate(tree.children) if node.span.start <= span.start < node.span.end), 0)
    paragraph = tree.children[index]
    # A comment before everything else would speak for the whole file.
    if paragraph.kind == "paragraph" and (index or tree.span.start):
        start = text.rfind("\n", 0, paragraph.span.start) + 1
        return Edit(Span(start, start), comment + "\n")
    end = text.find("\n", span.end)
    end = len(text) if end < 0 else end
    start = text.rfind("\n", 0, end) + 1
    words = text[start:end].rstrip()
    # In a table the comment stands in the last cell.
    bar = words.endswith("|") and words.count("|") > 1
    at = start + len(words[:-1].rstrip() if bar else words)
    return Edit(Span(at, at), f" {comment}")


def _ties(document: Document, finding: Finding, span: Span) -> Iterator[Action]:
    """Offer an experiment against a cause that nothing answers, or its acceptance."""
    review = document.review
    for index, entry in enumerate(review.causes):
        if review.where("causes", index, "cause").start == span.start and entry.cause:
            cause = dump_scalar(entry.cause)
            name = _free(f"against-{entry.cause}", {experiment.id for experiment in review.experiments})
            edit = _appended(document, "experiments", [f"id: {dump_scalar(name)}", f"cause: {cause}", *_STUB])
            if edit:
                yield Action(f"Add an experiment against {entry.cause}", edit, finding, preferred=True)
            edit = _appended(document, "accepted", [f"cause: {cause}", "because:"])
            if edit:
                yield Action(f"Accept {entry.cause} with a reason", edit, finding)
            return


def _free(name: str, taken: set[str]) -> str:
    number = 1
    while (name if number == 1 else f"{name}-{number}") in taken:
        number += 1
    return name if number == 1 else f"{name}-{number}"


def _appended(document: Document, name: str, lines: Sequence[str]) -> Edit | None:
    """Give the edit that adds an entry to a list of the front matter; None where the list is written in brackets."""
    review, text = document.review, document.text
    span = review.spans.get((name,))
    if span is None:
        return _new_list(document, name, lines)
    value = text[span.start : span.end]
    if re.fullmatch(r"\[\s*\]", value):
        return Edit(Span(len(text[: span.start].rstrip(" ")), span.end), "\n" + _entry("  ", lines).rstrip("\n"))
    if not value.startswith("-"):
        return None
    line = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.end)
    at = len(text) if end < 0 else end + 1
    return Edit(Span(at, at), _entry(text[line : span.start], lines))


def _new_list(document: Document, name: str, lines: Sequence[str]) -> Edit | None:
    """Give the edit that begins a list: under its name where that stands alone, else at the end of the front matter."""
    review, text = document.review, document.text
    key = review.key_spans.get((name,))
    if key:
        end = text.find("\n", key.end)
        at = len(text) if end < 0 else end + 1
        return Edit(Span(at, at), _entry("  ", lines))
    body = review.body.tree.span.start
    at = text.rfind("\n", 0, max(body - 1, 0)) + 1
    return Edit(Span(at, at), f"{name}:\n" + _entry("  ", lines)) if at else None


def _entry(indent: str, lines: Sequence[str]) -> str:
    first, *rest = lines
    return "".join([f"{indent}- {first}\n", *(f"{indent}  {line}\n" for line in rest)])
