"""`failforward new`."""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path

import click

from failforward.cli.options import playbook_option, read_day, the_day, the_root, today_option
from failforward.errors import ArgumentError
from failforward.model.body import Body
from failforward.model.depth import depth_of
from failforward.model.fields import KINDS
from failforward.model.moment import Moment
from failforward.model.playbook import Playbook
from failforward.model.review import Review
from failforward.playbook import read_playbook
from failforward.reviews.times import ImpossibleTime, moment_of
from failforward.reviews.words import not_applicable
from failforward.scaffold import NewFile, facilitator_for, new_review, review_name, write_new
from failforward.text.markdown import parse
from failforward.text.source import Source

_EPILOG = """Examples:

\b
  failforward new                                     asks a few questions
  failforward new --title "Checkout stalled" --kind incident --severity sev2 --team payments
  failforward new --title "Queue nearly full" --kind near-miss --dry-run

On a terminal, what is not given by an option is asked for. The form (light or full) follows from kind and severity."""


@click.command("new", epilog=_EPILOG)
@click.option("--title", help="What failed, in one line.")
@click.option("--kind", type=click.Choice(KINDS), help="What sort of failure it was.")
@click.option("--severity", help="A word of the playbook's vocabulary.")
@click.option("--started", help="When it began: 2026-10-02T14:05+02:00, or a date.")
@click.option("--team", "teams", multiple=True, help="A team that was in it (may be repeated).")
@click.option("--service", "services", multiple=True, help="A service that failed (may be repeated).")
@click.option("--tag", "tags", multiple=True, help="A word to find it by (may be repeated).")
@click.option(
    "--facilitator", help="Who leads the debrief; by default the one who was not involved and is next in turn."
)
@click.option(
    "--depth", type=click.Choice(["light", "full"]), help="The form; by default it follows from kind and severity."
)
@click.option(
    "--date",
    "day",
    callback=read_day,
    metavar="DATE",
    help="The day in the file's name; by default the day it started.",
)
@click.option("--dry-run", is_flag=True, help="Print the review, and write nothing.")
@playbook_option
@today_option
def command(
    title: str | None, kind: str | None, severity: str | None, started: str | None, teams: tuple[str, ...],
    services: tuple[str, ...], tags: tuple[str, ...], facilitator: str | None, depth: str | None, day: date | None,
    dry_run: bool, folder: Path | None, today: date | None,
) -> None:  # fmt: skip
    """Start a review from a few questions."""
    root = the_root(folder)
    playbook = read_playbook(root)
    asking = sys.stdin.isatty() and not dry_run
    title = title or _ask(asking, "What failed, in one line", "--title")
    kind = kind or (_choose(asking, "Kind", KINDS, "incident") or "incident")
    severity = _severity(playbook, severity, asking)
    started = _started(started, asking)
    teams = teams or _words(asking, "Teams that were in it (commas between)")
    services = services or _words(asking, "Services that failed (commas between)")
    tags = tags or _words(asking, "Words to find it by (commas between)")
    chosen = depth or _depth(playbook, kind, severity)
    values: dict[str, str | tuple[str, ...]] = {
        "title": title, "kind": kind, "severity": severity, "started": started, "services": services, "teams": teams,
        "tags": tags, "facilitator": facilitator or facilitator_for(playbook, teams, the_day(today)),
        "depth": "" if chosen == _depth(playbook, kind, severity) else chosen,
    }  # fmt: skip
    begun = moment_of(started) if started else None
    name = review_name(day or (begun.day if begun else the_day(today)), title, playbook.review_by_id)
    text = new_review(values, chosen, root / "templates")
    if dry_run:
        click.echo(text, nl=False)
        return
    write_new(root, iter([NewFile(f"reviews/{name}.md", text)]))
    shown = f"{playbook.prefix}reviews/{name}.md"
    click.echo(f"Wrote {shown} (the {chosen} form). Fill it in, then: failforward check {shown}")
    _remind(playbook, begun)


def _remind(playbook: Playbook, begun: Moment | None) -> None:
    """Say by when the debrief is promised."""
    clocks = playbook.settings.clocks
    hours = f"{clocks.debrief_hours} hours{' of working days' if clocks.calendar.working_days else ''}"
    click.echo(
        f"The debrief is promised within {hours} of the end: half an hour, the people who were in it, one from outside."
    )


def _ask(asking: bool, question: str, option: str) -> str:
    if not asking:
        raise ArgumentError(
            f"Nothing says {option.removeprefix('--')}", remedy=f"Give {option}, or call this on a terminal."
        )
    return str(click.prompt(question)).strip()


def _choose(asking: bool, question: str, words: tuple[str, ...], default: str) -> str:
    return str(click.prompt(question, type=click.Choice(words), default=default)) if asking else ""


def _severity(playbook: Playbook, given: str | None, asking: bool) -> str:
    words = playbook.settings.severities
    if given and given not in words:
        raise ArgumentError(
            f"“{given}” is no severity of this playbook", remedy=f"The severities are {', '.join(words)}."
        )
    return given or _choose(asking, "Severity", words, words[len(words) // 2])


def _started(given: str | None, asking: bool) -> str:
    """Give when it began, with this machine's offset where only a local time was written."""
    text = given or ""
    if asking and not text:
        now = datetime.now().astimezone().isoformat(timespec="minutes")
        text = str(click.prompt("When did it begin", default=now)).strip()
    if not text or not_applicable(text):
        return text
    try:
        moment = moment_of(text)
    except ImpossibleTime as error:
        raise ArgumentError(
            f"“{text}” is no time ({error})", remedy="Write 2026-10-02T14:05+02:00 or 2026-10-02."
        ) from error
    if moment is None:
        raise ArgumentError(f"“{text}” is no time", remedy="Write 2026-10-02T14:05+02:00 or 2026-10-02.")
    if moment.precision == "minute" and not moment.zoned:
        return moment.at.replace(tzinfo=None).astimezone().isoformat(timespec="minutes")
    return text.replace(" ", "T", 1)


def _words(asking: bool, question: str) -> tuple[str, ...]:
    given = str(click.prompt(question, default="", show_default=False)) if asking else ""
    return tuple("-".join(word.split()).lower() for word in given.split(",") if word.strip())


def _depth(playbook: Playbook, kind: str, severity: str) -> str:
    empty = Review("", "", Source("", ""), Body(parse("")), kind=kind, severity=severity)
    return depth_of(empty, playbook.settings)
