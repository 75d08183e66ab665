"""What every page is made with: the playbook and its index, the names of all pages, the templates."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jinja2
from markupsafe import Markup

from failforward import front_matter
from failforward.clocks import Clock, clocks_of
from failforward.index import Index
from failforward.measures import Measures, measures_of
from failforward.model.playbook import Playbook
from failforward.model.review import Review
from failforward.model.risk import Risk
from failforward.pages import shape, words
from failforward.pages.broken import errors_in
from failforward.pages.page import Page
from failforward.pages.urls import Urls
from failforward.promises import Promise, distance, promises_of
from failforward.text.html import SafeHtml
from failforward.text.sections import slug

if TYPE_CHECKING:
    from failforward.pages.memory import Memory

ASSETS = "assets/failforward/"
MERMAID = "vendor/mermaid.min.js"
_DIAGRAM = '<pre class="mermaid"'


class Site:
    """Everything that the pages of one build share; nothing in it changes."""

    def __init__(
        self, playbook: Playbook, index: Index, today: date, urls: Urls, overrides: Path | None = None
    ) -> None:
        """Read the templates: a team's own ones come before the shipped ones of the same name."""
        self.playbook = playbook
        self.index = index
        self.today = today
        self.urls = urls
        self._overrides = overrides
        own = [jinja2.FileSystemLoader(overrides)] if overrides else []
        self._templates = jinja2.Environment(
            loader=jinja2.ChoiceLoader([*own, jinja2.FileSystemLoader(Path(__file__).parent / "templates")]),
            autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True,
            finalize=shape.value,
        )  # fmt: skip
        self._templates.filters["id"] = id
        self._templates.globals |= {
            "h": shape.heading, "own_words": shape.verbatim, "label": words.label, "short_label": words.short_label,
            "count": words.count,
            "day": words.day_text, "short_day": words.short_day, "moment": words.moment_text,
            "machine": words.machine_time, "length": words.length_text, "reason": words.reason_text,
            "moods": words.MOODS, "clock_text": words.clock_words, "distance": distance,
            "today": today, "title": playbook.settings.title,
        }  # fmt: skip

    @cached_property
    def clocks(self) -> Mapping[str, tuple[Clock, ...]]:
        """Give path of a review → its clocks: debrief, check-in, then a verification for each experiment."""
        settings = self.playbook.settings.clocks
        return {review.path: clocks_of(review, settings, self.today) for review in self.index.reviews}

    @cached_property
    def promises(self) -> tuple[Promise, ...]:
        """Give what is still promised in published reviews, the most urgent first."""
        return promises_of(self.index.reviews, self.playbook.settings.clocks, self.today)

    @cached_property
    def names(self) -> Mapping[str, Mapping[str, str]]:
        """Give for each kind of word (`tags`, `services`, …) word → path of its page."""
        index = self.index
        teams = dict.fromkeys((*index.teams, *index.trials_by_owner))
        return {
            "tags": _paths("tags", index.tags), "services": _paths("services", index.services),
            "teams": _paths("teams", teams), "years": _paths("years", index.years),
            "kinds": _paths("kinds", index.kinds), "severities": _paths("severities", index.severities),
            "causes": _paths("causes", index.causes, {cause.id: cause.path for cause in self.playbook.causes}),
            "rules": {rule.id: f"rules/{rule.id}.md" for rule in self.playbook.rules},
        }  # fmt: skip

    @cached_property
    def measures(self) -> Measures:
        """Give what the reviews say together of follow-through."""
        return measures_of(self.index, self.clocks, self.today)

    @cached_property
    def memory(self) -> Memory:
        """Give what comes back to mind."""
        from failforward.pages.memory import Memory

        return Memory(self)

    @cached_property
    def risks(self) -> Mapping[str, tuple[Risk, str]]:
        """Give id → risk and its anchor on the page of the register."""
        risks = self.playbook.risk_by_id
        paths = _paths("risk", risks)
        return {name: (risk, paths[name].removesuffix(".md").replace("/", "-", 1)) for name, risk in risks.items()}

    @cached_property
    def paths(self) -> frozenset[str]:
        """Give the path of every Markdown page that a link may lead to."""
        made = {review.path for review in self.index.reviews}
        made |= {path for names in self.names.values() for path in names.values()}
        folders = (*self.names, "reviews", "experiments", "worked", "lessons", "working", "map")
        made |= {f"{folder}/index.md" for folder in folders}
        made |= {"risks/index.md"} if self.index.register else set()
        unmade = ("reviews/", "causes/", "rules/")
        return frozenset(made | {name for name in self.playbook.files if not name.startswith(unmade)} | {"index.md"})

    def page(self, path: str, template: str, values: Mapping[str, Any], *, title: str, **more: Any) -> Page:
        """Render a page: the template gets the values, and `here` for addresses and text."""
        here = Here(self, path)
        with errors_in(self._overrides, f"{self.playbook.prefix}templates"):
            rendered = self._templates.get_template(template).render(here=here, page_title=title, **values)
        if _DIAGRAM in rendered:
            # Here and not at the end of the page: a theme that finds no Mermaid loads one from a third-party host.
            rendered += f'\n<script src="{here.asset(MERMAID)}"></script>'
        return Page(path, shape.finished(rendered, self._own_words(path)), title=title, **more)

    def _own_words(self, path: str) -> str:
        """Give what a team wrote for the top of an index page, without its front matter and its title."""
        source = self.playbook.intros.get(path)
        if source is None:
            return ""
        front = front_matter.read(source) if source.text.startswith("---") else None
        text = source.text[front.body_start if front and front.values is not None else 0 :].strip()
        first, _, rest = text.partition("\n")
        return rest.strip() if first.startswith("# ") else text


