"""Findings of a whole playbook: those of an earlier run where everything is as it was then, else new ones."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from failforward.cli import fingerprint, kept
from failforward.cli.question import Found, Question, Texts
from failforward.disk import walk
from failforward.lint import active_rules
from failforward.model.rulebook import Rulebook
from failforward.rulebook import prefix_of, read_rules, settings_of

if TYPE_CHECKING:
    from failforward.cli.reviews import Selection

# Fewer reviews are read faster than they are looked up, and leave no folder behind.
_WORTH_KEEPING = 50


def look(root: Path, question: Question, read: Callable[[], Selection]) -> Found:
    """Give what is found in a playbook; `read` reads it where that is needed.

    A finding of structure may come from any file of the playbook, so all of them together are what it depends on.
    """
    if sum(1 for path in walk(root / "reviews") if path.suffix == ".md") < _WORTH_KEEPING:
        return read().look(question)
    prefix = prefix_of(root)
    settings = settings_of(root, prefix)
    # Whom the playbook knows may be written outside its folder.
    known = settings.persons
    zone = fingerprint.zone(settings.clocks.calendar.zone)
    asked = (fingerprint.program(), prefix, known, zone, question.today, question.select, question.ignore)
    before = fingerprint.digest((*asked, fingerprint.folder(root)))
    store = kept.Kept(root)
    entry = store.load(f"check-{before}")
    findings, paths = kept.unpacked(entry.get("findings")), entry.get("paths")
    if findings is not None and isinstance(paths, list):
        rulebook = Rulebook(settings, read_rules(root, prefix), prefix)
        return Found(findings, active_rules(rulebook, question.select, question.ignore), Texts(paths, {}))
    found = read().look(question)
    # What was written meanwhile may or may not have been read.
    same = settings_of(root, prefix).persons == known
    if same and fingerprint.digest((*asked, fingerprint.folder(root))) == before:
        store.save(f"check-{before}", {"findings": kept.packed(found.findings), "paths": sorted(found.texts)})
    return found
