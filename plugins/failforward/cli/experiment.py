"""`failforward experiment`."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from failforward.cli.one_review import say
from failforward.cli.options import playbook_option, read_day, the_day, the_root, today_option
from failforward.cli.reviewed_file import Pen, find_review
from failforward.cli.teams import demand_teams
from failforward.cli.unread import tell_unread
from failforward.clocks import check_in as check_in_clock
from failforward.clocks import verification
from failforward.editing import Values, actions, demand_readable
from failforward.errors import ArgumentError
from failforward.index.trials import STATES, trials_of
from failforward.model.fields import VERDICTS
from failforward.model.playbook import Playbook
from failforward.model.review import Review
from failforward.playbook import read_file, read_playbook
from failforward.reports.run import visible

F = TypeVar("F", bound=Callable[..., Any])
_REVIEW = click.argument("review", metavar="REVIEW")
_ID = click.argument("name", metavar="ID")

_EPILOG = """Examples:

\b
  failforward experiment list --state waiting
  failforward experiment start 2026-10-02-checkout-stalled warm-up-gate
  failforward experiment finish 2026-10-02-checkout-stalled warm-up-gate
  failforward experiment verify 2026-10-02-checkout-stalled warm-up-gate --verdict stuck --evidence "Two were stopped"
  failforward experiment check-in 2026-10-02-checkout-stalled

Each changes the lines concerned in the review's file and nothing else; --dry-run shows them."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Where a change is made: the playbook, the review, the day, and how careful to be."""

    root: Path
    playbook: Playbook
    review: Review
    today: date
    force: bool
    dry_run: bool

    def change(self, make: Callable[[Review], Values], said: str) -> Review:
        """Make a change and say so; give the review as it is afterwards."""
        pen = Pen(self.root, self.playbook.prefix, self.force)
        shown = self.playbook.prefix + self.review.path
        # What a step needs cannot be missed in a review that nobody could read.
        demand_readable(self.review, shown)
        try:
            values = make(self.review)
        except ArgumentError as error:
            error.path = shown if error.path == self.review.path else error.path
            raise
        if self.dry_run:
            say("".join(f"{visible(line)}\n" for line in pen.show(self.review, values).splitlines()))
            return self.review
        pen.write(self.review, values)
        click.echo(f"{shown}: {said}")
        return read_file(self.root / self.review.path, self.review.path, self.root)


def _editing(function: F) -> F:
    """Add the options of every command that edits; the function gets a desk in the place of REVIEW and of these."""

    def called(review: str, force: bool, dry_run: bool, folder: Path | None, today: date | None, **rest: Any) -> None:
        root = the_root(folder)
        playbook = read_playbook(root)
        function(Desk(root, playbook, find_review(playbook, root, review), the_day(today), force, dry_run), **rest)

    called.__doc__ = function.__doc__
    called = playbook_option(today_option(called))
    called = click.option(
        "--force", is_flag=True, help="Also where the file has edits of somebody else that are not committed.",
    )(called)  # fmt: skip
    return click.option("--dry-run", is_flag=True, help="Show what would change, and write nothing.")(called)  # type: ignore[return-value]


@click.group("experiment", epilog=_EPILOG)
def command() -> None:
    """Bring experiments to their end: list, start, finish, drop, verify, check in.

    REVIEW is the file of a review or its name, ID the id of an experiment in it.
    """


@command.command("list")
@click.argument("review", required=False, metavar="REVIEW")
@click.option("--state", type=click.Choice(STATES), multiple=True, help="Only those in this state (may be repeated).")
@click.option("--team", help="Only those of this team.")
@click.option("--output-format", type=click.Choice(["text", "json"]), default="text", show_default=True,
              help="How to print.")  # fmt: skip
