"""`failforward rules`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from failforward.cli.options import playbook_option
from failforward.disk import find_root
from failforward.model.rule import STATUSES, Rule
from failforward.reports.run import visible
from failforward.rulebook import read_rules


@click.command(
    "rules",
    epilog="Examples:\n\n\b\n  failforward rules\n  failforward rules --kind wording\n"
    "  failforward rules --output-format json",
)
@click.option("--kind", default=None, help="Only the rules of this kind.")
@click.option(
    "--output-format", type=click.Choice(["text", "json"]), default="text", show_default=True, help="How to print."
)
@playbook_option
def command(kind: str | None, output_format: str, folder: Path | None) -> None:
    """List the rules with the severity each reaches at the most."""
    rules = [rule for rule in read_rules(find_root(folder or Path())) if kind in (None, rule.kind)]
    rules.sort(key=lambda rule: (rule.kind, rule.id))
    if output_format == "json":
        click.echo(json.dumps([_object(rule) for rule in rules], ensure_ascii=False, indent=1))
    elif sys.stdout.isatty():
        _table(rules)
    else:
        for rule in rules:
            click.echo(f"{rule.id:32} {rule.kind:12} {rule.worst:8} {visible(rule.message)}")


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
