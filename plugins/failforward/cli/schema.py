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
    "  failforward schema --own     with this playbook's severities and causes\n"
    "  failforward schema --risks > risks.schema.json",
)
@click.option("--own", is_flag=True, help="Complete this playbook's own severities and causes.")
@click.option("--risks", is_flag=True, help="That of the risk register, risks.yml.")
@playbook_option
def command(own: bool, risks: bool, folder: Path | None) -> None:
    """Print the JSON Schema of the front matter, for editors."""
    if not own:
        click.echo(rendered(risks=risks), nl=False)
        return
    playbook = read_playbook(the_root(folder))
    causes = tuple(cause.id for cause in playbook.causes)
    click.echo(rendered(playbook.settings, causes, risks=risks), nl=False)
