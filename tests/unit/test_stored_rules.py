"""The shipped rules are kept between runs, and what is kept is never older than the files."""

import csv
import os
import shutil
from pathlib import Path

import pytest

from failforward import shipped
from failforward.checks.wording import Wording
from failforward.model.settings import Settings
from failforward.playbook import default_playbook
from failforward.rulebook import read_rules, stored
from failforward.text.source import Source


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the file that rules are kept in, which is not there yet."""
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return stored.place()


def test_kept_rules_are_those_of_the_files(kept: Path) -> None:
    """A second run gives the same rules as the first, their pages and cases included."""
    assert not kept.exists()
    first = read_rules()
    assert kept.exists()
    second = read_rules()
    for one, other in zip(first, second, strict=True):
        assert one._replace(file=other.file) == other
        assert one.source == other.source
        assert (one.fires, one.silent, one.page) == (other.fires, other.silent, other.page)


def test_the_file_is_what_counts(kept: Path) -> None:
    """What was kept is what a run gives, so a test that reads it sees that it is used."""
    rules = read_rules()
    stored.save(stored.mark_of(shipped.place("rules")), rules[:3])
    assert [rule.id for rule in read_rules()] == [rule.id for rule in rules[:3]]


def test_what_others_kept_long_ago_is_forgotten(kept: Path) -> None:
    """Environments come and go, each with a file of its own; the oldest files go too, and nobody else's."""
    kept.parent.mkdir(parents=True)
    for number in range(40):
        for name in ("rules", "words", "notes"):
            (kept.parent / f"{name}-old-{number:02}").write_bytes(b"")
            os.utime(kept.parent / f"{name}-old-{number:02}", (number, number))
    read_rules()
    names = sorted(path.name for path in kept.parent.iterdir())
    assert kept.name in names
    assert [name for name in names if name.startswith("rules-old")] == [f"rules-old-{year}" for year in range(25, 40)]
    assert len([name for name in names if name.startswith("words-")]) == 16
    assert len([name for name in names if name.startswith("notes-")]) == 40


@pytest.mark.parametrize("change", ["write", "add", "take"])
def test_a_changed_folder_is_read_anew(kept: Path, tmp_path: Path, change: str) -> None:
    """A rule that was edited, added or taken away is never served from what was kept."""
    folder = tmp_path / "rules"
    shutil.copytree(shipped.folder("rules"), folder)
    stored.save(stored.mark_of(str(folder)), read_rules())
    assert stored.load(str(folder), stored.mark_of(str(folder)))
    some = folder / "hindsight.md"
    if change == "write":
        # The same size within the same second: the time of change has nanoseconds.
        some.write_bytes(some.read_bytes().replace(b"a", b"e"))
    elif change == "add":
        shutil.copy(some, folder / "another.md")
    else:
        some.unlink()
    assert stored.load(str(folder), stored.mark_of(str(folder))) is None


@pytest.mark.parametrize("data", [b"", b"\x00", b"not marshal", b"i\x01\x00\x00\x00", b"(\x02\x00\x00\x00NN"])
def test_a_damaged_file_is_no_error(kept: Path, data: bytes) -> None:
    """What cannot be read there is read from the rule files and kept again."""
    kept.parent.mkdir(parents=True)
    kept.write_bytes(data)
    assert len(read_rules()) > 50
    assert kept.read_bytes() != data


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="a superuser may write anywhere")
def test_a_closed_folder_is_no_error(kept: Path) -> None:
    """Where nothing can be kept, the files are read each time."""
    kept.parent.parent.mkdir(mode=0o500)
    assert len(read_rules()) > 50
    assert not kept.exists()


def test_a_file_in_the_way_is_no_error(kept: Path) -> None:
    """A file where the folder should be keeps nothing and hinders nothing."""
    kept.parent.parent.mkdir()
    kept.parent.write_text("in the way")
    assert len(read_rules()) > 50


def test_what_was_kept_finds_what_is_found_anew(kept: Path) -> None:
    """With the tables of an earlier run the same words are found, at the same places, as without."""
    playbook = default_playbook()
    rules = [rule for rule in playbook.rules if rule.kind == "wording"]
    anew, again = Wording(rules, Settings()), Wording(rules, Settings(), playbook.kept)
    assert (anew.engine.anew, again.engine.anew) == (True, False)
    with (Path(__file__).parents[1] / "wording/labelled.tsv").open(encoding="utf-8") as file:
        sentences = [row["sentence"] for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]
    text = "\n\n".join(sentences)
    found, other = ([(rule.id, hit) for rule, hit in ready.of_source(Source("a.md", text))] for ready in (anew, again))
    assert len(found) > 500
    assert other == found


def test_a_house_rule_is_never_judged_by_what_was_kept(kept: Path) -> None:
    """Tables of shipped rules serve when some rules are off, and not when one has been replaced."""
    playbook = default_playbook()
    rules = [rule for rule in playbook.rules if rule.kind == "wording"]
    assert not Wording(rules[3:], Settings(), playbook.kept).engine.anew
    replaced = [rules[0]._replace(house=True), *rules[1:]]
    assert Wording(replaced, Settings(), playbook.kept).engine.anew


def test_every_word_list_is_part_of_the_mark() -> None:
    """A word list that was edited makes what was kept stale, as an edited rule does."""
    marked = {line.partition(" ")[0] for line in stored.mark_of(shipped.place("rules")).split("\n")}
    lists = {path.name for path in (Path(stored.__file__).parents[1] / "checks/wording/lexicon").glob("*.txt")}
    assert lists <= marked
    assert len(lists) > 50
