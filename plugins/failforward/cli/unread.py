"""Says beside a list which reviews cannot be read, and so may be missing from it."""

from __future__ import annotations

from collections.abc import Iterable

import click

from failforward.model.playbook import Playbook
from failforward.model.review import Review
from failforward.reports.unread import sentence, unread


def tell_unread(playbook: Playbook, among: Iterable[Review] | None = None) -> None:
    """Name the reviews that cannot be read, of some or of all, where a list for another program stays as it is."""
    asked = None if among is None else {review.path for review in among}
    found = [review for review in playbook.unread if asked is None or review.path in asked]
    if found:
        click.echo("\n".join([*map(str, unread(found, playbook.prefix)), sentence(found)]), err=True)
