"""The command line as Markdown, read from a click group that is given: click itself is imported only in cli."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any


def command_blocks(group: Any) -> dict[str, str]:
    """Give `commands`, the list of all commands, and for each one `command-NAME` with its usage and options."""
    found = {name: group.get_command(None, name) for name in group.list_commands(None)}
    listed = "\n".join(f"| [`{name}`](#{name}) | {_sentence(command)} |" for name, command in found.items())
    made = {"commands": f"| command | what it does |\n| --- | --- |\n{listed}"}
    return made | {f"command-{name}": _command(name, command) for name, command in found.items()}


def _command(name: str, command: Any) -> str:
    """Give one command: what it does, how it is called, its arguments and options; of a group each of its commands."""
    if hasattr(command, "commands"):
        inner = {f"{name} {part}": each for part, each in command.commands.items()}
        members = (f"### {full}\n\n{_command(full, each)}" for full, each in inner.items())
        return "\n\n".join([inspect.cleandoc(command.help), *members])
    arguments = [param for param in command.params if param.param_type_name == "argument"]
    options = [param for param in command.params if param.param_type_name == "option"]
    called = " ".join(["failforward", name, *(["[OPTIONS]"] if options else []), *map(_argument, arguments)])
    rows = "\n".join(f"| {_names(option)} | {_cell(' '.join(_words(option)))} |" for option in options)
    parts = [
        inspect.cleandoc(command.help),
        f"```text\n{called}\n```",
        f"| option | what it does |\n| --- | --- |\n{rows}",
    ]
    return "\n\n".join(parts if rows else parts[:-1])


def _sentence(command: Any) -> str:
    return _cell(" ".join(inspect.cleandoc(command.help).split("\n\n")[0].split()))


def _argument(argument: Any) -> str:
    name = str(argument.metavar or argument.name.upper()) + ("…" if argument.nargs == -1 else "")
    return name if argument.required else f"[{name}]"


def _names(option: Any) -> str:
    """Give an option's names, with what follows them unless it is one of a few words."""
    names = ", ".join(f"`{name}`" for name in (*option.opts, *option.secondary_opts))
    if option.is_flag or _choices(option):
        return names
    return f"{names} `{option.metavar or str(option.type.name).upper()}`"


def _words(option: Any) -> Iterator[str]:
    yield option.help or ""
    if _choices(option):
        yield f"One of {', '.join(_choices(option))}."
    if option.required:
        yield "Required."
    if option.show_default:
        yield f"Default: `{option.default}`."


def _choices(option: Any) -> tuple[str, ...]:
    return tuple(f"`{choice}`" for choice in getattr(option.type, "choices", ()))


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
