"""Between our values and the protocol's: ranges, diagnostics, completions, symbols, actions."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from lsprotocol import types
from pygls.uris import from_fs_path

from failforward.errors import FailforwardError
from failforward.language_server.actions import Action
from failforward.language_server.completion import Offer
from failforward.language_server.desk import Document
from failforward.language_server.hover import Hover
from failforward.language_server.positions import Ruler, span_of
from failforward.language_server.symbols import Symbol
from failforward.model.finding import Finding
from failforward.text.source import Span

NAME = "failforward"
_RULES = "https://failforward.github.io/failforward/rules/"
_SEVERITIES = {
    "error": types.DiagnosticSeverity.Error,
    "warning": types.DiagnosticSeverity.Warning,
    "advice": types.DiagnosticSeverity.Information,
}
_CHOICES = {
    "field": types.CompletionItemKind.Field,
    "word": types.CompletionItemKind.EnumMember,
    "cause": types.CompletionItemKind.Reference,
    "review": types.CompletionItemKind.File,
    "section": types.CompletionItemKind.Module,
    "rule": types.CompletionItemKind.Reference,
}
_SYMBOLS = {
    "list": types.SymbolKind.Array,
    "cause": types.SymbolKind.Key,
    "experiment": types.SymbolKind.Object,
    "section": types.SymbolKind.String,
    "row": types.SymbolKind.Event,
}


def range_of(ruler: Ruler, span: Span) -> types.Range:
    """Give a span as a range."""
    return types.Range(types.Position(*ruler.position(span.start)), types.Position(*ruler.position(span.end)))


def span_in(ruler: Ruler, given: types.Range) -> Span:
    """Give a range as a span."""
    return Span(
        ruler.offset(given.start.line, given.start.character), ruler.offset(given.end.line, given.end.character)
    )


def diagnostic(document: Document, ruler: Ruler, finding: Finding) -> types.Diagnostic:
    """Give a finding; a shipped rule's code leads to its page."""
    rule = document.playbook.rule_by_id.get(finding.rule)
    page = None if rule is None or rule.house else types.CodeDescription(f"{_RULES}{finding.rule}/")
    return types.Diagnostic(
        range_of(ruler, span_of(finding, document.review.source)),
        finding.message + (f"\nInstead: {finding.instead}" if finding.instead else ""),
        severity=_SEVERITIES[finding.severity],
        code=finding.rule,
        code_description=page,
        source=NAME,
    )


def trouble(error: FailforwardError) -> types.Diagnostic:
    """Give what is wrong with settings or a rule, on its line."""
    line = max(error.line - 1, 0)
    place = types.Range(types.Position(line, 0), types.Position(line + 1, 0))
    message = error.message + (f"\nInstead: {error.remedy}" if error.remedy else "")
    return types.Diagnostic(place, message, severity=types.DiagnosticSeverity.Error, source=NAME)


def hover(found: Hover, ruler: Ruler) -> types.Hover:
    """Give a hover."""
    return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, found.text), range_of(ruler, found.span))


def completions(offers: Sequence[Offer], ruler: Ruler, *, snippets: bool) -> list[types.CompletionItem]:
    """Give completions in the order that they came in; `snippets` where the editor can place its cursor."""
    items: list[types.CompletionItem] = []
    for number, offer in enumerate(offers):
        filled = snippets and bool(offer.snippet)
        choice = offer.choice
        meaning = types.MarkupContent(types.MarkupKind.Markdown, choice.meaning) if choice.meaning else None
        items.append(
            types.CompletionItem(
                choice.text.strip(),
                kind=_CHOICES[choice.kind],
                detail=choice.detail or None,
                documentation=meaning,
                sort_text=f"{number:05}",
                filter_text=offer.text.strip() if choice.kind == "section" else choice.text,
                insert_text_format=types.InsertTextFormat.Snippet if filled else types.InsertTextFormat.PlainText,
                text_edit=types.TextEdit(range_of(ruler, offer.span), offer.snippet if filled else offer.text),
            )
        )
    return items


def symbol(found: Symbol, ruler: Ruler) -> types.DocumentSymbol:
    """Give an entry of the outline with those below it."""
    return types.DocumentSymbol(
        found.name,
        _SYMBOLS[found.kind],
        range_of(ruler, found.span),
        range_of(ruler, found.selection),
        detail=found.detail or None,
        children=[symbol(child, ruler) for child in found.children],
    )


def action(found: Action, document: Document, ruler: Ruler, uri: str) -> types.CodeAction:
    """Give a change as an edit of its text."""
    edit = types.TextEdit(range_of(ruler, found.edit.span), found.edit.text)
    return types.CodeAction(
        found.title,
        kind=types.CodeActionKind.QuickFix,
        diagnostics=[diagnostic(document, ruler, found.finding)],
        is_preferred=found.preferred or None,
        edit=types.WorkspaceEdit(changes={uri: [edit]}),
    )


def location(path: Path) -> types.Location:
    """Give the beginning of a file."""
    start = types.Position(0, 0)
    return types.Location(from_fs_path(str(path)) or path.as_uri(), types.Range(start, start))
