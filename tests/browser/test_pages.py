"""Each type of page, looked at in a browser: wide and narrow, light and dark."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from conftest import View

pytestmark = pytest.mark.browser

TYPES = (
    "home", "reviews", "full review", "light review", "causes", "cause", "tags", "tag", "services", "service", "teams",
    "team", "years", "year", "experiments", "working", "worked", "lessons", "map",
    "risks", "rules", "rule", "guide", "not found",
)  # fmt: skip
WIDTHS = {"desktop": (1280, 900), "phone": (360, 740)}
# What axe-core finds in the theme itself: rule and start of the selector. The bars of copy buttons have no names.
THEME = ("landmark-unique: #__code_",)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", TYPES)
def test_a_page_is_sound(
    view: "View", page_types: dict[str, str], screenshots: Path | None, name: str, width: str
) -> None:
    """No console error, no request to another host, no sideways scroll, and nothing that axe-core objects to."""
    across, down = WIDTHS[width]
    view.page.set_viewport_size({"width": across, "height": down})
    problems: list[str] = []
    view.open(page_types[name])
    for scheme in ("light", "dark"):
        view.page.emulate_media(color_scheme=scheme)
        expected = {"light": "default", "dark": "slate"}[scheme]
        view.page.wait_for_function(f"document.body.dataset.mdColorScheme == '{expected}'")
        only = ("color-contrast", "link-in-text-block") if scheme == "dark" else ()
        problems += [f"{scheme}: {line}" for line in view.violations(only=only) if not line.startswith(THEME)]
        if screenshots:
            view.page.screenshot(path=screenshots / f"{name.replace(' ', '-')}-{width}-{scheme}.png", full_page=True)
    assert problems == []
    assert view.too_wide() == []
    assert view.elsewhere == []
    # The address that is missing on purpose is the one thing the console may complain of.
    assert [error for error in view.errors if name != "not found" or "404" not in error] == []


@pytest.mark.parametrize("name", ["home", "reviews", "full review", "experiments"])
def test_the_keyboard_reaches_the_content(view: "View", page_types: dict[str, str], name: str) -> None:
    """The first stop of the tab key leads past the navigation, and the next ones are in the content."""
    page = view.open(page_types[name])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('.md-skip')")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("!!document.activeElement.closest('main article')")


@pytest.mark.parametrize("name", ["home", "reviews", "full review"])
def test_the_keyboard_goes_through_the_page_in_order(view: "View", page_types: dict[str, str], name: str) -> None:
    """Without the skip link the tab key arrives in the content as well, and each stop in it can be seen."""
    page = view.open(page_types[name])
    hidden = []
    arrived = 0
    for _ in range(150):
        page.keyboard.press("Tab")
        stop = page.evaluate(
            """() => {
              const e = document.activeElement, box = e.getBoundingClientRect()
              const seen = box.width > 0 && box.height > 0
              return {inside: !!e.closest("main article"), seen, what: e.outerHTML.slice(0, 120)}
            }"""
        )
        arrived += stop["inside"]
        if stop["inside"] and not stop["seen"]:
            hidden.append(stop["what"])
        if arrived >= 8:
            break
    assert arrived >= 3
    assert hidden == []


def entries_of(page: Any) -> str:
    """Give the selector of the entries that the first filter of a page is for."""
    target = page.locator("form[data-ff-filter]").first.get_attribute("data-ff-filter")
    lists = (f"#{target}", f"[data-ff-part={target}]")
    return ", ".join(f"{each} tbody tr:not(.ff-year), {each} > li" for each in lists)


@pytest.mark.parametrize("name", ["reviews", "experiments", "causes", "worked", "rules"])
def test_a_list_can_be_filtered(view: "View", page_types: dict[str, str], name: str) -> None:
    """Words in the filter leave the entries that hold them all, say how many, and stay in the address."""
    page = view.open(page_types[name])
    entries = page.locator(entries_of(page))
    visible = "all => all.filter(each => each.checkVisibility()).length"
    everything = entries.evaluate_all(visible)
    assert everything >= 3
    word = max(entries.last.inner_text().split(), key=len)
    words = page.locator("form[data-ff-filter] input").first
    words.fill(word)
    some = entries.evaluate_all(visible)
    assert 0 < some < everything
    assert page.locator("form[data-ff-filter] output").first.inner_text().startswith(f"{some} of {everything} ")
    page.reload(wait_until="load")
    assert entries.evaluate_all(visible) == some
    words.fill("no entry holds these words")
    assert entries.evaluate_all(visible) == 0
    words.fill("")
    assert entries.evaluate_all(visible) == everything
    assert view.errors == []


def test_a_facet_narrows_the_reviews(view: "View", page_types: dict[str, str]) -> None:
    """Choosing a kind leaves the reviews of that kind."""
    page = view.open(page_types["reviews"])
    facet = page.locator("form[data-ff-filter] select").first
    value = facet.locator("option").nth(1).get_attribute("value")
    attribute = facet.get_attribute("data-ff-facet")
    facet.select_option(value)
    shown = "(all, name) => all.filter(each => each.checkVisibility()).map(each => each.dataset[name])"
    left = page.locator(entries_of(page)).evaluate_all(shown, attribute)
    assert left
    assert set(left) == {value}


def test_the_board_is_filtered_and_the_choice_can_be_sent(view: "View", page_types: dict[str, str]) -> None:
    """State and team narrow the board, by keyboard too, and the address brings another reader to the same cards."""
    page = view.open(page_types["experiments"])
    entries = page.locator(entries_of(page))
    visible = "all => all.filter(each => each.checkVisibility())"
    everything = entries.evaluate_all(f"all => ({visible})(all).length")
    state = page.locator("select[data-ff-facet=state]")
    state.focus()
    page.keyboard.type(state.locator("option[value=escalate]").inner_text().strip())
    page.keyboard.press("Enter")
    states = entries.evaluate_all(f"all => ({visible})(all).map(each => each.dataset.state)")
    assert 0 < len(states) < everything
    assert all("escalate" in each.split(" | ") for each in states)
    assert "state=escalate" in page.url
    hidden = page.locator("h2", has_text="Verified").first
    assert not hidden.is_visible()
    page.reload(wait_until="load")
    assert entries.evaluate_all(f"all => ({visible})(all).length") == len(states)
    state.select_option("verified")
    team = page.locator("select[data-ff-facet=team]")
    team.select_option(team.locator("option").nth(1).get_attribute("value"))
    assert "team=" in page.url
    view.open(page_types["experiments"] + "?state=no-such-state&team=nobody")
    assert entries.evaluate_all(f"all => ({visible})(all).length") == everything
    assert view.errors == []


def test_without_scripts_the_board_is_whole(browser: Any, address: str, page_types: dict[str, str]) -> None:
    """Each card can be read, the filter is not shown, and the data is one link away."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}{page_types['experiments']}?state=waiting")
    cards = page.locator("ul.ff-board > li")
    assert cards.count() > 10
    assert all(card.is_visible() for card in cards.all())
    assert not page.locator("form.ff-filter").is_visible()
    for name in ("board.csv", "board.json"):
        answer = context.request.get(f"{address}{page_types['experiments']}{name}")
        assert answer.ok
        assert "a-bad-page-stops-the-build" in answer.text()
    context.close()


