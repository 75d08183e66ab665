"""The index: what reviews share, how they relate, where experiments stand, which causes came back."""

from dataclasses import replace
from datetime import date

import pytest

from failforward import index
from failforward.index import Index
from failforward.model.playbook import Cause, Playbook
from failforward.reviews.read import read_review
from failforward.text.source import Source

TODAY = date(2026, 11, 22)
CAUSES = (
    Cause("untested-path", "causes/untested-path.md", "Untested path", "verification", ""),
    Cause("missing-alert", "causes/missing-alert.md", "Missing alert", "detection", ""),
)


def playbook(*fields: str) -> Playbook:
    """Make a playbook of reviews r0, r1, …, each reviewed unless its fields say otherwise."""
    texts = [each if each.startswith("status:") else f"status: reviewed\n{each}" for each in fields]
    sources = [Source(f"reviews/r{n}.md", f"---\ntitle: R{n}\n{text}---\n") for n, text in enumerate(texts)]
    return Playbook(reviews=tuple(read_review(source) for source in sources), causes=CAUSES)


def built(*fields: str) -> Index:
    """Index a playbook of such reviews."""
    return index.build(playbook(*fields), TODAY)


def ids(reviews: object) -> list[str]:
    """Give the ids of reviews."""
    return [review.id for review in reviews]  # type: ignore[attr-defined]


def test_reviews_come_newest_first() -> None:
    """Reviews are ordered by the day of the failure; those without any come last."""
    assert ids(built("started: 2020-01-01\n", "", "started: 2024-01-01\n").reviews) == ["r2", "r0", "r1"]


@pytest.mark.parametrize("hidden", ["status: draft\n", "status: reviewed\nprivate: true\n", "started: [\n"])
def test_what_is_not_published_leaves_no_trace(hidden: str) -> None:
    """A draft, a private review and one that cannot be read stand in no list and in no number."""
    more = "tags: [secret]\nteams: [secret]\ncauses: [{cause: secret}]\nrelated: [{review: r0, because: secret}]\n"
    made = built("started: 2020-01-01\n", hidden + more)
    assert "secret" not in repr((made.tags, made.teams, made.causes, made.relations, made.trials))
    assert ids(made.reviews) == ["r0"]


def test_words_lead_to_their_reviews() -> None:
    """Each tag, service, team, kind, severity and year gives its reviews, newest first, each once."""
    made = built(
        "kind: incident\nseverity: sev2\nstarted: 2020-01-01\ntags: [b, a, b]\nservices: [s]\nteams: [t]\n",
        "kind: near-miss\nseverity: sev1\nstarted: 2021-01-01\ntags: [b]\n",
    )
    assert {tag: ids(found) for tag, found in made.tags.items()} == {"a": ["r0"], "b": ["r1", "r0"]}
    assert list(made.severities) == ["sev1", "sev2"]
    assert list(made.years) == ["2021", "2020"]
    assert ids(made.services["s"]) == ids(made.teams["t"]) == ids(made.kinds["incident"]) == ["r0"]


def test_every_cause_of_the_vocabulary_has_an_entry() -> None:
    """A cause that was never met is there with no occurrence, and one the vocabulary does not have is there too."""
    made = built("causes: [{cause: untested-path, how: first}, {cause: our-own}]\n")
    assert {name: len(entry.occurrences) for name, entry in made.causes.items()} == {
        "missing-alert": 0, "our-own": 1, "untested-path": 1,
    }  # fmt: skip
    assert made.causes["our-own"].cause.path == ""
    assert made.causes["untested-path"].occurrences[0].contribution.how == "first"
    assert [(group.title, group.reviews) for group in made.groups] == [
        ("Detection", 0), ("Verification", 1), ("Without a group", 1),
    ]  # fmt: skip


def test_causes_that_came_together_are_counted() -> None:
    """Of a cause it is known which others stood in the same reviews, the most frequent first."""
    both = "causes: [untested-path, missing-alert, our-own]\n"
    made = built(both, "causes: [untested-path, our-own]\n")
    assert made.causes["untested-path"].together == (("our-own", 2), ("missing-alert", 1))


@pytest.mark.parametrize(
    ("experiment", "state"),
    [
        ("status: planned, due: 2026-11-21", "overdue"),
        ("status: planned, due: 2026-11-22", "due"),
        ("status: in-progress, due: 2026-11-29", "due"),
        ("status: planned, due: 2026-11-30", "open"),
        ("status: planned, due: 2026-11", "open"),
        ("status: planned", "open"),
        ("due: n/a because nobody said", "open"),
        ("status: done, due: 2026-11-01", "waiting"),
        ("status: done, verified: {on: 2026-11-02, verdict: too-early}", "waiting"),
        ("status: done, verified: {on: 2026-11-02, verdict: partly}", "verified"),
        ("status: done, finished: 2026-11-02, verified: {on: 2026-11-02, verdict: partly}", "verified"),
        ("status: done, finished: 2026-11, verified: {on: 2026-11-02, verdict: partly}", "verified"),
        ("status: done, finished: 2026-11-03, verified: {on: 2026-11-02, verdict: partly}", "waiting"),
        ("status: in-progress, due: 2026-11-21, verified: {on: 2026-11-02, verdict: partly}", "overdue"),
        ("status: in-progress, due: 2026-11-30, verified: {on: 2026-11-02, verdict: partly}", "open"),
        ("status: planned, verified: {on: 2026-11-02, verdict: stuck}", "open"),
        ("status: done, verified: n/a because it was a drill", "done"),
        ("status: dropped, due: 2026-11-01", "dropped"),
        ("status: dropped, verified: {on: 2026-11-02, verdict: too-early}", "dropped"),
        ("status: dropped, verified: {on: 2026-11-02, verdict: did-not-stick}", "verified"),
    ],
)
def test_an_experiment_stands_somewhere(experiment: str, state: str) -> None:
    """Where an experiment stands follows from its status, its deadline, its verdict and today."""
    (trial,) = built(f"experiments: [{{id: e, {experiment}}}]\n").trials
    assert trial.state == state


