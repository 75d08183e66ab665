"""`failforward export`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import click

from failforward.cli.one_review import say
from failforward.cli.options import playbook_option, the_day, the_root, today_option
from failforward.cli.parameters import FileName
from failforward.cli.reviewed_file import Pen, find_review
from failforward.cli.teams import demand_teams
from failforward.cli.tracker import (
    Tracker,
    audience_options,
    label_option,
    leaves,
    repository_options,
    the_tracker,
)
from failforward.cli.unread import tell_unread
from failforward.editing import Values
from failforward.errors import ArgumentError, FailforwardError
from failforward.index.trials import STATES, UNFINISHED, Trial, trials_of
from failforward.model.playbook import Playbook
from failforward.playbook import read_playbook
from failforward.reports.run import visible
from failforward.trackers.stories import FORMATS, Story, issue_body, stories_of

_EPILOG = """Examples:

\b
  failforward export --to github --dry-run       what would be opened, and what is linked already
  failforward export --to github --team payments one team's experiments as issues
  failforward export --to csv -o stories.csv     for Jira's importer
  failforward export --to markdown               to read, or to paste

With github each issue is linked in its review (`issue:`) at once, and found again by a marker, so that nothing is
opened twice. The token comes from GH_TOKEN or GITHUB_TOKEN and needs the permission "Issues: write"."""


@dataclass(frozen=True)
class Desk:
    """Where links are written, and where issues are opened."""

    pen: Pen
    tracker: Tracker
    dry_run: bool


@click.command("export", epilog=_EPILOG)
@click.argument("review", required=False, metavar="REVIEW")
@click.option("--to", type=click.Choice(["github", *FORMATS]), required=True, help="Where the stories go.")
@click.option("--dry-run", is_flag=True, help="With github: say what would be done, and write nothing.")
@click.option("--state", "states", type=click.Choice(STATES), multiple=True,
              help="Only those in this state (may be repeated). Without it all that are not finished.")  # fmt: skip
@click.option("--team", "teams", multiple=True, help="Only this team's experiments (may be repeated).")
@audience_options
@click.option("-o", "--output-file", type=FileName(), help="With csv or markdown: write to this file.")
@click.option("--force", is_flag=True, help="Also where a file has edits of somebody else that are not committed.")
@repository_options
@label_option
@playbook_option
@today_option
def command(
    review: str | None, to: str, dry_run: bool, states: tuple[str, ...], teams: tuple[str, ...], drafts: bool,
    private: bool, output_file: Path | None, force: bool, repo: str | None, api: str | None, label: str,
    folder: Path | None, today: date | None,
) -> None:  # fmt: skip
    """Hand open experiments to the backlog as stories that anyone can pick up.

    A story says what is different afterwards, why, the small tasks, and how we will know. Nobody is assigned.
    """
    root = the_root(folder)
    playbook = read_playbook(root)
    demand_teams(playbook, teams)
    reviews = [find_review(playbook, root, review)] if review else playbook.reviews
    tell_unread(playbook, reviews)
    public = (each for each in reviews if leaves(each, drafts=drafts, private=private))
    wanted = states or (*UNFINISHED, "carried")
    trials = [
        each for each in trials_of(public, playbook.settings.clocks.calendar, the_day(today))
        if each.state in wanted and (not teams or set(teams) & set(each.teams))
    ]  # fmt: skip
    if to != "github":
        stories = stories_of(trials, playbook.cause_by_id, _address(root, playbook, repo, api), "", label)
        _write(FORMATS[to](stories), output_file)
        return
    tracker = the_tracker(root, playbook, repo, api, label)
    if not dry_run:
        tracker.must_sign()
    stories = stories_of(trials, playbook.cause_by_id, lambda each: _file(tracker, each), tracker.inside, label)
    _issues(Desk(Pen(root, playbook.prefix, force), tracker, dry_run), stories)


def _issues(desk: Desk, stories: Sequence[Story]) -> None:
    """Open an issue for each story that has none, and link it; what was made before is found by its marker."""
    linked = [story for story in stories if story.trial.experiment.issue]
    nameless = [story for story in stories if story not in linked and not _unique(story.trial)]
    open_ones = [story for story in stories if story not in linked and story not in nameless]
    for story in linked:
        _tell(f"{story.name}: linked to {story.trial.experiment.issue}")
    for story in nameless:
        _tell(f"{story.review.id}: “{story.title}” has no id of its own, so it is left out.")
    for story in open_ones:
        # Where the link cannot be written, nothing is opened.
        if not desk.dry_run:
            desk.pen.look(story.review)
        desk.pen.show(story.review, _link(story, f"{desk.tracker.web}/{desk.tracker.repository}/issues/1"))
    found = desk.tracker.issues.by_marker(tuple(story.marker for story in open_ones)) if open_ones else {}
    opened = 0
    for story in open_ones:
        opened += not found[story.marker]
        address = found[story.marker][0].url if found[story.marker] else ""
        _tell(_opened(desk, story, address))
    said = "would be opened" if desk.dry_run else "opened"
    found_again = len(open_ones) - opened
    _tell(f"{len(stories):,} open, {len(linked):,} linked before, {found_again:,} found, {opened:,} {said}.")


def _opened(desk: Desk, story: Story, address: str) -> str:
    """Open the issue of a story unless it is there, link it, and say so."""
    if desk.dry_run:
        return f"{story.name}: would link {address}" if address else f"{story.name}: would open “{story.title}”"
    if address:
        desk.pen.write(story.review, _link(story, address))
        return f"{story.name}: found and linked {address}"
    issue = desk.tracker.issues.create(story.title, issue_body(story))
    try:
        desk.pen.write(story.review, _link(story, issue.url))
    except FailforwardError as error:
        remedy = f"{error.remedy} {issue.url} was opened: the next run finds it and links it.".strip()
        raise ArgumentError(error.message, path=error.path, line=error.line, remedy=remedy) from error
    return f"{story.name}: opened {issue.url}"


def _link(story: Story, address: str) -> Values:
    """Give the field of the review that links an issue."""
    place = next(place for place, each in enumerate(story.review.experiments) if each is story.trial.experiment)
    return {("experiments", place, "issue"): address}


def _address(root: Path, playbook: Playbook, repo: str | None, api: str | None) -> Callable[[Trial], str]:
    """Give the function that gives a review's address; without a repository there is none, and that is no error."""
    try:
        tracker = the_tracker(root, playbook, repo, api)
    except ArgumentError:
        if repo or api:
            raise
        return lambda trial: ""
    return lambda trial: _file(tracker, trial)


def _file(tracker: Tracker, trial: Trial) -> str:
    place = next(place for place, each in enumerate(trial.review.experiments) if each is trial.experiment)
    line = trial.review.source.position(trial.review.where("experiments", place, "id").start).line
    return tracker.file(trial.review, line)


def _unique(trial: Trial) -> bool:
    """Tell whether an experiment can be named."""
    name = trial.experiment.id
    return bool(name) and sum(each.id == name for each in trial.review.experiments) == 1


def _tell(line: str) -> None:
    say(f"{visible(line)}\n")


def _write(text: str, file: Path | None) -> None:
    if file is None and "\r\n" in text:
        # Jira's importer wants the line ends of CSV, on every system.
        sys.stdout.buffer.write(text.encode("utf-8", "replace"))
        return
    if file is None:
        say(text)
        return
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8", errors="replace", newline="")
    except OSError as error:
        remedy = "Name a file that can be written."
        what = f"Nothing can be written here ({error.strerror})"
        raise ArgumentError(what, path=str(file), remedy=remedy) from error
