"""What adopting a document gives: the draft, what was recognised in it, and what a review would still lack."""

from __future__ import annotations

from dataclasses import dataclass

from failforward.importers.actions import Action


@dataclass(frozen=True, slots=True)
class Recognised:
    """The facts that were found in a document.

    `rows` counts the timeline's rows and `timed` those with a time; `shape` is `list`, `table`, `lines`, `headings`,
    several of them joined by `+`, or nothing. `keys` are the metadata keys that were understood, `attendees` the people
    named as such, as written. `cause` is only a suggestion, and `cues` the words it comes from.
    """

    rows: int = 0
    timed: int = 0
    shape: str = ""
    actions: tuple[Action, ...] = ()
    attendees: tuple[str, ...] = ()
    started: str = ""
    started_from: str = ""
    keys: tuple[str, ...] = ()
    kind: str = ""
    cause: str = ""
    cues: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Adoption:
    """An adopted document.

    `name` is the draft's file name and `text` the draft; `missing` says what it lacks as a review, `unplaced` are the
    headings that kept their own words. `whole` is true where the original had to be appended as it was.
    """

    name: str
    text: str
    missing: tuple[str, ...]
    recognised: Recognised
    unplaced: tuple[str, ...]
    whole: bool = False
