"""The wording rules keep their figures on our own labelled sentences."""

from __future__ import annotations

import csv
import shutil
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


def test_a_rule_less_is_seen(tmp_path: Path) -> None:
    """Without one of the larger rules the figures lie below their thresholds, and the command ends with 1."""
    copy = tmp_path / "failforward"
    for part in ("plugins", "playbook/rules", "playbook/causes", "scaffold", "benchmarks", "tests/wording"):
        shutil.copytree(ROOT / part, copy / part, ignore=shutil.ignore_patterns("__pycache__"))
    (copy / "playbook/rules/mistake-by-team.md").unlink()
    script = copy / "benchmarks/wording.py"
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "below the threshold: recall" in done.stderr


def test_no_sentence_that_is_held_out_was_learned_from() -> None:
    """What is held out stands in no other set."""
    learned, held_out = (
        {row.rpartition("\t")[2] for row in (ROOT / f"tests/wording/{name}.tsv").read_text("utf-8").splitlines()[1:]}
        for name in ("labelled", "held_out")
    )
    assert len(held_out) >= 200
    assert not learned & held_out


def test_the_labelled_sentences_are_many_and_balanced() -> None:
    """There are at least 1,500 sentences, none twice, and about as many that blame as that do not."""
    with (ROOT / "tests/wording/labelled.tsv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    sentences = [row["sentence"] for row in rows]
    assert len(sentences) >= 1500
    assert len(set(sentences)) == len(sentences)
    labels = Counter(row["label"] for row in rows)
    assert 0.4 <= labels["blame"] / len(rows) <= 0.6
    assert {row["severity"] for row in rows if row["label"] == "blame"} == {"error", "warning", "advice"}
