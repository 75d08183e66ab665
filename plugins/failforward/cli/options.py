"""Options and arguments that several commands share."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, TypeVar

import click

from failforward.cli.parameters import FileName
from failforward.disk import find_root
from failforward.errors import ArgumentError

if TYPE_CHECKING:
    from pathlib import Path

F = TypeVar("F", bound=Callable[..., Any])


def read_day(ctx: click.Context, param: click.Parameter, value: str | None) -> date | None:
    """Read a day written as 2026-10-02."""
    if value is None:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise click.BadParameter(f"“{value}” is no day; write it as 2026-10-02.", ctx, param) from error


def today_option(function: F) -> F:
    """Add --today."""
    return click.option("--today", callback=read_day, default=None, metavar="DATE", help="Take this day for today.")(
        function
    )


def playbook_option(function: F) -> F:
    """Add --playbook."""
    return click.option(
        "--playbook", "folder", type=FileName(), default=None, metavar="DIR",
        help="The folder with playbook.yml. Without it: here, above, or in ./playbook.",
    )(function)  # fmt: skip


def the_day(given: date | None) -> date:
    """Give the day that counts as today: as given, else SOURCE_DATE_EPOCH's, else this machine's."""
    if given:
        return given
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch:
        try:
            return datetime.fromtimestamp(int(epoch), UTC).date()
        except (ValueError, OverflowError, OSError) as error:
            remedy = "Give seconds since 1970, or unset it."
            raise ArgumentError(f"SOURCE_DATE_EPOCH is “{epoch[:40]}”, which is no time", remedy=remedy) from error
    return datetime.now().astimezone().date()


def the_root(folder: Path | None) -> Path:
    """Give the playbook's folder; raises ArgumentError where there is none."""
    root = find_root(folder or "") if folder is None or folder.exists() else None
    if root is None:
        where = str(folder) if folder else "here"
        raise ArgumentError(
            f"There is no playbook {where if where == 'here' else 'in ' + where} (no playbook.yml)",
            remedy="`failforward init DIR` makes one; `failforward check --only-wording FILE` needs none.",
        )
    return root
