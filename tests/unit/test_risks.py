"""The risk register: read with positions, held against the reviews, and silent about what is not published."""

import csv
import io
import json
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from failforward import index, pages
from failforward.index import Index
from failforward.lint import lint
from failforward.model.review import NotApplicable
from failforward.playbook import read_playbook
from failforward.public import public_files
from failforward.reports.schema import register_schema
from failforward.reviews.risks import read_register
from failforward.text.source import Source

TODAY = date(2026, 11, 22)
MakePlaybook = Callable[..., Path]
CommandLine = Callable[..., subprocess.CompletedProcess[str]]
REGISTER = """\
- id: cold-cache
  title: The cache is <b>empty</b>
  owner: platform
  review_by: 2027-03-31
  causes: [untested-path]
  services: [checkout]
- id: single-supplier
  title: The only supplier is away
  owner: procurement
  review_by: 2026-10
  status: accepted
  because: A second one starts in spring.
- id: old-vpn
  title: One way in
  owner: network
  review_by: 2026-01-01
  status: closed
- id: sun
  title: A storm on the sun
  owner: network
  review_by: 2027-01-01
"""


def review(title: str, more: str, *, status: str = "reviewed", day: str = "2026-10-02") -> str:
    """Write a review."""
    return f"---\ntitle: {title}\nkind: incident\nstatus: {status}\nstarted: {day}\n{more}---\n## In short\nText.\n"


FILES = {
    "risks.yml": REGISTER,
    "reviews/a.md": review("A", "risks: [cold-cache, cold-cache]\ncauses: [untested-path]\n"),
    "reviews/b.md": review("B", "risks: [cold-cache]\n", day="2026-11-02"),
    "reviews/c.md": review("C", "risks: n/a because the sun was never thought of\n"),
    "reviews/d.md": review(
        "D", "causes: [missing-alert]\naccepted: [{cause: missing-alert, because: x, risk: single-supplier}]\n"
    ),
    "reviews/e.md": review("Sentinel", "risks: [sun, old-vpn]\n", status="draft"),
    "reviews/f.md": review("Sentinel", "private: true\nrisks: [sun]\naccepted: [{cause: x, because: x, risk: sun}]\n"),
}


@pytest.fixture
def root(make_playbook: MakePlaybook) -> Path:
    """Give a playbook with a register."""
    return make_playbook(FILES)


def built(root: Path) -> Index:
    """Index a playbook."""
    return index.build(read_playbook(root, shown=""), TODAY)


def made(root: Path) -> dict[str, str]:
    """Give the pages and text files of a playbook's site by path."""
    playbook = read_playbook(root, shown="")
    site = pages.build(playbook, index.build(playbook, TODAY), TODAY)
    texts = {asset.path: asset.data.decode() for asset in site.assets if asset.path.endswith((".json", ".xml", ".csv"))}
    return {page.path: page.text for page in site.pages} | texts


def test_the_register_is_read_with_its_values(root: Path) -> None:
    """Each entry has its fields; what is not given has its default."""
    playbook = read_playbook(root)
    first, second = list(playbook.risk_by_id.values())[:2]
    assert (first.id, first.owner, first.status, first.causes) == ("cold-cache", "platform", "open", ("untested-path",))
    assert (second.status, second.last_day) == ("accepted", date(2026, 10, 31))
    assert playbook.risk_by_id["old-vpn"].last_day is None
    assert playbook.problems == ()
    assert [review.risks for review in playbook.reviews][2] == NotApplicable("the sun was never thought of")


def test_a_playbook_without_a_register_keeps_none(make_playbook: MakePlaybook) -> None:
    """There is no page, nothing in the data, and nothing is asked of its reviews."""
    root = make_playbook({"reviews/a.md": FILES["reviews/c.md"]})
    assert read_playbook(root).register is None
    assert built(root).register is None
    site = made(root)
    assert "risks/index.md" not in site
    assert json.loads(site["playbook.json"])["risks"] == []


def test_an_empty_register_is_one(make_playbook: MakePlaybook) -> None:
    """A file that holds comments alone has a page, and calls no failure unforeseen."""
    root = make_playbook({"risks.yml": "# nothing yet\n", "reviews/a.md": FILES["reviews/a.md"]})
    register = built(root).register
    assert register is not None
    assert (register.entries, register.unforeseen) == ((), ())
    assert "the register has no entry" in made(root)["risks/index.md"]


