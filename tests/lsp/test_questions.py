"""What an editor asks about a place, over the real protocol: completion, hover, definition, quick fixes, outline."""

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types

from failforward import shipped

NAME = "reviews/2026-10-02-cache.md"
ACCEPTED = "accepted:\n  - cause: missing-alert\n    because: The cache is being retired in November.\n"


def text_of(root: Path) -> str:
    """Give the example's text."""
    return (root / NAME).read_text("utf-8")


def position(text: str, words: str, within: int = 1) -> types.Position:
    """Give the position some characters into the first occurrence of words."""
    offset = text.index(words) + within
    line = text.count("\n", 0, offset)
    return types.Position(line, offset - (text.rfind("\n", 0, offset) + 1))


def asked(editor: Any, root: Path, marked: str) -> tuple[str, types.TextDocumentIdentifier, types.Position]:
    """Open a text that has a ¦ where the cursor stands."""
    text = marked.replace("¦", "")
    uri = editor.open(root / NAME, text)
    offset = marked.index("¦")
    line = marked.count("\n", 0, offset)
    units = len(marked[marked.rfind("\n", 0, offset) + 1 : offset].encode("utf-16-le")) // 2
    return text, types.TextDocumentIdentifier(uri), types.Position(line, units)


def applied(text: str, edit: types.TextEdit) -> str:
    """Apply an edit to a text of characters that are one unit each."""
    lines = text.split("\n")

    def offset(place: types.Position) -> int:
        return sum(len(line) + 1 for line in lines[: place.line]) + place.character

    return text[: offset(edit.range.start)] + edit.new_text + text[offset(edit.range.end) :]


def completions(editor: Any, root: Path, marked: str) -> tuple[str, list[types.CompletionItem]]:
    """Ask for completions at the ¦."""
    text, name, place = asked(editor, root, marked)
    answer = editor.run(editor.client.text_document_completion_async(types.CompletionParams(name, place)))
    return text, list(answer.items)


def test_the_server_says_what_it_can(editor: Any) -> None:
    """The handshake names the features, and the signs after which completion is useful."""
    assert editor.abilities.hover_provider
    assert editor.abilities.definition_provider
    assert editor.abilities.document_symbol_provider
    assert editor.abilities.code_action_provider.code_action_kinds == ("quickfix",)
    assert ":" in editor.abilities.completion_provider.trigger_characters
    assert editor.abilities.text_document_sync.change == types.TextDocumentSyncKind.Full


def test_a_cause_is_completed_with_its_title_and_summary(editor: Any, root: Path) -> None:
    """The vocabulary is offered where a cause stands, without those that the review names."""
    marked = text_of(root).replace("  - cause: missing-alert\n    how", "  - cause: q¦\n    how", 1)
    text, items = completions(editor, root, marked)
    assert [item.label for item in items] == ["missing-alert", "quota-limit"]
    assert items[1].detail == "Quota limit"
    assert "A limit was reached" in items[1].documentation.value
    assert "  - cause: quota-limit\n    how" in applied(text, items[1].text_edit)


def test_completion_counts_in_utf_16(editor: Any, root: Path) -> None:
    """Emoji before the cursor do not move what is replaced."""
    _, items = completions(editor, root, "---\ntags: [🔥, sto¦]\n---\n")
    chosen = next(item for item in items if item.label == "storage")
    assert (chosen.text_edit.range.start.character, chosen.text_edit.range.end.character) == (11, 14)


@pytest.mark.parametrize(("snippets", "wanted"), [(True, "tags: [$0]"), (False, "tags: [")])
def test_a_list_is_offered_with_its_brackets(start: Any, root: Path, snippets: bool, wanted: str) -> None:
    """Where the editor can place its cursor it stands between the brackets; elsewhere the first one is written."""
    _, items = completions(start(snippets=snippets), root, "---\ntitle: x\nta¦\n---\n")
    assert next(item for item in items if item.label == "tags").text_edit.new_text == wanted


def test_missing_headings_are_offered(editor: Any, root: Path) -> None:
    """After a # come the sections that the review lacks."""
    text, items = completions(editor, root, text_of(root) + "\n## ¦")
    labels = [item.label for item in items]
    assert "## What worked" in labels
    assert "## In short" not in labels
    assert applied(text, items[labels.index("## What worked")].text_edit).endswith("\n## What worked")


def hover(editor: Any, root: Path, marked: str) -> str:
    """Ask what the words at the ¦ mean."""
    _, name, place = asked(editor, root, marked)
    answer = editor.run(editor.client.text_document_hover_async(types.HoverParams(name, place)))
    return answer.contents.value if answer else ""


def test_hover_on_a_finding_shows_the_page_of_its_rule(editor: Any, root: Path) -> None:
    """Why, and what to write instead, without leaving the text."""
    shown = hover(editor, root, text_of(root).replace("kind: incident", "kind: inci¦dnt"))
    assert shown.startswith("**Unknown word** · `unknown-word` · error\n\nkind is “incidnt”")
    assert "Instead: Write incident." in shown
    assert "## Why" in shown


