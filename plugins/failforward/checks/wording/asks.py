"""What `{…}` in a pattern may ask of a word."""

from __future__ import annotations

from failforward.checks.wording.lexicon import lexicon, words_of
from failforward.checks.wording.patterns import Test
from failforward.checks.wording.sentences import Sentence
from failforward.checks.wording.subject import Subjects

# Tests that only words pass which may name a person.
PERSON_TESTS = frozenset(("name", "individual", "person", "team", "colleague", "holder", "owner", "user", "anyone"))
# Test → the words that alone can pass it.
LISTED_TESTS = {"act": ("<operated>", "<change-act>", "*ed"), "verb": ("<participle>",), "doing": ("*ing",)}


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
            sentence.words[index].endswith("ing") and sentence.words[index] not in lexicon("detecting")
        ),
        "verb": lambda sentence, index: _verb(subjects, sentence, index),
    }


def _act(words: list[str], index: int) -> bool:
    """Tell whether a word is the past form of an act, other than finding or mending what is wrong."""
    word = words[index]
    others = lexicon("detecting"), lexicon("adjective")
    return word in words_of(LISTED_TESTS["act"]) and not any(word in words for words in others)


def _verb(subjects: Subjects, sentence: Sentence, index: int) -> bool:
    """Tell whether a participle is a verb here, not an adjective before its noun ("have automated tests")."""
    words = sentence.words
    word = words[index]
    if word not in lexicon("participle"):
        return False
    if word not in lexicon("adjective"):
        return True
    after = words[index + 1] if index + 1 < len(words) else "."
    return not after[0].isalpha() or after in subjects.function or after.endswith("ly")
