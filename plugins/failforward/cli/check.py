"""`failforward check`."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from failforward.cli.examine import examine, with_touched_first
from failforward.cli.options import playbook_option, the_day, today_option
from failforward.cli.parameters import FileName, OwnHelp, complete_files
from failforward.cli.question import Question
from failforward.errors import ArgumentError
from failforward.model.finding import SEVERITIES, Finding
from failforward.reports import FORMATS, render
from failforward.reports.run import Run, visible

if TYPE_CHECKING:
    from pathlib import Path

    from failforward.cli.changes import Changes
    from failforward.cli.question import Part

_EPILOG = """Examples:

\b
  failforward check                                       every review of this playbook
  failforward check playbook/reviews/2026-10-02-cache.md  one review
  failforward check --select untied-cause                 one rule
  failforward check --only-wording docs/ notes.md         any Markdown, no playbook needed
  cat draft.md | failforward check --only-wording -       from a pipe
  failforward check --changed-since origin/main           what a pull request touched
  failforward check --fix --diff                          what a safe rewrite would change
  failforward check --output-format sarif -o out.sarif    for code scanning

Ends with 0 when nothing is as severe as --fail-on, 1 when something is, 2 when a rule, setting or argument cannot be
used."""

_MOST_NAMED = 5


@click.command("check", epilog=_EPILOG, cls=OwnHelp)
@click.argument("paths", nargs=-1, shell_complete=complete_files)
@click.option(
    "--output-format", type=click.Choice(list(FORMATS)), default="text", show_default=True, help="How to print."
)
@click.option("-o", "--output-file", type=FileName(), help="Write to this file instead.")
@click.option("--select", multiple=True, metavar="RULE", help="Only this rule (may be repeated, or several by commas).")
@click.option("--ignore", multiple=True, metavar="RULE", help="Not this rule (may be repeated, or several by commas).")
@click.option("--fail-on", type=click.Choice([*SEVERITIES, "never"]), default="error", show_default=True,
              help="The mildest severity that ends with 1.")  # fmt: skip
@click.option("--only-wording", is_flag=True, help="Read only the wording, of any Markdown file anywhere.")
@click.option("--changed-since", metavar="REV", help="Only findings on lines touched since this git revision.")
@click.option("--fix", is_flag=True, help="Apply the rewrites that change no meaning, then check again.")
@click.option("--add-allow", metavar="REASON", help="Keep what wording is found, by a comment with this reason.")
@click.option("--diff", is_flag=True, help="Show what --fix or --add-allow would change, and write nothing.")
@click.option("--cache/--no-cache", default=None, help="Keep findings between runs; by default not in CI.")
@click.option("--colour/--no-colour", "--color/--no-color", default=None,
              help="Colours; by default on a terminal, unless NO_COLOR is set.")  # fmt: skip
@playbook_option
@today_option
def command(
    paths: tuple[str, ...],
    folder: Path | None,
    only_wording: bool,
    output_format: str,
    output_file: Path | None,
    fail_on: str,
    colour: bool | None,
    **asked: Any,
) -> None:
    """Check reviews, or the wording of any Markdown.

    PATHS are files or folders; - reads one file from standard input. Without any: the whole playbook.
    """
    question = _question(asked)

    def chosen() -> Sequence[Part]:
        if only_wording:
            from failforward.cli.loose import wording_of

            return [wording_of(paths or (".",), folder, question.select)]
        from failforward.cli.reviews import reviews_among

        return reviews_among(paths, folder)

    findings, run = examine(chosen, question)
    if asked["fix"] or asked["diff"] or asked["add_allow"] is not None:
        _rewrite(findings, run, asked)
        findings, run = examine(chosen, question)
    if output_format == "github" and os.environ.get("GITHUB_EVENT_NAME") == "pull_request":
        from failforward.cli.changes import Changes

        # What is checked out there merges the pull request into its base, the first parent.
        run = with_touched_first(findings, run, Changes("HEAD^1"))
    if colour is None:
        colour = output_file is None and sys.stdout is not None and sys.stdout.isatty() and _shows_colours()
    _write(render(output_format, findings, run._replace(colour=colour)), output_file)
    _name_passed_over(run.passed_over)
    worst = min((SEVERITIES.index(finding.severity) for finding in findings), default=len(SEVERITIES))
    if fail_on != "never" and worst <= SEVERITIES.index(fail_on):
        sys.exit(1)


def _name_passed_over(names: Sequence[str]) -> None:
    """Say what was named and holds nothing that is checked in a playbook."""
    if names:
        shown = ", ".join(visible(name) for name in names[:_MOST_NAMED])
        more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
        click.echo(
            f"failforward: {shown}{more}: not checked, as no review, cause or risk register. "
            "--only-wording reads any Markdown.",
            err=True,
        )


def _shows_colours() -> bool:
    """Tell whether whoever shows the terminal's output wants colours in it."""
    # M-x compile runs a command at a terminal and looks for places in what it prints, colours and all.
    compiling = "compile" in os.environ.get("INSIDE_EMACS", "").split(",")
    return not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb" and not compiling


def _question(asked: Mapping[str, Any]) -> Question:
    changes: Changes | None = None
    if asked["changed_since"] is not None:
        from failforward.cli.changes import Changes

        changes = Changes(asked["changed_since"])
    keep = not os.environ.get("CI") if asked["cache"] is None else asked["cache"]
    return Question(the_day(asked["today"]), _names(asked["select"]), _names(asked["ignore"]), changes, keep)


def _rewrite(findings: Sequence[Finding], run: Run, asked: Mapping[str, Any]) -> None:
    """Write what is to be rewritten, or show it and end with 1 where there is anything."""
    from failforward.cli.rewriting import in_words, rewrites

    reason = asked["add_allow"]
    made = rewrites(findings, run, fix=asked["fix"] or reason is None, reason=reason)
    if asked["diff"]:
        _write("".join(rewrite.shown for rewrite in made), None)
        sys.exit(1 if made else 0)
    for rewrite in made:
        rewrite.write()
    click.echo(in_words(made), err=True)


def _names(given: Sequence[str]) -> tuple[str, ...]:
    return tuple(name.strip() for names in given for name in names.split(",") if name.strip())


def _write(text: str, file: Path | None) -> None:
    if file is None:
        # Findings quote any text; a console that cannot show a character shows a mark in its place.
        encoding = (sys.stdout and sys.stdout.encoding) or "utf-8"
        click.echo(text.encode(encoding, "replace").decode(encoding), nl=False, color=True)
    else:
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, "utf-8", errors="replace")
        except OSError as error:
            remedy = "Name a file that can be written."
            raise ArgumentError(
                f"Nothing can be written here ({error.strerror})", path=str(file), remedy=remedy
            ) from error
