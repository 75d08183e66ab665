"""Makes new files from the scaffold: a review from its template, a whole playbook repository."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import jinja2

from failforward import shipped
from failforward.errors import ArgumentError
from failforward.front_matter import dump_scalar
from failforward.model.playbook import Playbook
from failforward.rota import facilitators
from failforward.text.sections import slug

_LISTS = ("services", "teams", "tags")


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file that is to be written: its path from the target folder, and its text."""

    path: str
    text: str


def new_review(values: Mapping[str, str | tuple[str, ...]], depth: str, own_templates: Path | None = None) -> str:
    """Fill the template of a form with values; fields that are not given stay as the template has them.

    `values` may hold `title`, `kind`, `severity`, `started`, `facilitator`, the lists `services`, `teams`, `tags`, and
    `depth` where the form is another than the one that kind and severity ask for.
    """
    text = template(depth, own_templates)
    if values.get("depth") and not re.search(r"^depth:", text, re.MULTILINE):
        text = re.sub(r"^severity:[^\n]*\n", r"\g<0>depth:\n", text, count=1, flags=re.MULTILINE)
    for name, value in values.items():
        if not value:
            continue
        listed = ", ".join(dump_scalar(word, listed=True) for word in value)
        written = f"[{listed}]" if name in _LISTS else dump_scalar(str(value))
        if name in ("started", "detected"):
            written = str(value)
        line = re.compile(rf"^(?P<key>[ ]*{name}:)(?P<old>[^#\n]*?)(?P<comment>[ ]*#[^\n]*)?$", re.MULTILINE)
        text = line.sub(lambda match, new=written: _filled(match, new), text, count=1)  # type: ignore[misc]
    return text


def _filled(match: re.Match[str], written: str) -> str:
    """Put a value after its key; the template's comment behind it has done its work."""
    return f"{match['key']} {written}"


def template(depth: str, own_templates: Path | None = None) -> str:
    """Give the template of a form: the playbook's own one where there is one."""
    for folder in (own_templates, shipped.folder("scaffold")):
        path = folder / f"review-{depth}.md" if folder else None
        if path and path.is_file():
            return path.read_text("utf-8")
    raise ArgumentError(f"There is no template for the {depth} form", remedy="The forms are light and full.")


def review_name(day: date, title: str, taken: Mapping[str, object]) -> str:
    """Give a new review's id: the day and the first words of the title, with a number where that is taken."""
    words = "-".join(slug(title).split("-")[:6]).strip("-") or "review"
    name = stem = f"{day.isoformat()}-{words}"
    number = 2
    while name in taken:
        name = f"{stem}-{number}"
        number += 1
    return name


def facilitator_for(playbook: Playbook, teams: tuple[str, ...], today: date) -> str:
    """Give who might facilitate: the team that was not involved and never led, or whose last time lies longest ago."""
    return next((turn.team for turn in facilitators(playbook.reviews, today, teams)), "")


def new_repository(title: str) -> Iterator[NewFile]:
    """Give the files of a complete new playbook repository."""
    folder = shipped.folder("scaffold")
    tree = folder / "playbook-repo"
    environment = jinja2.Environment(undefined=jinja2.StrictUndefined, keep_trailing_newline=True, autoescape=False)  # noqa: S701
    environment.filters["tojson"] = lambda value: json.dumps(value, ensure_ascii=False)
    for path in sorted(tree.rglob("*")):
        if path.is_dir() or "__pycache__" in path.parts:
            continue
        name = path.relative_to(tree).as_posix()
        text = path.read_text("utf-8")
        if name.endswith(".j2"):
            name, text = name.removesuffix(".j2"), environment.from_string(text).render(title=title)
        yield NewFile(name, text)
    for path in sorted(shipped.folder("causes").glob("*.md")):
        yield NewFile(f"playbook/causes/{path.name}", path.read_text("utf-8"))
    for schema in (folder / "review.schema.json", folder / "risks.schema.json"):
        if schema.is_file():
            yield NewFile(schema.name, schema.read_text("utf-8"))


def write_new(folder: Path, files: Iterator[NewFile], *, dry_run: bool = False) -> list[str]:
    """Write files that are not there yet; raises ArgumentError before the first byte when one is."""
    listed = list(files)
    taken = [file.path for file in listed if (folder / file.path).exists()]
    if taken:
        remedy = "Name another folder; nothing was written."
        others = f", and {len(taken) - 1} more of {len(listed)}" if len(taken) > 1 else ""
        raise ArgumentError(f"This file is there already{others}", path=str(folder / taken[0]), remedy=remedy)
    for file in listed:
        if not dry_run:
            _write(folder / file.path, file.text)
    return [file.path for file in listed]


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as out:
            out.write(text)
    except OSError as error:
        remedy = "Name a folder that can be written."
        raise ArgumentError(f"This cannot be written ({error.strerror})", path=str(path), remedy=remedy) from error
