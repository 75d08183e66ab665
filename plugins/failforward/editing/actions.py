"""What can be done to a promise, as the fields that change. A step that makes no sense is refused with a remedy."""

from __future__ import annotations

from datetime import date

from failforward.checks.experiments import RIPE_WHEN_DONE
from failforward.editing import Values
from failforward.errors import ArgumentError
from failforward.model.moment import Moment
from failforward.model.review import Experiment, FieldPath, NotApplicable, Review, Verdict

_UNFINISHED = ("", "planned", "in-progress")


def start(review: Review, name: str) -> Values:
    """Begin a planned experiment."""
    path, experiment = _found(review, name)
    if experiment.status in ("done", "dropped", "in-progress"):
        begun = experiment.status == "in-progress"
        remedy = "Nothing is to be done." if begun else "Plan a new experiment in the review."
        raise _refused(review, path, f"“{name}” is {_word(experiment.status)}", remedy)
    return {(*path, "status"): "in-progress"}


def finish(review: Review, name: str, on: date) -> Values:
    """Mark the work of an experiment as done, with the day; whether it held is asked later."""
    path, experiment = _found(review, name)
    if experiment.status not in _UNFINISHED:
        done = experiment.status == "done"
        remedy = "Write the verdict: `failforward experiment verify`." if done else "Plan a new one."
        raise _refused(review, path, f"“{name}” is {_word(experiment.status)}", remedy)
    if review.day and on < review.day:
        what = f"{on} lies before the failure ({review.day})"
        raise _refused(review, path, what, "Give the day on which the work was done.")
    return {(*path, "status"): "done", (*path, "finished"): on.isoformat()}


def drop(review: Review, name: str, because: str) -> Values:
    """Give an experiment up, with the reason."""
    path, experiment = _found(review, name)
    if experiment.status == "dropped":
        raise _refused(review, path, f"“{name}” is dropped", "Nothing is to be done.")
    return {(*path, "status"): "dropped", (*path, "because"): _sentence(because, "--because")}


def verify(review: Review, name: str, verdict: str, evidence: str, on: date) -> Values:
    """Write whether an experiment held, as far as its status can tell; an earlier verdict is replaced."""
    path, experiment = _found(review, name)
    if experiment.status == "dropped":
        raise _refused(review, path, f"“{name}” is dropped", "Plan a new experiment in the review.")
    if verdict in RIPE_WHEN_DONE.get(experiment.status or "planned", ()):
        remedy = "Finish it first: `failforward experiment finish`."
        raise _refused(review, path, f"“{name}” is not done ({_word(experiment.status) or 'no status'})", remedy)
    if review.day and on < review.day:
        what = f"{on} lies before the failure ({review.day})"
        raise _refused(review, path, what, "Give the day on which it was looked at.")
    finished = experiment.finished
    if verdict != "too-early" and isinstance(finished, Moment) and on < finished.day:
        what = f"{on} lies before the day on which the work was finished ({finished})"
        raise _refused(review, path, what, "Give the day on which it was looked at, or correct that one.")
    earlier = experiment.verified.on if isinstance(experiment.verified, Verdict) else None
    if isinstance(earlier, Moment) and on < earlier.day:
        what = f"{on} lies before the verdict that is there ({earlier.day})"
        raise _refused(review, path, what, "Give a later day.")
    shown = _sentence(evidence, "--evidence")
    return {(*path, "verified"): {"on": on.isoformat(), "verdict": verdict, "evidence": shown}}


def check_in(review: Review, on: date, today: date) -> Values:
    """Write down when the check-in took place; a day that was only planned gives way."""
    path: FieldPath = ("check_in",)
    if isinstance(review.check_in, Moment) and review.check_in.day <= today:
        remedy = "Correct the day in the file itself."
        raise _refused(review, path, f"The check-in of {review.check_in} is written down", remedy)
    if not isinstance(review.debrief, Moment):
        none = isinstance(review.debrief, NotApplicable)
        what = "There was no debrief to check in after (n/a)" if none else "No day of a debrief is written down"
        remedy = "A check-in follows the debrief: write its day in `debrief:` first."
        raise _refused(review, ("debrief",), what, remedy)
    if on < review.debrief.day:
        what = f"{on} lies before the debrief ({review.debrief.day})"
        raise _refused(review, ("debrief",), what, "A check-in follows the debrief.")
    return {path: on.isoformat()}


def _found(review: Review, name: str) -> tuple[FieldPath, Experiment]:
    """Give the path and the experiment of an id; raises ArgumentError where there is none, or two."""
    places = [number for number, experiment in enumerate(review.experiments) if experiment.id == name]
    if len(places) == 1:
        return ("experiments", places[0]), review.experiments[places[0]]
    known = ", ".join(experiment.id for experiment in review.experiments if experiment.id)
    if places:
        what, remedy = f"Two experiments have the id “{name}”", "Give each its own id."
    else:
        what = f"“{name}” is no experiment of this review"
        remedy = f"Its experiments are {known}." if known else "None of its experiments has an id yet."
    raise _refused(review, ("experiments",), what, remedy)


def _refused(review: Review, path: FieldPath, what: str, remedy: str) -> ArgumentError:
    line = review.source.position(review.where(*path).start).line
    return ArgumentError(what, path=review.source.path, line=line, remedy=remedy)


def _word(status: str) -> str:
    return status.replace("-", " ")


def _sentence(text: str, option: str) -> str:
    """Give a text on one line; raises ArgumentError for one that says nothing."""
    words = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    if not words or words.casefold() in ("n/a", "none", "-", "tbd", "todo"):
        raise ArgumentError(f"{option} says nothing", remedy="Write a sentence that others can question.")
    return words
