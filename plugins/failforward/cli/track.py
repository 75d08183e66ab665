"""`failforward track`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

import click

from failforward.cli.one_review import say
from failforward.cli.options import playbook_option, the_day, the_root, today_option
from failforward.cli.teams import demand_teams
from failforward.cli.tracker import Tracker, audience_options, label_option, leaves, repository_options, the_tracker
from failforward.cli.unread import tell_unread
from failforward.errors import ArgumentError, TrackerError
from failforward.model.review import Review
from failforward.playbook import read_playbook
from failforward.promises import Promise, promises_of
from failforward.reports.due import Outlook
from failforward.reports.run import visible
from failforward.trackers.address import issue_of
from failforward.trackers.tracking import List, Plan, plan

_EPILOG = """Examples:

\b
  failforward track --dry-run                    what would be done, and the whole text of the issue
  failforward track --repo shop/playbook         this repository instead of git's remote
  failforward track --within 14 --team payments  one team's next two weeks

The token comes from GH_TOKEN or GITHUB_TOKEN and needs the permission "Issues: write". A second run without a change
writes nothing."""


@click.command("track", epilog=_EPILOG)
@click.option("--dry-run", is_flag=True, help="Say what would be done, show the text, and write nothing.")
@click.option("--within", type=click.IntRange(0, 100_000), default=7, show_default=True, metavar="DAYS",
              help="How far to look ahead.")  # fmt: skip
@click.option("--team", "teams", multiple=True, help="Only this team's promises (may be repeated).")
@audience_options
@click.option("--keep-open", is_flag=True, help="Leave the issue open when nothing is due.")
@click.option("--site-url", default="", metavar="URL", help="The site's address, to link the pages of reviews too.")
@repository_options
@label_option
@playbook_option
@today_option
def command(
    dry_run: bool, within: int, teams: tuple[str, ...], drafts: bool, private: bool, keep_open: bool, site_url: str,
    repo: str | None, api: str | None, label: str, folder: Path | None, today: date | None,
) -> None:  # fmt: skip
    """Keep one issue on GitHub with all promises that are due or were due before.

    It is opened when there is something to say, found again by a hidden marker, and closed when nothing is due. With
    --team it is an issue of its own, beside the one of all teams. While a review cannot be read it stays open.
    """
    if site_url and not re.fullmatch(r"https?://[^\s()<>]+", site_url):
        raise ArgumentError(f"“{site_url}” is no address of a site", remedy="Write it as https://HOST/PATH/.")
    root = the_root(folder)
    playbook = read_playbook(root)
    demand_teams(playbook, teams)
    day = the_day(today)
    tracker = the_tracker(root, playbook, repo, api, label)
    if not dry_run:
        tracker.must_sign()

    def open_in(reviews: Iterable[Review]) -> list[Promise]:
        found = promises_of(reviews, playbook.settings.clocks, day, within=within)
        return [promise for promise in found if not teams or set(teams) & set(promise.teams)]

    chosen = open_in(review for review in playbook.reviews if leaves(review, drafts=drafts, private=private))
    outlook = Outlook(playbook.settings.title, playbook.prefix, day, within, teams, playbook.unread)
    unread = tuple(tracker.file(review, 0).removesuffix("0") for review in playbook.unread)
    wanted = List(chosen, outlook, tracker.inside, _links(tracker, site_url), unread)
    tell_unread(playbook)
    made = plan(wanted, tracker.issues.carrying(wanted.marker), keep_open=keep_open)
    say("".join(f"{line}\n" for line in _done(tracker, wanted, made, dry_run=dry_run)))
    left = len(open_in(playbook.reviews)) - len(chosen)
    if left:
        promises = "1 promise" if left == 1 else f"{left:,} promises"
        say(f"{promises} of drafts or private reviews left out (--drafts, --private).\n")


def _done(tracker: Tracker, wanted: List, made: Plan, *, dry_run: bool) -> Iterable[str]:
    """Do what is planned, and give a line for each thing that was done or would be."""
    number = made.issue.number if made.issue else 0
    there = visible(made.issue.url) if made.issue and made.issue.url else f"{tracker.repository}#{number}"
    of = visible(wanted.outlook.of) + (" that can be read" if wanted.unread else "")
    count = "1 promise" if len(wanted.promises) == 1 else f"{len(wanted.promises):,} promises"
    for other in made.others:
        yield f"#{other.number} is open with the same marker as #{number}, which is older and is kept: close the other."
    if made.action == "nothing":
        yield f"{there} says all this already." if made.issue else f"Nothing{of} is due, and no issue is open."
    elif dry_run:
        words = {"open": f"Would open an issue in {tracker.repository}", "update": f"Would update {there}",
                 "close": f"Would close {there}, since nothing{of} is due"}  # fmt: skip
        yield f"{words[made.action]}: {visible(wanted.title)}"
        yield from ("", made.body.replace("\r", ""))
    elif made.action == "open":
        issue = tracker.issues.create(wanted.title, made.body)
        if not issue.ours:
            # The next run would not find it, and open another one.
            remedy = f"Set the label “{tracker.issues.label}” there, and give the token write access to the repository."
            raise TrackerError(f"{visible(issue.url)} was opened, but GitHub left its label out", remedy=remedy)
        yield f"Opened {visible(issue.url)} with {count}."
    elif made.action == "update":
        tracker.issues.update(number, {"body": made.body})
        yield f"Updated {there} with {count}."
    else:
        tracker.issues.update(number, {"body": made.body, "state": "closed", "state_reason": "completed"})
        yield f"Closed {there}, since nothing{of} is due."


def _links(tracker: Tracker, site: str) -> Callable[[Promise], str]:
    """Give the function that links a promise's line, and with the site's address its page."""

    def links(promise: Promise) -> str:
        line = promise.review.source.position(promise.span.start).line
        made = f"[{'line' if site else 'review, line'} {line}]({tracker.file(promise.review, line)})"
        if site:
            from failforward.pages.urls import Urls

            made = f"[review]({site.rstrip('/')}/{Urls().to('index.md', promise.review.path)}), {made}"
        link = promise.experiment.issue if promise.experiment else ""
        issue = issue_of(link, tracker.web) if link else None
        return f"{made}, [issue]({tracker.web}/{issue[0]}/issues/{issue[1]})" if issue else made

    return links
