"""Whether a rule does what its page says: its cases are run, and its file is complete. One home for all who ask.

`failforward rules --test`, our own tests and a team's pipeline all come here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from failforward.lint import active_rules
from failforward.model.playbook import Playbook
from failforward.model.rule import Rule
from failforward.model.settings import Settings
from failforward.proof import structure, whole, wording
from failforward.proof.failure import Failure
from failforward.proof.structure import DAY, NOT_SHOWN

__all__ = ["DAY", "NOT_SHOWN", "Failure", "prove"]


def prove(rules: Iterable[Rule], playbook: Playbook) -> Iterator[Failure]:
    """Give what does not hold of some rules of a playbook, rule by rule, in the order of each file.

    Severities are those of the rule's own file. What has to stay silent is tried against every rule that is on. Raises
    RuleFileError for a rule that cannot be used.
    """
    on = active_rules(playbook)
    plain = replace(playbook, settings=_plain(playbook.settings))
    words = tuple(rule for rule in on if rule.kind == "wording")
    for rule in rules:
        if rule.kind == "wording":
            others = words if rule in words else (*words, rule)
            cases = wording.Proof(rule, others, plain.settings).failures()
        else:
            cases = structure.failures(rule, plain)
        shown = not structure.not_shown(rule)
        yield from _in_order(rule, playbook, [*whole.failures(rule, shown=shown), *cases])


def _plain(settings: Settings) -> Settings:
    """Give settings that bend no severity: a rule that is off is tried as well."""
    return replace(settings, rules={}, paths=(), preset="standard")


def _in_order(rule: Rule, playbook: Playbook, failures: Sequence[Failure]) -> Iterator[Failure]:
    path = (playbook.prefix if rule.house else "") + rule.source.path
    yield from (replace(failure, path=path, rule=rule.id) for failure in sorted(failures, key=lambda each: each.line))
