"""What sections and metadata are called in post-mortems, and which part of a review each stands for.

Every key is a title as `text.sections.title_key` gives it. Within a part the surest words stand first: where a document
has several headings for one part, the one named first here takes the part's title and the others keep their own.
"""

from __future__ import annotations

import re

from failforward.model.sections import SECTIONS
from failforward.text.sections import title_key

_EXTRA: dict[str, str] = {
    "in-short": ""
    "summary|incident summary|issue summary|executive summary|overview|incident overview|abstract|at a glance",
    "happened": "what happened|what has happened|description|incident description|incident details"
    "|details of the incident|what happens|the incident|narrative",
    "timeline": "timeline|incident timeline|timeline of events|key events|events|event timeline|chronology"
    "|sequence of events|timeline of the incident|what happened when",
    "diverged": "where did reality diverge|what went wrong|what didn't go so well|what did not go so well"
    "|what went poorly|what didn't go well|what did not go well|what could have gone better"
    "|what could have been better|what went badly|what didn't go according to plan|what didn't work"
    "|root cause|root causes|root cause analysis|cause analysis|contributing factors|contributing causes"
    "|analysis of causes|causes|cause|root causes and trigger|why did it happen|why did this happen"
    "|why this happened|five whys|five why's|5 whys|analysis",
    "worked": "what went well|what went right|what worked|what worked well|went well|what went better than expected",
    "lucky": "where we got lucky|where we were lucky|how we got lucky|got lucky",
    "differently": "what we will do differently|action items|actions|review actions|action plan|follow up actions"
    "|followup actions|follow up tasks|followup tasks|follow up items|follow ups|follow up|followups"
    "|next steps|corrective actions|corrective and preventative measures|corrective and preventive measures"
    "|corrective measures|preventative measures|preventive measures|preventive actions|prevention"
    "|actions planned|planned actions|follow up improvements|future improvements|improvements"
    "|proposed improvements|recommendations|immediate actions|what we're doing about it"
    "|what are we doing about it|what we are doing about it|looking forward|moving forward"
    "|what we are changing|what we're changing|how are we preventing it from happening again|future plans"
    "|todo|to do|todos|long term|remediation items|remediations|what's next|what next",
    "evidence": "evidence|supporting information|supporting data",
}

# Headings that are none of a review's parts and that show nevertheless what the lines around them are.
OTHERS = frozenset(
    "impact|impact assessment|customer impact|background|context|detection|identified|trigger|lead up|leadup|response"
    "|resolution|recovery|resolution and recovery|remediation|mitigation|fix|fault|fallout|investigation|diagnosis"
    "|lessons learned|lessons learnt|lessons|conclusion|conclusions|takeaways|stats|attendees|authors|participants"
    "|responders|references|links|appendix|notes|acknowledgements|acknowledgments|time to repair|time to resolve"
    "|time to detect|duration".split("|")
)

# Headings below which follow-ups are listed although they take no part's title.
_ACTIONS = frozenset(
    "process improvements|technical improvements|documentation improvements|immediate action items|process|technical"
    "|immediate actions completed|short term|long term|medium term|immediate|remediation".split("|")
)

PEOPLE = frozenset(
    "attendees|authors|author|participants|responders|owner|owners|written by|incident commander|incident manager"
    "|incident lead|involved|people|people involved|team members|facilitator|acknowledgements|acknowledgments|dri"
    "|present|incident responders|on call|reviewers|reported by|postmortem owner|scribe".split("|")
)

_META: dict[str, str] = {
    "title": "title|name|incident title",
    "date": "date|incident date|date of incident|dates|day|when|incident day|date of the incident|published|created",
    "started": ""
    "started|start|start time|start date|began|started at|incident start|incident started|incident from|from"
    "|time started|start of incident|beginning|impact start|impact started|time of incident",
    "detected": ""
    "detected|detected at|first detected|time detected|detection time|time of detection|identified at|noticed",
    "mitigated": "mitigated|mitigated at|mitigation time|time mitigated|repaired|impact end|impact ended",
    "resolved": ""
    "resolved|resolved at|end|ended|end time|end date|finished|time resolved|resolution time|incident end"
    "|incident until|until|incident ended|end of incident",
    "debrief": "debrief|retro held|retrospective held|review date|post mortem date|postmortem date|review held",
    "severity": "severity|sev|incident severity|severity level|level",
    "status": "status|state|incident status|document status",
    "services": "service|services|affected services|affected service|services affected|service s affected|component"
    "|components|affected components|affected systems|systems affected|system|systems|product|products"
    "|projects",
    "teams": "team|teams|owning team|responsible team|team attribution|affected teams|group",
    "tags": "tags|tag|labels|categories|category|keywords|topics",
    "duration": "duration|total duration|downtime|time to detect|time to repair|time to resolve|time to detection"
    "|time to mitigation|time to resolution|ttd|ttr|mttr|incident duration|outage duration|length"
    "|minutes downtime|detection delay",
    "link": "incident|incident link|incident id|ticket|issue|jira|bug|bugzilla bug|report|link|links|slack channel"
    "|slack|incident channel|id|issue link|reference|last modified|created by|modified|weight|layout|slug"
    "|type|version",
}


def _table(extra: dict[str, str]) -> dict[str, tuple[str, int]]:
    """Give each key its part and its rank within the part."""
    table: dict[str, tuple[str, int]] = {}
    for part in SECTIONS:
        keys = (title_key(part.title), *extra.get(part.id, "").split("|"), *part.aliases)
        for rank, key in enumerate(dict.fromkeys(key for key in keys if key)):
            table.setdefault(key, (part.id, rank))
    return table


_PARTS = _table(_EXTRA)
_FIELDS = {key: field for field, keys in _META.items() for key in keys.split("|")}
_ASIDE = re.compile(r"\([^()]*\)|\{[^{}]*\}")
_NUMBERED = re.compile(r"^(?:\d+ )+")
_TIMELINE = re.compile(r"(?:\w+ ){0,3}timeline(?: \w+){0,4}|timeline(?: \w+){0,4}")


def part_of(title: str) -> tuple[str, int]:
    """Give the part of a review that a heading stands for and how surely (0 is surest); no part gives `("", 0)`."""
    for key in (title_key(title), plain_key(title)):
        if found := _PARTS.get(key):
            return found
    key = plain_key(title)
    return ("timeline", 90) if _TIMELINE.fullmatch(key) else ("", 0)


def plain_key(title: str) -> str:
    """Give a title's key without its number and what stands in brackets."""
    return _NUMBERED.sub("", title_key(_ASIDE.sub(" ", title)))


def known(title: str) -> bool:
    """Tell whether a title is one that post-mortems use."""
    return bool(part_of(title)[0]) or plain_key(title) in OTHERS


def lists_actions(title: str) -> bool:
    """Tell whether follow-ups are listed below a heading."""
    return part_of(title)[0] == "differently" or plain_key(title) in _ACTIONS


def field_of(key: str) -> str:
    """Give what a metadata key means: a field of the front matter, `date`, `people`, `duration`, `link` or nothing."""
    key = plain_key(key)
    return "people" if key in PEOPLE else _FIELDS.get(key, "")
