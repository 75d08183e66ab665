"""`failforward rota`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from failforward.cli.one_review import one_review, say
from failforward.cli.options import playbook_option, the_day, the_root, today_option
from failforward.cli.unread import tell_unread
from failforward.playbook import read_playbook
from failforward.reports.rota import FORMATS
from failforward.rota import rota_of

_EPILOG = """Examples:

\b
  failforward rota
  failforward rota playbook/reviews/2026-10-02-checkout-stalled.md    for this failure

Everything is about teams and roles; nothing is counted per person."""


@click.command("rota", epilog=_EPILOG)
@click.argument("file", required=False)
@click.option("--output-format", type=click.Choice(list(FORMATS)), default="text", show_default=True,
              help="How to print.")  # fmt: skip
@playbook_option
@today_option
def command(file: str | None, output_format: str, folder: Path | None, today: date | None) -> None:
    """Say which team could lead the next half hour and which to invite from outside, longest ago first.

    With FILE, a review or draft, the teams that were in that failure are left out. Teams that have been quiet for long
    or had very many reviews lately are named too.
    """
    if file:
        _, playbook, review = one_review(file, folder)
        rota = rota_of(playbook.reviews, the_day(today), review)
    else:
        playbook = read_playbook(the_root(folder))
        rota = rota_of(playbook.reviews, the_day(today))
    tell_unread(playbook, promises=False)
    say(FORMATS[output_format](rota))
