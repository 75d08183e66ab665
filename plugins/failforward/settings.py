"""Reads playbook.yml. A setting that cannot be used is an error with its line: nothing runs on a misread rule set."""

from __future__ import annotations

import difflib
import re
from dataclasses import replace
from typing import Any

from failforward.errors import SettingError
from failforward.front_matter import Mapping, Scalar, Sequence, Value, read_yaml
from failforward.model.path_settings import PathSettings
from failforward.model.settings import Clocks, Settings
from failforward.model.workdays import Sprints
from failforward.text.source import Source

PRESETS = ("relaxed", "standard", "strict")
NAME_SOURCES = ("roster", "codeowners", "git")
RULE_LEVELS = ("off", "advice", "warning", "error")

_WORD = r"[^\W\d_][\w'’-]*"
_WORD_FORMS = {
    "roles": re.compile(rf"{_WORD}(?: {_WORD})?"), "teams": re.compile(_WORD), "users": re.compile(_WORD),
}  # fmt: skip

# Key → what its value is, and the sentence that documents it.
KEYS: dict[str, tuple[str, str]] = {
    "title": ("text", "The name of the playbook"),
    "summary": ("text", "One sentence under the name on the home page"),
    "preset": ("preset", "How much is asked: relaxed (nothing above a warning), standard, strict (a step more severe)"),
    "severities": ("words", "The words for severity, worst first"),
    "full_severities": ("words", "The severities that ask for the full form"),
    "light_kinds": ("words", "The kinds for which the light form is enough"),
    "groups": ("titles", "The groups of the cause vocabulary with their titles"),
    "clocks": ("clocks", "How long each promise may take, and by which calendar that is counted"),
    "sprints": ("sprints", "When sprints begin: first and days, or a list of first days"),
    "max_experiments": ("number", "How many experiments a review may have before it draws a question"),
    "max_evidence_kb": ("number", "How large an evidence file may be, in kilobytes"),
    "rules": ("levels", "A rule's name and its severity, or off"),
    "paths": ("paths", "Levels of rules, and a preset, for some files alone"),
    "roster": ("words", "Names and handles that stand for persons when wording is judged"),
    "words": ("own_words", "Own words that stand for people when wording is judged: roles, teams, users"),
    "names": ("sources", "Where known names come from: roster, codeowners, git (the authors in the history)"),
    "quotations": ("quotations", "What is said inside quotations: silent, or read like other prose"),
    "repository": ("text", "The address of the repository, for links to sources"),
}


def read_settings(source: Source) -> Settings:
    """Read the settings; raises SettingError with path, line and remedy."""
    values, problems = read_yaml(source.text)
    if problems or values is None:
        problem = problems[0]
        raise _error(source, problem.span.start, problem.what, problem.instead)
    read: dict[str, Any] = {"path": source.path}
    for key, value in values.entries:
        if key.text not in KEYS:
            close = difflib.get_close_matches(key.text, KEYS, 1, 0.6)
            remedy = f"Did it mean {close[0]}?" if close else f"The settings are {', '.join(KEYS)}."
            raise _error(source, key.span.start, f"“{key.text}” is no setting", remedy)
        if isinstance(value, Scalar) and value.null:
            continue
        reader = _Reader(source, key.text)
        read[key.text] = reader.value(KEYS[key.text][0], value)
        if reader.rule_lines:
            read["rule_lines"] = reader.rule_lines
    _consistent(source, values, read)
    if sprints := read.pop("sprints", None):
        clocks = read.get("clocks", Settings().clocks)
        read["clocks"] = clocks._replace(calendar=replace(clocks.calendar, sprints=sprints))
    return Settings(**read)


