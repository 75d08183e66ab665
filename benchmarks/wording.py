"""How well the wording rules tell blame from what only looks like it: precision and recall, by family.

    python benchmarks/wording.py                 # on tests/wording/labelled.tsv; ends with 1 below the thresholds
    python benchmarks/wording.py --misses        # and lists what is missed and what is flagged wrongly
    python benchmarks/wording.py --write         # and puts the figures into playbook/docs/measured.md
    python benchmarks/wording.py --corpus DIR    # on documents with labels.tsv and CATALOG.tsv (columns in docs)

The labelled sentences are our own: half of them blame, half of them hold the same words and blame nobody. Those in
tests/wording/held_out.tsv were labelled before any rule read them, and no rule was changed for one of them since. They
are written as the rules' own author writes: of other people's documents expect a recall some 0.1 to 0.2 lower.
"""

from __future__ import annotations

import argparse
import collections
import csv
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "plugins"))

from failforward.checks.wording import Wording  # noqa: E402
from failforward.model.settings import Settings  # noqa: E402
from failforward.playbook import default_playbook  # noqa: E402
from failforward.text.source import Source, normalised  # noqa: E402

LABELLED = ROOT / "tests/wording/labelled.tsv"
HELD_OUT = ROOT / "tests/wording/held_out.tsv"
PLACES = {"text": "{}\n", "action": "## Action items\n\n- {}\n", "heading": "## {}\n"}
# Just under what is reached, so that a change that costs something is seen.
LEAST = {"precision": 0.98, "recall": 0.925, "precision_error_warning": 0.99, "hard_negatives_silent": 0.975}
LEAST_HELD_OUT = {"precision": 0.98, "recall": 0.855, "precision_error_warning": 0.98, "hard_negatives_silent": 0.98}
LEAST_BY_FAMILY = 0.87

PAGE = ROOT / "playbook/docs/measured.md"
_WORDS = {
    "precision": "precision: of what is found, how much blames",
    "recall": "recall: of what blames, how much is found",
    "precision_error_warning": "precision of errors and warnings",
    "hard_negatives_silent": "sentences without blame that are left alone",
}

Row = dict[str, str]
# Label and family → how many were judged right, of how many.
Families = dict[str, tuple[int, int]]


def read(path: Path) -> list[Row]:
    """Read a table with tabs."""
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def wording() -> Wording:
    """Give the shipped rules made ready."""
    return Wording([rule for rule in default_playbook().rules if rule.kind == "wording"], Settings())


def findings(ready: Wording, row: Row) -> list[str]:
    """Give the severities found in a labelled sentence."""
    text = PLACES[row["place"]].format(row["sentence"])
    return [rule.worst for rule, _ in ready.of_source(Source("sentence.md", text))]


def measure(
    ready: Wording, rows: list[Row], *, list_misses: bool = False
) -> tuple[dict[str, float], Families]:
    """Give the figures, and for each family how many of how many were judged right."""
    families: dict[str, list[int]] = collections.defaultdict(lambda: [0, 0])
    counts = collections.Counter[str]()
    for row in rows:
        found = findings(ready, row)
        blame = row["label"] == "blame"
        right = bool(found) == blame
        family = families[f"{row['label']:5} {row['family']}"]
        family[0] += right
        family[1] += 1
        counts[row["label"]] += 1
        counts[f"{row['label']} right"] += right
        counts["found right"] += len(found) * blame
        counts["found"] += len(found)
        strong = sum(severity != "advice" for severity in found)
        counts["strong right"] += strong * blame
        counts["strong"] += strong
        if list_misses and not right:
            print(f"  {'missed' if blame else 'flagged'}  [{row['family']}] {row['sentence']}")
    figures = {
        "precision": counts["found right"] / max(counts["found"], 1),
        "recall": counts["blame right"] / max(counts["blame"], 1),
        "precision_error_warning": counts["strong right"] / max(counts["strong"], 1),
        "hard_negatives_silent": counts["ok right"] / max(counts["ok"], 1),
    }
    return figures, {name: (right, total) for name, (right, total) in sorted(families.items())}


