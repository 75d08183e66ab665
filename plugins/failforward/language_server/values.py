"""What can stand as a field's value: its vocabulary, the playbook's causes and reviews, the words that others used."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from failforward.language_server.desk import Document
from failforward.model.fields import Field
from failforward.model.playbook import Cause
from failforward.model.review import NotApplicable, People, Review


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that can be written: the text, a few words beside it, and what it means, as Markdown.

    `kind` is `field`, `word`, `cause`, `review`, `section` or `rule`.
    """

    text: str
    kind: str
    detail: str = ""
    meaning: str = ""


_CAUSES = re.compile(r"^causes:.*\n(?:[ -].*\n?|\n)*", re.MULTILINE)
_CAUSE = re.compile(r"^ *(?:- +)?cause: +([\w-]+)", re.MULTILINE)
Words = Callable[[Review], Iterable[str]]


def choices(document: Document, path: tuple[str, ...], field: Field) -> Iterator[Choice]:
    """Give the values of a field at a path of declared names."""
    if field.vocabulary:
        yield from (Choice(word, "word", field.doc) for word in field.vocabulary)
    elif path in _OFFERED:
        yield from _OFFERED[path](document)
    elif path in _USED:
        yield from used(document, _USED[path])
    elif field.form == "yes-no":
        yield from (Choice(word, "word", field.doc) for word in ("true", "false"))
    elif field.form == "score":
        yield from (Choice(str(score), "word", field.doc) for score in range(1, 6))
    if field.na:
        yield Choice("n/a because ", "word", "A reason counts as an answer")


def cause_choices(document: Document) -> Iterator[Choice]:
    """Give the cause vocabulary without what the review names already."""
    here = named_causes(document)
    yield from (cause_choice(document, cause) for cause in document.playbook.causes if cause.id not in here)


def own_causes(document: Document) -> Iterator[Choice]:
    """Give the causes of the review, unanswered ones first; all causes where it names none."""
    review = document.review
    answered = {entry.cause for entry in review.experiments} | {entry.cause for entry in review.accepted}
    known = document.playbook.cause_by_id
    names = named_causes(document)
    for name in sorted(names, key=lambda name: name in answered):
        yield cause_choice(document, known[name]) if name in known else Choice(name, "cause")
    if not names:
        yield from cause_choices(document)


def named_causes(document: Document) -> tuple[str, ...]:
    """Give the causes that the review names; while its front matter is no YAML, those that stand there as words."""
    if document.review.readable:
        return document.review.cause_ids
    block = _CAUSES.search(document.text)
    return tuple(dict.fromkeys(_CAUSE.findall(block[0]))) if block else ()


def cause_choice(document: Document, cause: Cause) -> Choice:
    """Give a cause with its title and summary."""
    group = document.playbook.settings.groups.get(cause.group, cause.group)
    title = f"**{cause.title}** ({group})" if group else f"**{cause.title}**"
    return Choice(cause.id, "cause", cause.title, f"{title}\n\n{cause.summary}")


def review_choices(document: Document) -> Iterator[Choice]:
    """Give the other reviews, newest file names first."""
    named = {entry.review for entry in document.review.related} | {document.review.id}
    for review in sorted(document.playbook.reviews, key=lambda review: review.id, reverse=True):
        if review.id not in named:
            yield Choice(review.id, "review", review.title)


def risk_choices(document: Document) -> Iterator[Choice]:
    """Give the entries of the risk register."""
    for risk in document.playbook.risk_by_id.values():
        yield Choice(risk.id, "word", risk.title, risk.summary)


def severities(document: Document) -> Iterator[Choice]:
    """Give the severities of the playbook, worst first."""
    yield from (Choice(word, "word", "Severity") for word in document.playbook.settings.severities)


def used(document: Document, words: Words) -> Iterator[Choice]:
    """Give the words that other reviews used, the most frequent first, without those that stand here already."""
    here = set(words(document.review))
    others = (review for review in document.playbook.reviews if review.path != document.review.path)
    counts = Counter(word for review in others for word in set(words(review)))
    for word, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        if word and word not in here:
            yield Choice(word, "word", f"in {count} review{'s' if count > 1 else ''}")


def _people(review: Review) -> Iterator[str]:
    if isinstance(review.people, People):
        facilitator = review.people.facilitator
        yield from (*review.people.participants, *review.people.outsiders)
        yield from () if isinstance(facilitator, NotApplicable) else (facilitator,)
    yield from review.teams


def _owners(review: Review) -> Iterator[str]:
    yield from (entry.owner for entry in review.experiments if isinstance(entry.owner, str))
    yield from review.teams


_OFFERED: dict[tuple[str, ...], Callable[[Document], Iterator[Choice]]] = {
    ("severity",): severities,
    ("causes",): cause_choices,
    ("causes", "cause"): cause_choices,
    ("causes", "with"): own_causes,
    ("experiments", "cause"): own_causes,
    ("accepted",): own_causes,
    ("accepted", "cause"): own_causes,
    ("related",): review_choices,
    ("related", "review"): review_choices,
    ("supersedes",): review_choices,
    ("risks",): risk_choices,
    ("accepted", "risk"): risk_choices,
    ("experiments", "risk"): risk_choices,
}
_USED: dict[tuple[str, ...], Words] = {
    ("services",): lambda review: review.services,
    ("teams",): lambda review: review.teams,
    ("tags",): lambda review: review.tags,
    ("people", "facilitator"): _people,
    ("people", "participants"): _people,
    ("people", "outsiders"): _people,
    ("experiments", "owner"): _owners,
}
