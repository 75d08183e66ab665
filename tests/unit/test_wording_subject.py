"""The grammatical subject decides: who acts in a sentence is found by the words around the verb."""

from __future__ import annotations

import pytest

from failforward.checks.wording import Wording
from failforward.checks.wording.sentences import Sentence, ranges
from failforward.checks.wording.subject import Subjects
from failforward.model.settings import Settings
from failforward.playbook import default_playbook
from failforward.text.source import Source


def sentence(text: str) -> Sentence:
    """Give the words of a text."""
    return Sentence(text, 0, len(text))


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("The engineer on call *forgot it.", "role"),
        ("One of the engineers did not *check it.", "role"),
        ("None of the reviewers *noticed it.", "team"),
        ("A member of the storage team *failed.", "role"),
        ("The platform team's engineer *forgot it.", "role"),
        ("The developer ran the script and *forgot it.", "role"),
        ("The engineer who wrote the test *forgot it.", "role"),
        ("The engineer who wrote it did not *check it.", "role"),
        ("The engineer from the platform team who was on call that night *forgot it.", "role"),
        ("The developer that had merged the change *forgot it.", "role"),
        ("We asked the engineer who was on call whether the alert had *failed.", "thing"),
        ("The engineer who was on call when the alert fired *failed to look.", "role"),
        ("The person who merged it before the freeze *ignored it.", "role"),
        ("We told the developer that the change had *failed.", "thing"),
        ("The developer saw that the change had *failed.", "thing"),
        ("The alert that was on the board that night *failed.", "thing"),
        ("The engineers at the vendor's office *forgot it.", "team"),
        ("The server at the vendor's office *failed.", "thing"),
        ("Somebody who's on call *forgot it.", "role"),
        ("The on call *forgot it.", "role"),
        ("The job on call *failed.", "thing"),
        ("The person reading the graph *missed it.", "role"),
        ("It was the on-call who *deleted it.", "role"),
        ("Dana *deleted it.", "name"),
        ("Dana, one of our engineers, *forgot it.", "name"),
        ("@dana *broke it.", "name"),
        ("On Friday Karin *landed it.", "name"),
        ("We restarted it, and then *deleted it.", "we"),
        ("While preparing the release, we accidentally *merged it.", "we"),
        ("I *deleted it.", "self"),
        ("The team, unfortunately, *forgot it.", "team"),
        ("Engineers without access *forgot it.", "team"),
        ("Support did not *escalate it.", "team"),
        ("The user did not *read it.", "user"),
        ("The attacker *made a mistake.", "attacker"),
        ("Accidentally *deleted it.", "elided"),
        ("The key was changed, *breaking it.", "elided"),
        ("The patch ran, *breaking it.", "thing"),
        ("The package manager *failed.", "thing"),
        ("The Kubernetes operator *failed.", "thing"),
        ("The alert for the engineer *failed.", "thing"),
        ("The engineer's script *failed.", "thing"),
        ("The change made by the engineer *failed.", "thing"),
        ("The API returned data and *failed.", "thing"),
        ("TLS support *failed.", "thing"),
        ("`run` *failed.", "thing"),
        ("The cluster was *deleted.", "thing"),
    ],
)
def test_the_subject(text: str, subject: str) -> None:
    """The subject of the marked verb is who acts, looked through what hangs on it."""
    at = text.index("*")
    words = sentence(text.replace("*", "").replace("`run`", "\ufffc    "))
    index = next(index for index, start in enumerate(words.starts) if start >= at)
    assert Subjects(dict).of(words, index) == subject


def test_the_roster_and_the_timeline_name_persons() -> None:
    """A known name, and one that acts like a person in a timeline, count as names; others do not."""
    rules = [rule for rule in default_playbook().rules if rule.id == "named-agent-of-harm"]

    def found(text: str, *persons: str) -> list[str]:
        hits = Wording(rules, Settings(persons=persons)).of_source(Source("a.md", text))
        return [text[hit.span.start : hit.span.end] for _, hit in hits]

    assert found("Zorblax broke the build.") == []
    assert found("Zorblax broke the build.", "Zorblax") == ["broke"]
    assert found("zorblax broke the build.", "Zorblax") == ["broke"]
    timeline = "## Timeline\n\n- 10:05 zorblax notices the lag\n- 10:09 prometheus reports it\n\n"
    assert found(timeline + "Earlier zorblax broke the build.") == ["broke"]
    assert found(timeline + "Earlier prometheus broke the build.") == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It didn't.", ["it", "did", "not", "."]),
        (
            "It can’t, won't, and shouldn't've.",
            ["it", "can", "not", ",", "will", "not", ",", "and", "should", "not", "have", "."],
        ),
        ("No one's here", ["nobody", "'s", "here"]),
        ("cannot", ["can", "not"]),
        ("the on-call's eu-west-1 run", ["the", "on-call", "'s", "eu-west-1", "run"]),
    ],
)
def test_contractions_are_taken_apart(text: str, words: list[str]) -> None:
    """The words of a sentence are whole words, so that a rule needs to name each only once."""
    assert sentence(text).words == words


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("One. Two! Three? Four", 4),
        ("At 10.30 the v1.2 build, e.g. the first, ran.", 1),
        ("See fig. 3 of it. Then go.", 2),
        ("It was (approx. 3 s) long.", 1),
        ("One... and on.", 1),
        ("A sentence\nover two lines.", 1),
    ],
)
def test_sentences_end_where_they_end(text: str, count: int) -> None:
    """Full stops of numbers and abbreviations end no sentence."""
    assert len(list(ranges(text, 0, len(text)))) == count
