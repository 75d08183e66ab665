"""`check --fix`, `--add-allow` and `--diff`: which files change, and how they are shown or written."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from failforward.allowing import comments, usable_reason
from failforward.errors import ArgumentError
from failforward.fixing import difference, fixed
from failforward.model.finding import Finding, Fix
from failforward.reports.run import Run
from failforward.text.source import Source, normalised


@dataclass(frozen=True, slots=True)
class Rewrite:
    """A file before and after, and how many places of it change."""

    path: str
    before: bytes
    after: bytes
    places: int

    @property
    def shown(self) -> str:
        """Give the change as a unified diff."""
        return difference(self.path, self.before, self.after)

    def write(self) -> None:
        """Put the new text in the place of the old one, at once or not at all. Raises ArgumentError where it cannot."""
        target = Path(os.path.realpath(self.path))
        try:
            handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(self.after)
                shutil.copymode(target, name)
                Path(name).replace(target)
            except BaseException:
                with contextlib.suppress(OSError):
                    Path(name).unlink()
                raise
        except OSError as error:
            remedy = "Make it writable, or use --diff and apply that."
            what = f"The file cannot be written ({error.strerror})"
            raise ArgumentError(what, path=self.path, remedy=remedy) from error


def rewrites(findings: Sequence[Finding], run: Run, *, fix: bool, reason: str | None) -> list[Rewrite]:
    """Give the files that change when safe rewrites are applied (`fix`), or wording is allowed (a `reason`)."""
    reason = None if reason is None else usable_reason(reason)
    wording = {rule.id for rule in run.rules if rule.kind == "wording"}
    by_path: dict[str, list[Finding]] = {}
    for finding in findings:
        by_path.setdefault(finding.path, []).append(finding)
    made: list[Rewrite] = []
    for path, here in by_path.items():
        source = run.sources.get(path)
        if source is None:
            continue
        fixes = [finding.fix for finding in here if finding.fix] if fix else []
        if reason:
            fixes += comments(source, [finding for finding in here if finding.rule in wording], reason)
        made += _rewrite(path, source, fixes) if fixes else ()
    return made


def _rewrite(path: str, source: Source, fixes: Sequence[Fix]) -> Iterator[Rewrite]:
    """Give a file's rewrite; none where its bytes are no UTF-8, which is a finding of its own."""
    if path == "-":
        raise ArgumentError("Standard input cannot be rewritten", remedy="Name the file.")
    before = Path(path).read_bytes()
    try:
        same = normalised(before.decode("utf-8")) == source.text
        after = fixed(before, fixes)
    except UnicodeDecodeError:
        return
    if not same:
        raise ArgumentError("The file was changed while it was checked", path=path, remedy="Check it again.")
    if after != before:
        yield Rewrite(path, before, after, len(set(fixes)))


def in_words(made: Sequence[Rewrite]) -> str:
    """Say how much was rewritten."""
    places = sum(rewrite.places for rewrite in made)
    return f"Rewrote {places} place{'s' * (places != 1)} in {len(made)} file{'s' * (len(made) != 1)}."
