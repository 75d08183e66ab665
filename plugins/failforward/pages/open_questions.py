"""What a draft does not hold yet, as questions for the half hour: each begins with “what” or “how”."""

from __future__ import annotations

import re
from collections.abc import Iterable

from failforward.model.finding import Finding
from failforward.model.sections import SECTIONS
from failforward.pages.alone import shortened

_QUOTED = re.compile(r"“(.*?)”")
_NAMED = re.compile(r"experiment (?!number \d)(\S+)")
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
    "diverged": "diverged", "assumptions": "diverged", "worked": "worked", "celebrated": "worked",
    "differently": "differently",
}  # fmt: skip
RULES = (*_QUESTIONS, *_UNWRITTEN)


def questions_of(findings: Iterable[Finding]) -> dict[str, tuple[str, ...]]:
    """Give part of the half hour → what is open in it, in the order of the rules, each once; titles come last."""
    found: dict[str, dict[str, None]] = {}
    unwritten: dict[str, dict[str, None]] = {}
    for finding in sorted(findings, key=lambda finding: (_order(finding.rule), finding.order)):
        title = _quoted(finding)
        if finding.rule in _UNWRITTEN:
            part = next((part for part in SECTIONS if part.title == title), None)
            if part and part.id in _BOX_OF:
                unwritten.setdefault(_BOX_OF[part.id], {})[f"“{title}”"] = None
        elif question := _question(finding):
            found.setdefault(_QUESTIONS[finding.rule][0], {})[question] = None
    for box, titles in unwritten.items():
        found.setdefault(box, {})[f"Still to be written: {', '.join(titles)}."] = None
    return {box: tuple(questions) for box, questions in found.items()}


def _question(finding: Finding) -> str:
    """Give the question behind a finding, nothing where it is about something that has no name yet."""
    question = _QUESTIONS[finding.rule][1] if finding.rule in _QUESTIONS else ""
    said, named = _DOC.search(finding.message), _NAMED.search(finding.message)
    name = named[1] if named else _quoted(finding) and f"“{_quoted(finding)}”"
    if "{name}" in question and not name:
        return ""
    doc = said[2] if said else "it"
    fields = said[1] if said else "what is missing"
    excerpt = shortened(finding.excerpt, 60)
    return question.format(name=name, excerpt=excerpt, doc=doc[:1].lower() + doc[1:], fields=fields)


def _quoted(finding: Finding) -> str:
    match = _QUOTED.search(finding.message)
    return match[1] if match else ""


def _order(rule: str) -> int:
    return RULES.index(rule) if rule in RULES else len(RULES)
