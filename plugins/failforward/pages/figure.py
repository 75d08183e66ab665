"""The picture of cause and effect, drawn from the data that is checked: trigger, causes, what each one was met with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from failforward.index import Trial
from failforward.model.moment import Moment
from failforward.model.review import Contribution, Review
from failforward.pages.site import Here
from failforward.pages.words import moment_text
from failforward.text.sections import slug


@dataclass(frozen=True, slots=True)
class Answer:
    """An experiment in its review: where it stands, and the anchor of its card on the review's page."""

    trial: Trial
    anchor: str

    @property
    def tone(self) -> str:
        """Give the word that colours it: the verdict, else the state."""
        return self.trial.standing


@dataclass(frozen=True, slots=True)
class Link:
    """A cause in the picture: its number, what interacted with it, and what it was met with.

    `accepted` are the reasons to live with it, each with the risk that carries it on, or nothing.
    """

    number: int
    contribution: Contribution
    how: Markup
    since: str
    others: tuple[tuple[int, str], ...]
    answers: tuple[Answer, ...]
    accepted: tuple[tuple[Markup, str], ...]


def answers_of(review: Review, trials: Sequence[Trial]) -> tuple[Answer, ...]:
    """Give a review's experiments in the order written, each with an anchor of its own."""
    by_place = {id(trial.experiment): trial for trial in trials}
    anchors: set[str] = set()
    answers = []
    for place, experiment in enumerate(review.experiments, 1):
        anchor = f"experiment-{slug(experiment.id) or place}"
        anchor = anchor if anchor not in anchors else f"{anchor}-{place}"
        anchors.add(anchor)
        answers.append(Answer(by_place[id(experiment)], anchor))
    return tuple(answers)


def links_of(here: Here, review: Review, answers: Sequence[Answer]) -> tuple[Link, ...]:
    """Give the causes of a review as the picture shows them, in the order written."""
    causes = [contribution for contribution in review.causes if contribution.cause or contribution.how]
    numbers = {contribution.cause: number for number, contribution in reversed(list(enumerate(causes, 1)))}
    return tuple(
        Link(
            number,
            each,
            here.inline(each.how, review),
            moment_text(each.since) if isinstance(each.since, Moment) else "",
            tuple((numbers[name], name) for name in each.with_ if name in numbers and name != each.cause),
            tuple(answer for answer in answers if answer.trial.experiment.cause == each.cause),
            tuple((here.inline(one.because, review), one.risk) for one in review.accepted if one.cause == each.cause),
        )
        for number, each in enumerate(causes, 1)
    )
