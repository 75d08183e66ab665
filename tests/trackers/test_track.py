"""`failforward track` keeps one issue with the promises, and writes only when there is something to change."""

import html
import re

import pyromark
import pytest

DONE = ("status: planned", "status: done")
MARKER = "<!-- failforward:tracking playbook/ -->"
NOTES = "<!-- failforward:notes -->\n"
VERIFIED = ("status: planned", "status: done\n    verified: {on: 2026-10-18, verdict: stuck, evidence: x}")


def test_one_issue_is_opened(desk):
    """It has the marker, the label, a list by team with links to the lines of the files, and no assignee."""
    desk.hub.labels.clear()
    said = desk.done("track")
    (issue,) = desk.hub.issues
    assert said == f"Opened {issue['html_url']} with 1 promise.\n"
    assert issue["body"].split("\n")[0] == MARKER
    assert issue["labels"] == [{"name": "failforward"}]
    assert (
        "### platform\n\n- [ ] **Experiment past its day:** A warm-up that evicts live keys is stopped" in issue["body"]
    )
    assert "/shop/playbook/blob/HEAD/playbook/reviews/2026-10-02-checkout.md?plain=1#L16)" in issue["body"]
    assert "assignees" not in issue
    assert desk.hub.writes == [("POST", "/repos/shop/playbook/labels"), ("POST", "/repos/shop/playbook/issues")]


def test_a_second_run_writes_nothing(desk):
    """Nor does one on another day, or from another folder, as long as no promise has changed."""
    desk.done("track")
    before = list(desk.hub.writes)
    assert "says all this already" in desk.done("track")
    assert "says all this already" in desk.done("track", today="2026-10-22")
    assert "says all this already" in desk.done("track", cwd=desk.folder / "playbook/reviews")
    desk.hub.issues[0]["body"] = desk.hub.issues[0]["body"].replace("\n", "\r\n")
    assert "says all this already" in desk.done("track")
    assert desk.hub.writes == before


def test_the_issue_follows_the_promises(desk):
    """A promise that changes changes the issue; when nothing is due the issue says so and is closed, once."""
    desk.done("track")
    desk.write(DONE)
    assert "Updated" in desk.done("track", today="2026-10-25")
    (issue,) = desk.hub.issues
    assert "**Verification due:**" in issue["body"]
    desk.write(VERIFIED)
    assert "since nothing is due" in desk.done("track", today="2026-10-26")
    assert (issue["state"], issue["state_reason"]) == ("closed", "completed")
    assert "No promise is due within 7 days, and none is past its day." in issue["body"]
    before = list(desk.hub.writes)
    assert desk.done("track", today="2026-10-26") == "Nothing is due, and no issue is open.\n"
    assert desk.hub.writes == before


def test_work_without_a_day_keeps_the_issue_open(desk):
    """An experiment that names no day is not lost; with one that lies far ahead the issue waits for it."""
    desk.write(("    due: 2026-10-16\n", ""))
    desk.done("track")
    (issue,) = desk.hub.issues
    assert "**Experiment without a day:** A warm-up" in issue["body"]
    desk.done("track", today="2028-10-20")
    assert issue["state"] == "open"
    desk.write(("due: 2026-10-16", "due: 2028-12-31"))
    desk.done("track")
    assert issue["state"] == "closed"


def test_an_issue_may_stay_open(desk):
    """`--keep-open` leaves it open with nothing in it."""
    desk.done("track")
    desk.write(VERIFIED)
    desk.done("track", "--keep-open")
    before = list(desk.hub.writes)
    desk.done("track", "--keep-open")
    assert desk.hub.issues[0]["state"] == "open"
    assert desk.hub.writes == before


def test_an_issue_closed_by_hand_stays_closed(desk):
    """A new one is opened while something is due, and the old one is not touched."""
    desk.done("track")
    desk.hub.issues[0]["state"] = "closed"
    closed = dict(desk.hub.issues[0])
    desk.done("track")
    assert desk.hub.issues[0] == closed
    assert [each["state"] for each in desk.hub.issues] == ["closed", "open"]
    before = list(desk.hub.writes)
    desk.done("track")
    assert desk.hub.writes == before


def test_of_two_issues_the_older_is_kept(desk):
    """Two open issues with the marker are pointed out; only the older one is written to."""
    body = f"{MARKER}\nold\n"
    for _ in range(2):
        desk.hub.add(title="x", body=body, labels=["failforward"])
    said = desk.done("track")
    assert "#2 is open with the same marker as #1, which is older and is kept: close the other." in said
    assert "past its day" in desk.hub.issues[0]["body"]
    assert desk.hub.issues[1]["body"] == body


