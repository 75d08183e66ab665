"""Whether a wording rule finds exactly what its page marks, and no rule stops at what the page shows as fine."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from failforward.checks.wording import Wording
from failforward.model.case import Case
from failforward.model.finding import Fix, Hit
from failforward.model.rule import PAIR, Rule
from failforward.model.settings import Settings
from failforward.proof.failure import Failure, quoted
from failforward.text.source import Source, Span

# Where the sentences of a case stand: a rule that reads only some places is shown there.
PLACES = {
    "": "{}\n",
    "text": "{}\n",
    "unpraised": "{}\n",
    "heading": "## {}\n",
    "action": "## What we will do differently\n\n- {}\n",
    "timeline": "### Timeline\n\n- 10:00 {}\n",
    "opening": "### Timeline\n\n- 10:00 {}\n",
    "cause": "## Root causes\n\n{}\n",
}


class Proof:
    """One wording rule and those beside it, made ready."""

    def __init__(self, rule: Rule, beside: Sequence[Rule], settings: Settings) -> None:
        """Take the rule, and all that must be silent; raises RuleFileError for one that cannot be used."""
        self.rule = rule
        self.settings = settings
        self.place = next(iter(rule.words("where")), "")
        self._beside = beside
        self._alone = Wording([rule], settings)

    @cached_property
    def _all(self) -> Wording:
        return _made_ready(tuple(self._beside), self.settings)

    def failures(self) -> Iterator[Failure]:
        """Give what does not hold."""
        if "{match}" not in self.rule.message:
            yield Failure(1, "The message does not show the words that were found", expected="{match}")
        for case in self.rule.fires:
            yield from self._of_case(case)
            yield from self._of_rewrite(case)
        for case in self.rule.silent:
            for place in dict.fromkeys(("", self.place)):
                yield from self._disturbed(case, case.text, place, "A rule stops at a near miss")
        yield from self._idle("match", "No case shows this entry of match")
        yield from self._idle("fix", "No case shows this rewrite")

    def _hits(self, wording: Wording, case: Case, sentence: str, place: str) -> list[tuple[Rule, Hit]]:
        """Give what is found in a sentence, with places that count in the sentence."""
        frame = "{}" if case.review else PLACES.get(place, "{}\n")
        start = frame.index("{")
        found = wording.of_source(Source("case.md", frame.format(sentence)))
        return [(rule, _moved(hit, -start)) for rule, hit in found]

    def _of_case(self, case: Case) -> Iterator[Failure]:
        """Look whether the rule finds the marked words and no others."""
        spans = [hit.span for _, hit in self._hits(self._alone, case, case.text, self.place)]
        if case.spans and spans != list(case.spans):
            yield Failure(case.line, "Other words are found than those that are marked", _at(case, spans),
                          _at(case, case.spans))  # fmt: skip

    def _of_rewrite(self, case: Case) -> Iterator[Failure]:
        """Look whether every rule is pleased by what is offered, and `--fix` makes what the case says."""
        if not (case.instead or case.fixed or case.review):
            yield Failure(case.line, "The case offers no rewrite", expected="instead: …")
        for text in filter(None, (case.instead, case.fixed)):
            for place in dict.fromkeys((self.place, "action")):
                yield from self._disturbed(case, text, place, "A rule stops at the rewrite")
        made = self._fixed(self._alone, case)
        if made != case.fixed:
            yield Failure(case.line, "--fix makes something else of it", quoted(filter(None, [made])),
                          quoted(filter(None, [case.fixed])))  # fmt: skip

    def _fixed(self, wording: Wording, case: Case) -> str:
        """Give what the rewrites make of a case; nothing where there are none."""
        text = case.text
        fixes = [hit.fix for _, hit in self._hits(wording, case, text, self.place) if hit.fix]
        for fix in reversed(fixes):
            text = text[: fix.span.start] + fix.text + text[fix.span.end :]
        return text if fixes else ""

    def _disturbed(self, case: Case, sentence: str, place: str, what: str) -> Iterator[Failure]:
        for rule, hit in self._hits(self._all, case, sentence, place):
            words = quoted([sentence[hit.span.start : hit.span.end]])
            where = f" (in the place “{place}”)" if place else ""
            yield Failure(case.line, f"{what}{where}", f"{words} by {rule.id}", "nothing")

    def _idle(self, key: str, what: str) -> Iterator[Failure]:
        """Look for entries of a list that neither fire nor rewrite in any case."""
        for entry in self.rule.words(key):
            only = self.rule._replace(parameters={**self.rule.parameters, key: (entry,)})
            wording = Wording([only], self.settings)
            shown = self._fixed if key == "fix" else self._finds
            if not any(shown(wording, case) for case in self.rule.fires):
                phrase = entry.partition(PAIR)[0]
                line = self.rule.source.position(max(self.rule.source.text.find(phrase), 0)).line
                yield Failure(line, what, expected=quoted([phrase]))

    def _finds(self, wording: Wording, case: Case) -> bool:
        return bool(self._hits(wording, case, case.text, self.place))


_ready: dict[tuple[int, ...], Wording] = {}


def _made_ready(rules: tuple[Rule, ...], settings: Settings) -> Wording:
    """Make many rules ready once for all that are proved beside them."""
    key = (id(settings), *map(id, rules))
    if key not in _ready:
        _ready.clear()
        _ready[key] = Wording(rules, settings)
    return _ready[key]


def _moved(hit: Hit, by: int) -> Hit:
    fix = hit.fix and Fix(Span(hit.fix.span.start + by, hit.fix.span.end + by), hit.fix.text)
    return hit._replace(span=Span(hit.span.start + by, hit.span.end + by), fix=fix)


def _at(case: Case, spans: Sequence[Span]) -> str:
    return quoted(case.text[span.start : span.end] for span in spans)
