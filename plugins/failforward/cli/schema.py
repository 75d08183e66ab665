"""`failforward schema`."""

from __future__ import annotations

from pathlib import Path

import click

from failforward.cli.options import playbook_option, the_root
from failforward.playbook import read_playbook
from failforward.reports.schema import rendered


@click.command(
    "schema",
    epilog="Examples:\n\n\b\n  failforward schema > review.schema.json\n"
    "  failforward schema --own     with this playbook's severities and causes",
)
@click.option("--own", is_flag=True, help="Complete this playbook's own severities and causes.")
@playbook_option
def command(own: bool, folder: Path | None) -> None:
    """Print the JSON Schema of the front matter, for editors."""
    if not own:
        click.echo(rendered(), nl=False)
        return
    playbook = read_playbook(the_root(folder))
    click.echo(rendered(playbook.settings, tuple(cause.id for cause in playbook.causes)), nl=False)