def test_it_is_found_by_its_marker_alone(desk):
    """A new title and a label that was taken off do not matter, on whatever page of the list it stands."""
    desk.hub.page = 2
    for number in range(5):
        desk.hub.add(title=f"Open promises: Ours {number}", body="x", pull_request={"url": "x"} if number % 2 else None)
    for each in desk.hub.issues:
        each.pop("pull_request") if each["pull_request"] is None else None
    desk.done("track")
    desk.hub.issues[5] |= {"title": "What we said we would do", "labels": []}
    before = list(desk.hub.writes)
    assert "says all this already" in desk.done("track")
    assert desk.hub.writes == before


def test_a_pull_request_is_no_issue(desk):
    """The API lists pull requests among the issues; one that carries the marker is left alone."""
    desk.hub.add(title="x", body=f"{MARKER}\n", labels=["failforward"], pull_request={"url": "x"})
    assert "Opened" in desk.done("track")
    assert desk.hub.issues[0]["body"] == f"{MARKER}\n"


def test_a_strangers_issue_is_not_taken_over(desk):
    """A marker that a visitor has copied, or that is quoted within a line, makes no issue ours."""
    desk.hub.add(title="x", body=f"{MARKER}\nmine")
    desk.hub.add(title="x", body=f"I quote {MARKER}\n", labels=["failforward"])
    desk.hub.add(title="x", body=f"{NOTES}{MARKER}\n", labels=["failforward"])
    assert "Opened" in desk.done("track")
    assert desk.hub.issues[0]["body"] == f"{MARKER}\nmine"


def test_a_label_that_was_left_out_is_an_error(desk):
    """GitHub drops the label of somebody who may not set it: the next run would not find the issue again."""
    desk.hub.may_label = False
    why, opened = desk.refused("track"), desk.hub.issues[0]["html_url"]
    assert f"{opened} was opened, but GitHub left its label out. Set the label “failforward” there" in why
    desk.hub.issues[0]["labels"] = [{"name": "failforward"}]
    assert "says all this already" in desk.done("track")


def test_two_playbooks_have_two_issues(desk):
    """In one repository each playbook finds its own."""
    other = desk.folder / "other"
    (other / "reviews").mkdir(parents=True)
    (other / "playbook.yml").write_text("title: Theirs\n", "utf-8")
    (other / "reviews/2026-10-02-checkout.md").write_bytes(desk.file().read_bytes())
    desk.done("track")
    desk.done("track", "--playbook", "other")
    before = list(desk.hub.writes)
    assert "issues/1 says all" in desk.done("track")
    assert "issues/2 says all" in desk.done("track", "--playbook", "other")
    assert "/blob/HEAD/other/reviews/" in desk.hub.issues[1]["body"]
    assert desk.hub.writes == before


BROKEN = ("title: Checkout stalled", "title: Checkout: stalled")


def test_a_review_that_cannot_be_read_closes_nothing(desk):
    """Its entries stay with their ticks, as last read, and the issue says that something is not known."""
    desk.write(("A warm-up", "Second"), name="2026-10-03-second")
    desk.done("track")
    issue = desk.hub.issues[0]
    issue["body"] = re.sub(r"- \[ \](?=.*warm-up)", "- [x]", issue["body"]).replace(NOTES, f"{NOTES}Ours.")
    entry = next(line for line in issue["body"].split("\n") if "warm-up" in line)
    desk.write(BROKEN)
    desk.write(("A warm-up", "Second"), VERIFIED, name="2026-10-03-second")
    result = desk.run("track", today="2026-10-21")
    assert (result.returncode, result.stdout) == (0, f"Updated {issue['html_url']} with 0 promises.\n")
    assert result.stderr.startswith("playbook/reviews/2026-10-02-checkout.md:2: The YAML cannot be read")
    assert issue["state"] == "open"
    assert "No promise that can be read is due within 7 days" in issue["body"]
    assert "1 review cannot be read, so what it promises now is not known." in issue["body"]
    assert f"### As last read, in reviews that cannot be read now\n\n{entry}\n\n---\n\n{NOTES}Ours." in issue["body"]
    assert "Second" not in issue["body"]
    before = list(desk.hub.writes)
    assert "says all this already" in desk.run("track", today="2026-10-21").stdout
    assert desk.hub.writes == before
    desk.write()
    desk.done("track", today="2026-10-21")
    assert f"### platform\n\n{entry}\n" in issue["body"]
    assert "cannot be read" not in issue["body"]


def test_nothing_is_claimed_of_what_cannot_be_read(desk):
    """Without an issue none is opened, and the sentence does not say that nothing is due; no name is sent."""
    desk.write(BROKEN)
    result = desk.run("track")
    assert result.stdout == "Nothing that can be read is due, and no issue is open.\n"
    assert "2026-10-02-checkout.md:2:" in result.stderr
    assert desk.hub.writes == []
    desk.write(("A warm-up", "Second"), name="2026-10-03-second")
    desk.run("track")
    assert "1 review cannot be read" in desk.hub.issues[0]["body"]
    assert "2026-10-02-checkout.md" not in str(desk.hub.log)


