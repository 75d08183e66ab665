"""What many comments that keep findings cost: their length, wherever they stand."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

import pytest

from failforward.allowing import comments
from failforward.checks.allow import apply
from failforward.lint import wording_findings
from failforward.model.finding import Finding, Hit
from failforward.playbook import default_playbook
from failforward.text.source import Source, Span

PLAYBOOK = default_playbook()
RULES = tuple(rule for rule in PLAYBOOK.rules if rule.kind in ("wording", "allow"))
RULE = PLAYBOOK.rule_by_id["counterfactual-person"]
BLAME = "The on-call should have looked."
COMMENT = "<!-- allow counterfactual-person: c -->"


def grows_as_its_length(work: Callable[[Source], object], make: Callable[[int], str], *, path: str = "a.md") -> None:
    """Let some work be done on a text and on one eight times as long; each is the best of three."""

    def seconds(times: int) -> float:
        source = Source(path, make(times))
        gc.collect()
        start = time.process_time()
        work(source)
        return time.process_time() - start

    # The one after the other, so that a busy machine is busy for both; what is freed when is not what is asked here.
    gc.disable()
    try:
        taken = [(seconds(500), seconds(4000)) for _ in range(3)]
    finally:
        gc.enable()
    small, large = (min(times) for times in zip(*taken, strict=True))
    assert large < 16 * max(small, 0.002), (small, large)


def judged(source: Source) -> list[object]:
    """Give what is left where each sentence of a text is a find; the sentences need not be read for that."""
    body = max(source.text.find("\n---\n") + 5, 0) if source.text.startswith("---") else 0
    starts: list[int] = []
    at = source.text.find(BLAME)
    while at >= 0:
        starts.append(at)
        at = source.text.find(BLAME, at + 1)
    found = [(RULE, Hit(Span(start, start + len(BLAME)))) for start in starts]
    return list(apply(source, body, found, RULES, PLAYBOOK.rule_by_id))


@pytest.mark.parametrize(
    "make",
    [
        lambda times: "---\n" + "# allow a-b: c\n" * times + "title: a\n---\n",
        lambda times: "---\na:\n" + " # allow a-b: c\n" * times + " - b\n" * times + "---\n",
        lambda times: "---\n" + "a: b # allow a-b: c\n" * times + "---\n",
        lambda times: "Text.\n\n" + f"{BLAME} {COMMENT}\n\n" * times,
        lambda times: "Text.\n\n" + f"{BLAME} {COMMENT} " * times,
        lambda times: "Text.\n\n" + f"{COMMENT}\n{BLAME}\n\n" * times,
        lambda times: "Text.\n\n" + f"{COMMENT}\n\n" * times + f"{BLAME}\n\n" * times,
        lambda times: f"{COMMENT}\n\n" * times + f"{BLAME}\n\n" * times,
        lambda times: "Text.\n\n" + f"- {BLAME}\n  a {COMMENT}\n" * times,
        lambda times: "- a\n" + f"  {COMMENT}" * times,
        lambda times: ">" * times + f" {BLAME} {COMMENT}\n",
    ],
)
def test_comments_cost_their_length(make: Callable[[int], str]) -> None:
    """Eight times as many comments, and finds for them, take about eight times as long."""
    grows_as_its_length(judged, make)


def test_comments_above_entries_cost_their_length() -> None:
    """In a file that is all YAML too, whether they stand above one entry or above each."""
    for make in (lambda times: "# allow a-b: c\n" * times + "- id: a\n", lambda times: "# allow a-b: c\n- a\n" * times):
        grows_as_its_length(judged, make, path="risks.yml")


@pytest.mark.parametrize(
    "make",
    [
        lambda times: "Text.\n\n" + f"{BLAME}\n\n" * (times // 4),
        lambda times: "Text.\n\n" + f"- {BLAME}\n" * (times // 4),
        lambda times: "Text.\n\n- " + f"{BLAME}\n  " * (times // 4),
        lambda times: "<div>\n" + f"{BLAME}\n" * (times // 4) + "</div>\n",
    ],
)
def test_places_for_comments_are_found_at_the_cost_of_the_text(make: Callable[[int], str]) -> None:
    """Eight times as many findings have their comments in about eight times the time."""
    known: dict[str, list[Finding]] = {}

    def adopt(source: Source) -> None:
        comments(source, known[source.text], "old")

    for times in (500, 4000):
        source = Source("a.md", make(times))
        known[source.text] = [
            each for each in wording_findings(source, RULES, PLAYBOOK) if each.rule == "counterfactual-person"
        ]
        assert known[source.text]
    grows_as_its_length(adopt, make)
