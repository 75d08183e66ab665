"""`failforward similar`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from failforward.cli.one_review import home_of, say, the_review
from failforward.cli.options import playbook_option, the_day, today_option
from failforward.cli.unread import tell_unread
from failforward.playbook import read_playbook
from failforward.reports.similar import FORMATS, Answer
from failforward.similarity import Shelf

_EPILOG = """Examples:

\b
  failforward similar playbook/reviews/2026-10-02-checkout-stalled.md
  failforward similar --limit 3 --output-format markdown playbook/reviews/*.md
  failforward similar - < notes.md          any text will do

What began later than a FILE comes last and is marked as such. Drafts and private reviews are never named.
Ends with 0 whatever is found."""


@click.command("similar", epilog=_EPILOG)
@click.argument("files", nargs=-1, required=True)
@click.option(
    "--limit", type=click.IntRange(1, 1000), default=5, show_default=True,
    help="How many to show at the most, and how many that came later.",
)  # fmt: skip
@click.option(
    "--output-format", type=click.Choice(list(FORMATS)), default="text", show_default=True, help="How to print."
)
@playbook_option
@today_option
def command(files: tuple[str, ...], limit: int, output_format: str, folder: Path | None, today: date | None) -> None:
    """Find past reviews that are similar: why, what was tried then, and what of it is still open.

    FILES are reviews, or drafts with few fields, or any text; - reads standard input.
    """
    by_root: dict[Path, list[str]] = {}
    for name in files:
        by_root.setdefault(home_of(name, folder), []).append(name)
    answers: list[Answer] = []
    for root, names in by_root.items():
        playbook = read_playbook(root)
        tell_unread(playbook, promises=False)
        asked = [(name, the_review(name, root, playbook)) for name in names]
        shelf = Shelf(playbook, the_day(today))
        for name, review in asked:
            found = (*shelf.similar(review, limit), *shelf.similar(review, limit, period="after"))
            answers.append(Answer(review, name, found, playbook.prefix))
    say(FORMATS[output_format](answers))
