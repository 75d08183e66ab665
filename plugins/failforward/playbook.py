"""The only reader of the disk: a folder becomes one frozen playbook."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath

from failforward import front_matter, shipped
from failforward.disk import decoded, read_source, unreadable, walk
from failforward.errors import ArgumentError
from failforward.front_matter import Mapping, Scalar, Sequence
from failforward.model.body import Body
from failforward.model.finding import Problem
from failforward.model.playbook import Cause, Playbook
from failforward.model.review import Review
from failforward.model.risk import RiskRegister
from failforward.rulebook import prefix_of, rules_and_tables, settings_of
from failforward.text.markdown import parse
from failforward.text.source import Source, Span

_PROMPT = re.compile(r"\*[^*]+\*|_[^_]+_")


def read_playbook(root: Path, *, shown: str | None = None) -> Playbook:
    """Read a whole playbook. `shown` is the folder's path as people see it; by default relative to here."""
    if not root.is_dir():
        raise ArgumentError("There is no such folder", path=str(root), remedy="Name the folder with playbook.yml.")
    prefix = prefix_of(root) if shown is None else shown
    problems: list[tuple[Source, Problem]] = []
    reviews = tuple(_reviews(root))
    causes = tuple(_causes(root, problems))
    register = _register(root, problems)
    settings = settings_of(root, prefix)
    rules, kept = rules_and_tables(root, prefix)
    return Playbook(
        settings, rules, prefix, kept, reviews=reviews, causes=causes, files=dict(_files(root)),
        problems=tuple(problems), prompts=prompts(root), intros=dict(_intros(root)), register=register,
    )  # fmt: skip


def default_playbook() -> Playbook:
    """Give a playbook without reviews: the shipped rules and causes, default settings."""
    root = shipped.folder("causes").parent
    rules, kept = rules_and_tables()
    return Playbook(causes=tuple(_causes(root, [])), rules=rules, prompts=prompts(), kept=kept)


def prompts(root: Path | None = None) -> frozenset[str]:
    """Give the sentences that the review templates, shipped and own, ask to be replaced: lines all in italics."""
    folders = [shipped.folder("scaffold"), *([root / "templates"] if root else [])]
    sources = (read_source(path, path.name)[0] for folder in folders for path in sorted(folder.glob("review-*.md")))
    lines = (line.strip() for source in sources for line in source.text.split("\n"))
    return frozenset(line for line in lines if _PROMPT.fullmatch(line))


def read_file(path: Path, shown: str, within: Path | None = None) -> Review:
    """Read one file as a review, whatever it holds; `within` is the folder that it must not lead out of."""
    return _review(*read_source(path, shown, within))


def read_text(data: bytes, shown: str) -> Review:
    """Read bytes as a review; bytes that are no UTF-8 become replacement characters and a problem."""
    return _review(*decoded(data, shown))


def _review(source: Source, problem: Problem | None) -> Review:
    if problem and not source.text:
        return Review(PurePosixPath(source.path).stem, source.path, source, Body(parse("")), problems=(problem,))
    # What only asks for rules starts without the reader of reviews.
    from failforward.reviews.read import read_review

    review = read_review(source)
    return replace(review, problems=(problem, *review.problems)) if problem else review


def _reviews(root: Path) -> Iterator[Review]:
    for name, path in _named(root, "reviews"):
        is_review = name.endswith(".md") and path.name.lower() not in ("index.md", "readme.md")
        if is_review or path.is_dir():
            yield read_file(path, name, root)


def _named(root: Path, folder: str = "") -> Iterator[tuple[str, Path]]:
    """Give the files below a folder of the playbook with their paths in it."""
    start = len((root / "a").as_posix()) - 1
    return ((path.as_posix()[start:], path) for path in walk(root / folder))


def _files(root: Path) -> Iterator[tuple[str, int]]:
    """Give every other file of the playbook with its size; a link that leads out of it is none of them."""
    for name, path in _named(root):
        if (name.endswith(".md") and name.startswith("reviews/")) or (path.is_symlink() and unreadable(path, root)):
            continue
        try:
            if path.is_file():
                yield name, path.stat().st_size
        except OSError:
            continue


def _intros(root: Path) -> Iterator[tuple[str, Source]]:
    """Give the index pages that a team wrote itself: their text stands on top of the made page."""
    for path in sorted((*root.glob("index.md"), *root.glob("*/index.md"))):
        name = path.relative_to(root).as_posix()
        source, problem = read_source(path, name, root)
        if source.text or not problem:
            yield name, source


def _register(root: Path, problems: list[tuple[Source, Problem]]) -> RiskRegister | None:
    path = root / "risks.yml"
    if not path.exists() and not path.is_symlink():
        return None
    from failforward.reviews.risks import read_register

    source, unread = read_source(path, path.name, root)
    register, found = read_register(source)
    problems += [(source, problem) for problem in ([unread] if unread else []) + found]
    return register


def _causes(root: Path, problems: list[tuple[Source, Problem]]) -> Iterator[Cause]:
    folder = root / "causes"
    if not folder.is_dir():
        folder = shipped.folder("causes")
    for path in sorted(folder.glob("*.md")):
        if path.name == "index.md":
            continue
        source, problem = read_source(path, f"causes/{path.name}", folder.parent)
        problems += [(source, problem)] if problem else []
        if problem and not source.text:
            continue
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
