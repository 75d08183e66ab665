"""A review that cannot be read is named beside every list that it is missing from."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from failforward.cli.main import group

# What each command is given where it lists what reviews hold; "" is the command alone.
LISTS = {
    "due": "", "experiment list": "", "export": "--to markdown", "lessons": "", "risks": "", "rota": "",
    "similar": "playbook/reviews/whole.md", "stats": "", "sync": "--dry-run",
}  # fmt: skip
# Commands that judge, write or show one thing, and two that have tests of their own (`check` and `track`).
OTHERS = {
    "adopt", "agenda", "build", "check", "explain", "init", "lsp", "new", "one-pager", "rules", "schema", "track",
    "experiment check-in", "experiment drop", "experiment finish", "experiment start", "experiment verify",
}  # fmt: skip
WHOLE = "---\ntitle: Checkout stalled\nkind: incident\nstatus: reviewed\nstarted: 2026-09-01\n---\n"
BROKEN = "---\ntitle: Checkout: stalled: again\n---\n"
REGISTER = "- {id: one-day, title: It stops, owner: web, review_by: 2027-01-01}\n"


def commands(of: click.Group, before: str = "") -> set[str]:
    """Give the names of all commands, those of a group behind its name."""
    names: set[str] = set()
    for name in of.list_commands(click.Context(of)):
        command = of.get_command(click.Context(of), name)
        names |= commands(command, f"{name} ") if isinstance(command, click.Group) else {before + name}
    return names


def test_every_command_either_lists_or_does_not() -> None:
    """A new command is put on one of the two lists, so that nobody forgets to ask it."""
    assert commands(group) == LISTS.keys() | OTHERS


@pytest.mark.parametrize("name", sorted(LISTS))
def test_a_list_names_what_it_could_not_read(
    name: str, make_playbook: Callable[..., Path], failforward: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    """Its path and line stand on standard error, and that something is missing."""
    files = {"reviews/whole.md": WHOLE, "reviews/broken.md": BROKEN, "risks.yml": REGISTER}
    folder = make_playbook(files).parent
    asked = failforward(*name.split(), *LISTS[name].split(), "--today", "2026-11-22", cwd=folder)
    said = asked.stderr + (asked.stdout if name == "due" else "")
    assert "playbook/reviews/broken.md:2:" in said
    assert "1 review cannot be read, so" in said
