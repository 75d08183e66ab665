"""`failforward check`."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from failforward.cli.options import playbook_option, the_day, today_option
from failforward.cli.selection import select_files
from failforward.errors import ArgumentError
from failforward.lint import active_rules, lint
from failforward.model.finding import SEVERITIES, Finding
from failforward.reports import FORMATS, render
from failforward.reports.run import Run

_EPILOG = """Examples:

\b
  failforward check                                       every review of this playbook
  failforward check playbook/reviews/2026-10-02-cache.md  one review
  failforward check --select untied-cause                 one rule
  failforward check --only-wording docs/ notes.md         any Markdown, no playbook needed
  cat draft.md | failforward check --only-wording -       from a pipe
  failforward check --output-format sarif -o out.sarif    for code scanning

Ends with 0 when nothing is as severe as --fail-on, 1 when something is, 2 when a rule, setting or argument cannot be used."""


@click.command("check", epilog=_EPILOG)
@click.argument("paths", nargs=-1)
@click.option("--output-format", type=click.Choice(list(FORMATS)), default="text", show_default=True, help="How to print.")
@click.option("-o", "--output-file", type=click.Path(path_type=Path), help="Write to this file instead.")
@click.option("--select", multiple=True, metavar="RULE", help="Only this rule (may be repeated, or several by commas).")
@click.option("--ignore", multiple=True, metavar="RULE", help="Not this rule (may be repeated, or several by commas).")
@click.option("--fail-on", type=click.Choice([*SEVERITIES, "never"]), default="error", show_default=True,
              help="The mildest severity that ends with 1.")  # fmt: skip
@click.option("--only-wording", is_flag=True, help="Read only the wording, of any Markdown file anywhere.")
@click.option("--colour/--no-colour", "--color/--no-color", default=None, help="Colours; by default on a terminal.")
@playbook_option
@today_option
def command(
    paths: tuple[str, ...],
    output_format: str,
    output_file: Path | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fail_on: str,
    only_wording: bool,
    colour: bool | None,
    folder: Path | None,
    today: date | None,
) -> None:
    """Check reviews, or the wording of any Markdown.

    PATHS are files or folders; - reads one file from standard input. Without any: the whole playbook.
    """
    chosen = select_files(paths, folder, only_wording=only_wording)
    names, without = _names(select), _names(ignore)
    findings: list[Finding] = []
    for part in chosen:
        only = None if part.whole else part.paths
        findings += lint(part.playbook, the_day(today), paths=only, select=names, ignore=without)
    findings.sort(key=lambda finding: finding.order)
    if colour is None:
        wanted = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
        colour = wanted and output_file is None and sys.stdout.isatty()
    run = Run(
        rules=active_rules(chosen[0].playbook, names, without) if chosen else (),
        files=sum(len(part.paths) for part in chosen),
        sources={part.playbook.prefix + review.path: review.source for part in chosen for review in part.reviews},
        colour=colour,
    )
    _write(render(output_format, findings, run), output_file)
    worst = min((SEVERITIES.index(finding.severity) for finding in findings), default=len(SEVERITIES))
    if fail_on != "never" and worst <= SEVERITIES.index(fail_on):
        sys.exit(1)


def _names(given: Sequence[str]) -> tuple[str, ...]:
    return tuple(name.strip() for names in given for name in names.split(",") if name.strip())


def _write(text: str, file: Path | None) -> None:
    if file is None:
        # Findings quote any text; a console that cannot show a character shows a mark in its place.
        encoding = sys.stdout.encoding or "utf-8"
        click.echo(text.encode(encoding, "replace").decode(encoding), nl=False, color=True)
    else:
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, "utf-8", errors="replace")
        except OSError as error:
            remedy = "Name a file that can be written."
            raise ArgumentError(f"Nothing can be written here ({error.strerror})", path=str(file), remedy=remedy) from error
