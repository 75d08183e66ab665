"""The page of figures has the form of what the benchmarks print, so that each command fills its own table."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest


@pytest.fixture
def tables(root: Path) -> dict[str, str]:
    """Give what stands between the markers of the page, by name."""
    page = (root / "playbook/docs/measured.md").read_text("utf-8")
    return dict(re.findall(r"<!-- measured: (\w+) -->\n\n(.*?)\n\n<!-- /measured -->", page, re.DOTALL))


def test_each_family_is_shown(root: Path, tables: dict[str, str]) -> None:
    """Every family and class of the labelled sentences has a row with its figures."""
    with (root / "tests/wording/labelled.tsv").open(encoding="utf-8") as file:
        families = {row["family"] for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)}
    shown = set(re.findall(r"^\| ([a-z-]+) \| \d+ of \d+ \|", tables["accuracy"], re.MULTILINE))
    assert shown == families
    assert len(re.findall(r"^\| .* \| [01]\.\d{3} \| [01]\.\d{3} \|$", tables["accuracy"], re.MULTILINE)) == 4


def test_the_speed_table_is_what_the_benchmark_prints(root: Path, tables: dict[str, str]) -> None:
    """The columns are those of the command; each of ours and of the others has a row."""
    script = (root / "benchmarks/speed.py").read_text("utf-8")
    head = next(line for line in tables["speed"].split("\n") if line.startswith("| what"))
    assert head in script
    for name in ("check --only-wording, one core", "check --only-wording, uncompiled",
                 "check, structure and wording, one core", "write-good", "alex", "proselint"):  # fmt: skip
        assert re.search(rf"^\| {re.escape(name)} \| \d+ \| \d+\.\d{{3}} \|", tables["speed"], re.MULTILINE), name


def test_the_versions_are_those_that_are_installed(root: Path) -> None:
    """The page names the versions that `make bench` installs."""
    page = (root / "playbook/docs/measured.md").read_text("utf-8")
    named = dict(re.findall(r"(write-good|alex|proselint) (\d+\.\d+\.\d+)", page))
    package = (root / "benchmarks/others/package.json").read_text("utf-8")
    assert named["write-good"] == re.findall(r'"write-good": "([\d.]+)"', package)[0]
    assert named["alex"] == re.findall(r'"alex": "([\d.]+)"', package)[0]
    assert f"proselint=={named['proselint']} " in (root / "benchmarks/others/requirements.txt").read_text("utf-8")
