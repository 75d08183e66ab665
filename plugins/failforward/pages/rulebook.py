"""The rulebook: what is asked of a review, why, and what to write instead."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markupsafe import Markup, escape

from failforward.model.case import Case
from failforward.model.finding import SEVERITIES
from failforward.model.rule import STATUSES, Rule
from failforward.pages.causes import passages
from failforward.pages.page import Page
from failforward.pages.site import Here, Site

_KINDS = {
    "wording": "Wording", "sections": "Sections", "fields": "Fields", "causes": "Causes", "experiments": "Experiments",
    "timeline": "Timeline", "times": "Times", "people": "People", "evidence": "Evidence", "links": "Links",
    "reading": "Reading the file",
}  # fmt: skip
_ADDRESS = re.compile(r"https?://[^\s<>]+")


def pages(site: Site) -> Iterator[Page]:
    """Make the list of rules and a page for each."""
    kinds: dict[str, list[Rule]] = {}
    for rule in site.playbook.rules:
        kinds.setdefault(rule.kind, []).append(rule)
    order = sorted(kinds, key=lambda kind: (list(_KINDS).index(kind) if kind in _KINDS else 99, kind))
    levels = site.playbook.settings.rules
    values = {
        "kinds": [(_KINDS.get(kind, kind.capitalize()), kinds[kind]) for kind in order],
        "levels": levels,
        "total": len(site.playbook.rules),
        "severities": [word for word in SEVERITIES if any(rule.worst == word for rule in site.playbook.rules)],
    }
    yield site.page("rules/index.md", "rules.md.j2", values, title="Rules", search=False)
    for rule in site.playbook.rules:
        yield _rule(site, rule)


def _rule(site: Site, rule: Rule) -> Page:
    path = site.names["rules"][rule.id]
    here = Here(site, path)
    values = {
        "rule": rule,
        "kind": _KINDS.get(rule.kind, rule.kind.capitalize()),
        "level": site.playbook.settings.rules.get(rule.id, ""),
        "elsewhere": [
            (each.pattern, each.rules[rule.id]) for each in site.playbook.settings.paths if rule.id in each.rules
        ],
        "severities": [(status, rule.severities.get(status, "off")) for status in STATUSES],
        "message": with_places(rule.message),
        "instead": with_places(rule.instead),
        "passages": passages(here, rule.page, path),
        "fires": [(case, marked(case)) for case in rule.fires],
        "silent": [(case, marked(case)) for case in rule.silent],
        "sources": [here.inline(_ADDRESS.sub(r"<\g<0>>", source)) for source in rule.sources],
    }
    source = path if path in site.playbook.files else ""
    return site.page(path, "rule.md.j2", values, title=rule.title, source=source, description=rule.message)


def with_places(text: str) -> Markup:
    """Give a message with its `{…}` places set off; the words that were found are the sentence's own, so dots."""
    parts = re.split(r"(\{\w+\})", text.replace("{match}", "…"))
    return Markup("").join(
        Markup("<var>{}</var>").format(part[1:-1]) if place % 2 else escape(part) for place, part in enumerate(parts)
    )


def marked(case: Case) -> Markup:
    """Give a case's text with the places marked that a rule must find; line ends survive as entities."""
    parts: list[Markup] = []
    last = 0
    for span in case.spans:
        parts.append(escape(case.text[last : span.start]))
        parts.append(Markup("<mark>{}</mark>").format(case.text[span.start : span.end]))
        last = span.end
    parts.append(escape(case.text[last:]))
    return Markup("".join(parts).strip("\n").replace("\n", "&#10;" if case.review else " "))  # noqa: S704 - escaped
