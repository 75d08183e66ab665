"""Who acts: the grammatical subject of a verb, found by walking left from it over the words of its clause.

The answer is one of `name` (a name or handle), `role` (one person by role, he, she, who), `self` (I), `we`, `team`
(several persons, or a body of people), `they`, `you`, `user` (those the work is for), `attacker`, `thing`, or `elided`
where the clause has no subject of its own ("accidentally deleted the pod").
"""

from __future__ import annotations

from failforward.checks.wording.nouns import PRONOUNS, REACH, Nouns
from failforward.checks.wording.sentences import Sentence

CLASSES = ("name", "role", "self", "we", "team", "they", "you", "user", "attacker", "thing", "elided")
GROUPS = {
    "person": ("name", "role"),
    "people": ("we", "team", "they"),
    "anyone": ("name", "role", "self", "we", "team", "they", "elided"),
}


class Subjects(Nouns):
    """Finds subjects."""

    def of(self, sentence: Sentence, index: int) -> str:
        """Give the subject of the verb group that begins at a word, or goes on with it."""
        words = sentence.words
        at = self._before_verb(sentence, index - 1)
        at = self._before_remark(words, at)
        if at < 0 or words[at] in ":;—–|•.!?(-*>[":
            return "thing" if at > 1 and words[at] == "." and words[at - 1] in ("e", "g") else "elided"
        word = words[at]
        if word == ",":
            return self._across_comma(sentence, at)
        if words[index] in ("without", "despite"):
            found = self.leading(sentence, index)
            if found == "thing" and "that" in words[max(index - 12, 0) : index]:
                found = self.leading(sentence, words.index("that", max(index - 12, 0)))
            return found if found != "thing" else self._voice(sentence, index)
        if word in ("us", "them") and at > 1 and words[at - 1] == "of":
            return self.phrase(sentence, at)
        if word in PRONOUNS:
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

    def _known_as(self, sentence: Sentence, index: int) -> bool:
        """Tell whether an auxiliary is somebody's name here ("Then Will forgot")."""
        return index > 0 and sentence.words[index] in ("will", "may") and sentence.capital(index)

    def _before_verb(self, sentence: Sentence, at: int) -> int:
        """Step left over auxiliaries, adverbs and a bracketed remark."""
        words, steps = sentence.words, 0
        while at >= 0 and steps < REACH:
            word = words[at]
            if word == ")":
                opening = next((k for k in range(at - 1, max(at - 25, -1), -1) if words[k] == "("), -1)
                if opening < 0:
                    return at
                at = opening - 1
            elif (
                (word in self.aux and not self._known_as(sentence, at))
                or word in self.adverbs.exact
                or (word.endswith("ly") and len(word) > 4)
            ):
                at -= 1
            else:
                return at
            steps += 1
        return at

    def _before_remark(self, words: list[str], at: int) -> int:
        """Step left over an adverb between commas ("the engineer, unfortunately, forgot")."""
        if at > 1 and words[at] == "," and (words[at - 1] in self.adverbs.exact or words[at - 1].endswith("ly")):
            return at - 3 if words[at - 2] == "," else at - 2
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
        """Find who a pronoun is; an object ("the engineer who wrote it did not …") leads back to its "who"."""
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
        return PRONOUNS[words[at]]

    def leading(self, sentence: Sentence, at: int) -> str:
        """Find the subject that the clause to the left began with ("the engineer ran it and forgot …")."""
        words = sentence.words
        start = at
        while start > 0 and words[start - 1] not in ".;:!?—–|" and words[start - 1] not in ("because", "that", "while"):
            start -= 1
        content = 0
        for index in range(start, at):
            word = words[index]
            if index == start and (word in self.prepositions or word == "as"):
                comma = next((k for k in range(index, at) if words[k] == ","), -1)
                return self._first(sentence, comma + 1, at) if comma >= 0 else self._told_by(words, index, at)
            content += word not in self.determiners
            if content > 4:
                break
            if word == ",":
                return self._first(sentence, index + 1, at)
            found = self._first(sentence, index, index + 1)
            if found != "thing":
                return found
        return "thing" if at - start > 1 else "elided"

    def _told_by(self, words: list[str], start: int, end: int) -> str:
        """Give the first who tells, "I" or "we", of a clause that a preposition opens ("in the future we want to")."""
        return next((PRONOUNS[word] for word in words[start : min(start + 12, end)] if word in ("i", "we")), "thing")

    def _first(self, sentence: Sentence, start: int, end: int) -> str:
        """Give the first person among the first words of a range, else `thing`."""
        for index in range(start, min(end, start + 4)):
            if sentence.words[index] in PRONOUNS and sentence.words[index] not in self.determiners:
                return self._pronoun(sentence, index)
            found = self.noun(sentence, index)
            if found != "thing" and self.ends_phrase(sentence, index):
                return found
        return "thing"
