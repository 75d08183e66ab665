"""Rule files: from one Markdown file to a rule with its cases."""

from __future__ import annotations

from failforward.model.rule import Texts
from failforward.text.source import Source


def texts_of(source: Source, start: int) -> Texts:
    """Read the body of a rule file, which begins at `start`; what reads Markdown is imported when it is asked for."""
    from failforward.rules.cases import read_texts

    return read_texts(source, start)