def test_risks_are_held_against_the_reviews(root: Path) -> None:
    """What came true, what has not, what was closed, what no risk foresaw, and what is to be looked at again."""
    register = built(root).register
    assert register is not None
    (true,) = register.came_true
    assert (true.risk.id, [each.id for each in true.reviews]) == ("cold-cache", ["b", "a"])
    assert [(entry.risk.id, entry.days) for entry in register.waiting] == [("single-supplier", -22), ("sun", 40)]
    assert [each.id for each in register.waiting[0].raised] == ["d"]
    assert [entry.risk.id for entry in register.closed] == ["old-vpn"]
    assert [entry.risk.id for entry in register.late] == ["single-supplier"]
    assert [(each.id, why) for each, why in register.unforeseen] == [("c", "the sun was never thought of"), ("d", "")]


def test_drafts_and_private_reviews_leave_no_trace(root: Path) -> None:
    """A risk that only they name has not come true, and their titles stand nowhere."""
    site = made(root)
    assert [path for path, text in site.items() if "Sentinel" in text] == []
    risks = {each["id"]: each for each in json.loads(site["playbook.json"])["risks"]}
    assert (risks["sun"]["came_true"], risks["sun"]["raised_by"]) == ([], [])


def test_links_lead_both_ways(root: Path) -> None:
    """A review leads to its risks, a risk to its reviews, a cause to the risks about it, an acceptance to its entry."""
    site = made(root)
    assert 'href="../../risks/#risk-cold-cache"' in site["reviews/a.md"]
    assert 'On the risk register: <a href="../../risks/#risk-single-supplier">' in site["reviews/d.md"]
    assert 'href="../reviews/a/"' in site["risks/index.md"]
    assert 'id="risk-cold-cache"' in site["risks/index.md"]
    assert 'href="../../risks/#risk-cold-cache"' in site["causes/untested-path.md"]
    assert "No risk that foresaw it: the sun was never thought of." in site["reviews/c.md"]


def test_titles_are_text(root: Path) -> None:
    """Markup in a title is shown and never run."""
    site = made(root)
    assert "The cache is &lt;b&gt;empty&lt;/b&gt;" in site["risks/index.md"]
    assert not any("<b>empty" in text for path, text in site.items() if path.endswith(".md"))


def test_ids_that_look_alike_have_anchors_of_their_own(make_playbook: MakePlaybook) -> None:
    """Whatever an id is made of, each entry can be linked to."""
    entry = "- {{id: {0}, title: a, owner: b, review_by: 2027-01-01}}\n"
    root = make_playbook({"risks.yml": "".join(entry.format(name) for name in ("a b", "a-b", "A B", '"#"', "é"))})
    register = json.loads(made(root)["playbook.json"])["risks"]
    assert len({each["url"] for each in register}) == 5


def test_the_file_itself_is_not_published(root: Path) -> None:
    """Comments in the register stay in the repository."""
    assert not public_files(read_playbook(root))("risks.yml")


def test_an_unknown_risk_is_pointed_out(root: Path) -> None:
    """With the nearest entry, or with the way to say that there was none."""
    (root / "reviews/g.md").write_text(review("G", "risks: [cold-cahe, none]\n"), "utf-8")
    found = lint(read_playbook(root, shown=""), TODAY, select=["unknown-risk"])
    assert [(each.path, each.excerpt, each.severity) for each in found] == [
        ("reviews/g.md", "cold-cahe", "error"), ("reviews/g.md", "none", "error"),
    ]  # fmt: skip
    assert "Write cold-cache" in found[0].instead
    assert "n/a because" in found[1].instead


@pytest.mark.parametrize(
    ("text", "rule", "line"),
    [
        ("- id: a\n  titel: b\n", "unknown-field", 2),
        ("- id: a\n  team: b\n", "field-alias", 2),
        ("- id: a\n  review_by: soon\n", "wrong-form", 2),
        ("- id: a\n  review_by: 2027-02-30\n", "impossible-time", 2),
        ("- id: a\n  status: gone\n", "unknown-word", 2),
        ("- id: a\n  id: b\n", "duplicate-field", 2),
        ("risks:\n- id: a\n", "unusable-risk", 1),
        ("- id: [a\n", "broken-front-matter", 2),
        ("\t- id: a\n", "broken-front-matter", 1),
        ("- id: \xe9\n".encode("latin-1"), "unreadable-file", 1),
        ("[" * 100, "broken-front-matter", 1),
    ],
)
def test_bad_entries_are_findings(make_playbook: MakePlaybook, text: str | bytes, rule: str, line: int) -> None:
    """Whatever the register holds, it is pointed out in its line, and the reviews are still read."""
    root = make_playbook({"risks.yml": text, "reviews/a.md": FILES["reviews/b.md"]})
    playbook = read_playbook(root, shown="")
    found = [each for each in lint(playbook, TODAY) if each.path == "risks.yml" and each.rule == rule]
    assert [each.line for each in found] == [line]
    assert len(playbook.reviews) == 1


