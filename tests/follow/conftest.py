"""What the tests of follow-through work with: a review whose promises stand at known places, and a whole story."""

import contextlib
import csv
import io
import json
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from failforward import index, pages
from failforward.cli.main import group
from failforward.playbook import read_playbook

FRONT = """\
title: Checkout stalled after the cache warm-up change
kind: incident
status: reviewed
severity: sev3
started: 2026-10-02T14:05+00:00
resolved: 2026-10-02T15:40+00:00
debrief: 2026-10-03T10:00+00:00
check_in: 2026-10-06T10:00+00:00
services: [checkout]
teams: [payments]
causes:
  - cause: untested-path
    how: Staging has no cluster cache.
experiments:
  - id: warm-up-gate
    cause: untested-path
    outcome: A warm-up that evicts live keys is stopped
    kind: prevent
    owner: platform
    due: 2026-10-16
    status: planned
"""
Write = Callable[..., str]


@pytest.fixture
def review() -> Write:
    """Give a function that writes a review; `old="new"` pairs are replaced in its front matter."""

    def write(*changes: tuple[str, str], front: str = FRONT) -> str:
        for old, new in changes:
            assert old in front, old
            front = front.replace(old, new, 1)
        return f"---\n{front}---\n\n## In short\n\nA job evicted live keys.\n"

    return write


FIRST, SECOND = "2026-10-02-checkout-stalled", "2026-12-04-checkout-stalled-again"
SETTINGS = "title: Ours\nroster: [search, support]\n"
REGISTER = "- {id: cold-cache, title: The cache runs empty, owner: platform, review_by: 2027-03-31}\n"
CAUSES = "[{cause: untested-path, how: It never ran at size.}, {cause: missing-alert, how: Nothing watched it.}]"
TWO = """
  - {id: warm-up-gate, cause: untested-path, outcome: A warm-up that evicts live keys is stopped,
     measure: A replay fails, kind: prevent, tasks: [Replay it], owner: payments, due: 2026-10-16, status: planned}
  - id: eviction-alert       # stays as it is written
    cause: missing-alert
    outcome: 'Somebody is told when keys are evicted'
    measure: A drill rings
    kind: detect
    tasks: [Alert]
    owner: platform
    due: 2026-10-16
    status: planned
    risk: cold-cache"""
CANARY = """
  - {id: canary, cause: untested-path, outcome: The job begins with one shard, measure: A drill stops at one,
     kind: mitigate, tasks: [Begin with one], owner: payments, due: 2026-12-18, status: planned}"""
SHARDS = """
  - {id: no-warm-up, cause: untested-path, outcome: The cache fills itself and the job is gone, measure: No job runs,
     kind: prevent, tasks: [Remove it], owner: payments, due: 2027-01-18, status: planned}"""
PEOPLE = "{facilitator: search, participants: [payments], outsiders: [support]}"
SECTIONS = {
    "In short": "A job evicted live keys, and checkout was slow until it was stopped.",
    "What we expected": "The job fills an empty cache.",
    "Where reality diverged": "The cache was full.",
    "What worked": "The rollback took four minutes.",
    "What we will do differently": "The pipeline stops such a job.",
}


@dataclass
class Story:
    """One failure and its return, played in a git repository; after each chapter a copy of the folder is kept.

    What a command or page says is asked of a chapter on any day, so that each chapter is seen before and after a clock.
    """

    folder: Path
    sites: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)

    @property
    def now(self) -> Path:
        """Give the folder that is worked in."""
        return self.folder / "now"

    def do(self, today: str, *arguments: str) -> str:
        """Run a command that changes something, and commit what it wrote."""
        said = self.run(self.now, today, *arguments)
        self._commit()
        return said

    def run(self, place: Path, today: str, *arguments: str, code: int = 0) -> str:
        """Run a command in a folder on a day, and give what it says."""
        with contextlib.chdir(place):
            outside = {"CI": None, "GITHUB_EVENT_NAME": None, "COLUMNS": "200"}
            done = CliRunner(env=outside).invoke(group, [*arguments, "--today", today], catch_exceptions=False)
        assert done.exit_code == code, done.output
        return done.stdout

    def say(self, chapter: str, today: str, *arguments: str, code: int = 0) -> str:
        """Give what a command says after a chapter, on a day."""
        return self.run(self.folder / chapter, today, *arguments, code=code)

    def data(self, chapter: str, today: str, *arguments: str, code: int = 0) -> Any:
        """Give what a command says as JSON."""
        return json.loads(self.say(chapter, today, *arguments, "--output-format", "json", code=code))

    def due(self, chapter: str, today: str) -> list[tuple[str, str, int]]:
        """Give what is due: the clock or experiment, its state, and how many days it lies ahead."""
        found = self.data(chapter, today, "due", "--within", "7")
        return [(each["experiment"] or each["kind"], each["state"], each["days"]) for each in found]

    def site(self, chapter: str, today: str) -> dict[str, str]:
        """Give the site as it is on a day: path → text."""
        if (chapter, today) not in self.sites:
            playbook, day = read_playbook(self.folder / chapter / "playbook", shown=""), date.fromisoformat(today)
            made = pages.build(playbook, index.build(playbook, day), day, site_url="https://example.org/")
            texts = {page.path: page.text for page in made.pages}
            files = {each.path: each.data.decode() for each in made.assets if not each.path.startswith("assets/")}
            self.sites[chapter, today] = texts | files
        return self.sites[chapter, today]

    def page(self, chapter: str, today: str, path: str) -> str:
        """Give the words of a page."""
        return " ".join(re.sub(r"<[^>]*>", " ", self.site(chapter, today)[path]).split())

    def rows(self, chapter: str, today: str, path: str) -> list[dict[str, str]]:
        """Give the rows of a CSV file of the site."""
        return list(csv.DictReader(io.StringIO(self.site(chapter, today)[path])))

    def found(self, chapter: str, today: str) -> list[tuple[str, str]]:
        """Give what the check finds: review and rule, without what it only advises."""
        listed = self.data(chapter, today, "check", "--fail-on", "never")
        return [(Path(each["path"]).stem, each["rule"]) for each in listed if each["severity"] != "advice"]

    def fill(self, name: str, body: str = "", **fields: str) -> None:
        """Write fields into a review as an editor would; with a body also its sections."""
        path = self.now / f"playbook/reviews/{name}.md"
        _, front, rest = path.read_text("utf-8").split("---\n", 2)
        for key, value in fields.items():
            front = re.sub(rf"^{key}:.*\n(?:[ -].*\n)*", "", front, flags=re.MULTILINE) + f"{key}: {value}\n"
        path.write_text(f"---\n{front}---\n{body or rest}", "utf-8")
        self._commit()

    def end(self, chapter: str) -> None:
        """Keep a copy of the folder as it is at the end of a chapter."""
        shutil.copytree(self.now, self.folder / chapter)

    def _commit(self) -> None:
        named = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
        for arguments in (("add", "--all"), ("commit", "--quiet", "--allow-empty", "--message", "x")):
            subprocess.run(["git", *named, *arguments], cwd=self.now, check=True, capture_output=True)


