"""Reads the rules, shipped and own, and the settings: all that is needed to judge texts that belong to no playbook."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from failforward import shipped
from failforward.checks import CHECKS
from failforward.disk import as_shown, read_source
from failforward.errors import RuleFileError, SettingError
from failforward.model.rule import Rule
from failforward.model.rulebook import Rulebook
from failforward.rulebook import stored

if TYPE_CHECKING:
    from pathlib import Path

    from failforward.checks.wording.tables import Tables
    from failforward.model.settings import Settings


def read_rulebook(root: Path | None) -> Rulebook:
    """Read the rules of a playbook and its settings alone, else the shipped rules."""
    if root is None:
        rules, kept = rules_and_tables()
        return Rulebook(rules=rules, kept=kept)
    prefix = prefix_of(root)
    settings = settings_of(root, prefix)
    rules, kept = rules_and_tables(root, prefix)
    return Rulebook(settings, rules, prefix, kept)


def read_rules(root: Path | None = None, prefix: str | None = None) -> tuple[Rule, ...]:
    """Read the shipped rules and a playbook's own; an own rule replaces the shipped one of its name.

    `prefix` leads from where people stand to the root. Raises RuleFileError with the path, line and remedy.
    """
    return rules_and_tables(root, prefix)[0]


def rules_and_tables(
    root: Path | None = None, prefix: str | None = None
) -> tuple[tuple[Rule, ...], Callable[[], Tables | None]]:
    """Read rules as `read_rules` does; with them comes what gives the tables that were made of the shipped ones.

    It gives None where nothing could be kept of them when they were read first.
    """
    place = shipped.place("rules")
    mark = stored.mark_of(place)
    rules = {rule.id: rule for rule in _shipped(place, mark)}
    own = root / "rules" if root else None
    if root and own and own.is_dir() and own.resolve() != shipped.folder("rules").resolve():
        for path in _rule_files(own):
            rules[path.stem] = _rule(path, root, prefix_of(root) if prefix is None else prefix, house=True)
    return tuple(rules[name] for name in sorted(rules)), partial(stored.tables, mark)


def _shipped(place: str, mark: str) -> tuple[Rule, ...]:
    known = stored.load(place, mark)
    if known is None:
        from pathlib import Path

        folder = Path(place)
        known = tuple(_rule(path, folder) for path in _rule_files(folder))
        stored.save(mark, known)
    return known


def _rule_files(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.glob("*.md")) if path.name != "index.md"]


def _rule(path: Path, within: Path, prefix: str = "", *, house: bool = False) -> Rule:
    from failforward.rules.read import read_rule

    source, problem = read_source(path, f"rules/{path.name}", within)
    if problem:
        line = source.position(problem.span.start).line
        raise RuleFileError(problem.what, path=prefix + source.path, line=line, remedy=problem.instead)
    try:
        rule = read_rule(source, CHECKS, house=house)
        if house:
            # What is wrong in the cases of a rule in the making is said at once.
            _ = rule.file.texts
    except RuleFileError as error:
        error.path = prefix + error.path
        raise
    return rule


def settings_of(root: Path, prefix: str) -> Settings:
    """Read the settings of a playbook and whom it knows; raises SettingError with the path, line and remedy."""
    from failforward.rulebook.names import persons_of

    settings = _settings(root, prefix)
    return replace(settings, persons=persons_of(root, settings))


def _settings(root: Path, prefix: str) -> Settings:
    path = root / "playbook.yml"
    if not path.exists() and not path.is_symlink():
        from failforward.model.settings import Settings

        return Settings()
    source, problem = read_source(path, prefix + "playbook.yml", root)
    if problem:
        line = source.position(problem.span.start).line
        raise SettingError(problem.what, path=source.path, line=line, remedy=problem.instead)
    from failforward.settings import read_settings

    return read_settings(source)


def prefix_of(root: Path) -> str:
    """Give what leads from where people stand to a playbook: `playbook/`, or nothing."""
    relative = os.path.relpath(root)
    shown = str(root) if relative.startswith("..") else relative
    return "" if shown == "." else as_shown(shown) + "/"
