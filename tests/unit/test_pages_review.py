"""The page of a review: the summary, its own text without loss, and the pictures made from its data."""

import html
import re
from collections import Counter
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from failforward import index, pages
from failforward.playbook import read_playbook

TODAY = date(2026, 11, 22)
ROOT = Path(__file__).resolve().parents[2]
MakePlaybook = Callable[..., Path]

FRONT = "---\ntitle: T\nkind: incident\nstatus: reviewed\nstarted: 2026-01-02T14:00Z\n{more}---\n{body}"


@pytest.fixture
def page_of(make_playbook: MakePlaybook) -> Callable[..., str]:
    """Give a function that makes the page of one review from its further fields and its body."""

    def make(more: str = "", body: str = "", **others: str) -> str:
        files = {"reviews/x.md": FRONT.format(more=more, body=body)}
        files |= {f"reviews/{name}.md": text for name, text in others.items()}
        playbook = read_playbook(make_playbook(files))
        made = pages.build(playbook, index.build(playbook, TODAY), TODAY)
        return next(page.text for page in made.pages if page.path == "reviews/x.md")

    return make


def words(text: str) -> Counter[str]:
    """Count the words of a text."""
    return Counter(re.findall(r"[^\W\d_]+", text.casefold()))


def visible(page: str) -> str:
    """Give the words of a page: no tags, entities resolved, alternative texts kept."""
    page = re.sub(r'<[^>]*?alt="([^"]*)"[^>]*>', r" \1 ", page)
    return html.unescape(re.sub(r"<[^>]*>", " ", page.replace("&#10;", "\n")))


PageOf = Callable[..., str]


def test_the_summary_gives_times_and_what_passed(page_of: PageOf) -> None:
    """Each time stands with what passed since the start, and who noticed first."""
    page = page_of(
        "detected: 2026-01-02T14:11Z\nmitigated: 2026-01-02T14:50Z\nresolved: 2026-01-02T16:00Z\n"
        "detected_by: customer\n"
    )
    assert "<strong>after 11 min</strong> by customers" in page
    assert '<time datetime="2026-01-02T16:00:00+00:00">2 January 2026, 16:00 UTC</time>' in page
    assert "<b>39 min</b> until mitigated" in page


def test_what_does_not_apply_says_why(page_of: PageOf) -> None:
    """Fields that do not apply are named once per reason."""
    page = page_of("debrief: n/a because it is retold\nmood: n/a because it is retold.\n")
    assert "No debrief, mood in the room: it is retold." in page


def test_each_cause_is_tied_in_the_picture(page_of: PageOf) -> None:
    """The picture shows each cause with its experiment, its reason to live with it, or that nothing was done."""
    page = page_of(
        "trigger: A *flag*.\ncauses: [{cause: a, how: First, with: [b], since: 2024}, {cause: b}, {cause: c}]\n"
        "experiments: [{id: gate, cause: a, outcome: A gate, status: done,"
        " verified: {on: 2026-02-01, verdict: stuck, evidence: Seen}}]\n"
        "accepted: [{cause: b, because: It goes away}]\n"
    )
    picture = page[page.index("<figure") : page.index("</figure>")]
    assert "A <em>flag</em>." in picture
    assert '<a href="#experiment-gate">A gate</a>' in picture
    assert "There since 2024 · together with" in picture
    assert re.findall(r'ff-badge ff-is-([\w-]+)"', picture) == ["stuck", "accepted", "untied"]
    assert 'id="experiment-gate"' in page


def test_a_timeline_marks_days_gaps_and_decisions(page_of: PageOf) -> None:
    """Rows have their time, a mark at each new day, the time between them when it is long, and who decided what."""
    page = page_of(
        body="## What happened\n### Timeline\n- **14:00** Begin.\n- **16:30** Decision: wait. "
        "*(lead; knew: all; options: wait, go; in a hurry)*\n- **00:10** End.\n"
    )
    assert re.findall(r'ff-tl-date"><span>(.*?)<', page) == ["2 January 2026 · UTC", "3 January 2026 · UTC"]
    assert re.findall(r'ff-tl-gap"><span>(.*?)<', page) == ["2 h 30 min later", "7 h 40 min later"]
    assert "</span> Wait." in page
    assert re.findall(r"<dd>(.*?)</dd>", page[page.index("ff-tl-notes") :]) == [
        "lead",
        "all",
        "wait · go",
        "in a hurry",
    ]


def test_blocks_in_a_row_stay_blocks(page_of: PageOf) -> None:
    """A list or a code block inside a row of the timeline is drawn as one."""
    page = page_of(body="## Timeline\n- **14:00** Row:\n\n  ```\n  a\n    b\n  ```\n\n  - one\n  - two\n")
    assert "<code>a&#10;  b</code>" in page
    assert "<li>one</li> <li>two</li>" in page


