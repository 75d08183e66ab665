"""What GitHub refuses, in words: what happened, and what to do about it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from failforward.errors import TrackerError
from failforward.reports.run import visible
from failforward.trackers.connection import Answer

_TOKEN = "Set GH_TOKEN or GITHUB_TOKEN to a token with the permission “Issues: write”."  # noqa: S105 - no secret


def refusal(answer: Answer, repository: str, *, signed: bool) -> TrackerError:
    """Give the error for an answer that did not do what was asked; `signed` tells whether a token was sent."""
    said = f" ({answer.status}: {answer.message})" if answer.message else f" ({answer.status})"
    if answer.limited:
        return TrackerError(f"GitHub asks to slow down{said}", remedy=_later(answer, signed=signed))
    if answer.status == 401:
        what = "GitHub does not accept the token" if signed else "GitHub asks for a token"
        return TrackerError(f"{what}{said}", remedy=_TOKEN)
    if answer.status == 403:
        return TrackerError(f"The token may not do this in {repository}{said}", remedy=_allowed(answer))
    if answer.status == 404:
        who = "this token can see" if signed else "can be seen without a token"
        remedy = "Look at --repo, and at what the token may see." if signed else _TOKEN
        return TrackerError(f"There is no repository {repository} that {who}{said}", remedy=remedy)
    if answer.status == 410:
        return TrackerError(f"{repository} has its issues switched off{said}", remedy="Switch them on in its settings.")
    if answer.status == 422:
        remedy = "Look at the title, the label and the length."
        return TrackerError(f"GitHub cannot use what was sent{said}{_details(answer)}", remedy=remedy)
    if 300 <= answer.status < 400:
        return TrackerError(f"{repository} has moved{said}", remedy="Name its new place with --repo.")
    remedy = "Run this again: what was done is found by its marker, and not done twice."
    return TrackerError(f"GitHub did not do what was asked{said}", remedy=remedy)


def _later(answer: Answer, *, signed: bool) -> str:
    """Say when to come back. A limit by the hour has a reset time; one against bursts is over in minutes."""
    more = "" if signed else " With a token the limit is far higher."
    if answer.wait is None or answer.wait <= 60:
        return f"Run this again in some minutes.{more}"
    at = datetime.now(UTC) + timedelta(seconds=min(answer.wait, 864_000))
    return f"Run this again after {at:%Y-%m-%d %H:%M} UTC.{more}"


def _allowed(answer: Answer) -> str:
    """Say what would allow it: GitHub names the permission, or that the organisation is to be signed in to first."""
    if "archived" in answer.message.lower():
        return "Take it out of the archive, or name another one with --repo."
    if answer.headers.get("x-github-sso", "").startswith("required"):
        return "Authorise the token for the single sign-on of its organisation, in the settings of the token."
    asked = " ".join(visible(answer.headers.get("x-accepted-github-permissions", "")).split())[:100]
    return f"It needs the permission “Issues: write”{f' ({asked})' if asked else ''}."


def _details(answer: Answer) -> str:
    errors = answer.value.get("errors") if isinstance(answer.value, dict) else None
    if not isinstance(errors, list):
        return ""
    names = ("field", "code", "message")
    shown = [
        " ".join(str(each.get(name) or "") for name in names) if isinstance(each, dict) else each for each in errors[:3]
    ]
    return f": {'; '.join(' '.join(visible(str(each)).split())[:100] for each in shown)}" if shown else ""
