"""Similar reviews as people and other programs read them. To add a format: a function, and a line in FORMATS."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from failforward.index.trials import Trial
from failforward.model.review import Review
from failforward.reports.escape import shown
from failforward.reports.run import visible
from failforward.reports.standing import standing
from failforward.similarity import Similar, Why

_WHY = {
    "causes": ("cause", "causes"), "groups": ("other causes of the group", "other causes of the groups"),
    "services": ("service", "services"), "tags": ("tag", "tags"),
    "hints": ("the words of both point to", "the words of both point to"), "words": ("rare word", "rare words"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found for a review, the past first, then what came later.

    `path` is the review's as people see it, `prefix` leads to the playbook.
    """

    review: Review
    path: str
    similar: tuple[Similar, ...]
    prefix: str = ""


def text(answers: Sequence[Answer]) -> str:
    """Give a paragraph for each similar review, below a line for the one it was looked for."""
    return "\n".join(line for answer in answers for line in _paragraphs(answer)) + "\n"


def markdown(answers: Sequence[Answer]) -> str:
    """Give a heading and a list, for the summary of a job or a comment."""
    lines = ["## Seen before?"]
    for answer in answers:
        lines += ["", f"### {shown(_title(answer.review))}", "", shown(_count(answer))]
        for number, each in enumerate(answer.similar, 1):
            path = shown(answer.prefix + each.review.path)
            lines += ["", f"{number}. **{shown(_title(each.review))}**{_day(each)}, {path}"]
            lines += [f"    - {name}: {shown(words)}" for name, words in _facts(each)]
    return "\n".join(lines) + "\n"


def json_list(answers: Sequence[Answer]) -> str:
    """Give a list with an object for each review asked about; `score` orders and means nothing else."""
    return json.dumps([_object(answer) for answer in answers], ensure_ascii=False, indent=1) + "\n"


FORMATS: dict[str, Callable[[Sequence[Answer]], str]] = {"text": text, "json": json_list, "markdown": markdown}


def _paragraphs(answer: Answer) -> Iterator[str]:
    yield visible(f"{answer.path}: {_count(answer)}")
    for number, each in enumerate(answer.similar, 1):
        yield ""
        yield visible(f"{number}. {_title(each.review)}")
        yield visible(f"   {answer.prefix}{each.review.path}{_day(each)}")
        for name, words in _facts(each):
            yield visible(f"   {name}: {words}")


def _count(answer: Answer) -> str:
    later = sum(each.later for each in answer.similar)
    number = len(answer.similar) - later
    after = f"; {later} that came later {'is' if later == 1 else 'are'}" if later else ""
    if not number:
        return f"no earlier review is similar{after}." if later else "no published review is similar."
    return f"1 review is similar{after}." if number == 1 else f"{number} reviews are similar, the nearest first{after}."


def _day(each: Similar) -> str:
    """Give the day of a failure in brackets, and whether it came later."""
    return f" ({each.review.day}{', later' if each.later else ''})" if each.review.day else ""


def _facts(each: Similar) -> Iterator[tuple[str, str]]:
    """Give why it is similar, what was tried then, and what is open, each with its name."""
    yield "why", "; ".join(map(_reason, each.why))
    for trial in each.tried:
        if trial not in each.open:
            yield "tried", _trial(trial)
    for trial in each.open:
        yield "open", _trial(trial)
    if not each.tried:
        yield "tried", "no experiment is written down"


def _reason(why: Why) -> str:
    return f"{_WHY[why.kind][len(why.words) > 1]} {', '.join(why.words)}"


def _trial(trial: Trial) -> str:
    """Give an experiment in a line: what was to be different, against which cause, and how that went."""
    how = standing(trial)
    against = f" (against {trial.experiment.cause})" if trial.experiment.cause else ""
    return f"{' '.join((trial.experiment.outcome or trial.experiment.id).split())}{against}: {how}"


def _title(review: Review) -> str:
    return " ".join((review.title or review.id).split())


def _object(answer: Answer) -> dict[str, object]:
    return {
        "path": answer.path,
        "title": answer.review.title,
        "similar": [_found(each, answer) for each in answer.similar],
    }


def _found(each: Similar, answer: Answer) -> dict[str, object]:
    open_ones = [trial.experiment.id for trial in each.open]
    tried = [
        {"id": trial.experiment.id, "cause": trial.experiment.cause, "outcome": trial.experiment.outcome,
         "state": trial.state, "verdict": trial.verdict}
        for trial in each.tried
    ]  # fmt: skip
    return {
        "review": each.review.id, "title": each.review.title, "path": answer.prefix + each.review.path,
        "day": each.review.day.isoformat() if each.review.day else None, "later": each.later,
        "score": round(each.score, 3),
        "why": {why.kind: why.words for why in each.why}, "tried": tried, "open": open_ones,
    }  # fmt: skip
