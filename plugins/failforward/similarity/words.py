"""The words of a review as they are compared: lower case, without endings of the plural, marks and addresses."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from failforward.model.review import Review
from failforward.model.sections import section_id

# The title says in a few words what the review is about.
TITLE_WEIGHT = 3
# What is going to be done, and what went well, says less of what the failure was.
_OTHER_MATTERS = ("differently", "worked", "celebrated", "lucky")
_NO_WORDS = re.compile(
    r"<!--.*?(?:-->|\Z)|\b[a-z][a-z+.-]{1,20}://\S+|(?<=\])\([^)\n]*\)|</?[a-zA-Z][^<>\n]*>", re.DOTALL
)
_WORD = re.compile(r"[^\W\d_]{2,}")
# English words without a matter of their own. Words of another language are told apart by how rare they are.
STOP_WORDS = frozenset(
    (
        "about after all also an and any are as at be because been before being both but by can could did do does"
        " doing done down each few for from further get got had has have having he her here hers him his how if in"
        " into is it its itself just like made make many may me might more most much must my no nor not now of off on"
        " once one only or other our ours out over own same she should so some such than that the their them then"
        " there these they this those through to too two under until up us use used using very was we were what when"
        " where which while who whom why will with would you your within during without however still already since"
        " able via"
        # Dates and small numbers.
        " january february march april june july august september october november december monday tuesday wednesday"
        " thursday friday saturday sunday year month week day hour minute second first third fourth fifth two three"
        " four five six seven eight nine ten eleven twelve utc"
    ).split()
)


def words(text: str) -> list[str]:
    """Give the words of a text in order, stop words included, each in the form in which it is compared."""
    return [singular(word) for word in _WORD.findall(_NO_WORDS.sub(" ", text).casefold())]


def singular(word: str) -> str:
    """Take the ending of an English plural off: the S stemmer of Harman (1991), "How effective is suffixing?".

    Two rules are added, so that the result can be shown to people: patches → patch, and analysis stays.
    """
    if len(word) > 5 and word.endswith(("tches", "shes", "sses", "xes")):
        return word[:-2]
    if len(word) > 4 and word.endswith("ies") and not word.endswith(("eies", "aies")):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("es") and not word.endswith(("aes", "ees", "oes")):
        return word[:-1]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("us", "ss", "is")):
        return word[:-1]
    return word


def counted(found: Iterable[str]) -> Counter[str]:
    """Count words, without those that have no matter of their own."""
    return Counter(word for word in found if word not in _STOPPED)


def words_of(review: Review, prompts: Collection[str] = ()) -> list[str]:
    """Give the words that tell what a review is about; `prompts` are the template's own lines, which tell nothing."""
    return [word for text in _texts(review, prompts) for word in words(text)]


_STOPPED = STOP_WORDS | {singular(word) for word in STOP_WORDS}


def _texts(review: Review, prompts: Collection[str]) -> Iterator[str]:
    yield from [review.title] * TITLE_WEIGHT
    yield review.trigger if isinstance(review.trigger, str) else ""
    yield from (contribution.how for contribution in review.causes)
    level, skipping = 0, False
    for section in review.body.sections:
        if not skipping or section.level <= level:
            level, skipping = section.level, section_id(section) in _OTHER_MATTERS
        if not skipping:
            text = review.source.text[section.title_span.end : section.span.end]
            yield "\n".join(line for line in text.split("\n") if line.strip() not in prompts) if prompts else text
