"""The pictures of follow-through, seen on a screen, in the dark, on paper, and by a screen reader."""

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from conftest import View

pytestmark = pytest.mark.browser
# The colour that a mark is filled with, and that of the page around it.
COLOURS = """mark => [getComputedStyle(mark).fill, getComputedStyle(document.body).backgroundColor]"""


def contrast(first: str, second: str) -> float:
    """Give the contrast of two colours written as rgb(…), after WCAG 2.2."""

    def luminance(colour: str) -> float:
        parts = [float(part) / 255 for part in colour[4:-1].split(",")[:3]]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark", "print"])
def test_marks_stand_out_from_the_page(view: "View", scheme: str) -> None:
    """Points and bars take the colours of the scheme and keep a contrast of three to one; paper is never dark."""
    view.page.emulate_media(color_scheme="light" if scheme == "light" else "dark")
    page = view.open("working/")
    page.wait_for_function(f"document.body.dataset.mdColorScheme == '{'default' if scheme == 'light' else 'slate'}'")
    if scheme == "print":
        page.emulate_media(media="print", color_scheme="dark")
    marks = page.locator("svg.ff-picture [role=img]").evaluate_all(f"all => all.map({COLOURS})")
    paper = "rgb(255, 255, 255)"
    found = {(fill, paper if scheme == "print" else ground) for fill, ground in marks if fill.startswith("rgb(")}
    assert len(marks) > 20
    assert [pair for pair in found if contrast(*pair) < 3] == []


@pytest.mark.parametrize("width", [390, 1280])
def test_labels_can_be_read(view: "View", width: int) -> None:
    """No label of a picture is smaller than ten pixels, on a phone as on a wide screen, and none sticks out."""
    view.page.set_viewport_size({"width": width, "height": 900})
    page = view.open("working/")
    found = page.locator("svg.ff-picture text").evaluate_all(
        """all => all.filter(e => e.getAttribute("opacity") !== "0").map(e => {
             const svg = e.closest("svg"), box = e.getBoundingClientRect(), frame = svg.getBoundingClientRect()
             const size = parseFloat(e.getAttribute("font-size")) * frame.width / svg.viewBox.baseVal.width
             return [e.textContent, size, box.left >= frame.left - 1 && box.right <= frame.right + 1]
           })"""
    )
    assert len(found) > 20
    assert [entry for entry in found if entry[1] < 10 or not entry[2]] == []


def test_the_numbers_are_one_key_away(view: "View", browser: Any) -> None:
    """Each picture has its table and its CSV, without any script, and the keyboard opens it."""
    page = view.open("working/")
    numbers = page.locator("details.ff-behind").first
    assert not numbers.locator("table").is_visible()
    numbers.locator("summary").focus()
    page.keyboard.press("Enter")
    assert numbers.locator("table").is_visible()
    assert view.violations() == []
    address = page.evaluate("new URL(document.querySelector('details.ff-behind a').href).href")
    assert "review,title,failure" in page.evaluate("address => fetch(address).then(each => each.text())", address)
    context = browser.new_context(java_script_enabled=False)
    bare = context.new_page()
    bare.goto(view.address + "working/")
    assert bare.locator("svg.ff-picture").count() == page.locator("svg.ff-picture").count() > 3
    context.close()


def test_each_point_says_what_it_is(view: "View") -> None:
    """A mark has a name for a screen reader, and shows it under the pointer."""
    page = view.open("working/")
    names = page.locator("svg.ff-picture [role=img] > title").all_text_contents()
    assert all(name.strip() for name in names)
    assert any(": " in name for name in names)
