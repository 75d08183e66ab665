"""Writes the front matter of a draft, in the order of the format, guesses marked as guesses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from failforward.front_matter import dump_scalar
from failforward.importers.actions import Action
from failforward.importers.suggest import Guess
from failforward.importers.when import front_matter_form
from failforward.model.moment import Moment
from failforward.text.sections import slug

_EXPERIMENTS = 3
_LONGEST_ID = 40
_WORD = re.compile(r"[^\W_][\w.+-]*")


@dataclass(frozen=True, slots=True)
class Draft:
    """The fields of a draft; `times` gives a field's name, its moment and where it comes from (nothing where sure)."""

    title: str
    kind: Guess
    severity: str
    times: tuple[tuple[str, Moment, str], ...]
    trigger: str
    services: tuple[str, ...]
    teams: tuple[str, ...]
    tags: tuple[str, ...]
    cause: Guess | None
    actions: tuple[Action, ...]


def front_matter_of(draft: Draft) -> str:
    """Write a draft's front matter with its lines of `---`."""
    return "\n".join(["---", *_lines(draft), "---"]) + "\n"


def _lines(draft: Draft) -> Iterator[str]:
    yield f"title: {dump_scalar(draft.title)}"
    kind = f"  # guessed from the words: {_cues(draft.kind.cues)}; keep or change" if draft.kind.cues else ""
    yield f"kind: {draft.kind.word}{kind}"
    yield "status: draft"
    if draft.severity:
        yield f"severity: {draft.severity}"
    for name, moment, origin in draft.times:
        comment = f"  # {origin}; keep or change" if origin else ""
        yield f"{name}: {front_matter_form(moment)}{comment}"
    for name, words in (("services", draft.services), ("teams", draft.teams), ("tags", draft.tags)):
        if words:
            yield f"{name}: [{', '.join(words)}]"
    if draft.trigger:
        yield f"trigger: {dump_scalar(draft.trigger)}"
    if draft.cause:
        yield "causes:"
        yield f"  # suggested by the words: {_cues(draft.cause.cues)}; keep or change"
        yield f"  - cause: {draft.cause.word}"
    yield from _experiments(chosen(draft.actions))


def chosen(actions: Sequence[Action]) -> tuple[Action, ...]:
    """Choose the follow-ups that become experiments: those of which most is known, at most three, in their order."""
    best = sorted(range(len(actions)), key=lambda index: (-actions[index].weight, index))[:_EXPERIMENTS]
    return tuple(actions[index] for index in sorted(best))


def _experiments(actions: Iterable[Action]) -> Iterator[str]:
    taken: set[str] = set()
    for action in actions:
        if not taken:
            yield "experiments:"
        yield f"  - id: {_id(action.text, taken)}"
        yield f"    outcome: {dump_scalar(action.text)}"
        if action.owner:
            yield f"    owner: {dump_scalar(action.owner)}"
        if action.due:
            yield f"    due: {front_matter_form(Moment.of_day(action.due.day))}"
        yield f"    status: {'done' if action.done else 'planned'}"
        if action.link:
            yield f"    issue: {dump_scalar(action.link)}"


def _id(text: str, taken: set[str]) -> str:
    """Make a short name of an action's first words, unlike those taken."""
    name = shortened(slug(re.sub(r"https?://\S+", " ", text)), _LONGEST_ID) or "action"
    unique, number = name, 2
    while unique in taken:
        unique, number = f"{name}-{number}", number + 1
    taken.add(unique)
    return unique


def shortened(name: str, longest: int) -> str:
    """Cut a hyphenated name at a hyphen."""
    name = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")
    return name if len(name) <= longest else name[: longest + 1].rpartition("-")[0] or name[:longest]


def single_words(values: Iterable[str], *, most: int = 8) -> tuple[str, ...]:
    """Give the values of a list of words in the form that the format asks for; what is no word is left out."""
    found: dict[str, None] = {}
    for value in values:
        parts = [value] if " " not in value.strip() else re.split(r"\s*[,;/&]\s*|\sand\s", value)
        for part in parts:
            word = "-".join(re.findall(r"[\w.+-]+", part.strip(" ~\"'").casefold())).strip("-._")
            if word and _WORD.fullmatch(word) and len(word) <= 40:
                found.setdefault(word)
    return tuple(found)[:most]


def _cues(cues: Sequence[str]) -> str:
    return ", ".join(" ".join(cue.split()) for cue in cues)
