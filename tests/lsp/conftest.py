"""What the tests of the language server work with: a small playbook on disk, and an editor that speaks the protocol."""

import asyncio
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types
from pygls.lsp.client import LanguageClient

from failforward.language_server.desk import Desk, Document

TODAY = date(2026, 11, 1)
PATIENCE = 30

CAUSE = "---\ntitle: {title}\ngroup: change\nsummary: {summary}\n---\n\n## What it is\n\n{summary}\n"
SETTINGS = "title: Ours\nseverities: [high, low]\nfull_severities: [high]\ngroups: {change: Change and release}\n"
REVIEW = """\
---
title: The warm-up job evicted live keys
kind: incident
status: in-review
severity: low
depth: light
started: 2026-10-02T14:05Z
detected: 2026-10-02T14:11Z
mitigated: 2026-10-02T14:50Z
resolved: 2026-10-02T15:40Z
debrief: 2026-10-03T10:00Z
detected_by: monitor
services: [checkout]
teams: [payments]
tags: [cache, deploy]
trigger: The warm-up job ran against the live cluster for the first time.
causes:
  - cause: untested-path
    how: Staging has no cluster cache.
    with: [missing-alert]
  - cause: missing-alert
    how: Nothing watched the eviction rate.
people:
  facilitator: platform
  participants: [payments]
  outsiders: [design]
mood: {before: 2, after: 4}
experiments:
  - id: warm-up-gate
    cause: untested-path
    outcome: A warm-up that evicts live keys is stopped
    measure: The gate fails on a replay of this deploy
    kind: prevent
    tasks: [Replay test in staging]
    owner: payments
    due: 2026-12-16
    status: planned
accepted:
  - cause: missing-alert
    because: The cache is being retired in November.
related:
  - review: 2026-09-01-quota
    because: The same cluster stood still.
---

## In short

Checkout stood still for an hour.

## What we expected

The warm-up fills an empty cache.

## What happened

### Timeline

- **14:05** The deploy reaches all hosts. *(platform on-call)*
- **14:20** Decision: roll back. *(incident lead)*

## Where reality diverged

It filled a cache that was in use.

## What we will do differently

A gate replays the deploy first.
"""




