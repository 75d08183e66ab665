"""One tracking issue for all open promises of a playbook: what it says, and what is to be done about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from failforward.promises import Promise
from failforward.reports.due import KIND_WORDS, STATE_WORDS, Outlook, by_team, summary
from failforward.trackers import markers, neutral
from failforward.trackers.github import Issue

# GitHub refuses a longer body.
LONGEST_BODY = 65_536
_RECORD = (
    "The reviews are the record: this list is written anew from them, and an entry goes when its review says that the "
    "promise was kept. A tick here is a note for others. What is written below the line stays."
)


_ENTRIES = ("- [ ] ", "- [x] ", "- [X] ")


@dataclass(frozen=True)
class List:
    """The open promises, and what the issue says beside them.

    `prefix` leads from the top of the repository to the playbook; `links` gives the Markdown of a promise's links.
    `unread` are how the addresses of reviews that cannot be read begin, up to the number of the line: what the issue
    says of their promises stays.
    """

    promises: Sequence[Promise]
    outlook: Outlook
    prefix: str
    links: Callable[[Promise], str]
    unread: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """Give the title that the issue gets when it is opened; people may change it."""
        return neutral.title(f"Open promises{self.outlook.of}: {self.outlook.title}")

    @property
    def marker(self) -> str:
        """Give what the issue is found again by."""
        return markers.tracking(self.prefix, self.outlook.teams)

    def body(self, before: str = "") -> str:
        """Give the body: as many whole promises as there is room for, the most urgent ones.

        `before` is the body until now: what people wrote below the line is kept, and so are the ticks. Days are given
        as dates, not as "in 3 days", so that a body changes only when a promise does.
        """
        notes, ticked = markers.notes_of(before), _ticked(before)
        kept = self._kept(before.removesuffix(notes))
        low, high = 0, len(self.promises) + len(kept)
        while low < high:
            middle = (low + high + 1) // 2
            fits = _length(self._body(middle, kept, notes, ticked)) <= LONGEST_BODY
            low, high = (middle, high) if fits else (low, middle - 1)
        return self._body(low, kept, notes, ticked)

    def _kept(self, before: str) -> list[str]:
        """Give the entries of an issue whose reviews cannot be read now: nobody has said that they were kept."""
        lines = dict.fromkeys(line.rstrip("\r") for line in before.split("\n") if line.startswith(_ENTRIES))
        return [line for line in lines if any(f"]({address}" in line for address in self.unread)]

    def _body(self, shown: int, kept: list[str], notes: str, ticked: frozenset[str]) -> str:
        lines = [self.marker, neutral.paragraph(summary(self.promises, self.outlook)), "", _RECORD]
        for team, group in by_team(self.promises[:shown]).items():
            lines += ["", f"### {neutral.words(team)}", ""]
            entries = [self._entry(each) for each in group]
            lines += [f"- [{'x' if entry in ticked else ' '}] {entry}" for entry in entries]
        if past := kept[: max(shown - len(self.promises), 0)]:
            lines += ["", "### As last read, in reviews that cannot be read now", "", *past]
        left = len(self.promises) + len(kept) - shown
        if left:
            others = "1 more promise is" if left == 1 else f"{left:,} more promises are"
            lines += ["", f"{others} open; there is no room for more here. `failforward due` lists all."]
        return markers.with_notes("\n".join([*lines, "", "---", ""]), notes)

    def _entry(self, each: Promise) -> str:
        day = f"by {each.by.day} {each.by:%B} {each.by.year}" if each.by else "no day was set"
        what = f"**{KIND_WORDS[each.kind]} {STATE_WORDS[each.state]}:** {neutral.words(each.what)}"
        return f"{what}, {day} ({self.links(each)}). {neutral.words(each.next)}"


@dataclass(frozen=True)
class Plan:
    """What is to be done: open an issue, update one, close it, or nothing.

    `issue` is the one that is updated; `others` are open as well and carry the same marker.
    """

    action: Literal["open", "update", "close", "nothing"]
    body: str = ""
    issue: Issue | None = None
    others: tuple[Issue, ...] = ()


def plan(wanted: List, found: Sequence[Issue], *, keep_open: bool = False) -> Plan:
    """Say what is to be done, given the issues that carry the marker, the oldest first.

    An issue that is closed is left alone: a new one is opened as soon as something is open again. While a review cannot
    be read nobody knows that nothing is, and an open issue stays.
    """
    still = [issue for issue in found if issue.open]
    if not still:
        return Plan("open", wanted.body()) if wanted.promises else Plan("nothing")
    issue, *others = still
    body = wanted.body(issue.body)
    if not (wanted.promises or wanted.unread or keep_open):
        return Plan("close", body, issue, tuple(others))
    return Plan("nothing" if _same(body, issue.body) else "update", body, issue, tuple(others))


def _same(one: str, other: str) -> bool:
    """Tell whether two bodies are the same, whatever line ends GitHub's own editor has put."""
    return one.replace("\r\n", "\n").strip() == other.replace("\r\n", "\n").strip()


def _ticked(body: str) -> frozenset[str]:
    lines = (line.rstrip("\r") for line in body.split("\n"))
    return frozenset(line[6:] for line in lines if line.startswith(_ENTRIES[1:]))


def _length(text: str) -> int:
    """Give the length as strictly as it may be counted: in units of UTF-16."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
