"""The words a reader sees for what the files say in short: labels, dates, lengths of time, numbers."""

from __future__ import annotations

from datetime import date, timedelta

from failforward.clocks import Clock, ClockName
from failforward.index import Trial
from failforward.model.moment import Moment
from failforward.model.review import NotApplicable

_LABELS = {
    "near-miss": "Near miss", "in-review": "In review", "in-progress": "In progress",
    "stuck": "It stuck", "partly": "It stuck in part", "did-not-stick": "It did not stick",
    "too-early": "Too early to tell", "held": "Held", "did-not-hold": "Did not hold", "not-known": "Not known",
    "overdue": "Overdue", "due": "Due this week", "open": "Open", "waiting": "Waiting for verification",
    "carried": "Carried on elsewhere", "verified": "Verified", "done": "Done", "dropped": "Dropped",
    "not-applicable": "Not applicable", "check-in": "Check-in", "escalate": "Escalate or drop",
}  # fmt: skip
_SHORT = {
    "waiting": "To verify", "due": "Due soon", "carried": "Carried on", "stuck": "Stuck", "partly": "Partly stuck",
    "did-not-stick": "Did not stick", "too-early": "Too early",
}  # fmt: skip
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
MOODS = {1: "cold", 2: "cool", 3: "neither cold nor warm", 4: "warm", 5: "warmest"}


def label(word: str) -> str:
    """Give the words for a word of a vocabulary; unknown ones get a capital and spaces."""
    return _LABELS.get(word) or word.replace("-", " ").capitalize()


def short_label(word: str) -> str:
    """Give the shortest words for a word of a vocabulary."""
    return _SHORT.get(word) or label(word)


def trial_words(trial: Trial) -> str:
    """Give where a change stands, with what was found so far: `Stuck`, `Overdue`, `Overdue, partly stuck so far`."""
    so_far = f", {short_label(trial.so_far).lower()} so far" if trial.so_far else ""
    return short_label(trial.standing) + so_far


def count(number: int, noun: str, nouns: str = "") -> str:
    """Give a number with its noun: `1 review`, `2 reviews`."""
    return f"{number:,} {noun if number == 1 else nouns or noun + 's'}"


def day_text(day: date | None) -> str:
    """Give a day as `4 October 2021`, nothing for None."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}" if day else ""


def short_day(day: date | None) -> str:
    """Give a day as `4 Oct 2021`, nothing for None."""
    return f"{day.day} {_MONTHS[day.month - 1][:3]} {day.year}" if day else ""


def moment_text(moment: Moment) -> str:
    """Give a moment as precise as it was written: `4 October 2021, 15:39 UTC`, `March 2024`, `2021`."""
    about = "about " if moment.approximate else ""
    if moment.precision == "year":
        return f"{about}{moment.at.year}"
    if moment.precision == "month":
        return f"{about}{_MONTHS[moment.at.month - 1]} {moment.at.year}"
    if moment.precision == "day":
        return about + day_text(moment.day)
    return f"{day_text(moment.day)}, {about}{clock_text(moment)} {zone_text(moment)}".rstrip()


def clock_text(moment: Moment) -> str:
    """Give the time of day of a moment, nothing for a date."""
    if moment.precision != "minute":
        return ""
    return moment.at.strftime("%H:%M:%S" if moment.at.second else "%H:%M")


def zone_text(moment: Moment) -> str:
    """Give the offset of a moment as `UTC` or `UTC+2`, nothing where none is known."""
    offset = moment.at.utcoffset() if moment.zoned and moment.precision == "minute" else None
    if offset is None:
        return ""
    minutes = int(offset.total_seconds()) // 60
    if not minutes:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'+' if minutes > 0 else '−'}{hours}{f':{rest:02}' if rest else ''}"


def machine_time(moment: Moment) -> str:
    """Give a moment in the form of the `datetime` attribute of HTML."""
    forms = {"year": "%Y", "month": "%Y-%m", "day": "%Y-%m-%d"}
    if moment.precision != "minute":
        text = moment.at.strftime(forms[moment.precision])
        return text.zfill(4) if moment.precision == "year" else text
    return moment.at.isoformat() if moment.zoned else moment.at.replace(tzinfo=None).isoformat()


def length_text(length: timedelta) -> str:
    """Give a length of time in its two largest units: `24 h 11 min`, `3 days`, `5 months`."""
    minutes = int(abs(length).total_seconds()) // 60
    days, hours = minutes // 1440, minutes // 60
    if minutes < 1:
        seconds = int(abs(length).total_seconds())
        return f"{seconds} s" if seconds else "under a minute"
    if hours < 1:
        return f"{minutes} min"
    if hours < 48:
        return f"{hours} h {minutes % 60} min" if minutes % 60 else f"{hours} h"
    if days < 14:
        rest = hours % 24
        return f"{days} days {rest} h" if rest else f"{days} days"
    if days < 60:
        return f"{days} days"
    months = round(days / 30.44)
    if months < 24:
        return count(months, "month")
    years, rest = divmod(months, 12)
    return f"{years} years {count(rest, 'month')}" if rest else f"{years} years"


def reason_text(value: object) -> str:
    """Give the reason of a field that does not apply, as a clause without its full stop; nothing for other values."""
    return value.reason.rstrip(". ") if isinstance(value, NotApplicable) else ""


def clock_words(clock: Clock) -> str:
    """Give a clock in a few words: `Debrief within 20 h`, `Check-in due by 5 October 2026`, `Debrief 3 h late`."""
    name = label(clock.name)
    if clock.state == "kept" and clock.taken is not None:
        return f"{name} {_promptness(clock.name, clock.taken)}"
    if clock.state == "due" and clock.limit is not None:
        return f"{name} due by {day_text(clock.limit.date())}"
    if clock.state == "missed" and clock.margin is not None:
        return f"{name} {_lateness(clock.name, clock.margin)} {'late' if clock.taken is not None else 'overdue'}"
    return f"{name}: {label(clock.state).lower()}"


def _promptness(name: ClockName, taken: timedelta) -> str:
    """Give how soon something was done; clocks that count days tell whole ones, as their dates may have no time."""
    days = taken // timedelta(days=1)
    if name == "debrief" or days > 1:
        return f"within {length_text(taken if name == 'debrief' else timedelta(days=days))}"
    return "within 1 day" if days else "on the same day"


def _lateness(name: ClockName, margin: timedelta) -> str:
    """Give by how much a limit was passed; clocks that count days are late by whole ones."""
    if name == "debrief":
        return length_text(margin)
    days = -(margin // timedelta(days=1))
    return "1 day" if days == 1 else length_text(timedelta(days=days))
