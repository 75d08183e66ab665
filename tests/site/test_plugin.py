"""The playbook under MkDocs: finished pages in the place of raw files, and nothing that is not meant for all."""

import json
import re
import shutil
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Project

pytestmark = pytest.mark.slow

SECRET = "zyxwvut-sentinel"
PAGE = "reviews/2026-10-02-warm-up/index.html"


def test_a_strict_build_of_a_good_review_succeeds(project: "Project") -> None:
    """A review without findings builds strictly, and each link of the site leads somewhere."""
    project.review()
    site = project.build("--strict")
    assert site.code == 0, site.log
    assert PAGE in site.files
    assert site.dead_links() == []


def test_a_playbook_without_reviews_builds(project: "Project") -> None:
    """An empty playbook builds strictly, with the shipped causes, a home page and its indexes."""
    shutil.rmtree(project.playbook / "causes")
    site = project.build("--strict")
    assert site.code == 0, site.log
    assert {"index.html", "reviews/index.html", "causes/index.html", "rules/index.html"} <= site.files
    assert "causes/certificate-expiry/index.html" in site.files
    assert site.dead_links() == []


@pytest.mark.parametrize("how", [{"status": "draft"}, {"private": True}, {"status": None}])
def test_nothing_of_an_unpublished_review_reaches_the_site(project: "Project", how: dict[str, object]) -> None:
    """No word of a draft or private review, or of its evidence, is in any file: page, index, search or sitemap."""
    project.review()
    project.write("evidence/log.txt", f"{SECRET} in a log\n")
    project.write("reviews/notes.txt", f"{SECRET} beside the reviews\n")
    project.review(
        f"2026-11-01-{SECRET}", f"## In short\n\n{SECRET} [log](../evidence/log.txt)\n",
        title=f"{SECRET} title", tags=[f"{SECRET}-tag"], services=[f"{SECRET}-service"], teams=[f"{SECRET}-team"],
        trigger=SECRET, started="1987-03-02T14:05+00:00", **how,
    )  # fmt: skip
    site = project.build()
    assert site.code == 0, site.log
    assert site.holding(SECRET) == []
    assert [path for path in site.files if "1987" in path] == []


def test_evidence_of_a_published_review_is_on_the_site(project: "Project") -> None:
    """A file that a published review links to is copied, even where a draft links to it too."""
    project.write("evidence/log.txt", "404 404 404\n")
    body = "## In short\n\nThe [log](../evidence/log.txt) shows it.\n"
    project.review(body=body)
    project.review("2026-11-01-other", body, status="draft")
    site = project.build()
    assert "evidence/log.txt" in site.files


def test_settings_and_templates_are_not_on_the_site(project: "Project") -> None:
    """Neither playbook.yml nor a team's templates are published."""
    project.write("templates/unused.html.j2", "nothing\n")
    site = project.build()
    assert [path for path in site.files if path.startswith("templates/") or path.endswith((".yml", ".j2"))] == []


def test_a_link_out_of_the_playbook_is_not_followed(project: "Project") -> None:
    """A symbolic link to a file elsewhere is not copied."""
    outside = project.folder / "outside.txt"
    outside.write_text(SECRET, "utf-8")
    project.write("docs/page.md", "# A page\n\n[it](inside.txt)\n")
    (project.playbook / "docs/inside.txt").symlink_to(outside)
    site = project.build()
    assert site.holding(SECRET) == []


def test_a_broken_review_stops_a_strict_build(project: "Project") -> None:
    """Broken front matter is reported with its line and stops a strict build; the other reviews are built."""
    project.review()
    project.write("reviews/2026-10-05-broken.md", "---\ntitle: [never closed\nkind: incident\n---\n## In short\n")
    site = project.build("--strict")
    assert site.code == 1
    assert "reviews/2026-10-05-broken.md:" in site.log
    assert PAGE in site.files
    assert "reviews/2026-10-05-broken/index.html" not in site.files


def test_a_finding_names_its_place(project: "Project") -> None:
    """An error or a warning is a log message of the form path:line:column: severity: message [rule]."""
    project.review(causes=[{"cause": "no-such-cause", "how": "It is misspelt."}], experiments=[], accepted=[])
    site = project.build("--strict")
    assert site.code == 1
    form = r"^WARNING -  failforward: playbook/reviews/2026-10-02-warm-up\.md:\d+:\d+: error: .+ \[[a-z-]+\]$"
    assert re.search(form, site.log, re.MULTILINE), site.log


def test_a_sentence_of_a_cause_or_a_risk_is_checked_too(project: "Project") -> None:
    """A build says what is found in the texts of causes and of the risk register, with their places."""
    cause = "---\ntitle: A\ngroup: data\nsummary: S.\n---\n\nThe operator forgot the lock.\n"
    project.write("causes/a.md", cause)
    project.write("risks.yml", "- {id: a, title: Careless staff, owner: b, review_by: 2030-01-01}\n")
    log = project.build().log
    assert re.search(r"causes/a\.md:7:14: error: .*\[mistake-by-person\]", log)
    assert re.search(r"risks\.yml:1:18: error: .*\[judgement-of-people\]", log)


