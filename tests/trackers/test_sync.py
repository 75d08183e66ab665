"""`failforward sync` reads back what became of issues, and never writes a verdict."""

import pytest

DAY = "2026-10-20"
BOT = {"login": "actions[bot]", "type": "Bot"}


@pytest.fixture
def linked(desk):
    """Give a playbook whose experiment has an issue, committed."""
    desk.done("export", "--to", "github")
    desk.commit()
    return desk


def close(desk, reason="completed", on="2026-10-14T10:00:00Z"):
    """Close the issue as somebody would on the site."""
    desk.hub.issues[0] |= {"state": "closed", "state_reason": reason, "closed_at": on}


def test_an_issue_that_is_completed_makes_the_experiment_done(linked):
    """With the day it was closed on; then somebody is asked to look whether it held, and every other byte stays."""
    close(linked)
    before = linked.file().read_text("utf-8")
    said = linked.done("sync")
    assert "status: planned → done" in said
    assert "Whether it held is to be looked at by 2026-10-30: failforward experiment verify 2026-10-02-checkout" in said
    after = before.replace("    status: planned\n", "    status: done\n    finished: 2026-10-14\n")
    assert linked.file().read_text("utf-8") == after
    assert "verified" not in after
    linked.commit()
    assert "0 experiments marked done" in linked.done("sync")
    assert linked.file().read_text("utf-8") == after
    assert linked.hub.log[-1][0] == "GET"


def test_work_that_stuck_in_part_is_read_too(linked):
    """A verdict from before the end of the work ends nothing: its closed issue makes it done, and asks for a look."""
    text = linked.file().read_text("utf-8")
    partly = "    status: in-progress\n    verified: {on: 2026-10-10, verdict: partly, evidence: Half of it}\n"
    linked.file().write_text(text.replace("    status: planned\n", partly), "utf-8")
    linked.commit()
    assert "1 open, 1 linked before" in linked.done("export", "--to", "github")
    close(linked)
    said = linked.done("sync")
    assert "status: in-progress → done" in said
    assert "Whether it held is to be looked at by 2026-10-30" in said
    assert "verdict: partly" in linked.file().read_text("utf-8")
    linked.commit()
    assert "1 with an issue" in linked.done("sync")


def test_a_reason_that_is_not_given_counts_as_completed(linked):
    """Older servers do not say why an issue was closed."""
    close(linked, None)
    assert "1 experiment marked done" in linked.done("sync")


def test_a_dry_run_writes_nothing(linked):
    """It says what would change; a repository that may be read needs no token."""
    close(linked)
    before = linked.file().read_bytes()
    said = linked.done("sync", "--dry-run", token="")
    assert "status: planned → done (not written)" in said
    assert "1 experiment would be done" in said
    assert linked.file().read_bytes() == before


@pytest.mark.parametrize("reason", ["not_planned", "duplicate"])
def test_an_issue_that_is_given_up_is_asked_about(linked, reason):
    """Whether the experiment is dropped, and why, is for people to say."""
    close(linked, reason)
    before = linked.file().read_bytes()
    said = linked.done("sync")
    assert "is it to be dropped?" in said
    assert "If so: failforward experiment drop 2026-10-02-checkout warm-up-gate --because …" in said
    assert linked.file().read_bytes() == before


def test_an_issue_that_is_opened_again_is_told_of(linked):
    """The review says done and the issue does not: nothing is changed, both are named."""
    close(linked)
    linked.done("sync")
    linked.commit()
    before = linked.file().read_bytes()
    linked.hub.issues[0] |= {"state": "open", "state_reason": "reopened", "closed_at": None}
    assert "its issue was opened again, the review says done; which of them is right?" in linked.done("sync")
    assert linked.file().read_bytes() == before


def test_what_export_and_experiment_wrote_is_no_edit_of_somebody_else(desk):
    """Export, start and sync follow each other, and nothing is committed between them."""
    web = desk.hub.api.removesuffix("/api")
    desk.write(("    status: planned\n", "    status: planned\n  - {id: second, outcome: x, status: planned}\n"))
    desk.commit()
    assert "2 opened" in desk.done("export", "--to", "github")
    desk.done("experiment", "start", "2026-10-02-checkout", "warm-up-gate")
    close(desk)
    assert "1 experiment marked done" in desk.done("sync")
    text = desk.file().read_text("utf-8")
    assert text.count(f"{web}/shop/playbook/issues/") == 2
    desk.file().write_text(text + "\nMore.\n", "utf-8")
    assert "has edits that are not committed" in desk.refused("experiment", "finish", "2026-10-02-checkout", "second")