def test_a_team_has_an_issue_of_its_own(desk):
    """The list of one team neither cuts down nor closes that of all; both say whose promises they hold."""
    desk.write(("owner: platform", "owner: payments"), ("A warm-up", "Second"), name="2026-10-03-second")
    assert "with 2 promises" in desk.done("track")
    assert "with 1 promise." in desk.done("track", "--team", "payments")
    every, one = desk.hub.issues
    assert (every["title"], one["title"]) == ("Open promises: Ours", "Open promises of payments: Ours")
    first, second = one["body"].split("\n")[:2]
    assert first == "<!-- failforward:tracking playbook/ teams=payments -->"
    assert second.startswith("1 promise of payments open: ")
    before = list(desk.hub.writes)
    assert "issues/1 says all" in desk.done("track")
    assert "issues/2 says all" in desk.done("track", "--team", "payments")
    assert desk.hub.writes == before
    (desk.folder / "playbook/reviews/2026-10-03-second.md").write_text(
        desk.file().read_text("utf-8").replace("status: planned", "status: dropped"), "utf-8"
    )
    said = desk.done("track", "--team", "payments")
    assert said == f"Closed {one['html_url']}, since nothing of payments is due.\n"
    assert desk.done("track", "--team", "payments") == "Nothing of payments is due, and no issue is open.\n"
    assert every["state"] == "open"
    assert "No promise of payments is due within 7 days" in one["body"]


def test_the_order_of_teams_does_not_matter(desk):
    """Two teams together have one issue, however they are named; a name cannot be taken for two."""
    desk.write(("owner: platform", "owner: 'a,b -->'"), name="2026-10-03-second")
    desk.done("track", "--team", "platform", "--team", "a,b -->")
    (issue,) = desk.hub.issues
    assert issue["body"].split("\n")[0] == "<!-- failforward:tracking playbook/ teams=a%2Cb%20%2D%2D%3E,platform -->"
    assert "says all this already" in desk.done("track", "--team", "a,b -->", "--team", "platform")


def test_a_misspelt_team_closes_nothing(desk):
    """It is refused before anything is asked of GitHub."""
    desk.done("track")
    before = list(desk.hub.log)
    assert "“paymets” is no team of this playbook. Did it mean payments?" in desk.refused("track", "--team", "paymets")
    assert desk.hub.log == before
    assert desk.hub.issues[0]["state"] == "open"


def test_what_people_wrote_is_kept(desk):
    """Words below the line stay byte for byte, and a tick stays as long as its promise does."""
    desk.done("track")
    issue = desk.hub.issues[0]
    notes = "Talk to *platform* first.\r\n\r\n- [x] @someone asked\n<!-- failforward:tracking x -->"
    issue["body"] = issue["body"].replace("- [ ]", "- [x]").replace(NOTES, NOTES + notes)
    before = list(desk.hub.writes)
    desk.done("track")
    assert desk.hub.writes == before
    desk.write(("    tasks", "    x: 1\n    tasks"))
    desk.done("track")
    desk.write(DONE)
    desk.done("track", today="2026-10-26")
    assert "**Verification due:**" in issue["body"]
    assert "- [ ] **Verification" in issue["body"]
    assert issue["body"].endswith(NOTES + notes)


def test_a_long_list_is_cut_by_whole_promises(desk):
    """GitHub takes 65,536 characters: the most urgent promises are shown, the rest is counted, notes are kept."""
    notes = "n" * 3000
    desk.hub.add(title="x", body=f"{MARKER}\n\n{NOTES}{notes}", labels=["failforward"])
    for number in range(120):
        long = ("outcome: A warm-up that evicts live keys is stopped", f"outcome: {number:03} {'@word😀 ' * 60}end")
        day = ("due: 2026-10-16", f"due: 2026-{'01' if number == 119 else '09'}-{number % 28 + 1:02}")
        desk.write(long, day, name=f"2026-10-02-a{number:03}")
    desk.done("track")
    body = desk.hub.issues[0]["body"]
    assert 60_000 < len(body) <= 65_536
    shown = [line for line in body.split("\n") if line.startswith("- [ ] ")]
    left = 121 - len(shown)
    assert f"{left} more promises are open; there is no room for more here." in body
    assert all("end, by" in line and line.endswith("with a reason.") for line in shown if "a0" in line)
    assert "119 " in shown[0]
    assert body.endswith(notes)


