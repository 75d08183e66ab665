"""Experiments as stories for a backlog: what is different afterwards, why, small tasks, how we will know.

A story names a team and never a person; nobody is assigned. To add a format: a function, and a line in FORMATS.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from failforward.index import Trial
from failforward.model.playbook import Cause
from failforward.model.review import Review
from failforward.reports.run import visible
from failforward.text.sheets import cell as sheet_cell
from failforward.trackers import markers, neutral

# What Jira reads in a description: links and mentions, macros, pictures, tables.
_JIRA_MARKS = re.compile(r"([\\\[\]{}!|])")
_HEAD = ("Summary", "Issue Type", "Description", "Due Date", "Component", "Labels", "Labels", "Team", "External ID")


@dataclass(frozen=True)
class Story:
    """An experiment with what explains it. `address` leads to its review; `how` says how its cause contributed."""

    trial: Trial
    cause: str
    how: str
    address: str
    prefix: str
    label: str

    @property
    def review(self) -> Review:
        """Give the review it comes from."""
        return self.trial.review

    @property
    def name(self) -> str:
        """Give `review/experiment`, as it is shown and found again."""
        return f"{self.review.id}/{self.trial.experiment.id}"

    @property
    def marker(self) -> str:
        """Give what its issue is found again by."""
        return markers.experiment(self.prefix, self.review.id, self.trial.experiment.id)

    @property
    def title(self) -> str:
        """Give the outcome, else the id."""
        return neutral.title(self.trial.experiment.outcome) or neutral.title(self.name)

    @property
    def day(self) -> str:
        """Give the last day that the deadline may mean, as ISO text, nothing without one."""
        return self.trial.by.isoformat() if self.trial.by else ""

    def facts(self) -> Iterator[tuple[str, str]]:
        """Give the facts beside the reasons, each with its name, where there is something to say."""
        experiment = self.trial.experiment
        found = (("We will know when", experiment.measure), ("Team", self.trial.owner), ("By", self.day))
        yield from ((name, value) for name, value in found if value.strip())


def stories_of(
    trials: Sequence[Trial], causes: Mapping[str, Cause], address: Callable[[Trial], str], prefix: str, label: str
) -> tuple[Story, ...]:
    """Give the stories of experiments; `address` gives where people read the review."""
    found = []
    for trial in trials:
        name = trial.experiment.cause
        how = next((each.how for each in trial.review.causes if each.cause == name), "")
        title = causes[name].title if name in causes else name
        found.append(Story(trial, title, how, address(trial), prefix, label))
    return tuple(found)


def issue_body(story: Story) -> str:
    """Give the body of an issue: the marker first, then the story."""
    return f"{story.marker}\n{_markdown(story)}\n"


def markdown(stories: Sequence[Story]) -> str:
    """Give each story under a heading of its own."""
    parts = [f"## {neutral.words(story.title)}\n\n{_markdown(story)}\n" for story in stories]
    return "\n".join(parts) if parts else "There is no such experiment.\n"


def jira(stories: Sequence[Story]) -> str:
    """Give a CSV file for Jira's importer; a cell that a spreadsheet would compute begins with an apostrophe."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, quoting=csv.QUOTE_ALL)
    writer.writerow(_HEAD)
    writer.writerows([sheet_cell(cell) for cell in _row(story)] for story in stories)
    return file.getvalue()


FORMATS: dict[str, Callable[[Sequence[Story]], str]] = {"csv": jira, "markdown": markdown}


def _markdown(story: Story) -> str:
    review, experiment = story.review, story.trial.experiment
    because = f"Tried against **{neutral.words(story.cause)}**" if story.cause else "Tried"
    title = neutral.words(review.title) or neutral.words(review.id)
    reason = f"{because} after [{title}]({story.address})." if story.address else f"{because} after “{title}”."
    parts = [reason, *([neutral.paragraph(story.how)] if story.how.strip() else [])]
    tasks = [f"- [ ] {neutral.words(task)}" for task in experiment.tasks if task.strip()]
    parts += ["\n".join(tasks)] if tasks else []
    parts += [f"**{name}:** {neutral.words(value)}" for name, value in story.facts()]
    parts.append(f"When it is done: `failforward sync`, and later whether it held. ({neutral.words(story.name)})")
    return "\n\n".join(parts)


def _row(story: Story) -> tuple[str, ...]:
    experiment = story.trial.experiment
    about = [f"Tried against {story.cause or 'what happened'} after: {_line(story.review.title or story.review.id)}"]
    about += [_line(story.how)] if story.how.strip() else []
    about += [f"* {_line(task)}" for task in experiment.tasks if task.strip()]
    about += [f"{name}: {_line(value)}" for name, value in story.facts()]
    description = "\n".join(_JIRA_MARKS.sub(r"\\\1", line) for line in about)
    described = f"{description}\n{story.address}" if story.address else description
    service = story.review.services[0] if story.review.services else ""
    labels = (re.sub(r"\s+", "-", story.label), re.sub(r"\s+", "-", experiment.cause))
    return (story.title, "Story", described, story.day, service, *labels, story.trial.owner, story.name)


def _line(text: str) -> str:
    return " ".join(visible(text).split())
