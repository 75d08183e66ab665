"""Blameless wording: what the rules of kind `wording` find in the sentences of a review or of any Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from failforward.checks.kind import Kind, Scope
from failforward.checks.wording.engine import PARAMETERS, Engine
from failforward.checks.wording.glance import Worth
from failforward.checks.wording.tables import Tables
from failforward.model.finding import Hit
from failforward.model.rule import Rule
from failforward.model.rulebook import Rulebook, RuleSettings
from failforward.text import prose
from failforward.text.prose import Block
from failforward.text.source import Source

if TYPE_CHECKING:
    from failforward.checks.wording.fields import Told
    from failforward.checks.wording.rewrites import Rewrites
    from failforward.model.review import Review

# Front matter that holds one of these belongs to a review; that of other pages is left alone.
_REVIEW_KEYS = frozenset(("causes", "root_causes", "experiments", "actions", "trigger", "kind"))

__all__ = ["KIND", "Wording", "run"]


class Wording:
    """The wording rules made ready for many documents."""

    def __init__(
        self, rules: Sequence[Rule], settings: RuleSettings, kept: Callable[[], Tables | None] = lambda: None
    ) -> None:
        """Compile the rules, as far as nothing is `kept` of them; raises RuleFileError for one that cannot be used."""
        self.rules = tuple(rules)
        self.settings = settings
        self.engine = Engine(self.rules, settings.persons, settings.words, kept)
        self._rewrites: Rewrites | None = None
        if self.engine.anew:
            self._rewritten()
        self._quotations = settings.quotations == "read"

    def of_review(self, review: Review) -> Iterator[tuple[Rule, Hit]]:
        """Give the hits in a review: its fields, then its body."""
        from failforward.checks.wording import fields

        self.engine.begin(review.source.text)
        values = fields.of_review(review.source, review.spans, quotations=self._quotations)
        yield from self._fields(review.source, values)
        yield from self._body(review.source, review.body.tree.span.start)

    def of_source(self, source: Source) -> Iterator[tuple[Rule, Hit]]:
        """Give the hits in any Markdown, with or without front matter."""
        text, start = source.text, 0
        self.engine.begin(text)
        if text.startswith("---"):
            from failforward import front_matter
            from failforward.checks.wording import fields

            front = front_matter.read(source) if self.engine.glance.over(_head(text)) else None
            start = front.body_start if front else len(_head(text))
            if front and front.values and any(key.text in _REVIEW_KEYS for key, _ in front.values.entries):
                yield from self._fields(source, fields.of_values(source, front.values, quotations=self._quotations))
        yield from self._body(source, start)

    def of_page(self, source: Source) -> Iterator[tuple[Rule, Hit]]:
        """Give the hits in a cause or the register of risks: every field that is prose, then the body, if any."""
        from failforward import front_matter
        from failforward.checks.wording import fields

        self.engine.begin(source.text)
        register = source.path.endswith(".yml")
        front = None if register else front_matter.read(source)
        value = front.values if front else front_matter.read_value(source.text)[0]
        if value:
            yield from self._fields(source, fields.of_value(source, value, quotations=self._quotations))
        if front:
            yield from self._body(source, front.body_start)

    def _body(self, source: Source, start: int) -> Iterator[tuple[Rule, Hit]]:
        over = self.engine.glance.over
        for block, worth in prose.read_where(over, source.text[start:], start, quotations=self._quotations):
            yield from self._hits(source, block, worth)

    def _fields(self, source: Source, values: Iterable[Told]) -> Iterator[tuple[Rule, Hit]]:
        for value in values:
            worth = self.engine.glance.over(value.text)
            if worth:
                yield from self._hits(source, value.block, worth)

    def _hits(self, source: Source, block: Block, worth: Sequence[Worth]) -> Iterator[tuple[Rule, Hit]]:
        for match in self.engine.closely(block, worth):
            span = block.span(match.start, match.end)
            fix = self._rewritten().of(match.rule, source, span) if match.rule.words("fix") else None
            yield match.rule, Hit(span, fix=fix)

    def _rewritten(self) -> Rewrites:
        """Give the rewrites that the rules offer; they are read when something is found."""
        if self._rewrites is None:
            from failforward.checks.wording.rewrites import Rewrites

            self._rewrites = Rewrites(self.rules)
        return self._rewrites


def _head(text: str) -> str:
    """Give a text up to the line that closes its front matter; nothing where there is none."""
    closing = text.find("\n---", 3)
    end = text.find("\n", closing + 1) if closing > 0 else -1
    return text[: end + 1] if end > 0 else ""


_MOST_READY = 4
_ready: list[tuple[Sequence[Rule], Wording]] = []


def ready(rules: Sequence[Rule], rulebook: Rulebook) -> Wording:
    """Give those of the rules that judge wording, made ready.

    Those made ready last are at hand, for files to which other rules apply.
    """
    for given, known in _ready:
        if known.settings is rulebook.settings and (given is rules or _same(given, rules)):
            return known
    made = Wording([rule for rule in rules if rule.kind == "wording"], rulebook.settings, rulebook.kept)
    _ready[:] = [(rules, made), *_ready[: _MOST_READY - 1]]
    return made


def _same(some: Sequence[Rule], others: Sequence[Rule]) -> bool:
    return len(some) == len(others) and all(one is other for one, other in zip(some, others, strict=True))


def run(rules: Sequence[Rule], review: Review, scope: Scope) -> Iterator[tuple[Rule, Hit]]:
    """Give what the rules find in a review."""
    return ready(rules, scope.playbook).of_review(review)


KIND = Kind((*PARAMETERS, "fix"), run, pairs=("fix",))
