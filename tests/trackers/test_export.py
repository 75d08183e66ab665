"""`failforward export` hands experiments to the backlog, and opens nothing twice."""

import csv
import io

import pytest

MARKER = "<!-- failforward:experiment playbook/2026-10-02-checkout/warm-up-gate -->"
TO = ("export", "--to", "github")


def test_an_experiment_becomes_an_issue(desk):
    """It says what is different afterwards, why, the tasks, how we will know; nobody is assigned."""
    assert "opened http" in desk.done(*TO)
    (issue,) = desk.hub.issues
    assert issue["title"] == "A warm-up that evicts live keys is stopped"
    assert "assignees" not in issue
    assert "milestone" not in issue
    assert issue["labels"] == [{"name": "failforward"}]
    lines = issue["body"].split("\n")
    assert lines[0] == MARKER
    assert lines[1].startswith(
        "Tried against **Untested path** after [Checkout stalled after the cache warm-up change]("
    )
    for line in (
        "Staging has no cluster cache.",
        "- [ ] Replay test",
        "- [ ] Gate in the pipeline",
        "**We will know when:** The gate fails on a replay",
        "**Team:** platform",
        "**By:** 2026-10-16",
    ):
        assert line in lines


def test_the_link_is_written_back(desk):
    """One line is added to the review, and every other byte stays, whatever its line ends are."""
    path = desk.file()
    before = path.read_bytes().replace(b"\n", b"\r\n")
    path.write_bytes(b"\xef\xbb\xbf" + before)
    desk.commit()
    desk.done(*TO)
    link = desk.hub.issues[0]["html_url"].encode()
    added = b'    status: planned\r\n    issue: "' + link + b'"\r\n'
    assert path.read_bytes() == b"\xef\xbb\xbf" + before.replace(b"    status: planned\r\n", added)


def test_a_second_export_opens_nothing(desk):
    """What is linked is left alone; where the link is lost, the issue is found by its marker and linked again."""
    desk.done(*TO)
    linked = desk.file().read_bytes()
    before = list(desk.hub.writes)
    assert "1 open, 1 linked before, 0 found, 0 opened." in desk.done(*TO)
    assert desk.hub.log[-1][0] == "POST"
    desk.git("checkout", "--quiet", "--", ".")
    desk.hub.issues[0] |= {"title": "Gate", "state": "closed", "labels": []}
    assert "found and linked http" in desk.done(*TO)
    assert desk.file().read_bytes() == linked
    assert desk.hub.writes == before


def test_a_dry_run_writes_nothing(desk):
    """It says what would be opened, and what is there."""
    before = desk.file().read_bytes()
    said = desk.done(*TO, "--dry-run", token="")
    assert "would open “A warm-up that evicts live keys is stopped”" in said
    assert "1 would be opened." in said
    assert desk.hub.writes == []
    desk.hub.add(title="x", body=f"{MARKER}\n", labels=["failforward"])
    assert "would link http" in desk.done(*TO, "--dry-run")
    assert desk.file().read_bytes() == before


def test_edits_that_are_not_committed_are_not_touched(desk):
    """The file is looked at before anything is opened; --force goes on."""
    path = desk.write(("severity: sev3", "severity: sev4"))
    assert "has edits that are not committed" in desk.refused(*TO)
    assert desk.hub.log == []
    forced = desk.run(*TO, "--force")
    assert (forced.returncode, forced.stderr.count("--force: the file has edits that are not committed;")) == (0, 1)
    assert "severity: sev4" in path.read_text("utf-8")
    assert "issue:" in path.read_text("utf-8")


def test_where_no_link_can_be_written_nothing_is_opened(desk):
    """A review that cannot be changed in that one place is said to be one."""
    desk.file().write_text(desk.file().read_text("utf-8").replace("status: planned", "status: planned\n    issue: []"))
    desk.commit()
    desk.refused(*TO)
    assert desk.hub.writes == []


def test_several_experiments_of_a_review(desk):
    """Each gets its issue and its link; one without an id, or with the id of another, is left out with a word."""
    one = "  - {id: second, outcome: Another, owner: payments, due: 2026-11-01, status: planned}\n"
    rest = "  - {outcome: Nameless}\n  - {id: twice, outcome: A}\n  - {id: twice, outcome: B}\n"
    desk.write(("    status: planned\n", f"    status: planned\n{one}{rest}"))
    desk.commit()
    said = desk.done(*TO)
    assert "5 open, 0 linked before, 0 found, 2 opened." in said
    assert said.count("has no id of its own, so it is left out") == 3
    text = desk.file().read_text("utf-8")
    assert text.count("issue:") == 2
    assert {each["title"] for each in desk.hub.issues} == {"A warm-up that evicts live keys is stopped", "Another"}
    assert "0 opened" in desk.done(*TO)


