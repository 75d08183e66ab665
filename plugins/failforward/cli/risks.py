"""`failforward risks`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from failforward import index
from failforward.cli.one_review import say
from failforward.cli.options import playbook_option, the_day, the_root, today_option
from failforward.cli.unread import tell_unread
from failforward.errors import ArgumentError
from failforward.model.playbook import Playbook
from failforward.playbook import read_playbook
from failforward.reports.risks import FORMATS
from failforward.reports.run import visible

_EPILOG = """Examples:

\b
  failforward risks
  failforward risks --output-format csv > risks.csv

Drafts and private reviews are left out."""


@click.command("risks", epilog=_EPILOG)
@click.option("--output-format", type=click.Choice(list(FORMATS)), default="text", show_default=True,
              help="How to print.")  # fmt: skip
@playbook_option
@today_option
def command(output_format: str, folder: Path | None, today: date | None) -> None:
    """Hold the risk register against the reviews: what came true, what has not, what no risk foresaw."""
    playbook = read_playbook(the_root(folder))
    tell_unread(playbook, promises=False)
    register = index.build(playbook, the_day(today)).register
    if register is None:
        remedy = "Write a list of risks there, each with id:, title:, owner: and review_by:."
        raise ArgumentError("This playbook keeps no risk register", path=f"{playbook.prefix}risks.yml", remedy=remedy)
    _tell(playbook, empty=not register.entries)
    say(FORMATS[output_format](register))


def _tell(playbook: Playbook, *, empty: bool) -> None:
    """Say that the register is not all that its file holds; raises ArgumentError where nothing of it could be read."""
    found = playbook.register_problems
    if not found:
        return
    source, problem = found[0]
    path, line = f"{playbook.prefix}{source.path}", source.position(problem.span.start).line
    if empty:
        raise ArgumentError(problem.what, path=path, line=line if source.text else 0, remedy=problem.instead)
    count = "1 thing in it" if len(found) == 1 else f"{len(found):,} things in it"
    what = f"{path}:{line}: {count} cannot be read as meant, and may be missing here: `failforward check` says more."
    click.echo(visible(what), err=True)
