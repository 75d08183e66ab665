"""`failforward experiment` brings experiments to their end, one line of a file at a time."""

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Write = Callable[..., str]
Run = Callable[..., subprocess.CompletedProcess[str]]
MakePlaybook = Callable[..., Path]
NAME = "2026-10-02-checkout"
VERDICT = ("--verdict", "stuck", "--evidence", "Two bad warm-ups were stopped")


class Desk:
    """A playbook with one review, and the command line in its folder."""

    def __init__(self, folder: Path, run: Run) -> None:
        self.folder = folder
        self.file = folder / f"playbook/reviews/{NAME}.md"
        self._run = run

    def run(self, *arguments: str, today: str = "2026-10-20") -> subprocess.CompletedProcess[str]:
        """Run a command on a day."""
        return self._run("experiment", *arguments, "--today", today, cwd=self.folder)

    def done(self, *arguments: str, today: str = "2026-10-20") -> str:
        """Run a command that must work, and give what it says."""
        result = self.run(*arguments, today=today)
        assert (result.returncode, result.stderr) == (0, "")
        return result.stdout

    def refused(self, *arguments: str, today: str = "2026-10-20") -> str:
        """Run a command that must be refused, and give why; the file stays as it is, and nothing is left beside it."""
        before = self.file.read_bytes()
        result = self.run(*arguments, today=today)
        assert (result.returncode, result.stdout) == (2, "")
        assert self.file.read_bytes() == before
        assert [path.name for path in self.file.parent.iterdir()] == [self.file.name]
        return result.stderr

    def git(self, *arguments: str) -> None:
        """Run git, with a name for commits that is nobody's."""
        named = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
        subprocess.run(["git", *named, *arguments], cwd=self.folder, check=True, capture_output=True)

    def status(self) -> str:
        """Give what git says of the whole work tree."""
        asked = ["git", "status", "--porcelain"]
        return subprocess.run(asked, cwd=self.folder, check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture
def desk(make_playbook: MakePlaybook, review: Write, failforward: Run) -> Desk:
    """Give a playbook whose only review plans one experiment."""
    return Desk(make_playbook({f"reviews/{NAME}.md": review()}).parent, failforward)


def test_an_experiment_goes_from_its_plan_to_its_verdict(desk: Desk, review: Write) -> None:
    """Each step changes its own line; what comes next is said."""
    assert desk.done("start", NAME, "warm-up-gate") == f"playbook/reviews/{NAME}.md: warm-up-gate is in progress.\n"
    assert desk.file.read_text("utf-8") == review(("status: planned", "status: in-progress"))
    assert "is to be looked at by 2026-10-30" in desk.done("finish", f"playbook/reviews/{NAME}.md", "warm-up-gate")
    assert desk.file.read_text("utf-8") == review(("status: planned", "status: done\n    finished: 2026-10-20"))
    desk.done("verify", NAME, "warm-up-gate", *VERDICT, today="2026-10-30")
    verified = "verified: {on: 2026-10-30, verdict: stuck, evidence: Two bad warm-ups were stopped}"
    assert desk.file.read_text("utf-8") == review(
        ("status: planned", f"status: done\n    finished: 2026-10-20\n    {verified}")
    )


def test_a_verdict_may_come_after_a_first_look(desk: Desk) -> None:
    """Too early is a verdict, and the next one takes its place; did-not-stick asks what else could be tried."""
    desk.done("finish", NAME, "warm-up-gate")
    desk.done("verify", NAME, "warm-up-gate", "--verdict", "too-early", "--evidence", "None ran", "--on", "2026-10-19")
    later = ("--verdict", "did-not-stick", "--evidence", "One: it ran, \n again", "--on", "2026-11-19")
    said = desk.done("verify", NAME, "warm-up-gate", *later, today="2026-11-20")
    assert "What else could be tried against “untested-path”?" in said
    line = next(line for line in desk.file.read_text("utf-8").split("\n") if "verified" in line)
    assert line == '    verified: {on: 2026-11-19, verdict: did-not-stick, evidence: "One: it ran, again"}'
    why = desk.refused("verify", NAME, "warm-up-gate", *VERDICT, "--on", "2026-11-01", today="2026-11-20")
    assert "lies before the verdict" in why


def test_a_verdict_on_the_way_is_not_the_last_word(desk: Desk) -> None:
    """The list says where the work stands and what was found so far; once it is done, another look is asked for."""
    partly = ("--verdict", "partly", "--evidence", "Half of the clusters have it")
    desk.done("start", NAME, "warm-up-gate")
    desk.done("verify", NAME, "warm-up-gate", *partly, today="2026-10-10")
    text = desk.done("list")
    assert text.startswith(f"overdue       {NAME} warm-up-gate, due 2026-10-16\n")
    assert text.endswith("\n              so far: partly\n")
    (row,) = json.loads(desk.done("list", "--output-format", "json"))
    assert (row["state"], row["verdict"]) == ("overdue", "partly")
    assert "is to be looked at again by 2026-10-30" in desk.done("finish", NAME, "warm-up-gate")
    assert desk.done("list").startswith("waiting ")
    why = desk.refused("verify", NAME, "warm-up-gate", *partly, "--on", "2026-10-19", today="2026-10-21")
    assert "2026-10-19 lies before the day on which the work was finished (2026-10-20)" in why
    desk.done("verify", NAME, "warm-up-gate", *VERDICT, today="2026-10-30")
    assert desk.done("list").startswith("stuck ")


def test_a_verdict_of_the_last_day_of_the_work_stands(desk: Desk) -> None:
    """Who finishes work that was looked at on that day or later hears that the verdict counts."""
    desk.done("start", NAME, "warm-up-gate")
    desk.done("verify", NAME, "warm-up-gate", "--verdict", "partly", "--evidence", "Half of it")
    said = desk.done("finish", NAME, "warm-up-gate")
    assert said.endswith("\nIts verdict, partly, stands until another look: failforward experiment verify\n")
    assert desk.done("list").startswith("partly ")


def test_an_experiment_is_dropped_with_its_reason(desk: Desk, review: Write) -> None:
    """The reason stands beside the status, and a cause that nothing is tried against any more is named."""
    assert "--because says nothing" in desk.refused("drop", NAME, "warm-up-gate", "--because", " n/a ")
    said = desk.done("drop", NAME, "warm-up-gate", "--because", "The cache is being retired")
    assert "“untested-path” is tied to no change now" in said
    because = "status: dropped\n    because: The cache is being retired"
    assert desk.file.read_text("utf-8") == review(("status: planned", because))


def test_a_check_in_is_written_once(desk: Desk, review: Write, make_playbook: MakePlaybook) -> None:
    """It is written below the debrief; one that is there already is not overwritten."""
    assert "is written down" in desk.refused("check-in", NAME)
    make_playbook({f"reviews/{NAME}.md": review(("check_in: 2026-10-06T10:00+00:00\n", ""))})
    assert "A check-in follows the debrief" in desk.refused("check-in", NAME, "--on", "2026-10-01")
    assert "has not come yet" in desk.refused("check-in", NAME, "--on", "2027-10-01")
    said = desk.done("check-in", NAME, "--on", "2026-10-06")
    assert said.endswith("The promise of a check-in is kept.\n")
    assert "debrief: 2026-10-03T10:00+00:00\ncheck_in: 2026-10-06\nservices" in desk.file.read_text("utf-8")


@pytest.mark.parametrize(
    ("debrief", "why"),
    [
        ("", ":1: No day of a debrief is written down. A check-in follows the debrief: write its day in `debrief:`"),
        ("debrief: n/a because the service is gone\n", ":8: There was no debrief to check in after (n/a)."),
        ("debrief: soon\n", ":8: No day of a debrief is written down."),
    ],
)
def test_a_check_in_needs_a_debrief(
    desk: Desk, review: Write, make_playbook: MakePlaybook, debrief: str, why: str
) -> None:
    """What was promised after a debrief cannot take place where none was held; the file stays as it is."""
    text = review(("check_in: 2026-10-06T10:00+00:00\n", ""), ("debrief: 2026-10-03T10:00+00:00\n", debrief))
    make_playbook({f"reviews/{NAME}.md": text})
    assert why in desk.refused("check-in", NAME, "--on", "2026-10-06")


def test_a_check_in_that_was_planned_takes_place(desk: Desk, review: Write) -> None:
    """A day still to come is a plan, and the day on which it was held stands in its place."""
    said = desk.done("check-in", NAME, today="2026-10-05")
    assert "The check-in took place on 2026-10-05." in said
    expected = review(("check_in: 2026-10-06T10:00+00:00", "check_in: 2026-10-05"))
    assert desk.file.read_text("utf-8") == expected


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("start", NAME, "no-such"), f"playbook/reviews/{NAME}.md:16: “no-such” is no experiment of this review"),
        (("start", "2026-10-02-chekout", "warm-up-gate"), f"Did it mean {NAME}?"),
        (("start", "playbook/playbook.yml", "warm-up-gate"), "This is no review of the playbook"),
        (("verify", NAME, "warm-up-gate", *VERDICT), "is not done (planned). Finish it first"),
        (("verify", NAME, "warm-up-gate", "--verdict", "stuck", "--evidence", "-"), "Finish it first"),
        (("verify", NAME, "warm-up-gate", "--verdict", "perhaps", "--evidence", "x"), "'perhaps' is not one of"),
        (("verify", NAME, "warm-up-gate", "--verdict", "stuck"), "Missing option '--evidence'"),
    ],
)
def test_what_makes_no_sense_is_refused(desk: Desk, arguments: tuple[str, ...], why: str) -> None:
    """The message names the place and what to do instead; nothing is written."""
    assert why in desk.refused(*arguments)


