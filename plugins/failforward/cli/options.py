"""Options and arguments that several commands share."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date, datetime, timezone
from pathlib import Path
from typing import Any, TypeVar

import click

from failforward.errors import ArgumentError
from failforward.playbook import find_root

F = TypeVar("F", bound=Callable[..., Any])


class DateType(click.ParamType):
    """A day written as 2026-10-02."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read the day."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"“{value}” is no day; write it as 2026-10-02.", param, ctx)


def today_option(function: F) -> F:
    """Add --today."""
    return click.option("--today", type=DateType(), default=None, metavar="DATE", help="Take this day for today.")(function)


def playbook_option(function: F) -> F:
    """Add --playbook."""
    return click.option(
        "--playbook", "folder", type=click.Path(path_type=Path), default=None, metavar="DIR",
        help="The folder with playbook.yml. Without it: here, above, or in ./playbook.",
    )(function)  # fmt: skip


def the_day(given: date | None) -> date:
    """Give the day that counts as today: as given, else SOURCE_DATE_EPOCH's, else this machine's."""
    if given:
        return given
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch:
        try:
            return datetime.fromtimestamp(int(epoch), timezone.utc).date()
        except (ValueError, OverflowError, OSError) as error:
            remedy = "Give seconds since 1970, or unset it."
            raise ArgumentError(f"SOURCE_DATE_EPOCH is “{epoch[:40]}”, which is no time", remedy=remedy) from error
    return datetime.now().astimezone().date()


def the_root(folder: Path | None) -> Path:
    """Give the playbook's folder; raises ArgumentError where there is none."""
    root = find_root(folder or Path()) if folder is None or folder.exists() else None
    if root is None:
        where = str(folder) if folder else "here"
        raise ArgumentError(
            f"There is no playbook {where if where == 'here' else 'in ' + where} (no playbook.yml)",
            remedy="`failforward init DIR` makes one; `failforward check --only-wording FILE` needs none.",
        )
    return root
