"""A team changes a page by putting one template into its playbook."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Project

pytestmark = pytest.mark.slow


def test_a_template_of_the_team_replaces_the_shipped_one(project: "Project") -> None:
    """A template of the same name is used for every page of its type, and the other types stay as they are."""
    project.review()
    template = "{{ h(1, review.title) }}\n<p>In the form of our house: {{ review.id }}</p>\n"
    project.write("templates/review.md.j2", template)
    site = project.build("--strict")
    assert site.code == 0, site.log
    page = site.page("reviews/2026-10-02-warm-up/index.html")
    assert page.headings == [(1, "The warm-up job evicted live keys")]
    assert "In the form of our house: 2026-10-02-warm-up" in page.text
    assert "In the form of our house" not in site.page("reviews/index.html").text
    assert site.page("causes/untested-path/index.html").headings[0][0] == 1


def test_a_template_may_use_the_shipped_ones(project: "Project") -> None:
    """A team's template calls the shipped parts, so that it need not repeat them."""
    project.review()
    crumbs = "{{ parts.crumbs(here, [('Reviews', 'reviews/index.md')], review.id) }}"
    template = f"{{% import 'parts.md.j2' as parts %}}{{{{ h(1, page_title) }}}}\n{crumbs}\n"
    project.write("templates/review.md.j2", template)
    site = project.build("--strict")
    assert site.code == 0, site.log
    assert "reviews/index.html" in site.page("reviews/2026-10-02-warm-up/index.html").internal


@pytest.mark.parametrize("broken", ["{% if %}", "{{ no_such_name }}", "{{ review.title.nothing.at_all }}"])
def test_a_broken_template_is_an_error_with_its_name(project: "Project", broken: str) -> None:
    """A template that cannot be used ends the build with its path and line, and no traceback."""
    project.review()
    project.write("templates/review.md.j2", f"{{{{ h(1, page_title) }}}}\n{broken}\n")
    site = project.build()
    assert site.code == 1
    assert "review.md.j2:2" in site.log
    assert "Traceback" not in site.log
