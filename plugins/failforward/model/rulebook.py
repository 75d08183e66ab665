"""What texts are judged by: the rules, and what the settings say of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from failforward.model.path_settings import PathSettings
    from failforward.model.rule import Rule


def _nothing() -> None:
    """Give nothing kept."""


def _as_it_is(path: str) -> str:
    return path


@dataclass(frozen=True)
class RuleSettings:
    """What playbook.yml says of rules and of whom their sentences may speak.

    `rules` gives a rule's severity or `off`, `rule_lines` the line where that stands; `paths` what holds for some files
    alone, in the order written; `words` own words for roles, teams and users. `persons` is no key of the file: the
    names and handles that are known.
    """

    preset: str = "standard"
    rules: Mapping[str, str] = field(default_factory=dict)
    paths: tuple[PathSettings, ...] = ()
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    persons: tuple[str, ...] = ()
    quotations: str = "silent"
    path: str = "playbook.yml"
    rule_lines: Mapping[str, int] = field(default_factory=dict, repr=False, compare=False)

    def at(self, path: str) -> Self:
        """Give the settings as they hold for a file, whose path is as seen from the root.

        Of several patterns that mean it, the later one wins.
        """
        if not self.paths:
            return self
        from failforward.model.path_settings import matches

        meant = tuple(index for index, each in enumerate(self.paths) if matches(each.pattern, path))
        if meant not in self._bent:
            rules, preset = dict(self.rules), self.preset
            for index in meant:
                rules |= self.paths[index].rules
                preset = self.paths[index].preset or preset
            self._bent[meant] = replace(self, rules=rules, preset=preset, paths=()) if meant else self
        return self._bent[meant]

    @cached_property
    def _bent(self) -> dict[tuple[int, ...], Self]:
        return {}


@dataclass(frozen=True)
class Rulebook:
    """The rules by which texts are judged, with the settings that bend them.

    `prefix` leads from where people stand to the root of the playbook ("playbook/" or nothing). `kept` gives what an
    earlier run made of the shipped wording rules, None where there is nothing. `seen` gives the path of a text, as
    shown, as it is seen from the root: another one where texts are shown by where people stand.
    """

    settings: RuleSettings = RuleSettings()
    rules: tuple[Rule, ...] = ()
    prefix: str = ""
    kept: Callable[[], Any] = field(default=_nothing, repr=False, compare=False)
    seen: Callable[[str], str] = field(default=_as_it_is, repr=False, compare=False)

    def settings_at(self, path: str) -> RuleSettings:
        """Give the settings as they hold for a text, by its path as shown."""
        return self.settings.at(self.seen(path)) if self.settings.paths else self.settings

    @cached_property
    def rule_by_id(self) -> Mapping[str, Rule]:
        """Give the rules by id."""
        return {rule.id: rule for rule in self.rules}
