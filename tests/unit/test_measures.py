"""Is it working? Lengths, shares, verdicts, recurrences and rooms, each with its n, held against SciPy."""

import csv
import io
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from random import Random

import numpy as np
import pytest
import scipy.stats

from failforward import index
from failforward.clocks import clocks_of
from failforward.measures import FIGURES, Measures, measures_of
from failforward.measures.periods import counted
from failforward.measures.statistics import bootstrap, median_of, percentile, share_of, wilson
from failforward.measures.tables import as_csv, as_json, table
from failforward.measures.words import length, said
from failforward.model.playbook import Playbook
from failforward.reviews.read import read_review
from failforward.text.source import Source

TODAY = date(2026, 11, 22)
DONE = "{id: a, cause: c, kind: prevent, due: 2026-10-10, status: done, finished: 2026-10-08"


def measured(*fields: str, since: date | None = None, today: date = TODAY) -> Measures:
    """Measure reviews r0, r1, …, each reviewed unless its fields say otherwise."""
    texts = [each if "status:" in each.split("experiments")[0] else f"status: reviewed\n{each}" for each in fields]
    sources = [Source(f"reviews/r{n}.md", f"---\ntitle: R{n}\n{text}---\n") for n, text in enumerate(texts)]
    playbook = Playbook(reviews=tuple(read_review(source) for source in sources))
    found = index.build(playbook, today)
    clocks = {review.path: clocks_of(review, playbook.settings.clocks, today) for review in found.reviews}
    return measures_of(found, clocks, today, since)


@pytest.mark.parametrize(("hits", "n"), [(0, 1), (1, 1), (0, 12), (2, 12), (39, 49), (5, 5), (500, 1000)])
def test_the_interval_of_a_share_is_that_of_scipy(hits: int, n: int) -> None:
    """Wilson's interval agrees with SciPy's, at both ends of the scale too."""
    theirs = scipy.stats.binomtest(hits, n).proportion_ci(0.95, method="wilson")
    assert wilson(hits, n) == pytest.approx((theirs.low, theirs.high), abs=1e-12)


@pytest.mark.parametrize("n", [5, 6, 22, 201])
def test_the_interval_of_a_median_is_that_of_scipy(n: int) -> None:
    """The percentile bootstrap agrees with SciPy's up to the chance of drawing other samples."""
    values = [Random(n).lognormvariate(3, 1) for _ in range(n)]
    theirs = scipy.stats.bootstrap(
        (values,), np.median, method="percentile", n_resamples=20_000, rng=np.random.default_rng(1)
    ).confidence_interval
    spread = max(values) - min(values)
    assert bootstrap(values) == pytest.approx((theirs.low, theirs.high), abs=spread / 25)


@pytest.mark.parametrize("share", [0, 0.025, 0.5, 0.975, 1])
def test_a_percentile_is_that_of_numpy(share: float) -> None:
    """Of the same resamples the same interval follows: percentiles agree to the last digit."""
    values = sorted(Random(3).random() for _ in range(17))
    assert percentile(values, share) == pytest.approx(np.percentile(values, 100 * share), abs=1e-15)


def test_too_few_values_give_no_estimate() -> None:
    """Below the least number there is neither a value nor an interval, only n."""
    assert median_of([1.0, 2.0], 5).value is None
    assert share_of(1, 4, 5).low is None
    assert (median_of([], 0).enough, share_of(0, 0, 0).enough) == (False, False)
    assert median_of([1.0] * 5, 5).value == 1


def test_the_same_values_give_the_same_interval_in_any_order() -> None:
    """Chance is drawn with a seed, from sorted values."""
    values = [Random(1).random() for _ in range(30)]
    assert bootstrap(values) == bootstrap(values[::-1])


def test_many_values_cost_no_more_than_a_bounded_number_of_draws() -> None:
    """Of twenty thousand values an interval is there within seconds, and it is narrow."""
    low, high = bootstrap([float(each) for each in range(20_001)])
    assert low < 10_000 < high
    assert high - low < 1_000


