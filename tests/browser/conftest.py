"""Our own playbook, built once, served from this machine, and looked at with a real browser.

With FAILFORWARD_SCREENSHOTS=DIR a picture of each page type, width and colour scheme is saved in that folder.
"""

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from failforward.model.depth import depth_of
from failforward.playbook import read_playbook

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "tests/tools/node_modules/axe-core/axe.min.js"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
# The site believes that it lies in this folder of its host; the page for missing addresses needs that to be true.
PREFIX = "/failforward/"


CONFIG = """\
site_name: Special
docs_dir: playbook
theme: {name: material, font: false}
plugins: [search, {failforward: {check: false}}]
markdown_extensions: [attr_list, tables, pymdownx.superfences]
"""
DIAGRAM = """\
---
title: A review with a diagram
kind: incident
status: reviewed
started: 2026-10-02T14:05Z
---
## In short

```mermaid
graph LR
  warmup[Warm-up] --> full[Full cache]
```
"""
ATTACK = "<img src=x onerror=document.title='hit'><script>document.title='hit'</script>"
HOSTILE = f"""\
---
title: "quokka {ATTACK}"
kind: "incident {ATTACK}"
status: reviewed
started: 2026-10-03T14:05Z
trigger: "quokka {ATTACK}"
tags: ["quokka {ATTACK}"]
services: ["quokka {ATTACK}"]
causes: [{{cause: "quokka {ATTACK}", how: "quokka {ATTACK}"}}]
---
## In short

A quokka {ATTACK} sat on the switch. `{ATTACK}`

## {ATTACK} quokka

<a href="javascript:document.title='hit'" class="bait">quokka</a>
<details open ontoggle="document.title='hit'"><summary>quokka</summary></details>
"""


def missing(what: str) -> None:
    """Skip the test, or fail it where everything is expected to be there."""
    if "CI" in os.environ:
        pytest.fail(what)
    pytest.skip(what)


class _Handler(SimpleHTTPRequestHandler):
    """Serves a folder below a prefix, with the site's own page for what is not there."""

    def translate_path(self, path: str) -> str:
        return super().translate_path(path.removeprefix(PREFIX.rstrip("/")))

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        body = Path(self.directory, "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments: Any) -> None:
        pass


def built(project: Path, site: Path) -> Path:
    """Build the site of a project."""
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(site)]
    quiet = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
    subprocess.run(command, cwd=project, env=os.environ | quiet, check=True)
    return site


@contextmanager
def served(site: Path) -> Iterator[str]:
    """Serve a site from this machine while its address is needed."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}{PREFIX}"
    server.shutdown()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build our own playbook."""
    return built(ROOT, tmp_path_factory.mktemp("browser") / "site")


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Serve our own playbook, and give its address."""
    with served(site) as where:
        yield where


@pytest.fixture(scope="session")
def special(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a playbook with a review that holds a diagram and one that holds scripts, and give its address."""
    project = tmp_path_factory.mktemp("special")
    (project / "playbook/reviews").mkdir(parents=True)
    (project / "playbook/reviews/2026-10-02-diagram.md").write_text(DIAGRAM, "utf-8")
    (project / "playbook/reviews/2026-10-03-hostile.md").write_text(HOSTILE, "utf-8")
    (project / "mkdocs.yml").write_text(CONFIG, "utf-8")
    with served(built(project, project / "site")) as where:
        yield where


@pytest.fixture(scope="session")
def page_types(site: Path) -> dict[str, str]:
    """Give an example of each type of page: its name and its path on the site."""
    playbook = read_playbook(ROOT / "playbook")
    published = [review for review in playbook.reviews if review.published]
    by_depth = {depth_of(review, playbook.settings): review for review in published}
    types = {
        "home": "", "guide": "docs/first-review/", "not found": "no/such/page/",
        "full review": f"reviews/{by_depth['full'].id}/", "light review": f"reviews/{by_depth['light'].id}/",
    }  # fmt: skip
    for folder in ("reviews", "experiments", "working", "worked", "lessons", "map", "risks"):
        types[folder] = f"{folder}/"
    for name in ("cause", "tag", "service", "team", "year", "rule"):
        folder = f"{name}s"
        types[folder] = f"{folder}/"
        largest = max((site / folder).glob("*/index.html"), key=lambda path: path.stat().st_size)
        types[name] = f"{folder}/{largest.parent.name}/"
    return types


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Start Chromium, and end it after the file: Playwright's event loop would be in the way of other tests."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: make test installs it")
    program = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if program is None:
        missing("no Chromium: install the package chromium to run the browser tests")
    with playwright.sync_playwright() as running:
        started = running.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield started
        started.close()


@dataclass
class View:
    """A page in the browser, and what went wrong on it."""

    page: Any
    address: str
    errors: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)

    def open(self, path: str, address: str = "") -> Any:
        """Open a page of the site (or of the one at another address)."""
        self.page.goto((address or self.address) + path, wait_until="load")
        return self.page

    def violations(self, *, only: tuple[str, ...] = ()) -> list[str]:
        """Give what axe-core (or only some rules of it) finds on the page, one line for each element."""
        if not AXE.is_file():
            missing("axe-core is not installed: make tools")
        if not self.page.evaluate("typeof axe === 'object'"):
            self.page.evaluate(AXE.read_text("utf-8"))
        options = {"resultTypes": ["violations"], **({"runOnly": list(only)} if only else {})}
        found = self.page.evaluate("options => axe.run(document, options).then(result => result.violations)", options)
        return [
            f"{violation['id']}: {node['target'][0]} ({' '.join(node['failureSummary'].split())[:200]})"
            for violation in found
            for node in violation["nodes"]
        ]

    def too_wide(self) -> list[str]:
        """Give the elements that make the page scroll sideways."""
        return list(
            self.page.evaluate(
                """() => {
                  const width = document.documentElement.clientWidth
                  if (document.documentElement.scrollWidth <= width) return []
                  const all = [...document.querySelectorAll("body *")]
                  const wide = all.filter(e => e.getBoundingClientRect().right > width + 1)
                  return ["the page is " + document.documentElement.scrollWidth + " wide",
                          ...wide.slice(0, 5).map(e => e.tagName + "." + e.className)]
                }"""
            )
        )


@pytest.fixture
def view(browser: Any, address: str) -> Iterator[View]:
    """Give a fresh window that notes console errors and lets no request leave this machine."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    seen = View(page, address)
    host = urlsplit(address).hostname

    def route(route: Any) -> None:
        if (urlsplit(route.request.url).hostname or host) == host:
            route.continue_()
        else:
            seen.elsewhere.append(route.request.url)
            route.abort()

    context.route("**/*", route)
    page.on("console", lambda message: seen.errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: seen.errors.append(str(error)))
    yield seen
    context.close()


@pytest.fixture(scope="session")
def screenshots() -> Path | None:
    """Give the folder for pictures, where one is asked for."""
    folder = os.environ.get("FAILFORWARD_SCREENSHOTS")
    if not folder:
        return None
    Path(folder).mkdir(parents=True, exist_ok=True)
    return Path(folder)
