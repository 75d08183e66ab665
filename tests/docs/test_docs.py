"""What the pages of the guide say can be done: examples are read, commands exist, links lead somewhere."""

import json
import posixpath
import re
import shlex
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from failforward import index
from failforward import pages as site
from failforward.cli.main import group
from failforward.model.fields import EXPERIMENT, KINDS, STATUSES
from failforward.model.finding import SEVERITIES
from failforward.pages import board
from failforward.playbook import read_playbook
from failforward.reviews.read import read_review
from failforward.reviews.risks import read_register
from failforward.settings import KEYS, read_settings
from failforward.text.sections import slug
from failforward.text.source import Source

CODE = re.compile(r"(?<!`)`(failforward [^`]+)`(?!`)")
LINK = re.compile(r"(?<!\\)\]\(([^)\s]+)\)")
# Other files that examples are taken from, by a key that only they have; YAML reads `on` as true.
OTHERS = {"jobs", "repos", "plugins", True}
COMMANDS = {name: group.get_command(None, name) for name in group.list_commands(None)}


def names(fields: Any) -> set[str]:
    """Give the names of declared fields."""
    return {field.name for field in fields}


def problems(front: str, body: str = "") -> list[str]:
    """Read a review and give what could not be read."""
    review = read_review(Source("reviews/x.md", f"---\n{front}---\n{body}"))
    return [f"{problem.kind}: {problem.what}" for problem in review.problems]


def yaml_problems(text: str) -> list[str]:
    """Tell what kind of file a YAML example is of, and what in it cannot be used."""
    text = re.sub(r"^---\n", "", text, flags=re.MULTILINE)
    if isinstance(yaml.safe_load(text), list):
        register, found = read_register(Source("risks.yml", text))
        return [problem.what for problem in found] or ([] if register.risks else ["no risk"])
    keys = set(yaml.safe_load(text) or {})
    if keys & OTHERS:
        return []
    if keys == {"severity"}:
        levels = yaml.safe_load(text)["severity"]
        return sorted(set(levels) - set(STATUSES)) + sorted(set(levels.values()) - set(SEVERITIES))
    if keys <= set(KEYS):
        read_settings(Source("playbook.yml", text))
        return []
    if keys <= names(EXPERIMENT):
        return problems("experiments:\n  -\n" + "".join(f"    {line.strip()}\n" for line in text.splitlines()))
    return problems(text)


def command_lines(page: Any) -> Iterator[tuple[int, str]]:
    """Give each command line of failforward with its line in the page."""
    for match in CODE.finditer(page.prose):
        yield page.prose.count("\n", 0, match.start()) + 1, match[1]
    for line, block in page.fences("console", "bash", "sh", "yaml", "text"):
        for offset, row in enumerate(block.splitlines(), 1):
            found = re.match(r"\s*(?:\$ |- run: |run: )?(failforward .*)", row)
            if found:
                yield line + offset, found[1]


def unknown(called: str) -> str:
    """Say what in a command line does not exist, nothing where all does."""
    words = shlex.split(re.split(r" (?:\||&&|;|>|<|>>|#|\[)|;|\||  ", called)[0], comments=True)[1:]
    if not words or words[0].startswith("-") or not words[0].islower():
        return ""
    command = COMMANDS.get(words[0])
    if isinstance(command, click.Group) and words[1:]:
        words = words[1:]
        command = command.commands.get(words[0])
    if command is None:
        return f"no command {words[0]}"
    options = {name: param for param in command.params if isinstance(param, click.Option)
               for name in (*param.opts, *param.secondary_opts)}  # fmt: skip
    for place, word in enumerate(words[1:], 1):
        if not re.match(r"--?\w", word) or word in ("-h", "--help"):
            continue
        option = options.get(word)
        if option is None:
            return f"{words[0]} has no {word}"
        choices = getattr(option.type, "choices", None)
        if choices and words[place + 1 : place + 2] and words[place + 1] not in choices:
            return f"{word} knows no {words[place + 1]}"
    return ""


def test_each_yaml_example_can_be_used(pages: list[Any]) -> None:
    """Front matter, settings and parts of them are read without a problem; other YAML at least parses."""
    wrong = {f"{page.name}:{line}": yaml_problems(text) for page in pages for line, text in page.fences("yaml")}
    assert {place: found for place, found in wrong.items() if found} == {}


