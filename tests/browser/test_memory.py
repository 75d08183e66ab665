"""What comes back to mind, in a browser: the reader's own day, and another lesson at the press of a button."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from conftest import View

pytestmark = pytest.mark.browser


def remembered(view: "View", day: str) -> Any:
    """Open the home page on a day, and give the box of what happened on it."""
    view.page.clock.install(time=datetime.fromisoformat(f"{day}T12:00:00"))
    view.open("")
    view.page.wait_for_load_state("networkidle")
    return view.page.locator("[data-ff-days]")


@pytest.mark.parametrize(
    ("day", "title", "ago"),
    [
        ("2031-10-04", "Facebook", "10 years ago"),
        ("2032-02-29", "Certificates dated 29 February", "20 years ago"),
        ("2033-03-02", "Certificates dated 29 February", "21 years ago"),
        ("2022-01-02", "The first Monday of the year", "One year ago"),
    ],
)
def test_the_home_page_remembers_by_the_readers_day(view: "View", day: str, title: str, ago: str) -> None:
    """A page that was built on another day shows what happened on this one, over leap days and the turn of a year."""
    entry = remembered(view, day).locator("li", has_text=title)
    entry.wait_for()
    assert entry.inner_text().startswith(ago)
    assert view.violations() == []
    entry.locator("a").click()
    assert title in view.page.locator("h1").inner_text()
    assert view.errors == []


def test_a_day_without_any_keeps_what_the_page_says(view: "View") -> None:
    """Nothing is emptied where there is nothing to show."""
    before = view.open("").locator("[data-ff-days]").inner_text()
    assert remembered(view, "2031-08-12").inner_text() == before


@pytest.mark.parametrize("name", ["home", "lessons"])
def test_another_lesson_is_shown(view: "View", page_types: dict[str, str], name: str) -> None:
    """By keyboard, with the focus staying on the button, in a region that a screen reader announces."""
    asked: list[str] = []
    view.page.on("request", lambda request: asked.append(request.url))
    page = view.open(page_types[name])
    box = page.locator("[data-ff-lessons]")
    change, button = box.locator("[data-ff-part-of=change]"), box.get_by_role("button", name="Another lesson")
    assert not [url for url in asked if "lessons-" in url]
    before = change.inner_text()
    button.focus()
    page.keyboard.press("Enter")
    page.wait_for_function(
        "before => document.querySelector('[data-ff-part-of=change]').textContent !== before", arg=before
    )
    assert box.locator("[aria-live=polite] [data-ff-part-of=change]").count() == 1
    assert page.evaluate("document.activeElement.textContent") == "Another lesson"
    assert view.violations() == []
    title = box.locator("[data-ff-part-of=review] a").inner_text()
    box.locator("[data-ff-part-of=review] a").click()
    assert page.locator("h1").inner_text().startswith(title)
    assert view.errors == []


def test_without_javascript_there_is_a_link(browser: Any, address: str) -> None:
    """The lesson of the day and the way to all of them need no script, and no button that does nothing is shown."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    box = page.locator("[data-ff-lessons]")
    assert box.get_by_role("button").count() == 0
    box.get_by_role("link", name="All lessons").click()
    assert page.locator("h1").inner_text().startswith("Lessons")
    context.close()


def test_a_number_of_the_map_leads_to_its_review(view: "View") -> None:
    """The map can be scrolled by keyboard, and each number is a link with a name."""
    page = view.open("map/")
    assert page.locator(".ff-map").get_attribute("tabindex") == "0"
    link = page.locator(".ff-heat tbody td a").first
    assert (link.get_attribute("aria-label") or "").startswith("1 review: ")
    link.click()
    assert "/reviews/" in page.url