class Here:
    """A page while it is rendered: addresses as seen from it, and Markdown as it must stand on it."""

    def __init__(self, site: Site, path: str) -> None:
        """Begin a page at a path."""
        self.site = site
        self.path = path
        self._texts: dict[str, SafeHtml] = {}

    def to(self, path: str, anchor: str = "") -> str:
        """Give the address of a page or file."""
        return self.site.urls.to(self.path, path, anchor)

    def asset(self, name: str) -> str:
        """Give the address of one of the assets that the pages bring along."""
        return self.to(ASSETS + name)

    def word(self, folder: str, name: str) -> str:
        """Give the address of a word's page (`tags`, `cache`), or nothing where it has none."""
        path = self.site.names[folder].get(name)
        return self.to(path) if path and path != self.path else ""

    def cause(self, name: str) -> str:
        """Give a cause's title."""
        entry = self.site.index.causes.get(name)
        return entry.cause.title if entry else words.label(name)

    def inline(self, markdown: str, source: Review | str = "") -> Markup:
        """Render Markdown written in a review or file; a single paragraph comes without its tags."""
        return Markup(self._text(source).inline(markdown))  # noqa: S704 - sanitised

    def block(self, markdown: str, source: Review | str = "") -> Markup:
        """Render Markdown written in a review or file as blocks."""
        return Markup(self._text(source).block(markdown))  # noqa: S704 - sanitised

    def plain(self, markdown: str, source: Review | str = "") -> str:
        """Give the words of a Markdown text without its marks."""
        return Markup(self._text(source).inline(markdown)).striptags()  # noqa: S704 - sanitised

    def _text(self, source: Review | str) -> SafeHtml:
        path = source.path if isinstance(source, Review) else source
        if path not in self._texts:
            whole = source.source.text if isinstance(source, Review) else ""
            self._texts[path] = SafeHtml(lambda target: self._resolved(path or self.path, target), whole)
        return self._texts[path]

    def _resolved(self, source: str, target: str) -> str | None:
        """Rewrite a link of a file for this page; one to a page that is not published loses its address."""
        found = self.site.urls.resolve(source, target, self.path)
        if found is None or (found.path.endswith(".md") and found.path not in self.site.paths):
            return None
        return found.address


def _paths(folder: str, names: Iterable[str], given: Mapping[str, str] | None = None) -> dict[str, str]:
    """Give name → path: what is given, else the name's letters as a file name; no two names share a path.

    Names that are file names as they stand choose first.
    """
    paths = dict(given or {})
    taken = {f"{folder}/index.md", *paths.values()}
    for name in sorted(names, key=lambda name: slug(name) != name):
        if name in paths:
            continue
        stem = slug(name)[:80].strip("-") or hashlib.sha256(name.encode()).hexdigest()[:10]
        place, path = 1, f"{folder}/{stem}.md"
        while path in taken:
            place += 1
            path = f"{folder}/{stem}-{place}.md"
        paths[name] = path
        taken.add(path)
    return paths
