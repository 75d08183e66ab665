"""Findings are kept between runs, and are never other than what a new run would find."""

import json
import os
import struct
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

MakePlaybook = Callable[..., Path]
CommandLine = Callable[..., subprocess.CompletedProcess[str]]
Check = Callable[..., list[tuple[str, str, str]]]
MANY = 60
PLUGINS = Path(__file__).resolve().parents[2] / "plugins"
BLAME = "The operator forgot the lock.\n"


@pytest.fixture
def check(failforward: CommandLine) -> Check:
    """Give a function that checks a folder twice, keeping findings, and once anew: all three must say the same."""

    def run(folder: Path, *options: str, today: str = "2026-10-20") -> list[tuple[str, str, str]]:
        arguments = ("check", *options, "--today", today)
        said = [
            failforward(*arguments, *how, "--output-format", form, cwd=folder).stdout
            for form in ("json", "text", "sarif")
            for how in (("--no-cache",), ("--cache",), ("--cache",))
        ]
        assert said[0] == said[1] == said[2]
        assert said[3] == said[4] == said[5]
        assert said[6] == said[7] == said[8]
        return [(finding["path"], finding["rule"], finding["severity"]) for finding in json.loads(said[0])]

    return run


@pytest.fixture
def playbook(make_playbook: MakePlaybook, complete_review: str) -> Path:
    """Give a playbook large enough that findings are kept: one review links to another, to a cause and to evidence."""
    linked = complete_review.replace("one shared page", "[a](r-01.md) [b](../evidence/a.txt)")
    assert linked != complete_review
    reviews = {f"reviews/r-{number:02}.md": complete_review for number in range(MANY)}
    causes = {
        f"causes/{name}.md": f"---\ntitle: {name}\ngroup: g\nsummary: S.\n---\n"
        for name in ("untested-path", "missing-alert")
    }
    return make_playbook({**reviews, **causes, "reviews/r-00.md": linked, "evidence/a.txt": "x"})


def kept(folder: Path) -> list[Path]:
    """Give the files in which findings are kept."""
    return sorted(folder.glob(".cache/failforward/*.json"))


def test_each_thing_that_findings_depend_on_counts(check: Check, playbook: Path, complete_review: str) -> None:
    """A change of the review, another review's id, a cause, evidence, a setting, a rule or the day is seen at once."""
    assert check(playbook) == []
    assert len(kept(playbook)) == 1
    evidence = playbook / "evidence/a.txt"
    evidence.unlink()
    assert [rule for _, rule, _ in check(playbook)] == ["missing-evidence"]
    evidence.write_bytes(b"x" * 3_000_000)
    assert [rule for _, rule, _ in check(playbook)] == ["heavy-evidence"]
    evidence.write_text("x", "utf-8")
    (playbook / "reviews/r-01.md").rename(playbook / "reviews/s-01.md")
    assert [rule for _, rule, _ in check(playbook)] == ["broken-link"]
    (playbook / "reviews/s-01.md").rename(playbook / "reviews/r-01.md")
    cause = playbook / "causes/missing-alert.md"
    cause.rename(playbook / "causes/other.md")
    assert {rule for _, rule, _ in check(playbook)} == {"unknown-cause"}
    (playbook / "causes/other.md").rename(cause)
    assert check(playbook) == []
    settings = playbook / "playbook.yml"
    settings.write_text("title: Ours\nclocks: {debrief_hours: 1}\n", "utf-8")
    assert {rule for _, rule, _ in check(playbook)} == {"late-debrief"}
    settings.write_text("title: Ours\nclocks: {debrief_hours: 1}\nrules: {late-debrief: off}\n", "utf-8")
    assert check(playbook) == []
    settings.write_text("title: Ours\n", "utf-8")
    assert {rule for _, rule, _ in check(playbook, today="2026-09-01")} == {"time-in-the-future"}
    (playbook / "rules").mkdir()
    rule = "---\nkind: sections\ntest: required\nseverity: {}\nmessage: a\n---\n"
    (playbook / "rules/missing-section.md").write_text(rule.format("advice"), "utf-8")
    text = complete_review.replace("## What worked", "## Something else")
    (playbook / "reviews/r-02.md").write_text(text, "utf-8")
    assert ("reviews/r-02.md", "missing-section", "advice") in check(playbook)
    (playbook / "rules/missing-section.md").write_text(rule.format("error"), "utf-8")
    assert ("reviews/r-02.md", "missing-section", "error") in check(playbook)


