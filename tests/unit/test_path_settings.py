"""Settings for some files alone, and a team's own words for people."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from failforward import index, pages
from failforward.errors import SettingError
from failforward.model.path_settings import matches
from failforward.playbook import read_playbook
from failforward.settings import read_settings
from failforward.text.source import Source

CommandLine = Callable[..., subprocess.CompletedProcess[str]]
MakePlaybook = Callable[..., Path]
REVIEW = "---\ntitle: A\nkind: incident\nstatus: reviewed\n---\n\n## In short\n\n{}\n"
BLAME = "The engineer should have looked. It was our fault."
BOTH = ("counterfactual-person", "fault-words")


@pytest.mark.parametrize(
    ("pattern", "path", "meant"),
    [
        ("reviews/2019/**", "reviews/2019/a.md", True),
        ("reviews/2019/**", "reviews/2019/b/a.md", True),
        ("reviews/2019/**", "reviews/20190/a.md", False),
        ("reviews/2019", "reviews/2019/a.md", True),
        ("reviews/2019/", "reviews/2019/a.md", True),
        ("reviews/2019-*", "reviews/2019-01-02-a.md", True),
        ("reviews/2019-*", "reviews/old/2019-01-02-a.md", False),
        ("**/2019-*.md", "reviews/old/2019-01-02-a.md", True),
        ("**/2019-*.md", "2019-01-02-a.md", True),
        ("*.yml", "risks.yml", True),
        ("*.yml", "docs/risks.yml", False),
        ("risks.?ml", "risks.yml", True),
        ("reviews/a.md", "reviews/a.md", True),
        ("reviews/a.md", "reviews/axmd", False),
        ("**", "a/b/c.md", True),
        ("reviews/**/a.md", "reviews/a.md", True),
        ("reviews/**/a.md", "reviews/x/y/a.md", True),
        ("reviews/[a].md", "reviews/a.md", False),
    ],
)
def test_what_a_pattern_means(pattern: str, path: str, meant: bool) -> None:
    """`*` stays within a name, `**` crosses folders, a folder means all below it; nothing else is special."""
    assert matches(pattern, path) is meant


def test_a_pattern_takes_no_time() -> None:
    """A hostile pattern of many stars is answered at once."""
    assert not matches("*a" * 12 + "b", "a" * 60)


def found(failforward: CommandLine, folder: Path, *arguments: str) -> list[tuple[str, str, str]]:
    """Give the path, the rule and the severity of what two rules find."""
    chosen = ("--select", ",".join(BOTH), "--output-format", "json")
    done = failforward("check", *arguments, *chosen, cwd=folder)
    return [(each["path"], each["rule"], each["severity"]) for each in json.loads(done.stdout)]


@pytest.fixture
def root(make_playbook: MakePlaybook) -> Path:
    """Give a playbook in which an old and a new review hold the same words."""
    settings = (
        "rules: {fault-words: off}\npaths:\n  reviews/old:\n    preset: relaxed\n    rules: {fault-words: advice}\n"
        "  reviews/old/quiet-*: {rules: {counterfactual-person: off}}\n"
    )
    names = ("reviews/new.md", "reviews/old/a.md", "reviews/old/quiet-b.md")
    return make_playbook({name: REVIEW.format(BLAME) for name in names}, settings)


def test_each_file_has_its_own_levels(failforward: CommandLine, root: Path) -> None:
    """A rule is switched off or on, or re-levelled, and a preset chosen, for some files; the later pattern wins."""
    wanted = [
        ("reviews/new.md", "counterfactual-person", "error"),
        ("reviews/old/a.md", "counterfactual-person", "warning"),
        ("reviews/old/a.md", "fault-words", "advice"),
        ("reviews/old/quiet-b.md", "fault-words", "advice"),
    ]
    assert found(failforward, root) == wanted
    above = [(f"playbook/{path}", rule, severity) for path, rule, severity in wanted]
    assert found(failforward, root.parent) == above
    assert found(failforward, root.parent, "--only-wording", "playbook") == above


def test_a_file_has_its_levels_however_it_is_named(failforward: CommandLine, root: Path) -> None:
    """From each folder and in each spelling of its path, a file of which the wording alone is read has one level."""
    old = root / "reviews/old"
    spellings = [
        (root, "reviews/old/a.md"), (root, "./reviews/../reviews/old"), (root, f"{old}"), (root, f"../{root.name}"),
        (root.parent, f"{root.name}/reviews/old/a.md"), (old, "a.md"), (old, "."), (old, f"{old}/a.md"),
        (root / "reviews", "old/a.md"),
    ]  # fmt: skip
    link = root.parent / "elsewhere"
    link.symlink_to(root)
    for folder, name in [*spellings, (link, "reviews/old/a.md"), (root, f"{link}/reviews/old/a.md")]:
        for how in ("--cache", "--no-cache"):
            levels = {
                (rule, severity)
                for path, rule, severity in found(failforward, folder, "--only-wording", name, how)
                if path.endswith("a.md")
            }
            assert levels == {("counterfactual-person", "warning"), ("fault-words", "advice")}, (folder, name)


@pytest.mark.parametrize("how", [("--only-wording",), ()], ids=["wording", "all"])
def test_files_beside_the_playbook_have_levels_too(failforward: CommandLine, root: Path, how: tuple[str, ...]) -> None:
    """A pattern begins at the playbook's folder, also for files outside of it, wherever people stand."""
    (root.parent / "notes").mkdir()
    notes = root.parent / "notes/reviews.md"
    notes.write_text(f"{BLAME}\n", "utf-8")
    with (root / "playbook.yml").open("a", encoding="utf-8") as settings:
        settings.write("  ../notes: {rules: {counterfactual-person: off}}\n")
    for folder, name in ((root.parent, "notes/reviews.md"), (root, str(notes)), (root / "reviews", "../../notes")):
        assert found(failforward, folder, name, *how, "--playbook", str(root)) == []


