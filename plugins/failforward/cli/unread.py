"""Says beside a list which reviews cannot be read, and so may be missing from it."""

from __future__ import annotations

from collections.abc import Iterable

import click

from failforward.model.playbook import Playbook
from failforward.model.review import Review
from failforward.promises import not_known
from failforward.reports.unread import left_out, unread


def tell_unread(playbook: Playbook, among: Iterable[Review] | None = None, *, promises: bool = True) -> None:
    """Name the reviews that cannot be read, of some or of all, where a list for another program stays as it is.

    `promises` tells whether the list is one of promises.
    """
    asked = None if among is None else {review.path for review in among}
    found = [review for review in playbook.unread if asked is None or review.path in asked]
    if found:
        missing = not_known(found) if promises else left_out(found)
        click.echo("\n".join([*map(str, unread(found, playbook.prefix)), missing]), err=True)
