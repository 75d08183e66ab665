"""The command line: `failforward COMMAND`. Each command is a module of its own, imported when it is called."""

from failforward.cli.main import main

__all__ = ["main"]