def test_checks_can_be_switched_off(project: "Project") -> None:
    """With `check: false` a strict build says nothing about the reviews' words."""
    project.config["plugins"] = ["search", {"failforward": {"today": "2026-11-20", "check": False}}]
    project.review(causes=[{"cause": "no-such-cause", "how": "It is misspelt."}], experiments=[], accepted=[])
    site = project.build("--strict")
    assert site.code == 0, site.log


def test_broken_front_matter_of_a_page_by_hand_is_reported(project: "Project") -> None:
    """MkDocs prints broken front matter as text without a word; the build says where it is."""
    project.write("docs/page.md", "---\ntitle: [never closed\n---\n# A page\n")
    site = project.build("--strict")
    assert site.code == 1
    assert "playbook/docs/page.md:" in site.log


def test_an_unusable_setting_ends_the_build_with_its_line(project: "Project") -> None:
    """A setting that cannot be used ends the build with path, line and remedy, and no traceback."""
    project.write("playbook.yml", "title: A playbook\nprest: strict\n")
    site = project.build()
    assert site.code == 1
    assert "playbook/playbook.yml:2: “prest” is no setting. Did it mean preset?" in site.log
    assert "Traceback" not in site.log


def test_an_unusable_day_ends_the_build(project: "Project") -> None:
    """A `today` that is no day is an error that says what to write."""
    project.config["plugins"] = [{"failforward": {"today": "yesterday"}}]
    site = project.build()
    assert site.code == 1
    assert "Write a date such as 2026-11-20." in site.log
    assert "Traceback" not in site.log


def test_edit_links_lead_to_the_sources(project: "Project") -> None:
    """A review's pencil leads to its file, a shipped rule or an index has none."""
    project.review()
    project.config["theme"] = {"name": "material", "font": False, "features": ["content.action.edit"]}
    site = project.build()
    edit = "https://example.org/edit/main/playbook/"
    links = {link for page in site.pages.values() for link in page.reader.links if link.startswith(edit)}
    assert f"{edit}reviews/2026-10-02-warm-up.md" in site.page(PAGE).reader.links
    assert all((project.playbook / link.removeprefix(edit)).is_file() for link in links), links


def test_navigation_holds_index_pages_only(project: "Project") -> None:
    """Without a navigation of its own, a site lists index pages and pages by hand, and no review, cause or rule."""
    project.review()
    project.write("docs/how.md", "# How we review\n")
    site = project.build("--strict")
    assert site.code == 0, site.log
    html = site.page(PAGE).html
    navigation = html[html.index("md-nav--primary") : html.index("md-sidebar--secondary")]
    assert 'href="../"' in navigation
    assert "docs/how/" in navigation
    for name in ("2026-10-02-warm-up", "causes/untested-path", "tags/cache"):
        assert name not in navigation


def test_search_finds_a_review(project: "Project", good_body: str) -> None:
    """The theme's search index holds the words of a review, at the review's address."""
    project.review(body=good_body.replace("Checkout answered slowly", "A quokka sat on the switch"))
    site = project.build()
    entries = json.loads((site.folder / "search/search_index.json").read_text("utf-8"))["docs"]
    found = [entry["location"] for entry in entries if "quokka" in entry["text"]]
    assert [location for location in found if location.startswith("reviews/2026-10-02-warm-up/")]


def test_addresses_follow_the_setting_of_the_site(project: "Project") -> None:
    """With `use_directory_urls: false` pages are files, and each link of the site still leads somewhere."""
    project.review()
    project.config["use_directory_urls"] = False
    site = project.build("--strict")
    assert site.code == 0, site.log
    assert "reviews/2026-10-02-warm-up.html" in site.files
    assert site.dead_links() == []


def test_a_playbook_may_lie_beside_the_documents(project: "Project", good_body: str) -> None:
    """With `playbook:` the reviews come from another folder than the other pages."""
    project.review(body=good_body.replace("keys", "[keys](../evidence/log.txt)", 1))
    project.review("2026-11-01-secret", good_body.replace("keys", SECRET), private=True)
    project.write("evidence/log.txt", "404\n")
    (project.folder / "manual").mkdir()
    (project.folder / "manual/guide.md").write_text("# A guide\n", "utf-8")
    project.config["docs_dir"] = "manual"
    project.config["plugins"] = ["search", {"failforward": {"playbook": "playbook", "today": "2026-11-20"}}]
    site = project.build("--strict")
    assert site.code == 0, site.log
    assert {PAGE, "guide/index.html", "evidence/log.txt"} <= site.files
    assert site.holding(SECRET) == []
    assert "playbook.yml" not in site.files


def test_a_readme_does_not_collide_with_an_index(project: "Project") -> None:
    """A README.md in the folder of the reviews gives way to the index page."""
    project.review()
    project.write("reviews/README.md", f"# {SECRET}\n")
    site = project.build("--strict")
    assert site.code == 0, site.log
    assert site.holding(SECRET) == []
    assert "2026-10-02-warm-up" in site.page("reviews/index.html").html


def test_the_day_of_a_build_can_be_fixed(project: "Project", monkeypatch: pytest.MonkeyPatch) -> None:
    """Without `today` in the settings, SOURCE_DATE_EPOCH says which day the board and the clocks are for."""
    project.config["plugins"] = ["failforward"]
    project.review()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1793750400")
    site = project.build()
    assert "4 November 2026" in site.page("index.html").text