def test_hover_on_a_cause_says_what_it_is(editor: Any, root: Path) -> None:
    """Title, group, summary, and in how many other reviews it stands."""
    shown = hover(editor, root, text_of(root).replace("cause: untested-path", "cause: untested¦-path", 1))
    assert shown.split("\n\n") == [
        "**Untested path** · Change and release",
        "A way through the system ran for the first time.",
        "In 1 other review.",
    ]
    shown = hover(editor, root, text_of(root).replace("with: [missing", "with: [miss¦ing"))
    assert shown.startswith("**Missing alert**")


def test_hover_on_a_related_review_says_its_title(editor: Any, root: Path) -> None:
    """The title, kind, status and day."""
    shown = hover(editor, root, text_of(root).replace("review: 2026-09-01", "review: 2026¦-09-01"))
    assert shown == "**The quota ran out**\n\nincident · in-review · 2026-10-02 14:05 UTC"


def test_hover_on_a_name_says_what_the_field_is_for(editor: Any, root: Path) -> None:
    """The reference of the format stands under the cursor; other words say nothing."""
    shown = hover(editor, root, text_of(root).replace("    kind: prevent", "    ki¦nd: prevent"))
    assert "`detect`, `mitigate`" in shown
    assert hover(editor, root, text_of(root).replace("Checkout stood", "Check¦out stood")) == ""


def definition(editor: Any, root: Path, marked: str) -> str:
    """Ask where the words at the ¦ lead."""
    _, name, place = asked(editor, root, marked)
    answer = editor.run(editor.client.text_document_definition_async(types.DefinitionParams(name, place)))
    return answer.uri if answer else ""


def test_definition_leads_to_the_file_that_an_id_names(editor: Any, root: Path) -> None:
    """A cause leads to its page, a review to its file, a rule in an allow comment to its page; other words nowhere."""
    text = text_of(root)
    cause = text.replace("cause: untested", "cause: unt¦ested", 1)
    assert definition(editor, root, cause) == (root / "causes/untested-path.md").as_uri()
    related = text.replace("review: 2026-09-01", "review: 2026¦-09-01")
    assert definition(editor, root, related) == (root / "reviews/2026-09-01-quota.md").as_uri()
    allowed = text + "\n<!-- allow untied¦-cause: it is quoted -->\n"
    assert definition(editor, root, allowed) == (shipped.folder("rules") / "untied-cause.md").as_uri()
    assert definition(editor, root, text.replace("Checkout stood", "Check¦out stood")) == ""


def test_definition_prefers_a_rule_of_the_playbook(editor: Any, root: Path) -> None:
    """A rule that the playbook has itself leads there."""
    (root / "rules").mkdir()
    shutil.copy(shipped.folder("rules") / "untied-cause.md", root / "rules")
    allowed = text_of(root) + "\n<!-- allow untied¦-cause: it is quoted -->\n"
    assert definition(editor, root, allowed) == (root / "rules/untied-cause.md").as_uri()


def fixes(editor: Any, root: Path, marked: str) -> tuple[str, list[types.CodeAction]]:
    """Ask what can be done at the ¦."""
    text, name, place = asked(editor, root, marked)
    params = types.CodeActionParams(name, types.Range(place, place), types.CodeActionContext([]))
    return text, list(editor.run(editor.client.text_document_code_action_async(params)))


def fixed(root: Path, text: str, action: types.CodeAction) -> str:
    """Apply a quick fix to the text, and write it."""
    [edit] = action.edit.changes[(root / NAME).as_uri()]
    result = applied(text, edit)
    (root / NAME).write_text(result, "utf-8")
    return result


def check(root: Path) -> str:
    """Give what the command says of the first review."""
    command = [sys.executable, "-m", "failforward", "check", "--today", "2026-11-01", str(root / NAME)]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=root).stdout


@pytest.mark.parametrize(
    ("sound", "broken", "title"),
    [
        ("kind: incident", "kind: inci¦dnt", "Write incident"),
        ("causes:\n", "contributing¦_factors:\n", "Write causes"),
        ("trigger: ", "trig¦ger_: ", "Write trigger"),
        ("severity: low", "severity: lo¦ww", "Write low"),
        ("    kind: prevent", "    kind: prev¦ention", "Write prevent"),
        ("cause: untested-path\n    outcome", "cau¦se: untested-path\n    action", ""),
        ("started: 2026-10-02T14:05Z", "started: 2026-10-02T1¦4:05", "Write 2026-10-02T14:05Z"),
        ("tags: [cache, deploy]", "tags: ca¦che", "Write [cache]"),
        ("  - cause: untested-path\n    how", "  - cause: untested-p¦athh\n    how", "Write untested-path"),
    ],
)
def test_a_quick_fix_writes_what_the_finding_offers(
    editor: Any, root: Path, sound: str, broken: str, title: str
) -> None:
    """Aliases, misspelt fields and words, missing offsets and lists are mended by one click, and the check agrees."""
    text, actions = fixes(editor, root, text_of(root).replace(sound, broken, 1))
    if not title:
        assert actions == []
        return
    action = next(action for action in actions if action.title == title)
    assert action.is_preferred
    assert action.kind == "quickfix"
    assert action.diagnostics[0].code
    fixed(root, text, action)
    assert str(action.diagnostics[0].code) not in check(root)