def test_a_verdict_on_the_way_is_not_where_it_stands() -> None:
    """What was found while work goes on is kept beside where the work stands."""
    going_on = "experiments: [{id: e, status: in-progress, verified: {on: 2026-11-02, verdict: partly}}]\n"
    (trial,) = built(going_on).trials
    assert (trial.standing, trial.so_far) == ("open", "partly")
    (trial,) = built(going_on.replace("in-progress", "done")).trials
    assert (trial.standing, trial.so_far) == ("partly", "")


def test_what_a_closed_review_left_unfinished_is_carried() -> None:
    """An unfinished experiment of a closed review is carried on elsewhere, not overdue."""
    (trial,) = built("status: closed\nexperiments: [{id: e, status: planned, due: 2026-01-01}]\n").trials
    assert trial.state == "carried"


def test_the_most_urgent_experiment_comes_first() -> None:
    """Experiments are ordered by state, then by deadline."""
    many = (
        "experiments: [{id: a, due: 2027-01-01}, {id: b, status: done}, {id: c, due: 2026-10-01}, {due: 2026-09-01}]\n"
    )
    assert [trial.experiment.id for trial in built(many).trials] == ["", "c", "a", "b"]


STUCK = (
    "started: 2026-01-01\nservices: [shop]\ncauses: [untested-path]\n"
    "experiments: [{id: e, cause: untested-path, status: done, verified: {on: 2026-02-01, verdict: stuck}}]\n"
)


def test_a_cause_that_comes_back_in_the_same_place_is_a_lesson_that_did_not_hold() -> None:
    """A cause met again after its change had stuck is known on both reviews, with what they share."""
    made = built(STUCK, "started: 2026-03-01\nservices: [shop]\ncauses: [untested-path]\n")
    (found,) = made.causes["untested-path"].recurrences
    assert (found.trial.review.id, found.review.id, found.shared) == ("r0", "r1", ("shop",))
    assert made.returns["reviews/r0.md"] == made.returns["reviews/r1.md"] == (found,)


def test_a_capital_letter_makes_no_other_place() -> None:
    """A service that is spelt in another way is the same one, and shared as the later review spells it."""
    made = built(STUCK, "started: 2026-03-01\nservices: [Shop, shop]\ncauses: [untested-path]\n")
    (found,) = made.causes["untested-path"].recurrences
    assert found.shared == ("Shop",)


def test_a_cause_met_elsewhere_says_nothing_about_the_change() -> None:
    """Without a shared service or team the recurrence is kept, and shares nothing."""
    (found,) = built(STUCK, "started: 2026-03-01\ncauses: [untested-path]\n").causes["untested-path"].recurrences
    assert found.shared == ()


def test_a_cause_met_before_the_verdict_did_not_come_back() -> None:
    """Only what happened after the verdict counts."""
    made = built(STUCK, "started: 2026-01-20\nservices: [shop]\ncauses: [untested-path]\n")
    assert made.causes["untested-path"].recurrences == ()


def test_what_authors_say_relates_reviews_both_ways() -> None:
    """A review that is named by another knows it, with the sentence, and before anything that is only shared."""
    made = built("related: [{review: r1, because: Same night.}]\n", "causes: [our-own]\n", "causes: [our-own]\n")
    first, second = made.relations["reviews/r1.md"]
    assert (first.review.id, first.reasons[0].kind, first.reasons[0].words) == ("r0", "said-there", ("Same night.",))
    assert (second.review.id, second.reasons[0].kind, second.reasons[0].words) == ("r2", "causes", ("our-own",))


def test_shared_tags_alone_do_not_relate() -> None:
    """Tags only add to other reasons; the rarer a shared cause, the closer the reviews."""
    made = built(
        "tags: [x]\n", "tags: [x]\n", "causes: [a, b]\ntags: [x]\n", "causes: [a]\n", "causes: [a, b]\ntags: [x]\n"
    )
    assert made.relations["reviews/r0.md"] == ()
    related = made.relations["reviews/r2.md"]
    assert ids(each.review for each in related) == ["r4", "r3"]
    assert [reason.kind for reason in related[0].reasons] == ["causes", "tags"]


def test_few_relations_are_kept() -> None:
    """However many reviews share a cause, each is related to a handful, and the work grows with their number only."""
    made = built(*(["causes: [a]\nservices: [s]\n"] * 60))
    assert {len(found) for found in made.relations.values()} == {5}


def test_the_order_of_reading_does_not_matter() -> None:
    """The same reviews in another order give the same index."""
    ours = playbook(STUCK, "started: 2026-03-01\nservices: [shop]\ncauses: [untested-path]\n", "tags: [a]\n")
    one, other = index.build(ours, TODAY), index.build(replace(ours, reviews=ours.reviews[::-1]), TODAY)
    assert ids(one.reviews) == ids(other.reviews)
    assert [trial.experiment for trial in one.trials] == [trial.experiment for trial in other.trials]
    assert one.relations == other.relations
