"""Reasons: what the same sentence explains by the situation is no blame."""

from __future__ import annotations

from failforward.checks.wording.lexicon import lexicon
from failforward.checks.wording.sentences import Sentence
from failforward.checks.wording.subject import Subjects

# What ends a clause, and the words before which one begins.
CLAUSE = frozenset(".,;:!?()—–|") | {"and", "but", "because", "so", "which", "meant", "while", "although", "though"}
PERSONAL = frozenset("i we he she they you".split())
_OUGHT = frozenset(("should", "ought", "shoulda"))
_FLAWS = frozenset("not no nothing none nobody without lack missing hidden buried never without only neither".split())
_BLAMING = frozenset(
    "human lack carelessness inattention inexperience oversight mistake mistakes error negligence".split()
)
_SITUATIONS = frozenset("no the there it neither none both".split())
_TURNING = frozenset("happens happened turns turned".split())
# After "…, as": the beginning of a reason.
_REASONING = frozenset("it this that these those there the we they he she no its our".split())
# After "since": a time, not a reason.
_TIMES = frozenset("then last early late at around".split())
_WHICH_IS_WHY = ["which", "is", "why"]
# After a comma these begin what came of it, and a reason further on is a reason for that.
_LEADING = frozenset("leading causing resulting which".split())


def explained(sentence: Sentence, begin: int, end: int, first: int, subjects: Subjects) -> bool:
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
    """Tell whether "As no …, …" opens with a reason; "as it turned out" and "as the CTO, I …" give none."""
    opening = words[1 : words.index(",") if "," in words else None]
    titled = not lexicon("role").exact.isdisjoint(opening) and lexicon("aux").exact.isdisjoint(opening)
    return words[0] == "as" and words[1] in _SITUATIONS and words[2] not in _TURNING and not titled


def _follows(words: list[str], index: int) -> bool:
    """Tell whether a word of reason is one here: "due" needs its "to", "given" its comma, "since" is no time."""
    if words[index] in ("due", "owing"):
        return words[index + 1] == "to"
    if words[index] == "since":
        after = words[index + 1]
        return not (after in _TIMES or after in lexicon("calendar").exact or after[0].isdigit())
    return words[index] != "given" or index == 0 or words[index - 1] == ","


def _situational(sentence: Sentence, index: int, subjects: Subjects) -> bool:
    """Tell whether the reason that begins at a word lies in the situation, not in people."""
    words = sentence.words
    if words[index] in ("to", "of"):
        index += 1
    near = words[index : index + 4]
    if any(word in _BLAMING for word in near):
        return "lack" in near and _lacks_a_thing(words[index + near.index("lack") + 1 : index + near.index("lack") + 4])
    if near[:1] and near[0] in PERSONAL:
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
    while index > 0 and words[index - 1] not in CLAUSE and words[index - 1] not in ("meaning", "hence", "therefore"):
        index -= 1
    return index
