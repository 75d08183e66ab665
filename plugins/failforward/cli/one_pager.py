"""`failforward one-pager`."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

import click

from failforward.cli.chromium import find_chromium, pages_of, printed
from failforward.cli.one_review import one_review, say
from failforward.cli.options import playbook_option, the_day, today_option
from failforward.cli.parameters import FileName
from failforward.errors import ArgumentError
from failforward.pages.one_pager import PAPERS, PRESSES, one_pager

_EPILOG = """Examples:

\b
  failforward one-pager playbook/reviews/2026-10-02-checkout-stalled.md --to checkout.pdf
  failforward one-pager FILE --paper letter > page.html

A PDF is made by the Chromium or Chrome of this machine. What does not fit is shortened, and the page says so."""


@click.command("one-pager", epilog=_EPILOG)
@click.argument("file")
@click.option("--to", "target", type=FileName(), default=None, metavar="OUT",
              help="The file to write, .html or .pdf. Without it HTML is printed.")  # fmt: skip
@click.option("--paper", type=click.Choice(list(PAPERS)), default="a4", show_default=True, help="The size of the page.")
@playbook_option
@today_option
def command(file: str, target: Path | None, paper: str, folder: Path | None, today: date | None) -> None:
    """Write the review FILE on one page for print: what happened, causes tied to changes, what worked, what is next."""
    if target and target.suffix.lower() not in (".html", ".pdf"):
        raise ArgumentError(
            "This is neither .html nor .pdf", path=str(target), remedy="Name the file page.html or page.pdf."
        )
    root, playbook, review = one_review(file, folder)
    own = root / "templates" if (root / "templates").is_dir() else None
    page = partial(one_pager, playbook, review, the_day(today), paper=paper, overrides=own)
    if target is None:
        say(page())
        return
    if target.suffix.lower() == ".html":
        _write(target, page().encode())
    else:
        program = find_chromium()
        pdf = printed(page(), program)
        for step in range(1, len(PRESSES)):
            if pages_of(pdf) <= 1:
                break
            pdf = printed(page(step=step), program)
        _write(target, pdf)
    click.echo(f"Wrote {target}.")


def _write(target: Path, data: bytes) -> None:
    try:
        target.write_bytes(data)
    except OSError as error:
        remedy = "Name a file in a folder that is there and can be written."
        raise ArgumentError(f"This cannot be written ({error.strerror})", path=str(target), remedy=remedy) from error