def test_lengths_count_from_the_end_of_the_failure() -> None:
    """To the debrief, to the first change done and to the first verdict, in days."""
    verified = f"{DONE}, verified: {{on: 2026-10-22, verdict: partly}}}}"
    later = "{id: b, status: done, finished: 2026-11-01, verified: {on: 2026-11-20, verdict: stuck}}"
    early = "{id: d, status: done, finished: 2026-11-01, verified: {on: 2026-10-20, verdict: too-early}}"
    found = measured(
        f"resolved: 2026-10-02T00:00Z\ndebrief: 2026-10-03T12:00Z\nexperiments: [{later}, {verified}, {early}]\n"
    )
    assert [leg.days for leg in found.cycle] == [{"reviews/r0.md": days} for days in (1.5, 6.0, 20.0)]


def test_a_length_says_who_is_not_in_it() -> None:
    """Not there yet, or there without a day, is counted beside; what does not apply is not."""
    found = measured(
        "resolved: 2026-10-02\nexperiments: [{id: a, status: planned}]\n",
        "debrief: n/a because nobody met\nexperiments: [{id: a, status: done}]\n",
        "debrief: n/a because nobody met\nexperiments: [{id: a, status: dropped}]\n",
    )
    assert [(leg.ahead, leg.undated, len(leg.days)) for leg in found.cycle] == [(1, 0, 0), (1, 1, 0), (2, 0, 0)]


def test_a_deed_before_the_end_took_no_time() -> None:
    """A change that was verified before the failure was over has the length zero, not a negative one."""
    verified = "{on: 2026-10-20, verdict: stuck}"
    found = measured(f"resolved: 2026-10-30\nexperiments: [{{status: done, verified: {verified}}}]\n")
    assert found.cycle[2].days == {"reviews/r0.md": 0.0}
    assert length(0) == "the same day"


def test_clocks_are_counted_by_state() -> None:
    """Kept and missed ones make the share; due, unknown and not applicable ones do not."""
    kept = "resolved: 2026-10-02T10:00Z\ndebrief: 2026-10-03T10:00Z\n"
    missed = "resolved: 2026-10-02T10:00Z\ndebrief: 2026-10-09T10:00Z\n"
    due = "resolved: 2026-11-21T10:00Z\n"
    found = measured(kept, kept, kept, missed, missed, due, "", "debrief: n/a because it was retold\n").clocks[0]
    assert found.states == {"kept": 3, "missed": 2, "due": 1, "unknown": 1}
    assert (found.kept.hits, found.kept.n, found.kept.value) == (3, 5, 0.6)


def test_verdicts_are_counted_by_the_period_they_were_found_in() -> None:
    """Quarters show their gaps; what is done and has no verdict waits; too early is no verdict."""
    verdicts = ["stuck, on: 2026-01-10", "partly, on: 2026-07-01", "did-not-stick", "too-early, on: 2026-07-01"]
    experiments = ", ".join(f"{{id: e{n}, status: done, verified: {{verdict: {v}}}}}" for n, v in enumerate(verdicts))
    found = measured(f"experiments: [{experiments}]\n").verdicts
    assert found.periods == {"2026 Q1": {"stuck": 1}, "2026 Q2": {}, "2026 Q3": {"partly": 1}}
    assert (found.waiting, found.undated, found.verified.hits, found.verified.n) == (1, 1, 3, 4)


