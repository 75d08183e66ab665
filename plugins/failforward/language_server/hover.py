"""Hover: a finding's rule, what a cause means, which review an id names, what a field is for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from failforward.language_server.cursor import fields_at
from failforward.language_server.desk import Document
from failforward.language_server.positions import span_of
from failforward.language_server.references import Reference, reference_at
from failforward.model.finding import Finding
from failforward.model.moment import Moment
from failforward.model.review import Review
from failforward.model.rule import Rule
from failforward.text.source import Span

_SHOWN_CASES = 3


@dataclass(frozen=True, slots=True)
class Hover:
    """What is shown, as Markdown, and the words that it is about."""

    text: str
    span: Span


def hover(document: Document, findings: Sequence[Finding], offset: int) -> Hover | None:
    """Give what is known of the words at an offset; None where that is nothing."""
    parts: list[str] = []
    spans: list[Span] = []
    for text, span in (*_references(document, offset), *_findings(document, findings, offset)):
        parts.append(text)
        spans.append(span)
    if not parts:
        return _field(document, offset)
    return Hover("\n\n---\n\n".join(dict.fromkeys(parts)), min(spans, key=lambda span: span.end - span.start))


def _references(document: Document, offset: int) -> Iterator[tuple[str, Span]]:
    reference = reference_at(document, offset)
    if reference:
        text = described(document, reference)
        if text:
            yield text, reference.span


def described(document: Document, reference: Reference) -> str:
    """Say what a cause's, review's or rule's id stands for; nothing where it names none."""
    playbook = document.playbook
    if reference.kind == "cause":
        cause = playbook.cause_by_id.get(reference.id)
        if cause is None:
            return ""
        group = playbook.settings.groups.get(cause.group, cause.group)
        others = sum(cause.id in review.cause_ids for review in playbook.reviews if review.path != document.review.path)
        count = f"\n\nIn {others} other review{'s' if others > 1 else ''}." if others else ""
        return f"**{cause.title}**" + (f" · {group}" if group else "") + f"\n\n{cause.summary}{count}"
    if reference.kind == "review":
        review = playbook.review_by_id.get(reference.id)
        return _review(review) if review else ""
    rule = playbook.rule_by_id.get(reference.id)
    return rule_text(rule) if rule else ""


def _review(review: Review) -> str:
    day = review.started if isinstance(review.started, Moment) else review.day
    facts = [review.kind, review.status, str(day or "")]
    return f"**{review.title or review.id}**\n\n{' · '.join(fact for fact in facts if fact)}"


def _findings(document: Document, findings: Sequence[Finding], offset: int) -> Iterator[tuple[str, Span]]:
    for finding in findings:
        span = span_of(finding, document.review.source)
        rule = document.playbook.rule_by_id.get(finding.rule)
        if rule and span.start <= offset <= span.end:
            yield rule_text(rule, finding), span


def rule_text(rule: Rule, finding: Finding | None = None) -> str:
    """Give a rule's page, short enough for a hover: what it says, why, what to write instead, some rewrites."""
    lines = [f"**{rule.title}** · `{rule.id}` · {finding.severity if finding else rule.worst}"]
    lines.append(finding.message if finding else rule.message)
    if finding and finding.instead:
        lines.append(f"Instead: {finding.instead}")
    lines.append(rule.page)
    cases = [case for case in rule.fires if case.instead and not case.review][:_SHOWN_CASES]
    if cases:
        lines.append("## For example\n\n" + "\n".join(f"- {case.text}  \n  Instead: {case.instead}" for case in cases))
    return "\n\n".join(line for line in lines if line)


def _field(document: Document, offset: int) -> Hover | None:
    """Say what a field of the front matter is for, where its name stands."""
    for path, span in document.review.key_spans.items():
        if span.start <= offset <= span.end:
            field = fields_at(tuple(part for part in path if isinstance(part, str)))
            if field:
                words = f"\n\nOne of {', '.join(f'`{word}`' for word in field.vocabulary)}." if field.vocabulary else ""
                return Hover(f"**{field.name}**\n\n{field.doc}.{words}", span)
    return None
