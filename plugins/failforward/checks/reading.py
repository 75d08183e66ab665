"""What could not be read as meant: turns the reader's problems into hits of the rule that names them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from failforward.checks.kind import Kind, Scope
from failforward.model.finding import Hit
from failforward.model.rule import Rule

if TYPE_CHECKING:
    from failforward.model.review import Review


def run(rules: Sequence[Rule], review: Review, scope: Scope) -> Iterator[tuple[Rule, Hit]]:
    """Give each problem to the rule whose `problem` names its kind."""
    by_problem = {problem: rule for rule in rules for problem in rule.words("problem")}
    for problem in review.problems:
        rule = by_problem.get(problem.kind)
        if rule:
            yield rule, Hit(problem.span, {"what": problem.what}, instead=problem.instead, fix=problem.fix)


KIND = Kind(("problem",), run)
