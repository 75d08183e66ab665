"""The tables of the reference pages say what the code says. FAILFORWARD_UPDATE_GOLDEN=1 writes them anew."""

from typing import Any

import pytest

from failforward.cli.main import group
from failforward.model.fields import REVIEW
from failforward.reports import FORMATS
from failforward.reports.reference import (
    blocks,
    fields_table,
    filled,
    formats_table,
    names,
    sections_table,
    settings_table,
    table,
)
from failforward.settings import KEYS


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    """Give every block that the code makes."""
    return blocks(group)


def test_each_generated_table_is_up_to_date(pages: list[Any], made: dict[str, str], updating: bool) -> None:
    """What stands between the markers of a page is what the code gives."""
    stale = [page for page in pages if filled(page.text, made) != page.text]
    if updating:
        for page in stale:
            page.path.write_text(filled(page.text, made), "utf-8")
        return
    assert [page.name for page in stale] == [], "FAILFORWARD_UPDATE_GOLDEN=1 writes these pages anew"


def test_each_table_stands_on_a_page(pages: list[Any], made: dict[str, str]) -> None:
    """Every block that the code makes is shown exactly once."""
    shown = [name for page in pages for name in names(page.text)]
    assert sorted(shown) == sorted(made)


def test_each_marker_is_closed(pages: list[Any]) -> None:
    """No marker is left without its other half, which would leave its table as it is for ever."""
    for page in pages:
        assert page.text.count("<!-- generated: ") == len(names(page.text)) == page.text.count("<!-- /generated -->"), (
            page.name
        )


def test_the_tables_are_complete() -> None:
    """Each field, heading, setting and format has a row."""
    assert [row.split("`")[1] for row in fields_table().splitlines()[2:]] == [field.name for field in REVIEW]
    assert [row.split("`")[1] for row in settings_table().splitlines()[2:]] == list(KEYS)
    assert [row.split("`")[1] for row in formats_table().splitlines()[2:]] == list(FORMATS)
    assert "`### Timeline`" in sections_table()


def test_a_table_leaves_out_empty_columns_and_escapes_bars() -> None:
    """A column that no row fills is not shown, and a bar in a cell does not end it."""
    assert table(("a", "b", "c"), [("1|2", "", "3")]) == "| a | c |\n| --- | --- |\n| 1\\|2 | 3 |"


def test_a_page_keeps_what_stands_around_its_tables() -> None:
    """Only what stands between the markers changes; a block that nothing makes is an error."""
    page = "# A\n<!-- generated: x -->\nold\n<!-- /generated -->\nrest\n"
    assert filled(page, {"x": "new"}) == "# A\n<!-- generated: x -->\n\nnew\n\n<!-- /generated -->\nrest\n"
    with pytest.raises(KeyError):
        filled(page, {})