@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Give the folder of a small playbook with two reviews and three causes."""
    root = tmp_path / "ours" / "playbook"
    for folder in ("reviews", "causes"):
        (root / folder).mkdir(parents=True)
    (root / "playbook.yml").write_text(SETTINGS, "utf-8")
    for name, title, summary in (
        ("untested-path", "Untested path", "A way through the system ran for the first time."),
        ("missing-alert", "Missing alert", "Nothing said that it was happening."),
        ("quota-limit", "Quota limit", "A limit was reached that nobody saw coming."),
    ):
        (root / f"causes/{name}.md").write_text(CAUSE.format(title=title, summary=summary), "utf-8")
    (root / "reviews/2026-10-02-cache.md").write_text(REVIEW, "utf-8")
    other = REVIEW.replace("The warm-up job evicted live keys", "The quota ran out")
    other = other.replace("2026-09-01-quota", "2026-10-02-cache").replace("[cache, deploy]", "[cache, storage]")
    (root / "reviews/2026-09-01-quota.md").write_text(other, "utf-8")
    return root


@pytest.fixture
def document(root: Path) -> Callable[..., Document]:
    """Give a function that makes a document of a text, as if it stood in the first review."""
    desk = Desk()

    def make(text: str, name: str = "reviews/2026-10-02-cache.md") -> Document:
        path = root / name
        return desk.document(path.as_uri(), path, text)

    return make


class Editor:
    """An editor: starts the server as a process and speaks the protocol with it over its standard input and output."""

    def __init__(self, arguments: tuple[str, ...], encodings: tuple[str, ...] = (), *, snippets: bool = False) -> None:
        """Start the server and shake hands."""
        self.loop = asyncio.new_event_loop()
        self.client = LanguageClient("test-editor", "1")
        self.published: dict[str, list[types.PublishDiagnosticsParams]] = {}
        self.news = asyncio.Event()
        self.registered: list[types.Registration] = []
        self.versions: dict[str, int] = {}
        self.complaints: list[str] = []
        self._listen()
        self.run(self.client.start_io(sys.executable, "-m", "failforward", "lsp", *arguments))
        general = types.GeneralClientCapabilities(position_encodings=list(encodings)) if encodings else None
        watching = types.DidChangeWatchedFilesClientCapabilities(dynamic_registration=True)
        item = types.ClientCompletionItemOptions(snippet_support=snippets)
        capabilities = types.ClientCapabilities(
            general=general,
            workspace=types.WorkspaceClientCapabilities(did_change_watched_files=watching),
            text_document=types.TextDocumentClientCapabilities(
                completion=types.CompletionClientCapabilities(completion_item=item)
            ),
        )
        self.abilities = self.run(self.client.initialize_async(types.InitializeParams(capabilities))).capabilities
        self.client.initialized(types.InitializedParams())

    def _listen(self) -> None:
        @self.client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def published(params: types.PublishDiagnosticsParams) -> None:
            self.published.setdefault(params.uri, []).append(params)
            self.news.set()

        @self.client.feature(types.CLIENT_REGISTER_CAPABILITY)
        def registered(params: types.RegistrationParams) -> None:
            self.registered += params.registrations

        @self.client.feature(types.WINDOW_SHOW_MESSAGE)
        def complained(params: types.ShowMessageParams) -> None:
            self.complaints.append(params.message)

    def run(self, coroutine: Any) -> Any:
        """Wait for an answer."""
        return self.loop.run_until_complete(asyncio.wait_for(coroutine, PATIENCE))

    def rest(self, seconds: float) -> None:
        """Let time pass."""
        self.loop.run_until_complete(asyncio.sleep(seconds))

    def open(self, path: Path, text: str | None = None) -> str:
        """Open a file, by default with its text on disk; give its URI."""
        uri = path.as_uri()
        if uri in self.versions:
            self.published.pop(uri, None)
            self.close(uri)
            self.until(uri, lambda found: not found)
        self.versions[uri] = 1
        self.published.pop(uri, None)
        text = path.read_text("utf-8") if text is None else text
        item = types.TextDocumentItem(uri, "markdown", 1, text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))
        return uri

    def change(self, uri: str, text: str) -> None:
        """Give an open file another text, unsaved."""
        self.versions[uri] += 1
        identifier = types.VersionedTextDocumentIdentifier(self.versions[uri], uri)
        changes = [types.TextDocumentContentChangeWholeDocument(text)]
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(identifier, changes))

    def save(self, uri: str) -> None:
        """Tell that a file was saved."""
        self.client.text_document_did_save(types.DidSaveTextDocumentParams(types.TextDocumentIdentifier(uri)))

    def close(self, uri: str) -> None:
        """Close a file."""
        self.versions.pop(uri, None)
        self.client.text_document_did_close(types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(uri)))

    def touched(self, *paths: Path) -> None:
        """Tell that files changed on disk."""
        events = [types.FileEvent(path.as_uri(), types.FileChangeType.Changed) for path in paths]
        self.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams(events))

    def diagnostics(self, uri: str) -> list[types.Diagnostic]:
        """Wait for the next diagnostics of a file and take them."""

        async def wait() -> list[types.Diagnostic]:
            while not self.published.get(uri):
                self.news.clear()
                await self.news.wait()
            return list(self.published[uri].pop(0).diagnostics)

        found: list[types.Diagnostic] = self.run(wait())
        return found

    def until(self, uri: str, wanted: Callable[[list[types.Diagnostic]], bool]) -> list[types.Diagnostic]:
        """Wait for diagnostics of a file that are as wanted."""
        found = self.diagnostics(uri)
        while not wanted(found):
            found = self.diagnostics(uri)
        return found

    def stop(self) -> int:
        """Part from the server; give its exit code."""
        self.run(self.client.shutdown_async(None))
        self.client.exit(None)
        server = self.client._server
        code: int = self.run(server.wait())
        self.run(self.client.stop())
        self.loop.close()
        return code


@pytest.fixture
def start(root: Path) -> Iterator[Callable[..., Editor]]:
    """Give a function that starts an editor; those that are still running at the end are stopped."""
    editors: list[Editor] = []

    def begin(*encodings: str, snippets: bool = False) -> Editor:
        editors.append(Editor(("--stdio", "--today", TODAY.isoformat()), encodings, snippets=snippets))
        return editors[-1]

    yield begin
    for editor in editors:
        if not editor.loop.is_closed():
            assert editor.stop() == 0


@pytest.fixture(scope="session")
def session() -> Iterator[Editor]:
    """Give an editor that stays open from test to test, as those of people do."""
    editor = Editor(("--stdio", "--today", TODAY.isoformat()))
    yield editor
    assert editor.stop() == 0


@pytest.fixture
def editor(session: Editor) -> Iterator[Editor]:
    """Give an editor with nothing open, which counts columns as the protocol says without more: in UTF-16."""
    session.complaints.clear()
    yield session
    for uri in list(session.versions):
        session.close(uri)
    session.rest(0)
    session.published.clear()
