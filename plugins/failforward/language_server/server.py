"""The server: hands what the editor sends to the functions that know, and their answers back."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date
from pathlib import Path

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.uris import from_fs_path, to_fs_path

from failforward import __version__
from failforward.errors import FailforwardError
from failforward.language_server import wire
from failforward.language_server.actions import actions
from failforward.language_server.completion import complete
from failforward.language_server.desk import Desk, Document, all_findings
from failforward.language_server.hover import hover
from failforward.language_server.positions import Ruler
from failforward.language_server.references import file_of, reference_at
from failforward.language_server.symbols import symbols
from failforward.model.finding import Finding

# How long typing rests before it is looked at, in seconds.
DELAY = 0.15
_SIGNS = [":", " ", "-", "[", "{", ",", "#"]
_WATCHED = ("**/*.md", "**/playbook.yml", "**/risks.yml", "**/evidence/**")


class Server(LanguageServer):
    """The language server; `today` gives the day that counts as today."""

    def __init__(self, today: Callable[[], date], delay: float = DELAY) -> None:
        """Begin with nothing open."""
        # Whole texts: pygls cuts lines at U+2028 and others too, and would put a changed part in a wrong place.
        super().__init__(wire.NAME, __version__, text_document_sync_kind=types.TextDocumentSyncKind.Full)
        self.desk = Desk()
        self.today = today
        self.delay = delay
        self._waiting: dict[str, asyncio.TimerHandle] = {}
        self._troubled: set[str] = set()
        self._said: set[str] = set()

    def look(self, uri: str) -> tuple[Document, Ruler]:
        """Give an open text as it stands now, and how its positions are counted."""
        text = self.workspace.get_text_document(uri).source
        path = to_fs_path(uri) if uri.startswith("file:") else None
        document = self.desk.document(uri, Path(path) if path else None, text)
        encoding = str(getattr(self.workspace.position_encoding, "value", self.workspace.position_encoding))
        return document, Ruler(document.review.source, encoding, text.startswith("\ufeff"))

    def publish(self, uri: str) -> None:
        """Send what is found in an open text, and what is wrong with the settings and rules around it."""
        self._hurry(uri)
        if uri not in self.open:
            return
        document, ruler = self.look(uri)
        found, errors = all_findings(document, self.today())
        self._send_troubles([*self.desk.troubles(), *errors], document.root)
        if uri not in self._troubled:
            diagnostics = [wire.diagnostic(document, ruler, finding) for finding in found]
            self._send(uri, diagnostics, self.workspace.get_text_document(uri).version)

    def findings(self, document: Document) -> list[Finding]:
        """Give what is found in a document."""
        return all_findings(document, self.today())[0]

    def publish_soon(self, uri: str) -> None:
        """Publish when typing rests."""
        self._hurry(uri)
        self._waiting[uri] = asyncio.get_running_loop().call_later(self.delay, self.publish, uri)

    def refresh(self) -> None:
        """Read again what changed on disk, and look at every open text anew where anything did."""
        if self.desk.refresh():
            for uri in self.open:
                self.publish_soon(uri)

    def forget(self, uri: str) -> None:
        """Let go of a text that was closed."""
        self._hurry(uri)
        self.desk.close(uri)
        if uri not in self._troubled:
            self._send(uri, [], None)

    @property
    def open(self) -> list[str]:
        """Give the open texts."""
        return [document.uri for document in self.workspace.text_documents.values()]

    def _hurry(self, uri: str) -> None:
        """Wait no longer for a text's typing to rest."""
        if uri in self._waiting:
            self._waiting.pop(uri).cancel()

    def _send(self, uri: str, found: list[types.Diagnostic], version: int | None) -> None:
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, found, version))

    def _send_troubles(self, errors: list[FailforwardError], root: Path | None) -> None:
        """Put each error on its file, and take it away where it is mended."""
        by_uri: dict[str, list[types.Diagnostic]] = {}
        for error in errors:
            path = (root or Path()) / error.path
            uri = from_fs_path(str(path)) if path.is_absolute() and path.is_file() else None
            if uri:
                by_uri.setdefault(uri, []).append(wire.trouble(error))
            elif str(error) not in self._said:
                self._said.add(str(error))
                self.window_show_message(types.ShowMessageParams(types.MessageType.Error, str(error)))
        for uri in self._troubled - by_uri.keys():
            self._send(uri, [], None)
        for uri, found in by_uri.items():
            self._send(uri, found, None)
        self._troubled = set(by_uri)


def made(today: Callable[[], date], delay: float = DELAY) -> Server:
    """Make a server that answers."""
    server = Server(today, delay)
    _follow(server)
    _answer(server)
    return server


def _follow(server: Server) -> None:
    """Follow what is opened, changed, saved and closed, and the files around it."""

    @server.feature(types.INITIALIZED)
    def initialized(params: types.InitializedParams) -> None:
        workspace = server.client_capabilities.workspace
        watching = workspace.did_change_watched_files if workspace else None
        if watching and watching.dynamic_registration:
            watchers = [types.FileSystemWatcher(glob) for glob in _WATCHED]
            options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
            registration = types.Registration("files", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
            server.client_register_capability(types.RegistrationParams([registration]))

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def opened(params: types.DidOpenTextDocumentParams) -> None:
        server.refresh()
        server.publish(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    async def changed(params: types.DidChangeTextDocumentParams) -> None:
        server.publish_soon(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    async def saved(params: types.DidSaveTextDocumentParams) -> None:
        server.refresh()

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: types.DidCloseTextDocumentParams) -> None:
        server.forget(params.text_document.uri)

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    async def moved(params: types.DidChangeWatchedFilesParams) -> None:
        server.refresh()


def _answer(server: Server) -> None:
    """Answer what is asked about a place in a text."""

    @server.feature(types.TEXT_DOCUMENT_COMPLETION, types.CompletionOptions(trigger_characters=_SIGNS))
    def completion(params: types.CompletionParams) -> types.CompletionList:
        document, ruler = server.look(params.text_document.uri)
        offers = complete(document, ruler.offset(params.position.line, params.position.character))
        return types.CompletionList(False, wire.completions(offers, ruler, snippets=_snippets(server)))

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    def hovered(params: types.HoverParams) -> types.Hover | None:
        document, ruler = server.look(params.text_document.uri)
        offset = ruler.offset(params.position.line, params.position.character)
        found = hover(document, server.findings(document), offset)
        return wire.hover(found, ruler) if found else None

    @server.feature(types.TEXT_DOCUMENT_DEFINITION)
    def definition(params: types.DefinitionParams) -> types.Location | None:
        document, ruler = server.look(params.text_document.uri)
        reference = reference_at(document, ruler.offset(params.position.line, params.position.character))
        path = file_of(document, reference) if reference else None
        return wire.location(path) if path else None

    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    def outline(params: types.DocumentSymbolParams) -> list[types.DocumentSymbol]:
        document, ruler = server.look(params.text_document.uri)
        return [wire.symbol(found, ruler) for found in symbols(document)]

    kinds = types.CodeActionOptions([types.CodeActionKind.QuickFix])

    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION, kinds)
    def code_actions(params: types.CodeActionParams) -> list[types.CodeAction]:
        document, ruler = server.look(params.text_document.uri)
        found = actions(document, server.findings(document), wire.span_in(ruler, params.range))
        return [wire.action(entry, document, ruler, params.text_document.uri) for entry in found]


def _snippets(server: Server) -> bool:
    asked = server.client_capabilities.text_document
    item = asked.completion.completion_item if asked and asked.completion else None
    return bool(item and item.snippet_support)