def test_where_several_words_fit_each_is_offered(editor: Any, root: Path) -> None:
    """No word is preferred where none is near."""
    _, actions = fixes(editor, root, text_of(root).replace("    kind: prevent", "    kind: zz¦z"))
    assert [action.title for action in actions][:2] == ["Write prevent", "Write detect"]
    assert not any(action.is_preferred for action in actions)


@pytest.mark.parametrize(
    ("replaced", "by"),
    [
        (ACCEPTED, ""),
        (ACCEPTED, "accepted:\n"),
        (ACCEPTED, "accepted: []\n"),
        ("accepted:\n  - cause: missing-alert\n", "accepted:\n  - cause: untested-path\n"),
    ],
)
def test_an_untied_cause_is_tied_by_one_click(editor: Any, root: Path, replaced: str, by: str) -> None:
    """An experiment is begun, or an acceptance, wherever the lists stand; the check then asks for what they lack."""
    broken = text_of(root).replace(replaced, by).replace("missing-alert\n    how", "missing-a¦lert\n    how")
    text, actions = fixes(editor, root, broken)
    assert [action.title for action in actions] == [
        "Add an experiment against missing-alert",
        "Accept missing-alert with a reason",
    ]
    for action in actions:
        result = fixed(root, text, action)
        found = check(root)
        assert "broken-front-matter" not in found
        assert "untied-cause" not in found
        assert result.replace("\n", "").startswith("---title")


def test_an_experiment_is_begun_where_there_is_none(editor: Any, root: Path) -> None:
    """Without a list of experiments one is added at the end of the front matter."""
    before, _, rest = text_of(root).partition("experiments:\n")
    broken = before + "accepted:" + rest.partition("accepted:")[2]
    text, actions = fixes(editor, root, broken.replace("- cause: untested", "- cause: un¦tested", 1))
    result = fixed(root, text, next(action for action in actions if "experiment" in action.title))
    assert "\nexperiments:\n  - id: against-untested-path\n    cause: untested-path\n    outcome:\n" in result
    assert "untied-cause" not in check(root)


def test_a_sentence_is_kept_by_one_click_and_a_reason(editor: Any, root: Path) -> None:
    """The comment asks for its reason, and with one the finding is gone."""
    blame = "\n\nThe on-call engineer shou¦ld have looked at the dashboard.\n"
    text, actions = fixes(editor, root, text_of(root) + blame)
    action = next(action for action in actions if action.title.startswith("Keep the sentence: allow"))
    rule = str(action.diagnostics[0].code)
    result = fixed(root, text, action)
    assert result.endswith(f"\n<!-- allow {rule}:  -->\n" + blame.replace("¦", "").lstrip())
    (root / NAME).write_text(result.replace(f"{rule}:  -->", f"{rule}: it quotes a chat -->"), "utf-8")
    assert rule not in check(root)


def test_a_stock_phrase_is_rewritten_by_one_click(editor: Any, root: Path) -> None:
    """The rewrite that `--fix` writes comes first and is preferred; the sentence can be kept as well."""
    text, actions = fixes(editor, root, text_of(root) + "\n\nIt took a day to even not¦ice.\n")
    assert [(action.title, action.is_preferred) for action in actions] == [
        ("Write to notice", True), ("Keep the sentence: allow mockery, with a reason", None),
    ]  # fmt: skip
    assert fixed(root, text, actions[0]).endswith("\n\nIt took a day to notice.\n")
    assert "mockery" not in check(root)


def outline(symbol: types.DocumentSymbol, depth: int = 0) -> list[str]:
    """Give an outline as indented lines."""
    lines = ["  " * depth + symbol.name + (f" ({symbol.detail})" if symbol.detail else "")]
    for child in symbol.children or ():
        lines += outline(child, depth + 1)
    return lines


def holds(symbol: types.DocumentSymbol) -> bool:
    """Tell whether each selection lies in its range, as the protocol demands."""
    outer, inner = symbol.range, symbol.selection_range
    inside = outer.start <= inner.start and inner.end <= outer.end
    return inside and all(holds(child) for child in symbol.children or ())


def test_the_outline_shows_causes_experiments_sections_and_rows(editor: Any, root: Path) -> None:
    """Sections are nested by their level, and the rows of the timeline stand in it."""
    _, name, _ = asked(editor, root, text_of(root) + "¦")
    found = editor.run(editor.client.text_document_document_symbol_async(types.DocumentSymbolParams(name)))
    assert all(holds(symbol) for symbol in found)
    assert [line for symbol in found for line in outline(symbol)] == [
        "causes (2)",
        "  untested-path (Staging has no cluster cache.)",
        "  missing-alert (Nothing watched the eviction rate.)",
        "experiments (1)",
        "  warm-up-gate (planned · untested-path)",
        "In short",
        "What we expected",
        "What happened",
        "  Timeline",
        "    14:05 The deploy reaches all hosts. (platform on-call)",
        "    14:20 Decision: roll back. (incident lead)",
        "Where reality diverged",
        "What we will do differently",
    ]
