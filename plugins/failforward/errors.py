"""Errors: something the caller gave cannot be used. A review that cannot be read is a finding, never an error."""

from __future__ import annotations


class FailforwardError(Exception):
    """Says what cannot be used, where it stands, and what to write instead.

    `path` and `line` (from 1) point at the place when there is one; `remedy` is a sentence.
    """

    def __init__(self, message: str, *, path: str = "", line: int = 0, remedy: str = "") -> None:
        """Keep the parts apart so that each adapter can lay them out its own way."""
        super().__init__(message)
        self.message = message
        self.path = path
        self.line = line
        self.remedy = remedy

    def __str__(self) -> str:
        """Give `path:line: message. remedy` on one line."""
        where = f"{self.path}:{self.line}: " if self.line else (f"{self.path}: " if self.path else "")
        if not self.remedy:
            return f"{where}{self.message}"
        between = " " if self.message.endswith((".", "?", "!", ":", "…")) else ". "
        return f"{where}{self.message}{between}{self.remedy}"


class ArgumentError(FailforwardError):
    """A path or option on the command line cannot be used."""


class RuleFileError(FailforwardError):
    """A rule file cannot be used."""


class SettingError(FailforwardError):
    """A setting in playbook.yml cannot be used."""


class TrackerError(FailforwardError):
    """An issue tracker cannot be reached, or refuses what is asked of it."""
