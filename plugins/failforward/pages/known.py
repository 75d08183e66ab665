"""What a draft holds already, as short lines to start a talk from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from failforward.model.body import TimelineRow
from failforward.model.moment import Moment
from failforward.model.playbook import Playbook
from failforward.model.review import People, Review
from failforward.pages.alone import plain, titled
from failforward.pages.words import clock_text, count, moment_text, short_label, trial_words
from failforward.similarity import Similar

# No more of a kind than can be talked about in the minutes there are.
MOST = 4
Known = tuple[str, str]


def facts(review: Review) -> Iterator[Known]:
    """Give the times that are known, and how much of a timeline there is."""
    for name in ("started", "detected", "mitigated", "resolved"):
        when = getattr(review, name)
        if isinstance(when, Moment):
            yield short_label(name), moment_text(when)
    rows = [row for row in review.body.timeline if row.when is not None]
    if rows:
        yield "Timeline", count(len(review.body.timeline), "row")
        yield "First row", _row(rows[0])
    if len(rows) > 1:
        yield "Last row", _row(rows[-1])


def decisions(review: Review) -> Iterator[Known]:
    """Give the decisions of the timeline, each with what was known and which options were seen."""
    for row in [row for row in review.body.timeline if row.decision][:MOST]:
        notes = (
            ("knew", row.knew), ("assumed", row.assumed), ("options", ", ".join(row.options)),
        )  # fmt: skip
        said = "; ".join(f"{name}: {plain(text)}" for name, text in notes if text)
        yield "Decision", f"{_row(row)}{f' ({said})' if said else ''}"


def assumptions(review: Review) -> Iterator[Known]:
    """Give what was taken for granted and is not known to hold."""
    untested = [each.text for each in review.body.assumptions if each.held == "not-known"]
    assumed = [row.assumed for row in review.body.timeline if row.assumed and not row.decision]
    for text in list(dict.fromkeys(map(plain, (*untested, *assumed))))[:MOST]:
        yield "Assumption to test", text


def causes(review: Review, playbook: Playbook) -> Iterator[Known]:
    """Give the causes named so far with how they contributed."""
    for each in [each for each in review.causes if each.cause][:MOST]:
        known = playbook.cause_by_id.get(each.cause)
        title = known.title if known else each.cause
        yield "Cause", f"{title}: {plain(each.how)}" if each.how else title


def experiments(review: Review) -> Iterator[Known]:
    """Give the experiments that the draft has already."""
    for each in review.experiments[:MOST]:
        if each.outcome or each.id:
            yield "Experiment", plain(each.outcome) or each.id


def seen_before(similar: Sequence[Similar]) -> Iterator[Known]:
    """Give the similar reviews with what was tried then and how that went."""
    for each in similar[:2]:
        said = [
            f"{plain(trial.experiment.outcome) or trial.experiment.id} ({trial_words(trial).lower()})"
            for trial in each.tried[:2]
        ]
        tried = f"; tried then: {'; '.join(said)}" if said else ""
        yield "Seen before", f"{titled(each.review)}{tried}"


def people(review: Review) -> Iterator[Known]:
    """Give the teams that are to be in the room."""
    teams = review.people.participants if isinstance(review.people, People) else review.teams
    if teams:
        yield "In the room", ", ".join(teams)
    if isinstance(review.people, People):
        if isinstance(review.people.facilitator, str) and review.people.facilitator:
            yield "Leads the half hour", review.people.facilitator
        if review.people.outsiders:
            yield "From outside", ", ".join(review.people.outsiders)


def _row(row: TimelineRow) -> str:
    return f"{clock_text(row.when) or moment_text(row.when) if row.when else ''} {plain(row.text)}".strip()
