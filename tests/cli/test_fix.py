"""`--fix`, `--add-allow` and `--diff`: what is written, what is shown, and what stays as it is."""

import json
import os
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

MakePlaybook = Callable[..., Path]
CommandLine = Callable[..., subprocess.CompletedProcess[str]]
TODAY = ("--today", "2026-10-20")
REVIEW = "reviews/2026-10-02-checkout.md"
BLAME = "The operator forgot the lock."


@pytest.fixture
def faulty(complete_review: str) -> str:
    """Give a review with two findings that have a safe rewrite, and one that has none."""
    text = complete_review.replace("\ncauses:\n", "\nroot_causes:\n").replace("tags: [cache, deploy]", "tags: cache")
    return text.replace("after: 4", "after: 7")


def found(failforward: CommandLine, folder: Path, *options: str) -> list[tuple[str, str]]:
    """Give the path and rule of each finding."""
    done = failforward("check", *TODAY, *options, "--output-format", "json", cwd=folder)
    return [(finding["path"], finding["rule"]) for finding in json.loads(done.stdout)]


def test_a_diff_is_shown_and_nothing_written(
    failforward: CommandLine, make_playbook: MakePlaybook, faulty: str, complete_review: str
) -> None:
    """`--diff` prints a diff that git applies, writes nothing, and ends with 1 where something would change."""
    root = make_playbook({REVIEW: faulty, "reviews/2026-10-05-b.md": complete_review})
    for options in (("--diff",), ("--fix", "--diff")):
        done = failforward("check", *TODAY, *options, cwd=root)
        assert done.returncode == 1
        assert done.stdout.startswith(f"--- a/{REVIEW}\n+++ b/{REVIEW}\n@@ ")
        assert [line for line in done.stdout.split("\n")[2:] if line.startswith(("-", "+"))] == [
            "-tags: cache", "+tags: [cache]", "-root_causes:", "+causes:",
        ]  # fmt: skip
    assert (root / REVIEW).read_text("utf-8") == faulty
    subprocess.run(["git", "apply", "-"], cwd=root, input=done.stdout.encode(), check=True)
    done = failforward("check", *TODAY, "--diff", cwd=root)
    assert (done.returncode, done.stdout) == (0, "")


def test_a_fix_is_written_and_checked_again(failforward: CommandLine, make_playbook: MakePlaybook, faulty: str) -> None:
    """`--fix` rewrites what is safe, says so, and reports what is left; a second run has nothing to rewrite."""
    root = make_playbook({REVIEW: faulty})
    done = failforward("check", *TODAY, "--fix", "--output-format", "json", cwd=root)
    assert [finding["rule"] for finding in json.loads(done.stdout)] == ["wrong-form"]
    assert (done.returncode, done.stderr) == (1, "Rewrote 2 places in 1 file.\n")
    expected = faulty.replace("root_causes:", "causes:").replace("tags: cache", "tags: [cache]")
    assert (root / REVIEW).read_text("utf-8") == expected
    assert failforward("check", *TODAY, "--fix", cwd=root).stderr == "Rewrote 0 places in 0 files.\n"
    assert [path.name for path in (root / "reviews").iterdir()] == [Path(REVIEW).name]


def test_everything_else_stays_byte_for_byte(
    failforward: CommandLine, make_playbook: MakePlaybook, faulty: str
) -> None:
    """Line ends, a byte-order mark, blanks at the end of lines and the file's mode are as they were."""
    data = b"\xef\xbb\xbf" + (faulty.replace("kind:", "kind: ", 1) + "\nend  ").replace("\n", "\r\n").encode()
    root = make_playbook({REVIEW: data})
    (root / REVIEW).chmod(0o640)
    failforward("check", *TODAY, "--fix", cwd=root)
    expected = data.replace(b"root_causes:", b"causes:").replace(b"tags: cache", b"tags: [cache]")
    assert (root / REVIEW).read_bytes() == expected
    assert stat.S_IMODE((root / REVIEW).stat().st_mode) == 0o640


def test_a_link_stays_a_link(failforward: CommandLine, make_playbook: MakePlaybook, faulty: str) -> None:
    """Where a review is a link to a file of the playbook, the file is rewritten."""
    root = make_playbook({"kept/a.md": faulty, "reviews/x.md": "---\nstatus: draft\n---\n"})
    (root / REVIEW).symlink_to("../kept/a.md")
    failforward("check", *TODAY, "--fix", cwd=root)
    assert (root / REVIEW).is_symlink()
    assert "root_causes" not in (root / "kept/a.md").read_text("utf-8")


