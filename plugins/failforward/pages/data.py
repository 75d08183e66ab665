"""The index as JSON, so that other tools need not read pages: `playbook.json`, version 1."""

from __future__ import annotations

import json
from typing import Any

from failforward.index import CauseEntry, RiskEntry, Trial
from failforward.index.register import named
from failforward.model.moment import Moment
from failforward.model.review import Mood, NotApplicable, People, Review
from failforward.pages.page import Asset
from failforward.pages.review import in_short
from failforward.pages.site import Here, Site

VERSION = 1


def asset(site: Site) -> Asset:
    """Make the JSON file; fields that a review does not have are null or empty, moments are ISO text."""
    index = site.index
    here = Here(site, "index.md")
    content: dict[str, Any] = {
        "version": VERSION,
        "title": site.playbook.settings.title,
        "today": site.today.isoformat(),
        "reviews": [_review(here, review) for review in index.reviews],
        "causes": [_cause(here, entry) for entry in index.causes.values()],
        "groups": [{"id": group.id, "title": group.title} for group in index.groups],
        "experiments": [_trial(here, trial) for trial in index.trials],
        "risks": [_risk(here, entry) for entry in (index.register.entries if index.register else ())],
    }
    for name in ("tags", "services", "teams", "kinds", "severities", "years"):
        content[name] = [
            {"name": word, "url": _url(here, site.names[name][word]), "reviews": [review.id for review in members]}
            for word, members in getattr(index, name).items()
        ]
    return Asset("playbook.json", (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode())


def _url(here: Here, path: str) -> str:
    return here.site.urls.address(path)


def _review(here: Here, review: Review) -> dict[str, Any]:
    index = here.site.index
    moments = {
        name: _plain(getattr(review, name))
        for name in ("started", "detected", "mitigated", "resolved", "debrief", "check_in")
    }
    people = review.people if isinstance(review.people, People) else None
    mood = review.mood if isinstance(review.mood, Mood) else None
    return {
        "id": review.id, "path": review.path, "url": _url(here, review.path), "title": review.title,
        "in_short": here.plain(in_short(review), review), "kind": review.kind, "status": review.status,
        "severity": _plain(review.severity), "day": review.day.isoformat() if review.day else None, **moments,
        "detected_by": _plain(review.detected_by), "services": review.services, "teams": review.teams,
        "tags": review.tags, "trigger": _plain(review.trigger),
        "causes": [
            {"cause": each.cause, "how": each.how, "since": _plain(each.since), "with": each.with_}
            for each in review.causes
        ],
        "accepted": [
            {"cause": each.cause, "because": each.because, "risk": each.risk or None} for each in review.accepted
        ],
        "risks": named(review),
        "people": people and {
            "facilitator": _plain(people.facilitator), "participants": people.participants,
            "outsiders": people.outsiders,
        },
        "mood": mood and {"before": mood.before, "after": mood.after},
        "related": [
            {
                "review": each.review.id,
                "reasons": [{"kind": reason.kind, "words": reason.words} for reason in each.reasons],
            }
            for each in index.relations[review.path]
        ],
        "supersedes": review.supersedes if review in index.successors.get(review.supersedes, ()) else None,
        "superseded_by": [each.id for each in index.successors.get(review.id, ())],
        "sources": [{"title": each.title, "url": each.url} for each in review.sources],
    }  # fmt: skip


def _cause(here: Here, entry: CauseEntry) -> dict[str, Any]:
    cause = entry.cause
    return {
        "id": cause.id, "url": _url(here, here.site.names["causes"][cause.id]), "title": cause.title,
        "group": cause.group, "summary": cause.summary, "neighbours": cause.neighbours,
        "reviews": [each.review.id for each in entry.occurrences],
        "came_back": [
            {
                "review": each.review.id, "after": each.trial.review.id, "experiment": each.trial.experiment.id,
                "shared": each.shared,
            }
            for each in entry.recurrences
        ],
        "came_back_after_failing": [
            {"review": each.review.id, "after": each.trial.review.id, "experiment": each.trial.experiment.id}
            for each in entry.unheeded
        ],
        "together": [{"cause": name, "reviews": number} for name, number in entry.together],
    }  # fmt: skip


def _risk(here: Here, entry: RiskEntry) -> dict[str, Any]:
    risk = entry.risk
    return {
        "id": risk.id, "url": f"{_url(here, 'risks/index.md')}#{here.site.risks[risk.id][1]}", "title": risk.title,
        "owner": risk.owner or None, "review_by": _plain(risk.review_by), "late": entry.late, "status": risk.status,
        "because": risk.because or None, "summary": risk.summary, "services": risk.services, "causes": risk.causes,
        "came_true": [review.id for review in entry.reviews], "raised_by": [review.id for review in entry.raised],
        "tried": [{"review": trial.review.id, "experiment": trial.experiment.id} for trial in entry.trials],
    }  # fmt: skip


def _trial(here: Here, trial: Trial) -> dict[str, Any]:
    experiment, verified = trial.experiment, trial.verified
    return {
        "review": trial.review.id, "id": experiment.id, "cause": experiment.cause, "outcome": experiment.outcome,
        "measure": experiment.measure, "kind": experiment.kind, "tasks": experiment.tasks,
        "owner": _plain(experiment.owner), "due": _plain(experiment.due), "status": experiment.status,
        "finished": _plain(experiment.finished), "verify_by": _plain(experiment.verify_by), "state": trial.state,
        "because": experiment.because or None,
        "issue": experiment.issue or None, "risk": experiment.risk or None,
        "verified": verified and {
            "on": _plain(verified.on), "verdict": verified.verdict, "evidence": verified.evidence,
        },
    }  # fmt: skip


def _plain(given: object) -> Any:
    """Give a value as JSON has it: what does not apply, or is not given, is null."""
    if given is None or given == "" or isinstance(given, NotApplicable):
        return None
    if isinstance(given, Moment):
        return given.at.isoformat() if given.precision == "minute" else str(given)
    return given
