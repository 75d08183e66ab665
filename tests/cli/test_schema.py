"""`failforward schema`: editors complete and check the front matter by it."""

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from failforward.model.fields import REVIEW
from failforward.reports.schema import rendered, schema

ROOT = Path(__file__).resolve().parents[2]
VALIDATOR = jsonschema.Draft7Validator(schema())


class Plain(yaml.SafeLoader):
    """Reads YAML as editors do (version 1.2): a date stays the text that was written, and `on` is a word."""


Plain.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag.rpartition(":")[2] not in ("timestamp", "bool")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Plain.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("(?:true|false)$"), list("tf"))


def front_matter(text: str) -> Any:
    """Read the front matter of a review."""
    return yaml.load(text.split("\n---\n", maxsplit=1)[0].removeprefix("---\n"), Plain)


def test_it_is_a_json_schema() -> None:
    """The schema is valid draft-07, which the common editors read."""
    jsonschema.Draft7Validator.check_schema(schema())
    assert set(schema()["properties"]) == {field.name for field in REVIEW}


@pytest.mark.parametrize("path", sorted((ROOT / "playbook/reviews").rglob("*.md")), ids=lambda path: path.stem)
def test_it_accepts_every_review_of_ours(path: Path) -> None:
    """What the check accepts, the editor accepts."""
    assert [error.message for error in VALIDATOR.iter_errors(front_matter(path.read_text("utf-8")))] == []


@pytest.mark.parametrize("name", ["review-light.md", "review-full.md"])
def test_it_accepts_the_templates(name: str) -> None:
    """The empty fields of a new draft are not underlined in red."""
    values = front_matter((ROOT / "scaffold" / name).read_text("utf-8")) | {"title": "A"}
    assert [error.message for error in VALIDATOR.iter_errors(values)] == []


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("title:", "titel:", []),
        ("kind: incident", "kind: outage", ["kind"]),
        ("status: reviewed", "status: ready", ["status"]),
        ("status: reviewed\n", "", []),
        ("started: 2026", "started: around 2026", ["started"]),
        ("after: 4", "after: 6", ["mood"]),
        ("detected_by: monitor", "detected_by: luck", ["detected_by"]),
        ("tags: [cache, deploy]", "tags: cache", ["tags"]),
        ("    how: Nothing", "    why: Nothing", ["causes", 1]),
        ("    kind: prevent", "    kind: hope", ["experiments", 0, "kind"]),
        ("teams: [payments]", "teams: [payments]\nprivate: perhaps", ["private"]),
    ],
)
def test_it_refuses_planted_faults(complete_review: str, old: str, new: str, place: list[str | int]) -> None:
    """An unknown field, a word outside its vocabulary and a wrong form are underlined at their place."""
    assert list(VALIDATOR.iter_errors(front_matter(complete_review))) == []
    assert old in complete_review
    places = [
        list(error.absolute_path) for error in VALIDATOR.iter_errors(front_matter(complete_review.replace(old, new, 1)))
    ]
    assert places
    assert all(found == place for found in places)


def test_the_shipped_copy_is_the_generated_one(
    failforward: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    """scaffold/review.schema.json is what `failforward schema` prints."""
    printed = failforward("schema", cwd=tmp_path).stdout
    assert printed == rendered()
    assert (ROOT / "scaffold/review.schema.json").read_text("utf-8") == printed


def test_a_playbook_may_complete_its_own_words(
    failforward: Callable[..., subprocess.CompletedProcess[str]], make_playbook: Callable[..., Path]
) -> None:
    """`--own` offers this playbook's severities and causes."""
    root = make_playbook(
        {"causes/ours.md": "---\ntitle: A\ngroup: b\nsummary: c\n---\n"}, settings="severities: [high, low]"
    )
    made = json.loads(failforward("schema", "--own", cwd=root).stdout)
    jsonschema.Draft7Validator.check_schema(made)
    validator = jsonschema.Draft7Validator(made)
    good = {"title": "A", "kind": "incident", "status": "draft", "severity": "high", "causes": [{"cause": "ours"}]}
    assert list(validator.iter_errors(good)) == []
    assert list(validator.iter_errors(good | {"severity": "n/a because nobody was hurt"})) == []
    assert list(validator.iter_errors(good | {"severity": "sev1"})) != []
    assert list(validator.iter_errors(good | {"causes": [{"cause": "untested-path"}]})) != []


def test_every_field_says_what_it_is() -> None:
    """An editor shows a sentence for each field."""
    assert all(re.match(r"[A-Z]", part["description"]) for part in schema()["properties"].values())
