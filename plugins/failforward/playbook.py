"""The only reader of the disk: a folder becomes one frozen playbook."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from failforward import front_matter, shipped
from failforward.checks import CHECKS
from failforward.errors import ArgumentError
from failforward.front_matter import Mapping, Scalar, Sequence
from failforward.model.finding import Problem
from failforward.model.playbook import Cause, Playbook
from failforward.model.review import Body, Review
from failforward.model.rule import Rule
from failforward.model.settings import Settings
from failforward.reviews.read import read_review
from failforward.rules.read import read_rule
from failforward.settings import read_settings
from failforward.text.markdown import parse
from failforward.text.source import Source, Span, normalised

MAX_BYTES = 4_000_000
_PROMPT = re.compile(r"\*[^*]+\*|_[^_]+_")
_KINDS = {name: kind.parameters for name, kind in CHECKS.items()}


def find_root(start: Path) -> Path | None:
    """Find the playbook that a path belongs to: the folder with playbook.yml, here, above, or in ./playbook."""
    start = start.resolve()
    for folder in (start, *start.parents):
        for candidate in (folder, folder / "playbook"):
            if (candidate / "playbook.yml").is_file():
                return candidate
    return None


def read_playbook(root: Path, *, shown: str | None = None) -> Playbook:
    """Read a whole playbook. `shown` is the folder's path as people see it; by default relative to here."""
    if not root.is_dir():
        raise ArgumentError("There is no such folder", path=str(root), remedy="Name the folder with playbook.yml.")
    prefix = _prefix(root) if shown is None else shown
    settings_path = root / "playbook.yml"
    settings = Settings()
    if settings_path.is_file():
        settings = read_settings(Source(prefix + "playbook.yml", normalised(settings_path.read_text("utf-8-sig"))))
    problems: list[tuple[Source, Problem]] = []
    reviews = tuple(_reviews(root))
    causes = tuple(_causes(root, problems))
    return Playbook(
        settings, reviews, causes, read_rules(root), dict(_files(root)), tuple(problems), prompts(root), prefix
    )  # fmt: skip


def default_playbook() -> Playbook:
    """Give a playbook without reviews: the shipped rules and causes, default settings."""
    root = shipped.folder("causes").parent
    return Playbook(causes=tuple(_causes(root, [])), rules=read_rules(), prompts=prompts())


def prompts(root: Path | None = None) -> frozenset[str]:
    """Give the sentences that the review templates, shipped and own, ask to be replaced: lines all in italics."""
    folders = [shipped.folder("scaffold"), *([root / "templates"] if root else [])]
    texts = (_text(path) for folder in folders for path in sorted(folder.glob("review-*.md")))
    lines = (line.strip() for text in texts for line in text.split("\n"))
    return frozenset(line for line in lines if _PROMPT.fullmatch(line))


def read_rules(root: Path | None = None) -> tuple[Rule, ...]:
    """Read the shipped rules and a playbook's own; an own rule replaces the shipped one of its name."""
    rules: dict[str, Rule] = {}
    folder = shipped.folder("rules")
    for path in sorted(folder.glob("*.md")):
        if path.name != "index.md":
            rules[path.stem] = read_rule(Source(f"rules/{path.name}", _text(path)), _KINDS)
    own = root / "rules" if root else None
    if own and own.is_dir() and own.resolve() != folder.resolve():
        for path in sorted(own.glob("*.md")):
            if path.name != "index.md":
                rules[path.stem] = read_rule(Source(f"rules/{path.name}", _text(path)), _KINDS, house=True)
    return tuple(rules[name] for name in sorted(rules))


def read_file(path: Path, shown: str, within: Path | None = None) -> Review:
    """Read one file as a review, whatever it holds; `within` is the folder that it must not lead out of."""
    problem = _unreadable(path, within)
    if problem:
        return _unread(shown, problem)
    data = path.read_bytes()
    return read_text(data, shown)


def read_text(data: bytes, shown: str) -> Review:
    """Read bytes as a review; bytes that are no UTF-8 become replacement characters and a problem."""
    try:
        return read_review(Source(shown, normalised(data.decode("utf-8"))))
    except UnicodeDecodeError as error:
        text = normalised(data.decode("utf-8", "replace"))
        at = max(text.find("\ufffd"), 0)
        review = read_review(Source(shown, text))
        what = f"This byte is no UTF-8 (0x{data[error.start]:02x})"
        problem = Problem("unreadable-file", Span(at, at + 1), what, "Save the file as UTF-8.")
        return _with_problem(review, problem)