def test_nothing_is_read_where_nothing_has_changed(failforward: CommandLine, playbook: Path) -> None:
    """The second run gives what was kept: this test plants another answer and is given it."""
    failforward("check", "--today", "2026-10-20", cwd=playbook)
    (entry,) = kept(playbook)
    finding = ["wrong-form", "error", "reviews/r-00.md", 2, 1, 2, 3, "a", "planted", "b", None]
    entry.write_text(json.dumps({"findings": [finding], "paths": ["reviews/r-00.md"]}), "utf-8")
    assert "planted" in failforward("check", "--today", "2026-10-20", cwd=playbook).stdout
    assert "planted" not in failforward("check", "--today", "2026-10-20", "--no-cache", cwd=playbook).stdout
    in_ci = failforward("check", "--today", "2026-10-20", cwd=playbook, environment={"CI": "true"})
    assert "planted" not in in_ci.stdout


HOLIDAYS = """
class Days:
    start_year, end_year = 1950, 2050

    def __contains__(self, day):
        return day.isoformat() in {known}

def list_supported_countries():
    return {{"DE": ()}}

def country_holidays(country, subdiv=None):
    return Days()
"""


@pytest.fixture
def late(program: CommandLine, tmp_path: Path) -> Callable[[], list[int]]:
    """Give a function that counts late debriefs, keeping findings and anew, with what `first` has as libraries."""

    def count() -> list[int]:
        given = {"PYTHONPATH": f"{tmp_path / 'first'}{os.pathsep}{PLUGINS}", "PYTHONTZPATH": str(tmp_path / "zones")}
        arguments = ("check", "--select", "late-debrief", "--today", "2026-10-20", "--output-format", "json")
        return [
            len(json.loads(program(*arguments, how, cwd=tmp_path / "playbook", environment=given).stdout))
            for how in ("--cache", "--no-cache")
        ]

    return count


def test_another_release_of_the_holidays_counts(late: Callable[[], list[int]], playbook: Path, tmp_path: Path) -> None:
    """A holiday that the library has only just learnt of is a holiday at once."""
    clocks = "clocks: {working_days: true, holidays: [DE], debrief_hours: 24}\n"
    (playbook / "playbook.yml").write_text(clocks, "utf-8")
    for path in playbook.glob("reviews/*.md"):
        path.write_text(path.read_text("utf-8").replace("debrief: 2026-10-03", "debrief: 2026-10-06"), "utf-8")
    library = tmp_path / "first/holidays"
    library.mkdir(parents=True)
    for known, wanted in (("()", MANY), ("('2026-10-05',)", 0), ("()", MANY)):
        (library / "__init__.py").write_text(HOLIDAYS.format(known=known), "utf-8")
        assert late() == [wanted, wanted]


def test_what_the_system_knows_of_a_zone_counts(late: Callable[[], list[int]], playbook: Path, tmp_path: Path) -> None:
    """Where the time zone of the settings has other hours since an update, the clocks go by them at once."""
    clocks = "clocks: {working_days: true, zone: Etc/Ours, debrief_hours: 12}\n"
    (playbook / "playbook.yml").write_text(clocks, "utf-8")
    zones = tmp_path / "zones/Etc"
    zones.mkdir(parents=True)
    for hours, wanted in ((2, 0), (-10, MANY)):
        # A file of the system's zones: one offset for all times.
        counts = struct.pack(">6l", 0, 0, 0, 0, 1, 4)
        (zones / "Ours").write_bytes(b"TZif" + bytes(16) + counts + struct.pack(">lBB", hours * 3600, 0, 0) + b"OUR\0")
        assert late() == [wanted, wanted]


@pytest.mark.parametrize(
    "text", ["", "[]", "{", '{"findings": 1}', '{"findings": [["a"]]}', '{"findings": [], "paths": 1}']
)
def test_what_cannot_be_read_is_found_anew(failforward: CommandLine, playbook: Path, text: str) -> None:
    """A broken entry is no entry. The causes are read as well."""
    failforward("check", "--today", "2026-10-20", cwd=playbook)
    (entry,) = kept(playbook)
    entry.write_text(text, "utf-8")
    done = failforward("check", "--today", "2026-10-20", cwd=playbook)
    assert (done.returncode, done.stdout) == (0, f"{MANY + 2} files checked: no findings.\n")


def test_where_nothing_can_be_kept_all_is_found(failforward: CommandLine, playbook: Path) -> None:
    """A folder that cannot be made is no reason to stop."""
    (playbook / ".cache").write_text("", "utf-8")
    assert failforward("check", "--today", "2026-10-20", cwd=playbook).returncode == 0


