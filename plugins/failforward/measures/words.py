"""What the figures say in a sentence each, the same on the page and on the command line."""

from __future__ import annotations

from collections.abc import Iterator

from failforward.measures import FigureName, Measures
from failforward.measures.cycle import Leg
from failforward.measures.held import LEAST, Held
from failforward.measures.outcomes import ClockCount
from failforward.measures.statistics import Estimate

TITLES: dict[FigureName, str] = {
    "cycle": "From failure to change", "clocks": "Clocks kept", "verdicts": "Did the changes hold?",
    "held": "Did the causes stay away?", "mood": "The room before and after", "strength": "How strong the changes are",
}  # fmt: skip
LABELS = {
    "debrief": "To the debrief", "changed": "To the first change done", "verified": "To the first verdict",
    "stuck": "stuck", "partly": "stuck in part", "did-not-stick": "did not stick", "check-in": "check-in",
}  # fmt: skip


def said(name: FigureName, measures: Measures) -> tuple[tuple[str, str], ...]:
    """Give label → sentence for what a figure says."""
    return tuple(_SAID[name](measures))


def cannot_tell(n: int, least: int) -> str:
    """Say that too few values are there."""
    return f"Cannot tell yet (n = {n:,}, at least {least} are needed)"


def length(days: float) -> str:
    """Give a length of time in one unit: `the same day`, `20 hours`, `12 days`, `5 months`, `3.5 years`."""
    if not days:
        return "the same day"
    if days < 2:
        hours = round(days * 24)
        return "under an hour" if hours == 0 else "1 hour" if hours == 1 else f"{hours} hours"
    if days < 60:
        return f"{days:.0f} days" if days >= 10 else f"{days:.1f}".removesuffix(".0") + " days"
    months = days / 30.44
    return f"{months:.0f} months" if months < 24 else f"{days / 365.25:.1f}".removesuffix(".0") + " years"


def percent(share: float) -> str:
    """Give a share as a whole number of per cent."""
    return f"{100 * share:.0f} %"


def median_words(estimate: Estimate) -> str:
    """Give a median of days with its interval and n."""
    if estimate.value is None or estimate.low is None or estimate.high is None:
        return cannot_tell(estimate.n, estimate.least)
    interval = f"interval {length(estimate.low)} to {length(estimate.high)}"
    return f"median {length(estimate.value)} ({interval}), n = {estimate.n:,}"


def share_words(estimate: Estimate) -> str:
    """Give a share with its interval and n."""
    if estimate.value is None or estimate.low is None or estimate.high is None:
        return cannot_tell(estimate.n, estimate.least)
    interval = f"interval {percent(estimate.low)} to {percent(estimate.high)}"
    return f"{percent(estimate.value)} ({interval}), {estimate.hits:,} of n = {estimate.n:,}"


def _cycle(measures: Measures) -> Iterator[tuple[str, str]]:
    for leg in measures.cycle:
        yield LABELS[leg.name], leg_words(leg)


def leg_words(leg: Leg) -> str:
    """Say a length, and which reviews are not in it."""
    words = median_words(leg.median)
    return " ".join(filter(None, (f"{words[0].upper()}{words[1:]}.", rest_words(leg))))


def rest_words(leg: Leg) -> str:
    """Say which reviews are not in a length."""
    left = [f"{leg.ahead:,} not there yet"] if leg.ahead else []
    left += [f"{leg.undated:,} without the days it takes to tell"] if leg.undated else []
    return f"Left out: {', '.join(left)}." if left else ""


def _clocks(measures: Measures) -> Iterator[tuple[str, str]]:
    for clock in measures.clocks:
        yield f"{clock.name.capitalize()} kept", f"{share_words(clock.kept)}{open_words(clock)}."


def open_words(clock: ClockCount) -> str:
    """Say which promises of a clock are not decided."""
    left = [f"{clock.states[state]:,} {state}" for state in ("due", "unknown") if clock.states[state]]
    return f"; {', '.join(left)}" if left else ""


def _verdicts(measures: Measures) -> Iterator[tuple[str, str]]:
    found = measures.verdicts
    dropped = f"; {found.dropped:,} dropped after the verdict" if found.dropped else ""
    undated = f"; {found.undated:,} without a day" if found.undated else ""
    yield "Verified, of the finished changes", f"{share_words(found.verified)}; {found.waiting:,} to verify."
    yield "Stuck, of the verified ones", f"{share_words(found.stuck)}{dropped}{undated}."


def _held(measures: Measures) -> Iterator[tuple[str, str]]:
    yield "Came back after a change had stuck", f"{held_words(measures.held)}."


def held_words(held: tuple[Held, ...]) -> str:
    """Say how many causes came back; no share, since the changes have not been watched equally long."""
    if len(held) < LEAST:
        return cannot_tell(len(held), LEAST)
    returned = sum(each.returned is not None for each in held)
    return f"{returned:,} of n = {len(held):,}; {len(held) - returned:,} have held so far"


def _mood(measures: Measures) -> Iterator[tuple[str, str]]:
    mood = measures.mood
    for name, estimate in zip(("Before", "After"), mood.medians, strict=True):
        if estimate.value is None or estimate.low is None or estimate.high is None:
            yield name, f"{cannot_tell(estimate.n, estimate.least)}."
        else:
            interval = f"interval {estimate.low:g} to {estimate.high:g}"
            yield name, f"median {estimate.value:g} of 5 ({interval}), n = {estimate.n:,}."
    yield "Warmer afterwards", f"{share_words(mood.warmer)}."


def _strength(measures: Measures) -> Iterator[tuple[str, str]]:
    for kind, estimate in measures.strength.kinds.items():
        yield kind.capitalize(), f"{share_words(estimate)}."


_SAID = {
    "cycle": _cycle, "clocks": _clocks, "verdicts": _verdicts, "held": _held, "mood": _mood, "strength": _strength,
}  # fmt: skip