def test_what_was_opened_before_a_failure_is_not_opened_again(desk):
    """The first link stands in its file when the second issue is refused."""
    desk.write(name="2026-10-03-second")
    desk.commit()
    desk.hub.next = [(200, [], {}), (200, [], {}), (200, {}, {})]
    listed = desk.hub.next
    desk.hub.next = [*listed, (422, {"message": "Validation Failed"}, {})]
    desk.refused(*TO)
    desk.hub.next = []
    assert "2 opened." in desk.done(*TO)
    assert "0 opened." in desk.done(*TO)
    assert len(desk.hub.issues) == 2


def test_only_what_is_asked_for(desk):
    """By review, team and state; what is finished is no story, drafts and private reviews stay unless asked for."""
    desk.write(("owner: platform", "owner: payments"), ("A warm-up", "Second"), name="2026-10-03-second")
    desk.write(("status: planned", "status: done"), ("A warm-up", "Finished"), name="2026-10-04-done")
    desk.write(("status: reviewed", "status: draft"), ("A warm-up", "Draft"), name="2026-10-05-draft")
    desk.write(
        ("status: reviewed", "status: reviewed\nprivate: true"), ("A warm-up", "Secret"), name="2026-10-06-private"
    )

    def titles(*options):
        said = desk.done("export", "--to", "csv", *options)
        return [row["Summary"].split()[0] for row in csv.DictReader(io.StringIO(said))]

    assert sorted(titles()) == ["A", "Second"]
    assert titles("--team", "payments") == ["Second"]
    desk.write(("    owner: platform\n", ""), ("A warm-up", "Ownerless"), name="2026-10-03-third")
    assert sorted(titles("--team", "payments")) == ["Ownerless", "Second"]
    (desk.folder / "playbook/reviews/2026-10-03-third.md").unlink()
    assert titles("2026-10-03-second") == ["Second"]
    assert titles("--state", "waiting") == ["Finished"]
    assert sorted(titles("--drafts")) == ["A", "Draft", "Second"]
    assert sorted(titles("--private")) == ["A", "Second", "Secret"]


def test_the_csv_is_read_back(desk, tmp_path):
    """Its columns are those of Jira's importer; no cell is a formula, and nobody is mentioned in a description."""
    desk.write(
        ("outcome: A warm-up that evicts live keys is stopped", 'outcome: "=HYPERLINK(\\"https://x\\")"'),
        ("how: Staging has no cluster cache.", 'how: "[~someone] {html} a, \\"b\\"\\n c"'),
        ("owner: platform", "owner: '@team'"), ("services: [checkout]", "services: ['+1']"),
    )  # fmt: skip
    file = tmp_path / "new/stories.csv"
    assert desk.done("export", "--to", "csv", "-o", str(file)) == ""
    data = file.read_bytes()
    assert data.count(b"\r\n") == 2
    head, row = csv.reader(io.StringIO(data.decode(), newline=""))
    assert head == [
        "Summary",
        "Issue Type",
        "Description",
        "Due Date",
        "Component",
        "Labels",
        "Labels",
        "Team",
        "External ID",
    ]
    assert row[0] == '\'=HYPERLINK("https://x")'
    assert (row[1], row[3], row[4], row[7]) == ("Story", "2026-10-16", "'+1", "'@team")
    assert '\\[~someone\\] \\{html\\} a, "b" c' in row[2]
    assert row[8] == "2026-10-02-checkout/warm-up-gate"
    assert "is no file" not in desk.refused("export", "--to", "csv", "-o", str(tmp_path / "new"))
    assert desk.hub.log == []


@pytest.mark.parametrize(("due", "day"), [("2026-10", "2026-10-31"), ("2026-10-16T23:30+00:00", "2026-10-17")])
def test_a_story_is_due_on_the_last_day_that_its_deadline_may_mean(desk, due, day):
    """A month ends with its last day, and an hour belongs to the day that it lies on in the zone."""
    (desk.folder / "playbook/playbook.yml").write_text("title: Ours\nclocks: {zone: Asia/Tokyo}\n", "utf-8")
    desk.write(("due: 2026-10-16", f"due: {due}"))
    (row,) = csv.DictReader(io.StringIO(desk.done("export", "--to", "csv")))
    assert row["Due Date"] == day


def test_markdown_needs_no_repository(desk):
    """Without one there is no link, and that is no error; nothing is sent."""
    said = desk.done("export", "--to", "markdown", GITHUB_REPOSITORY="", token="")
    assert said.startswith(
        "## A warm-up that evicts live keys is stopped\n\nTried against **Untested path** after “Checkout"
    )
    assert desk.done("export", "--to", "markdown", "--state", "dropped") == "There is no such experiment.\n"
    assert desk.hub.log == []


@pytest.mark.parametrize("start", ["- x", "1. x", "1) x", "+ x", "=== x", "# x", "> x", ": x", "    x"])
def test_no_text_of_a_review_begins_a_block(desk, start):
    """A reason stays a paragraph, however it begins."""
    desk.write(("how: Staging has no cluster cache.", f'how: "{start}"'))
    said = desk.done("export", "--to", "markdown")
    assert not any(line.startswith((start, "# x", "> x")) for line in said.split("\n"))
