"""`failforward init`."""

from __future__ import annotations

from pathlib import Path

import click

from failforward.scaffold import new_repository, write_new


@click.command(
    "init",
    epilog="Examples:\n\n\b\n  failforward init our-playbook\n"
    "  failforward init our-playbook --title 'What we learned'\n  failforward init our-playbook --dry-run",
)
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), metavar="DIR")
@click.option("--title", default="", help="The playbook's name; by default made from DIR.")
@click.option("--dry-run", is_flag=True, help="Say what would be written, and write nothing.")
def command(folder: Path, title: str, dry_run: bool) -> None:
    """Make a complete new playbook repository in DIR. Files that are there already are never overwritten."""
    name = title or folder.resolve().name.replace("-", " ").replace("_", " ").strip().capitalize() or "Our playbook"
    written = write_new(folder, new_repository(name), dry_run=dry_run)
    if dry_run:
        for path in written:
            click.echo(f"would write {folder / path}")
        return
    click.echo(f"Wrote {len(written)} files to {folder}. Next:\n")
    click.echo(f"  cd {folder}")
    click.echo("  git init && git add . && git commit -m 'Begin the playbook'")
    click.echo("  failforward check        reads the reviews")
    click.echo("  mkdocs serve             shows the site (pip install -r requirements.txt)")
    click.echo("  failforward new          starts a review")
