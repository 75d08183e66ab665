"""What git says of a folder, whatever environment the command was called in."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path


def say(folder: Path, *arguments: str) -> str | None:
    """Give what git prints, without the last line end; None where it is not there, or cannot tell."""
    return ask(folder, *arguments)[0]


def ask(folder: Path, *arguments: str) -> tuple[str | None, str]:
    """Give what git prints, without the last line end, and where that is None, in a few words why."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    try:
        done = subprocess.run(  # noqa: S603 - the program is fixed, and a file's name is never an argument alone
            ["git", *arguments], cwd=folder, env=environment, stdin=subprocess.DEVNULL, capture_output=True,  # noqa: S607
            check=False, timeout=60,
        )  # fmt: skip
    except OSError as error:
        return None, f"git cannot be run: {error.strerror}"
    except subprocess.TimeoutExpired:
        return None, "git has not answered for a minute"
    if done.returncode == 0:
        return os.fsdecode(done.stdout).rstrip("\n"), ""
    # What it is about stands in the first line; the others explain, or give commands to type.
    first = os.fsdecode(done.stderr).strip().partition("\n")[0]
    return None, first.removeprefix("fatal: ").removeprefix("error: ") or "git says nothing"


def is_near(folder: Path) -> bool:
    """Tell whether a folder or one above it holds a `.git`, whatever git itself makes of that."""
    return any(os.path.lexists(each / ".git") for each in (folder, *folder.parents))
