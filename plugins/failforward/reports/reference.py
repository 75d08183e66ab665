"""Tables of the reference pages, made from what the code declares, so that page and code cannot disagree.

A page holds a table between `<!-- generated: NAME -->` and `<!-- /generated -->`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from failforward.model.fields import REVIEW, RISK, Field, Form
from failforward.model.sections import SECTIONS
from failforward.model.settings import Clocks, Settings
from failforward.reports import FORMATS
from failforward.reports.commands import command_blocks
from failforward.settings import KEYS, PRESETS

_BLOCK = re.compile(r"^(<!-- generated: ([\w-]+) -->\n).*?^(<!-- /generated -->)$", re.MULTILINE | re.DOTALL)
_FORMS: dict[Form, str] = {
    "text": "text",
    "word": "a word of the playbook",
    "moment": "a time or date",
    "words": "a list of words",
    "texts": "a list of texts",
    "yes-no": "`true` or `false`",
    "score": "1 to 5",
    "url": "an address",
    "record": "a record",
    "records": "a list of records",
}
_VALUES = {
    "text": "text",
    "words": "a list of words",
    "number": "a whole number",
    "titles": "lines of `group: Title`",
    "clocks": "lines of `clock: number`, and a calendar",
    "sprints": "`{first: 2026-01-05, days: 14}`, or a list of days",
    "levels": "lines of `rule: level`",
    "paths": "lines of `pattern: {rules: …, preset: …}`",
    "own_words": "lines of `roles: [word, word]`",
    "preset": ", ".join(f"`{name}`" for name in PRESETS),
    "quotations": "`silent`, `read`",
}
# What each output format is for: the code cannot know this.
_USES = {
    "text": "people: the line, the place marked under it, what to write instead",
    "json": "other programs: a list of findings, documented below",
    "github": "annotations on the lines of a pull request, in GitHub Actions",
    "sarif": "code scanning: SARIF 2.1.0, to be uploaded",
    "rdjson": "reviewdog, which comments on pull requests of several hosts",
    "junit": "any CI that shows test results: each file is a test",
    "gitlab": "GitLab's code quality report in the merge request",
    "markdown": "the summary of a job, or a comment",
}


def blocks(group: Any) -> dict[str, str]:
    """Give every generated block: its name → its Markdown. `group` is the command line's click group."""
    made = {"fields": fields_table(), "sections": sections_table(), "settings": settings_table()}
    made |= {f"fields-{field.name}": fields_table(field.fields) for field in REVIEW if field.fields}
    experiments = next(field for field in REVIEW if field.name == "experiments")
    made |= {f"fields-{field.name}": fields_table(field.fields) for field in experiments.fields if field.fields}
    made |= {"fields-risk": fields_table(RISK)}
    return made | {"formats": formats_table()} | command_blocks(group)


def filled(page: str, made: Mapping[str, str]) -> str:
    """Give a page with its generated blocks written anew; raises KeyError for a block that nothing makes."""
    return _BLOCK.sub(lambda match: f"{match[1]}\n{made[match[2]]}\n\n{match[3]}", page)


def names(page: str) -> list[str]:
    """Give the names of a page's generated blocks in their order."""
    return [match[2] for match in _BLOCK.finditer(page)]


def fields_table(fields: Sequence[Field] = REVIEW) -> str:
    """Give the fields of the front matter, or of a record in it, with their values and other names."""
    rows = [
        (f"`{field.name}`", _value(field), _also(field.doc, _coded(field.aliases)), "✓" if field.na else "")
        for field in fields
    ]
    return table(("field", "value", "what it says", "n/a"), rows)


def sections_table() -> str:
    """Give the headings of a review, in order, with what each asks and the titles it also goes by."""
    rows = [
        (
            f"`{'###' if part.under else '##'} {part.title}`",
            _also(part.ask, ", ".join(part.aliases)),
            *("✓" if form in part.forms else "" for form in ("light", "full")),
        )
        for part in SECTIONS
    ]
    return table(("heading", "what stands in it", "light", "full"), rows)


def settings_table() -> str:
    """Give the keys of playbook.yml with their values and defaults."""
    plain = Settings()
    rows = [
        (f"`{key}`", _VALUES.get(form, form), _default(getattr(plain, key)), doc) for key, (form, doc) in KEYS.items()
    ]
    return table(("key", "value", "default", "what it says"), rows)


def formats_table() -> str:
    """Give the output formats of `failforward check` with what they are for."""
    return table(("format", "for"), [(f"`{name}`", _USES[name]) for name in FORMATS])


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Give a Markdown table; columns that no row fills are left out."""
    cells = [[cell.replace("|", "\\|") for cell in row] for row in rows]
    kept = [place for place in range(len(head)) if any(row[place] for row in cells)]
    lines = [[head[place] for place in kept], ["---"] * len(kept), *([row[place] for place in kept] for row in cells)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _value(field: Field) -> str:
    return _coded(field.vocabulary) or _FORMS[field.form]


def _also(text: str, names: str) -> str:
    """Put the names that something also goes by behind what is said of it."""
    stop = "" if text.endswith("?") else "."
    return f"{text}{stop} *Also:* {names}" if names else text


def _coded(words: Iterable[str]) -> str:
    return ", ".join(f"`{word}`" for word in words)


def _default(value: object) -> str:
    if isinstance(value, Clocks):
        return ", ".join(f"`{name}: {number}`" for name, number in value._asdict().items() if isinstance(number, int))
    if isinstance(value, tuple):
        return f"`[{', '.join(value)}]`" if value else ""
    return f"`{value}`" if value else ""
