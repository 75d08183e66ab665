"""How well similar failures are found: how often the first five share the group of their cause, beside two baselines.

    python benchmarks/similarity.py [FOLDER]

FOLDER holds causes.tsv (repo, path, primary_cause as group/class) and the documents as their authors wrote them, below
files/OWNER+NAME/PATH. They are adopted in memory and taken for published. The labels are used for counting alone: the
ranking sees the text, the causes that adopting suggested, and the tags that the authors gave.
"""

from __future__ import annotations

import argparse
import csv
import random
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from failforward import similarity
from failforward.importers import adopt, decoded
from failforward.model.playbook import Playbook
from failforward.model.review import Review
from failforward.playbook import default_playbook
from failforward.reviews.read import read_review
from failforward.text.source import Source

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus"
FIRST = 5
DRAWS = 1000
TODAY = date(2026, 1, 1)
# A label that says that the cause is not known makes nobody similar.
UNKNOWN = "unknown"


@dataclass(frozen=True)
class Document:
    """An adopted document with what its readers said the cause was."""

    repo: str
    group: str
    cause: str
    review: Review


# A ranking gives, for a document's place, the places of the others, best first.
Ranker = Callable[[int], Sequence[int]]


def documents(folder: Path) -> list[Document]:
    """Adopt every document that causes.tsv names."""
    causes = default_playbook().causes
    taken: set[str] = set()
    found = []
    with (folder / "causes.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            path = folder / "files" / row["repo"].replace("/", "+") / row["path"]
            text, _ = decoded(path.read_bytes())
            adoption = adopt(Source(row["path"], text), causes=causes, existing=taken)
            taken.add(adoption.name)
            review = replace(read_review(Source(f"reviews/{adoption.name}", adoption.text)), status="reviewed")
            group, _, cause = row["primary_cause"].partition("/")
            found.append(Document(row["repo"], group, cause, review))
    return found


def by_failforward(found: Sequence[Document], weights: dict[str, float]) -> Ranker:
    """Rank as `failforward similar` does, with some of its parts switched off."""
    playbook = Playbook(reviews=tuple(each.review for each in found), causes=default_playbook().causes)
    shelf = similarity.Shelf(playbook, TODAY, dict.fromkeys(similarity.WEIGHTS, 0.0) | weights)
    places = {each.review.path: place for place, each in enumerate(found)}
    # All are ranked for each: which of two documents is the older one says nothing about how alike they are.
    everything = (shelf.similar(one.review, len(found), least=0.0, period="ever") for one in found)
    ranked = [[places[each.review.path] for each in similar] for similar in everything]
    return lambda place: ranked[place]


def by_tags(found: Sequence[Document], luck: random.Random) -> Ranker:
    """Rank by the share of tags in common; luck decides between equals."""
    tags = [frozenset(each.review.tags) for each in found]

    def ranked(place: int) -> list[int]:
        others = [other for other in range(len(found)) if other != place]
        luck.shuffle(others)
        return sorted(
            others, key=lambda other: -len(tags[place] & tags[other]) / max(1, len(tags[place] | tags[other]))
        )

    return ranked


def by_luck(found: Sequence[Document], luck: random.Random) -> Ranker:
    """Rank without looking."""

    def ranked(place: int) -> list[int]:
        others = [other for other in range(len(found)) if other != place]
        luck.shuffle(others)
        return others

    return ranked


def measure(found: Sequence[Document], ranker: Ranker, *, elsewhere: bool) -> tuple[float, float, float]:
    """Give the mean precision at five for the group, the share with a hit at all, and the precision for the class.

    `elsewhere` leaves the documents of the same repository out, which resemble each other in form and words.
    """
    precise = hit = classes = asked = 0.0
    for place, one in enumerate(found):
        if one.group == UNKNOWN:
            continue
        others = (found[other] for other in ranker(place))
        first = [other for other in others if not elsewhere or other.repo != one.repo][:FIRST]
        same = sum(other.group == one.group for other in first)
        precise += same / FIRST
        hit += same > 0
        classes += sum((other.group, other.cause) == (one.group, one.cause) for other in first) / FIRST
        asked += 1
    return precise / asked, hit / asked, classes / asked


def averaged(
    found: Sequence[Document],
    make: Callable[[Sequence[Document], random.Random], Ranker],
    *,
    elsewhere: bool,
    draws: int,
) -> tuple[float, ...]:
    """Give the mean of many draws of a ranking in which luck plays a part; the seeds are fixed."""
    results = [measure(found, make(found, random.Random(seed)), elsewhere=elsewhere) for seed in range(draws)]
    return tuple(sum(column) / len(results) for column in zip(*results, strict=True))


def main() -> int:
    """Measure a folder and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path, default=CORPUS)
    parser.add_argument("--draws", type=int, default=DRAWS, help="how often luck is tried")
    options = parser.parse_args()
    if not (options.folder / "causes.tsv").is_file():
        print(f"Skipped: there is no {options.folder / 'causes.tsv'}")
        return 0
    found = documents(options.folder)
    asked = sum(each.group != UNKNOWN for each in found)
    began = time.perf_counter()
    parts = dict(similarity.WEIGHTS)
    rankers = {
        "text alone": by_failforward(found, {"words": parts["words"]}),
        "causes alone": by_failforward(found, {name: parts[name] for name in ("causes", "groups")}),
        "text and hints": by_failforward(found, {name: parts[name] for name in ("words", "hints", "hinted-groups")}),
        "failforward similar": by_failforward(found, parts),
    }
    seconds = (time.perf_counter() - began) / len(rankers)
    print(f"{len(found)} documents, {asked} with a known cause; the first {FIRST} of each ranking")
    for elsewhere in (False, True):
        print("\nonly documents of other repositories" if elsewhere else "\nall documents")
        print(f"{'':22}{'precision':>10}{'any hit':>10}{'class':>10}")
        lines = {
            f"luck ({options.draws} draws)": averaged(found, by_luck, elsewhere=elsewhere, draws=options.draws),
            "tags in common": averaged(found, by_tags, elsewhere=elsewhere, draws=max(1, options.draws // 50)),
        }
        lines |= {name: measure(found, ranker, elsewhere=elsewhere) for name, ranker in rankers.items()}
        for name, figures in lines.items():
            print(f"{name:22}" + "".join(f"{100 * figure:8.1f} %" for figure in figures))
    print(f"\nranking all against all takes {seconds:.1f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
