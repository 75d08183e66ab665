"""The register of risks as values: what an organisation expects that may go wrong, and who looks at it again."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from failforward.model.moment import Moment
from failforward.text.source import Source, Span


@dataclass(frozen=True, slots=True)
class Risk:
    """An entry of the register.

    `owner` is a team or role; `review_by` the day by which somebody looks at it again, None where none could be read;
    `causes` are ids of the vocabulary; `status` is `open`, `accepted` or `closed`. `span` is where the id stands,
    `review_span` where the day does.
    """

    id: str
    title: str = ""
    owner: str = ""
    review_by: Moment | None = None
    summary: str = ""
    services: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()
    status: str = "open"
    because: str = ""
    span: Span = Span(0, 0)
    review_span: Span = Span(0, 0)
    cause_spans: tuple[Span, ...] = ()

    @property
    def last_day(self) -> date | None:
        """Give the last day that `review_by` may mean; None for a closed risk or one without a day."""
        by = self.review_by
        if by is None or self.status == "closed":
            return None
        return by.day if by.precision in ("minute", "day") else by.latest.date() - timedelta(days=1)


@dataclass(frozen=True)
class RiskRegister:
    """The file risks.yml: its entries in the order written, each id once."""

    source: Source = field(repr=False)
    risks: tuple[Risk, ...] = ()
