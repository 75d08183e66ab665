"""Rules as values: what a rule file says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property, partial
from typing import TYPE_CHECKING, NamedTuple

from failforward.model.finding import Severity
from failforward.text.source import Source

if TYPE_CHECKING:
    from failforward.model.case import Case, Texts

STATUSES = ("draft", "in-review", "reviewed", "closed")
Parameter = str | tuple[str, ...]
# Stands between the two parts of a parameter that is written as `one: other`.
PAIR = "\t"


def _no_texts(_: Source) -> Texts:
    from failforward.model.case import Texts

    return Texts()


class RuleFile:
    """The file of a rule, which a check of a thousand reviews need not read: it is read when somebody asks.

    `read` gives the file, and `read_texts` what it says to people, which may raise RuleFileError.
    """

    def __init__(self, read: Callable[[], Source], read_texts: Callable[[Source], Texts] = _no_texts) -> None:
        """Take how to read it."""
        self._read = read
        self._read_texts = read_texts

    @cached_property
    def source(self) -> Source:
        """Give its text."""
        return self._read()

    @cached_property
    def texts(self) -> Texts:
        """Give what it says to people."""
        return self._read_texts(self.source)


class Rule(NamedTuple):
    """A rule.

    `severities` gives the severity for each status of a review; a status that is absent silences the rule.
    `parameters` are the keys that the rule's kind knows (`match`, `test`, …), each a word or a tuple of words.
    """

    id: str
    kind: str
    message: str
    severities: Mapping[str, Severity]
    instead: str = ""
    parameters: Mapping[str, Parameter] = {}
    since: str = ""
    sources: tuple[str, ...] = ()
    house: bool = False
    file: RuleFile = RuleFile(partial(Source, "", ""))

    def word(self, key: str, default: str = "") -> str:
        """Give a parameter that is one word."""
        value = self.parameters.get(key, default)
        return value if isinstance(value, str) else " ".join(value)

    def words(self, key: str) -> tuple[str, ...]:
        """Give a parameter that is a list of words."""
        value = self.parameters.get(key, ())
        return (value,) if isinstance(value, str) else value

    def pairs(self, key: str) -> tuple[tuple[str, str], ...]:
        """Give a parameter that is written as `one: other`, in the order of the file."""
        split = (word.partition(PAIR) for word in self.words(key))
        return tuple((one, other) for one, _, other in split)

    @property
    def source(self) -> Source:
        """Give the rule's file."""
        return self.file.source

    @property
    def fires(self) -> tuple[Case, ...]:
        """Give the cases that the rule finds."""
        return self.file.texts.fires

    @property
    def silent(self) -> tuple[Case, ...]:
        """Give the cases that it must leave alone."""
        return self.file.texts.silent

    @property
    def page(self) -> str:
        """Give the Markdown of its page."""
        return self.file.texts.page

    @property
    def title(self) -> str:
        """Give the id as words."""
        return self.id.replace("-", " ").capitalize()

    @property
    def worst(self) -> Severity:
        """Give the severity the rule reaches at the most."""
        order: list[Severity] = ["error", "warning", "advice"]
        return min(self.severities.values(), key=order.index, default="advice")