@pytest.fixture(scope="session")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    """Play the story: new, debrief, check-in, change, verdict, drop, return, second verdict, one more change."""
    story = Story(tmp_path_factory.mktemp("story"))
    (story.now / "playbook/reviews").mkdir(parents=True)
    (story.now / "playbook/playbook.yml").write_text(SETTINGS, "utf-8")
    (story.now / "playbook/risks.yml").write_text(REGISTER, "utf-8")
    subprocess.run(["git", "init", "--quiet", "--initial-branch=main"], cwd=story.now, check=True)
    what = ("--kind", "incident", "--severity", "sev3", "--service", "checkout", "--team", "payments")
    body = "".join(f"\n## {title}\n\n{text}\n" for title, text in SECTIONS.items())

    story.do("2026-10-02", "new", "--title", "Checkout stalled", "--started", "2026-10-02T14:05Z", *what)
    story.fill(FIRST, body, resolved="2026-10-02T15:40Z", detected="2026-10-02T14:11Z", detected_by="monitor")
    story.fill(FIRST, causes=CAUSES, trigger="A job ran.", people="", mood="", experiments="", accepted="")
    story.end("failed")
    story.fill(FIRST, status="reviewed", debrief="2026-10-05T10:00Z", experiments=TWO, mood="{before: 2, after: 4}")
    story.fill(FIRST, people=PEOPLE, risks="[cold-cache]")
    story.end("debriefed")
    story.do("2026-10-07", "experiment", "check-in", FIRST)
    story.end("checked-in")
    story.do("2026-10-17", "experiment", "start", FIRST, "warm-up-gate")
    story.end("started")
    story.do("2026-10-18", "experiment", "finish", FIRST, "warm-up-gate")
    story.end("finished")
    stuck = ("--verdict", "stuck", "--evidence", "It stopped two warm-ups")
    story.do("2026-11-02", "experiment", "verify", FIRST, "warm-up-gate", *stuck)
    story.end("verified")
    story.do("2026-11-28", "experiment", "drop", FIRST, "eviction-alert", "--because", "The cache goes in spring")
    story.fill(FIRST, accepted="[{cause: missing-alert, because: The cache goes in spring., risk: cold-cache}]")
    story.end("dropped")
    story.do("2026-12-04", "new", "--title", "Checkout stalled again", "--started", "2026-12-04T09:00Z", *what)
    story.fill(SECOND, body, resolved="2026-12-04T10:00Z", detected="2026-12-04T09:02Z", detected_by="monitor")
    story.fill(SECOND, causes=CAUSES, trigger="The job ran.", people=PEOPLE, mood="", risks="[cold-cache]")
    story.fill(SECOND, status="reviewed", debrief="2026-12-05T09:00Z", experiments="")
    story.fill(SECOND, accepted="[{cause: missing-alert, because: The cache goes in spring.}]")
    story.end("returned")
    story.fill(SECOND, experiments=CANARY, check_in="2026-12-08")
    story.end("planned")
    story.do("2026-12-07", "experiment", "start", SECOND, "canary")
    story.do("2026-12-15", "experiment", "finish", SECOND, "canary")
    failed = ("--verdict", "did-not-stick", "--evidence", "A drill evicted keys on all shards")
    story.end("canary")
    story.do("2026-12-30", "experiment", "verify", SECOND, "canary", *failed)
    story.end("not-stuck")
    path = story.now / f"playbook/reviews/{SECOND}.md"
    path.write_text(path.read_text("utf-8").replace("experiments: \n", f"experiments:{SHARDS}\n", 1), "utf-8")
    story.end("anew")
    return story
