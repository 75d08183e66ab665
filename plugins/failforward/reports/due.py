"""Open promises as people and other programs read them. To add a format: a function, and a line in FORMATS.

What is written speaks of promises and their days, never of those who gave them.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from failforward.model.review import Review
from failforward.promises import MOST_SPRINTS, STATES, Promise, distance, not_known
from failforward.promises.calendar_file import calendar
from failforward.reports.escape import shown as escape
from failforward.reports.github import SHOWN, command
from failforward.reports.run import visible
from failforward.reports.unread import Unread, unread

STATE_WORDS = {
    "overdue": "past its day", "due": "due", "undated": "without a day", "carried": "left open at the close",
    "missed": "not written down",
}  # fmt: skip
KIND_WORDS = {"debrief": "Debrief", "check-in": "Check-in", "experiment": "Experiment", "verification": "Verification"}
# How loudly GitHub tells of a promise; one that is only due is not told of at its line.
LEVELS = {"overdue": "warning", "carried": "warning", "undated": "notice", "missed": "notice"}
_NO_TEAM = "Without a team"


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a report says beside the promises: the playbook's name, where it lies, the day, how far it looks ahead.

    `teams` are those whose promises these are; without any they are those of all. `unread` are the reviews that cannot
    be read.
    """

    title: str
    prefix: str
    today: date
    within: int | None
    teams: tuple[str, ...] = ()
    unread: tuple[Review, ...] = ()

    @property
    def of(self) -> str:
        """Give ` of search and support` for the middle of a sentence, nothing where the promises are those of all."""
        *others, last = sorted(set(self.teams)) or [""]
        return f" of {', '.join(others)} and {last}" if others else f" of {last}" if last else ""


def by_team(promises: Iterable[Promise]) -> dict[str, list[Promise]]:
    """Give teams → their promises, in alphabetical order; several teams that share a promise form a group."""
    groups: dict[str, list[Promise]] = {}
    for promise in promises:
        groups.setdefault(", ".join(promise.teams), []).append(promise)
    return {name or _NO_TEAM: groups[name] for name in sorted(groups, key=lambda name: (not name, name.casefold()))}


def when(promise: Promise) -> str:
    """Give the day of a promise in words: `by 5 October 2026, in 3 days`."""
    if promise.by is None or promise.days is None:
        return "no day was set"
    return f"by {promise.by.day} {promise.by:%B} {promise.by.year}, {distance(promise.days)}"


def text(promises: Sequence[Promise], outlook: Outlook) -> str:
    """Give a paragraph for each team, then the counts."""
    lines: list[str] = []
    for team, group in by_team(promises).items():
        lines += [visible(team)]
        for each in group:
            lines += [
                f"  {KIND_WORDS[each.kind]} {STATE_WORDS[each.state]}: {visible(each.what)}",
                f"    {when(each)}; {visible(_place(each, outlook))}",
                f"    next: {each.next}",
            ]
        lines.append("")
    if outlook.unread:
        lines += ["Cannot be read", *(f"  {each}" for each in unread(outlook.unread, outlook.prefix)), ""]
    return "\n".join([*lines, summary(promises, outlook)]) + "\n"


def summary(promises: Sequence[Promise], outlook: Outlook) -> str:
    """Give the counts in a sentence, and in another one how many reviews cannot be read."""
    return " ".join(filter(None, (_counts(promises, outlook), not_known(outlook.unread))))


def _counts(promises: Sequence[Promise], outlook: Outlook) -> str:
    days = "a day" if outlook.within == 1 else f"{outlook.within} days"
    ahead = "" if outlook.within is None else f" within {days}"
    if not promises:
        known = " that can be read" if outlook.unread else ""
        return f"No promise{visible(outlook.of)}{known} is due{ahead}, and none is past its day."
    counts = Counter(promise.state for promise in promises)
    said = STATE_WORDS | {"due": f"due{ahead}" if ahead else "still to come"}
    if counts["overdue"] > 1:
        said["overdue"] = "past their day"
    parts = [f"{counts[state]:,} {said[state]}" for state in STATES if counts[state]]
    count = "1 promise" if len(promises) == 1 else f"{len(promises):,} promises"
    said_all = f"{count}{visible(outlook.of)} open: {', '.join(parts)}."
    if over := sum(promise.escalate for promise in promises):
        said_all += f" {over:,} carried over more than {MOST_SPRINTS} sprints: escalate or drop."
    return said_all


