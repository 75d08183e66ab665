"""The shape of a page's text: Markdown headings between HTML blocks that no blank line cuts."""

from markupsafe import Markup

from failforward.pages.shape import finished, heading, value, verbatim


def test_headings_stand_between_blocks() -> None:
    """A heading has blank lines around it; a block has none inside."""
    text = f"<p>a</p>\n\n  <p>b</p>\n{heading(2, 'A *title*')}\n\n<p>c</p>\n"
    assert finished(text) == "<p>a</p>\n<p>b</p>\n\n## A \\*title\\*\n\n<p>c</p>\n"


def test_own_words_are_put_in_as_they_stand() -> None:
    """A team's own Markdown keeps its blank lines."""
    assert finished(f"{heading(1, 'T')}{verbatim()}<p>x</p>", "a\n\n!!! note\n    b\n") == (
        "# T\n\na\n\n!!! note\n    b\n\n<p>x</p>\n"
    )
    assert finished(f"{heading(1, 'T')}{verbatim()}<p>x</p>") == "# T\n\n<p>x</p>\n"


def test_a_value_cannot_make_a_heading() -> None:
    """What a template prints is one line and has no control characters, so only a template makes headings."""
    assert value("a\n# b\x0e# c\x0f") == "a # b# c"
    assert value(Markup("<b>")) == Markup("<b>")
    assert (value(None), value(3)) == ("", 3)


def test_braces_do_not_reach_other_tools() -> None:
    """Text that looks like a template of another tool is written so that it only shows."""
    assert finished("<p>{{ x }} {% y %}</p>") == "<p>&#123;&#123; x }} &#123;% y %}</p>\n"
