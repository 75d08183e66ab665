"""One failure from its first line to the day on which it comes back; the days move, and each says the right thing."""

import json
import re
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

from failforward import index, pages
from failforward.playbook import read_playbook

Run = Callable[..., subprocess.CompletedProcess[str]]

FIRST, SECOND = "2026-10-02-checkout-stalled", "2026-12-04-checkout-stalled-again"
EXPERIMENT = """\
experiments:
  - id: warm-up-gate
    cause: untested-path
    outcome: A warm-up that evicts live keys is stopped
    measure: A replay fails
    kind: prevent
    tasks: [Replay it]
    owner: payments
    due: 2026-10-16
    status: planned
"""
SHORT = {
    "In short": "A job evicted live keys, and checkout was slow until it was stopped.",
    "What we expected": "The job fills an empty cache.",
    "Where reality diverged": "The cache was full.",
    "What we will do differently": "The pipeline stops such a job.",
}


class Story:
    """A playbook, and what is done in it from day to day."""

    def __init__(self, root: Path, run: Run) -> None:
        self.root = root
        self._run = run

    def do(self, today: str, *arguments: str) -> str:
        """Run a command on a day, and give what it says."""
        done = self._run(*arguments, "--today", today, cwd=self.root.parent)
        assert (done.returncode, done.stderr) == (0, ""), done.stdout + done.stderr
        return done.stdout

    def due(self, today: str) -> list[tuple[str, str]]:
        """Give the kind and state of what is due."""
        found = json.loads(self.do(today, "due", "--output-format", "json"))
        return [(each["kind"], each["state"]) for each in found]

    def fill(self, name: str, status: str, fields: dict[str, str]) -> None:
        """Fill in a draft: its fields, a cause, and its sections."""
        path = self.root / f"reviews/{name}.md"
        front = path.read_text("utf-8").split("---\n")[1]
        keys = {"status": status, **fields, "causes": "\n  - cause: untested-path\n    how: It never ran at size."}
        for key in (*keys, "experiments", "accepted", "people", "mood"):
            front = re.sub(rf"^{key}:.*\n(?:[ -].*\n)*", "", front, flags=re.MULTILINE)
        front += "".join(f"{key}: {value}\n" for key, value in keys.items())
        body = "".join(f"\n## {title}\n\n{text}\n" for title, text in SHORT.items())
        path.write_text(f"---\n{front}{EXPERIMENT if name == FIRST else ''}---\n{body}", "utf-8")

    def page(self, today: str, path: str) -> str:
        """Give the words of a page of the site on a day."""
        playbook, day = read_playbook(self.root, shown=""), date.fromisoformat(today)
        made = pages.build(playbook, index.build(playbook, day), day).pages
        text = next(page.text for page in made if page.path == path)
        return " ".join(re.sub(r"<[^>]*>", " ", text).split())

    def found(self, today: str) -> list[str]:
        """Give the reviews in which a lesson is found not to have held."""
        rule = ("check", "--select", "lesson-did-not-hold", "--output-format", "json")
        return [Path(each["path"]).stem for each in json.loads(self.do(today, *rule))]


def test_from_the_failure_to_its_return(make_playbook: Callable[..., Path], failforward: Run) -> None:
    """New, debrief, check-in, change, verdict; nine weeks later the cause is back."""
    story = Story(make_playbook(), failforward)
    what = ("--kind", "incident", "--severity", "sev3", "--service", "checkout", "--team", "payments")

    said = story.do("2026-10-02", "new", "--title", "Checkout stalled", "--started", "2026-10-02T14:05Z", *what)
    assert f"reviews/{FIRST}.md" in said
    story.fill(FIRST, "draft", {"resolved": "2026-10-02T15:40Z"})
    assert ("debrief", "due") in story.due("2026-10-03")
    assert ("debrief", "overdue") in story.due("2026-10-05")
    assert "Nothing here yet" in story.page("2026-10-05", "experiments/index.md")

    story.fill(FIRST, "reviewed", {"resolved": "2026-10-02T15:40Z", "debrief": "2026-10-03T10:00Z"})
    assert story.due("2026-10-05") == [("check-in", "due")]
    assert "is kept" in story.do("2026-10-06", "experiment", "check-in", FIRST)
    assert story.due("2026-10-06") == []

    assert story.due("2026-10-12") == [("experiment", "due")]
    assert story.due("2026-10-17") == [("experiment", "overdue")]
    assert "Overdue" in story.page("2026-10-17", "experiments/index.md")
    story.do("2026-10-17", "experiment", "start", FIRST, "warm-up-gate")
    story.do("2026-10-18", "experiment", "finish", FIRST, "warm-up-gate")
    assert story.due("2026-10-18") == []
    assert story.due("2026-10-28") == [("verification", "due")]
    assert story.due("2026-11-02") == [("verification", "overdue")]
    assert "Waiting for verification" in story.page("2026-11-02", "experiments/index.md")

    verdict = ("--verdict", "stuck", "--evidence", "It stopped two warm-ups")
    story.do("2026-11-02", "experiment", "verify", FIRST, "warm-up-gate", *verdict)
    assert story.due("2026-11-02") == []
    assert "It stopped two warm-ups" in story.page("2026-11-02", f"reviews/{FIRST}.md")
    assert story.found("2026-11-02") == []

    story.do("2026-12-04", "new", "--title", "Checkout stalled again", "--started", "2026-12-04T09:00Z", *what)
    story.fill(SECOND, "reviewed", {"resolved": "2026-12-04T10:00Z", "debrief": "2026-12-05T09:00Z"})
    assert story.found("2026-12-05") == [SECOND]
    for path in ("index.md", "causes/untested-path.md", f"reviews/{FIRST}.md", f"reviews/{SECOND}.md"):
        assert re.search("did not hold|came back", story.page("2026-12-05", path)), path