def test_git_ignores_what_is_kept(failforward: CommandLine, playbook: Path) -> None:
    """Kept findings are nobody's commit, and few stay there."""
    subprocess.run(["git", "init", "--quiet"], cwd=playbook, check=True)
    for day in range(1, 13):
        failforward("check", "--today", f"2026-10-{day + 10}", cwd=playbook)
    shown = subprocess.run(
        ["git", "status", "--porcelain", "--untracked-files=all"], cwd=playbook, check=True, capture_output=True
    )
    assert b".cache" not in shown.stdout
    assert 0 < len(kept(playbook)) <= 8


def test_few_files_leave_no_trace(failforward: CommandLine, tmp_path: Path) -> None:
    """A handful of files is read faster than looked up, so nothing is written beside them."""
    (tmp_path / "a.md").write_text(BLAME, "utf-8")
    failforward("check", "--only-wording", ".", cwd=tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["a.md"]


def test_wording_is_kept_file_by_file(check: Check, tmp_path: Path) -> None:
    """A file that changed is read again, the others are not; names, rules that are chosen and settings count."""
    for number in range(MANY):
        (tmp_path / f"n-{number:02}.md").write_text(f"# {number}\n\n{BLAME if number < 2 else 'Nothing.'}\n", "utf-8")
    both = check(tmp_path, "--only-wording", ".")
    assert {path for path, _, _ in both} == {"n-00.md", "n-01.md"}
    (tmp_path / "n-00.md").write_text("Nothing.\n", "utf-8")
    (tmp_path / "n-02.md").write_text(f"---\nstatus: draft\n---\n{BLAME}", "utf-8")
    found = check(tmp_path, "--only-wording", ".")
    assert {path for path, _, _ in found} == {"n-01.md", "n-02.md"}
    assert {severity for path, _, severity in found if path == "n-02.md"} == {"warning"}
    (tmp_path / "n-01.md").rename(tmp_path / "m.md")
    found = check(tmp_path, "--only-wording", ".")
    assert {path for path, _, _ in found} == {"m.md", "n-02.md"}
    rule = found[0][1]
    assert check(tmp_path, "--only-wording", "--ignore", ",".join({rule for _, rule, _ in found}), ".") == []
    (tmp_path / "playbook.yml").write_text(f"rules: {{{rule}: advice}}\n", "utf-8")
    assert ("m.md", rule, "advice") in check(tmp_path, "--only-wording", ".")


def test_where_a_file_lies_counts(check: Check, make_playbook: MakePlaybook) -> None:
    """Files of one name and text, each seen from its own folder, keep the levels of their own folders."""
    years = ("2018", "2019")
    files = {f"reviews/{year}/n-{number:02}.md": BLAME for year in years for number in range(MANY)}
    root = make_playbook(files, "paths: {reviews/2019: {rules: {mistake-by-person: off}}}\n")
    for year, wanted in (("2018", MANY), ("2019", 0), ("2018", MANY)):
        assert len(check(root / "reviews" / year, "--only-wording", "--select", "mistake-by-person", ".")) == wanted
    settings = root / "playbook.yml"
    settings.write_text(settings.read_text("utf-8").replace("2019", "2018"), "utf-8")
    assert len(check(root / "reviews/2019", "--only-wording", "--select", "mistake-by-person", ".")) == MANY


@pytest.mark.parametrize("how", ["--cache", "--no-cache"])
def test_several_cores_say_what_one_says(failforward: CommandLine, tmp_path: Path, how: str) -> None:
    """Many files are read by several processes; the report is the same as that of one file after the other."""
    for number in range(320):
        (tmp_path / f"{number:03}.md").write_text(BLAME if number % 7 == 0 else "Nothing.\n", "utf-8")
    (tmp_path / "bad.md").write_bytes(b"\xff")
    arguments = ("check", "--only-wording", "--output-format", "json")
    together = json.loads(failforward(*arguments, how, ".", cwd=tmp_path).stdout)
    alone = [
        finding
        for first in range(0, 320, 40)
        for finding in json.loads(
            failforward(*arguments, *(f"{number:03}.md" for number in range(first, first + 40)), cwd=tmp_path).stdout
        )
    ]
    assert [finding for finding in together if finding["path"] != "bad.md"] == alone
    assert [finding["rule"] for finding in together if finding["path"] == "bad.md"] == ["unreadable-file"]
