"""What a person at a terminal sees: colours where wanted, questions, completion."""

import os
import pty
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def at_a_terminal(folder: Path, *arguments: str, environment: dict[str, str] | None = None, typed: str = "") -> str:
    """Run the command line at a pseudo-terminal, type into it, and give what is shown."""
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}
    given = {
        **kept,
        "PYTHONPATH": str(ROOT / "plugins"),
        "PYTHONUTF8": "1",
        "TERM": "xterm-256color",
        **(environment or {}),
    }
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "failforward", *arguments],
        cwd=folder, env=given, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True,
    )  # fmt: skip
    os.close(theirs)
    os.write(ours, typed.encode())
    shown = b""
    # The terminal's end is an error on Linux.
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:
            break
        if not part:
            break
        shown += part
    process.wait(60)
    os.close(ours)
    return shown.decode("utf-8", "replace")


@pytest.fixture
def bad(make_playbook: Callable[..., Path], complete_review: str) -> Path:
    """Give a playbook with one error."""
    return make_playbook({"reviews/2026-10-02-checkout.md": complete_review.replace("after: 4", "after: 7")})


@pytest.mark.parametrize(
    ("environment", "options", "coloured"),
    [
        ({}, (), True),
        ({"NO_COLOR": "1"}, (), False),
        ({"TERM": "dumb"}, (), False),
        ({"INSIDE_EMACS": "28.2,compile"}, (), False),
        ({"INSIDE_EMACS": "28.2,term:0.96"}, (), True),
        ({}, ("--no-colour",), False),
        ({"NO_COLOR": "1"}, ("--colour",), True),
        ({}, ("--output-format", "json"), False),
        ({}, ("--output-format", "github"), False),
    ],
)
def test_colours_are_for_terminals_that_want_them(
    bad: Path, environment: dict[str, str], options: tuple[str, ...], coloured: bool
) -> None:
    """A terminal gets colours unless it, Emacs or NO_COLOR wants none; an option has the last word."""
    shown = at_a_terminal(bad, "check", *options, environment=environment)
    assert "wrong-form" in shown
    assert ("\x1b[" in shown) is coloured


@pytest.mark.parametrize("arguments", [("rules",), ("explain", "wrong-form")])
def test_no_color_holds_for_every_command(bad: Path, arguments: tuple[str, ...]) -> None:
    """NO_COLOR takes the colours out of tables and pages too."""
    assert "\x1b[" in at_a_terminal(bad, *arguments)
    shown = at_a_terminal(bad, *arguments, environment={"NO_COLOR": "1"})
    assert not any(f"\x1b[{code}m" in shown for code in range(30, 38))


def test_a_rules_words_are_no_markup(make_playbook: Callable[..., Path]) -> None:
    """Square brackets in a rule's message are shown as they are."""
    rule = '---\nkind: causes\ntest: some\nseverity: advice\nmessage: "[bold]x[/bold]"\n---\n'
    root = make_playbook({"rules/a-rule.md": rule})
    assert "[bold]x[/bold]" in at_a_terminal(root, "rules", environment={"COLUMNS": "200"})


def test_new_asks_what_was_not_given(bad: Path) -> None:
    """On a terminal, `new` asks for what no option gave, and writes the review."""
    answers = "Queue nearly full\nnear-miss\nsev3\n2026-10-05T09:00Z\npayments, search\n\nqueue\n"
    shown = at_a_terminal(bad, "new", "--today", "2026-10-20", typed=answers)
    text = (bad / "reviews" / "2026-10-05-queue-nearly-full.md").read_text("utf-8")
    assert "Wrote reviews/2026-10-05-queue-nearly-full.md (the light form)" in shown
    assert "teams: [payments, search]\ntags: [queue]\n" in text
    assert "started: 2026-10-05T09:00Z\n" in text


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shells_complete_commands(
    program: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path, shell: str
) -> None:
    """The completion script of each shell is printed, and names the program."""
    result = program(cwd=tmp_path, environment={"_FAILFORWARD_COMPLETE": f"{shell}_source"})
    assert result.returncode == 0
    assert f"_FAILFORWARD_COMPLETE={shell}_complete" in result.stdout


def test_completion_knows_the_commands(
    program: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    """What a shell is offered for the first letters of a command is that command."""
    environment = {"_FAILFORWARD_COMPLETE": "bash_complete", "COMP_WORDS": "failforward expl", "COMP_CWORD": "1"}
    assert program(cwd=tmp_path, environment=environment).stdout == "plain,explain\n"


@pytest.mark.parametrize("before", ["", "--playbook ", "--output-file "])
def test_completion_leaves_names_of_files_to_the_shell(
    program: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path, before: str
) -> None:
    """Where a file or folder is asked for, the shell completes what has been typed of its name."""
    words = f"failforward check {before}rev"
    place = str(len(words.split()) - 1)
    environment = {"_FAILFORWARD_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": place}
    assert program(cwd=tmp_path, environment=environment).stdout == "file,rev\n"


@pytest.mark.skipif(os.name != "posix", reason="files are closed in another way there")
def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    """What is there and closed is named; what is not there may be meant to be written."""
    closed = tmp_path / "closed"
    closed.touch(mode=0o000)
    tmp_path.chmod(0o755)
    # An administrator may read everything, so becomes nobody in particular.
    code = (
        "import os, pathlib, sys, click; from failforward.cli.parameters import FileName; name = sys.argv[1]\n"
        "os.geteuid() or os.setuid(65534)\n"
        "print(FileName().convert('not-there', None, None))\n"
        "try: FileName().convert(name, None, None)\n"
        "except click.BadParameter as error: print(error.message)\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2] / "plugins")}
    # Named from within its folder: those above it may be closed as well.
    command = [sys.executable, "-c", code, closed.name]
    run = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=False, text=True)
    assert (run.stdout, run.stderr) == ("not-there\n“closed” cannot be read.\n", "")
