"""The sentences of causes and of the risk register are read like those of reviews: in check, editor and site build."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

CommandLine = Callable[..., subprocess.CompletedProcess[str]]
MakePlaybook = Callable[..., Path]
Place = tuple[str, int, int, str, str]
CAUSE = """---
title: Untested path
group: verification
summary: The engineer should have tested it. 🚀
hints: [should have tested]
---

## What it is

We forgot the *second* path.
"""
RISKS = """- id: cold
  title: The cache is cold because the operator forgot it
  owner: platform
  review_by: 2027-01-01
  summary: >
    Long.
    Careless staff ran it.
- id: dark
  title: Nothing is logged
  owner: platform
  review_by: 2027-01-01
  status: accepted
  because: "The on-call should have looked."
"""
FILES = {"causes/untested-path.md": CAUSE, "risks.yml": RISKS}
PLACES = [
    ("causes/untested-path.md", 4, 23, "should have", "counterfactual-person"),
    ("causes/untested-path.md", 10, 4, "forgot", "mistake-by-team"),
    ("risks.yml", 2, 49, "forgot", "mistake-by-person"),
    ("risks.yml", 7, 5, "Careless staff", "judgement-of-people"),
    ("risks.yml", 13, 25, "should have", "counterfactual-person"),
]


def found(failforward: CommandLine, root: Path, *arguments: str) -> list[Place]:
    """Give where something is found, what, and by which rule."""
    done = failforward("check", "--today", "2026-10-20", *arguments, "--output-format", "json", cwd=root)
    keys = ("path", "line", "column", "excerpt", "rule")
    return [tuple(each[key] for key in keys) for each in json.loads(done.stdout)]  # type: ignore[misc]


def test_every_sentence_is_read_in_its_place(failforward: CommandLine, make_playbook: MakePlaybook) -> None:
    """Fields and prose of causes, titles, summaries and reasons of risks; keywords and names are no sentences."""
    assert found(failforward, make_playbook(FILES)) == PLACES


def test_one_file_can_be_asked_for(failforward: CommandLine, make_playbook: MakePlaybook) -> None:
    """A cause, the folder of causes and the register can be named; what cannot be read in them is said too."""
    root = make_playbook(FILES)
    assert found(failforward, root, "risks.yml") == PLACES[2:]
    assert found(failforward, root, "causes") == PLACES[:2]
    (root / "risks.yml").write_text("- id: a\n  title: A\n", "utf-8")
    assert {place[4] for place in found(failforward, root, "risks.yml")} == {"unusable-risk"}
    done = failforward("check", "risks.yml", cwd=root)
    assert "1 file checked" in done.stdout


def test_what_is_named_and_not_read_is_said(failforward: CommandLine, make_playbook: MakePlaybook) -> None:
    """Of a file or folder of a playbook that holds nothing to check, standard error names it and the option for it."""
    root = make_playbook({**FILES, "docs/site.md": "The on-call should have looked.\n", "rules/README.txt": "a"})
    more = " not checked, as no review, cause or risk register. --only-wording reads any Markdown.\n"
    for names, said in (
        (("docs/site.md",), f"failforward: docs/site.md:{more}"),
        (("docs", "./reviews/../playbook.yml", "risks.yml"), f"failforward: docs:{more}"),
        (("causes", "rules", "playbook.yml"), ""),
        ((), ""),
        (("--only-wording", "docs/site.md"), ""),
    ):
        assert failforward("check", "--fail-on", "never", *names, cwd=root).stderr == said
    for number in range(8):
        (root / f"docs/{number}.md").write_text("", "utf-8")
    done = failforward("check", *(f"docs/{number}.md" for number in range(8)), "--output-format", "json", cwd=root)
    assert (done.returncode, done.stdout) == (0, "[]\n")
    assert done.stderr == f"failforward: {', '.join(f'docs/{number}.md' for number in range(5))} and 3 more:{more}"


def test_a_cause_that_cannot_be_opened_can_be_named(failforward: CommandLine, make_playbook: MakePlaybook) -> None:
    """What is wrong with it is found as it is in the check of all."""
    root = make_playbook(FILES)
    (root / "causes/gone.md").symlink_to("nowhere.md")
    done = failforward("check", "causes/gone.md", "--output-format", "json", cwd=root)
    assert [each["rule"] for each in json.loads(done.stdout)] == ["unreadable-file"]


@pytest.mark.parametrize("how", [("--only-wording",), ("--select", "counterfactual-person")])
def test_a_folder_is_read_whatever_its_markdown_is_called(
    failforward: CommandLine, tmp_path: Path, how: tuple[str, ...]
) -> None:
    """`.markdown` and `.MD` are Markdown too; hidden files, other texts and packages of others are not read."""
    names = ("a.md", "b.markdown", "deep/c.MD", "d.mkd")
    for name in (*names, ".e.md", ".f/a.md", "node_modules/a.md", "deep/node_modules/x/a.md", "g.txt", "md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("The on-call should have looked.\n", "utf-8")
    (tmp_path / "folder.md").mkdir()
    (tmp_path / "folder.md/h.md").write_text("The on-call should have looked.\n", "utf-8")
    done = failforward("check", *how, "--output-format", "json", ".", cwd=tmp_path)
    found = {each["path"] for each in json.loads(done.stdout) if each["rule"] == "counterfactual-person"}
    assert found == {*names, "folder.md/h.md"}


def test_shipped_causes_are_not_the_teams_texts(failforward: CommandLine, make_playbook: MakePlaybook) -> None:
    """A playbook without causes of its own is not told of those it borrows."""
    done = failforward("check", cwd=make_playbook({}))
    assert done.stdout == "0 files checked: no findings.\n"


@pytest.mark.parametrize(
    ("old", "new", "left"),
    [
        ("forgot it\n", "forgot it  # allow mistake-by-person: a quotation\n", PLACES[3:]),
        ("- id: cold\n", "# allow mistake-by-person, judgement-of-people: why\n- id: cold\n", PLACES[4:]),
        ("- id: dark\n", "- id: dark\n  # allow-file counterfactual-person: why\n", PLACES[2:4]),
        ("  title: Nothing", "  # allow the others\n  title: Nothing", PLACES[2:]),
        ("    Long.\n", "    # allow judgement-of-people: no comment, text\n", PLACES[2:]),
    ],
)
def test_a_comment_of_yaml_keeps_a_sentence(
    failforward: CommandLine, make_playbook: MakePlaybook, old: str, new: str, left: list[Place]
) -> None:
    """`# allow` speaks for its line, for the entry or field below it, or for the file; in a text it is no comment."""
    root = make_playbook({"risks.yml": RISKS.replace(old, new)})
    assert [(path, words, rule) for path, _, _, words, rule in found(failforward, root)] == [
        (path, words, rule) for path, _, _, words, rule in left
    ]


def test_what_is_wrong_with_a_comment(failforward: CommandLine, make_playbook: MakePlaybook) -> None:
    """One that keeps nothing, names no rule or gives no reason is a finding itself."""
    text = "# allow no-such-rule: x\n# allow hindsight: x\n# allow mistake-by-person:\n" + RISKS
    rules = [rule for *_, rule in found(failforward, make_playbook({"risks.yml": text}))]
    assert sorted(rules) == [
        "counterfactual-person", "judgement-of-people", "reasonless-allow", "unused-allow", "unused-allow"
    ]  # fmt: skip


def test_front_matter_takes_the_same_comments(failforward: CommandLine, make_playbook: MakePlaybook) -> None:
    """In front matter a comment of YAML speaks for its line or field, so that no other sentence is kept with it."""
    text = CAUSE.replace("🚀\n", "🚀  # allow counterfactual-person: a quotation\n")
    assert [place[4] for place in found(failforward, make_playbook({"causes/untested-path.md": text}))] == [
        "mistake-by-team"
    ]


def test_they_are_adopted_and_rewritten(failforward: CommandLine, make_playbook: MakePlaybook) -> None:
    """`--add-allow` writes comments of YAML above the entries, twice no more than once; `--fix` rewrites phrases."""
    root = make_playbook({**FILES, "risks.yml": RISKS.replace("Long.", "It took a day to even notice.")})
    for _ in range(2):
        failforward("check", "--today", "2026-10-20", "--add-allow", "written before we checked", cwd=root)
        assert found(failforward, root) == []
        text = (root / "risks.yml").read_text("utf-8")
        assert text.startswith(
            "# allow judgement-of-people, mistake-by-person, mockery: written before we checked\n- id: cold\n"
        )
        assert text.count("# allow ") == 2
    (root / "risks.yml").write_text(RISKS.replace("Long.", "It took a day to even notice."), "utf-8")
    failforward("check", "--today", "2026-10-20", "--fix", cwd=root)
    assert "    It took a day to notice.\n" in (root / "risks.yml").read_text("utf-8")
