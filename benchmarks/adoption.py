"""How well old post-mortems are adopted: crashes, words lost, and the share of timelines, dates and follow-ups found.

    python benchmarks/adoption.py [FOLDER] [--misses]

FOLDER holds post-mortems as their authors wrote them. What there is to find is counted here line by line with plain
patterns that share nothing with the importer. A timeline counts as recognised where at least 80 % of its lines that
carry a time became rows with a time.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from failforward.importers import decoded
from failforward.importers.draft import adopt
from failforward.importers.words import lost
from failforward.playbook import default_playbook
from failforward.reviews.read import read_review
from failforward.text.source import Source

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus" / "files"

TIMELINE = re.compile(r"(?i)\b(?:timeline|key events|chronology)\b")
ACTIONS = re.compile(
    r"(?i)^(?:action items?|actions?|review actions|action plan|follow[- ]?ups?.{0,15}|next steps|corrective .*|"
    r"what we.?re doing about it|actions planned|(?:process|technical|documentation) improvements)$"
)
HEADING = re.compile(r"(#{1,6})\s+(.*?)[\s#]*$")
LABEL = re.compile(r"(?:[-*+]\s+)?\*\*([^*]{2,40})\*\*:?\s*$")
MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
CLOCK = r"(?:[01]?\d|2[0-3])(?:[:.][0-5]\d|(?:[:.][0-5]\d)?\s?[ap]\.?m\b)"
DATE = rf"(?:\d{{4}}[-/]\d\d?[-/]\d\d?|\d\d?[-/.]\d\d?[-/.]\d{{4}}|{MONTH}\s+\d\d?\b|\d\d?(?:st|nd|rd|th)?\s+{MONTH})"
BEGINS = re.compile(rf"\s*(?:[-*+]\s+|\d+\.\s+|[|>#]\s*)*[\s*_`\[({{~]*(?:{DATE}|{CLOCK})", re.IGNORECASE)
ENDS = re.compile(r"^\s*[-*+]\s.*\d{4}-\d\d-\d\d \d?\d:\d\d\W*$")
WHOLE_DATE = re.compile(
    rf"(?:19|20)\d\d-?[01]\d-?[0-3]\d(?!\d)|{MONTH}\s+\d\d?(?:st|nd|rd|th)?(?:\s?[-–]\s?\d+)?,?\s+20\d\d"
    rf"|\d\d?(?:st|nd|rd|th)?\s+{MONTH}\s+20\d\d", re.IGNORECASE,
)  # fmt: skip
DATED_LINE = re.compile(r"(?i)^\W*(?:date|started?|incident date|when)\W*:")


@dataclass
class Tally:
    """What there was to find, what was found, and where it was not."""

    there: int = 0
    found: int = 0
    misses: list[str] = field(default_factory=list)

    def count(self, name: str, *, found: bool) -> None:
        """Count one document."""
        self.there += 1
        self.found += found
        if not found:
            self.misses.append(name)

    def __str__(self) -> str:
        """Give the share."""
        return f"{self.found} of {self.there} ({100 * self.found / max(self.there, 1):.0f} %)"


def outside_code(text: str) -> list[str]:
    """Give the lines that stand in no fenced code."""
    lines, inside = [], False
    for line in text.split("\n"):
        if re.match(r"\s*(?:`{3,}[^`]*|~{3,}.*)$", line):
            inside = not inside
        elif not inside:
            lines.append(line)
    return lines


def sections(lines: list[str], title: re.Pattern[str]) -> Iterator[list[str]]:
    """Give the lines below each heading of a kind, up to the next one of its level that is no date or time."""
    for index, line in enumerate(lines):
        heading, label = HEADING.match(line), LABEL.match(line)
        match = heading or label
        if not match or not title.search(match[match.re.groups].strip(" :")):
            continue
        inside = []
        for below in lines[index + 1 :]:
            other = HEADING.match(below)
            ends = other and heading and len(other[1]) <= len(heading[1]) and not BEGINS.match(below)
            if ends or (label and (other or LABEL.match(below) or re.match(r"[-*+]\s+\*\*", below))):
                break
            inside.append(below)
        yield inside


def timeline_lines(lines: list[str]) -> int:
    """Count the lines of the first timeline that begin with a time or date, or end with both."""
    for inside in sections(lines, TIMELINE):
        counted = [line for line in inside if BEGINS.match(line) or ENDS.match(line)]
        if len(counted) >= 2:
            return len(counted)
    return 0


def has_actions(lines: list[str]) -> bool:
    """Tell whether a heading on follow-ups has list items below it."""
    return any(re.match(r"\s*(?:[-*+]|\d+[.)])\s+\w", line) for inside in sections(lines, ACTIONS) for line in inside)


def has_date(name: str, lines: list[str]) -> bool:
    """Tell whether a whole date stands in the file's name, the first heading, or a line or heading on the date."""
    first = next((line for line in lines if line.startswith("# ")), "")
    titled = [line for line in lines[:12] if line.startswith("title:")]
    dated = [line for line in lines[:40] if DATED_LINE.match(line)]
    return any(WHOLE_DATE.search(text) for text in (name, first, *titled, *dated))


def documents(folder: Path) -> Iterator[Path]:
    """Give every file below a folder."""
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def main() -> int:
    """Measure a folder and print the figures; exits 1 where a document crashed or lost a word."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path, default=CORPUS)
    parser.add_argument("--misses", action="store_true", help="name the documents in which something was not found")
    options = parser.parse_args()
    if not options.folder.is_dir():
        print(f"Skipped: there is no folder {options.folder}")
        return 0
    causes = default_playbook().causes
    tallies = {name: Tally() for name in ("timelines", "dates", "follow-ups")}
    crashes, gone, appended, problems = [], Counter[str](), [], Counter[str]()
    seconds = []
    taken: set[str] = set()
    for path in documents(options.folder):
        name = path.relative_to(options.folder).as_posix()
        text, _ = decoded(path.read_bytes())
        began = time.perf_counter()
        try:
            adoption = adopt(Source(name, text), causes=causes, existing=taken)
        except Exception:  # noqa: BLE001 - a crash is what is measured
            crashes.append(name)
            traceback.print_exc()
            continue
        seconds.append(time.perf_counter() - began)
        taken.add(adoption.name)
        gone += lost(text, adoption.text)
        appended += [name] if adoption.whole else []
        problems.update(problem.kind for problem in read_review(Source(adoption.name, adoption.text)).problems)
        lines, found = outside_code(text), adoption.recognised
        if there := timeline_lines(lines):
            tallies["timelines"].count(f"{name} ({found.timed} of {there})", found=found.timed >= 0.8 * there)
        if has_date(path.name, lines):
            tallies["dates"].count(name, found=bool(found.started))
        if has_actions(lines):
            tallies["follow-ups"].count(name, found=bool(found.actions))
    print(f"documents             {len(seconds) + len(crashes)}")
    print(f"crashes               {len(crashes)}")
    print(f"words lost            {gone.total()}")
    print(f"originals appended    {len(appended)}")
    print(f"problems when read    {dict(problems) or 0}")
    for name, tally in tallies.items():
        print(f"{name + ' recognised':21} {tally}")
    if seconds:
        middle = sorted(seconds)[len(seconds) // 2]
        print(f"time per document     median {1000 * middle:.1f} ms, longest {1000 * max(seconds):.0f} ms")
    if options.misses:
        for name, tally in tallies.items():
            print(f"\n{name} not recognised:", *tally.misses, sep="\n  ")
    return 1 if crashes or gone else 0


if __name__ == "__main__":
    sys.exit(main())
