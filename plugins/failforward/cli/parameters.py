"""Parameters like those of click, which would ask for translations of its texts: that takes 1 ms of each start."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from pathlib import Path

    from click.shell_completion import CompletionItem


def complete_files(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Let the shell complete the names of files."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(incomplete, type="file")]


# No older click takes what stands in its brackets.
class FileName(click.ParamType):  # type: ignore[type-arg]
    """A file or folder, which need not be there."""

    name = "path"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Give the path; refuse what is there and cannot be read."""
        if os.access(value, os.F_OK) and not os.access(value, os.R_OK):
            self.fail(f"“{value}” cannot be read.", param, ctx)
        from pathlib import Path

        return Path(value)

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """Let the shell complete it."""
        return complete_files(ctx, param, incomplete)


class OwnHelp(click.Command):
    """A command that makes its --help itself."""

    _help: click.Option | None = None

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Give the option, always the same one."""
        if self._help is None:
            self._help = click.Option(
                self.get_help_option_names(ctx), is_flag=True, is_eager=True, expose_value=False, callback=_show_help,
                help="Show this message and exit.",
            )  # fmt: skip
        return self._help


def _show_help(ctx: click.Context, param: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        click.echo(ctx.get_help(), color=ctx.color)
        ctx.exit()