def test_a_playbook_in_a_folder_named_like_one_of_its_own(failforward: CommandLine, tmp_path: Path) -> None:
    """Where the playbook's folder is called `reviews` too, a pattern still begins inside of it."""
    old = tmp_path / "reviews/reviews/old"
    old.mkdir(parents=True)
    (tmp_path / "reviews/playbook.yml").write_text("paths: {reviews/old: {rules: {fault-words: off}}}\n", "utf-8")
    (old / "a.md").write_text(REVIEW.format("It was our fault."), "utf-8")
    for arguments in (("reviews",), ("--only-wording", "--playbook", "reviews", "reviews")):
        assert found(failforward, tmp_path, *arguments) == []


def test_a_comment_on_a_rule_that_is_off_here_is_no_news(failforward: CommandLine, make_playbook: MakePlaybook) -> None:
    """What an allow comment keeps may be off for the file: then the comment is neither used nor unused."""
    text = REVIEW.format("<!-- allow fault-words: why -->\nIt was our fault.")
    root = make_playbook({"reviews/a.md": text}, "paths: {reviews: {rules: {fault-words: off}}}\n")
    assert "unused-allow" not in failforward("check", cwd=root).stdout


@pytest.mark.parametrize(
    ("text", "line", "message", "remedy"),
    [
        ("paths: [a]", 1, "paths cannot be read", "Write lines of the form `reviews/2019/**: {rules"),
        ("paths:\n  a:\n    rule: {x: off}", 3, "paths cannot be read", "Write rules: or preset: below “a”."),
        ("paths:\n  a: {rules: {x: loud}}", 2, "paths cannot be read", "Write one of off, advice"),
        ("paths:\n  a: {preset: x}", 2, "paths cannot be read", "Write one of relaxed"),
        ("words: [a]", 1, "words cannot be read", "Write lists of words below roles, teams, users."),
        ("words: {rolls: [a]}", 1, "words cannot be read", "Write lists of words below roles, teams, users."),
        ("words:\n  teams: [blue crew]", 2, "words cannot be read", "Write each of teams as one word of letters"),
        ("words:\n  roles: [a b c]", 2, "words cannot be read", "Write each of roles as one or two words"),
        ("words:\n  users: ['<user>']", 2, "words cannot be read", "Write each of users as one word"),
    ],
)
def test_what_cannot_be_used_is_an_error(text: str, line: int, message: str, remedy: str) -> None:
    """The error names the line and the remedy."""
    with pytest.raises(SettingError) as caught:
        read_settings(Source("playbook.yml", text))
    assert (caught.value.line, caught.value.message) == (line, message)
    assert caught.value.remedy.startswith(remedy)


def test_a_rule_that_is_none_is_an_error_for_a_path_too(failforward: CommandLine, make_playbook: MakePlaybook) -> None:
    """The error names the line of the rule."""
    done = failforward("check", cwd=make_playbook({}, "title: A\npaths:\n  a: {rules: {fault-wrods: off}}\n"))
    assert (done.returncode, done.stderr) == (
        2, "failforward: playbook.yml:3: rules: “fault-wrods” is no rule. Did it mean fault-words?\n"
    )  # fmt: skip


def test_the_page_of_a_rule_says_where_it_is_otherwise(root: Path) -> None:
    """A reader of the rulebook sees the level of the playbook, and that of each pattern."""
    playbook = read_playbook(root)
    day = date(2026, 11, 22)
    made = {page.path: page.text for page in pages.build(playbook, index.build(playbook, day), day).pages}
    text = made["rules/fault-words.md"]
    assert "This playbook sets it to off. In <code>reviews/old</code> it is set to advice." in text
    assert "reviews/old" not in made["rules/hindsight.md"]


@pytest.mark.parametrize(
    ("words", "sentence", "rule"),
    [
        ("{roles: [zorbist]}", "The zorbist forgot the lock.", "mistake-by-person"),
        ("{roles: [Zorbist]}", "Our zorbist forgot the lock.", "mistake-by-person"),
        ("{roles: [zorb tender]}", "The zorb tender forgot the lock.", "mistake-by-person"),
        ("{teams: [zorbs]}", "The zorbs forgot the lock.", "mistake-by-team"),
        ("{teams: [Zorbs]}", "Zorbs should have tested it.", "counterfactual-team"),
        ("{users: [zorbs]}", "The zorbs ignored the warning.", "users-as-the-problem"),
    ],
)
def test_own_words_stand_for_people(
    failforward: CommandLine, make_playbook: MakePlaybook, words: str, sentence: str, rule: str
) -> None:
    """Own roles, teams and users are judged like the known ones; without the setting they are things."""
    text = REVIEW.format(sentence)
    for settings, wanted in ((f"words: {words}\n", [rule]), ("title: A\n", [])):
        root = make_playbook({"reviews/a.md": text}, settings)
        for arguments in ((), ("--only-wording", ".")):
            done = failforward("check", *arguments, "--output-format", "json", cwd=root)
            assert [each["rule"] for each in json.loads(done.stdout) if each["line"] == 9] == wanted
