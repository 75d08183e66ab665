"""`failforward adopt`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from failforward.cli.options import playbook_option
from failforward.cli.parameters import FileName
from failforward.disk import find_root
from failforward.importers import adopt_paths, as_json, as_text
from failforward.playbook import default_playbook, read_playbook

_EPILOG = """Examples:

\b
  failforward adopt docs/postmortems --to playbook/reviews/adopted --dry-run
  failforward adopt outage-2024.md --to playbook/reviews
  failforward adopt old/ --to playbook/reviews --output-format json

The words of the originals are kept: what has no place of its own stays under its own heading."""


@click.command("adopt", epilog=_EPILOG)
@click.argument("paths", nargs=-1, required=True, type=FileName())
@click.option(
    "--to", "target", required=True, type=FileName(), metavar="DIR", help="The folder for the drafts."
)
@click.option("--dry-run", is_flag=True, help="Say what would be written, and write nothing.")
@click.option(
    "--output-format", type=click.Choice(["text", "json"]), default="text", show_default=True, help="How to print."
)
@playbook_option
def command(paths: tuple[Path, ...], target: Path, dry_run: bool, output_format: str, folder: Path | None) -> None:
    """Turn post-mortems that exist into draft reviews in DIR.

    PATHS are Markdown files and folders of them. Nothing that is there is ever overwritten.
    """
    root = find_root(folder or target) or find_root(Path())
    playbook = read_playbook(root) if root else default_playbook()
    report = adopt_paths(paths, target, causes=playbook.causes, settings=playbook.settings, dry_run=dry_run)
    text = as_json(report) if output_format == "json" else as_text(report)
    encoding = sys.stdout.encoding or "utf-8"
    click.echo(text.encode(encoding, "replace").decode(encoding), nl=False)
