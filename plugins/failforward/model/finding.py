"""Findings: what a check says of a place in a text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

from failforward.text.source import Span

Severity = Literal["error", "warning", "advice"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "advice")


class Fix(NamedTuple):
    """An exact rewrite that changes no meaning: `text` takes the place of `span` in the text as it is read."""

    span: Span
    text: str


class Problem(NamedTuple):
    """Something in a text that could not be read as meant: `kind` names the sort, `what` is said to people."""

    kind: str
    span: Span
    what: str
    instead: str
    fix: Fix | None = None


class Hit(NamedTuple):
    """What a check yields: a span and the words its rule's message may use.

    `values` fill the `{…}` of the rule's message and instead; `instead` and `severity` replace the rule's own.
    """

    span: Span
    values: Mapping[str, str] = {}
    message: str = ""
    instead: str = ""
    severity: Severity | None = None
    fix: Fix | None = None


class Finding(NamedTuple):
    """A finding as it is reported; lines and columns from 1, `end_column` exclusive, columns in characters.

    `fix` is the rewrite that `--fix` applies, where there is a safe one.
    """

    rule: str
    severity: Severity
    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    excerpt: str
    message: str
    instead: str
    fix: Fix | None = None

    @property
    def order(self) -> tuple[str, int, int, str]:
        """Give the key by which findings are sorted."""
        return (self.path, self.line, self.column, self.rule)
