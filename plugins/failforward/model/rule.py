"""Rules as values: what a rule file says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import TYPE_CHECKING

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


@dataclass(frozen=True)
class Rule:
    """A rule.

    `severities` gives the severity for each status of a review; a status that is absent silences the rule.
    `parameters` are the keys that the rule's kind knows (`match`, `test`, …), each a word or a tuple of words.
    `read_source` gives the file, and `read_texts` what only people and tests want of it, which may raise RuleFileError.
    """

    id: str
    kind: str
    message: str
    severities: Mapping[str, Severity]
    instead: str = ""
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    since: str = ""
    sources: tuple[str, ...] = ()
    house: bool = False
    read_source: Callable[[], Source] = field(default=partial(Source, "", ""), repr=False, compare=False)
    read_texts: Callable[[Source], Texts] = field(default=_no_texts, repr=False, compare=False)

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

    # A check of a thousand reviews needs neither of these, so they are read when somebody asks.

    @cached_property
    def source(self) -> Source:
        """Give the rule's file."""
        return self.read_source()

    @cached_property
    def _texts(self) -> Texts:
        return self.read_texts(self.source)

    @property
    def fires(self) -> tuple[Case, ...]:
        """Give the cases that the rule finds."""
        return self._texts.fires

    @property
    def silent(self) -> tuple[Case, ...]:
        """Give the cases that it must leave alone."""
        return self._texts.silent

    @property
    def page(self) -> str:
        """Give the Markdown of its page."""
        return self._texts.page

    @property
    def title(self) -> str:
        """Give the id as words."""
        return self.id.replace("-", " ").capitalize()

    @property
    def worst(self) -> Severity:
        """Give the severity the rule reaches at the most."""
        order: list[Severity] = ["error", "warning", "advice"]
        return min(self.severities.values(), key=order.index, default="advice")
