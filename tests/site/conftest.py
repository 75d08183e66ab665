"""What the tests of the site work with: small playbooks on disk, the real engines, and a reader of built pages."""

import gzip
import importlib.util
import os
import posixpath
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
QUIET = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}

FIELDS: dict[str, Any] = {
    "title": "The warm-up job evicted live keys",
    "kind": "incident",
    "status": "reviewed",
    "severity": "sev3",
    "depth": "light",
    "started": "2026-10-02T14:05+00:00",
    "detected": "2026-10-02T14:11+00:00",
    "mitigated": "2026-10-02T14:50+00:00",
    "resolved": "2026-10-02T15:40+00:00",
    "debrief": "2026-10-03T10:00+00:00",
    "check_in": "2026-10-06T10:00+00:00",
    "detected_by": "monitor",
    "services": ["checkout"],
    "teams": ["payments"],
    "tags": ["cache", "deploy"],
    "trigger": "The warm-up job ran against the live cluster for the first time.",
    "causes": [
        {"cause": "untested-path", "how": "Staging has no cluster cache.", "since": "2026-03"},
        {"cause": "missing-alert", "how": "Nothing watched the eviction rate.", "with": ["untested-path"]},
    ],
    "people": {"facilitator": "platform", "participants": ["payments"], "outsiders": ["design"]},
    "mood": {"before": 2, "after": 4},
    "experiments": [
        {
            "id": "warm-up-gate",
            "cause": "untested-path",
            "outcome": "A warm-up that evicts live keys is stopped before it reaches customers",
            "measure": "The gate fails on a replay of this deploy",
            "kind": "prevent",
            "tasks": ["Replay test in staging", "Gate in the deploy pipeline"],
            "owner": "payments",
            "due": "2026-10-16",
            "status": "done",
            "verified": {"on": "2026-10-30", "verdict": "stuck", "evidence": "The gate stopped two bad warm-ups"},
        }
    ],
    "accepted": [{"cause": "missing-alert", "because": "The cache is being retired in November."}],
}

BODY = """\
## In short

The warm-up job of a release ran against the live cluster and evicted keys that were in use. Checkout answered slowly
until the release was rolled back.

## What we expected

The job fills an empty cache. It had done so in staging for half a year.

## What happened

### Timeline

- **14:05** The deploy reaches all hosts. *(platform on-call; assumed: the cache was warm)*
- **14:11** The latency alert fires.
- **14:20** Decision: roll back rather than scale out. *(incident lead; knew: error rate 40 %; options: scale, wait)*
- **15:40** Latency is back at its usual level.

## Where reality diverged

The live cluster was full, so each key that the job wrote pushed out another one.

## Assumptions

- **Did not hold:** The cache has room for the warm-up keys.

## What worked

The alert on latency fired within six minutes.

### Celebrated

The rollback was a single command that had been rehearsed in September.

## What we will do differently

The job refuses to run against a cluster that is more than half full.
"""

CONFIG: dict[str, Any] = {
    "site_name": "A playbook",
    "site_url": "https://example.org/playbook/",
    "edit_uri": "https://example.org/edit/main/playbook/",
    "docs_dir": "playbook",
    "theme": {"name": "material", "font": False},
    "plugins": ["search", {"failforward": {"today": "2026-11-20"}}],
    "markdown_extensions": ["admonition", "attr_list", "tables", {"toc": {"permalink": True}}, "pymdownx.superfences"],
    "validation": {"nav": {"omitted_files": "ignore"}, "links": {"anchors": "warn", "unrecognized_links": "warn"}},
}


def review_text(body: str = BODY, **changes: Any) -> str:
    """Write a review that has no finding, with some fields changed; None takes a field out."""
    fields = {key: value for key, value in (FIELDS | changes).items() if value is not None}
    return f"---\n{yaml.safe_dump(fields, sort_keys=False, allow_unicode=True, width=200)}---\n{body}"


