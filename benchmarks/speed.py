"""How fast a check is: whole processes, side by side in one run, on post-mortems made from our own reviews.

    python benchmarks/speed.py [--files 2000] [--rounds 3] [--others FOLDER]

The files, of about 8 KB each, hold the paragraphs, lists and tables of our playbook's reviews, shuffled with a fixed
seed. FOLDER may hold other linters to run on the same files: `bin/proselint` of a Python environment, and
`node_modules/.bin/write-good` and `alex`. Each is called as its users call it: one process for all files, or for as
many as a command line takes. Of several rounds the fastest counts, as everything else on a machine only adds time; what
reads one file or none is run ten times as often.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SIZE = 8_000
SEED = 20261122
TODAY = "2026-11-22"
ASKED = ("check", "--fail-on", "never", "--output-format", "json", "--today", TODAY)
CHECK = (sys.executable, "-m", "failforward", *ASKED)
# The same where nothing could be compiled.
_HIDE = "sys.modules.update(dict.fromkeys(('failforward.text._walk', 'failforward.checks.wording._glance')))"
UNCOMPILED = (sys.executable, "-c", f"import sys; {_HIDE}; from failforward.cli import main; main()", *ASKED)


@dataclass(frozen=True)
class Measured:
    """What a run took: seconds by the clock, and the largest of its processes in megabytes."""

    seconds: float
    megabytes: float


def main() -> None:
    """Make the files, run everything, print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=2000, help="how many files to make")
    parser.add_argument("--rounds", type=int, default=3, help="how often to run each command; the fastest counts")
    parser.add_argument("--others", type=Path, help="a folder with other linters")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        # A folder named playbook beside the notes would be theirs: each run on the notes would read its settings first.
        notes, playbook = Path(folder, "notes"), Path(folder, "reviewed")
        size = write_notes(notes, given.files)
        write_playbook(playbook, given.files)
        print(f"{given.files} files of {size / given.files / 1000:.1f} KB, {os.cpu_count()} cores\n")
        print("| what | files | seconds | files/s | MB | against ours on one core |")
        print("| --- | --- | --- | --- | --- | --- |")
        base = 0.0
        for name, files, run in runs(notes, playbook, given.files, given.others):
            rounds = given.rounds * (1 if files > 1 else 10)
            best = min((run() for _ in range(rounds)), key=lambda measured: measured.seconds)
            base = base or files / best.seconds
            print("|", " | ".join((name, *cells(best, files, base))), "|", flush=True)


def cells(best: Measured, files: int, base: float) -> tuple[str, ...]:
    """Give a row of the table; `base` is how many files a second our own check reads on one core."""
    rate = files / best.seconds if files > 1 else 0.0
    ratio = "" if not rate else f"{base / rate:.1f}× slower" if rate < base else f"{rate / base:.1f}× as fast"
    speed = f"{rate:,.0f}" if rate else ""
    return str(files or ""), f"{best.seconds:.3f}", speed, f"{best.megabytes:.0f}", ratio


Run = Callable[[], Measured]


