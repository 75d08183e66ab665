"""Diagnostics over the real protocol: what an editor shows while somebody types."""

import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types

from failforward.language_server.desk import Desk, findings

ROOT = Path(__file__).resolve().parents[2]
NAME = "reviews/2026-10-02-cache.md"


def codes(found: list[types.Diagnostic]) -> list[str]:
    """Give the rules of diagnostics."""
    return [str(entry.code) for entry in found]


def place(entry: types.Diagnostic) -> tuple[int, int, int, int]:
    """Give where a diagnostic stands."""
    start, end = entry.range.start, entry.range.end
    return start.line, start.character, end.line, end.character


def text_of(root: Path) -> str:
    """Give the example's text."""
    return (root / NAME).read_text("utf-8")


def test_a_sound_review_has_no_finding(editor: Any, root: Path) -> None:
    """Opening a review that is in order shows nothing."""
    assert editor.diagnostics(editor.open(root / NAME)) == []


def test_a_finding_names_its_rule_its_place_and_what_to_write(editor: Any, root: Path) -> None:
    """A finding carries the rule, the exact words, the severity, the page and what to write instead."""
    uri = editor.open(root / NAME, text_of(root).replace("kind: incident", "kind: incidnt"))
    [found] = [entry for entry in editor.diagnostics(uri) if entry.code == "unknown-word"]
    assert place(found) == (2, 6, 2, 13)
    assert found.severity == types.DiagnosticSeverity.Error
    assert found.source == "failforward"
    assert found.code_description.href == "https://failforward.github.io/failforward/rules/unknown-word/"
    assert "“incidnt”" in found.message
    assert found.message.endswith("\nInstead: Write incident.")


def test_severities_are_error_warning_and_information(editor: Any, root: Path) -> None:
    """Advice is shown as information."""
    text = text_of(root).replace("causes:", "factors:", 1).replace("kind: prevent", "kind: x")
    found = editor.diagnostics(editor.open(root / NAME, text))
    levels = {str(entry.code): entry.severity for entry in found}
    assert levels["unknown-word"] == types.DiagnosticSeverity.Error
    assert levels["field-alias"] == types.DiagnosticSeverity.Information


def test_typing_is_followed_and_looked_at_when_it_rests(editor: Any, root: Path) -> None:
    """Many quick changes give one answer, for the last of them."""
    uri = editor.open(root / NAME)
    editor.diagnostics(uri)
    for length in range(1, 9):
        editor.change(uri, text_of(root).replace("kind: incident", "kind: " + "incidentally"[:length]))
    editor.change(uri, text_of(root).replace("kind: incident", "kind: near"))
    assert "unknown-word" in codes(editor.diagnostics(uri))
    editor.rest(0.5)
    assert not editor.published[uri]


@pytest.mark.parametrize(("encoding", "column"), [("utf-8", 16), ("utf-16", 12), ("utf-32", 10)])
def test_columns_are_counted_as_the_editor_asks(start: Any, root: Path, encoding: str, column: int) -> None:
    """Emoji before a finding count 4, 2 or 1, after what editor and server agreed on."""
    editor = start(encoding)
    assert editor.abilities.position_encoding == encoding
    uri = editor.open(root / NAME, text_of(root).replace("tags: [cache, deploy]", "tags: [🔥🧯, a b]"))
    found = [entry for entry in editor.diagnostics(uri) if entry.code == "wrong-form"]
    line = 14
    assert place(found[-1]) == (line, column + 1, line, column + 4)


def test_columns_are_utf_16_without_an_agreement(editor: Any, root: Path) -> None:
    """An editor that names no encoding gets what the protocol prescribes."""
    assert editor.abilities.position_encoding == "utf-16"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_do_not_move_a_finding(editor: Any, root: Path, end: str) -> None:
    """LF, CRLF and CR give the same places; U+2028 is no line end."""
    text = text_of(root).replace("title: The", "title: The\u2028").replace("kind: incident", "kind: incidnt")
    found = editor.diagnostics(editor.open(root / NAME, text.replace("\n", end)))
    assert (2, 6, 2, 13) in [place(entry) for entry in found]


