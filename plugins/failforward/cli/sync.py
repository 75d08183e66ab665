"""`failforward sync`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import click

from failforward.cli.one_review import say
from failforward.cli.options import playbook_option, the_day, the_root, today_option
from failforward.cli.reviewed_file import Pen, find_review
from failforward.cli.tracker import Tracker, repository_options, the_tracker
from failforward.cli.unread import tell_unread
from failforward.clocks import verification
from failforward.editing import actions
from failforward.index.trials import Trial, trials_of
from failforward.model.playbook import Playbook
from failforward.model.review import FieldPath
from failforward.playbook import read_playbook
from failforward.reports.run import visible
from failforward.trackers.address import issue_of
from failforward.trackers.back import Told, told
from failforward.trackers.github import Issue

_EPILOG = """Examples:

\b
  failforward sync --dry-run                     what has happened to the issues, and what would change
  failforward sync                               write status: done where the issue is closed as completed
  failforward sync 2026-10-02-checkout-stalled   one review

A verdict is never written: somebody looks whether the change held, and says so with `failforward experiment verify`."""


@dataclass(frozen=True)
class Desk:
    """Where the news are read and written, and the day."""

    playbook: Playbook
    pen: Pen
    tracker: Tracker
    today: date
    dry_run: bool


@click.command("sync", epilog=_EPILOG)
@click.argument("review", required=False, metavar="REVIEW")
@click.option("--dry-run", is_flag=True, help="Say what would change, and write nothing.")
@click.option("--force", is_flag=True, help="Also where a file has edits of somebody else that are not committed.")
@click.option("--private", is_flag=True, help="Also private reviews.")
@repository_options
@playbook_option
@today_option
def command(
    review: str | None, dry_run: bool, force: bool, private: bool, repo: str | None, api: str | None,
    folder: Path | None, today: date | None,
) -> None:  # fmt: skip
    """Read back from GitHub what became of the issues of experiments.

    An issue that is closed as completed makes its experiment done, and asks for a look whether it held.
    """
    root = the_root(folder)
    playbook = read_playbook(root)
    reviews = [find_review(playbook, root, review)] if review else playbook.reviews
    tell_unread(playbook, reviews)
    shown = (each for each in reviews if each.readable and (private or not each.private))
    trials = trials_of(shown, playbook.settings.clocks.calendar, the_day(today))
    linked = [each for each in trials if each.experiment.issue and each.state not in ("verified", "done", "dropped")]
    if not linked:
        say("No open experiment has an issue.\n")
        return
    pen = Pen(root, playbook.prefix, force)
    desk = Desk(playbook, pen, the_tracker(root, playbook, repo, api), the_day(today), dry_run)
    news = list(_read(desk, linked))
    for line in _written(desk, news):
        say(f"{visible(line)}\n")


def _read(desk: Desk, linked: list[Trial]) -> Iterator[Told]:
    """Give what each issue tells; of what lies elsewhere it is said that it is not read."""
    for trial in linked:
        link = trial.experiment.issue
        found = issue_of(link, desk.tracker.web)
        if found is None:
            where = desk.tracker.web.partition("://")[2]
            yield Told(trial, link, "in-step", f"not read, since it is no issue on {where}")
            continue
        name, number = found
        issue = replace(desk.tracker.issues, repository=name).read(number)
        now = issue_of(issue.url, desk.tracker.web) if isinstance(issue, Issue) else None
        moved = now is not None and (now[0].lower(), now[1]) != (name.lower(), number)
        news = told(trial, link, issue, desk.playbook.settings.clocks.calendar)
        yield replace(news, moved=issue.url) if moved and isinstance(issue, Issue) else news


def _written(desk: Desk, news: list[Told]) -> Iterator[str]:
    """Write what is finished, all of a review at once, and give a line for each experiment."""
    finished = [each for each in news if each.news == "finished" and _unique(each.trial)]
    for each in finished if not desk.dry_run else ():
        desk.pen.look(each.trial.review)
    for path in dict.fromkeys(each.trial.review.path for each in finished):
        here = [each for each in finished if each.trial.review.path == path]
        review, values = here[0].trial.review, dict[FieldPath, str | Mapping[str, str]]()
        for each in here:
            values |= actions.finish(review, each.trial.experiment.id, min(each.on or desk.today, desk.today))
        if desk.dry_run:
            desk.pen.show(review, values)
        else:
            desk.pen.write(review, values)
    for each in news:
        experiment = each.trial.experiment
        yield f"{each.trial.review.id} {experiment.id or '(no id)'}: {each.words}"
        yield f"  {each.link}"
        yield from (f"  {line}" for line in _next(desk, each))
    count = "1 experiment" if len(finished) == 1 else f"{len(finished):,} experiments"
    yield f"{count} {'would be' if desk.dry_run else 'marked'} done; {len(news):,} with an issue."


def _next(desk: Desk, each: Told) -> Iterator[str]:
    """Say what was done, and what is for somebody to do."""
    review, experiment = each.trial.review, each.trial.experiment
    called = f"{review.id} {experiment.id}"
    if each.moved:
        yield f"It has moved to {each.moved}: write that in `issue:`."
    if each.news == "finished":
        if not _unique(each.trial):
            yield "It has no id of its own, so its status is to be written by hand."
            return
        yield f"status: {experiment.status or 'planned'} → done{' (not written)' if desk.dry_run else ''}"
    if each.news == "given-up":
        yield f"If so: failforward experiment drop {called} --because …"
    elif each.news == "finished" or (each.news == "in-step" and experiment.status == "done"):
        limit = verification(experiment, desk.playbook.settings.clocks, desk.today).limit
        by = f" by {limit.date()}" if limit else ""
        yield f"Whether it held is to be looked at{by}: failforward experiment verify {called}"


def _unique(trial: Trial) -> bool:
    """Tell whether an experiment can be named."""
    name = trial.experiment.id
    return bool(name) and sum(each.id == name for each in trial.review.experiments) == 1
