"""What silences a match although its words are there: negation, guards, possibilities, questions, reports, disclaimers.

What the sentence explains by the situation is told in `reasons`.
"""

from __future__ import annotations

from collections.abc import Callable

from failforward.checks.wording.lexicon import lexicon
from failforward.checks.wording.reasons import CLAUSE, PERSONAL, explained
from failforward.checks.wording.sentences import Sentence
from failforward.checks.wording.subject import Subjects

# A sentence, the words reported (from, to), the first word of the match; true where the match says nothing of a person.
Silencer = Callable[[Sentence, int, int, int, Subjects], bool]

_MODALS = frozenset("can could may might would will should must shall".split())
# "Mostly, if not all, my fault" is no condition.
_WHOLLY = frozenset("all most mostly entirely wholly completely only".split())
# "When I came back I forgot …" tells what happened.
_CAME = frozenset("came went got began returned started left saw".split())
_CONDITIONS = frozenset("if when whenever unless until".split())
# Words that speak of a guard or a possibility only together with what follows.
_NEEDING = {
    **dict.fromkeys(
        ("risk", "risks", "chance", "chances", "likelihood", "possibility", "potential"), ("of", "that", "to", "for")
    ),
    **dict.fromkeys(("harder", "hard", "easy", "easier", "impossible", "possible", "cheap", "safe"), ("to", "for")),
}
# "… keeps anyone from deleting".
_KEEPING = ("keep", "kept", "stop", "block", "bar", "discourage")
# Human error "is where" the questions begin, and "a symptom".
_BEGINNINGS = frozenset("where only a an when normal inevitable natural the".split())
_SYMPTOMS = frozenset(
    "begin begins start starts beginning starting symptom consequence normal inevitable natural".split()
)
_SAID = frozenset("told said say says reported report reports complained complain wrote felt argued".split())
# "And" before one of these begins a sentence of its own.
_ANEW = frozenset("that this it i we".split())
# "Not only", "no doubt", "cannot believe my stupidity" deny nothing.
_ALL_THE_SAME = frozenset("only doubt believe fathom".split())
# Within so many words of a sentence a claim begins that is denied, and one of these denies it.
_CLAIMED = 16
_DENIED = frozenset("not no never nobody nothing none wrong unfair untrue false incorrect misleading".split())
# After these the sentence goes on with what is so.
_CONTRASTS = frozenset(("but", "because", ";", "."))
_COPULAS = frozenset("was is were".split())
# A negation before one of these belongs to another clause, unless it stands right before it.
_OPENING_REASON = frozenset("due because owing since".split())
_OPENING = frozenset("because since so while when which who if although though until".split())


def negation(sentence: Sentence, begin: int, end: int, first: int, subjects: Subjects) -> bool:
    """Silence "not because of human error", "human error is never a cause", "nobody is to blame"."""
    words, negations = sentence.words, lexicon("negation")
    for index in range(first - 1, max(first - 8, -1), -1):
        if words[index] in (";", ":", "but") or (words[index] == "," and words[index - 1] not in negations):
            break
        if words[index] in _OPENING and words[index - 1] not in negations and words[index + 1] != "of":
            break
        if words[index] in ("due", "owing") and words[index - 1] not in negations:
            break
        if words[index] == "and" and words[index + 1] in _ANEW:
            break
        if words[index] in negations.exact and words[index + 1] not in _ALL_THE_SAME:
            told = index == 0 or not _COPULAS.isdisjoint(words[index + 2 : end])
            return not (told and words[index + 1].endswith("ing"))  # "Not having a plan was a mistake"
        if words[index] == "wrong" and words[index + 1] == "to":
            return True
        if words[index] in ("than", "of") and words[index - 1] in ("rather", "instead"):
            return _OPENING_REASON.isdisjoint(words[index:begin])
    return False


def denial(sentence: Sentence, begin: int, end: int, first: int, subjects: Subjects) -> bool:
    """Silence "human error is never a cause", "the fault was not ours"."""
    words = sentence.words
    for index in range(end, min(end + 4, len(words))):
        if words[index] in CLAUSE:
            break
        if words[index] in ("not", "never", "nothing") and words[index - 1] in ("is", "are", "was", "were"):
            return True
        if words[index] in ("is", "are") and words[index + 1 : index + 2] and words[index + 1] in _BEGINNINGS:
            return not _SYMPTOMS.isdisjoint(words[index + 1 : index + 8])
    return False


