"""`failforward rules`."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from failforward.cli.options import playbook_option
from failforward.disk import find_root
from failforward.errors import ArgumentError
from failforward.model.rule import STATUSES, Rule
from failforward.reports.run import visible
from failforward.rulebook import read_rules

_EPILOG = """Examples:

\b
  failforward rules
  failforward rules --kind wording
  failforward rules --output-format json
  failforward rules --test                 the cases of this playbook's own rules
  failforward rules --test hero-story      those of one rule
  failforward rules --test --shipped       those of the shipped rules too

With --test: ends with 0 when all cases hold, 1 when one does not, 2 when a rule cannot be used."""


@click.command("rules", epilog=_EPILOG)
@click.argument("names", nargs=-1)
@click.option("--kind", default=None, help="Only the rules of this kind.")
@click.option("--test", "proving", is_flag=True, help="Run the cases in the rules' files instead of listing the rules.")
@click.option("--shipped", is_flag=True, help="With --test: the shipped rules too.")
@click.option(
    "--output-format", type=click.Choice(["text", "json", "github"]), default="text", show_default=True,
    help="How to print; github, as annotations, with --test only.",
)  # fmt: skip
@playbook_option
def command(
    names: tuple[str, ...], kind: str | None, proving: bool, shipped: bool, output_format: str, folder: Path | None
) -> None:
    """List the rules with the severity each reaches at the most, or try whether they do what their pages say.

    NAMES are rules; without any all of them are listed, and those of this playbook are tried.
    """
    root = find_root(folder or Path())
    if proving:
        _prove(root, names, kind, shipped=shipped, output_format=output_format)
        return
    if shipped or output_format == "github":
        what = "--shipped" if shipped else "--output-format github"
        raise ArgumentError(f"{what} says how rules are tried", remedy="Add --test.")
    rules = [rule for rule in _named(read_rules(root), names) if kind in (None, rule.kind)]
    rules.sort(key=lambda rule: (rule.kind, rule.id))
    if output_format == "json":
        click.echo(json.dumps([_object(rule) for rule in rules], ensure_ascii=False, indent=1))
    elif sys.stdout.isatty():
        _table(rules)
    else:
        for rule in rules:
            click.echo(f"{rule.id:32} {rule.kind:12} {rule.worst:8} {visible(rule.message)}")


def _named(rules: Sequence[Rule], names: Sequence[str]) -> list[Rule]:
    """Give the rules of some names, all where there are none; raises ArgumentError for a name that no rule has."""
    known = {rule.id: rule for rule in rules}
    for name in names:
        if name not in known:
            raise ArgumentError(f"“{name}” is no rule", remedy="`failforward rules` lists them.")
    return [known[name] for name in dict.fromkeys(names)] if names else list(rules)


def _prove(root: Path | None, names: Sequence[str], kind: str | None, *, shipped: bool, output_format: str) -> None:
    """Run the cases of rules, and end with 1 where one does not hold."""
    from failforward.cli.one_review import say
    from failforward.playbook import default_playbook, read_playbook
    from failforward.proof import prove
    from failforward.reports.proof import FORMATS

    # The cases of a shipped rule are written for the shipped causes and settings.
    ours, theirs = (read_playbook(root) if root else default_playbook()), default_playbook()
    chosen = [rule for rule in _named(ours.rules, names) if kind in (None, rule.kind)]
    tried = [rule for rule in chosen if rule.house or names or shipped]
    failures = [
        *prove([rule for rule in tried if rule.house], ours),
        *prove([rule for rule in tried if not rule.house], theirs),
    ]
    if not tried and output_format == "text":
        click.echo("This playbook has no rules of its own: --shipped tries the others.", err=True)
    say(FORMATS[output_format](failures, tried))
    if failures:
        sys.exit(1)


def _object(rule: Rule) -> dict[str, object]:
    levels = {status: rule.severities.get(status, "off") for status in STATUSES}
    return {"rule": rule.id, "kind": rule.kind, "severity": levels, "message": rule.message, "house": rule.house}


def _table(rules: list[Rule]) -> None:
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    table = Table("rule", "kind", "severity", "says", box=None, header_style="bold")
    colours = {"error": "red", "warning": "yellow", "advice": "cyan"}
    for rule in rules:
        table.add_row(rule.id, rule.kind, f"[{colours[rule.worst]}]{rule.worst}[/]", escape(visible(rule.message)))
    Console().print(table)
