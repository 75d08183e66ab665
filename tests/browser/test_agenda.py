"""The agenda's page in a browser: a countdown that a keyboard drives, and nothing from anywhere else."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from failforward.pages.agenda import agenda
from failforward.pages.one_pager import one_pager
from failforward.playbook import default_playbook
from failforward.reviews.read import read_review
from failforward.text.source import Source

pytestmark = pytest.mark.browser

TODAY = date(2026, 10, 20)
AXE = Path(__file__).resolve().parents[1] / "tools/node_modules/axe-core/axe.min.js"


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory, complete_review: str) -> dict[str, Path]:
    """Write the agenda and the one-pager of a complete review."""
    folder = tmp_path_factory.mktemp("conversation")
    playbook, review = default_playbook(), read_review(Source("reviews/past.md", complete_review))
    made = {"agenda": agenda(playbook, review, TODAY, "html"), "one-pager": one_pager(playbook, review, TODAY)}
    for name, text in made.items():
        (folder / f"{name}.html").write_text(text, "utf-8")
    return {name: folder / f"{name}.html" for name in made}


@pytest.fixture
def opened(browser: Any, pages: dict[str, Path]) -> Any:
    """Open the agenda with a clock that the test moves; a script that fails fails the test."""
    page = browser.new_page()
    failed: list[str] = []
    page.on("pageerror", lambda error: failed.append(str(error)))
    page.clock.install()
    page.goto(pages["agenda"].as_uri())
    yield page
    page.close()
    assert failed == []


def clock(page: Any, part: str) -> str:
    """Give what the clock of a part shows."""
    return str(page.locator(f"#{part} .clock").inner_text())


def test_a_keyboard_drives_the_countdown(opened: Any) -> None:
    """Two keys start it; a part counts down, shows what is over, and the next one begins when it is asked for."""
    assert clock(opened, "opening") == "3:00"
    opened.keyboard.press("Tab")
    opened.keyboard.press("Enter")
    opened.clock.run_for(61_500)
    assert clock(opened, "opening") == "1:59"
    assert opened.locator("[aria-current=step]").get_attribute("id") == "opening"
    assert opened.title().startswith("1:59 · ")
    opened.clock.run_for(120_000)
    assert re.fullmatch(r"0:01 over", clock(opened, "opening"))
    assert opened.locator("#said").inner_text() == "The time for “Opening” is over."
    opened.keyboard.press("Tab")
    opened.keyboard.press("Enter")
    assert opened.locator("[aria-current=step]").get_attribute("id") == "expected"
    assert clock(opened, "expected") == "4:00"


def test_the_countdown_can_be_held(opened: Any) -> None:
    """While it is held no time passes; a reset gives each part its minutes back."""
    start = opened.get_by_role("button", name="Start")
    start.click()
    opened.clock.run_for(10_000)
    opened.get_by_role("button", name="Pause").click()
    opened.clock.run_for(60_000)
    assert clock(opened, "opening") == "2:50"
    assert opened.locator("#total").inner_text() == "29:50 left of the half hour"
    opened.get_by_role("button", name="Reset").click()
    assert clock(opened, "opening") == "3:00"
    assert opened.locator("[aria-current=step]").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["agenda", "one-pager"])
def test_the_page_is_sound(browser: Any, pages: dict[str, Path], name: str, scheme: str) -> None:
    """Nothing beside the page is asked for, a phone needs no sideways scroll, axe-core objects to nothing."""
    page = browser.new_page(viewport={"width": 360, "height": 740}, color_scheme=scheme)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(pages[name].as_uri())
    assert asked == [pages[name].as_uri()]
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    if AXE.is_file():
        page.add_script_tag(path=str(AXE))
        found = page.evaluate(
            "axe.run().then(result => result.violations.map(each => `${each.id}: ${each.nodes[0].target}`))"
        )
        assert found == []
    page.close()