def test_a_file_that_changes_while_issues_are_read_is_left_alone(linked):
    """What was read before and what stands there now may speak of different experiments."""
    close(linked)
    more = linked.file().read_bytes() + b"\nMore.\n"
    linked.hub.hook = lambda: linked.file().write_bytes(more)
    assert "The file was changed meanwhile. Look at it, and call this again." in linked.refused("sync")
    assert linked.file().read_bytes() == more


def test_edits_that_are_not_committed_are_not_touched(linked):
    """The file stays as it is unless --force is said."""
    close(linked)
    path = linked.file()
    path.write_text(path.read_text("utf-8") + "\nMore.\n", "utf-8")
    assert "has edits that are not committed" in linked.refused("sync")
    assert "status: planned" in path.read_text("utf-8")
    forced = linked.run("sync", "--force")
    assert (forced.returncode, forced.stderr.count("--force: the file has edits that are not committed;")) == (0, 1)
    assert path.read_text("utf-8").endswith("\nMore.\n")
    assert "status: done" in path.read_text("utf-8")


def test_links_to_other_hosts_are_not_read(linked, other_host):
    """They are listed as such; a pull request, a page of another form and an issue that is gone are no crash."""
    web = linked.hub.api.removesuffix("/api")
    links = {
        "a": "https://jira.example.org/browse/X-1", "b": f"{other_host.api}/shop/playbook/issues/1",
        "c": f"{web}/shop/playbook/pull/1", "d": f"{web}/shop/playbook/issues/99", "e": f"{web}/shop/../issues/1",
        "f": f"{web}@127.0.0.1/shop/playbook/issues/1",
    }  # fmt: skip
    text = "".join(
        f"  - {{id: {name}, outcome: x, status: planned, issue: '{link}'}}\n" for name, link in links.items()
    )
    linked.write(("    status: planned\n", f"    status: planned\n{text}"))
    linked.hub.log.clear()
    said = linked.done("sync")
    for name in "abcef":
        assert f"2026-10-02-checkout {name}: not read, since it is no issue on 127.0.0.1:" in said
    assert "2026-10-02-checkout d: its issue cannot be found" in said
    assert [path for _, path, _ in linked.hub.log] == ["/repos/shop/playbook/issues/99"]
    assert other_host.log == []


def test_an_issue_of_another_repository_is_read_there(linked):
    """An issue may stand where the work is done, on the same host."""
    linked.hub.repos["shop/pipeline"] = []
    linked.hub.put("shop/pipeline", {"title": "x"}, {"login": "a", "type": "User"})
    linked.hub.repos["shop/pipeline"][0] |= {"state": "closed", "closed_at": "2026-10-15T08:00:00Z"}
    text = linked.file().read_text("utf-8").replace("/shop/playbook/issues/1", "/shop/pipeline/issues/1")
    linked.file().write_text(text, "utf-8")
    linked.commit()
    assert "1 experiment marked done" in linked.done("sync")
    assert "finished: 2026-10-15" in linked.file().read_text("utf-8")


def test_an_issue_that_was_transferred_is_read_where_it_is_now(linked):
    """Its news count, and the new address is named."""
    linked.hub.repos["shop/pipeline"] = []
    linked.hub.put("shop/pipeline", {"title": "x", "state": "closed", "closed_at": "2026-10-15T08:00:00Z"}, BOT)
    linked.hub.transferred["shop/playbook", 1] = ("shop/pipeline", 1)
    said, web = linked.done("sync"), linked.hub.api.removesuffix("/api")
    assert f"It has moved to {web}/shop/pipeline/issues/1: write that in `issue:`." in said
    assert "1 experiment marked done" in said


def test_an_issue_that_was_deleted_is_told_of(linked):
    """The review stays as it is."""
    linked.hub.deleted.add(("shop/playbook", 1))
    before = linked.file().read_bytes()
    assert "its issue was deleted, or its repository has no issues any more; correct `issue:`" in linked.done("sync")
    linked.hub.deleted.clear()
    linked.hub.has_issues = False
    assert "its issue was deleted, or its repository has no issues any more" in linked.done("sync")
    assert linked.file().read_bytes() == before