@pytest.mark.parametrize(
    "body",
    [
        "Before any heading.\n\n## In short\nShort.\n\n### Below\nDeeper.\n\n##### Deepest\nText.\n",
        "# First\nOne.\n# Second\nTwo.\n",
        "## Timeline\nAll times UTC.\n\n| Time | Event | Who |\n|---|---|---|\n| 14:00 | Deploy | ops |\n\nThen.\n",
        "## Timeline\n### 14:00 A heading\nText below it.\n\n- and a list\n",
        "## Timeline\nA line without time\n14:00 with one\n14:10 and another\n",
        "## Timeline\n- 2026-01-02\n  - 14:00 Nested\n  - 14:10 Again\n\n  a paragraph after it\n",
        "## Assumptions\nFirst.\n\n- **Held:** One.\n- no verdict\n\n| Verdict | Claim |\n|---|---|\n| Held | Two |\n",
        "## Something of our own\nText with <hostname> and `code`.\n\n> quoted\n\n## Evidence\nLogs.\n",
    ],
)
def test_nothing_of_the_text_is_lost(page_of: PageOf, body: str) -> None:
    """Whatever sections a review has, each of their words stands on the page."""
    heads = Counter({"time": 9, "event": 9, "who": 9, "verdict": 9, "claim": 9})
    assert words(re.sub(r"<(\w+)>", r"\1", body)) - words(visible(page_of(body=body))) - heads == Counter()


def test_no_word_of_our_playbook_is_lost() -> None:
    """Each word that a reader of our own reviews would see stands on its page."""
    playbook = read_playbook(ROOT / "playbook")
    made = pages.build(playbook, index.build(playbook, TODAY), TODAY)
    text_of = {page.path: page.text for page in made.pages}
    for review in playbook.reviews:
        if review.published:
            missing = words(review.body.tree.plain) - words(visible(text_of[review.path]))
            months = {"utc", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "edt", "est"}
            assert set(missing) - months == set(), review.path


def test_headings_go_down_one_level_at_a_time(page_of: PageOf) -> None:
    """The page has one heading of the first level, and never skips one below it."""
    page = page_of(body="#### Deep first\nA.\n## Then\nB.\n##### Deep\nC.\n# Top\nD.\n# Again\nE.\n")
    levels = [len(mark) for mark in re.findall(r"^(#+) ", page, re.MULTILINE)]
    assert levels[0] == 1
    assert 1 not in levels[1:]
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))


def test_an_html_block_has_no_blank_line(page_of: PageOf) -> None:
    """Between headings there is HTML and nothing else, so that every generator leaves it alone."""
    page = page_of(body="## In short\nA.\n\n\n```\nb\n\n\nc\n```\n\n1. d\n\n   e\n\n## Next\n    code\n")
    for part in page.rstrip("\n").split("\n\n"):
        assert part.startswith(("#", "<")), part


def test_links_hold_and_hidden_reviews_are_not_linked(page_of: PageOf) -> None:
    """A link to a published review leads to its page; one to a draft keeps its words and loses its address."""
    draft = "---\ntitle: Hidden\nkind: incident\nstatus: draft\n---\n"
    page = page_of(body="## In short\n[there](y.md#in-short) [hidden](z.md) [c](../causes/code-defect.md)\n",
                   y=FRONT.format(more="", body=""), z=draft)  # fmt: skip
    assert '<a href="../y/#in-short">there</a> hidden <a href="../../causes/code-defect/">c</a>' in page


def test_a_diagram_brings_its_script_along(page_of: PageOf) -> None:
    """A page with a diagram loads Mermaid from the site itself; a page without does not load it."""
    assert "vendor/mermaid.min.js" in page_of(body="## In short\n```mermaid\na-->b\n```\n")
    assert "mermaid" not in page_of(body="## In short\nText.\n")


def test_no_id_stands_twice(page_of: PageOf) -> None:
    """Experiments of one name get anchors of their own."""
    page = page_of("experiments: [{id: a, outcome: A}, {id: a, outcome: B}, {outcome: C}]\n")
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids)) == 6


def test_the_room_is_shown_as_roles_and_steps(page_of: PageOf) -> None:
    """Who was there stands as roles, the mood as steps with words."""
    people = "people: {facilitator: platform, participants: [payments], outsiders: [design]}\n"
    page = page_of(f"{people}mood: {{before: 2, after: 4}}\n")
    assert "2 of 5, cool" in page
    assert "4 of 5, warm" in page
    assert page.count('class="ff-on"') == 6
    assert [name in page for name in ("platform", "payments", "design")] == [True] * 3
