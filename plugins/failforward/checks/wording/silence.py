"""What silences a match although its words are there: negation, guards, possibilities, reasons, questions, reports."""

from __future__ import annotations

from collections.abc import Callable

from failforward.checks.wording.lexicon import lexicon
from failforward.checks.wording.sentences import Sentence
from failforward.checks.wording.subject import Subjects

# A sentence, the words reported (from, to), the first word of the match; true where the match says nothing of a person.
Silencer = Callable[[Sentence, int, int, int, Subjects], bool]

_CLAUSE = frozenset(".,;:!?()—–|") | {"and", "but", "because", "so", "which", "meant", "while", "although", "though"}
_MODALS = frozenset("can could may might would will should must shall".split())
# "Mostly, if not all, my fault" is no condition.
_WHOLLY = frozenset("all most mostly entirely wholly completely only".split())
_OUGHT = frozenset(("should", "ought", "shoulda"))
# "When I came back I forgot …" tells what happened.
_CAME = frozenset("came went got began returned started left saw".split())
_CONDITIONS = frozenset("if when whenever unless until".split())
_FLAWS = frozenset("not no nothing none nobody without lack missing hidden buried never without only neither".split())
_PERSONAL = frozenset("i we he she they you".split())
_BLAMING = frozenset(
    "human lack carelessness inattention inexperience oversight mistake mistakes error negligence".split()
)


_SITUATIONS = frozenset("no the there it neither none both".split())
_TURNING = frozenset("happens happened turns turned".split())
# After "…, as": the beginning of a reason.
_REASONING = frozenset("it this that these those there the we they he she no its our".split())
# After "since": a time, not a reason.
_TIMES = lexicon("calendar").exact | {"then", "last", "early", "late", "at", "around"}
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
_WHICH_IS_WHY = ["which", "is", "why"]
# After a comma these begin what came of it, and a reason further on is a reason for that.
_LEADING = frozenset("leading causing resulting which".split())
# "And" before one of these begins a sentence of its own.
_ANEW = frozenset("that this it i we".split())
# "Not only", "no doubt", "cannot believe my stupidity" deny nothing.
_ALL_THE_SAME = frozenset("only doubt believe fathom".split())
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
        if words[index] in _CLAUSE:
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
        if words[index] == "that" and words[index + 1] in _PERSONAL:
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
        if words[index] in _CLAUSE:
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


def reason(sentence: Sentence, begin: int, end: int, first: int, subjects: Subjects) -> bool:
    """Silence what the same sentence explains by the situation: "no alert was configured, so nobody noticed"."""
    words, reasons = sentence.words, lexicon("reason").exact
    if words[begin] in _OUGHT:
        return False  # "We should have asked, since …" gives a reason for what ought to have been.
    for index in range(end, min(end + 25, len(words) - 2)):
        if words[index] in ";:" or words[index] == "but" or (words[index - 1] == "," and words[index] in _LEADING):
            break
        if (words[index] in reasons and _follows(words, index)) or _as_reason(words, index):
            return _situational(sentence, index + 1, subjects)
    start = _clause_start(words, first)
    if start and (words[start - 1] in lexicon("consequence").exact or words[start - 1 : start + 2] == _WHICH_IS_WHY):
        told = start - 2 if words[start - 2 : start - 1] == [";"] else start - 1
        return any(word in _FLAWS for word in words[:told]) or subjects.leading(sentence, told) == "thing"
    if len(words) < 3:
        return False
    if words[0] in ("with", "without") or _as_opening(words) or (words[0] in reasons and _follows(words, 0)):
        comma = next((index for index in range(1, first) if words[index] == ","), -1)
        return comma > 0 and first - comma < 12 and _situational(sentence, 1, subjects)
    index = next((at for at in range(first) if words[at] in ("because", "since") and _follows(words, at)), -1)
    if index < 0:
        return False
    comma = next((at for at in range(index, first) if words[at] == ","), -1)
    told = comma > 0 and start - comma < 3 and words[comma + 1] not in ("and", "but")
    return told and _situational(sentence, index + 1, subjects)


def _as_reason(words: list[str], index: int) -> bool:
    """Tell whether "…, as …" gives a reason."""
    return words[index] == "as" and words[index - 1] == "," and words[index + 1] in _REASONING


def _as_opening(words: list[str]) -> bool:
    """Tell whether "As no …, …" opens with a reason; "as it happens", "as it turned out", "as the CTO, I …" give none."""
    opening = words[1 : words.index(",") if "," in words else None]
    titled = not lexicon("role").exact.isdisjoint(opening) and lexicon("aux").exact.isdisjoint(opening)
    return words[0] == "as" and words[1] in _SITUATIONS and words[2] not in _TURNING and not titled


def _follows(words: list[str], index: int) -> bool:
    """Tell whether a word of reason is one here: "due" needs its "to", "given" its comma, "since" is no time."""
    if words[index] in ("due", "owing"):
        return words[index + 1] == "to"
    if words[index] == "since":
        return not (words[index + 1] in _TIMES or words[index + 1][0].isdigit())
    return words[index] != "given" or index == 0 or words[index - 1] == ","


def _situational(sentence: Sentence, index: int, subjects: Subjects) -> bool:
    """Tell whether the reason that begins at a word lies in the situation, not in people."""
    words = sentence.words
    if words[index] in ("to", "of"):
        index += 1
    near = words[index : index + 4]
    if any(word in _BLAMING for word in near):
        return "lack" in near and _lacks_a_thing(words[index + near.index("lack") + 1 : index + near.index("lack") + 4])
    if near[:1] and near[0] in _PERSONAL:
        return near[0] in ("they", "we") and any(word in ("not", "no", "only") for word in near)
    return True


def _lacks_a_thing(words: list[str]) -> bool:
    """Tell a lack of guards or space from one of attention, skill or time."""
    of_people = ("vigilance", "human-skill", "effort", "vice", "human-work")
    human = any(word == "time" or any(word in lexicon(name).exact for name in of_people) for word in words)
    return words[:1] == ["of"] and not human


def _clause_start(words: list[str], first: int) -> int:
    """Give the first word of the clause that a match stands in."""
    index = first
    while index > 0 and words[index - 1] not in _CLAUSE and words[index - 1] not in ("meaning", "hence", "therefore"):
        index -= 1
    return index


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


SILENCERS: dict[str, Silencer] = {
    "negation": negation,
    "denial": denial,
    "guard": guard,
    "possibility": possibility,
    "reason": reason,
    "question": question,
    "report": report,
}
