"""`failforward lessons`."""

from __future__ import annotations

import secrets
from datetime import date
from pathlib import Path, PurePath

import click

from failforward import index
from failforward.cli.one_review import say
from failforward.cli.options import playbook_option, the_day, the_root, today_option
from failforward.cli.unread import tell_unread
from failforward.lessons import lessons_of
from failforward.playbook import read_playbook
from failforward.reports.lessons import FORMATS

_EPILOG = """Examples:

\b
  failforward lessons --service checkout                      read before you work on it
  failforward lessons --quarter 2026-Q3 --output-format markdown
  failforward lessons --review 2026-10-02-checkout-stalled
  failforward lessons --random                                one, by lot
  failforward lessons --on-this-day                           what happened this week, years ago

Drafts and private reviews are left out."""


@click.command("lessons", epilog=_EPILOG)
@click.option("--service", default="", help="Only the reviews in which this service failed.")
@click.option("--quarter", default="", metavar="QUARTER", help="Only the failures of a quarter: 2026-Q3.")
@click.option("--review", default="", metavar="ID", help="Only this review: its id or its file.")
@click.option("--on-this-day", is_flag=True, help="Only failures that have their anniversary this week.")
@click.option("--random", "any_one", is_flag=True, help="One lesson, drawn by lot.")
@click.option("--output-format", type=click.Choice(list(FORMATS)), default="text", show_default=True,
              help="How to print.")  # fmt: skip
@playbook_option
@today_option
def command(
    service: str, quarter: str, review: str, on_this_day: bool, any_one: bool, output_format: str,
    folder: Path | None, today: date | None,
) -> None:
    """Print the memo of lessons: each cause and its change, one line each."""
    playbook = read_playbook(the_root(folder))
    tell_unread(playbook, promises=False)
    day = the_day(today)
    found = index.build(playbook, day)
    name = PurePath(review).name.removesuffix(".md")
    near = day if on_this_day else None
    lessons = lessons_of(found, service=service, quarter=quarter, review=name, near=near)
    if on_this_day and not lessons and output_format == "text":
        say("No failure has its anniversary this week.\n")
        return
    if any_one and lessons:
        # A cause that nothing answers yet is drawn only where there is no other.
        lessons = (secrets.choice([each for each in lessons if each.changes or each.accepted] or lessons),)
    say(FORMATS[output_format](lessons))