def test_only_what_is_asked_is_fixed(failforward: CommandLine, make_playbook: MakePlaybook, faulty: str) -> None:
    """Rules that are chosen and files that are named narrow what is rewritten."""
    root = make_playbook({REVIEW: faulty, "reviews/2026-10-05-b.md": faulty})
    failforward("check", *TODAY, "--fix", "--select", "field-alias", REVIEW, cwd=root)
    text = (root / REVIEW).read_text("utf-8")
    assert "root_causes" not in text
    assert "tags: cache\n" in text
    assert (root / "reviews/2026-10-05-b.md").read_text("utf-8") == faulty


def test_what_cannot_be_read_is_not_rewritten(
    failforward: CommandLine, make_playbook: MakePlaybook, faulty: str
) -> None:
    """A file that is no UTF-8 stays as it is; that is a finding of its own."""
    data = faulty.encode("utf-16")
    root = make_playbook({REVIEW: data, "reviews/b.md": faulty.encode() + b"\xff"})
    done = failforward("check", *TODAY, "--fix", cwd=root)
    assert done.stderr == "Rewrote 0 places in 0 files.\n"
    assert (root / REVIEW).read_bytes() == data


def test_standard_input_cannot_be_rewritten(failforward: CommandLine, tmp_path: Path) -> None:
    """There is no file to write to."""
    done = failforward("check", "--fix", "-", cwd=tmp_path, stdin="---\nroot_causes: [a]\n---\n")
    assert (done.returncode, done.stdout) == (2, "")
    assert "Standard input cannot be rewritten. Name the file." in done.stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="an administrator may write everywhere")
def test_what_cannot_be_written_is_an_error(failforward: CommandLine, make_playbook: MakePlaybook, faulty: str) -> None:
    """A folder that may not be written to is named, with a remedy, and the file is whole."""
    root = make_playbook({REVIEW: faulty})
    (root / "reviews").chmod(0o500)
    done = failforward("check", *TODAY, "--fix", cwd=root)
    (root / "reviews").chmod(0o700)
    assert done.returncode == 2
    assert f"{REVIEW}: The file cannot be written" in done.stderr
    assert (root / REVIEW).read_text("utf-8") == faulty


def test_reviewdog_and_code_scanning_are_told_the_rewrite(
    failforward: CommandLine, make_playbook: MakePlaybook, faulty: str
) -> None:
    """A suggestion for reviewdog and a fix in SARIF carry the rewrite; JSON has its documented keys and no other."""
    root = make_playbook({REVIEW: faulty.replace("tags: cache", "tags: é cache")})
    options = ("check", *TODAY, "--select", "field-alias,wrong-form", "--output-format")
    diagnostics = json.loads(failforward(*options, "rdjson", cwd=root).stdout)["diagnostics"]
    line = faulty.split("\n").index("tags: cache") + 1
    suggested = [diagnostic["suggestions"] for diagnostic in diagnostics if "suggestions" in diagnostic]
    assert suggested[0] == [
        {"range": {"start": {"line": line, "column": 7}, "end": {"line": line, "column": 15}}, "text": "[é cache]"}
    ]
    assert [suggestion[0]["text"] for suggestion in suggested] == ["[é cache]", "causes"]
    log = json.loads(failforward(*options, "sarif", cwd=root).stdout)
    schema = json.loads((Path(__file__).resolve().parents[1] / "data/sarif-schema-2.1.0.json").read_text("utf-8"))
    jsonschema.Draft4Validator(schema).validate(log)
    results = log["runs"][0]["results"]
    (replacement,) = results[0]["fixes"][0]["artifactChanges"][0]["replacements"]
    assert replacement == {
        "deletedRegion": {"startLine": line, "startColumn": 7, "endLine": line, "endColumn": 14},
        "insertedContent": {"text": "[é cache]"},
    }
    assert all("fix" not in finding for finding in json.loads(failforward(*options, "json", cwd=root).stdout))


NOTES = f"""\
{BLAME} It was the first paragraph.

# {BLAME}

One. {BLAME}
{BLAME} He was careless.

- {BLAME}
- One.
  {BLAME}\\
  Two.

| when | what |
|---|---|
| now | {BLAME} |

> {BLAME}

!!! note
    {BLAME}
"""
ALLOWED = f"""\
{BLAME} It was the first paragraph. <!-- allow RULES: old -->

<!-- allow RULES: old -->
# {BLAME}

<!-- allow MORE: old -->
One. {BLAME}
{BLAME} He was careless.

- {BLAME} <!-- allow RULES: old -->
- One.
  {BLAME} <!-- allow RULES: old -->\\
  Two.

| when | what |
|---|---|
| now | {BLAME} <!-- allow RULES: old --> |
"""


