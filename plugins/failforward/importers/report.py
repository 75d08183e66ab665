"""The report of an adoption: per file and in sum, as text and as JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from failforward.importers.adoption import Adoption, Recognised

_MOST = 12
_OF_EXPERIMENTS = " of experiments"


@dataclass(frozen=True, slots=True)
class AdoptedFile:
    """What became of a file: its adoption, or why it was skipped. `encoding` is named where it was not UTF-8."""

    path: str
    adoption: Adoption | None = None
    skipped: str = ""
    encoding: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What became of all files, in the order in which they were read."""

    files: tuple[AdoptedFile, ...]
    dry_run: bool = False

    @property
    def adoptions(self) -> tuple[Adoption, ...]:
        """Give the drafts that were written, or would be."""
        return tuple(file.adoption for file in self.files if file.adoption)

    @property
    def missing(self) -> Counter[str]:
        """Count how many drafts lack what."""
        return Counter(what for adoption in self.adoptions for what in adoption.missing)


def as_text(report: Report) -> str:
    """Give the report for people: a block per file, then the sums."""
    return "\n".join([*(line for file in report.files for line in _file(file)), *_sum(report)]) + "\n"


def _file(file: AdoptedFile) -> Iterator[str]:
    adoption = file.adoption
    if adoption is None:
        yield f"{file.path}: skipped, {file.skipped}"
        return
    yield f"{file.path} → {adoption.name}"
    yield f"  recognised: {'; '.join(_found(adoption.recognised)) or 'nothing'}"
    if adoption.unplaced:
        yield f"  kept under its own heading: {', '.join(adoption.unplaced)}"
    if adoption.missing:
        yield f"  missing: {'; '.join(_grouped(adoption.missing))}"
    if file.encoding:
        yield f"  read as {file.encoding}"
    if adoption.whole:
        yield "  the original text is appended whole"


def _grouped(missing: Sequence[str]) -> Iterator[str]:
    """Give what is missing as one list of fields, one of what the experiments lack, and one of sections."""
    experiments = [what.removesuffix(_OF_EXPERIMENTS) for what in missing if what.endswith(_OF_EXPERIMENTS)]
    sections = [what.removeprefix("section ") for what in missing if what.startswith("section ")]
    others = [what for what in missing if not what.endswith(_OF_EXPERIMENTS) and not what.startswith("section ")]
    if others:
        yield ", ".join(others)
    if experiments:
        yield f"in experiments {', '.join(experiments)}"
    if sections:
        yield f"sections {', '.join(sections)}"


def _found(found: Recognised) -> Iterator[str]:
    if found.started:
        yield f"started {found.started}{f' ({found.started_from})' if found.started_from else ''}"
    if found.rows:
        untimed = f", {found.rows - found.timed} without a time" if found.timed < found.rows else ""
        yield f"timeline of {_count(found.rows, 'row')} ({found.shape or 'no times'}{untimed})"
    if found.actions:
        counts = {
            "with owner": sum(bool(action.owner) for action in found.actions),
            "with link": sum(bool(action.link) for action in found.actions),
            "with date": sum(bool(action.due) for action in found.actions),
            "done": sum(action.done for action in found.actions),
        }
        said = ", ".join(f"{number} {what}" for what, number in counts.items() if number)
        yield _count(len(found.actions), "follow-up") + (f" ({said})" if said else "")
    if found.attendees:
        yield _count(len(found.attendees), "attendee")
    if found.keys:
        yield f"metadata {', '.join(found.keys)}"
    if found.cause:
        yield f"suggested cause {found.cause} ({', '.join(found.cues)})"


def _sum(report: Report) -> Iterator[str]:
    adoptions = report.adoptions
    skipped = len(report.files) - len(adoptions)
    yield ""
    verb = "would be adopted" if report.dry_run else "adopted"
    yield f"{_count(len(adoptions), 'file')} {verb}{f', {skipped} skipped' if skipped else ''}."
    if adoptions:
        timelines = sum(adoption.recognised.timed > 0 for adoption in adoptions)
        followed = sum(bool(adoption.recognised.actions) for adoption in adoptions)
        started = sum(bool(adoption.recognised.started) for adoption in adoptions)
        suggested = sum(bool(adoption.recognised.cause) for adoption in adoptions)
        found = f"timeline in {timelines}, date in {started}, follow-ups in {followed}, cause suggested in {suggested}"
        yield f"Recognised: {found}."
        lines = [f"  {number:4} {what}" for what, number in _ordered(report.missing)[:_MOST]]
        if lines:
            yield "Missing most often:"
            yield from lines


def _ordered(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def as_json(report: Report) -> str:
    """Give the report for programs."""
    files = [_record(file, file.adoption) for file in report.files]
    whole = {"dry_run": report.dry_run, "files": files, "missing": dict(_ordered(report.missing))}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _record(file: AdoptedFile, adoption: Adoption | None) -> dict[str, object]:
    if adoption is None:
        return {"path": file.path, "draft": None, "skipped": file.skipped}
    found = adoption.recognised
    actions = [
        {"text": action.text, "owner": action.owner, "link": action.link, "due": str(action.due or ""),
         "done": action.done}
        for action in found.actions
    ]  # fmt: skip
    return {
        "path": file.path, "draft": adoption.name, "encoding": file.encoding or "utf-8", "started": found.started,
        "started_from": found.started_from,
        "timeline": {"rows": found.rows, "timed": found.timed, "shape": found.shape},
        "actions": actions, "attendees": list(found.attendees), "metadata": list(found.keys), "kind": found.kind,
        "suggested_cause": found.cause, "cues": list(found.cues), "unplaced": list(adoption.unplaced),
        "missing": list(adoption.missing), "whole": adoption.whole,
    }  # fmt: skip