def test_steps_have_an_order(desk: Desk) -> None:
    """What is done is not started again, and a verdict is not older than the failure."""
    desk.done("finish", NAME, "warm-up-gate")
    assert "is done. Plan a new experiment" in desk.refused("start", NAME, "warm-up-gate")
    assert "Write the verdict" in desk.refused("finish", NAME, "warm-up-gate")
    assert "lies before the failure" in desk.refused("verify", NAME, "warm-up-gate", *VERDICT, "--on", "2026-10-01")
    desk.done("drop", NAME, "warm-up-gate", "--because", "The service is retired")
    for step in ("start", "finish"):
        assert "is dropped" in desk.refused(step, NAME, "warm-up-gate")
    assert "is dropped" in desk.refused("verify", NAME, "warm-up-gate", *VERDICT)


def test_a_dry_run_shows_the_change(desk: Desk) -> None:
    """The diff shows the lines that would change, and nothing is written."""
    before = desk.file.read_bytes()
    said = desk.done("start", NAME, "warm-up-gate", "--dry-run")
    changed = [line for line in said.splitlines() if line.startswith(("+", "-"))][2:]
    assert changed == ["-    status: planned", "+    status: in-progress"]
    assert desk.file.read_bytes() == before


def test_edits_that_are_not_committed_are_not_touched(desk: Desk) -> None:
    """Git knows of them: the file is left alone. Other files do not matter."""
    desk.git("init", "-q")
    assert "The file is in no commit yet. Commit it first" in desk.refused("start", NAME, "warm-up-gate")
    desk.git("add", ".")
    assert "has edits that are not committed" in desk.refused("start", NAME, "warm-up-gate")
    desk.git("commit", "-q", "-m", "Begin")
    (desk.folder / "playbook/notes.md").write_text("new\n", "utf-8")
    desk.done("start", NAME, "warm-up-gate")