def test_an_unknown_field_is_said_to_be_one_of_a_risk() -> None:
    """A message speaks of what it is about."""
    _, problems = read_register(Source("risks.yml", "- id: a\n  titel: b\n"))
    assert "“titel” is no field of a risk here" in [problem.what for problem in problems]


def test_the_command_prints_the_register(failforward: CommandLine, root: Path) -> None:
    """As text, JSON and CSV; the same reviews in each."""
    text = failforward("risks", "--today", "2026-11-22", cwd=root).stdout
    assert text.startswith("Came true (1)\n  The cache is <b>empty</b> (cold-cache, platform): b, a\n")
    assert "What no risk foresaw (2)\n  C (c): the sun was never thought of\n" in text
    assert "Sentinel" not in text
    data = json.loads(failforward("risks", "--output-format", "json", "--today", "2026-11-22", cwd=root).stdout)
    assert [each["id"] for each in data["not_yet"]] == ["single-supplier", "sun"]
    assert data["look_again"] == ["single-supplier"]
    table = failforward("risks", "--output-format", "csv", "--today", "2026-11-22", cwd=root).stdout
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(table))}
    assert (rows["cold-cache"]["came_true"], rows["cold-cache"]["state"]) == ("b a", "came-true")
    assert (rows["single-supplier"]["look_again"], rows["old-vpn"]["state"]) == ("yes", "closed")


def test_a_spreadsheet_runs_no_formula(failforward: CommandLine, make_playbook: MakePlaybook) -> None:
    """What looks like one is a text."""
    root = make_playbook({"risks.yml": '- {id: a, title: "=1+1", owner: "@b", review_by: 2027-01-01}\n'})
    assert "a,'=1+1,'@b," in failforward("risks", "--output-format", "csv", cwd=root).stdout


def test_without_a_register_the_command_says_so(failforward: CommandLine, make_playbook: MakePlaybook) -> None:
    """It ends with 2, and names the file."""
    done = failforward("risks", cwd=make_playbook())
    assert done.returncode == 2
    assert "risks.yml: This playbook keeps no risk register" in done.stderr


def test_a_risk_without_a_day_is_said_to_have_none(failforward: CommandLine, make_playbook: MakePlaybook) -> None:
    """The other entries are there too, and that something is amiss in the file is said beside them."""
    text = "- {id: a, title: T, owner: b}\n- {id: c, title: U, owner: b, review_by: 2027-01}\n"
    root = make_playbook({"risks.yml": text})
    done = failforward("risks", "--today", "2026-11-22", cwd=root)
    listed = "Have not come true (2)\n  U (c, b), next look by 2027-01\n  T (a, b), no day for the next look\n"
    assert listed in done.stdout
    assert done.returncode == 0
    assert done.stderr == (
        "risks.yml:1: 1 thing in it cannot be read as meant, and may be missing here: `failforward check` says more.\n"
    )


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("- id: [a\n", "risks.yml:2: The YAML cannot be read"),
        ("title: x\n", "risks.yml:1: The register is "),
        ("- title: x\n", "risks.yml:1: The entry has no id. Begin each entry with `- id: a-name`."),
        (None, "risks.yml: The folder cannot be opened"),
    ],
)
def test_a_register_that_cannot_be_read_is_not_empty(
    failforward: CommandLine, make_playbook: MakePlaybook, text: str | None, why: str
) -> None:
    """The command ends with 2 and names file, line and remedy, in each format; the page does not call it empty."""
    root = make_playbook({"risks.yml": text} if text else {"risks.yml/a.txt": ""})
    for form in ("text", "json", "csv"):
        done = failforward("risks", "--output-format", form, cwd=root)
        assert (done.returncode, done.stdout) == (2, "")
        assert f"failforward: {why}" in done.stderr
    assert "The register cannot be read: the check names the line." in made(root)["risks/index.md"]


def test_the_schema_accepts_a_register_and_refuses_faults(failforward: CommandLine, root: Path) -> None:
    """What the check accepts, the editor accepts; the shipped copy is the printed one."""
    printed = failforward("schema", "--risks", cwd=root).stdout
    shipped = Path(__file__).resolve().parents[2] / "scaffold/risks.schema.json"
    assert shipped.read_text("utf-8") == printed
    assert json.loads(printed) == register_schema()
    validator = jsonschema.Draft7Validator(json.loads(failforward("schema", "--risks", "--own", cwd=root).stdout))
    good: Any = yaml.load(REGISTER, yaml.BaseLoader)
    assert list(validator.iter_errors(good)) == []
    for fault in ({"owner": None}, {"status": "gone"}, {"causes": ["untested-paht"]}, {"titel": "x"}):
        assert list(validator.iter_errors([good[0] | fault])), fault
