"""`failforward lsp`."""

from __future__ import annotations

import sys
from datetime import date

import click

from failforward.cli.options import the_day, today_option
from failforward.errors import ArgumentError

_NEEDED = ("pygls", "lsprotocol")


@click.command("lsp", epilog="Example:\n\n\b\n  failforward lsp     an editor starts it and talks to it")
@click.option("--stdio", is_flag=True, help="Talk over standard input and output; there is no other way.")
@today_option
def command(stdio: bool, today: date | None) -> None:
    """Serve an editor: findings while typing, completion, hover, quick fixes."""
    try:
        from failforward.language_server.server import made
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] not in _NEEDED:
            raise
        raise ArgumentError(
            "The language server needs pygls, which is not installed", remedy="Run pip install 'failforward[lsp]'."
        ) from error
    the_day(today)
    if sys.stdin.isatty():
        click.echo("An editor talks to this command over standard input; Ctrl+C ends it.", err=True)
    made(lambda: the_day(today)).start_io()
