"""What a rule file says to people, as values."""

from __future__ import annotations

from typing import NamedTuple

from failforward.text.source import Span


class Case(NamedTuple):
    """An example in a rule file.

    `text` has the `==` marks taken out; `spans` are the marked places in it. A case is a sentence, or a whole review
    when `review` is true. `instead` is the rewrite offered, `fixed` what `--fix` makes of it, if anything.
    """

    text: str
    spans: tuple[Span, ...]
    line: int
    review: bool
    instead: str = ""
    fixed: str = ""


class Texts(NamedTuple):
    """What a rule file says to people: the cases that fire, those that are silent, and the page without both."""

    fires: tuple[Case, ...] = ()
    silent: tuple[Case, ...] = ()
    page: str = ""