def guard(sentence: Sentence, begin: int, end: int, first: int, subjects: Subjects) -> bool:
    """Silence what speaks of a guard: "makes it harder to accidentally …", "protects against human error"."""
    words, guards = sentence.words, lexicon("guard")
    for index in range(first - 1, max(first - 11, -1), -1):
        if words[index] in (";", ".", ":") or words[index] in ("because", "so"):
            return False
        if words[index] == "that" and words[index + 1] in PERSONAL:
            return False  # "kept us from seeing that we made a mistake"
        if words[index] == "against" and _defended(words[max(index - 3, 0) : index]):
            return True
        if words[index] in guards.exact or (words[index] in _NEEDING and words[index + 1] in _NEEDING[words[index]]):
            return True
        if words[index] == "lets" and "longer" in words[:index]:
            return True
        if words[index] == "from" and words[index + 1].endswith("ing"):
            return any(word.startswith(_KEEPING) or word in guards.exact for word in words[:index])
    return False


def _defended(before: list[str]) -> bool:
    """Tell "a check against", "protected against" from "run against production"."""
    return not (lexicon("guard").exact.isdisjoint(before) and lexicon("defence").exact.isdisjoint(before))


def possibility(sentence: Sentence, begin: int, end: int, first: int, subjects: Subjects) -> bool:
    """Silence what did not happen: "could accidentally delete", "if somebody forgets"."""
    words = sentence.words
    for index in range(first - 1, max(first - 4, -1), -1):
        if words[index] in CLAUSE:
            break
        if words[index] in _MODALS and words[index + 1] not in ("have", "be") and not _a_name(sentence, index):
            return True
        if words[index] == "to" and words[index + 1].endswith("ly"):
            return True
    for index in range(first - 1, max(first - 9, -1), -1):
        if words[index] in ",;:.":
            break
        if words[index : index + 2] == ["if", "not"] and not _WHOLLY.isdisjoint(words[index + 2 : index + 3]):
            return False
        if words[index] in _CONDITIONS or (words[index] == "case" and index and words[index - 1] == "in"):
            told = any(word in ("was", "were", "did", "had") for word in words[index:end])
            return not told and not (words[index] == "when" and not _CAME.isdisjoint(words[index:first]))
    return False


def _a_name(sentence: Sentence, index: int) -> bool:
    """Tell whether a modal is written as somebody's name: "Then Will …", "Will Meyer …"."""
    return sentence.capital(index) and (index > 0 or sentence.capital(1))


def question(sentence: Sentence, begin: int, end: int, first: int, subjects: Subjects) -> bool:
    """Silence questions: they ask, they do not tell."""
    return sentence.question


def report(sentence: Sentence, begin: int, end: int, first: int, subjects: Subjects) -> bool:
    """Silence what those say whom the work is for: "customers told us that …", "according to the users, …"."""
    words, users = sentence.words, lexicon("user").exact
    for index in range(min(first, 12)):
        if words[index] in users and not _SAID.isdisjoint(words[index + 1 : min(index + 4, first)]):
            return "but" not in words[index:first] and ";" not in words[index:first]
        if words[index : index + 2] == ["according", "to"]:
            return not users.isdisjoint(words[index + 2 : min(index + 6, first)])
    return False


def disclaimer(sentence: Sentence, begin: int, end: int, first: int, subjects: Subjects) -> bool:
    """Silence what the sentence says is not so: "it is not true that …", "nobody claims that …", "not because …"."""
    words, claims = sentence.words, lexicon("claim").exact
    for index in range(1, min(first, _CLAIMED)):
        before = words[max(index - 7, 0) : index]
        claimed = before[-1] in claims or before[-2:] in (["to", "say"], ["be", "said"])
        denied = words[index] == "that" and claimed and not _DENIED.isdisjoint(before)
        if denied or (words[index] == "because" and before[-1] == "not"):
            return _CONTRASTS.isdisjoint(words[index + 1 : first])
    return False


SILENCERS: dict[str, Silencer] = {
    "negation": negation,
    "denial": denial,
    "guard": guard,
    "possibility": possibility,
    "reason": explained,
    "question": question,
    "report": report,
    "disclaimer": disclaimer,
}
