"""The wording rules keep their figures on our own labelled sentences."""

from __future__ import annotations

import csv
import subprocess
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_benchmark_reaches_its_thresholds() -> None:
    """The command that prints precision and recall by family ends with 0."""
    script = ROOT / "benchmarks/wording.py"
    done = subprocess.run([sys.executable, str(script), "--misses"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_labelled_sentences_are_many_and_balanced() -> None:
    """There are at least 400 sentences, none twice, and about as many that blame as that do not."""
    with (ROOT / "tests/wording/labelled.tsv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    sentences = [row["sentence"] for row in rows]
    assert len(sentences) >= 400
    assert len(set(sentences)) == len(sentences)
    labels = Counter(row["label"] for row in rows)
    assert 0.4 <= labels["blame"] / len(rows) <= 0.6
    assert {row["severity"] for row in rows if row["label"] == "blame"} == {"error", "warning", "advice"}