def json_list(promises: Sequence[Promise], outlook: Outlook) -> str:
    """Give a list of objects in the order of urgency.

    `days` is negative for a day that has passed; `sprints` is how many an unfinished experiment has been carried over.
    """
    return json.dumps([_object(each, outlook) for each in promises], ensure_ascii=False, indent=1) + "\n"


def markdown(promises: Sequence[Promise], outlook: Outlook) -> str:
    """Give a heading, the counts, and a table for each team."""
    lines = ["## Open promises", "", escape(summary(promises, outlook))]
    for team, group in by_team(promises).items():
        lines += ["", f"### {escape(team)}", "", "| promise | what | by | review | next |", "|---|---|---|---|---|"]
        lines += ["| " + " | ".join(map(escape, _row(each, outlook))) + " |" for each in group]
    if outlook.unread:
        lines += ["", "### Cannot be read", ""]
        lines += [f"- {escape(str(each))}" for each in unread(outlook.unread, outlook.prefix)]
    return "\n".join(lines) + "\n"


def ics(promises: Sequence[Promise], outlook: Outlook) -> str:
    """Give a calendar file with an all-day event for each promise that has a day."""
    return calendar(promises, f"{outlook.title}: promises{outlook.of}", outlook.today)


def github(promises: Sequence[Promise], outlook: Outlook) -> str:
    """Give an annotation for each promise that asks for attention, as many as GitHub shows, and a line for the log.

    A review that cannot be read and what is past its day are warnings, what waits without a day is a notice; what is
    only due is in the count.
    """
    lines = [_unread(each) for each in unread(outlook.unread, outlook.prefix)][:SHOWN]
    blocked = len(lines)
    asking = [each for each in promises if each.state in LEVELS]
    # One notice is kept for the count of what is not shown.
    for level, room in (("warning", SHOWN - blocked), ("notice", SHOWN - 1)):
        lines += [_annotation(each, level, outlook) for each in asking if LEVELS[each.state] == level][:room]
    left = len(asking) - (len(lines) - blocked)
    if left:
        others = "1 more promise asks" if left == 1 else f"{left:,} more promises ask"
        lines.append(f"::notice title=failforward::{others} for attention: `failforward due` lists all.")
    return "\n".join([*lines, summary(promises, outlook)]) + "\n"


FORMATS: dict[str, Callable[[Sequence[Promise], Outlook], str]] = {
    "text": text, "json": json_list, "markdown": markdown, "ics": ics, "github": github,
}  # fmt: skip


def _place(promise: Promise, outlook: Outlook) -> str:
    line = promise.review.source.position(promise.span.start).line
    return f"{outlook.prefix}{promise.review.path}:{line}"


def _annotation(promise: Promise, level: str, outlook: Outlook) -> str:
    path, _, line = _place(promise, outlook).rpartition(":")
    title = f"{KIND_WORDS[promise.kind]} {STATE_WORDS[promise.state]}"
    message = f"{promise.what} ({when(promise)}). {promise.next}"
    return command(level, {"file": path, "line": line, "title": f"failforward: {title}"}, message)


def _unread(each: Unread) -> str:
    properties = {"file": each.path, "line": str(each.line or 1), "title": "failforward: Review cannot be read"}
    return command("warning", properties, f"What it promises now is not known. {each.what}. {each.instead}")


def _object(promise: Promise, outlook: Outlook) -> dict[str, object]:
    path, _, line = _place(promise, outlook).rpartition(":")
    return {
        "kind": promise.kind, "state": promise.state, "by": promise.by.isoformat() if promise.by else None,
        "days": promise.days, "teams": promise.teams, "review": promise.review.id, "title": promise.review.title,
        "path": path, "line": int(line), "experiment": promise.experiment.id if promise.experiment else None,
        "what": promise.what, "next": promise.next, "sprints": promise.sprints, "escalate": promise.escalate,
    }  # fmt: skip


def _row(promise: Promise, outlook: Outlook) -> Iterator[str]:
    yield f"{KIND_WORDS[promise.kind]} {STATE_WORDS[promise.state]}"
    yield promise.what
    yield when(promise).removeprefix("by ")
    yield _place(promise, outlook)
    yield promise.next