def test_a_diagram_is_drawn(view: "View", special: str) -> None:
    """A Mermaid fence becomes a picture, and no other host is asked for anything."""
    page = view.open("reviews/2026-10-02-diagram/", special)
    # Material keeps the picture in a closed shadow root: what shows is its size.
    page.wait_for_function("document.querySelector('main div.mermaid')?.getBoundingClientRect().height > 30")
    assert "graph LR" not in page.locator("main .mermaid").inner_text()
    assert view.elsewhere == []
    assert view.errors == []


@pytest.mark.parametrize("path", ["reviews/2026-10-03-hostile/", "", "reviews/", "causes/", "tags/"])
def test_a_review_runs_nothing(view: "View", special: str, path: str) -> None:
    """Scripts and handlers in a review's fields and text stay words: on its page, in lists, and in the search."""
    page = view.open(path, special)
    for bait in page.locator("a.bait").all():
        bait.click()
    page.locator("input.md-search__input").click()
    page.keyboard.type("quokka")
    page.locator("a.md-search-result__link[href*='2026-10-03-hostile']").first.wait_for(state="visible", timeout=10_000)
    page.wait_for_timeout(300)
    assert page.title() != "hit"
    assert view.elsewhere == []


def test_search_finds_a_review(view: "View", page_types: dict[str, str]) -> None:
    """The theme's search leads to a review by a word of its text."""
    page = view.open("")
    page.locator("input.md-search__input").click()
    page.keyboard.type("pg_dump")
    found = page.locator("a.md-search-result__link[href*='reviews/2017-01-31-gitlab-database']")
    found.first.wait_for(state="visible", timeout=10_000)
    assert view.elsewhere == []


def test_no_word_of_a_date_is_broken(view: "View") -> None:
    """Beside a timeline even “30 September 2024” breaks between its words only."""
    page = view.open("reviews/2023-01-10-faa-notam/")
    words = page.evaluate(
        """() => [...document.querySelectorAll(".ff-tl-time")].flatMap(time => {
          const walker = document.createTreeWalker(time, NodeFilter.SHOW_TEXT), found = [];
          for (let node; (node = walker.nextNode());)
            for (const word of node.data.matchAll(/\\S+/g)) {
              const range = document.createRange();
              range.setStart(node, word.index);
              range.setEnd(node, word.index + word[0].length);
              found.push([word[0], range.getClientRects().length]);
            }
          return found;
        })"""
    )
    assert "September" in [word for word, _ in words]
    assert [word for word, lines in words if lines > 1] == []


@pytest.mark.parametrize("name", ["full review", "light review"])
def test_print_leaves_the_navigation_out(view: "View", page_types: dict[str, str], name: str) -> None:
    """On paper a review is its text: no header, tabs, sidebars, pencil or footer."""
    page = view.open(page_types[name])
    page.emulate_media(media="print")
    shown = page.evaluate(
        """() => [".md-header", ".md-tabs", ".md-sidebar", ".md-search", ".md-content__button", ".md-footer", ".md-top"]
          .filter(name => [...document.querySelectorAll(name)].some(e => e.getClientRects().length))"""
    )
    assert shown == []
    assert page.locator("main h1").is_visible()
