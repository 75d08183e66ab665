"""The only reader of the disk: a folder becomes one frozen playbook."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath

from failforward import front_matter, shipped
from failforward.checks import CHECKS
from failforward.disk import decoded, read_source, unreadable, walk
from failforward.errors import ArgumentError, RuleFileError, SettingError
from failforward.front_matter import Mapping, Scalar, Sequence
from failforward.model.finding import Problem
from failforward.model.playbook import Cause, Playbook
from failforward.model.review import Body, Review
from failforward.model.rule import Rule
from failforward.model.settings import Settings
from failforward.rules.read import read_rule
from failforward.settings import read_settings
from failforward.text.markdown import parse
from failforward.text.source import Source, Span

_PROMPT = re.compile(r"\*[^*]+\*|_[^_]+_")
_RULE_KIND = re.compile(r"---\nkind: ?([\w-]+)\n")
_KINDS = {name: kind.parameters for name, kind in CHECKS.items()}
_WORDS = {name: kind.words for name, kind in CHECKS.items()}


def find_root(start: Path) -> Path | None:
    """Find the playbook that a path belongs to: the folder with playbook.yml, here, above, or in ./playbook."""
    start = Path(os.path.realpath(start))
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
    problems: list[tuple[Source, Problem]] = []
    reviews = tuple(_reviews(root))
    causes = tuple(_causes(root, problems))
    return Playbook(
        _settings(root, prefix), reviews, causes, read_rules(root, prefix), dict(_files(root)), tuple(problems),
        prompts(root), prefix, dict(_intros(root)),
    )  # fmt: skip


def default_playbook() -> Playbook:
    """Give a playbook without reviews: the shipped rules and causes, default settings."""
    root = shipped.folder("causes").parent
    return Playbook(causes=tuple(_causes(root, [])), rules=read_rules(), prompts=prompts())


def read_rulebook(root: Path | None, *, kinds: Collection[str] = ()) -> Playbook:
    """Read the rules of a playbook and its settings alone, else the shipped rules; `kinds` as for rules."""
    if root is None:
        return Playbook(rules=read_rules(kinds=kinds))
    prefix = _prefix(root)
    return Playbook(_settings(root, prefix), rules=read_rules(root, prefix, kinds), prefix=prefix)


def prompts(root: Path | None = None) -> frozenset[str]:
    """Give the sentences that the review templates, shipped and own, ask to be replaced: lines all in italics."""
    folders = [shipped.folder("scaffold"), *([root / "templates"] if root else [])]
    sources = (read_source(path, path.name)[0] for folder in folders for path in sorted(folder.glob("review-*.md")))
    lines = (line.strip() for source in sources for line in source.text.split("\n"))
    return frozenset(line for line in lines if _PROMPT.fullmatch(line))


def read_rules(
    root: Path | None = None, prefix: str | None = None, kinds: Collection[str] = ()
) -> tuple[Rule, ...]:
    """Read the shipped rules and a playbook's own; an own rule replaces the shipped one of its name.

    `prefix` leads from where people stand to the root. Where `kinds` are named, rules of other kinds are known by their
    name and kind alone. Raises RuleFileError with the path, line and remedy.
    """
    shipped_rules = shipped.folder("rules")
    rules = {path.stem: _rule(path, shipped_rules, kinds=kinds) for path in _rule_files(shipped_rules)}
    own = root / "rules" if root else None
    if root and own and own.is_dir() and own.resolve() != shipped_rules.resolve():
        for path in _rule_files(own):
            shown = _prefix(root) if prefix is None else prefix
            rules[path.stem] = _rule(path, root, shown, house=True, kinds=kinds)
    return tuple(rules[name] for name in sorted(rules))


def _rule_files(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.glob("*.md")) if path.name != "index.md"]


def _rule(
    path: Path, within: Path, prefix: str = "", *, house: bool = False, kinds: Collection[str] = ()
) -> Rule:
    source, problem = read_source(path, f"rules/{path.name}", within)
    if problem:
        line = source.position(problem.span.start).line
        raise RuleFileError(problem.what, path=prefix + source.path, line=line, remedy=problem.instead)
    kind = _RULE_KIND.match(source.text) if kinds else None
    if kind and kind[1] in _KINDS and kind[1] not in kinds:
        return Rule(path.stem, kind[1], "", {}, source=source, house=house)
    try:
        return read_rule(source, _KINDS, words=_WORDS, house=house)
    except RuleFileError as error:
        error.path = prefix + error.path
        raise


def _settings(root: Path, prefix: str) -> Settings:
    path = root / "playbook.yml"
    if not path.exists() and not path.is_symlink():
        return Settings()
    source, problem = read_source(path, prefix + "playbook.yml", root)
    if problem:
        line = source.position(problem.span.start).line
        raise SettingError(problem.what, path=source.path, line=line, remedy=problem.instead)
    return read_settings(source)


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
    for path in walk(root / "reviews"):
        is_review = path.suffix == ".md" and path.name.lower() not in ("index.md", "readme.md")
        if is_review or path.is_dir():
            yield read_file(path, path.relative_to(root).as_posix(), root)


def _files(root: Path) -> Iterator[tuple[str, int]]:
    """Give every other file of the playbook with its size; a link that leads out of it is none of them."""
    for path in walk(root):
        name = path.relative_to(root).as_posix()
        if (path.suffix == ".md" and name.startswith("reviews/")) or (path.is_symlink() and unreadable(path, root)):
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


def _prefix(root: Path) -> str:
    relative = os.path.relpath(root)
    shown = str(root) if relative.startswith("..") else relative
    return "" if shown == "." else Path(shown).as_posix() + "/"