class _Reader(HTMLParser):
    """Reads a built page: what stands in its article, and every link."""

    void = frozenset("area base br col embed hr img input link meta source track wbr".split())
    # The theme's own parts of an article: anchors of headings, the edit button, copy buttons, dates.
    chrome = frozenset("headerlink md-content__button md-source-file md-clipboard md-code__nav md-feedback".split())

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[str] = []
        self.article_links: list[str] = []
        self.headings: list[tuple[int, str]] = []
        self.ids: set[str] = set()
        self.text: list[str] = []
        self.tags: list[tuple[str, dict[str, str]]] = []
        self._open: list[tuple[str, bool]] = []
        self._article = 0
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        self.tags.append((tag, given))
        if "id" in given:
            self.ids.add(given["id"])
        chrome = bool(self.chrome & set(given.get("class", "").split())) or tag in ("script", "style", "template")
        for name in ("href", "src"):
            if name in given and tag != "base":
                self.links.append(given[name])
                if self._article and not self._silent and not chrome:
                    self.article_links.append(given[name])
        if tag in self.void:
            return
        self._open.append((tag, chrome))
        self._silent += chrome
        self._article += tag == "article"
        if self._article and not self._silent and re.fullmatch("h[1-6]", tag):
            self.headings.append((int(tag[1]), ""))

    def handle_endtag(self, tag: str) -> None:
        while self._open:
            name, chrome = self._open.pop()
            self._silent -= chrome
            self._article -= name == "article"
            if name == tag:
                break
        if self._article:
            self.text.append(" ")

    def handle_data(self, data: str) -> None:
        if self._article and not self._silent:
            self.text.append(data)
            if any(re.fullmatch("h[1-6]", tag) for tag, _ in self._open):
                level, words = self.headings[-1]
                self.headings[-1] = (level, words + data)


@dataclass(frozen=True)
class BuiltPage:
    """A built page as a reader meets it."""

    path: str
    html: str = field(repr=False)

    @cached_property
    def reader(self) -> _Reader:
        """Give the page, read."""
        reader = _Reader()
        reader.feed(self.html)
        return reader

    @property
    def headings(self) -> list[tuple[int, str]]:
        """Give the headings of the article with their level."""
        return [(level, " ".join(words.split())) for level, words in self.reader.headings]

    @property
    def text(self) -> str:
        """Give the words of the article, spaces made one."""
        words = " ".join("".join(self.reader.text).split())
        return re.sub(r"\s+([.,;:!?)…])", r"\1", words)

    @property
    def internal(self) -> list[str]:
        """Give the links of the article that stay on the site, from the root of the site."""
        return self._inside(self.reader.article_links)

    @property
    def every_internal(self) -> list[str]:
        """Give all links of the page that stay on the site, the theme's ones too."""
        return self._inside(self.reader.links)

    def _inside(self, links: list[str]) -> list[str]:
        found = []
        for link in links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc or link.startswith("/"):
                continue
            path = unquote(parts.path)
            folder = posixpath.dirname(self.path)
            target = posixpath.normpath(posixpath.join(folder, path)) if path else self.path
            if path.endswith(("/", "/..")) or path in (".", ".."):
                target = posixpath.normpath(posixpath.join(target, "index.html"))
            found.append(target + (f"#{parts.fragment}" if parts.fragment else ""))
        return found


