"""Who acts: the grammatical subject of a verb, found by walking left from it over the words of its clause.

The answer is one of `name` (a name or handle), `role` (one person by role, he, she, who), `self` (I), `we`, `team`
(several persons, or a body of people), `they`, `you`, `user` (those the work is for), `attacker`, `thing`, or `elided`
where the clause has no subject of its own ("accidentally deleted the pod").
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from failforward.checks.wording.lexicon import lexicon
from failforward.checks.wording.sentences import Sentence
from failforward.text.prose import OBJECT

CLASSES = ("name", "role", "self", "we", "team", "they", "you", "user", "attacker", "thing", "elided")
GROUPS = {
    "person": ("name", "role"),
    "people": ("we", "team", "they"),
    "anyone": ("name", "role", "self", "we", "team", "they", "elided"),
}
_PRONOUNS = {
    "i": "self", "myself": "self", "we": "we", "us": "we", "ourselves": "we", "he": "role", "she": "role", "him": "role",
    "himself": "role", "herself": "role", "you": "you", "they": "they", "them": "they", "it": "thing", "this": "thing",
    "that": "thing", "these": "thing", "those": "thing", "which": "thing", "there": "thing", "itself": "thing",
    "themselves": "they",
}  # fmt: skip
_PUNCTUATION = frozenset(".,;:!?()[]|—–-*•>/\"'#")
_REACH = 14
# Names in small letters → as written.
Names = Callable[[], Mapping[str, frozenset[str]]]


class Subjects:
    """Finds subjects; `names` gives those beyond the lists: in small letters → as written."""

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

    def of(self, sentence: Sentence, index: int) -> str:
        """Give the subject of the verb group that begins at a word, or goes on with it."""
        words = sentence.words
        at = self._before_verb(words, index - 1)
        if at < 0 or words[at] in ":;—–|•.!?(-*>[":
            return "elided"
        word = words[at]
        if word == ",":
            return self._across_comma(sentence, at)
        if words[index] in ("without", "despite"):
            found = self.leading(sentence, index)
            return found if found != "thing" else self._voice(sentence, index)
        if word in _PRONOUNS:
            return self._pronoun(sentence, at)
        if word == "who":
            antecedent = self.phrase(sentence, at - 1) if at else "role"
            return antecedent if antecedent not in ("thing", "elided") else "role"
        if word in ("and", "or", "but", "then", "nor", "&", "/"):
            return self.leading(sentence, at)
        if word == "to" or word in self.subordinators:
            return self.leading(sentence, at) if word == "to" else "elided"
        if word in self.prepositions:
            return "elided"
        return self.phrase(sentence, at)

    def _before_verb(self, words: list[str], at: int) -> int:
        """Step left over auxiliaries, adverbs and a bracketed remark."""
        steps = 0
        while at >= 0 and steps < _REACH:
            word = words[at]
            if word == ")":
                opening = next((k for k in range(at - 1, max(at - 25, -1), -1) if words[k] == "("), -1)
                if opening < 0:
                    return at
                at = opening - 1
            elif word in self.aux or word in self.adverbs.exact or (word.endswith("ly") and len(word) > 4):
                at -= 1
            else:
                return at
            steps += 1
        return at

    def _across_comma(self, sentence: Sentence, comma: int) -> str:
        """Find the subject before a remark between commas, or of the clause that a participle goes on with.

        "The key was changed, accidentally breaking …" leaves out who did it; "the patch ran, breaking …" does not.
        """
        words = sentence.words
        for opening in range(comma - 1, max(comma - 9, 0), -1):
            if words[opening] in ".;:!?":
                break
            if words[opening] == ",":
                found = self.of(sentence, opening)
                return found if found != "thing" else self._voice(sentence, comma)
        found = self.leading(sentence, comma)
        return found if found != "thing" else self._voice(sentence, comma)

    def _voice(self, sentence: Sentence, at: int) -> str:
        """Tell of a clause about a thing that ends at a word whether somebody is left out of it."""
        words = sentence.words
        for index in range(at - 1, max(at - 25, 0), -1):
            if words[index] in ".;:!?":
                break
            if words[index] in self.participles and words[index - 1] in ("was", "were", "been", "be", "being", "got"):
                return "elided"
        return "thing"

    def _pronoun(self, sentence: Sentence, at: int) -> str:
        """Find who a pronoun is; the object of a clause ("the engineer who wrote it did not …") leads back to its "who"."""
        words = sentence.words
        if words[at] in ("that", "which"):
            found = self.phrase(sentence, at - 1) if at else "thing"
            return found if found != "elided" else "thing"
        if words[at] in ("it", "this", "them", "him", "her"):
            who = next((index for index in range(at - 1, max(at - 7, 0), -1) if words[index] in ("who", ",")), 0)
            if who and words[who] == "who":
                return self.of(sentence, who + 1)
        if words[at] == "they":
            before = (self.noun(sentence, index) for index in range(at - 1, -1, -1))
            return next((found for found in before if found in ("user", "attacker", "team")), "they")
        return _PRONOUNS[words[at]]

    def leading(self, sentence: Sentence, at: int) -> str:
        """Find the subject that the clause to the left began with ("the engineer ran it and forgot …")."""
        words = sentence.words
        start = at
        while start > 0 and words[start - 1] not in ".;:!?—–|" and words[start - 1] not in ("because", "that", "while"):
            start -= 1
        content = 0
        for index in range(start, at):
            word = words[index]
            if word in self.prepositions and index == start:
                comma = next((k for k in range(index, at) if words[k] == ","), -1)
                if comma < 0:
                    return "thing"
                return self._first(sentence, comma + 1, at)
            content += word not in self.determiners
            if content > 4:
                break
            if word == ",":
                return self._first(sentence, index + 1, at)
            found = self._first(sentence, index, index + 1)
            if found != "thing":
                return found
        return "thing" if at - start > 1 else "elided"

    def _first(self, sentence: Sentence, start: int, end: int) -> str:
        """Give the first person among the first words of a range, else `thing`."""
        for index in range(start, min(end, start + 4)):
            if sentence.words[index] in _PRONOUNS and sentence.words[index] not in self.determiners:
                return self._pronoun(sentence, index)
            found = self.noun(sentence, index)
            if found != "thing" and self.ends_phrase(sentence, index):
                return found
        return "thing"

    def phrase(self, sentence: Sentence, at: int) -> str:
        """Give the class of the noun phrase that ends at a word; what hangs on it by prepositions is looked through."""
        words = sentence.words
        if at < 0 or words[at] in _PUNCTUATION:
            return "elided"
        head = at
        index = at - 1
        floor = max(at - _REACH, -1)
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
            elif word in _PUNCTUATION or word in self.subordinators or word in self.aux or word in ("and", "or", "but"):
                break
            elif word in self.determiners and words[index - 1] not in self.prepositions:
                if words[index - 1].endswith("ing") and index > 1 and self.noun(sentence, index - 2) in ("role", "team"):
                    head = index - 2
                break
            else:
                index -= 1
        return self.noun(sentence, head)

    def _holds(self, words: list[str], index: int) -> bool:
        """Tell whether a word can be the noun before a preposition."""
        word = words[index]
        return word in self.quantifiers or not (
            word in _PUNCTUATION or word in self.function or word in self.aux or word.endswith("ly")
        )

    def noun(self, sentence: Sentence, index: int) -> str:
        """Give the class of the noun at a word, seen with the word before it."""
        words = sentence.words
        word = words[index]
        if word[0] == "@" and len(word) > 1:
            return "name"
        if word in _PRONOUNS:
            return _PRONOUNS[word]
        before = words[index - 1] if index else ""
        if word in self.roles.exact or word in self.teams.exact:
            machine = word in self.soft.exact and (before in self.machines.exact or self._product(sentence, index))
            return "thing" if machine else ("role" if word in self.roles.exact else "team")
        if word == "support":
            return "team" if not before or before in _PUNCTUATION or before in ("and", "but", "customer") else "thing"
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