def test_each_review_shown_can_be_read(pages: list[Any]) -> None:
    """A Markdown example with the front matter of a review is a review."""
    wrong = {}
    for page in pages:
        for line, text in page.fences("markdown"):
            front = re.match(r"---\n(.*?)^---$", text, re.MULTILINE | re.DOTALL)
            if front and yaml.safe_load(front[1]).get("kind") in KINDS:
                wrong[f"{page.name}:{line}"] = problems(front[1], text[front.end() :])
    assert len(wrong) >= 2
    assert {place: found for place, found in wrong.items() if found} == {}


def test_each_timeline_shown_has_its_times(pages: list[Any]) -> None:
    """Every row of a timeline in an example is read with a time."""
    seen = 0
    for page in pages:
        for line, text in page.fences("markdown"):
            if re.search(r"^#+ Timeline\n", text, re.MULTILINE) and "**Date:**" not in text:
                body = re.sub(r"\A---\n.*?^---$", "", text, flags=re.MULTILINE | re.DOTALL)
                front = "title: x\nkind: incident\nstatus: draft\nstarted: 2026-10-02T14:05+02:00\n"
                rows = read_review(Source("reviews/x.md", f"---\n{front}---\n{body}")).body.timeline
                assert rows, f"{page.name}:{line}"
                assert all(row.when is not None for row in rows), f"{page.name}:{line}"
                seen += 1
    assert seen


def test_each_command_named_exists(pages: list[Any]) -> None:
    """Every command line of failforward on a page names a command, options and words that exist."""
    wrong = [
        f"{page.name}:{line}: {called}: {what}"
        for page in pages
        for line, called in command_lines(page)
        if (what := unknown(called))
    ]
    assert wrong == []


def test_the_check_of_command_lines_sees_what_does_not_exist() -> None:
    """A missing command, option or word is seen; arguments, pipes and comments are not taken for one."""
    assert unknown("failforward fly") == "no command fly"
    assert unknown("failforward check --fly") == "check has no --fly"
    assert unknown("failforward check --output-format morse") == "--output-format knows no morse"
    assert unknown("failforward check [PATHS] | head -3  # --fly") == ""
    assert unknown("failforward COMMAND") == ""
    assert unknown("failforward experiment list --state waiting") == ""
    assert unknown("failforward experiment fly") == "no command fly"
    assert unknown("failforward experiment start --fly") == "start has no --fly"


@pytest.fixture(scope="module")
def made(root: Path) -> set[str]:
    """Give the paths of the pages that the code makes, from the root of the repository."""
    playbook = read_playbook(root / "playbook", shown="playbook/")
    today = date(2026, 11, 20)
    found = site.build(playbook, index.build(playbook, today), today)
    return {f"playbook/{each.path}" for each in (*found.pages, *found.assets)}


def test_each_link_leads_somewhere(pages: list[Any], root: Path, made: set[str]) -> None:
    """Relative links and pictures lead to a file or to a page that is made, and anchors to a heading."""
    wrong = []
    for page in pages:
        for match in LINK.finditer(re.sub(r"`[^`\n]*`", "", page.prose)):
            path, _, anchor = match[1].partition("#")
            if re.match(r"[a-z]+:", match[1]):
                continue
            target = posixpath.normpath(posixpath.join(posixpath.dirname(page.name), path)) if path else page.name
            if target not in made and not (root / target).exists():
                wrong.append(f"{page.name}: {match[1]}")
            elif anchor and anchor not in anchors(root / target):
                wrong.append(f"{page.name}: {match[1]} (no such heading)")
    assert wrong == []


def anchors(path: Path) -> set[str]:
    """Give the anchors of a page's headings."""
    text = path.read_text("utf-8") if path.exists() else ""
    return {slug(re.sub(r"[`*]", "", title)) for title in re.findall(r"^#+ (.*)$", text, re.MULTILINE)}


