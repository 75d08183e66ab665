"""`failforward build`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from failforward.cli.options import playbook_option, the_day, the_root, today_option
from failforward.publish import publish


@click.command(
    "build",
    epilog="Examples:\n\n\b\n  failforward build --to out && cd out && mkdocs build\n"
    "  failforward build --to out --dry-run",
)
@click.option("--to", "target", required=True, type=click.Path(path_type=Path, file_okay=False), metavar="DIR",
              help="The folder to write: a new one, or one written by an earlier run.")  # fmt: skip
@click.option("--site-url", default="", help="The address of the site, for the map of the site.")
@click.option("--dry-run", is_flag=True, help="Say what would be written, and write nothing.")
@playbook_option
@today_option
def command(target: Path, site_url: str, dry_run: bool, folder: Path | None, today: date | None) -> None:
    """Write the finished pages as plain Markdown, with an mkdocs.yml, for any site generator.

    Drafts and private reviews are left out. Files that are there already are replaced only when an earlier run wrote
    them and nobody has edited them since.
    """
    done = publish(the_root(folder), target, the_day(today), site_url=site_url, dry_run=dry_run)
    verb = "Would write" if dry_run else "Wrote"
    if dry_run:
        for path in done.written:
            click.echo(f"would write {target / path}")
        for path in done.removed:
            click.echo(f"would remove {target / path}")
    click.echo(
        f"{verb} {len(done.written)} files to {target} ({len(done.unchanged)} unchanged, {len(done.removed)} removed)."
    )
    for path in done.kept:
        click.echo(f"Kept {target / path}, which was edited after it was written.")
    if not dry_run:
        click.echo(f"Next: cd {target} && mkdocs build    (or zensical build)")