EVIL = (
    "@everyone @shop/payments #12 other/repo#3 GH-4 closes https://github.com/shop/playbook/issues/5 www.example.org "
    "<!-- failforward:notes --> <!-- failforward:tracking playbook/ --> ](x) [a](b) `c` <img src=x> $x$ a@example.org"
)


def test_nothing_in_a_review_acts_on_github(desk):
    """No one is pinged, no issue linked or closed, no marker forged, and no Markdown or HTML comes through."""
    quoted = EVIL.replace('"', "'")
    desk.write(
        ("outcome: A warm-up that evicts live keys is stopped", f'outcome: "{quoted}\\n\\n# Heading\\n{quoted}"'),
        ("owner: platform", f'owner: "{quoted}"'),
    )
    desk.done("track")
    body = desk.hub.issues[0]["body"]
    page = pyromark.html(body, options=pyromark.Options.ENABLE_TASKLISTS | pyromark.Options.ENABLE_STRIKETHROUGH)
    for tag in ("h1", "img", "code", "em"):
        assert f"<{tag}" not in page
    (address,) = re.findall(r'<a href="([^"]*)"', page)
    assert address.startswith(desk.hub.api.removesuffix("/api"))
    assert re.findall(r"<!--.*?-->", page) == [MARKER, NOTES.strip()]
    # What GitHub makes links of once the page is there.
    text = html.unescape(re.sub(r"<!--.*?-->|<[^>]*>", "", page))
    assert text.count("everyone") == 3
    assert not re.search(r"@\w|#\d|GH-\d|://|www\.\w|\$\w", text)
    before = list(desk.hub.writes)
    desk.done("track")
    assert desk.hub.writes == before


def test_a_dry_run_writes_nothing(desk):
    """It says what would be done and shows the whole text; without a token too, where a repository may be read."""
    said = desk.done("track", "--dry-run", token="")
    assert said.startswith("Would open an issue in shop/playbook: Open promises: Ours\n\n" + MARKER)
    desk.done("track")
    before = list(desk.hub.writes)
    desk.write(DONE)
    assert desk.done("track", "--dry-run", today="2026-10-30").startswith("Would update http")
    desk.write(VERIFIED)
    assert desk.done("track", "--dry-run").startswith("Would close http")
    assert desk.hub.writes == before


def test_drafts_and_private_reviews_stay_at_home(desk):
    """What leaves the repository is published; more goes out only when it is asked for, and what stays is counted."""
    desk.write(("status: reviewed", "status: draft"), ("A warm-up", "A draft"), name="2026-10-03-draft")
    desk.write(("status: reviewed", "status: reviewed\nprivate: true"), ("A warm-up", "A secret"), name="2026-10-04-b")
    said = desk.done("track")
    assert "2 promises of drafts or private reviews left out (--drafts, --private)." in said
    sent = str(desk.hub.log)
    for word in ("A draft", "A secret", "2026-10-03", "2026-10-04"):
        assert word not in sent
    desk.done("track", "--drafts")
    assert "A draft" in desk.hub.issues[0]["body"]
    assert "A secret" not in desk.hub.issues[0]["body"]
    desk.done("track", "--drafts", "--private")
    assert "A secret" in desk.hub.issues[0]["body"]


def test_the_pages_and_the_issues_are_linked(desk):
    """With the site's address each entry links its page; the issue of an experiment is linked where it is on GitHub."""
    web = desk.hub.api.removesuffix("/api")
    desk.write(("status: planned", f"status: planned\n    issue: {web}/shop/playbook/issues/9"))
    desk.done("track", "--site-url", "https://playbook.example.org/")
    body = desk.hub.issues[0]["body"]
    assert "([review](https://playbook.example.org/reviews/2026-10-02-checkout/), [line 16](http" in body
    assert f"[issue]({web}/shop/playbook/issues/9))" in body
    assert "is no address of a site" in desk.refused("track", "--site-url", "https://x.org/) <b>")


@pytest.mark.parametrize("given", [("--label", "a,b"), ("--label", " "), ("--repo", "shop"), ("--repo", "a/../b")])
def test_arguments_that_cannot_be_used_are_refused(desk, given):
    """Nothing is sent where an argument makes no sense."""
    assert desk.refused("track", *given)
    assert desk.hub.log == []


def test_the_repository_is_that_of_the_remote(desk):
    """Without an option or a variable git's remote tells; one on another host does not."""
    assert "There is no repository on 127.0.0.1" in desk.refused("track", GITHUB_REPOSITORY="")
    desk.git("remote", "add", "origin", "git@127.0.0.1:shop/playbook.git")
    assert "Opened" in desk.done("track", GITHUB_REPOSITORY="")
    desk.git("remote", "set-url", "origin", "https://elsewhere.example.org/shop/playbook.git")
    assert "There is no repository on 127.0.0.1" in desk.refused("track", GITHUB_REPOSITORY="")
