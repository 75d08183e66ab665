"""`failforward due`."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from failforward.cli.one_review import say
from failforward.cli.options import playbook_option, the_day, the_root, today_option
from failforward.cli.teams import demand_teams
from failforward.cli.unread import tell_unread
from failforward.playbook import read_playbook
from failforward.promises import promises_of
from failforward.reports.due import FORMATS, Outlook

_EPILOG = """Examples:

\b
  failforward due                                 what is due this week, or was due before
  failforward due --within 30 --team payments     one team's next month
  failforward due --output-format markdown        for the summary of a job
  failforward due --output-format ics > due.ics   a calendar of all promises

Ends with 0 whatever is due: a promise that waits is no failure of a build."""


@click.command("due", epilog=_EPILOG)
@click.option("--output-format", type=click.Choice(list(FORMATS)), default="text", show_default=True,
              help="How to print.")  # fmt: skip
@click.option("--within", type=click.IntRange(0, 100_000), default=None, metavar="DAYS",
              help="How far to look ahead. Without it 7 days; a calendar has everything.")  # fmt: skip
@click.option("--team", "teams", multiple=True, help="Only this team's promises (may be repeated).")
@click.option("--private", is_flag=True, help="Also those of private reviews.")
@playbook_option
@today_option
def command(
    output_format: str, within: int | None, teams: tuple[str, ...], private: bool, folder: Path | None,
    today: date | None,
) -> None:  # fmt: skip
    """List the promises that are due or were due before: debriefs, check-ins, experiments, verifications.

    Drafts count, since a debrief is due before a review is written. A review that cannot be read is named.
    """
    playbook = read_playbook(the_root(folder))
    demand_teams(playbook, teams)
    day = the_day(today)
    if within is None and output_format != "ics":
        within = 7
    reviews = [review for review in playbook.reviews if private or not review.private]
    found = promises_of(reviews, playbook.settings.clocks, day, within=within)
    chosen = [promise for promise in found if not teams or set(teams) & set(promise.teams)]
    outlook = Outlook(playbook.settings.title, playbook.prefix, day, within, teams, playbook.unread)
    if output_format in ("json", "ics"):
        tell_unread(playbook)
    text = FORMATS[output_format](chosen, outlook)
    if output_format == "ics":
        # The format asks for CR LF, on every system.
        sys.stdout.buffer.write(text.encode())
        return
    say(text)