def below(figures: dict[str, float], least: dict[str, float], families: Families) -> Iterator[str]:
    """Give what lies below its threshold; families of few sentences are told by the whole."""
    for name, value in least.items():
        if figures[name] < value:
            yield f"{name} {figures[name]:.3f} < {value}"
    for name, (right, total) in families.items():
        if right / total < LEAST_BY_FAMILY:
            yield f"{name.strip()} {right}/{total} < {LEAST_BY_FAMILY}"


def show(figures: dict[str, float], families: Families) -> None:
    """Print the figures, and those of each family."""
    for name, value in figures.items():
        print(f"{name:24} {value:.3f}")
    for name, (right, total) in families.items():
        print(f"  {name:28} {right:3} / {total}")


def tables(measured: list[tuple[dict[str, float], Families]]) -> str:
    """Give the figures on both sets, and those of each family, as Markdown."""
    (learned, families), (held_out, others) = measured
    lines = ["| figure | learned from | held out |", "| --- | --- | --- |"]
    lines += [f"| {_WORDS[name]} | {value:.3f} | {held_out[name]:.3f} |" for name, value in learned.items()]
    for label, head in (("blame", "blame, by family | found"), ("ok", "no blame, by class | left alone")):
        lines += ["", f"| {head} | held out |", "| --- | --- | --- |"]
        for name in families:
            if name.startswith(label):
                counts = (families[name], others.get(name, (0, 0)))
                cells = " | ".join(f"{right} of {total}" if total else "none" for right, total in counts)
                lines.append(f"| {name[6:]} | {cells} |")
    return "\n".join(lines)


def write(page: Path, measured: list[tuple[dict[str, float], Families]]) -> None:
    """Put the tables between the markers of a page."""
    before, begins, rest = page.read_text("utf-8").partition("<!-- measured: accuracy -->\n")
    _, ends, after = rest.partition("\n<!-- /measured -->")
    page.write_text(f"{before}{begins}\n{tables(measured)}\n{ends}{after}", "utf-8")


def corpus(ready: Wording, folder: Path) -> None:
    """Print precision and recall on documents that were labelled by reading them wholly."""
    wholly = {(row["repo"], row["path"]) for row in read(folder / "CATALOG.tsv") if row["wholly_read"] == "y"}
    labels = [
        row for row in read(folder / "labels.tsv") if row["label"] == "blame" and (row["repo"], row["path"]) in wholly
    ]
    right = found = caught = 0
    for key in sorted(wholly):
        path = folder / "files" / key[0].replace("/", "+") / key[1]
        if not path.is_file():
            continue
        source = Source(str(path), normalised(path.read_text("utf-8")))
        hits = [(source.position(hit.span.start), source.position(hit.span.end)) for _, hit in ready.of_source(source)]
        spans = [
            ((int(row["line"]), int(row["column"])), (int(row["end_line"]), int(row["end_column"])))
            for row in labels if (row["repo"], row["path"]) == key
        ]  # fmt: skip
        places = [((a.line, a.column), (b.line, b.column)) for a, b in hits]
        found += len(places)
        right += sum(any(a < end and b > start for start, end in spans) for a, b in places)
        caught += sum(any(a < end and b > start for a, b in places) for start, end in spans)
    print(f"documents {len(wholly)}  findings {found}")
    print(f"precision {right / max(found, 1):.3f}  recall {caught / max(len(labels), 1):.3f}")


def main() -> int:
    """Measure, print, and say whether the thresholds hold."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--misses", action="store_true", help="list what is judged wrongly")
    parser.add_argument("--write", action="store_true", help="put the figures into the page of the guide")
    parser.add_argument("--corpus", type=Path, help="a folder with labels.tsv, CATALOG.tsv and files/")
    arguments = parser.parse_args()
    ready = wording()
    if arguments.corpus:
        corpus(ready, arguments.corpus)
        return 0
    figures, families = measure(ready, read(LABELLED), list_misses=arguments.misses)
    show(figures, families)
    held_out, held_out_families = measure(ready, read(HELD_OUT))
    print("\nheld out")
    show(held_out, held_out_families)
    if arguments.write:
        write(PAGE, [(figures, families), (held_out, held_out_families)])
    failures = [*below(figures, LEAST, families), *below(held_out, LEAST_HELD_OUT, {})]
    for failure in failures:
        print(f"below the threshold: {failure}", file=sys.stderr)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