@dataclass(frozen=True)
class Site:
    """The result of a build: where the site is, how the build ended, and what it said."""

    folder: Path
    code: int
    log: str

    @cached_property
    def files(self) -> set[str]:
        """Give the paths of all files of the site."""
        return {path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*") if path.is_file()}

    @cached_property
    def pages(self) -> dict[str, BuiltPage]:
        """Give the built pages by path."""
        return {path: self.page(path) for path in sorted(self.files) if path.endswith(".html") and path != "404.html"}

    def page(self, path: str) -> BuiltPage:
        """Give one built page."""
        return BuiltPage(path, (self.folder / path).read_text("utf-8"))

    def holding(self, word: str) -> list[str]:
        """Give every file of the site, compressed ones too, that holds a word in its bytes or its path."""
        found = []
        for path in sorted(self.files):
            data = (self.folder / path).read_bytes()
            data = gzip.decompress(data) if path.endswith(".gz") else data
            if word.encode() in data or word in path:
                found.append(path)
        return found

    def dead_links(self) -> list[str]:
        """Give the internal links that lead to no file, or to no place on its page."""
        files, pages, dead = self.files, {path: page.reader.ids for path, page in self.pages.items()}, []
        for path, page in self.pages.items():
            for link in page.every_internal:
                target, _, anchor = link.partition("#")
                if target not in files or (anchor and target in pages and unquote(anchor) not in pages[target]):
                    dead.append(f"{path}: {link}")
        return dead


def _engine(name: str) -> list[str]:
    """Give the command of a site generator that is installed beside the tests."""
    if importlib.util.find_spec(name) is None:
        message = f"{name} is not installed: make test installs it"
        if "CI" in os.environ:
            pytest.fail(message)
        pytest.skip(message)
    return [sys.executable, "-m", name]


@dataclass
class Project:
    """A folder with an mkdocs.yml and a playbook, to write into and to build."""

    folder: Path
    config: dict[str, Any] = field(default_factory=lambda: {**CONFIG})

    @property
    def playbook(self) -> Path:
        """Give the folder of the playbook."""
        return self.folder / "playbook"

    def write(self, path: str, text: str) -> Path:
        """Write a file of the playbook."""
        place = self.playbook / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, "utf-8")
        return place

    def review(self, name: str = "2026-10-02-warm-up", body: str = BODY, **changes: Any) -> Path:
        """Write a review that has no finding, with some fields changed."""
        return self.write(f"reviews/{name}.md", review_text(body, **changes))

    def save(self) -> None:
        """Write mkdocs.yml."""
        (self.folder / "mkdocs.yml").write_text(yaml.safe_dump(self.config, sort_keys=False), "utf-8")

    def build(self, *options: str, engine: str = "mkdocs") -> Site:
        """Build the site for real."""
        self.save()
        return run_engine(self.folder, engine, *options)


def run_engine(folder: Path, engine: str, *options: str, config: str = "mkdocs.yml", site: str = "site") -> Site:
    """Run a site generator in a folder."""
    command = [*_engine(engine), "build", "--config-file", config, *options]
    if engine != "zensical":
        command += ["--site-dir", site]
    shutil.rmtree(folder / site, ignore_errors=True)
    done = subprocess.run(command, cwd=folder, env=os.environ | QUIET, capture_output=True, text=True, check=False)
    return Site(folder / site, done.returncode, done.stdout + done.stderr)


def _new_project(folder: Path) -> Project:
    made = Project(folder)
    made.write("playbook.yml", "title: A playbook\ngroups: {verification: Testing and guards, detection: Seeing}\n")
    for name in ("untested-path", "missing-alert"):
        text = (ROOT / f"playbook/causes/{name}.md").read_text("utf-8")
        # Without links and neighbours, so that two causes are a vocabulary.
        text = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", re.sub(r"^neighbours:.*\n", "", text, flags=re.MULTILINE))
        made.write(f"causes/{name}.md", text)
    return made


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Give a playbook without any review."""
    return _new_project(tmp_path)


@pytest.fixture(scope="session")
def new_project() -> Callable[[Path], Project]:
    """Give the function that starts a playbook in a folder."""
    return _new_project


@pytest.fixture(scope="session")
def good_fields() -> dict[str, Any]:
    """Give the fields of a review that has no finding."""
    return FIELDS


@pytest.fixture(scope="session")
def good_body() -> str:
    """Give the body of a review that has no finding."""
    return BODY


@pytest.fixture(scope="session")
def repository() -> Path:
    """Give the folder of the repository."""
    return ROOT


@pytest.fixture(scope="session")
def engine() -> Callable[..., Site]:
    """Give the function that runs a site generator in a folder."""
    return run_engine


@pytest.fixture(scope="session")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Give our own playbook, built by MkDocs as our workflows build it."""
    return run_engine(ROOT, "mkdocs", "--strict", site=str(tmp_path_factory.mktemp("ours") / "site"))
