"""What a new playbook starts with is complete, and agrees with our own."""

import json
import re
from pathlib import Path

import pytest
import yaml

EXPECTED = (
    ".editorconfig",
    ".github/dependabot.yml",
    ".github/pull_request_template.md",
    ".github/workflows/check.yml",
    ".github/workflows/follow.yml",
    ".github/workflows/publish.yml",
    ".gitignore",
    ".pre-commit-config.yaml",
    ".vscode/extensions.json",
    ".vscode/settings.json",
    ".vscode/tasks.json",
    "README.md.j2",
    "mkdocs.yml.j2",
    "playbook/docs/how-we-review.md",
    "playbook/index.md.j2",
    "playbook/playbook.yml.j2",
    "requirements.txt",
)


@pytest.fixture(scope="module")
def scaffold(root: Path) -> Path:
    """Give the folder that people edit."""
    return root / "scaffold"


@pytest.mark.parametrize("name", EXPECTED)
def test_a_new_playbook_has(scaffold: Path, name: str) -> None:
    """Everything a repository needs on its first day is there."""
    assert (scaffold / "playbook-repo" / name).is_file()


def test_only_templates_hold_placeholders(scaffold: Path) -> None:
    """Files are copied as they are; only those that end in .j2 have a title or a date put in, and nothing else."""
    for path in scaffold.rglob("*"):
        if not path.is_file():
            continue
        holes = re.findall(r"(?<!\$)\{\{\s*(.*?)\s*\}\}", path.read_text("utf-8"))
        if path.suffix == ".j2":
            assert {hole.split("|")[0].strip() for hole in holes} <= {"title", "date"}, path.name
            assert "${{" not in path.read_text("utf-8"), path.name
        else:
            assert holes == [], path.name


def test_the_editor_settings_are_json(scaffold: Path) -> None:
    """Each file for the editor can be read by any JSON reader, and each schema it names is there."""
    folder = scaffold / "playbook-repo"
    for path in (folder / ".vscode").glob("*.json"):
        json.loads(path.read_text("utf-8"))
    schemas = json.loads((folder / ".vscode/settings.json").read_text("utf-8"))["yaml.schemas"]
    assert list(schemas) == ["./review.schema.json", "./risks.schema.json"]
    assert all((scaffold / name).is_file() for name in schemas)


@pytest.mark.parametrize("name", ["review-full.md", "review-light.md"])
def test_templates_have_the_fields_in_order(scaffold: Path, root: Path, name: str) -> None:
    """The templates hold the fields of the format, in the order of its page."""
    reference = (root / "playbook/docs/format.md").read_text("utf-8").split("```yaml")[1]
    order = re.findall(r"^(\w+):", reference, re.MULTILINE)
    fields = list(yaml.safe_load((scaffold / name).read_text("utf-8").split("---\n")[1]))
    assert set(fields) <= set(order)
    assert fields == sorted(fields, key=order.index)


def test_templates_have_the_sections(scaffold: Path) -> None:
    """Both forms ask the three questions; the full one adds the facts, the assumptions and what worked."""
    light = re.findall(r"^## (.*)$", (scaffold / "review-light.md").read_text("utf-8"), re.MULTILINE)
    full = re.findall(r"^## (.*)$", (scaffold / "review-full.md").read_text("utf-8"), re.MULTILINE)
    assert light == ["In short", "What we expected", "Where reality diverged", "What we will do differently"]
    assert [title for title in full if title in light] == light
    assert set(full) - set(light) == {"What happened", "Assumptions", "What worked"}


def test_the_groups_of_causes_are_the_same(scaffold: Path, root: Path) -> None:
    """A new playbook has the headings that the causes it is given belong to."""
    template = (scaffold / "playbook-repo/playbook/playbook.yml.j2").read_text("utf-8")
    theirs = yaml.safe_load(template.replace("{{ title | tojson }}", "x"))["groups"]
    ours = yaml.safe_load((root / "playbook/playbook.yml").read_text("utf-8"))["groups"]
    assert theirs == ours
