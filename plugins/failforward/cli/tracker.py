"""What the commands that talk to an issue tracker share: where it is, the token, and which reviews may go there."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import click

from failforward.cli import git
from failforward.errors import ArgumentError
from failforward.model.playbook import Playbook
from failforward.model.review import Review
from failforward.trackers.address import (
    GITHUB,
    api_address,
    file_address,
    repository_name,
    repository_of_remote,
    web_address,
)
from failforward.trackers.connection import Connection
from failforward.trackers.github import Issues

F = TypeVar("F", bound=Callable[..., Any])
LABEL = "failforward"


def repository_options(function: F) -> F:
    """Add --repo and --api."""
    function = click.option(
        "--api", metavar="URL",
        help="The address of the API. Without it GITHUB_API_URL, else https://api.github.com.",
    )(function)  # fmt: skip
    return click.option(
        "--repo", metavar="OWNER/NAME", help="The repository. Without it GITHUB_REPOSITORY, else git's remote origin.",
    )(function)  # fmt: skip


def label_option(function: F) -> F:
    """Add --label."""
    return click.option(
        "--label", default=LABEL, show_default=True, callback=_read_label, metavar="NAME",
        help="The label of the issues; it is made where it is missing.",
    )(function)  # fmt: skip


def audience_options(function: F) -> F:
    """Add --drafts and --private: what leaves the repository is published, unless more is asked for."""
    function = click.option("--private", is_flag=True, help="Also private reviews.")(function)
    return click.option("--drafts", is_flag=True, help="Also drafts.")(function)


def leaves(review: Review, *, drafts: bool, private: bool) -> bool:
    """Tell whether a review's words may leave the repository."""
    draft = review.status in ("", "draft")
    return review.readable and (drafts or not draft) and (private or not review.private)


@dataclass(frozen=True)
class Tracker:
    """A repository on GitHub, seen from a playbook; `inside` leads from the top of its own repository to it."""

    issues: Issues
    web: str
    inside: str
    source: str

    @property
    def repository(self) -> str:
        """Give owner/name."""
        return self.issues.repository

    def file(self, review: Review, line: int) -> str:
        """Give where people see a line of a review."""
        return file_address(self.source, self.inside + review.path, line)

    def must_sign(self) -> None:
        """Raise ArgumentError where there is no token: nothing can be written without one."""
        if not self.issues.connection.token:
            remedy = "Set GH_TOKEN or GITHUB_TOKEN to one with the permission “Issues: write”, or look with --dry-run."
            raise ArgumentError("There is no token to write with", remedy=remedy)


def the_tracker(root: Path, playbook: Playbook, repo: str | None, api: str | None, label: str = LABEL) -> Tracker:
    """Give the tracker that options, environment and git's remote name; raises ArgumentError where none does."""
    base = api_address(api or os.environ.get("GITHUB_API_URL") or GITHUB)
    web = web_address(base)
    given = repo or os.environ.get("GITHUB_REPOSITORY")
    remote = "" if given else git.say(root, "remote", "get-url", "origin") or ""
    name = repository_name(given) if given else repository_of_remote(remote, web)
    if not name:
        remedy = "Name it with --repo OWNER/NAME; for GitHub Enterprise also --api https://HOST/api/v3."
        raise ArgumentError(f"There is no repository on {web.partition('://')[2]} to write to", remedy=remedy)
    own = playbook.settings.repository
    source = own if own.startswith(("https://", "http://")) else f"{web}/{name}"
    return Tracker(Issues(Connection(base, _token()), name, label), web, inside(root, playbook), source)


def inside(root: Path, playbook: Playbook) -> str:
    """Give the way from the top of the git repository to the playbook, the same from whatever folder it is asked."""
    if git.say(root, "rev-parse", "--is-inside-work-tree") == "true":
        return git.say(root, "rev-parse", "--show-prefix") or ""
    return playbook.prefix


def _token() -> str:
    """Give the token of the environment; it is printed nowhere, and a line end in it would reach the headers."""
    name = next((name for name in ("GH_TOKEN", "GITHUB_TOKEN") if os.environ.get(name, "").strip()), "GH_TOKEN")
    token = os.environ.get(name, "").strip()
    if not (token.isascii() and token.isprintable()) or " " in token:
        raise ArgumentError(f"{name} holds something that is no token", remedy="Set it anew, on one line.")
    return token


def _read_label(ctx: click.Context, param: click.Parameter, value: str) -> str:
    """Read a label, which has up to 50 characters; a comma would make it two."""
    name = value.strip()
    if not name or len(name) > 50 or "," in name or not name.isprintable():
        raise click.BadParameter("Give one word or a few, without a comma.", ctx, param)
    return name