@playbook_option
@today_option
def list_(
    review: str | None, state: tuple[str, ...], team: str | None, output_format: str, folder: Path | None,
    today: date | None,
) -> None:  # fmt: skip
    """List experiments by where they stand, the most urgent first."""
    root = the_root(folder)
    playbook = read_playbook(root)
    demand_teams(playbook, [team] if team is not None else [])
    reviews = (find_review(playbook, root, review),) if review else playbook.reviews
    tell_unread(playbook, reviews)
    found = [
        {
            "review": each.review.id, "id": each.experiment.id, "state": each.state, "verdict": each.verdict or None,
            "owner": each.owner or None, "due": str(each.due) if each.due else None,
            "outcome": visible(" ".join(each.experiment.outcome.split())),
        }
        for each in trials_of(reviews, playbook.settings.clocks.calendar, the_day(today))
        if (not state or each.state in state) and (team is None or team in each.teams)
    ]  # fmt: skip
    if output_format == "json":
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
        return
    for row in found:
        due = f", due {row['due']}" if row["due"] else ""
        where = visible(f"{row['review']} {row['id'] or '(no id)'}{due}")
        verdict = row["verdict"] if row["state"] == "verified" else None
        click.echo(f"{verdict or row['state']:<14}{where}")
        click.echo(f"{'':<14}{row['outcome']}")
        if row["verdict"] and not verdict:
            click.echo(f"{'':<14}so far: {row['verdict']}")
    if not found:
        click.echo("There is no such experiment.")


@command.command("start")
@_REVIEW
@_ID
@_editing
def start(desk: Desk, name: str) -> None:
    """Begin a planned experiment."""
    desk.change(lambda review: actions.start(review, name), f"{name} is in progress.")


@command.command("finish")
@_REVIEW
@_ID
@click.option("--on", callback=read_day, metavar="DATE", help="The day it was done; by default today.")
@_editing
def finish(desk: Desk, name: str, on: date | None) -> None:
    """Mark the work as done. Whether it held is asked later."""
    day = _not_ahead(on, desk.today)
    after = desk.change(lambda review: actions.finish(review, name, day), f"{name} is done.")
    (experiment,) = [each for each in after.experiments if each.id == name]
    limit = verification(experiment, desk.playbook.settings.clocks, desk.today).limit
    if experiment.concluded:
        click.echo(f"Its verdict, {experiment.concluded}, stands until another look: failforward experiment verify")
    elif limit:
        again = " again" if experiment.judged else ""
        click.echo(f"Whether it held is to be looked at{again} by {limit.date()}: failforward experiment verify")


@command.command("drop")
@_REVIEW
@_ID
@click.option("--because", required=True, help="Why, in a sentence.")
@_editing
def drop(desk: Desk, name: str, because: str) -> None:
    """Give an experiment up, with the reason."""
    after = desk.change(lambda review: actions.drop(review, name, because), f"{name} is dropped.")
    (cause,) = [each.cause for each in after.experiments if each.id == name]
    answered = {each.cause for each in after.experiments if each.status != "dropped" or each.verified}
    if cause and cause not in answered | {each.cause for each in after.accepted}:
        click.echo(f"“{cause}” is tied to no change now: plan another experiment, or accept it with a reason.")


@command.command("verify")
@_REVIEW
@_ID
@click.option("--verdict", required=True, type=click.Choice(VERDICTS), help="Whether the change held.")
@click.option("--evidence", required=True, help="What shows it.")
@click.option("--on", callback=read_day, metavar="DATE", help="The day of the verdict; by default today.")
@_editing
def verify(desk: Desk, name: str, verdict: str, evidence: str, on: date | None) -> None:
    """Write whether an experiment held. Of work that goes on, too-early or partly may be said."""
    day = _not_ahead(on, desk.today)
    said = f"{name}: {verdict} on {day}."
    after = desk.change(lambda review: actions.verify(review, name, verdict, evidence, day), said)
    if verdict == "did-not-stick":
        (cause,) = [each.cause for each in after.experiments if each.id == name]
        click.echo(f"That is worth knowing. What else could be tried against “{cause}”? Plan it in the review.")


@command.command("check-in")
@_REVIEW
@click.option("--on", callback=read_day, metavar="DATE", help="The day it took place; by default today.")
@_editing
def check_in(desk: Desk, on: date | None) -> None:
    """Write down that the check-in took place."""
    day = _not_ahead(on, desk.today)
    after = desk.change(lambda review: actions.check_in(review, day, desk.today), f"The check-in took place on {day}.")
    clock = check_in_clock(after, desk.playbook.settings.clocks, desk.today)
    if clock.state == "kept":
        click.echo("The promise of a check-in is kept.")


def _not_ahead(given: date | None, today: date) -> date:
    if given and given > today:
        raise ArgumentError(f"{given} has not come yet", remedy="Give a day up to today.")
    return given or today
