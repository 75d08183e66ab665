"""What does not hold of rules, as people and other programs read it. To add a format: a function, a line in FORMATS."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

from failforward.model.rule import Rule
from failforward.proof import Failure
from failforward.reports.github import command
from failforward.reports.run import visible


def text(failures: Sequence[Failure], rules: Sequence[Rule]) -> str:
    """Give a paragraph for each failure, then the counts."""
    lines: list[str] = []
    for failure in failures:
        lines.append(visible(f"{failure.path}:{failure.line}: {failure.what} [{failure.rule}]"))
        lines += [f"      {name:9} {visible(words)}" for name, words in _words(failure)]
        lines.append("")
    return "\n".join([*lines, in_words(failures, rules)]) + "\n"


def json_list(failures: Sequence[Failure], rules: Sequence[Rule]) -> str:
    """Give a list of objects."""
    found = [
        {"rule": each.rule, "path": each.path, "line": each.line, "what": each.what, "found": each.found,
         "expected": each.expected}
        for each in failures
    ]  # fmt: skip
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def github(failures: Sequence[Failure], rules: Sequence[Rule]) -> str:
    """Give annotations on the lines of the rule files, then the counts."""
    lines = []
    for failure in failures:
        properties = {"file": failure.path, "line": str(failure.line), "title": f"failforward: {failure.rule}"}
        said = "; ".join([failure.what, *(f"{name} {words}" for name, words in _words(failure))])
        lines.append(command("error", properties, said))
    return "\n".join([*lines, in_words(failures, rules)]) + "\n"


def in_words(failures: Sequence[Failure], rules: Sequence[Rule]) -> str:
    """Say how much was tried, and whether it holds."""
    cases = sum(len(rule.fires) + len(rule.silent) for rule in rules)
    tried = f"{len(rules)} rule{'s' * (len(rules) != 1)}, {cases} case{'s' * (cases != 1)}"
    if not failures:
        return f"{tried}: all hold."
    at = {(failure.path, failure.line) for failure in failures}
    return f"{tried}: {len(failures)} failure{'s' * (len(failures) != 1)} in {len(at)} place{'s' * (len(at) != 1)}."


def _words(failure: Failure) -> list[tuple[str, str]]:
    return [(name, words) for name, words in (("found:", failure.found), ("expected:", failure.expected)) if words]


FORMATS: dict[str, Callable[[Sequence[Failure], Sequence[Rule]], str]] = {
    "text": text,
    "json": json_list,
    "github": github,
}
