"""The issues of a repository on GitHub, by its REST API as documented (docs.github.com/rest/issues).

The tests hold what is sent, and what is expected in return, against GitHub's published description of that API.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal, cast
from urllib.parse import quote

from failforward.trackers import markers
from failforward.trackers.connection import Answer, Connection
from failforward.trackers.refusals import refusal

# Who may write in a repository; an issue that anybody else opened, and that nobody labelled, is not ours.
_MEMBERS = ("OWNER", "MEMBER", "COLLABORATOR")
# Why an issue is not there: it was deleted, it cannot be seen, if it ever was, or its number is that of something else.
Absent = Literal["deleted", "unseen", "pull-request"]
_LABEL = {"color": "bfd4f2", "description": "Promises from reviews of failures"}


@dataclass(frozen=True, slots=True)
class Issue:
    """An issue. `reason` says how it was closed or that it was opened again (`state_reason`), empty where unknown.

    `closed` is when it was, aware, None while it is open. `ours` tells whether it carries the label, or comes from
    somebody who may write here, or from a program.
    """

    number: int
    url: str
    title: str
    body: str
    open: bool
    reason: str
    closed: datetime | None
    ours: bool


@dataclass(frozen=True)
class Issues:
    """The issues of one repository (owner/name); those of the program carry a label."""

    connection: Connection
    repository: str
    label: str

    def carrying(self, marker: str) -> tuple[Issue, ...]:
        """Give the issues with a marker, the oldest first: those with the label, and where there is none, any."""
        return self.by_marker((marker,))[marker]

    def by_marker(self, wanted: tuple[str, ...]) -> dict[str, tuple[Issue, ...]]:
        """Give each marker's issues, the oldest first. All issues are looked at only where a label does not lead."""
        found = _sorted_out(self._listed(labels=self.label), wanted)
        if all(found.values()):
            return found
        missing = tuple(marker for marker in wanted if not found[marker])
        return found | _sorted_out(self._listed(), missing)

    def read(self, number: int) -> Issue | Absent:
        """Give one issue, also from where it was transferred to; else why it is not there."""
        answer = self.connection.call("GET", self._path(f"/{number}"))
        if answer.status == 410:
            return "deleted"
        if answer.status in (301, 404):
            return "unseen"
        value = self._good(answer).value
        other: Absent = "pull-request" if isinstance(value, dict) and "pull_request" in value else "unseen"
        return _issue(value, self.label) or other

    def create(self, title: str, body: str) -> Issue:
        """Open an issue with the label, which GitHub leaves out without a word where the token may not set it."""
        self._make_label()
        sent = {"title": title, "body": body, "labels": [self.label]}
        return self._written(self.connection.call("POST", self._path(), sent))

    def update(self, number: int, fields: Mapping[str, Any]) -> Issue:
        """Change an issue: `body`, `state`, `state_reason`."""
        return self._written(self.connection.call("PATCH", self._path(f"/{number}"), fields))

    def _make_label(self) -> None:
        """Make the label where it is missing; somebody else may be quicker, which is as good."""
        labels = f"/repos/{self.repository}/labels"
        if self.connection.call("GET", f"{labels}/{quote(self.label, safe='')}").status != 404:
            return
        answer = self.connection.call("POST", labels, {"name": self.label, **_LABEL})
        errors = answer.value.get("errors") if isinstance(answer.value, dict) else None
        there = any(isinstance(each, dict) and each.get("code") == "already_exists" for each in errors or ())
        if not (answer.status == 422 and there):
            self._good(answer)

    def _listed(self, **query: str) -> Iterator[Issue]:
        """Give the issues in the order of their numbers. The API lists pull requests among them, which are left out."""
        asked = {"state": "all", "sort": "created", "direction": "asc", "per_page": "100", **query}
        for answer in self.connection.pages(self._path(), **asked):
            value = self._good(answer).value
            for each in value if isinstance(value, list) else ():
                issue = _issue(each, self.label)
                if issue:
                    yield issue

    def _path(self, rest: str = "") -> str:
        return f"/repos/{self.repository}/issues{rest}"

    def _good(self, answer: Answer) -> Answer:
        if not answer.ok:
            raise refusal(answer, self.repository, signed=bool(self.connection.token))
        return answer

    def _written(self, answer: Answer) -> Issue:
        issue = _issue(self._good(answer).value, self.label)
        if issue is None:
            raise refusal(answer, self.repository, signed=bool(self.connection.token))
        return issue


def _sorted_out(issues: Iterator[Issue], wanted: tuple[str, ...]) -> dict[str, tuple[Issue, ...]]:
    """Give each marker's issues; an issue that is not ours carries a marker that somebody copied."""
    found: dict[str, dict[int, Issue]] = {marker: {} for marker in wanted}
    for issue in issues:
        for marker in markers.found(issue.body) if issue.ours else ():
            if marker in found:
                found[marker][issue.number] = issue
    return {marker: tuple(each[number] for number in sorted(each)) for marker, each in found.items()}


def _issue(value: Any, label: str) -> Issue | None:
    """Read an issue of an answer; None for a pull request, and for what has not its form."""
    if not isinstance(value, dict) or "pull_request" in value or not isinstance(value.get("number"), int):
        return None
    labels = {each.get("name") if isinstance(each, dict) else each for each in value.get("labels") or ()}
    user = value.get("user") or {}
    ours = label.lower() in {str(name).lower() for name in labels} or value.get("author_association") in _MEMBERS
    return Issue(
        number=cast(int, value["number"]), url=str(value.get("html_url") or ""), title=str(value.get("title") or ""),
        body=str(value.get("body") or ""), open=value.get("state") != "closed",
        reason=str(value.get("state_reason") or ""), closed=_instant(value.get("closed_at")),
        ours=ours or user.get("type") == "Bot",
    )  # fmt: skip


def _instant(written: Any) -> datetime | None:
    try:
        at = datetime.fromisoformat(str(written))
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)
