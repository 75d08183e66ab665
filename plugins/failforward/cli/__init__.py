"""The command line: `failforward COMMAND`. Each command is a module of its own, imported when it is called."""

from __future__ import annotations

import gc

__all__ = ["main"]


def main() -> None:
    """Run the command line."""
    # While modules are imported there are no cycles to be found, and looking for them takes a tenth of the start.
    gc.disable()
    from failforward.cli.main import run

    try:
        run()
    finally:
        # At the end all goes: looking through it for cycles first takes as long again as loading it.
        gc.freeze()
