"""From a playbook to findings: which rules apply, how severe they are, and what they find."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from failforward.checks import CHECKS
from failforward.checks.kind import Scope
from failforward.errors import ArgumentError, SettingError
from failforward.model.finding import Finding, Hit, Problem, Severity
from failforward.model.rule import STATUSES, Rule
from failforward.text.source import Source

if TYPE_CHECKING:
    from failforward.model.playbook import Playbook
    from failforward.model.review import Review
    from failforward.model.rulebook import Rulebook, RuleSettings

_STRICTER: dict[Severity, Severity] = {"advice": "warning", "warning": "error", "error": "error"}
_PLACE = re.compile(r"\{(\w+)\}")
_EXCERPT = 120


def lint(
    playbook: Playbook,
    today: date,
    *,
    paths: Collection[str] | None = None,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
) -> list[Finding]:
    """Check the reviews of a playbook; findings come sorted by path, line and column.

    `paths` limits the findings to some files (everything else still counts as context); `select` and `ignore` name
    rules. Raises ArgumentError or SettingError for a rule that does not exist.
    """
    rules = active_rules(playbook, select, ignore)
    names = [review.path for review in playbook.reviews if paths is None or review.path in paths]
    findings = findings_of(playbook, rules, today, names)
    findings += other_findings(playbook, rules, today, paths)
    return sorted(findings, key=lambda finding: finding.order)


def findings_of(playbook: Playbook, rules: Sequence[Rule], today: date, names: Sequence[str]) -> list[Finding]:
    """Give what the rules find in the reviews at some paths, unsorted."""
    scope = Scope(playbook, today)
    by_path = playbook.review_by_path
    return [each for name in names for each in review_findings(by_path[name], rules, scope)]


def other_findings(
    playbook: Playbook, rules: Sequence[Rule], today: date, paths: Collection[str] | None = None
) -> Iterator[Finding]:
    """Give what the rules find in causes, the register and what could not be read, unsorted."""
    for name, source in playbook.own_texts.items():
        if paths is None or name in paths:
            yield from page_findings(source, rules, playbook)
    yield from problem_findings(playbook, rules, today, paths)


def active_rules(rulebook: Rulebook, select: Sequence[str] = (), ignore: Sequence[str] = ()) -> tuple[Rule, ...]:
    """Give the rules that are on."""
    known = rulebook.rule_by_id
    for name in (*select, *ignore):
        if name not in known:
            raise ArgumentError(f"“{name}” is no rule", remedy=_nearest(name, known))
    settings = rulebook.settings
    written = [(settings.rules, settings.rule_lines), *((each.rules, each.rule_lines) for each in settings.paths)]
    for names, lines in written:
        for name in names:
            if name not in known:
                what, remedy = f"rules: “{name}” is no rule", _nearest(name, known)
                raise SettingError(what, path=settings.path, line=lines.get(name, 0), remedy=remedy)
    somewhere = {name for each in settings.paths for name, level in each.rules.items() if level != "off"}
    off = {name for name, level in settings.rules.items() if level == "off"} - somewhere
    chosen = set(select) or (set(known) - off)
    return tuple(rule for rule in rulebook.rules if rule.id in chosen - set(ignore))


def _here(rules: Sequence[Rule], rulebook: Rulebook, settings: RuleSettings) -> Sequence[Rule]:
    """Give the rules that are on for a file, whose settings these are."""
    if not rulebook.settings.paths:
        return rules
    return [rule for rule in rules if settings.rules.get(rule.id) != "off"]


def _nearest(name: str, known: Collection[str]) -> str:
    import difflib

    close = difflib.get_close_matches(name, known, 1, 0.6)
    return f"Did it mean {close[0]}?" if close else "`failforward rules` lists them."


def review_findings(review: Review, rules: Sequence[Rule], scope: Scope) -> Iterator[Finding]:
    """Give what the rules find in one review, unsorted."""
    playbook = scope.playbook
    settings = playbook.settings_at(review.path)
    rules = _here(rules, playbook, settings)
    by_kind: dict[str, list[Rule]] = {}
    for rule in rules:
        by_kind.setdefault(rule.kind, []).append(rule)
    found = (pair for kind, members in by_kind.items() for pair in CHECKS[kind].run(members, review, scope))
    path, start = playbook.prefix + review.path, review.body.tree.span.start
    yield from _judged(found, review.source, start, review.status, rules, playbook, path, settings)


def wording_findings(source: Source, rules: Sequence[Rule], rulebook: Rulebook) -> Iterator[Finding]:
    """Give what the wording rules find in any Markdown, unsorted; its sections and fields are not looked at.

    Of the front matter only the status counts, where it has one.
    """
    from failforward.checks.wording import ready

    settings = rulebook.settings_at(source.path)
    rules = _here(rules, rulebook, settings)
    wording = ready(rules, rulebook)
    hits = tuple(wording.of_source(source))
    if not hits and not has_comments(source.text):
        return
    status, start = _head(source)
    yield from _judged(hits, source, start, status, rules, rulebook, source.path, settings)


def page_findings(source: Source, rules: Sequence[Rule], playbook: Playbook) -> Iterator[Finding]:
    """Give what the wording rules find in a cause or the register of risks, unsorted."""
    from failforward.checks.wording import ready

    settings = playbook.settings_at(source.path)
    rules = _here(rules, playbook, settings)
    wording = ready(rules, playbook)
    start = 0
    if not source.path.endswith(".yml"):
        from failforward import front_matter

        start = front_matter.read(source).body_start
    path = playbook.prefix + source.path
    yield from _judged(wording.of_page(source), source, start, "", rules, playbook, path, settings)


def _head(source: Source) -> tuple[str, int]:
    """Give the status that the front matter of a text names, if any, and where its body begins."""
    if not source.text.startswith("---"):
        return "", 0
    from failforward import front_matter

    front = front_matter.read(source)
    status = front.values.get("status") if front.values else None
    word = status.text if isinstance(status, front_matter.Scalar) else ""
    return word if word in STATUSES else "", front.body_start


def _judged(
    found: Iterable[tuple[Rule, Hit]], source: Source, start: int, status: str, rules: Sequence[Rule],
    rulebook: Rulebook, path: str, settings: RuleSettings,
) -> Iterator[Finding]:  # fmt: skip
    """Give as findings what no comment allows; the body begins at `start`. A draft never gets an error."""
    if has_comments(source.text):
        from failforward.checks import allow

        found = allow.apply(source, start, found, rules, rulebook.rule_by_id)
    for rule, hit in found:
        severity = _severity(rule, status or "reviewed", settings)
        if severity:
            severity = hit.severity or severity
            milder = severity == "error" and status == "draft"
            yield finding(rule, hit, "warning" if milder else severity, source, path)


def has_comments(text: str) -> bool:
    """Tell whether a text may hold comments that allow something."""
    return "<!--" in text or "# allow" in text or "# Allow" in text


def _severity(rule: Rule, status: str, settings: RuleSettings) -> Severity | None:
    """Give a rule's severity at a status, as the settings and then the preset bend it."""
    severity = rule.severities.get(status)
    level = settings.rules.get(rule.id)
    if severity is None or level == "off":
        return None
    if level:
        return level  # type: ignore[return-value]
    if settings.preset == "strict" and status != "draft":
        return _STRICTER[severity]
    return "warning" if settings.preset == "relaxed" and severity == "error" else severity


