"""The fields of the front matter, declared once: reading, the JSON Schema and the reference page follow from here."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Literal, NamedTuple

Form = Literal["text", "word", "moment", "words", "texts", "yes-no", "score", "url", "record", "records"]

KINDS = ("incident", "near-miss", "experiment", "project", "release", "security", "sprint")
STATUSES = ("draft", "in-review", "reviewed", "closed")
DETECTED_BY = ("monitor", "staff", "customer", "partner")
EXPERIMENT_KINDS = ("prevent", "detect", "mitigate", "process", "learn")
EXPERIMENT_STATUSES = ("planned", "in-progress", "done", "dropped")
VERDICTS = ("stuck", "partly", "did-not-stick", "too-early")
RISK_STATUSES = ("open", "accepted", "closed")


class Fields(tuple["Field", ...]):
    """The fields of a record, in their order."""

    @cached_property
    def by_name(self) -> Mapping[str, Field]:
        """Give the fields by their own names."""
        return {field.name: field for field in self}

    @cached_property
    def by_alias(self) -> Mapping[str, Field]:
        """Give the fields by the other names that they go by."""
        return {alias: field for field in self for alias in field.aliases}


class Field(NamedTuple):
    """A field of the front matter.

    `form` says what its value is: `text`, one `word` of `vocabulary`, a `moment`, a list of `words` (kebab-case) or
    `texts`, a `yes-no`, a `score` from 1 to 5, a `url`, a `record` with `fields` or a list of `records`. `na` allows
    `n/a because …` in its place. `aliases` are names it also goes by.
    """

    name: str
    form: Form
    doc: str
    vocabulary: tuple[str, ...] = ()
    na: bool = False
    aliases: tuple[str, ...] = ()
    fields: Fields = Fields()
    attribute: str = ""

    @property
    def target(self) -> str:
        """Give the name of the attribute in the model."""
        return self.attribute or self.name


CAUSE = Fields((
    Field("cause", "text", "A cause of the vocabulary: the name of a file in causes/", aliases=("id", "name", "class")),
    Field("how", "text", "How it contributed, in a sentence", aliases=("description", "contribution")),
    Field("since", "moment", "Since when it lay there: a year, year-month or date", na=True),
    Field("with", "words", "Other causes of this review that it interacted with", attribute="with_"),
))  # fmt: skip
VERIFIED = Fields((
    Field("on", "moment", "The day of the verdict", aliases=("date",)),
    Field("verdict", "word", "Whether the change held", vocabulary=VERDICTS),
    Field("evidence", "text", "What shows it"),
))  # fmt: skip
EXPERIMENT = Fields((
    Field("id", "text", "A short name, unique in the review"),
    Field("cause", "text", "The cause of this review that it is tried against"),
    Field("outcome", "text", "What is different afterwards", aliases=("description", "action")),
    Field("measure", "text", "How we will know: the evaluation criterion", aliases=("criterion", "metric")),
    Field("kind", "word", "What sort of change it is", vocabulary=EXPERIMENT_KINDS, aliases=("type",)),
    Field("tasks", "texts", "Small steps"),
    Field("owner", "text", "The team or role that carries it", na=True, aliases=("team",)),
    Field("due", "moment", "The day by which it is done", na=True, aliases=("deadline", "due_date")),
    Field("status", "word", "Where it stands", vocabulary=EXPERIMENT_STATUSES, aliases=("state",)),
    Field("finished", "moment", "The day on which its work was done", aliases=("completed",)),
    Field("verify_by", "moment", "The day by which somebody looks whether it held, where the next sprint is too soon",
          na=True),
    Field("because", "text", "Why it was dropped", aliases=("reason",)),
    Field("verified", "record", "The verdict, after the next sprint", na=True, fields=VERIFIED),
    Field("issue", "url", "Where the work is tracked", aliases=("link", "ticket")),
    Field("risk", "text", "The entry of the risk register that it is to lower"),
))  # fmt: skip
ACCEPTED = Fields((
    Field("cause", "text", "A cause of this review that is lived with"),
    Field("because", "text", "Why", aliases=("reason",)),
    Field("risk", "text", "The entry of the risk register that carries it on"),
))  # fmt: skip
PEOPLE = Fields((
    Field("facilitator", "text", "Who led the debrief: a role or team that was not involved", na=True),
    Field("participants", "words", "Roles or teams that were in it"),
    Field("outsiders", "words", "Roles or teams from outside, at least one"),
))  # fmt: skip
MOOD = Fields((
    Field("before", "score", "Before the debrief, 1 (cold) to 5 (warm)"),
    Field("after", "score", "After the debrief, 1 to 5"),
))  # fmt: skip
RELATED = Fields((
    Field("review", "text", "The id of another review"),
    Field("because", "text", "Why they belong together", aliases=("reason",)),
))  # fmt: skip
SOURCE = Fields((
    Field("title", "text", "What the source is called"),
    Field("url", "url", "Where it is", aliases=("link", "href")),
))  # fmt: skip

RISK = Fields((
    Field("id", "text", "A short name, which reviews write under risks:"),
    Field("title", "text", "What may go wrong, in one line"),
    Field("owner", "text", "The team or role that carries it", aliases=("team",)),
    Field("review_by", "moment", "The day by which somebody looks at it again", aliases=("review", "due")),
    Field("summary", "text", "What it is about, in a few sentences", aliases=("description",)),
    Field("services", "words", "Services that it threatens", aliases=("service",)),
    Field("causes", "words", "Causes of the vocabulary that it is about", aliases=("cause",)),
    Field("status", "word", "Where it stands; open where nothing is said", vocabulary=RISK_STATUSES,
          aliases=("state",)),
    Field("because", "text", "Why it is accepted or closed", aliases=("reason",)),
))  # fmt: skip

REVIEW = Fields((
    Field("title", "text", "What failed, in one line"),
    Field("kind", "word", "What sort of failure it was", vocabulary=KINDS, aliases=("type",)),
    Field("status", "word", "Where the review stands; the demands grow with it", vocabulary=STATUSES,
          aliases=("state",)),
    Field("severity", "word", "A word of the vocabulary in playbook.yml", na=True, aliases=("sev",)),
    Field("depth", "word", "The form; otherwise it follows from kind and severity", vocabulary=("light", "full")),
    Field("started", "moment", "When it began", na=True, aliases=("start", "began", "date")),
    Field("detected", "moment", "When it was noticed", na=True),
    Field("mitigated", "moment", "When the harm ended", na=True),
    Field("resolved", "moment", "When it was over", na=True, aliases=("end", "ended")),
    Field("debrief", "moment", "When the debrief took place", na=True, aliases=("debriefed",)),
    Field("check_in", "moment", "When the check-in took place, three days after the debrief", na=True),
    Field("detected_by", "word", "What noticed it first", vocabulary=DETECTED_BY, na=True),
    Field("services", "words", "Services or products that failed", aliases=("service",)),
    Field("teams", "words", "Teams that were in it", aliases=("team",)),
    Field("tags", "words", "Free words to find it by", aliases=("tag", "labels")),
    Field("trigger", "text", "What set it off; a trigger is no cause", na=True),
    Field("causes", "records", "Contributing causes, usually several", fields=CAUSE,
          aliases=("root_causes", "factors", "contributing_factors", "root_cause", "cause")),
    Field("people", "record", "Who was in the debrief, as roles or teams", na=True, fields=PEOPLE),
    Field("mood", "record", "The temperature of the room", na=True, fields=MOOD),
    Field("experiments", "records", "Changes tried against the causes, at most three", fields=EXPERIMENT,
          aliases=("actions", "action_items")),
    Field("accepted", "records", "Causes that are lived with", fields=ACCEPTED),
    Field("supersedes", "text", "The id of an older review that this one replaces", aliases=("replaces",)),
    Field("risks", "words", "Entries of the risk register that came true", na=True, aliases=("risk",)),
    Field("related", "records", "Other reviews that belong together with this one", fields=RELATED),
    Field("sources", "records", "Where the facts come from", fields=SOURCE, aliases=("references",)),
    Field("private", "yes-no", "True keeps the review off every page"),
))  # fmt: skip