def test_a_byte_order_mark_counts_for_the_editor_alone(editor: Any, root: Path) -> None:
    """A mark at the beginning of a buffer is read over, and the editor's columns include it."""
    found = editor.diagnostics(editor.open(root / NAME, "\ufeffno front matter"))
    assert codes(found) == ["missing-front-matter"]
    assert found[0].range.start == types.Position(0, 1)


def test_the_open_text_wins_over_the_file(editor: Any, root: Path) -> None:
    """What is not saved yet counts, for the review itself and for the others that look at it."""
    other = editor.open(root / "reviews/2026-09-01-quota.md")
    assert editor.diagnostics(other) == []
    new = editor.open(root / "reviews/2026-10-30-new.md", text_of(root))
    editor.diagnostics(new)
    text = (root / "reviews/2026-09-01-quota.md").read_text("utf-8").replace("2026-10-02-cache", "2026-10-30-new")
    editor.change(other, text)
    assert editor.diagnostics(other) == []
    editor.close(new)
    editor.change(other, text + "\n")
    assert codes(editor.diagnostics(other)) == ["unknown-related-review"]


def test_closing_a_file_takes_its_findings_away(editor: Any, root: Path) -> None:
    """A closed review shows nothing."""
    uri = editor.open(root / NAME, "nothing")
    assert editor.diagnostics(uri)
    editor.close(uri)
    assert editor.diagnostics(uri) == []


def test_a_cause_that_is_added_on_disk_is_known(editor: Any, root: Path) -> None:
    """The playbook is read again when a watched file changes, and every open review is looked at anew."""
    uri = editor.open(root / NAME, text_of(root).replace("untested-path", "brand-new"))
    assert "unknown-cause" in codes(editor.diagnostics(uri))
    cause = root / "causes/brand-new.md"
    cause.write_text((root / "causes/quota-limit.md").read_text("utf-8"), "utf-8")
    editor.touched(cause)
    assert "unknown-cause" not in codes(editor.diagnostics(uri))
    assert {registration.method for registration in editor.registered} == {types.WORKSPACE_DID_CHANGE_WATCHED_FILES}


def test_saving_has_the_playbook_read_again(editor: Any, root: Path) -> None:
    """An editor that watches no files is served when it saves one."""
    uri = editor.open(root / NAME)
    editor.diagnostics(uri)
    settings = root / "playbook.yml"
    settings.write_text(settings.read_text("utf-8").replace("[high, low]", "[high, minor]"), "utf-8")
    editor.save(editor.open(settings))
    assert codes(editor.until(uri, bool)) == ["unknown-severity"]


def test_a_review_that_changed_on_disk_is_read_again(editor: Any, root: Path) -> None:
    """A review that disappears is missed by those that name it."""
    uri = editor.open(root / NAME)
    editor.diagnostics(uri)
    (root / "reviews/2026-09-01-quota.md").unlink()
    editor.touched(root / "reviews/2026-09-01-quota.md")
    assert codes(editor.diagnostics(uri)) == ["unknown-related-review"]


def test_a_setting_that_cannot_be_used_is_shown_in_its_file(editor: Any, root: Path) -> None:
    """The error stands on its line of playbook.yml until it is mended; meanwhile the last good settings count."""
    uri = editor.open(root / NAME)
    editor.diagnostics(uri)
    settings = root / "playbook.yml"
    sound = settings.read_text("utf-8")
    settings.write_text(sound + "presett: strict\n", "utf-8")
    editor.touched(settings)
    [found] = editor.diagnostics(settings.as_uri())
    assert found.range.start == types.Position(4, 0)
    assert found.message == "“presett” is no setting\nInstead: Did it mean preset?"
    assert editor.diagnostics(uri) == []
    settings.write_text(sound, "utf-8")
    editor.touched(settings)
    assert editor.diagnostics(settings.as_uri()) == []


