"""No text, whatever it holds, makes reading the risk register crash."""

from collections.abc import Iterator
from datetime import date

from hypothesis import example, given
from hypothesis import strategies as st

from failforward import index
from failforward.checks.risks import of_register
from failforward.index.register import register_of
from failforward.model.finding import Problem
from failforward.model.playbook import Playbook
from failforward.model.risk import RiskRegister
from failforward.pages.site import Site
from failforward.pages.urls import Urls
from failforward.reports.risks import FORMATS
from failforward.reviews.risks import read_register
from failforward.text.source import Source, normalised

TODAY = date(2026, 10, 20)
pieces = st.sampled_from(
    ["- ", "\n", "  ", "\t", ": ", "[", "]", "{", "}", "&a ", "*a", "? ", "| ", "'", '"', "#", "---\n", "~", "null"]
    + [f"{name}: " for name in ("id", "title", "owner", "review_by", "causes", "services", "status", "because", "team")]
    + ["a", "open", "closed", "2026-10-02", "9999-12-31", "2026-02-30", "0001", "n/a because ", "\0", "\ud800", "🚀"]
    + ["\n- id: a\n  title: b\n  owner: c\n  review_by: 2026-01\n  causes: [x, y]\n"]
)
texts = st.lists(st.one_of(pieces, st.text(st.characters(), max_size=40)), max_size=30).map("".join)


def problems_of(register: RiskRegister, found: list[Problem]) -> Iterator[Problem]:
    """Give everything that is said of a register."""
    yield from found
    yield from of_register(Playbook(register=register), TODAY)


@given(texts)
@example("- id: a\n  review_by: 9999-12-31\n")
@example("- id: a\n- id: a\n")
@example("- &a [*a]\n")
def test_any_text_is_read(text: str) -> None:
    """Any text becomes a register and problems whose places lie in the text; ids are unique; each format prints it."""
    source = Source("risks.yml", normalised(text))
    register, found = read_register(source)
    for problem in problems_of(register, found):
        assert 0 <= problem.span.start <= problem.span.end <= len(source.text)
        assert problem.what
        assert problem.instead
    assert len({risk.id for risk in register.risks}) == len(register.risks)
    held = register_of(register, (), (), TODAY)
    assert held is not None
    assert len(held.came_true) + len(held.waiting) + len(held.closed) == len(register.risks)
    for report in FORMATS.values():
        assert report(held)
    playbook = Playbook(register=register)
    anchors = Site(playbook, index.build(playbook, TODAY), TODAY, Urls()).risks.values()
    assert len({anchor for _, anchor in anchors}) == len(register.risks)