def _consistent(source: Source, values: Mapping, read: dict[str, Any]) -> None:
    severities = read.get("severities", Settings().severities)
    for word in read.get("full_severities", ()):
        if word not in severities:
            node = values.get("full_severities")
            raise _error(source, node.span.start if node else 0, f"“{word}” is none of the severities",
                         f"Write some of {', '.join(severities)}.")  # fmt: skip
    if "severities" in read and "full_severities" not in read:
        read["full_severities"] = severities[: max(1, len(severities) // 2)]


def _error(source: Source, offset: int, message: str, remedy: str) -> SettingError:
    return SettingError(message, path=source.path, line=source.position(offset).line, remedy=remedy)


class _Reader:
    """Reads one setting's value by its form."""

    def __init__(self, source: Source, key: str) -> None:
        self.source = source
        self.key = key
        self.rule_lines: dict[str, int] = {}

    def value(self, form: str, value: Value) -> Any:
        return getattr(self, form)(value)

    def wrong(self, value: Value, expected: str) -> SettingError:
        return _error(self.source, value.span.start, f"{self.key} cannot be read", f"Write {expected}.")

    def text(self, value: Value) -> str:
        if not isinstance(value, Scalar):
            raise self.wrong(value, "one text")
        return value.text

    def words(self, value: Value) -> tuple[str, ...]:
        if not isinstance(value, Sequence) or not all(isinstance(item, Scalar) for item in value.items):
            raise self.wrong(value, "a list such as [one, two]")
        return tuple(item.text for item in value.items if isinstance(item, Scalar))

    def one_of(self, value: Value, words: tuple[str, ...]) -> str:
        text = self.text(value)
        if text not in words:
            raise self.wrong(value, f"one of {', '.join(words)}")
        return text

    def preset(self, value: Value) -> str:
        return self.one_of(value, PRESETS)

    def quotations(self, value: Value) -> str:
        return self.one_of(value, ("silent", "read"))

    def sources(self, value: Value) -> tuple[str, ...]:
        words = self.words(value)
        if not set(words) <= set(NAME_SOURCES):
            raise self.wrong(value, f"some of {', '.join(NAME_SOURCES)} in a list")
        return words

    def number(self, value: Value) -> int:
        if not isinstance(value, Scalar) or not value.text.isdecimal() or len(value.text) > 6:
            raise self.wrong(value, "a whole number below a million")
        return int(value.text)

    def titles(self, value: Value) -> dict[str, str]:
        if not isinstance(value, Mapping):
            raise self.wrong(value, "lines of the form `group: Title`")
        return {key.text: self.text(item) for key, item in value.entries}

    def levels(self, value: Value) -> dict[str, str]:
        if not isinstance(value, Mapping):
            raise self.wrong(value, "lines of the form `rule-name: warning`")
        self.rule_lines = {key.text: self.source.position(key.span.start).line for key, _ in value.entries}
        # YAML reads a bare `off` as it is here: scalars keep their text.
        return {key.text: self.one_of(item, RULE_LEVELS) for key, item in value.entries}

    def paths(self, value: Value) -> tuple[PathSettings, ...]:
        if not isinstance(value, Mapping):
            raise self.wrong(value, "lines of the form `reviews/2019/**: {rules: {rule-name: off}}`")
        return tuple(self._path(key.text, item) for key, item in value.entries)

    def _path(self, pattern: str, value: Value) -> PathSettings:
        known = ("rules", "preset")
        if not isinstance(value, Mapping) or not all(key.text in known for key, _ in value.entries):
            raise self.wrong(value, f"rules: or preset: below “{pattern}”")
        rules, preset = value.get("rules"), value.get("preset")
        reader = _Reader(self.source, self.key)
        levels = {} if rules is None else reader.levels(rules)
        return PathSettings(pattern, levels, "" if preset is None else self.preset(preset), reader.rule_lines)

    def own_words(self, value: Value) -> dict[str, tuple[str, ...]]:
        if not isinstance(value, Mapping) or not all(key.text in _WORD_FORMS for key, _ in value.entries):
            raise self.wrong(value, f"lists of words below {', '.join(_WORD_FORMS)}")
        return {key.text: self._own(key.text, item) for key, item in value.entries}

    def _own(self, name: str, value: Value) -> tuple[str, ...]:
        words = self.words(value)
        for word in words:
            if not _WORD_FORMS[name].fullmatch(word):
                several = "one or two words" if name == "roles" else "one word"
                raise self.wrong(value, f"each of {name} as {several} of letters; “{word[:40]}” is not")
        return words

    def clocks(self, value: Value) -> Clocks:
        from failforward.clock_settings import ClockSettings

        return ClockSettings(self.source).clocks(value)

    def sprints(self, value: Value) -> Sprints:
        from failforward.clock_settings import ClockSettings

        return ClockSettings(self.source).sprints(value)
