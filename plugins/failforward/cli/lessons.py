"""`failforward lessons`."""

from __future__ import annotations

from datetime import date
from pathlib import Path, PurePath

import click

from failforward import index
from failforward.cli.one_review import say
from failforward.cli.options import playbook_option, the_day, the_root, today_option
from failforward.lessons import lessons_of
from failforward.playbook import read_playbook
from failforward.reports.lessons import FORMATS

_EPILOG = """Examples:

\b
  failforward lessons --service checkout                      read before you work on it
  failforward lessons --quarter 2026-Q3 --output-format markdown
  failforward lessons --review 2026-10-02-checkout-stalled

Drafts and private reviews are left out."""


@click.command("lessons", epilog=_EPILOG)
@click.option("--service", default="", help="Only the reviews in which this service failed.")
@click.option("--quarter", default="", metavar="QUARTER", help="Only the failures of a quarter: 2026-Q3.")
@click.option("--review", default="", metavar="ID", help="Only this review: its id or its file.")
@click.option("--output-format", type=click.Choice(list(FORMATS)), default="text", show_default=True,
              help="How to print.")  # fmt: skip
@playbook_option
@today_option
def command(
    service: str, quarter: str, review: str, output_format: str, folder: Path | None, today: date | None
) -> None:
    """Print the memo of lessons: each cause and its change, one line each."""
    playbook = read_playbook(the_root(folder))
    found = index.build(playbook, the_day(today))
    name = PurePath(review).name.removesuffix(".md")
    say(FORMATS[output_format](lessons_of(found, service=service, quarter=quarter, review=name)))