def test_each_setting_is_documented(root: Path) -> None:
    """Every key of playbook.yml stands in a heading of its page."""
    headings = re.findall(r"^### (.*)$", (root / "playbook/docs/settings.md").read_text("utf-8"), re.MULTILINE)
    assert sorted(word for heading in headings for word in heading.split(", ") if word in KEYS) == sorted(
        set(KEYS) - {"preset"}
    )
    assert re.search(r"^\s+\| preset \|", (root / "playbook/docs/settings.md").read_text("utf-8"), re.MULTILINE)


def test_each_command_is_documented(root: Path) -> None:
    """Every command has its own section."""
    text = (root / "playbook/docs/commands.md").read_text("utf-8")
    assert [name for name in COMMANDS if f"\n## {name}\n" not in text] == []


def test_the_problem_matcher_reads_the_output(root: Path, pages: list[Any]) -> None:
    """The task for VS Code, in the scaffold and on its page, finds place, severity and message of a finding."""
    task = json.loads((root / "scaffold/playbook-repo/.vscode/tasks.json").read_text("utf-8"))
    editors = next(page for page in pages if page.name == "playbook/docs/editors.md")
    assert [json.loads(text) for _, text in editors.fences("json")] == [task]
    matcher = task["tasks"][0]["problemMatcher"]["pattern"]
    commands = next(page for page in pages if page.name == "playbook/docs/commands.md")
    shown = "\n".join(text for _, text in commands.fences("console"))
    found = re.findall(matcher["regexp"], shown, re.MULTILINE)
    assert [(row[1], row[3]) for row in found[:2]] == [("20", "error"), ("23", "warning")]


def test_each_template_is_listed(root: Path, pages: list[Any]) -> None:
    """The page about the site names every template of a page, and each that it names exists."""
    page = next(page for page in pages if page.name == "playbook/docs/site.md")
    shipped = {path.name for path in (root / "plugins/failforward/pages/templates").glob("*.j2")}
    assert set(re.findall(r"`([\w-]+\.md\.j2)`", page.prose)) == shipped


def test_the_template_shown_can_be_used(root: Path, pages: list[Any], tmp_path: Path) -> None:
    """The example of a team's own template makes the page that its text promises."""
    page = next(page for page in pages if page.name == "playbook/docs/site.md")
    (tmp_path / "worked.md.j2").write_text(next(text for _, text in page.fences("jinja")), "utf-8")
    playbook, today = read_playbook(root / "playbook", shown="playbook/"), date(2026, 11, 20)
    found = site.build(playbook, index.build(playbook, today), today, overrides=tmp_path).pages
    text = next(each.text for each in found if each.path == "worked/index.md")
    assert text.startswith("# Celebrated\n")
    assert "<blockquote>" in text
    assert "Where we were lucky" not in text


def test_the_keys_of_the_data_are_listed(root: Path, pages: list[Any]) -> None:
    """The page about the site names every key of playbook.json and its version."""
    page = next(page for page in pages if page.name == "playbook/docs/site.md")
    playbook, today = read_playbook(root / "playbook", shown="playbook/"), date(2026, 11, 20)
    assets = site.build(playbook, index.build(playbook, today), today).assets
    data = json.loads(next(asset.data for asset in assets if asset.path == "playbook.json"))
    rows = page.text.split("\n## The data\n")[1].split("\n## ")[0].split("\n| column |")[0]
    listed = {name for row in re.findall(r"^\| (`.*?) \|", rows, re.M) for name in re.findall(r"`(\w+)`", row)}
    assert listed == set(data)
    assert f"| `version` | `{data['version']}`;" in rows


def test_the_columns_of_the_board_are_listed(pages: list[Any]) -> None:
    """The page about the site names every column of the board's data, and the version."""
    page = next(page for page in pages if page.name == "playbook/docs/site.md")
    section = page.text.split("\n## The board as data\n")[1].split("\n## ")[0]
    listed = {name for row in re.findall(r"^\| (`.*?) \|", section, re.M) for name in re.findall(r"`(\w+)`", row)}
    assert listed == set(board.COLUMNS)
    assert f"`version` (`{board.VERSION}`" in section


def test_each_page_of_the_guide_is_in_the_navigation(root: Path) -> None:
    """mkdocs.yml names every page of the guide."""
    named = set(re.findall(r"docs/[\w-]+\.md", (root / "mkdocs.yml").read_text("utf-8")))
    assert named == {f"docs/{path.name}" for path in (root / "playbook/docs").glob("*.md")}