def committed(desk: Desk) -> Desk:
    """Commit all that is there."""
    desk.git("init", "-q")
    desk.git("add", ".")
    desk.git("commit", "-q", "-m", "Begin")
    return desk


@pytest.mark.parametrize("broken", ["index", "no git", "owner"])
def test_where_git_does_not_answer_nothing_is_written(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, broken: str
) -> None:
    """Nobody knows then whether a colleague has edited the file: it is refused with what git says, or forced."""
    committed(desk)
    desk.file.write_text(desk.file.read_text("utf-8") + "\nMore.\n", "utf-8")
    if broken == "index":
        (desk.folder / ".git/index").write_bytes(b"damaged")
    elif broken == "owner":
        if os.geteuid() != 0:
            pytest.skip("only root can give a folder to another user")
        monkeypatch.setenv("HOME", str(tmp_path))
        for path in (desk.folder, desk.folder / ".git"):
            os.chown(path, 12345, 12345)
    else:
        monkeypatch.setenv("PATH", str(tmp_path))
    why = {"index": "index file", "no git": "git cannot be run: No such", "owner": "detected dubious ownership"}[broken]
    said = desk.refused("finish", NAME, "warm-up-gate")
    assert "Git does not say whether the file has edits that are not committed (" in said
    assert why in said
    assert said.endswith("). Mend what git names, or say --force.\n")
    forced = desk.run("finish", NAME, "warm-up-gate", "--force")
    assert (forced.returncode, forced.stderr) == (
        0,
        f"playbook/reviews/{NAME}.md: --force: git does not say whether the file has edits that are not committed.\n",
    )


