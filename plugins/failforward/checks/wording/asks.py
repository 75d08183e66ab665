"""What `{…}` in a pattern may ask of a word."""

from __future__ import annotations

from failforward.checks.wording.lexicon import words_of
from failforward.checks.wording.patterns import Test
from failforward.checks.wording.sentences import Sentence
from failforward.checks.wording.subject import Subjects

_PARTICIPLES = words_of(["<participle>"])
_ADJECTIVES = words_of(["<adjective>"])
_ACTS = words_of(["<operated>", "<change-act>", "*ed"])
_DETECTING = words_of(["<detecting>"])

# Tests that only words pass which may name a person, and those that only words of a list pass.
PERSON_TESTS = frozenset(("name", "individual", "person", "team", "colleague", "holder", "owner", "user", "anyone"))
LISTED_TESTS = {"act": _ACTS, "verb": _PARTICIPLES, "doing": words_of(["*ing"])}


def asks(subjects: Subjects) -> dict[str, Test]:
    """Give the questions by name."""

    def noun(*classes: str) -> Test:
        allowed = frozenset(classes)
        return lambda sentence, index: (
            subjects.noun(sentence, index) in allowed and subjects.ends_phrase(sentence, index)
        )

    return {
        "name": noun("name"),
        "individual": noun("name", "role"),
        "person": noun("name", "role", "team", "we", "self", "they"),
        "team": noun("team"),
        "colleague": noun("name", "role", "team"),
        "holder": lambda sentence, index: subjects.noun(sentence, index) in ("name", "role", "team", "we", "they"),
        # Like "individual", also before "'s" and a verb.
        "owner": lambda sentence, index: subjects.noun(sentence, index) in ("name", "role"),
        "proper": subjects.proper,
        "user": noun("user"),
        "anyone": noun("name", "role", "team", "we", "self", "they", "user", "you"),
        "word": lambda sentence, index: sentence.words[index][0].isalpha(),
        "act": lambda sentence, index: _act(sentence.words, index),
        "doing": lambda sentence, index: (
            sentence.words[index].endswith("ing") and sentence.words[index] not in _DETECTING
        ),
        "verb": lambda sentence, index: _verb(subjects, sentence, index),
    }


def _act(words: list[str], index: int) -> bool:
    """Tell whether a word is the past form of an act, other than finding or mending what is wrong."""
    return words[index] in _ACTS and words[index] not in _DETECTING and words[index] not in _ADJECTIVES


def _verb(subjects: Subjects, sentence: Sentence, index: int) -> bool:
    """Tell whether a participle is a verb here, not an adjective before its noun ("have automated tests")."""
    words = sentence.words
    word = words[index]
    if word not in _PARTICIPLES:
        return False
    if word not in _ADJECTIVES:
        return True
    after = words[index + 1] if index + 1 < len(words) else "."
    return not after[0].isalpha() or after in subjects.function or after.endswith("ly")