def runs(notes: Path, playbook: Path, files: int, others: Path | None) -> Iterator[tuple[str, int, Run]]:
    """Give each measured command: its name, how many files it reads, and how to run it."""
    one = next(iter(sorted(notes.iterdir())))
    alone = (*CHECK, "--only-wording")
    yield "check --only-wording, one core", files, lambda: measured((*alone, "--no-cache", "."), notes, cores=1)
    if (os.cpu_count() or 1) > 1:
        yield "check --only-wording, two cores", files, lambda: measured((*alone, "--no-cache", "."), notes, cores=2)
    plain = (*UNCOMPILED, "--only-wording", "--no-cache", ".")
    yield "check --only-wording, uncompiled", files, lambda: measured(plain, notes, cores=1)
    measured((*alone, "--cache", "."), notes)
    yield "check --only-wording, unchanged", files, lambda: measured((*alone, "--cache", "."), notes, cores=1)
    yield "check, structure and wording, one core", files, lambda: measured((*CHECK, "--no-cache"), playbook, cores=1)
    if (os.cpu_count() or 1) > 1:
        both = (*CHECK, "--no-cache")
        yield "check, structure and wording, two cores", files, lambda: measured(both, playbook, cores=2)
    measured((*CHECK, "--cache"), playbook)
    yield "check, structure and wording, unchanged", files, lambda: measured((*CHECK, "--cache"), playbook, cores=1)
    yield "check --only-wording, one file", 1, lambda: measured((*alone, one.name), notes)
    yield "python -c pass", 0, lambda: measured((sys.executable, "-c", "pass"), notes)
    for name, program in other_programs(others) if others else ():
        some = sorted(path.name for path in notes.iterdir() if path.suffix == ".md")
        few = some if name == "write-good" else some[: max(1, files // 20)]
        yield name, len(few), lambda program=program, few=few: measured((*program, *few), notes, cores=1)


def other_programs(folder: Path) -> Iterator[tuple[str, Sequence[str]]]:
    """Give the other linters that are there, and how they are called."""
    beside = Path(folder).resolve()
    for name, place, options in (
        ("write-good", beside / "node_modules/.bin/write-good", ("--parse",)),
        ("alex", beside / "node_modules/.bin/alex", ("--quiet",)),
        ("proselint", beside / "bin/proselint", ("check",)),
    ):
        if place.exists():
            yield name, (str(place), *options)


def measured(command: Sequence[str], folder: Path, cores: int | None = None) -> Measured:
    """Run a command to its end."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "plugins"), "CI": ""}
    # An installed package has its modules compiled.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    allowed = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []
    start = time.perf_counter()
    if cores and allowed:
        # What is started inherits the cores that may be used.
        os.sched_setaffinity(0, allowed[:cores])
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.DEVNULL
        )
        _, _, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    if cores and allowed:
        os.sched_setaffinity(0, allowed)
    return Measured(seconds, usage.ru_maxrss / (1_000_000 if sys.platform == "darwin" else 1024))


def blocks() -> tuple[list[str], list[str]]:
    """Give the front matters of our reviews, and the blocks of their bodies."""
    fronts, bodies = [], []
    for path in sorted((ROOT / "playbook/reviews").glob("*.md")):
        _, front, body = path.read_text("utf-8").split("---\n", 2)
        fronts.append(f"---\n{front}---\n\n")
        bodies += [block for block in body.strip().split("\n\n") if block and not block.startswith("#")]
    return fronts, bodies


def write_notes(folder: Path, files: int) -> int:
    """Write plain post-mortems, and give how many bytes they have in all."""
    folder.mkdir()
    chance = random.Random(SEED)
    _, bodies = blocks()
    total = 0
    for number in range(files):
        text = f"# Post-mortem {number}\n\n" + _body(bodies, chance, SIZE - 30)
        total += (folder / f"{number:05}.md").write_bytes(text.encode())
    return total


def write_playbook(folder: Path, files: int) -> None:
    """Write a playbook of reviews: the front matter of one, the paragraphs of all."""
    (folder / "reviews").mkdir(parents=True)
    (folder / "playbook.yml").write_text("title: Measured\n", "utf-8")
    shutil.copytree(ROOT / "playbook/causes", folder / "causes")
    chance = random.Random(SEED)
    fronts, bodies = blocks()
    ours = re.compile("|".join(path.stem for path in (ROOT / "playbook/reviews").glob("*.md")))
    for number in range(files):
        # Reviews that are related are there, as in a playbook that is kept.
        front = ours.sub(lambda _: f"2026-01-01-r{chance.randrange(files):05}", chance.choice(fronts))
        text = front + "## What happened\n\n" + _body(bodies, chance, SIZE - len(front))
        (folder / f"reviews/2026-01-01-r{number:05}.md").write_text(text, "utf-8")


def _body(bodies: Sequence[str], chance: random.Random, size: int) -> str:
    parts: list[str] = []
    while size > 0:
        parts.append(chance.choice(bodies))
        size -= len(parts[-1].encode()) + 2
    return "\n\n".join(parts) + "\n"


if __name__ == "__main__":
    main()