def finding(rule: Rule, hit: Hit, severity: Severity, source: Source, path: str) -> Finding:
    """Lay a hit out as a finding."""
    text = source.text[hit.span.start : hit.span.end]
    trimmed = text.rstrip()
    start, end = source.position(hit.span.start), source.position(hit.span.start + len(trimmed))
    excerpt = " ".join(trimmed.split())
    excerpt = excerpt if len(excerpt) <= _EXCERPT else excerpt[: _EXCERPT - 1] + "…"
    values = {"match": excerpt, **hit.values}
    return Finding(
        rule.id, severity, path, start.line, start.column, end.line, end.column, excerpt,
        _filled(hit.message or rule.message, values), _filled(hit.instead or rule.instead, values), hit.fix,
    )  # fmt: skip


def _filled(template: str, values: Mapping[str, str]) -> str:
    """Put values into the `{…}` of a rule's text; a place without a value stays as it is."""
    return _PLACE.sub(lambda match: values.get(match[1], match.group()), template) if "{" in template else template


def problem_findings(
    playbook: Playbook, rules: Sequence[Rule], today: date, paths: Collection[str] | None = None
) -> Iterator[Finding]:
    """Give what could not be read in causes and other files that are no reviews."""
    problems = (*playbook.problems, *_of_register(playbook, today))
    yield from unread_findings([each for each in problems if paths is None or each[0].path in paths], rules, playbook)


def unread_findings(
    problems: Iterable[tuple[Source, Problem]], rules: Sequence[Rule], rulebook: Rulebook
) -> Iterator[Finding]:
    """Give as findings what could not be read."""
    by_problem = {problem: rule for rule in rules if rule.kind == "reading" for problem in rule.words("problem")}
    for source, problem in problems:
        rule = by_problem.get(problem.kind)
        severity = _severity(rule, "reviewed", rulebook.settings_at(source.path)) if rule else None
        if rule and severity:
            yield finding(rule, _hit(problem), severity, source, rulebook.prefix + source.path)


def _of_register(playbook: Playbook, today: date) -> Iterator[tuple[Source, Problem]]:
    if playbook.register:
        from failforward.checks.risks import of_register

        yield from ((playbook.register.source, problem) for problem in of_register(playbook, today))


def _hit(problem: Problem) -> Hit:
    return Hit(problem.span, {"what": problem.what}, instead=problem.instead, fix=problem.fix)
