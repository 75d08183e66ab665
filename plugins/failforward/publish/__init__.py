"""Writes the finished pages as a folder of plain Markdown that any site generator publishes, without this package."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from failforward.errors import ArgumentError
from failforward.publish.contents import CONFIG, contents_of
from failforward.publish.folder import Published, bring_up_to_date

__all__ = ["Published", "publish"]


def publish(root: Path, to: Path, today: date, *, site_url: str = "", dry_run: bool = False) -> Published:
    """Write the playbook at `root` to the folder `to`: pages below docs/, and an mkdocs.yml to build them with.

    `mkdocs build` or `zensical build` in that folder makes the site; no plugin of ours is needed. Drafts and private
    reviews, and the evidence that only they link to, are not written. A second run brings the folder up to date and
    removes only what an earlier run wrote; all else in the folder stays. mkdocs.yml is written anew until somebody
    edits it. Everything is made before the first file is touched, and each file is replaced as a whole.

    Raises ArgumentError when `to` lies in or around the playbook or holds files of somebody else, or when a page there
    was edited; errors of the playbook's settings, rules and templates come through.
    """
    root, to = root.resolve(), to.resolve()
    if to.is_relative_to(root) or root.is_relative_to(to):
        remedy = "Name another folder."
        raise ArgumentError("The pages cannot be written into or around the playbook", path=str(to), remedy=remedy)
    contents = contents_of(root, today, site_url)
    return bring_up_to_date(to, contents, theirs_once_edited=(CONFIG,), dry_run=dry_run)
