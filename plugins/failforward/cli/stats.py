"""`failforward stats`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from failforward import index
from failforward.cli.one_review import say
from failforward.cli.options import playbook_option, read_day, the_day, the_root, today_option
from failforward.cli.unread import tell_unread
from failforward.clocks import clocks_of
from failforward.measures import FIGURES, FigureName, measures_of
from failforward.playbook import read_playbook
from failforward.reports.stats import FORMATS

_EPILOG = """Examples:

\b
  failforward stats                                  every figure of the page "Is it working?"
  failforward stats --since 2026-01-01               only failures of this year
  failforward stats --only cycle --output-format csv > cycle.csv

Medians and shares come with an interval and their n; too few values give none. Nobody is counted."""


@click.command("stats", epilog=_EPILOG)
@click.option("--only", type=click.Choice(FIGURES), multiple=True, help="Only this figure (may be repeated).")
@click.option("--since", callback=read_day, default=None, metavar="DATE", help="Only failures since this day.")
@click.option("--output-format", type=click.Choice(list(FORMATS)), default="text", show_default=True,
              help="How to print.")  # fmt: skip
@playbook_option
@today_option
def command(
    only: tuple[FigureName, ...], since: date | None, output_format: str, folder: Path | None, today: date | None
) -> None:
    """Say whether follow-through works: how long it takes, which clocks are kept, what stuck, what came back.

    Drafts and private reviews are left out.
    """
    playbook, day = read_playbook(the_root(folder)), the_day(today)
    tell_unread(playbook, promises=False)
    found = index.build(playbook, day)
    clocks = {review.path: clocks_of(review, playbook.settings.clocks, day) for review in found.reviews}
    names = [name for name in FIGURES if name in only] if only else FIGURES
    say(FORMATS[output_format](measures_of(found, clocks, day, since), names))
