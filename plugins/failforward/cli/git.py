"""What git says of a folder, whatever environment the command was called in."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path


def say(folder: Path, *arguments: str) -> str | None:
    """Give what git prints, without the last line end; None where it is not there, or cannot tell."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    try:
        done = subprocess.run(  # noqa: S603 - the program is fixed, and a file's name is never an argument alone
            ["git", *arguments], cwd=folder, env=environment, stdin=subprocess.DEVNULL, capture_output=True,  # noqa: S607
            check=False, timeout=60,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return None
    return os.fsdecode(done.stdout).rstrip("\n") if done.returncode == 0 else None
