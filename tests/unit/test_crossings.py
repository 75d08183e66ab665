"""What comes together: pairs of causes, and the map of causes and services."""

import csv
import io
from datetime import date

from failforward import index, pages
from failforward.index import Index
from failforward.model.playbook import Playbook
from failforward.pages import Pages
from failforward.reviews.read import read_review
from failforward.text.source import Source

TODAY = date(2026, 11, 22)


def playbook(*fields: str) -> Playbook:
    """Make a playbook of reviews r0, r1, …, the first one the oldest."""
    texts = [
        f"---\ntitle: R{n}\nstatus: reviewed\nstarted: 2026-01-{n % 28 + 1:02}\n{each}---\n"
        for n, each in enumerate(fields)
    ]
    sources = [Source(f"reviews/r{n}.md", text) for n, text in enumerate(texts)]
    return Playbook(reviews=tuple(read_review(source) for source in sources))


def built(*fields: str) -> Index:
    """Index a playbook of such reviews."""
    return index.build(playbook(*fields), TODAY)


def site(*fields: str) -> Pages:
    """Make the pages of a playbook of such reviews."""
    made = playbook(*fields)
    return pages.build(made, index.build(made, TODAY), TODAY)


def page(made: Pages, path: str) -> str:
    """Give the text of a page."""
    return next(page.text for page in made.pages if page.path == path)


def test_a_pair_is_what_two_reviews_name() -> None:
    """The most frequent comes first; the order in a review does not matter, and one review alone makes no pair."""
    made = built("causes: [b, a]\n", "causes: [a, b, c]\n", "causes: [c, a]\n", "causes: [a, b]\n", "causes: [d, e]\n")
    assert {pair: [each.id for each in reviews] for pair, reviews in made.pairs.items()} == {
        ("a", "b"): ["r3", "r1", "r0"], ("a", "c"): ["r2", "r1"],
    }  # fmt: skip
    assert list(made.pairs) == [("a", "b"), ("a", "c")]


def test_a_review_with_very_many_causes_makes_few_pairs() -> None:
    """The work grows with the number of reviews, not with the square of a list that somebody wrote."""
    many = f"causes: [{', '.join(f'c{n:04}' for n in range(500))}]\n"
    assert len(built(many, many).pairs) == 20 * 19 // 2


def test_pairs_stand_on_both_pages_of_causes() -> None:
    """The overview names the reviews of a pair, the page of a cause what it is often met with."""
    made = site("causes: [b, a]\n", "causes: [a, b]\n", "causes: [a, c]\n")
    assert "## Causes that come together" in page(made, "causes/index.md")
    text = page(made, "causes/a.md")
    assert "## Often met with" in text
    assert 'in 2 reviews: <span class="ff-meta"><a href="../../reviews/r1/">R1</a>' in text
    assert "Once met with" in text
    assert "## Causes that come together" not in page(site("causes: [a, b]\n"), "causes/index.md")


def test_the_map_counts_reviews() -> None:
    """A cause and a service that stand in the same review meet once, however often they are named."""
    heat = built("causes: [a, a, b]\nservices: [s, t, s]\n", "causes: [a]\nservices: [s]\n", "causes: [c]\n").heat
    assert {key: len(found) for key, found in heat.cells.items()} == {
        ("a", "s"): 2, ("a", "t"): 1, ("b", "s"): 1, ("b", "t"): 1,
    }  # fmt: skip
    assert (heat.rows, heat.columns, heat.totals) == (("a", "b"), ("s", "t"), {"a": 2, "b": 1})


def test_a_number_leads_to_its_reviews() -> None:
    """One review is linked itself, several stand in a list below; a screen reader hears what the number is about."""
    text = page(site("causes: [a, b]\nservices: [s]\n", "causes: [a]\nservices: [s]\n"), "map/index.md")
    assert '<a href="#met-1-1" aria-label="2 reviews: A in s">2</a>' in text
    assert '<li id="met-1-1"><strong>A</strong> in s: <a href="../reviews/r1/">R1</a>' in text
    assert 'href="../reviews/r0/" aria-label="1 review: B in s">1</a>' in text


def test_a_large_map_is_cut_and_the_table_is_whole() -> None:
    """No more than 25 by 25 stand on the page, and all in the CSV, in which nothing is a formula."""
    made = site(*[f"causes: [c{n:02}]\nservices: [s{n:02}, =x]\n" for n in range(40)])
    text = page(made, "map/index.md")
    assert text.count('<th scope="row">') == 26
    assert "of 40 and 41" in text
    table = next(asset.data for asset in made.assets if asset.path == "causes/map.csv").decode()
    rows = list(csv.DictReader(io.StringIO(table)))
    assert len(rows) == 80
    assert {row["service"] for row in rows if "x" in row["service"]} == {"'=x"}


def test_an_empty_playbook_has_a_map_all_the_same() -> None:
    """So that a navigation may name it from the first day."""
    assert "Nothing here yet" in page(site(), "map/index.md")
