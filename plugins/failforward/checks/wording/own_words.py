"""A team's own words for people, beside those of the lexicon files: `words` in playbook.yml."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from failforward.checks.wording.lexicon import Words
from failforward.checks.wording.nouns import Nouns

# Key of the setting → what its words stand for, as the settings page says it.
CLASSES = ("roles", "teams", "users")


def extend(nouns: Nouns, words: Mapping[str, Iterable[str]]) -> None:
    """Let own words stand for one person (`roles`), for several (`teams`), for those the work is for (`users`)."""
    roles = [word.lower() for word in words.get("roles", ())]
    nouns.roles = nouns.roles.joined(_exact(word for word in roles if " " not in word))
    nouns.trades = nouns.trades.joined(_exact(word.replace(" ", "-") for word in roles if " " in word))
    nouns.teams = nouns.teams.joined(_exact(word.lower() for word in words.get("teams", ())))
    nouns.users = nouns.users.joined(_exact(word.lower() for word in words.get("users", ())))


def _exact(words: Iterable[str]) -> Words:
    return Words(frozenset(words))
