"""Rule files: from one Markdown file to a rule with its cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from failforward.model.case import Texts
    from failforward.text.source import Source


def texts_of(source: Source) -> Texts:
    """Read the body of a rule file; what reads Markdown is imported when it is asked for."""
    from failforward import front_matter
    from failforward.rules.cases import read_texts

    return read_texts(source, front_matter.read(source).body_start)
