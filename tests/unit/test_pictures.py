"""The pictures: the same bytes each time, the page's own colours, and nothing that a title smuggles in."""

import re
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from failforward import index, pages
from failforward.model.playbook import Playbook
from failforward.pages import working
from failforward.reviews.read import read_review
from failforward.text.source import Source

TODAY = date(2026, 11, 22)
HOSTILE = "</svg><script>alert(1)</script> \\\" onload='x' {{ 7 * 7 }} &amp; \\u0007"
SVG = re.compile(r"<svg .*?</svg>")


def playbook(title: str = "A failure", number: int = 8) -> Playbook:
    """Make a playbook in which every picture has enough to show."""
    reviews = []
    for place in range(number):
        day = date(2026, 1, 1) + timedelta(days=20 * place)
        later = [(day + timedelta(days=days)).isoformat() for days in (1, 9, 30 + place)]
        front = (
            f'title: "{title}"\nkind: incident\nstatus: reviewed\nstarted: {day}\nresolved: {day}\n'
            f"debrief: {later[0]}\nmood: {{before: 2, after: {place % 4 + 2}}}\n"
            f"services: [s{place % 2}]\ncauses: [{{cause: c{place % 4}}}]\n"
            f"experiments: [{{id: \"{title}\", cause: c{place % 4}, kind: prevent, due: {later[1]}, status: done, "
            f"finished: {later[1]}, verified: {{on: {later[2]}, verdict: stuck}}}}]\n"
        )
        reviews.append(read_review(Source(f"reviews/r{place}.md", f"---\n{front}---\n")))
    return Playbook(reviews=tuple(reviews))


def built(given: Playbook) -> str:
    """Give the text of the page."""
    made = pages.build(given, index.build(given, TODAY), TODAY)
    return next(page.text for page in made.pages if page.path == "working/index.md")


def test_every_figure_is_drawn() -> None:
    """Three lengths, two pictures of the clocks and one of each other question."""
    assert len(SVG.findall(built(playbook()))) == 9


def test_the_same_playbook_gives_the_same_pictures() -> None:
    """Nothing in a picture depends on chance or the clock."""
    assert built(playbook()) == built(playbook())


def test_a_picture_is_well_formed_and_brings_nothing_along() -> None:
    """No id, script, style, link or font; colours are variables of the page; each mark has a title."""
    for svg in SVG.findall(built(playbook())):
        tags = list(ET.fromstring(svg).iter())
        assert {tag.tag for tag in tags} <= {"svg", "g", "path", "rect", "line", "text", "title"}
        names = {name for tag in tags for name in tag.attrib}
        assert not {name for name in names if name.startswith("on")}
        assert names & {"id", "class", "style", "href", "clip-path", "font-family"} <= {"class"}
        colours = {tag.get(name) for tag in tags for name in ("fill", "stroke")} - {None, "none"}
        assert all(re.fullmatch(r"var\(--ff-[\w-]+\)", colour or "") for colour in colours), colours
        assert [tag for tag in tags if tag.get("role") == "img" and not (tag.find("title").text or "").strip()] == []  # type: ignore[union-attr]
        assert any(tag.tag == "text" and tag.text for tag in tags)


def test_a_hostile_title_stays_a_title() -> None:
    """Whatever a review is called, each picture has the same tags, and the words are there to read."""
    shape = [tag.tag for svg in SVG.findall(built(playbook())) for tag in ET.fromstring(svg).iter()]
    found = SVG.findall(built(playbook(HOSTILE)))
    assert [tag.tag for svg in found for tag in ET.fromstring(svg).iter()] == shape
    titles = [tag.text or "" for svg in found for tag in ET.fromstring(svg).iter("title")]
    assert any("</svg><script>alert(1)</script>" in title for title in titles)


def test_without_the_library_the_numbers_are_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """The page then says which extra draws, and has all sentences and tables."""
    drawn = built(playbook())
    monkeypatch.setattr(working, "can_draw", lambda: False)
    bare = built(playbook())
    assert "<svg" not in bare
    assert "failforward[charts]" in bare
    assert re.findall(r"<table.*?</table>", bare, re.DOTALL) == re.findall(r"<table.*?</table>", drawn, re.DOTALL)
    for words in ("Median", "Debrief kept", "Stuck, of the verified ones", "Warmer afterwards"):
        assert words in bare


@pytest.mark.parametrize("number", [0, 1, 5])
def test_few_reviews_are_no_ground_for_a_picture(number: int) -> None:
    """Below five it says that it cannot be told, and how many are needed."""
    page = built(playbook(number=number))
    assert ("<svg" in page) is (number >= 5)
    assert ("Cannot tell yet (n\u00a0=\u00a0" in page) is (0 < number < 5)


def test_a_crowd_of_points_stays_within_its_picture() -> None:
    """Four hundred reviews make a picture that is no taller than a window."""
    found = SVG.findall(built(playbook(number=400)))
    assert max(float(re.findall(r'viewBox="0 0 300 (\d+)"', svg)[0]) for svg in found) < 400


def test_checking_loads_no_library_for_pictures(tmp_path: Path) -> None:
    """A check of a text imports neither the library nor the pages."""
    (tmp_path / "a.md").write_text("Text.\n", "utf-8")
    code = (
        "import sys; from failforward.cli.main import group; "
        "group(['check', '--only-wording', 'a.md'], standalone_mode=False); "
        "print(sorted({'vl_convert', 'failforward.pages', 'failforward.measures'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
