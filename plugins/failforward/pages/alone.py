"""Pages that stand alone, outside of the site: one file each, with their style and script inside, asking no host."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jinja2

from failforward.model.review import Review
from failforward.model.sections import section_id
from failforward.pages import words
from failforward.text.html import escape_markdown
from failforward.text.markdown import parse

_FOLDER = Path(__file__).parent / "templates" / "conversation"


def render(template: str, values: Mapping[str, Any], overrides: Path | None = None) -> str:
    """Fill a template of the folder `conversation`; a team's own template of the same name comes first."""
    own = [jinja2.FileSystemLoader(overrides)] if overrides else []
    environment = jinja2.Environment(
        loader=jinja2.ChoiceLoader([*own, jinja2.FileSystemLoader(_FOLDER)]),
        autoescape=jinja2.select_autoescape(("html.j2",)), undefined=jinja2.StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True,
    )  # fmt: skip
    environment.filters["md"] = escape_markdown
    environment.globals |= {"count": words.count, "label": words.label, "day": words.day_text}
    return environment.get_template(template).render(**values)


def plain(markdown: str) -> str:
    """Give what a reader reads of a Markdown text, in one line."""
    return " ".join(parse(markdown).plain.split())


def section_text(review: Review, part: str) -> str:
    """Give what a reader reads of a section without the ones below it, in one line; nothing where it is not there."""
    for section in review.body.sections:
        if section_id(section) == part:
            return " ".join(" ".join(block.plain.split()) for block in section.blocks).strip()
    return ""


def titled(review: Review) -> str:
    """Give the title of a review as it is, in one line."""
    return " ".join(review.title.split()) or review.id


def shortened(text: str, longest: int) -> str:
    """Cut a text after a word and put “…” behind it, where it is longer than that."""
    if len(text) <= longest:
        return text
    kept = text[: max(longest - 1, 1)].rpartition(" ")[0] or text[: max(longest - 1, 1)]
    return kept.rstrip(" ,;:–-") + "…"
