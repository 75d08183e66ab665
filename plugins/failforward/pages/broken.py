"""Tells a team which of its templates cannot be used, and in which line; a fault in a shipped one stays a traceback."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import jinja2

from failforward.errors import FailforwardError


@contextmanager
def errors_in(overrides: Path | None, shown: str) -> Iterator[None]:
    """Turn what Jinja says of a team's own template into an error; `shown` is the folder's path as people see it."""
    try:
        yield
    except jinja2.TemplateError as error:
        place = _place(error, overrides) if overrides else None
        if place is None:
            raise
        name, line = place
        remedy = "Correct the template, or delete it to have the shipped one."
        raise FailforwardError(str(error.message), path=f"{shown}/{name}", line=line, remedy=remedy) from error


def _place(error: jinja2.TemplateError, overrides: Path) -> tuple[str, int] | None:
    """Give the name and line of the innermost place in a team's templates, if the error passed one."""
    places = [(frame.filename, frame.lineno or 0) for frame in traceback.extract_tb(error.__traceback__)]
    if isinstance(error, jinja2.TemplateSyntaxError):
        places.append((error.filename or "", error.lineno))
    for filename, line in reversed(places):
        if Path(filename).is_relative_to(overrides):
            return Path(filename).relative_to(overrides).as_posix(), line
    return None
