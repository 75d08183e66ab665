"""`failforward agenda`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from failforward.cli.one_review import one_review, say
from failforward.cli.options import playbook_option, the_day, today_option
from failforward.pages.agenda import FORMATS, agenda
from failforward.similarity import Shelf

_EPILOG = """Examples:

\b
  failforward agenda playbook/reviews/2026-10-02-checkout-stalled.md
  failforward agenda --output-format html FILE > agenda.html    with a timer for each part

The page is one file that asks no host."""


@click.command("agenda", epilog=_EPILOG)
@click.argument("file")
@click.option(
    "--output-format", type=click.Choice(list(FORMATS)), default="markdown", show_default=True, help="How to print."
)
@playbook_option
@today_option
def command(file: str, output_format: str, folder: Path | None, today: date | None) -> None:
    """Print the agenda of a debrief: thirty minutes, made from what the draft FILE holds and from what it lacks."""
    root, playbook, review = one_review(file, folder)
    day = the_day(today)
    similar = Shelf(playbook, day).similar(review, 2)
    own = root / "templates" if (root / "templates").is_dir() else None
    say(agenda(playbook, review, day, output_format, similar, overrides=own))
