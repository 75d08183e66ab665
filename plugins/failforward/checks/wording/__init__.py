"""Blameless wording: what the rules of kind `wording` find in the sentences of a review or of any Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from failforward.checks.kind import Kind, Scope
from failforward.checks.wording.engine import PARAMETERS, Engine
from failforward.checks.wording.own_words import extend
from failforward.checks.wording.rewrites import Rewrites
from failforward.model.finding import Hit
from failforward.model.rule import Rule
from failforward.model.settings import Settings
from failforward.text import prose
from failforward.text.prose import Block
from failforward.text.source import Source
from failforward.text.spoken import opened

if TYPE_CHECKING:
    from failforward.model.review import Review

# Front matter that holds one of these belongs to a review; that of other pages is left alone.
_REVIEW_KEYS = frozenset(("causes", "root_causes", "experiments", "actions", "trigger", "kind"))

__all__ = ["KIND", "Wording", "run"]


class Wording:
    """The wording rules made ready for many documents."""

    def __init__(self, rules: Sequence[Rule], settings: Settings) -> None:
        """Compile the rules; raises RuleFileError for one that cannot be used."""
        self.rules = tuple(rules)
        self.settings = settings
        self.engine = Engine(rules, settings.persons)
        if settings.words:
            extend(self.engine.subjects, settings.words)
        self._rewrites = Rewrites(rules)
        self._quotations = settings.quotations == "read"

    def of_review(self, review: Review) -> Iterator[tuple[Rule, Hit]]:
        """Give the hits in a review: its fields, then its body."""
        from failforward.checks.wording import fields

        blocks = fields.of_review(review.source, review.spans, quotations=self._quotations)
        yield from self._hits(review.source, [*blocks, *self._body(review.source, review.body.tree.span.start)])

    def of_source(self, source: Source) -> Iterator[tuple[Rule, Hit]]:
        """Give the hits in any Markdown, with or without front matter."""
        text, start = source.text, 0
        blocks: list[Block] = []
        if text.startswith("---"):
            from failforward import front_matter
            from failforward.checks.wording import fields

            front = front_matter.read(source) if self.engine.prefilter.places(_head(text)) else None
            start = front.body_start if front else len(_head(text))
            if front and front.values and any(key.text in _REVIEW_KEYS for key, _ in front.values.entries):
                blocks += fields.of_values(source, front.values, quotations=self._quotations)
        blocks += self._body(source, start)
        yield from self._hits(source, blocks)

    def of_page(self, source: Source) -> Iterator[tuple[Rule, Hit]]:
        """Give the hits in a cause or the register of risks: every field that is prose, then the body, if any."""
        from failforward import front_matter
        from failforward.checks.wording import fields

        if source.path.endswith(".yml"):
            value, _ = front_matter.read_value(source.text)
            blocks = list(fields.of_value(source, value, quotations=self._quotations)) if value else []
        else:
            front = front_matter.read(source)
            blocks = list(fields.of_value(source, front.values, quotations=self._quotations)) if front.values else []
            blocks += self._body(source, front.body_start)
        yield from self._hits(source, blocks)

    def _body(self, source: Source, start: int) -> Iterator[Block]:
        body = source.text[start:] if start else source.text
        wanted = self.engine.prefilter.places(opened(body))
        return prose.read(body, start, wanted, quotations=self._quotations) if wanted else iter(())

    def _hits(self, source: Source, blocks: Sequence[Block]) -> Iterator[tuple[Rule, Hit]]:
        self.engine.begin(source.text)
        for block in blocks:
            for match in self.engine.matches(block):
                span = block.span(match.start, match.end)
                yield match.rule, Hit(span, fix=self._rewrites.of(match.rule, source, span))


def _head(text: str) -> str:
    """Give a text up to the line that closes its front matter; nothing where there is none."""
    closing = text.find("\n---", 3)
    end = text.find("\n", closing + 1) if closing > 0 else -1
    return text[: end + 1] if end > 0 else ""


_MOST_READY = 4
_ready: list[Wording] = []


def ready(rules: Sequence[Rule], settings: Settings) -> Wording:
    """Give the rules made ready; those made ready last are kept, for files to which other rules apply."""
    for known in _ready:
        if known.settings is settings and len(known.rules) == len(rules) and all(map(_same, known.rules, rules)):
            return known
    _ready[:] = [Wording(rules, settings), *_ready[: _MOST_READY - 1]]
    return _ready[0]


def _same(one: Rule, other: Rule) -> bool:
    return one is other


def run(rules: Sequence[Rule], review: Review, scope: Scope) -> Iterator[tuple[Rule, Hit]]:
    """Give what the rules find in a review."""
    return ready(rules, scope.playbook.settings).of_review(review)


KIND = Kind((*PARAMETERS, "fix"), run, pairs=("fix",))
