"""Reads a rule file. What cannot be used is an error that names the file's own line."""

from __future__ import annotations

import difflib
from collections.abc import Mapping as Lookup
from pathlib import PurePosixPath
from typing import Protocol

from failforward import front_matter
from failforward.errors import RuleFileError
from failforward.front_matter import Mapping, Scalar, Sequence, Value
from failforward.model.finding import SEVERITIES, Severity
from failforward.model.rule import PAIR, STATUSES, Parameter, Rule, RuleFile
from failforward.rules import texts_of
from failforward.text.source import Source

_COMMON = ("kind", "severity", "message", "instead", "since", "sources")
# Severity of a draft when a rule gives one word: one step milder, so that a draft is never blocked.
_MILDER: dict[Severity, Severity] = {"error": "warning", "warning": "advice", "advice": "advice"}


class Knows(Protocol):
    """What a kind of check tells of its rules: their parameters, and the words that some of these may hold."""

    @property
    def parameters(self) -> tuple[str, ...]:
        """Give the parameters of its rules."""

    @property
    def words(self) -> Lookup[str, tuple[str, ...]]:
        """Give parameter → the words that it may hold."""

    @property
    def pairs(self) -> tuple[str, ...]:
        """Give the parameters that are written as `one: other`."""


def read_rule(
    source: Source,
    kinds: Lookup[str, Knows],
    *,
    house: bool = False,
) -> Rule:
    """Read a rule; `kinds` gives the kinds of check."""
    reader = _Reader(source, front_matter.read(source))
    values = reader.values
    kind = reader.text("kind")
    if kind not in kinds:
        raise reader.error("kind", f"“{kind}” is no kind of check", f"The kinds are {', '.join(sorted(kinds))}.")
    parameters = kinds[kind].parameters
    known = (*_COMMON, *parameters)
    for key, _ in values.entries:
        if key.text not in known:
            close = difflib.get_close_matches(key.text, known, 1, 0.6)
            remedy = f"Did it mean {close[0]}?" if close else f"A {kind} rule knows {', '.join(known)}."
            raise reader.error(key.text, f"“{key.text}” is no field of a {kind} rule", remedy)
    for name, allowed in kinds[kind].words.items():
        reader.from_vocabulary(name, allowed)
    return Rule(
        id=PurePosixPath(source.path).stem,
        kind=kind,
        message=reader.text("message"),
        severities=reader.severities(),
        instead=reader.text("instead", optional=True),
        parameters={
            key: reader.pairs(key) if key in kinds[kind].pairs else reader.parameter(key)
            for key in parameters
            if values.get(key) is not None
        },
        since=reader.text("since", optional=True),
        sources=reader.words("sources"),
        house=house,
        file=RuleFile(lambda: source, texts_of),
    )


class _Reader:
    """Reads the fields of a rule's front matter."""

    def __init__(self, source: Source, front: front_matter.FrontMatter) -> None:
        self.source = source
        self.front = front
        if front.problems or front.values is None:
            problem = front.problems[0]
            line = source.position(problem.span.start).line
            raise RuleFileError(problem.what, path=source.path, line=line, remedy=problem.instead)
        self.values: Mapping = front.values

    def error(self, key: str, message: str, remedy: str) -> RuleFileError:
        entry = next((name for name, _ in self.values.entries if name.text == key), None)
        line = self.source.position(entry.span.start).line if entry else 1
        return RuleFileError(message, path=self.source.path, line=line, remedy=remedy)

    def text(self, key: str, *, optional: bool = False) -> str:
        value = self.values.get(key)
        if value is None and optional:
            return ""
        if not isinstance(value, Scalar) or value.null:
            raise self.error(key, f"The rule has no {key}", f"Write {key}: and a text.")
        return value.text.strip()

    def words(self, key: str) -> tuple[str, ...]:
        value = self.values.get(key)
        if value is None:
            return ()
        return self._words(key, value)

    def _words(self, key: str, value: Value) -> tuple[str, ...]:
        if isinstance(value, Scalar):
            return (value.text,)
        if isinstance(value, Sequence) and all(isinstance(item, Scalar) for item in value.items):
            return tuple(item.text for item in value.items if isinstance(item, Scalar))
        raise self.error(key, f"{key} cannot be read", "Write a word or a list of words.")

    def parameter(self, key: str) -> Parameter:
        value = self.values.get(key)
        if isinstance(value, Scalar):
            return value.text.strip()
        return self.words(key)

    def pairs(self, key: str) -> Parameter:
        value = self.values.get(key)
        entries = value.entries if isinstance(value, Mapping) else ()
        texts = [(name.text, item.text) for name, item in entries if isinstance(item, Scalar) and not item.null]
        if not entries or len(texts) < len(entries) or any(PAIR in part for pair in texts for part in pair):
            raise self.error(key, f"{key} cannot be read", 'Write lines of the form `a phrase: its rewrite`, or `""`.')
        return tuple(PAIR.join(pair) for pair in texts)

    def from_vocabulary(self, key: str, allowed: tuple[str, ...]) -> None:
        if key == "test":
            self.text(key)
        for word in self.words(key):
            if word not in allowed:
                close = difflib.get_close_matches(word, allowed, 1, 0.6)
                remedy = f"Did it mean {close[0]}?" if close else f"Write some of {', '.join(allowed)}."
                raise self.error(key, f"{key}: “{word}” is none of its words", remedy)

    def severities(self) -> dict[str, Severity]:
        value = self.values.get("severity")
        if isinstance(value, Mapping):
            read: dict[str, Severity] = {}
            for key, level in value.entries:
                if key.text not in STATUSES:
                    raise self.error(
                        "severity", f"“{key.text}” is no status", f"The statuses are {', '.join(STATUSES)}."
                    )
                if not isinstance(level, Scalar) or level.text != "off":
                    read[key.text] = self._level(level)
            return read
        worst = self._level(value)
        return {status: _MILDER[worst] if status == "draft" else worst for status in STATUSES}

    def _level(self, value: Value | None) -> Severity:
        for severity in SEVERITIES:
            if isinstance(value, Scalar) and value.text == severity:
                return severity
        raise self.error("severity", "The severity cannot be used", "Write error, warning or advice.")