def _with_problem(review: Review, problem: Problem) -> Review:
    return replace(review, problems=(problem, *review.problems))


def _unread(shown: str, problem: Problem) -> Review:
    return Review(Path(shown).stem, shown, Source(shown, ""), Body(parse("")), problems=(problem,))


def _unreadable(path: Path, within: Path | None) -> Problem | None:
    """Say why a file cannot be opened, before it is."""
    nowhere = Span(0, 0)
    if within and not path.resolve().is_relative_to(within.resolve()):
        what = "This link leads out of the playbook"
        return Problem("unreadable-file", nowhere, what, "Put the file itself here.")
    if path.is_dir():
        return Problem("unreadable-file", nowhere, "A folder has the name of a Markdown file", "Name the folder without .md.")
    try:
        size = path.stat().st_size
        with path.open("rb"):
            pass
    except OSError as error:
        return Problem("unreadable-file", nowhere, f"The file cannot be opened ({error.strerror})", "Check that it may be read.")
    if size > MAX_BYTES:
        what = f"The file has {size // 1_000_000} MB, more than {MAX_BYTES // 1_000_000} MB"
        return Problem("unreadable-file", nowhere, what, "Keep logs and pictures below evidence/ and link them.")
    return None


def _reviews(root: Path) -> Iterator[Review]:
    for path in _walk(root / "reviews"):
        if path.suffix == ".md" and path.name.lower() not in ("index.md", "readme.md"):
            yield read_file(path, path.relative_to(root).as_posix(), root)


def _walk(folder: Path) -> Iterator[Path]:
    """Give the files below a folder in a fixed order; a folder named like a Markdown file is given, not entered."""
    if not folder.is_dir():
        return
    with os.scandir(folder) as entries:
        found = sorted(entries, key=lambda entry: entry.name)
    for entry in found:
        if entry.name.startswith("."):
            continue
        path = folder / entry.name
        if entry.is_dir(follow_symlinks=False) and not entry.name.endswith(".md"):
            yield from _walk(path)
        elif not (entry.is_symlink() and path.is_dir() and path.suffix != ".md"):
            yield path


def _files(root: Path) -> Iterator[tuple[str, int]]:
    """Give every other file of the playbook with its size."""
    for path in _walk(root):
        name = path.relative_to(root).as_posix()
        if path.suffix != ".md" or not name.startswith("reviews/"):
            try:
                yield name, path.stat().st_size
            except OSError:
                continue


def _causes(root: Path, problems: list[tuple[Source, Problem]]) -> Iterator[Cause]:
    folder = root / "causes"
    if not folder.is_dir():
        folder = shipped.folder("causes")
    for path in sorted(folder.glob("*.md")):
        if path.name == "index.md":
            continue
        source = Source(f"causes/{path.name}", _text(path))
        front = front_matter.read(source)
        problems += [(source, problem) for problem in front.problems]
        yield _cause(source, path.stem, front, problems)


def _cause(source: Source, name: str, front: front_matter.FrontMatter, problems: list[tuple[Source, Problem]]) -> Cause:
    values = front.values or Mapping(Span(0, 0), ())
    texts = {key.text: value.text for key, value in values.entries if isinstance(value, Scalar)}
    lists = {
        key.text: tuple(item.text for item in value.items if isinstance(item, Scalar))
        for key, value in values.entries
        if isinstance(value, Sequence)
    }
    for key in ("title", "group", "summary"):
        if not texts.get(key) and not front.problems:
            what = f"The cause has no {key}"
            problems.append((source, Problem("unusable-cause", Span(0, 3), what, f"Write {key}: in the front matter.")))
    return Cause(
        name, source.path, texts.get("title") or name, texts.get("group", ""), texts.get("summary", ""),
        lists.get("hints", ()), lists.get("neighbours", ()), source.text[front.body_start :].strip(), source,
    )  # fmt: skip


def _text(path: Path) -> str:
    return normalised(path.read_text("utf-8", "replace"))


def _prefix(root: Path) -> str:
    relative = os.path.relpath(root)
    shown = str(root) if relative.startswith("..") else relative
    return "" if shown == "." else Path(shown).as_posix() + "/"