@pytest.mark.parametrize("wrong", ["where: [nowhere]", "subject: [nobody]", "severity: loud", 'match: ["(("]'])
def test_a_rule_that_cannot_be_used_is_shown_in_its_file(editor: Any, root: Path, wrong: str) -> None:
    """A house rule's error stands in the rule, and the review is still served."""
    sound = {"severity": "severity: warning", "match": "match: [hero]"} | {wrong.partition(":")[0]: wrong}
    rule = root / "rules/hero-story.md"
    rule.parent.mkdir()
    fields = "\n".join(sound.values())
    rule.write_text(f"---\nkind: wording\nmessage: A hero\n{fields}\n---\n\n## Why\n\nSo.\n", "utf-8")
    uri = editor.open(root / NAME, text_of(root).replace("kind: incident", "kind: incidnt"))
    assert editor.diagnostics(rule.as_uri())[0].message
    assert "unknown-word" in codes(editor.diagnostics(uri)) or not wrong.startswith(("where", "subject", "match"))
    editor.change(uri, text_of(root))
    rule.unlink()
    editor.touched(rule)
    assert editor.diagnostics(rule.as_uri()) == []
    assert editor.until(uri, lambda found: not found) == []


def test_a_playbook_that_could_never_be_read_still_serves(editor: Any, root: Path) -> None:
    """With broken settings from the beginning a review is read for its wording alone, and the settings are shown."""
    (root / "playbook.yml").write_text("severities: high\n", "utf-8")
    uri = editor.open(root / NAME, "no front matter")
    assert codes(editor.diagnostics(uri)) == []
    assert "severities" in editor.diagnostics((root / "playbook.yml").as_uri())[0].message


def test_a_cause_that_cannot_be_used_is_shown_in_its_file(editor: Any, root: Path) -> None:
    """An open cause shows what it lacks."""
    cause = root / "causes/quota-limit.md"
    cause.write_text("---\ntitle: Quota limit\n---\n", "utf-8")
    assert codes(editor.diagnostics(editor.open(cause))) == ["unusable-cause", "unusable-cause"]


HOSTILE = [
    "",
    "\n",
    "---",
    "---\n",
    "---\ntitle: [\n",
    "---\n\t- x\n---\n",
    "---\n&a [*a]\n---\n",
    "---\ntitle: \ud83d\n---\n\udd25",
    "---\n? [a, b]\n: c\n---\n",
    "---\ncauses: 7\nexperiments: {a: b}\nmood: []\n---\n# x",
    "\x00\x01\x02",
    "---\n" + "a: " * 3000 + "\n---\n",
    "---\n" + "[" * 3000 + "\n---\n",
    "---\ntitle: x\n---\n" + "> " * 3000 + "x",
    "---\ntitle: x\n---\n" + "*_[" * 3000,
    "x" * 4_100_000,
]


def test_causes_and_risks_are_read_for_blame(editor: Any, root: Path) -> None:
    """The sentences of a cause and of the risks are read while they are typed, like those of a review."""
    path = root / "causes/untested-path.md"
    uri = editor.open(path)
    assert editor.diagnostics(uri) == []
    editor.change(uri, path.read_text("utf-8") + "\nThe operator forgot the lock.\n")
    assert codes(editor.diagnostics(uri)) == ["mistake-by-person"]
    risks = "- id: cold\n  title: The operator forgot the lock\n  owner: platform\n  review_by: 2027-01-01\n"
    (root / "risks.yml").write_text("[]\n", "utf-8")
    editor.touched(root / "risks.yml")
    uri = editor.open(root / "risks.yml", risks)
    [found] = editor.diagnostics(uri)
    assert (found.code, place(found)) == ("mistake-by-person", (1, 22, 1, 28))
    name, at = types.TextDocumentIdentifier(uri), types.Range(found.range.start, found.range.start)
    params = types.CodeActionParams(name, at, types.CodeActionContext([]))
    [action] = editor.run(editor.client.text_document_code_action_async(params))
    [edit] = action.edit.changes[uri]
    assert (edit.range.start.line, edit.new_text) == (0, "# allow mistake-by-person: \n")
    editor.change(uri, edit.new_text.replace(": ", ": a quotation") + risks)
    assert editor.diagnostics(uri) == []
    for other in (root / "playbook.yml", root.parent / "compose.yml"):
        assert editor.diagnostics(editor.open(other, f"# The operator forgot the lock.\n{risks}")) == []