def test_only_changes_that_are_done_are_finished() -> None:
    """Work that goes on is not there yet, whatever was said of it; what was dropped tells only whether it held."""
    partly = "verified: {on: 2026-10-20, verdict: partly}"
    changes = (
        f"{{id: going-on, status: in-progress, {partly}}}",
        f"{{id: finished-later, status: done, finished: 2026-10-21, {partly}}}",
        f"{{id: seen, status: done, finished: 2026-10-19, {partly}}}",
        "{id: given-up, status: dropped, verified: {on: 2026-10-20, verdict: did-not-stick}}",
    )
    found = measured(f"resolved: 2026-10-02\nexperiments: [{', '.join(changes)}]\n")
    verdicts = found.verdicts
    assert (verdicts.verified.hits, verdicts.verified.n, verdicts.waiting) == (1, 2, 1)
    assert (verdicts.stuck.hits, verdicts.stuck.n, verdicts.dropped) == (0, 2, 1)
    assert verdicts.periods == {"2026 Q4": {"partly": 1, "did-not-stick": 1}}
    assert said("verdicts", found)[1][1].endswith("; 1 dropped after the verdict.")
    assert as_json(found)["verdicts"]["dropped"] == 1
    alone = measured(f"resolved: 2026-10-02\nexperiments: [{changes[0]}]\n")
    assert [(leg.ahead, len(leg.days)) for leg in alone.cycle[1:]] == [(1, 0), (1, 0)]
    assert (alone.verdicts.verified.n, alone.verdicts.stuck.n) == (0, 0)


@pytest.mark.parametrize(
    ("first", "last", "periods", "name"),
    [(2024, 2026, 9, "2024 Q1"), (1997, 2026, 30, "1997"), (1000, 2026, 103, "1000s"), (1990, 2999, 101, "1990s")],
)
def test_periods_stay_few(first: int, last: int, periods: int, name: str) -> None:
    """Quarters become years and years decades, whatever dates are written."""
    found = counted([(date(first, 1, 1), "a"), (date(last, 1, 1), "a")])
    assert (len(found), next(iter(found))) == (periods, name)


STUCK = "experiments: [{id: a, cause: c, status: done, verified: {on: 2026-02-01, verdict: stuck}}]\n"
FIRST = f"started: 2026-01-01\nservices: [checkout]\ncauses: [{{cause: c}}]\n{STUCK}"


@pytest.mark.parametrize(
    ("second", "days", "returned"),
    [
        ("started: 2026-03-01\nservices: [checkout]\ncauses: [{cause: c}]\n", 28, True),
        ("started: 2026-03-01\nservices: [Checkout]\ncauses: [{cause: c}]\n", 28, True),
        ("started: 2026-03-01\nservices: [search]\ncauses: [{cause: c}]\n", 294, False),
        ("started: 2026-03-01\nservices: [checkout]\ncauses: [{cause: d}]\n", 294, False),
        ("started: 2026-01-20\nservices: [checkout]\ncauses: [{cause: c}]\n", 294, False),
    ],
)
def test_a_cause_comes_back_in_the_same_place(second: str, days: int, returned: bool) -> None:
    """Only after the verdict, in the same service or team, for the same cause; else the change holds to this day."""
    (held,) = measured(FIRST, second).held
    assert (held.days, held.returned is not None) == (days, returned)


def test_a_change_holds_until_the_first_return() -> None:
    """Each change is held against the first failure after its verdict, also when there is a later change."""
    again = "started: 2026-{m}-01\nservices: [checkout]\ncauses: [{{cause: c}}]\n"
    found = measured(FIRST, again.format(m="06"), again.format(m="03"), FIRST.replace("2026-02-01", "2026-04-01"))
    assert [(each.since.month, each.returned and each.returned.id) for each in found.held] == [(2, "r2"), (4, "r1")]


def test_rooms_are_hidden_while_they_are_few() -> None:
    """Of four reviews no score is told, in no table and in no number but n; of five all are."""
    rooms = [f"mood: {{before: {n % 3 + 1}, after: 4}}\n" for n in range(5)]
    few = measured(*rooms[:4])
    assert (few.mood.n, few.mood.before, few.mood.warmer.hits) == (4, {}, None)
    assert table("mood", few).rows == ()
    five = measured(*rooms)
    assert five.mood.before == {1: 2, 2: 2, 3: 1, 4: 0, 5: 0}
    assert (five.mood.medians[1].value, five.mood.warmer.value) == (4, 1)


