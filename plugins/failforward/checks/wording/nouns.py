"""What nouns stand for: one person or several, those the work is for, attackers, or things."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from failforward.checks.wording.lexicon import lexicon
from failforward.checks.wording.sentences import Sentence
from failforward.text.spoken import OBJECT

PRONOUNS = {
    **dict.fromkeys(("i", "myself"), "self"),
    **dict.fromkeys(("we", "us", "ourselves"), "we"),
    **dict.fromkeys(("he", "she", "him", "himself", "herself"), "role"),
    **dict.fromkeys(("they", "them", "themselves"), "they"),
    **dict.fromkeys(("it", "this", "that", "these", "those", "which", "there", "itself"), "thing"),
    "you": "you",
}
PUNCTUATION = frozenset(".,;:!?()[]|—–-*•>/\"'#")
REACH = 14
# Names in small letters → as written.
Names = Callable[[], Mapping[str, frozenset[str]]]


class Nouns:
    """Tells what nouns stand for; `names` gives those beyond the lists: in small letters → as written."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.roles = lexicon("role")
        self.teams = lexicon("roles")
        self.users = lexicon("user")
        self.attackers = lexicon("attacker")
        self.soft = lexicon("soft-role")
        self.machines = lexicon("machine")
        self.after = lexicon("after-person")
        self.aux = lexicon("aux")
        self.adverbs = lexicon("adverb")
        self.prepositions = lexicon("preposition")
        self.subordinators = lexicon("subordinator")
        self.determiners = lexicon("determiner")
        self.quantifiers = lexicon("quantifier")
        self.function = lexicon("function")
        self.participles = lexicon("operated")
        self.given = lexicon("given-name")

    def phrase(self, sentence: Sentence, at: int) -> str:
        """Give the class of the noun phrase that ends at a word; what hangs on it by prepositions is looked through."""
        words = sentence.words
        if at < 0 or words[at] in PUNCTUATION:
            return "elided"
        head = at
        index = at - 1
        floor = max(at - REACH, -1)
        while index > floor:
            word = words[index]
            if word in self.prepositions:
                if index == 0 or not self._holds(words, index - 1):
                    break
                quantified = word == "of" and words[index - 1] in self.quantifiers
                if not quantified or words[index - 1] in ("member", "one", "someone", "somebody"):
                    inner = self.noun(sentence, head)
                    if quantified:
                        return "role" if inner in ("team", "role", "we") else inner
                    head = index - 1
                index -= 2
            elif word in PUNCTUATION or word in self.subordinators or word in self.aux or word in ("and", "or", "but"):
                break
            elif word in self.determiners and words[index - 1] not in self.prepositions:
                before = self._outer(sentence, index - 1)
                return before if before else self.noun(sentence, head)
            else:
                index -= 1
        return self.noun(sentence, head)

    def _outer(self, sentence: Sentence, verb: int) -> str:
        """Give the person whose act a phrase is only the object of ("the engineer who wrote the test")."""
        words = sentence.words
        if words[verb].endswith("ing") and verb > 0 and self.noun(sentence, verb - 1) in ("role", "team"):
            return self.noun(sentence, verb - 1)
        for index in range(verb, max(verb - 4, 0), -1):
            if words[index] == "who":
                return self.phrase(sentence, index - 1)
            if words[index] in PUNCTUATION:
                break
        return ""

    def _holds(self, words: list[str], index: int) -> bool:
        """Tell whether a word can be the noun before a preposition."""
        word = words[index]
        return word in self.quantifiers or not (
            word in PUNCTUATION or word in self.function or word in self.aux or word.endswith("ly")
        )

    def noun(self, sentence: Sentence, index: int) -> str:
        """Give the class of the noun at a word, seen with the word before it."""
        words = sentence.words
        word = words[index]
        if word[0] == "@" and len(word) > 1:
            return "name"
        if word in PRONOUNS:
            return PRONOUNS[word]
        before = words[index - 1] if index else ""
        if word in self.roles.exact or word in self.teams.exact:
            machine = word in self.soft.exact and (before in self.machines.exact or self._product(sentence, index))
            return "thing" if machine else ("role" if word in self.roles.exact else "team")
        if word == "master" and before == "scrum":
            return "role"
        if word == "support":
            alone = not before or before in PUNCTUATION or before in ("and", "but", "customer")
            return "team" if alone and words[index + 1 : index + 2] not in (["for"], ["of"]) else "thing"
        if word in self.users.exact:
            return "user"
        if word in self.attackers.exact:
            return "attacker"
        tail = word.rpartition("-")[2]
        if tail != word and (tail in self.roles.exact or tail in self.teams.exact):
            return "role" if tail in self.roles.exact else "team"
        if word in self.given.exact and sentence.capital(index):
            return "name"
        known = self.names()
        if word in known and sentence.raw(index) in known[word]:
            return "name"
        if before in self.given.exact and sentence.capital(index) and sentence.capital(index - 1):
            return "name"
        return "thing"

    def _product(self, sentence: Sentence, index: int) -> bool:
        """Tell whether a name stands before the word, as in "the Postgres operator"."""
        before = sentence.words[index - 1] if index else ""
        if before == OBJECT:
            return True
        return bool(before) and before not in self.determiners and index > 1 and sentence.capital(index - 1)

    def ends_phrase(self, sentence: Sentence, index: int) -> bool:
        """Tell whether the noun at a word is the head of its phrase, not the beginning of a compound."""
        words = sentence.words
        if index + 1 >= len(words):
            return True
        after = words[index + 1]
        return after != "'s" and after not in self.after
