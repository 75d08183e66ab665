"""What a draft does not hold yet, as questions for the half hour: each begins with “what” or “how”."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from failforward.model.finding import Finding
from failforward.model.sections import SECTIONS

_QUOTED = re.compile(r"“(.*?)”")
_NAMED = re.compile(r"experiment (\S+)")
_DOC = re.compile(r"does not say (.*) \((.*)\)$")

# Rule → the part of the half hour that it belongs to, and the question; {name} is what the finding is about.
_QUESTIONS = {
    "missing-start": ("diverged", "What day and time did it begin?"),
    "missing-facts": ("diverged", "What shows {doc}?"),
    "timeline-without-rows": ("diverged", "What happened, in what order, and what shows the time of each step?"),
    "row-without-time": ("diverged", "What time belongs to the row “{excerpt}”?"),
    "missing-trigger": ("diverged", "What set it off?"),
    "no-cause": ("diverged", "What made this possible? What else had to be true?"),
    "single-cause": ("diverged", "{name} is the only cause so far. What else had to be true for this to happen?"),
    "unexplained-cause": ("diverged", "How did {name} contribute?"),
    "nothing-celebrated": ("worked", "What deserves to be celebrated?"),
    "untied-cause": ("differently", "What could change about {name}, or what speaks for living with it?"),
    "incomplete-experiment": ("differently", "What is to be agreed on for the experiment {name}: {fields}?"),
    "taskless-experiment": ("differently", "What are the small steps of the experiment {name}?"),
    "no-facilitator": ("opening", "What team that was not involved leads the half hour? (failforward rota)"),
    "no-outsider": ("opening", "What team from outside joins? (failforward rota)"),
}  # fmt: skip
_UNWRITTEN = ("missing-section", "empty-section", "template-words")
_BOX_OF = {
    "in-short": "closing", "expected": "expected", "happened": "diverged", "timeline": "diverged",
    "diverged": "diverged", "assumptions": "diverged", "worked": "worked", "celebrated": "worked", "lucky": "worked",
    "differently": "differently",
}  # fmt: skip
RULES = (*_QUESTIONS, *_UNWRITTEN)


def questions_of(findings: Iterable[Finding]) -> dict[str, tuple[str, ...]]:
    """Give part of the half hour → its open questions in the order of the rules, each once."""
    found: dict[str, dict[str, None]] = {}
    listed = sorted(findings, key=lambda finding: (_order(finding.rule), finding.order))
    for finding in listed:
        box, question = _question(finding)
        if box:
            found.setdefault(box, {})[question] = None
    return {box: tuple(questions) for box, questions in found.items()}


def _question(finding: Finding) -> tuple[str, str]:
    if finding.rule in _UNWRITTEN:
        return _section(finding, _quoted(finding))
    box, question = _QUESTIONS.get(finding.rule, ("", ""))
    said = _DOC.search(finding.message)
    named = _NAMED.search(finding.message)
    doc = said[2] if said else "it"
    return box, question.format(
        name=named[1] if named else f"“{_quoted(finding)}”", excerpt=finding.excerpt[:60],
        doc=doc[:1].lower() + doc[1:], fields=said[1] if said else "what is missing",
    )  # fmt: skip


def _section(finding: Finding, title: str) -> tuple[str, str]:
    part = next((part for part in SECTIONS if part.title == title), None)
    return (_BOX_OF.get(part.id, "closing"), f"“{title}” is still to be written.") if part else ("", "")


def _quoted(finding: Finding) -> str:
    match = _QUOTED.search(finding.message)
    return match[1] if match else ""


def _order(rule: str, rules: Sequence[str] = RULES) -> int:
    return rules.index(rule) if rule in rules else len(rules)
