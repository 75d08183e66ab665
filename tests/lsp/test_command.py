"""The command that an editor starts."""

import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest


def test_the_server_ends_cleanly(start: Callable[..., Any]) -> None:
    """After shutdown and exit the process ends with 0."""
    assert start().stop() == 0


@pytest.mark.parametrize("missing", ["pygls", "lsprotocol"])
def test_a_missing_library_is_named_with_its_remedy(missing: str) -> None:
    """Without the extra the command ends with 2 and says what to install."""
    run = "sys.argv = ['failforward', 'lsp']; from failforward.cli import main; main()"
    without = f"import sys; sys.modules[{missing!r}] = None; {run}"
    done = subprocess.run([sys.executable, "-c", without], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr == (
        "failforward: The language server needs pygls, which is not installed. Run pip install 'failforward[lsp]'.\n"
    )


def test_the_other_commands_do_not_load_the_protocol() -> None:
    """Nobody who runs a check waits for the language server's libraries."""
    code = "import sys, failforward.cli.main, failforward.cli.check; print({'pygls', 'lsprotocol'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


def test_a_day_that_is_none_is_refused_before_anything_is_served() -> None:
    """An unusable --today ends with 2."""
    command = [sys.executable, "-m", "failforward", "lsp", "--today", "tomorrow"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    assert done.returncode == 2
    assert "tomorrow" in done.stderr
