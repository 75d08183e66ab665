"""Text that anybody may have written becomes HTML that does no harm, loses nothing and stays in one line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from failforward.text.html import SafeHtml, escape_markdown

HTML = SafeHtml(lambda address: f"up/{address}")


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("plain *em* `x<y`", "<p>plain <em>em</em> <code>x&lt;y</code></p>"),
        ("[a](b.md) [c](https://d/)", '<p><a href="up/b.md">a</a> <a href="https://d/">c</a></p>'),
        ("a <hostname> of <service>", "<p>a &lt;hostname&gt; of &lt;service&gt;</p>"),
        ("an open <script> tag", "<p>an open &lt;script&gt; tag</p>"),
        ("a <?php ?> and <!DOCTYPE x>", "<p>a &lt;?php ?&gt; and &lt;!DOCTYPE x&gt;</p>"),
        ("a <!-- note --> b", "<p>a b</p>"),
        ("- [x] a\n- [ ] b", "<ul> <li>☑ a</li> <li>☐ b</li> </ul>"),
        ("> [!NOTE]\n> a", "<blockquote><p><strong>Note</strong></p> <p>a</p> </blockquote>"),
        ("# a", "<h4>a</h4>"),
        ("```\na\n\nb\n```", '<div class="highlight no-copy"><pre><code>a&#10;&#10;b</code></pre></div>'),
        ("```mermaid\na-->b\n```", '<pre class="mermaid">a--&gt;b</pre>'),
    ],
)
def test_markdown_is_rendered(markdown: str, html: str) -> None:
    """Markdown becomes HTML in one line; what only looks like a tag stays as text."""
    assert HTML.block(markdown) == html


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ('<b onclick="x()" style="color:red" id="a" class="md-header">b</b>', "<p><b>b</b></p>"),
        ("[a](javascript:alert(1)) [b](//host/x) [c](data:text/html,x)", "<p>a b c</p>"),
        ("<svg onload=alert(1)>", "&lt;svg onload=alert(1)&gt;"),
        ("<iframe src=x></iframe>", "&lt;iframe src=x&gt;&lt;/iframe&gt;"),
        ("![words](https://host/x.png)", '<p><a href="https://host/x.png">words</a></p>'),
        ('<img src="&#104;ttps://host/x">', '<a href="https://host/x">https://host/x</a>'),
        ("[![badge](https://host/b)](https://host/)", '<p><a href="https://host/">badge</a></p>'),
    ],
)
def test_what_could_do_harm_is_taken_away(markdown: str, html: str) -> None:
    """No script, no style, no foreign scheme, and no picture that would make the page ask another host."""
    assert HTML.block(markdown) == html


def test_a_picture_always_has_alternative_text() -> None:
    """A picture without words gets an empty text, so that a screen reader passes over it."""
    assert HTML.block('<img src="a.png">') == '<img alt="" src="up/a.png" loading="lazy">'


def test_a_table_scrolls_in_a_frame_that_a_keyboard_reaches() -> None:
    """A wide table does not make the page scroll sideways."""
    html = HTML.block("| a |\n|---|\n| b |")
    assert html.startswith('<div class="ff-scroll" tabindex="0"><table class="ff-table">')
    assert '<th scope="col">a</th>' in html


def test_definitions_hold_for_every_piece() -> None:
    """A link or footnote that is defined at the end of a document works in each piece of it."""
    html = SafeHtml(lambda address: address, "[a]: https://a/\n\n[^1]: Note.\n")
    assert html.block("see [a]") == '<p>see <a href="https://a/">a</a></p>'
    assert html.block("x[^1]") == '<p>x<sup>1</sup></p> <div class="ff-footnote"><p><sup>1</sup> Note.</p> </div>'
    assert html.block("x") == "<p>x</p>"


def test_a_single_paragraph_may_stand_in_a_line() -> None:
    """Inline text has no paragraph of its own; several blocks keep theirs."""
    assert HTML.inline("a *b*") == "a <em>b</em>"
    assert HTML.inline("a\n\nb") == "<p>a</p> <p>b</p>"


def test_code_is_coloured_by_the_names_themes_know() -> None:
    """A fence with a language gets spans with the short names of Pygments, one that nobody knows none."""
    assert '<span class="k">def</span>' in HTML.block("```python\ndef f(): pass\n```")
    assert "<span" not in HTML.block("```nosuchlanguage\ndef f(): pass\n```")


@given(st.text(alphabet=st.sampled_from("ab \n<>&\"'/!-[]()#`~*_|:\\\x00=x1{}%"), max_size=80))
def test_no_text_breaks_out(text: str) -> None:
    """Whatever is written, the result is one line without a tag or attribute that was not allowed."""
    html = HTML.block(text)
    assert "\n" not in html
    assert "<script" not in html.casefold()


@pytest.mark.parametrize(
    ("title", "heading"),
    [
        ("a *b* `c` _d_ [e](f)", r"a \*b\* \`c\` \_d\_ \[e\](f)"),
        ("<b> & {#id} | ~~x~~", "&#60;b&#62; &#38; &#123;\\#id&#125; &#124; &#126;&#126;x&#126;&#126;"),
        ("two\nlines", "two lines"),
    ],
)
def test_a_title_is_shown_as_it_is(title: str, heading: str) -> None:
    """A heading means nothing but its letters: every sign of Markdown is escaped the way all readers understand."""
    assert escape_markdown(title) == heading
