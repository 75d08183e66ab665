"""The group of commands."""

from __future__ import annotations

import errno
import gc
import os
import sys
from contextlib import suppress
from importlib import import_module
from typing import Any

import click

from failforward import __version__
from failforward.cli.parameters import OwnHelp
from failforward.errors import FailforwardError

# Command → its module and the sentence in the list of commands. Nothing is imported before it is called.
COMMANDS: dict[str, tuple[str, str]] = {
    "check": ("failforward.cli.check", "Check reviews: structure, causes tied to changes, blameless wording."),
    "explain": ("failforward.cli.explain", "Say what a rule asks for, why, and what to write instead."),
    "rules": ("failforward.cli.rules", "List the rules."),
    "new": ("failforward.cli.new", "Start a review."),
    "experiment": ("failforward.cli.experiment", "List, start, finish, drop and verify experiments; check in."),
    "due": ("failforward.cli.due", "List the promises that are due, and those whose day has passed."),
    "track": ("failforward.cli.track", "Keep one issue on GitHub with all promises that are due."),
    "export": ("failforward.cli.export", "Hand open experiments to the backlog: GitHub, CSV for Jira, Markdown."),
    "sync": ("failforward.cli.sync", "Read back from GitHub what became of the issues of experiments."),
    "similar": ("failforward.cli.similar", "Find past reviews that are similar: why, what was tried, what is open."),
    "agenda": ("failforward.cli.agenda", "Print the agenda of a debrief: thirty minutes, made from the draft."),
    "one-pager": ("failforward.cli.one_pager", "Write a review on one page, for print."),
    "lessons": ("failforward.cli.lessons", "Print each cause and its change, one line each."),
    "risks": ("failforward.cli.risks", "Hold the risk register against the reviews."),
    "stats": ("failforward.cli.stats", "Say whether follow-through works, in numbers that name their n."),
    "rota": ("failforward.cli.rota", "Say which team could facilitate next, and which to invite from outside."),
    "init": ("failforward.cli.init", "Make a new playbook repository."),
    "adopt": ("failforward.cli.adopt", "Turn post-mortems that exist into draft reviews."),
    "build": ("failforward.cli.build", "Write the finished pages as plain Markdown for any site generator."),
    "lsp": ("failforward.cli.lsp", "Serve an editor: findings while typing, completion, hover, quick fixes."),
    "schema": ("failforward.cli.schema", "Print the JSON Schema of the front matter."),
}


class LazyGroup(OwnHelp, click.Group):
    """A group that imports a command when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Give the commands in the order in which a newcomer meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command."""
        if cmd_name not in COMMANDS:
            return None
        command = import_module(COMMANDS[cmd_name][0]).command
        # What is loaded stays, so that nobody need look through it.
        gc.freeze()
        gc.enable()
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, sentence) for name, (_, sentence) in COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> Any:
        """Say in one place what cannot be used, and end with 2."""
        try:
            return super().invoke(ctx)
        except FailforwardError as error:
            from failforward.reports.run import visible

            click.echo(f"failforward: {visible(str(error))}", err=True)
            ctx.exit(2)


def _show_version(context: click.Context, parameter: click.Parameter, wanted: bool) -> None:
    """Print the version, and whether checks of wording are as fast as they can be."""
    if not wanted or context.resilient_parsing:
        return
    from failforward.checks.wording import glance
    from failforward.text import walk

    click.echo(f"failforward, version {__version__}")
    if glance.COMPILED and walk.COMPILED:
        click.echo("Checks of wording are compiled.")
    else:
        why = "at the installation there was no wheel for this machine and Python, and no C compiler"
        click.echo(f"Checks of wording are not compiled, so they take twice as long: {why}.")
    context.exit()


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Examples:\n\n"
    "\b\n"
    "  failforward init our-playbook       a new repository that checks and builds\n"
    "  failforward new                     a review, from a few questions\n"
    "  failforward check                   every review of this playbook\n"
    "  failforward explain untied-cause    why, and what to write instead\n\n"
    "Completion for bash (or zsh, fish), in the shell's own start file:\n\n"
    "\b\n"
    '  eval "$(_FAILFORWARD_COMPLETE=bash_source failforward)"',
)
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_show_version,
              help="Show the version and exit.")  # fmt: skip
def group() -> None:
    """Reviews of failures as Markdown files: checked, indexed, published as a living playbook."""


_UNWRITABLE = (errno.ENOSPC, errno.EFBIG, errno.EIO)


def run() -> None:
    """Run the command that is asked for."""
    # Output that a pager has stopped reading is no crash.
    try:
        group(prog_name="failforward")
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)
    except OSError as error:
        # A file that fails has a name; what has none is where the output goes.
        if error.filename is not None or error.errno not in _UNWRITABLE or not sys.stderr:
            raise
        with suppress(OSError):
            sys.stderr.write(f"failforward: The output cannot be written ({error.strerror}).\n")
        os._exit(2)
    except SystemExit as end:
        if isinstance(end.code, int | None):
            _leave(end.code or 0)
        raise


def _leave(code: int) -> None:
    """End the process without giving back each of its objects first, which takes 2 ms.

    Where something watches the run, such as a profiler, or output cannot be written to its end, nothing is done: then
    Python ends it as ever.
    """
    if sys.gettrace() or sys.getprofile():
        return
    try:
        for stream in (sys.stdout, sys.stderr):
            if stream:
                stream.flush()
    except (OSError, ValueError):
        return
    os._exit(code)
