"""What the cases of a rule are held against: every way in which a rule file can be wrong is found, with its line."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

CommandLine = Callable[..., subprocess.CompletedProcess[str]]
MakePlaybook = Callable[..., Path]

WORDING = """---
kind: wording
severity: advice
message: "“{match}” tells of one person’s feat"
match:
  - hero|heroes
  - saved the day
fix:
  saved the day: helped
sources:
  - "How Complex Systems Fail, https://how.complexsystems.fail/"
---

## Why

A rescue that hangs on one person works until that person is on holiday.

## Instead

Say what helped.

## Fires

- The ==hero== of the night was a script.
  instead: The script of the night brought the orders back.
- The old copy ==saved the day==.
  instead: The old copy was four hours old.
  fix: The old copy helped.

## Silent

- The Heroku dyno restarted twice.
"""
STRUCTURE = """---
kind: fields
test: required
fields: [services]
severity: error
message: "The review names no service"
instead: "Write services: [checkout]."
sources:
  - "Incident Reporting Guidelines, https://www.ccadb.org/cas/incident-report"
---

## Why

Neighbours ask first.

## Instead

Name them.

## Fires

```markdown
---
title: A title
kind: incident
status: ==reviewed==
---
```

## Silent

```markdown
---
title: A title
kind: incident
status: reviewed
services: [checkout]
---
```
"""


def proved(failforward: CommandLine, root: Path, *options: str) -> list[tuple[int, str, str, str]]:
    """Give the line, what does not hold, what was found and what was expected, of the own rules of a playbook."""
    done = failforward("rules", "--test", "--output-format", "json", *options, cwd=root)
    found = json.loads(done.stdout)
    assert done.returncode == bool(found)
    assert {each["path"] for each in found} <= {"rules/ours.md"}
    return [(each["line"], each["what"], each["found"], each["expected"]) for each in found]


@pytest.mark.parametrize("text", [WORDING, STRUCTURE], ids=["wording", "structure"])
def test_a_rule_that_holds(failforward: CommandLine, make_playbook: MakePlaybook, text: str) -> None:
    """Nothing is said of a rule that does what its page says, and the command ends with 0."""
    assert proved(failforward, make_playbook({"rules/ours.md": text})) == []


@pytest.mark.parametrize(
    ("old", "new", "failure"),
    [
        (
            "The ==hero== of", "The ==hero of== the",
            (24, "Other words are found than those that are marked", "“hero”", "“hero of”"),
        ),
        (
            "The old copy ==saved the day==", "The ==hero== of the old copy saved the day",
            (26, "Other words are found than those that are marked", "“hero”, “saved the day”", "“hero”"),
        ),
        (
            "The script of the night brought", "The hero of the night brought",
            (24, "A rule stops at the rewrite", "“hero” by ours", "nothing"),
        ),
        (
            "The Heroku dyno restarted twice", "The engineer forgot the lock",
            (32, "A rule stops at a near miss", "“forgot” by mistake-by-person", "nothing"),
        ),
        ("  - saved", "  - won the day\n  - saved", (7, "No case shows this entry of match", "", "“won the day”")),
        ("  saved the day:", "  hero: script\n  saved the day:",
         (25, "--fix makes something else of it", "“The script of the night was a script.”", "nothing")),
        ("fix: The old copy helped", "fix: The old copy saved",
         (26, "--fix makes something else of it", "“The old copy helped.”", "“The old copy saved.”")),
        ("  saved the day: helped", "  saved the night: helped",
         (9, "No case shows this rewrite", "", "“saved the night”")),
        ("“{match}” tells", "This tells", (1, "The message does not show the words that were found", "", "{match}")),
        ("tells of one", "tells your",
         (4, "The message speaks of its author, not of the text", "", "")),
        ("## Why", "## Reason", (1, "The page has no “## Why”", "", "")),
        ("- The Heroku dyno restarted twice.\n", "", (1, "No case shows a near miss, under “## Silent”", "", "")),
        (", https://how", " how", (11, "A source has no address", "“How Complex Systems Fail how.complexsystems.fail/”",
                                   "Title, https://…")),
        ("  instead: The script of the night brought the orders back.\n", "",
         (24, "The case offers no rewrite", "", "instead: …")),
        ("==saved the day==", "saved the day", (26, "A case that fires has no ==marked== words", "", "")),
        ("The Heroku dyno", "The ==Heroku== dyno", (32, "A silent case has ==marked== words", "", "")),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_wording_rule(
    failforward: CommandLine, make_playbook: MakePlaybook, old: str, new: str, failure: tuple[int, str, str, str]
) -> None:
    """Each fault is named with its line, what was found and what was expected."""
    assert old in WORDING
    assert failure in proved(failforward, make_playbook({"rules/ours.md": WORDING.replace(old, new, 1)}))


@pytest.mark.parametrize(
    ("old", "new", "failure"),
    [
        ("==reviewed==", "reviewed", (22, "Other places are found than those that are marked", "4:9 “reviewed”",
                                      "nothing")),
        ("services: [checkout]\n---", "---", (32, "Other places are found than those that are marked",
                                              "4:9 “reviewed”", "nothing")),
        ("no service", "no {thing}", (22, "A place in the message is not filled", "{thing}", "")),
        ("services: [checkout]\n---", "services: [checkout]\nservces: x\n---",
         (32, "The silent case cannot be read as it is meant", "“servces” is no field of a review here", "nothing")),
        ("## Silent\n", "## Silent\n\n- A sentence.\n",
         (32, "A case of a fields rule is a whole review, between fences", "", "")),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_rule_about_structure(
    failforward: CommandLine, make_playbook: MakePlaybook, old: str, new: str, failure: tuple[int, str, str, str]
) -> None:
    """Each fault is named with its line, what was found and what was expected."""
    assert old in STRUCTURE
    assert failure in proved(failforward, make_playbook({"rules/ours.md": STRUCTURE.replace(old, new, 1)}))


def test_a_rule_that_is_off_is_tried(failforward: CommandLine, make_playbook: MakePlaybook) -> None:
    """Settings bend no case: a rule that is off or milder is tried as its file says."""
    settings = "title: Ours\npreset: relaxed\nrules: {ours: off}\n"
    wrong = STRUCTURE.replace("==reviewed==", "reviewed")
    assert proved(failforward, make_playbook({"rules/ours.md": STRUCTURE}, settings)) == []
    assert proved(failforward, make_playbook({"rules/ours.md": wrong}, settings))


def test_a_rewrite_need_not_please_a_rule_that_is_off(failforward: CommandLine, make_playbook: MakePlaybook) -> None:
    """A team that switched a rule off writes as it likes in its cases."""
    text = WORDING.replace("The Heroku dyno restarted twice", "The engineer forgot the lock")
    settings = "title: Ours\nrules: {mistake-by-person: off, omission-by-person: off}\n"
    settings = settings.replace(", omission-by-person: off", "")
    assert proved(failforward, make_playbook({"rules/ours.md": text}, settings)) == []


def test_what_people_see(failforward: CommandLine, make_playbook: MakePlaybook) -> None:
    """The text names path and line, what was found and what was expected; `github` annotates the line."""
    root = make_playbook({"rules/ours.md": WORDING.replace("==hero== of", "==hero of==")})
    done = failforward("rules", "--test", "ours", cwd=root.parent)
    assert (done.returncode, done.stdout) == (
        1,
        "playbook/rules/ours.md:24: Other words are found than those that are marked [ours]\n"
        "      found:    “hero”\n      expected: “hero of”\n\n1 rule, 3 cases: 1 failure in 1 place.\n",
    )
    done = failforward("rules", "--test", "--output-format", "github", cwd=root.parent)
    assert done.stdout.startswith(
        "::error file=playbook/rules/ours.md,line=24,title=failforward%3A ours::Other words are found than those that "
        "are marked; found: “hero”; expected: “hero of”\n"
    )


def test_which_rules_are_tried(failforward: CommandLine, make_playbook: MakePlaybook) -> None:
    """Without a name the own rules, with one that rule, with --shipped all; what cannot be used ends with 2."""
    root = make_playbook({"rules/ours.md": WORDING})
    assert failforward("rules", "--test", cwd=root).stdout == "1 rule, 3 cases: all hold.\n"
    shipped = failforward("rules", "--test", "mockery", cwd=root).stdout
    assert re.fullmatch(r"1 rule, \d{2,} cases: all hold\.\n", shipped)
    assert failforward("rules", "--test", "--shipped", "--kind", "risks", cwd=root).stdout.endswith("all hold.\n")
    assert failforward("rules", "--test", "nothing", cwd=root).returncode == 2
    assert failforward("rules", "--shipped", cwd=root).returncode == 2
    assert failforward("rules", "--output-format", "github", cwd=root).returncode == 2
    (root / "rules/ours.md").write_text(WORDING.replace("saved the day: helped", "saved [the day]: helped"), "utf-8")
    done = failforward("rules", "--test", cwd=root)
    assert done.returncode == 2
    assert "rules/ours.md:9: fix: “saved [the day]” is no rewrite. Write `a phrase: its rewrite`" in done.stderr
    empty = make_playbook({}, "title: Ours\n")
    (empty / "rules/ours.md").unlink()
    done = failforward("rules", "--test", cwd=empty)
    assert (done.returncode, done.stdout) == (0, "0 rules, 0 cases: all hold.\n")