def test_kinds_are_counted_without_what_was_dropped() -> None:
    """A change that was given up or names no kind says nothing of strength."""
    kinds = "{kind: prevent}, {kind: learn, status: dropped}, {outcome: x}"
    assert measured(f"started: 2026-01-01\nexperiments: [{kinds}]\n").strength.periods == {"2026 Q1": {"prevent": 1}}


def test_what_is_not_published_is_in_no_number() -> None:
    """Drafts and private reviews count nowhere."""
    hidden = f"{FIRST}mood: {{before: 1, after: 2}}\nresolved: 2026-01-01\ndebrief: 2026-01-02\n"
    found = measured(f"status: draft\n{hidden}", f"status: reviewed\nprivate: true\n{hidden}")
    assert as_json(found) == as_json(measured())


def test_since_leaves_out_older_failures() -> None:
    """Only failures since a day are measured; a return counts whenever it came."""
    assert len(measured(FIRST, "started: 2025-01-01\n", since=date(2026, 1, 1)).reviews) == 1


def test_csv_and_json_tell_the_same() -> None:
    """Each figure has a table whose rows are as long as its head, and the same rows as objects."""
    found = measured(FIRST, *["started: 2026-03-01\nmood: {before: 2, after: 3}\n"] * 5)
    for name in FIGURES:
        rows = list(csv.reader(io.StringIO(as_csv(table(name, found)), newline="")))
        assert {len(row) for row in rows} == {len(rows[0])}
        assert len(as_json(found)["tables"][name]) == len(rows) - 1
        assert said(name, found)


@pytest.mark.parametrize("title", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1"])
def test_no_cell_is_a_formula(title: str) -> None:
    """A title that a spreadsheet would compute stays a text."""
    found = measured(FIRST.replace("id: a", f"id: {json.dumps(title)}"))
    cells = [cell for row in csv.reader(io.StringIO(as_csv(table("held", found)), newline="")) for cell in row]
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "＝"))] == []
    assert any(cell.startswith("'") for cell in cells)


def test_the_command_prints_the_figures(make_playbook: Callable[..., Path], failforward: Callable[..., object]) -> None:
    """Text, JSON and CSV say the same, for all figures or the chosen ones."""
    front = "title: R\nkind: incident\nstatus: reviewed\nresolved: 2026-10-02T10:00Z\ndebrief: 2026-10-03T10:00Z\n"
    files = {f"reviews/r{n}.md": f"---\n{front}---\n" for n in range(5)}
    folder = make_playbook(files).parent

    def run(*arguments: str) -> str:
        result = failforward("stats", "--today", "2026-11-22", *arguments, cwd=folder)
        assert result.returncode == 0, result.stderr  # type: ignore[attr-defined]
        return str(result.stdout)  # type: ignore[attr-defined]

    assert "Median 24 hours (interval 24 hours to 24 hours), n = 5." in run("--only", "cycle")
    assert "How strong the changes are" in run()
    found = json.loads(run("--output-format", "json", "--only", "cycle"))
    assert found["cycle"]["debrief"]["median"] == {"n": 5, "least": 5, "value": 1.0, "low": 1.0, "high": 1.0}
    assert set(found["tables"]) == {"cycle"}
    assert run("--output-format", "csv", "--only", "clocks").splitlines()[1] == "debrief,5,0,0,0"
    assert run("--output-format", "csv").startswith("figure,estimate,says\n")
    assert "0 published reviews of failures since 2026-11-01" in run("--since", "2026-11-01")


def test_lengths_are_told_in_one_unit() -> None:
    """Hours, days, months and years, each where people would use it."""
    told = [length(each) for each in (0.01, 0.05, 1.0, 2.0, 2.5, 14.4, 100, 1278)]
    assert told == ["under an hour", "1 hour", "24 hours", "2 days", "2.5 days", "14 days", "3 months", "3.5 years"]
