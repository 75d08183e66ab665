"""The playbook under MkDocs and its drop-in forks: finished pages replace the raw files, findings become warnings."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from mkdocs.config import config_options as options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel

from failforward import front_matter, index, pages
from failforward.errors import ArgumentError, FailforwardError
from failforward.frame import loaded_everywhere, navigation, with_front_matter, with_theme
from failforward.lint import lint
from failforward.pages.urls import Style
from failforward.playbook import read_playbook
from failforward.public import MADE, public_files
from failforward.text.source import Source, normalised

_LOG = get_plugin_logger("failforward")
_LEVELS = {"error": logging.WARNING, "warning": logging.WARNING, "advice": logging.INFO}


class FailforwardConfig(Config):
    """What may stand below `- failforward:` in mkdocs.yml; all else is said in playbook.yml."""

    playbook = options.Optional(options.Dir(exists=True))
    today = options.Optional(options.Type((str, date)))
    check = options.Type(bool, default=True)


class FailforwardPlugin(BasePlugin[FailforwardConfig]):
    """Reads the playbook once per build and hands the finished pages to MkDocs."""

    def on_files(self, files: Files, /, *, config: MkDocsConfig) -> Files:
        """Put the finished pages, and of the other files those that may be seen, in the place of the folder.

        All happens here and nothing in on_config, so that plugins that settle the form of addresses have spoken.
        """
        try:
            return self._replaced(files, config)
        except FailforwardError as error:
            raise PluginError(str(error)) from error

    def on_serve(self, server: LiveReloadServer, /, *, config: MkDocsConfig, builder: object) -> LiveReloadServer:
        """Build again when a review, a cause, a rule, a template or a setting is edited."""
        server.watch(str(self._root(config)))
        return server

    def _root(self, config: MkDocsConfig) -> Path:
        return Path(self.config.playbook or config.docs_dir).resolve()

    def _replaced(self, files: Files, config: MkDocsConfig) -> Files:
        root = self._root(config)
        today = _today(self.config.today)
        playbook = read_playbook(root)
        if self.config.check:
            for finding in lint(playbook, today):
                where = f"{finding.path}:{finding.line}:{finding.column}"
                message = f"{where}: {finding.severity}: {finding.message} [{finding.rule}]"
                _LOG.log(_LEVELS[finding.severity], message)
        urls: Style = "directory" if config.use_directory_urls else "file"
        overrides = root / "templates" if (root / "templates").is_dir() else None
        indexed = index.build(playbook, today)
        made = pages.build(
            playbook, indexed, today, urls=urls, overrides=overrides, site_url=config.site_url or ""
        )  # fmt: skip
        _mount(files, root, list(playbook.files), config)
        _drop(files, {File(page.path, None, "", config.use_directory_urls).dest_uri for page in made.pages})
        written = list(_written_by_hand(files, root))
        if self.config.check:
            _check_front_matter(written)
        public = public_files(playbook, [source for _, source in written])
        for file in [file for file in files if _of(root, file) and not (public(file.src_uri) and _within(root, file))]:
            files.remove(file)
        _add(files, made, root, config)
        return files


def _today(given: object) -> date:
    """Give the day of the build: as configured, else SOURCE_DATE_EPOCH's, else today."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        if given:
            return date.fromisoformat(str(given))
        return datetime.fromtimestamp(int(epoch), UTC).date() if epoch else datetime.now().astimezone().date()
    except ValueError as error:
        what, remedy = "SOURCE_DATE_EPOCH is no moment", "Write the seconds since 1970."
        if given:
            what, remedy = "today, in the plugin's settings, is no day", "Write a date such as 2026-11-20."
        raise ArgumentError(what, remedy=remedy) from error


def _of(root: Path, file: File) -> bool:
    return file.src_dir is not None and Path(file.src_dir).resolve() == root


def _within(root: Path, file: File) -> bool:
    """Tell whether a file lies in the playbook also when symbolic links are followed."""
    return Path(file.abs_src_path or root).resolve().is_relative_to(root)


def _mount(files: Files, root: Path, names: list[str], config: MkDocsConfig) -> None:
    """Put the files of a playbook that is not docs_dir where they would be if it were."""
    if root == Path(config.docs_dir).resolve():
        return
    for file in list(files):
        if file.abs_src_path and Path(file.abs_src_path).resolve().is_relative_to(root):
            files.remove(file)
    for name in names:
        if not files.get_file_from_path(name):
            files.append(File(name, str(root), config.site_dir, config.use_directory_urls))


def _drop(files: Files, addresses: set[str]) -> None:
    """Take out what a finished page replaces, also under another name such as README.md."""
    for file in [file for file in files if file.dest_uri in addresses]:
        files.remove(file)


def _written_by_hand(files: Files, root: Path) -> Iterator[tuple[File, Source]]:
    """Give the pages that are published as people wrote them."""
    for file in files:
        raw = _of(root, file) and file.src_uri.startswith(MADE)
        if file.is_documentation_page() and file.src_dir and file.inclusion.is_included() and not raw:
            yield file, Source(file.src_uri, normalised(file.content_bytes.decode("utf-8", "replace")))


def _check_front_matter(written: list[tuple[File, Source]]) -> None:
    """Report the broken front matter of hand-written pages, which MkDocs would print as text without a word."""
    for file, source in written:
        for problem in front_matter.read(source).problems if source.text.startswith("---") else ():
            at = source.position(problem.span.start)
            where = f"{os.path.relpath(file.abs_src_path or file.src_uri)}:{at.line}:{at.column}"
            _LOG.warning(f"{where}: error: {problem.what} [{problem.kind}]")


def _add(files: Files, made: pages.Pages, root: Path, config: MkDocsConfig) -> None:
    if config.nav is None:
        rest = [file.src_uri for file in files.documentation_pages() if file.inclusion.is_in_nav()]
        config.nav = navigation(made.pages, rest)
    for page in made.pages:
        content = with_front_matter(page)
        file = File.generated(config, page.path, content=content, inclusion=InclusionLevel.NOT_IN_NAV)
        if page.source and (root / page.source).is_file():
            file.edit_uri = Path(os.path.relpath(root / page.source, Path(config.docs_dir).resolve())).as_posix()
        files.append(file)
    assets = with_theme(made.assets)
    for asset in assets:
        if not files.get_file_from_path(asset.path):
            files.append(File.generated(config, asset.path, content=asset.data))
    config.extra_css[:0] = loaded_everywhere(assets, ".css")
    config.extra_javascript[:0] = loaded_everywhere(assets, ".js")
