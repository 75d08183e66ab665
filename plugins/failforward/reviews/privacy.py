"""Fields that nothing reads, but that look as if they were to keep a review off the site: then it stays off."""

from __future__ import annotations

import difflib
import re

from failforward.front_matter import Scalar, Value

_OTHER_WORDS = (
    "confidential", "draft", "exclude", "hidden", "hide", "internal", "noindex", "restricted", "secret", "sensitive",
    "unlisted",
)  # fmt: skip
# Fields of other tools that say who may read; only a word for everybody leaves the review where it is.
_AUDIENCES = ("access", "audience", "classification", "confidentiality", "sensitivity", "tlp", "visibility")
_EVERYBODY = ("all", "anyone", "clear", "everybody", "everyone", "open", "public", "white", "world")
_OPPOSITES = ("public", "publish", "published", "share")
_NO = ("false", "no", "off", "0")
# Lower than for other fields: a review that stays off the site by mistake is seen, one that is published is read.
_CLOSE = 0.65
# Names of other tools are many, so that one of them is always a little like another word (`drift`, `draft`).
_CLOSE_TO_OTHERS = 0.84


def misspelt(name: str) -> bool:
    """Tell whether a name was probably meant to be `private`."""
    return bool(difflib.get_close_matches(_folded(name), ["private"], 1, _CLOSE))


def hides(name: str, value: Value) -> bool:
    """Tell whether an unknown field may have been meant to keep a review off the site."""
    word = value.text.strip().casefold() if isinstance(value, Scalar) else "?"
    meant = _meant(name)
    if meant in _OPPOSITES:
        return word in _NO
    if meant in _AUDIENCES:
        return word not in (*_EVERYBODY, "", "null", "~")
    return (misspelt(name) or meant in _OTHER_WORDS) and word not in (*_NO, "", "null", "~")


def remedy(name: str) -> str:
    """Give what to write instead of such a field."""
    word = "status: draft" if _meant(name) == "draft" else "private: true"
    return f"Write {word} to keep it off, or take the field out."


def _meant(name: str) -> str:
    """Give the word of another tool that a name is, or was probably meant to be."""
    known = (*_OTHER_WORDS, *_AUDIENCES, *_OPPOSITES)
    return next(iter(difflib.get_close_matches(_folded(name), known, 1, _CLOSE_TO_OTHERS)), "")


def _folded(name: str) -> str:
    return re.sub(r"[\W_]+", "", name.casefold()).removeprefix("is")
