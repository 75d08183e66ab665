"""Whatever the numbers are, an estimate keeps within them."""

import csv
import math

import scipy.stats
from hypothesis import given
from hypothesis import strategies as st

from failforward.measures.statistics import bootstrap, median_of, wilson
from failforward.measures.tables import Row, Table, as_csv
from failforward.measures.words import length, median_words
from failforward.pages.marks import Stretch

lengths = st.floats(0, 400_000, allow_nan=False)


@given(st.lists(lengths, min_size=1, max_size=40))
def test_an_interval_holds_its_median_between_the_extremes(values: list[float]) -> None:
    """Least value, low end, median, high end and greatest value come in this order."""
    low, high = bootstrap(values)
    middle = median_of(values, 1).value
    assert middle is not None
    assert min(values) <= low <= high <= max(values)
    assert min(values) <= middle <= max(values)


@given(st.integers(1, 5_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_a_share_is_that_of_scipy(counts: tuple[int, int]) -> None:
    """Wilson's interval agrees with SciPy's for any share, and holds the share."""
    hits, n = counts
    low, high = wilson(hits, n)
    theirs = scipy.stats.binomtest(hits, n).proportion_ci(0.95, method="wilson")
    assert math.isclose(low, theirs.low, abs_tol=1e-9)
    assert math.isclose(high, theirs.high, abs_tol=1e-9)
    assert 0 <= low <= hits / n <= high <= 1


@given(st.lists(lengths, max_size=60))
def test_every_point_has_a_place_on_its_axis(values: list[float]) -> None:
    """However short or long, each length lies between the ends of the axis and can be told in words."""
    stretch = Stretch.around(values)
    strip = stretch.strip((value, length(value)) for value in values)
    assert len(strip) == len(values)
    assert all(stretch.low <= each["days"] <= stretch.high for each in strip)
    assert len({(each["days"], each["y"]) for each in strip if each["days"] == stretch.low}) == sum(
        each["days"] == stretch.low for each in strip
    )
    assert median_words(median_of(values, 5))


@given(st.lists(st.text(max_size=12), min_size=1, max_size=6))
def test_no_text_becomes_a_formula_or_a_row(texts: list[str]) -> None:
    """Any text is one cell, on one line, that no spreadsheet computes."""
    made = as_csv(Table(("a",), tuple(Row((text,)) for text in texts)))
    assert len(made.split("\r\n")) == len(texts) + 2
    cells = [cell for row in csv.reader(made.splitlines()) for cell in row]
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))] == []