@pytest.fixture
def rules(failforward: CommandLine, tmp_path: Path) -> tuple[str, str]:
    """Give the rules that find something in the first sentence, and in the paragraph of two lines."""

    def names(text: str) -> str:
        done = failforward("check", "--only-wording", "-", "--output-format", "json", cwd=tmp_path, stdin=text)
        return ", ".join(sorted({finding["rule"] for finding in json.loads(done.stdout)}))

    return names(BLAME), names(f"{BLAME} He was careless.")


def test_old_wording_is_allowed_where_it_stands(
    failforward: CommandLine, tmp_path: Path, rules: tuple[str, str]
) -> None:
    """A comment stands before a paragraph or heading, at the end of a list item's or row's line, and works there."""
    text = NOTES.partition("\n> ")[0]
    (tmp_path / "notes.md").write_text(text, "utf-8")
    done = failforward("check", "--only-wording", "notes.md", "--add-allow", " old ", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "1 file checked: no findings.\n")
    assert rules[0] != rules[1]
    expected = ALLOWED.replace("RULES", rules[0]).replace("MORE", rules[1])
    assert (tmp_path / "notes.md").read_text("utf-8") == expected
    done = failforward("check", "--only-wording", "notes.md", "--add-allow", "old", cwd=tmp_path)
    assert done.stderr == "Rewrote 0 places in 0 files.\n"
    assert (tmp_path / "notes.md").read_text("utf-8") == expected


@pytest.mark.parametrize(
    "text",
    [
        NOTES,
        f"    code\n\n1. a\n\n   {BLAME}\n\n   ```\n   x\n   ```\n",
        f"{BLAME}",
        f"\n\n{BLAME}\n",
        f"## {BLAME} ##\n",
        f"{BLAME}\n=====\n",
        f"a\n\n* * *\n{BLAME}  \nb\n",
        f"a[^1]\n\n[^1]: {BLAME}\n",
        f"- [ ] {BLAME}\n- [x] {BLAME}\n",
        f"<div>\n\n{BLAME}\n\n</div>\n",
        f"<!-- a -->\n{BLAME}\n",
        f"---\ntitle: {BLAME}\ntrigger: {BLAME}\n---\n{BLAME}\n\n{BLAME}\n",
        f"| a |\n|---|\n| {BLAME}\n",
        f'???+ note "{BLAME}"\n    {BLAME}\n',
    ],
)
def test_nothing_is_found_in_what_was_adopted(failforward: CommandLine, tmp_path: Path, text: str) -> None:
    """Wherever wording stands, one run allows it: nothing is found any more, no comment is idle, no line is lost."""
    (tmp_path / "a.md").write_text(text, "utf-8")
    before = found(failforward, tmp_path, "--only-wording", "a.md")
    done = failforward("check", "--only-wording", "a.md", "--add-allow", "old", "--fail-on", "advice", cwd=tmp_path)
    assert before
    assert (done.returncode, done.stdout) == (0, "1 file checked: no findings.\n")
    kept = iter((tmp_path / "a.md").read_text("utf-8"))
    assert all(character in kept for character in text)


def test_a_review_is_adopted_with_its_structure(
    failforward: CommandLine, make_playbook: MakePlaybook, complete_review: str
) -> None:
    """Only wording is allowed; what a review lacks is still found, in the same number."""
    text = complete_review.replace("after: 4", "after: 7") + f"\n{BLAME}\n"
    root = make_playbook({REVIEW: text.replace("how: Nothing watched", "how: Someone careless watched")})
    assert len(found(failforward, root)) > 1
    failforward("check", *TODAY, "--add-allow", "written before we checked", cwd=root)
    assert found(failforward, root) == [(REVIEW, "wrong-form")]


@pytest.mark.parametrize("reason", ["", "  ", "a --> b", "a -- b", "a -", "<!-- a"])
def test_a_reason_that_no_comment_can_hold_is_an_error(failforward: CommandLine, tmp_path: Path, reason: str) -> None:
    """The reason is a few words; anything that would end the comment is refused before a file is touched."""
    (tmp_path / "a.md").write_text(BLAME, "utf-8")
    done = failforward("check", "--only-wording", "a.md", f"--add-allow={reason}", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "cannot be the reason in a comment. Write a few words" in done.stderr
    assert (tmp_path / "a.md").read_text("utf-8") == BLAME
