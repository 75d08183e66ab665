"""Word lists kept as data: one entry a line in lexicon/*.txt, `#` begins a comment, `<name>` takes in another list."""

from __future__ import annotations

import marshal
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def _folder() -> Path:
    from pathlib import Path

    return Path(__file__).resolve().parent / "lexicon"


# What was read earlier from the same files: name → exact words, beginnings, endings, each list by itself, as most are
# asked for by hardly any text.
_kept: dict[str, bytes] = {}


def all_lexicons() -> dict[str, bytes]:
    """Give every list as it is kept."""
    lists = {path.stem: lexicon(path.stem) for path in sorted(_folder().glob("*.txt"))}
    return {name: marshal.dumps((words.exact, words.prefixes, words.suffixes)) for name, words in lists.items()}


def take(kept: dict[str, bytes]) -> None:
    """Take lists that were read earlier, so that their files need not be read again."""
    _kept.update(kept)


class Words:
    """A set of words: exact ones, beginnings and endings; `inverted` means all words but these. It never changes."""

    __slots__ = ("exact", "inverted", "prefixes", "suffixes")

    def __init__(
        self, exact: frozenset[str], prefixes: tuple[str, ...] = (), suffixes: tuple[str, ...] = (),
        inverted: frozenset[str] = frozenset(),
    ) -> None:  # fmt: skip
        """Take the words."""
        self.exact, self.prefixes, self.suffixes, self.inverted = exact, prefixes, suffixes, inverted

    def __eq__(self, other: object) -> bool:
        """Tell whether the same words are meant in the same way."""
        return isinstance(other, Words) and self._parts() == other._parts()

    def __hash__(self) -> int:
        """Give the same for equal sets."""
        return hash(self._parts())

    def _parts(self) -> tuple[object, ...]:
        return self.exact, self.prefixes, self.suffixes, self.inverted

    def __contains__(self, word: str) -> bool:
        """Tell whether a word belongs to the set."""
        if word in self.exact:
            return True
        if self.inverted:
            return word not in self.inverted
        return bool(
            (self.prefixes and word.startswith(self.prefixes))
            or (self.suffixes and len(word) > 3 and word.endswith(self.suffixes))
        )

    def meets(self, words: Iterable[str]) -> bool:
        """Tell whether any of some words belongs to the set."""
        return not self.exact.isdisjoint(words) or any(word in self for word in words)

    def joined(self, other: Words) -> Words:
        """Give the words of both."""
        return Words(self.exact | other.exact, self.prefixes + other.prefixes, self.suffixes + other.suffixes)


def words_of(entries: Iterable[str]) -> Words:
    """Make a set of words, wildcards and names of lists; raises KeyError for a list that does not exist."""
    return _words_of(tuple(entries))


@lru_cache(maxsize=2048)
def _words_of(entries: tuple[str, ...]) -> Words:
    exact: set[str] = set()
    prefixes: list[str] = []
    suffixes: list[str] = []
    for entry in entries:
        if entry.startswith("<") and entry.endswith(">") and len(entry) > 2:
            inner = lexicon(entry[1:-1])
            exact |= inner.exact
            prefixes += inner.prefixes
            suffixes += inner.suffixes
        elif entry.endswith("*") and len(entry) > 1:
            prefixes.append(entry[:-1])
        elif entry.startswith("*") and len(entry) > 1:
            suffixes.append(entry[1:])
        elif entry:
            exact.add(entry)
    return Words(frozenset(exact), tuple(prefixes), tuple(suffixes))


@cache
def lexicon(name: str) -> Words:
    """Read a list; raises KeyError where there is none."""
    if name in _kept:
        return Words(*marshal.loads(_kept[name]))  # noqa: S302 - as much ours as a compiled module
    path = _folder() / f"{name}.txt"
    if not name.replace("-", "").isalnum() or not path.is_file():
        raise KeyError(name)
    lines = (line.partition("#")[0].strip() for line in path.read_text("utf-8").splitlines())
    return words_of([word for line in lines for word in line.split()])
