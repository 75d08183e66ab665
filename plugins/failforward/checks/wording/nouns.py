"""What nouns stand for: one person or several, those the work is for, attackers, or things."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from failforward.checks.wording.aliases import ending
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
# Before a name, with or without a full stop.
TITLES = frozenset("mr mrs ms mx dr prof herr frau".split())
# Endings of nouns that begin a sentence with a capital and are no names.
_COMMON_ENDINGS = tuple("ing tion ment ness ity ance ence s er or ly ed age ware one".split())
# After somebody these go on with who is meant: "the engineer responsible for …".
_MODIFIERS = frozenset("responsible available present new unfamiliar on-call".split())
_PEOPLE = ("role", "team", "name")
# Words that stand for people only beside certain others.
_BY_COMPANY = frozenset(("support", "call"))
# What comes behind these is asked or told, and has a subject of its own.
_ASKING = frozenset("whether why how if what that".split())
# What "that" points to, behind those of whom a clause tells: "who was on call that night".
_TIMES = frozenset("day night morning afternoon evening week weekend month time shift".split())
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
        self.frequent = lexicon("frequent")
        self.trades = lexicon("trade")

    def somebody(self) -> frozenset[str]:
        """Give all words by which a noun can be anything but a thing, apart from known names."""
        words = {word for word, who in PRONOUNS.items() if who != "thing"} | TITLES | _BY_COMPANY | {"who"}
        for listed in (self.roles, self.teams, self.users, self.attackers, self.given):
            words |= listed.exact
        return frozenset(words | {trade.rpartition("-")[2] for trade in self.trades.exact})

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
                    return self._outer(sentence, index) or self.noun(sentence, head)
                quantified = word == "of" and words[index - 1] in self.quantifiers
                if not quantified or words[index - 1] in ("member", "one", "someone", "somebody"):
                    inner = self.noun(sentence, head)
                    if quantified:
                        return "role" if inner in ("team", "role", "we") else inner
                    head = self._modified(sentence, index - 1)
                index -= 2
            elif word in self.aux and not _possessive(words, index):
                return self._outer(sentence, index) or self.noun(sentence, head)
            elif word == "that" and index + 1 == head and words[head] in _TIMES:  # "who was on call that night"
                return self._outer(sentence, index - 1) or self.noun(sentence, head)
            elif word in PUNCTUATION or word in self.subordinators or word in ("and", "or", "but"):
                break
            elif word in self.determiners and words[index - 1] not in self.prepositions:
                before = self._outer(sentence, index - 1)
                return before if before else self.noun(sentence, head)
            elif index > 0 and word.endswith("ing") and self.noun(sentence, index - 1) in _PEOPLE:
                return self.noun(sentence, index - 1)  # "a contractor doing maintenance work"
            else:
                index -= 1
        return self.noun(sentence, head)

    def _modified(self, sentence: Sentence, at: int) -> int:
        """Step from a modifier to whom it modifies: "the team working (on …)", "the engineer responsible (for …)"."""
        word = sentence.words[at]
        modifies = word.endswith(("ing", "ed")) or word in _MODIFIERS
        return at - 1 if modifies and at > 0 and self.noun(sentence, at - 1) in _PEOPLE else at

    def _outer(self, sentence: Sentence, verb: int) -> str:
        """Give the person of whom a clause tells that a phrase ends ("the engineer who wrote the test")."""
        words = sentence.words
        if words[verb].endswith("ing") and verb > 0 and self.noun(sentence, verb - 1) in ("role", "team"):
            return self.noun(sentence, verb - 1)
        for index in range(verb, max(verb - 8, 0), -1):
            word = words[index]
            if word in ("who", "whose"):
                return self.phrase(sentence, index - 1)
            if word == "that" and index < verb and self._acts(words, index + 1):
                before = self.noun(sentence, index - 1)
                return before if before in _PEOPLE else ""
            if word in PUNCTUATION or word in (_ASKING if index == verb else self.subordinators):
                break
        return ""

    def _acts(self, words: list[str], index: int) -> bool:
        """Tell whether a word right behind a relative pronoun is a verb: "the developer that had merged it"."""
        return words[index] in self.aux or words[index] in self.participles

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
        if "." in (before, *words[index + 1 : index + 2]) and _dotted(sentence, index):
            return "thing"
        if word in self.roles.exact or word in self.teams.exact:
            machine = word in self.soft.exact and (before in self.machines.exact or self._product(sentence, index))
            return "thing" if machine else ("role" if word in self.roles.exact else "team")
        if before and f"{before}-{word}" in self.trades.exact:
            return "role"
        if word in _BY_COMPANY:
            return self._by_company(words, index)
        if word in self.users.exact:
            return "user"
        if word in self.attackers.exact:
            return "attacker"
        if before == "/" and index > 1 and words[index - 2][0] == "@":
            return "team"
        stem, _, tail = word.rpartition("-")
        if tail.isdecimal():  # "team-member-1"
            tail = stem.rpartition("-")[2]
        if tail != word and (tail in self.roles.exact or tail in self.teams.exact):
            return "role" if tail in self.roles.exact else "team"
        return "name" if self._named(sentence, index, before) else "thing"

    def _by_company(self, words: list[str], index: int) -> str:
        """Tell what a word that stands for people only in some company stands for here: "support", "the on call"."""
        before = words[index - 1] if index else ""
        if words[index] == "call":
            return "role" if before == "on" and index > 1 and words[index - 2] in self.determiners else "thing"
        alone = not before or before in PUNCTUATION or before in ("and", "but", "customer")
        return "team" if alone and words[index + 1 : index + 2] not in (["for"], ["of"]) else "thing"

    def _named(self, sentence: Sentence, index: int, before: str) -> bool:
        """Tell whether a word is somebody's name: a given one, a known one, or one after a title or a given name."""
        word = sentence.words[index]
        if self._known(sentence, index):
            return True
        introduced = before in TITLES or (before == "." and index > 1 and _introduces(sentence.words, index - 2))
        if not (word in self.given.exact or introduced or before in self.given.exact) or not sentence.capital(index):
            return False
        return word in self.given.exact or introduced or sentence.capital(index - 1)

    def _known(self, sentence: Sentence, index: int) -> bool:
        """Tell whether a word is, or ends, a name that is known."""
        known, words = self.names(), sentence.words
        spellings = known.get(words[index])
        if spellings is not None and (not spellings or sentence.raw(index) in spellings):
            return True
        if not known or ending(words[index]) not in known or not sentence.capital(index):
            return False
        return any(" ".join(words[index - more : index + 1]) in known for more in range(1, min(index, 3) + 1))

    def _product(self, sentence: Sentence, index: int) -> bool:
        """Tell whether a name stands before the word, as in "the Postgres operator"."""
        before = sentence.words[index - 1] if index else ""
        if before == OBJECT:
            return True
        return bool(before) and before not in self.determiners and index > 1 and sentence.capital(index - 1)

    def proper(self, sentence: Sentence, index: int) -> bool:
        """Tell whether a word is written like a name that no list holds: no program, no word of every day."""
        word = sentence.words[index]
        if len(word) < 3 or not word.isalpha() or not sentence.capital(index) or sentence.raw(index).isupper():
            return False
        if index == 0 and word.endswith(_COMMON_ENDINGS):
            return False
        known = (
            lexicon("program"),
            lexicon("paper"),
            self.machines,
            self.function,
            self.frequent,
            self.after,
            lexicon("calendar"),
        )
        return not any(word in words.exact for words in known)

    def ends_phrase(self, sentence: Sentence, index: int) -> bool:
        """Tell whether the noun at a word is the head of its phrase, not the beginning of a compound."""
        words = sentence.words
        if index + 1 >= len(words):
            return True
        after = words[index + 1]
        return after != "'s" and after not in self.after


def _possessive(words: list[str], index: int) -> bool:
    """Tell whether a word makes the one before it an owner: "the vendor's NOC", not "who's on call"."""
    return words[index] == "'s" and words[index - 1] not in PRONOUNS and words[index - 1] != "who"


def _introduces(words: list[str], index: int) -> bool:
    """Tell whether a word before a full stop is a title or an initial: "Dr. Haas", "J. Meyer"."""
    return words[index] in TITLES or (len(words[index]) == 1 and words[index].isalpha() and words[index] != "i")


def _dotted(sentence: Sentence, index: int) -> bool:
    """Tell whether a word is a part of a name with dots in it: "docs.example.dev", "admin.yml"."""
    text, start, end = sentence.text, sentence.starts[index], sentence.ends[index]
    before = start > 1 and text[start - 1] == "." and text[start - 2].isalnum()
    return before or (text[end : end + 1] == "." and text[end + 1 : end + 2].isalnum())