def test_no_text_brings_the_server_down(editor: Any, root: Path) -> None:
    """Whatever a buffer holds gives diagnostics, and every question about it an answer."""
    uri = editor.open(root / NAME)
    editor.diagnostics(uri)
    name = types.TextDocumentIdentifier(uri)
    for text in HOSTILE:
        editor.change(uri, text)
        assert editor.diagnostics(uri), text[:40]
        for line, column in ((0, 0), (1, 3), (10**6, 10**6)):
            position = types.Position(line, column)
            editor.run(editor.client.text_document_hover_async(types.HoverParams(name, position)))
            editor.run(editor.client.text_document_completion_async(types.CompletionParams(name, position)))
            editor.run(editor.client.text_document_definition_async(types.DefinitionParams(name, position)))
        whole = types.Range(types.Position(0, 0), types.Position(10**6, 0))
        context = types.CodeActionContext([])
        editor.run(editor.client.text_document_code_action_async(types.CodeActionParams(name, whole, context)))
        editor.run(editor.client.text_document_document_symbol_async(types.DocumentSymbolParams(name)))
    assert editor.complaints == []


def test_a_text_outside_a_playbook_is_read_for_its_wording_alone(editor: Any, tmp_path: Path) -> None:
    """Notes elsewhere, and a text without a file, are asked for no front matter."""
    notes = tmp_path / "notes.md"
    notes.write_text("Some words.\n", "utf-8")
    assert editor.diagnostics(editor.open(notes)) == []
    item = types.TextDocumentItem("untitled:Untitled-1", "markdown", 1, "Some words.")
    editor.client.text_document_did_open(types.DidOpenTextDocumentParams(item))
    assert editor.diagnostics("untitled:Untitled-1") == []


def test_blame_is_found_inside_and_outside_a_playbook(editor: Any, root: Path, tmp_path: Path) -> None:
    """The wording rules read reviews and any other Markdown."""
    blame = "The on-call engineer should have looked at the dashboard."
    inside = editor.diagnostics(editor.open(root / NAME, text_of(root) + f"\n{blame}\n"))
    outside = editor.diagnostics(editor.open(tmp_path / "notes.md", f"# Notes\n\n{blame}\n"))
    assert "counterfactual-person" in codes(inside)
    assert codes(inside) == codes(outside)


def test_a_text_beside_the_playbook_has_the_levels_of_its_path(desk: Desk, root: Path) -> None:
    """The settings see a text outside of the playbook from its folder, as the command does."""
    with (root / "playbook.yml").open("a", encoding="utf-8") as settings:
        settings.write("paths: {../notes: {rules: {counterfactual-person: off}}}\n")
    text = "The on-call engineer should have looked."
    for folder, count in (("notes", 0), ("papers", 1)):
        path = root.parent / folder / "a.md"
        assert len(findings(desk.document(path.as_uri(), path, text), date(2026, 11, 1))) == count


@pytest.mark.parametrize("path", sorted((ROOT / "playbook/reviews").rglob("*.md")), ids=lambda path: path.stem)
def test_the_editor_says_what_the_command_says(path: Path, everything: list[dict[str, Any]], desk: Desk) -> None:
    """Each of our reviews gets the same findings in the editor as from `failforward check`."""
    document = desk.document(path.as_uri(), path, path.read_text("utf-8"))
    found = findings(document, date(2026, 11, 1))
    ours = [(finding.rule, finding.severity, finding.line, finding.column, finding.message) for finding in found]
    theirs = [
        (entry["rule"], entry["severity"], entry["line"], entry["column"], entry["message"])
        for entry in everything
        if entry["path"].endswith(f"reviews/{path.name}")
    ]
    assert ours == theirs


@pytest.fixture(scope="module")
def desk() -> Desk:
    """Give a desk that keeps the playbook between texts."""
    return Desk()


@pytest.fixture(scope="module")
def everything() -> list[dict[str, Any]]:
    """Give what the command finds in our whole playbook."""
    command = [sys.executable, "-m", "failforward", "check", "--output-format", "json", "--today", "2026-11-01"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found
