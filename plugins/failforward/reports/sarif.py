"""Findings as SARIF 2.1.0, for code scanning."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from failforward import __version__
from failforward.model.finding import Finding
from failforward.model.rule import Rule
from failforward.reports.run import Run

_LEVELS = {"error": "error", "warning": "warning", "advice": "note"}
# GitHub's code scanning takes no more results than this in one run.
MOST = 25_000


def render(findings: Sequence[Finding], run: Run) -> str:
    """Give one SARIF log with one run."""
    places = {rule.id: index for index, rule in enumerate(run.rules)}
    seen: Counter[str] = Counter()
    results = [_result(finding, places, seen) | _fixes(finding, run) for finding in findings[:MOST]]
    driver = {
        "name": "failforward",
        "version": __version__,
        "informationUri": "https://github.com/failforward/failforward",
        "rules": [_rule(rule) for rule in run.rules],
    }
    log = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}],
    }
    return json.dumps(log, ensure_ascii=False, indent=1) + "\n"


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "name": "".join(word.capitalize() for word in rule.id.split("-")),
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.message},
        "help": {"text": rule.page or rule.message, "markdown": rule.page or rule.message},
        "defaultConfiguration": {"level": _LEVELS[rule.worst]},
        "properties": {"tags": [rule.kind]},
    }


def _result(finding: Finding, places: dict[str, int], seen: Counter[str]) -> dict[str, Any]:
    message = finding.message + (f"\nInstead: {finding.instead}" if finding.instead else "")
    region = {
        "startLine": finding.line, "startColumn": finding.column,
        "endLine": finding.end_line, "endColumn": finding.end_column,
    }  # fmt: skip
    # The same sentence keeps its fingerprint when lines move; a second one of the same words gets another.
    words = f"{finding.rule}\0{finding.path}\0{finding.excerpt}"
    seen[words] += 1
    digest = hashlib.sha256(f"{words}\0{seen[words]}".encode(errors="replace")).hexdigest()[:32]
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "level": _LEVELS[finding.severity],
        "message": {"text": message},
        "locations": [
            {"physicalLocation": {"artifactLocation": {"uri": quote(finding.path, errors="replace")}, "region": region}}
        ],
        "partialFingerprints": {"failforward/v1": digest},
    }
    if finding.rule in places:
        result["ruleIndex"] = places[finding.rule]
    return result


def _fixes(finding: Finding, run: Run) -> dict[str, Any]:
    source = run.sources.get(finding.path)
    if finding.fix is None or source is None:
        return {}
    start, end = source.position(finding.fix.span.start), source.position(finding.fix.span.end)
    region = {"startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column}
    replacement = {"deletedRegion": region, "insertedContent": {"text": finding.fix.text}}
    artifact = {"uri": quote(finding.path, errors="replace")}
    change = {"artifactLocation": artifact, "replacements": [replacement]}
    return {"fixes": [{"description": {"text": finding.instead or finding.message}, "artifactChanges": [change]}]}