def test_what_is_refused_while_issues_are_read_changes_nothing(linked):
    """What was read before the refusal is not written either: it ends with 2 and says why."""
    web = linked.hub.api.removesuffix("/api")
    more = f"  - {{id: second, outcome: x, status: planned, issue: '{web}/shop/playbook/issues/1'}}\n"
    text = linked.file().read_text("utf-8").replace("---\n\n## In", f"{more}---\n\n## In")
    linked.file().write_text(text, "utf-8")
    linked.commit()
    close(linked)
    read = linked.hub.documented.example("issue") | {"state": "closed", "closed_at": "2026-10-15T08:00:00Z"}
    del read["pull_request"]
    slow = {"X-RateLimit-Remaining": "0", "Retry-After": "900"}
    for answer, words in (
        ((401, {"message": "Bad credentials"}, {}), "GitHub does not accept the token"),
        ((403, {"message": "API rate limit exceeded"}, slow), "GitHub asks to slow down"),
        ((403, {"message": "Resource not accessible by integration"}, {}), "The token may not do this"),
    ):
        linked.hub.next = [(200, read, {}), answer]
        assert words in linked.refused("sync")
        assert linked.file().read_text("utf-8") == text


def test_an_issue_from_before_the_failure_is_doubted(linked):
    """It cannot be the work that followed from it."""
    close(linked, on="2025-01-01T00:00:00Z")
    before = linked.file().read_bytes()
    assert "was closed on 2025-01-01, before the failure; is it the right one?" in linked.done("sync")
    assert linked.file().read_bytes() == before


@pytest.mark.parametrize(
    ("zone", "started", "closed", "finished"),
    [
        ("Europe/Berlin", "2026-10-02T14:05+00:00", "2026-10-13T23:30:00Z", "2026-10-14"),
        ("", "2026-10-02T14:05+02:00", "2026-10-13T23:30:00Z", "2026-10-14"),
        ("", "2026-10-02T14:05+00:00", "2026-10-13T23:30:00Z", "2026-10-13"),
        ("", "2026-10-02", "2026-10-13T23:30:00Z", "2026-10-13"),
        ("America/Los_Angeles", "2026-10-02T06:00+00:00", "2026-10-02T06:30:00Z", "2026-10-02"),
        ("", "2026-10-02T00:30+02:00", "2026-10-01T22:45:00Z", "2026-10-02"),
    ],
)
def test_the_day_of_closing_is_that_of_the_playbook(desk, zone, started, closed, finished):
    """It is told in the zone, else where the failure was written down, and never before a failure that came first."""
    settings = f"title: Ours\nclocks: {{zone: {zone}}}\n" if zone else "title: Ours\n"
    (desk.folder / "playbook/playbook.yml").write_text(settings, "utf-8")
    desk.write(("started: 2026-10-02T14:05+00:00\nresolved: 2026-10-02T15:40+00:00", f"started: {started}"))
    desk.commit()
    desk.done("export", "--to", "github")
    close(desk, on=closed)
    assert "status: planned → done" in desk.done("sync")
    assert f"    finished: {finished}\n" in desk.file().read_text("utf-8")


def test_several_experiments_of_a_review_are_written_at_once(linked):
    """One edit of the file holds them all."""
    web = linked.hub.api.removesuffix("/api")
    more = f"  - {{id: second, outcome: x, status: in-progress, issue: '{web}/shop/playbook/issues/1'}}\n"
    text = linked.file().read_text("utf-8").replace("---\n\n## In", f"{more}---\n\n## In")
    linked.file().write_text(text, "utf-8")
    linked.commit()
    close(linked)
    assert "2 experiments marked done" in linked.done("sync")
    assert linked.file().read_text("utf-8").count("done") == 2


def test_nothing_is_asked_where_nothing_is_linked(desk):
    """A playbook without links needs no network and no repository."""
    assert desk.done("sync", GITHUB_REPOSITORY="", token="") == "No open experiment has an issue.\n"
    assert desk.hub.log == []


def test_private_reviews_are_left_out(linked):
    """Nothing of them is said in a log that others may read."""
    text = linked.file().read_text("utf-8").replace("status: reviewed", "status: reviewed\nprivate: true", 1)
    linked.file().write_text(text, "utf-8")
    linked.hub.log.clear()
    assert linked.done("sync") == "No open experiment has an issue.\n"
    assert "2026-10-02-checkout warm-up-gate: its issue is open" in linked.done("sync", "--private")