def test_without_a_repository_there_is_nothing_to_ask(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A playbook that lies in no repository is edited, whether git is there or not."""
    desk.done("start", NAME, "warm-up-gate")
    monkeypatch.setenv("PATH", str(tmp_path))
    desk.done("finish", NAME, "warm-up-gate")


def test_a_file_that_git_ignores_is_in_no_commit(desk: Desk) -> None:
    """Git could not bring it back, and so it is refused; once it is committed all the same, it is like any other."""
    (desk.folder / ".gitignore").write_text("reviews/\n", "utf-8")
    committed(desk)
    assert "Git ignores the file, so it is in no commit. Commit it with" in desk.refused("start", NAME, "warm-up-gate")
    said = desk.run("start", NAME, "warm-up-gate", "--force")
    assert "--force: git ignores the file, so it cannot bring back what it was." in said.stderr
    desk.git("add", "--force", ".")
    desk.git("commit", "-q", "-m", "All the same")
    desk.done("finish", NAME, "warm-up-gate")


@pytest.mark.parametrize("flag", ["--skip-worktree", "--assume-unchanged"])
def test_a_file_that_git_does_not_look_at_is_looked_at(desk: Desk, flag: str) -> None:
    """Edits that git was told to hide are edits; without any, the file is like any other, and so are our own."""
    committed(desk)
    desk.git("update-index", flag, f"playbook/reviews/{NAME}.md")
    desk.done("start", NAME, "warm-up-gate")
    desk.done("finish", NAME, "warm-up-gate")
    desk.file.write_text(desk.file.read_text("utf-8") + "\nMore.\n", "utf-8")
    assert "has edits that are not committed" in desk.refused("verify", NAME, "warm-up-gate", *VERDICT)


def test_own_edits_follow_each_other(desk: Desk) -> None:
    """Nothing is to be committed between two steps; nothing that stands in the work tree tells of it."""
    committed(desk)
    desk.done("start", NAME, "warm-up-gate")
    desk.done("finish", f"playbook/reviews/{NAME}.md", "warm-up-gate")
    desk.git("add", ".")
    desk.done("verify", NAME, "warm-up-gate", *VERDICT, today="2026-10-30")
    desk.git("commit", "-q", "--all", "-m", "Verify")
    desk.done("drop", NAME, "warm-up-gate", "--because", "The service is retired")
    assert desk.status() == f"M playbook/reviews/{NAME}.md"


@pytest.mark.parametrize("when", ["before", "after"])
def test_edits_of_others_among_our_own_are_not_touched(desk: Desk, when: str) -> None:
    """Whether they came before our own step or after it, they are announced, and so they are after `--force`."""
    committed(desk)
    if when == "after":
        desk.done("start", NAME, "warm-up-gate")
    desk.file.write_text(desk.file.read_text("utf-8") + "\nMore.\n", "utf-8")
    assert "has edits that are not committed. Commit or undo them first" in desk.refused("finish", NAME, "warm-up-gate")
    desk.done("finish", NAME, "warm-up-gate", "--dry-run")
    said = desk.run("finish", NAME, "warm-up-gate", "--force")
    assert said.returncode == 0
    assert said.stderr == (
        f"playbook/reviews/{NAME}.md: --force: the file has edits that are not committed; "
        "they stay, and git cannot tell them from this one.\n"
    )
    assert desk.file.read_text("utf-8").endswith("\nMore.\n")
    assert "has edits that are not committed" in desk.refused("verify", NAME, "warm-up-gate", *VERDICT)


def test_our_own_text_over_another_commit_is_not_our_own(desk: Desk) -> None:
    """When a commit is taken back, its edits are edits of somebody again, although we wrote the text as a whole."""
    committed(desk)
    desk.file.write_text(desk.file.read_text("utf-8") + "\nMore.\n", "utf-8")
    desk.git("commit", "-q", "--all", "-m", "More")
    desk.done("start", NAME, "warm-up-gate")
    desk.git("reset", "-q", "HEAD~1")
    assert "has edits that are not committed" in desk.refused("finish", NAME, "warm-up-gate")


def test_what_is_kept_of_our_own_edits_may_be_anything(desk: Desk) -> None:
    """Where it cannot be read or written, our own edits count as those of somebody else."""
    committed(desk)
    kept = desk.folder / ".git/failforward/own-edits.json"
    desk.done("start", NAME, "warm-up-gate")
    for text in ("[1]", "{", "[" * 100_000, '{"x": null}'):
        kept.write_text(text, "utf-8")
        assert "has edits that are not committed" in desk.refused("finish", NAME, "warm-up-gate")
    desk.git("checkout", "-q", ".")
    kept.unlink()
    kept.parent.rmdir()
    kept.parent.write_text("no folder", "utf-8")
    desk.done("start", NAME, "warm-up-gate")
    assert "has edits that are not committed" in desk.refused("finish", NAME, "warm-up-gate")


def test_force_speaks_only_where_it_overrides(desk: Desk) -> None:
    """Where nothing was in the way, nothing is said of it; a file that no commit has is named as such."""
    desk.done("start", NAME, "warm-up-gate", "--force")
    desk.git("init", "-q")
    said = desk.run("finish", NAME, "warm-up-gate", "--force").stderr
    assert "--force: the file is in no commit yet" in said
    assert said.count("\n") == 1


def test_line_ends_mark_and_permissions_stay(desk: Desk) -> None:
    """A file from another system keeps what that system gave it."""
    before = b"\xef\xbb\xbf" + desk.file.read_bytes().replace(b"\n", b"\r\n")
    desk.file.write_bytes(before)
    desk.file.chmod(0o640)
    desk.done("drop", NAME, "warm-up-gate", "--because", "It is retired")
    expected = before.replace(b"status: planned\r\n", b"status: dropped\r\n    because: It is retired\r\n")
    assert desk.file.read_bytes() == expected
    assert desk.file.stat().st_mode & 0o777 == 0o640


def test_a_file_that_cannot_be_read_is_not_written(desk: Desk) -> None:
    """Broken front matter is named with its line, bytes that are no UTF-8 with a remedy."""
    desk.file.write_bytes(desk.file.read_bytes().replace(b"kind: incident", b"kind: [incident"))
    for step in (("check-in", NAME), ("start", NAME, "warm-up-gate")):
        why = desk.refused(*step)
        assert f"playbook/reviews/{NAME}.md:4: The YAML cannot be read" in why
    desk.file.write_bytes(desk.file.read_bytes().replace(b"[incident", b"incident").replace(b"stalled", b"st\xe4lled"))
    assert "Save it as UTF-8" in desk.refused("start", NAME, "warm-up-gate")


def test_a_link_out_of_the_playbook_is_not_followed(desk: Desk, tmp_path: Path) -> None:
    """A review that is a link to elsewhere is left alone, and so is what it leads to."""
    outside = tmp_path / "elsewhere.md"
    desk.file.rename(outside)
    desk.file.symlink_to(outside)
    before = outside.read_bytes()
    assert desk.run("start", NAME, "warm-up-gate").returncode == 2
    assert outside.read_bytes() == before


def test_experiments_are_listed_by_where_they_stand(desk: Desk) -> None:
    """The list says state, review, id, deadline and outcome; states and teams narrow it."""
    said = desk.done("list")
    assert said.splitlines() == [
        f"overdue       {NAME} warm-up-gate, due 2026-10-16",
        "              A warm-up that evicts live keys is stopped",
    ]
    assert desk.done("list", "--state", "waiting") == "There is no such experiment.\n"
    (row,) = json.loads(desk.done("list", NAME, "--team", "platform", "--output-format", "json"))
    assert (row["review"], row["id"], row["state"], row["due"]) == (NAME, "warm-up-gate", "overdue", "2026-10-16")


def test_an_experiment_without_an_owner_is_its_reviews(
    desk: Desk, review: Write, make_playbook: MakePlaybook, failforward: Run
) -> None:
    """It is listed for each team of its review, as `due` has it; one with an owner is listed for that team alone."""
    text = review(("    owner: platform\n", ""), ("teams: [payments]", "teams: [payments, search]"))
    make_playbook({"reviews/2026-10-03-nobody.md": text})
    for team, found in (("payments", 1), ("search", 1), ("platform", 1)):
        listed = json.loads(desk.done("list", "--team", team, "--output-format", "json"))
        due = ("due", "--team", team, "--today", "2026-10-20", "--output-format", "json")
        promised = json.loads(failforward(*due, cwd=desk.folder).stdout)
        assert [each["review"] for each in listed] == [each["review"] for each in promised]
        assert len(listed) == found
