"""`failforward explain`."""

from __future__ import annotations

import difflib
import sys
from pathlib import Path

import click

from failforward import front_matter
from failforward.cli.options import playbook_option
from failforward.disk import find_root
from failforward.errors import ArgumentError
from failforward.model.rule import STATUSES, Rule
from failforward.reports.run import visible
from failforward.rulebook import read_rules


@click.command(
    "explain",
    epilog="Examples:\n\n\b\n  failforward explain untied-cause\n  failforward explain --plain untied-cause | less",
)
@click.argument("rule")
@click.option("--plain", is_flag=True, help="Print the page's Markdown as it is.")
@playbook_option
def command(rule: str, plain: bool, folder: Path | None) -> None:
    """Say what RULE asks for, why, and what to write instead."""
    rules = {found.id: found for found in read_rules(find_root(folder or Path()))}
    if rule not in rules:
        close = difflib.get_close_matches(rule, rules, 3, 0.4)
        remedy = f"Did it mean {' or '.join(close)}?" if close else "`failforward rules` lists them."
        raise ArgumentError(f"“{rule}” is no rule", remedy=remedy)
    page = "\n".join(map(visible, rule_page(rules[rule]).split("\n")))
    if plain or not sys.stdout.isatty():
        click.echo(page)
        return
    from rich.console import Console
    from rich.markdown import Markdown

    Console().print(Markdown(page))


def rule_page(rule: Rule) -> str:
    """Give a rule's page as Markdown: what it says, its severity, then the rule file's own text, then its sources."""
    levels = ", ".join(f"{status}: {rule.severities.get(status, 'off')}" for status in STATUSES)
    body = rule.source.text[front_matter.read(rule.source).body_start :].strip()
    parts = [f"# {rule.id}", rule.message, f"Severity by status: {levels}.", body]
    if rule.sources:
        parts.append("## Sources\n\n" + "\n".join(f"- {source}" for source in rule.sources))
    if rule.kind == "wording":
        parts.append(f"To keep a sentence as it is: `<!-- allow {rule.id}: the reason -->` before it.")
    parts.append(f"To change its severity: `rules: {{{rule.id}: advice}}` in playbook.yml; `off` switches it off.")
    return "\n\n".join(part for part in parts if part)
