"""The fields of a review become typed values; what cannot be used is a problem at its place."""

from datetime import date

import pytest

from failforward.model.moment import Moment
from failforward.model.review import NotApplicable, People, Review
from failforward.reviews.read import read_review
from failforward.text.source import Source


def review_of(*lines: str, path: str = "reviews/a.md") -> Review:
    """Read a review with these lines of front matter."""
    return read_review(Source(path, "\n".join(("---", *lines, "---", ""))))


def problems_of(*lines: str) -> list[tuple[str, str, str, str]]:
    """Give the problems: kind, the text pointed at, what is said, and the remedy."""
    review = review_of(*lines)
    return [
        (problem.kind, review.source.slice(problem.span), problem.what, problem.instead) for problem in review.problems
    ]


def test_a_complete_review_is_read_without_a_problem(complete_review: str) -> None:
    """Every field of the documented format is understood."""
    review = read_review(Source("reviews/2026-10-02-checkout.md", complete_review))
    assert review.problems == ()
    assert review.id == "2026-10-02-checkout"
    assert review.cause_ids == ("untested-path", "missing-alert")
    assert review.causes[0].with_ == ("missing-alert",)
    assert isinstance(review.people, People)
    assert review.people.outsiders == ("design",)
    assert review.experiments[0].tasks == ("Replay test in staging", "Gate in the deploy pipeline")
    assert review.day == date(2026, 10, 2)
    assert len(review.body.timeline) == 5
    assert [assumption.held for assumption in review.body.assumptions] == ["did-not-hold", "held"]


def test_every_field_knows_its_place(complete_review: str) -> None:
    """The span of a field, however deep, cuts its value out of the file."""
    review = read_review(Source("a.md", complete_review))
    assert review.source.slice(review.where("causes", 0, "with", 0)) == "missing-alert"
    assert review.source.slice(review.where("experiments", 0, "due")) == "2026-11-16"
    assert review.source.slice(review.where("mood", "after")) == "4"


def test_a_field_that_is_not_there_has_the_place_of_its_parent(complete_review: str) -> None:
    """What is missing is pointed out at the nearest thing that is there."""
    review = read_review(Source("a.md", complete_review))
    assert review.where("accepted", 0, "since") == review.where("accepted", 0)
    assert review.source.slice(review.where("sources", 3, "url")) == review.source.slice(review.where())


@pytest.mark.parametrize(
    ("line", "kind", "at", "instead"),
    [
        ("titel: a", "unknown-field", "titel", "Did it mean title?"),
        ("Title: a", "unknown-field", "Title", "Did it mean title?"),
        ("detected-by: staff", "unknown-field", "detected-by", "Did it mean detected_by?"),
        ("privat: false", "unknown-field", "privat", "Did it mean private?"),
        ("privat: true", "unclear-privacy", "privat", "Write private: true to keep it off, or take the field out."),
        ("draft: yes", "unclear-privacy", "draft", "Write status: draft to keep it off, or take the field out."),
        ("weather: rain", "unknown-field", "weather", "Take it out, or move it to the body."),
        ("root_causes: [a]", "field-alias", "root_causes", "Write causes:."),
        ("actions: [a]", "field-alias", "actions", "Write experiments:."),
        ("status: Reviewed", "unknown-word", "Reviewed", "Write reviewed."),
        (
            "kind: outage",
            "unknown-word",
            "outage",
            "Write one of incident, near-miss, experiment, project, release, security, sprint.",
        ),
        ("kind: near miss", "unknown-word", "near miss", "Write near-miss."),
        ("title: [a]", "wrong-form", "[a]", "Write one text."),
        ("tags: cache", "wrong-form", "cache", "Write [cache]."),
        ("tags: [big cache]", "wrong-form", "big cache", "Write big-cache."),
        ("tags: {a: b}", "wrong-form", "{a: b}", "Write a list."),
        ("causes: {cause: a}", "wrong-form", "{cause: a}", "Begin each entry with a dash: `- …`."),
        ("causes: [[a]]", "wrong-form", "[a]", "Write an entry with fields in each place of the list."),
        ("mood: {after: 6}", "wrong-form", "6", "Write a whole number from 1 to 5."),
        ("mood: good", "wrong-form", "good", "Write fields of its own (before: …, after: …)."),
        ("private: perhaps", "wrong-form", "perhaps", "Write true or false."),
        (
            "sources: [{url: here}]",
            "wrong-form",
            "here",
            "Write an address that begins with https:// and the name of a host.",
        ),
        (
            "experiments: [{outcome: a, issue: 'https://['}]",
            "wrong-form",
            "'https://['",
            "Write an address that begins with https:// and the name of a host.",
        ),
        (
            "experiments: [{outcome: a, issue: 'https://tracker:port/1'}]",
            "wrong-form",
            "'https://tracker:port/1'",
            "Write an address that begins with https:// and the name of a host.",
        ),
        (
            "sources: [{url: 'javascript:alert(1)'}]",
            "wrong-form",
            "'javascript:alert(1)'",
            "Write an address that begins with https:// and the name of a host.",
        ),
        ("started: [2026]", "wrong-form", "[2026]", "Write a time such as 2026-10-02T14:05+02:00."),
        (
            "started: tomorrow",
            "wrong-form",
            "tomorrow",
            "Write a date such as 2026-10-02 or a time such as 2026-10-02T14:05+02:00.",
        ),
        ("started: 2026-02-30", "impossible-time", "2026-02-30", "Correct the date."),
        ("started: 2026-10-02T25:05Z", "impossible-time", "2026-10-02T25:05Z", "Correct the date."),
        ("started: 9999-12-31", "impossible-time", "9999-12-31", "Correct the date."),
        ("started: 0001-01-01T00:00+14:00", "impossible-time", "0001-01-01T00:00+14:00", "Correct the date."),
        ("started: 2026-10-02T14:05", "time-without-offset", "2026-10-02T14:05", "Write 2026-10-02T14:05Z or +02:00."),
    ],
)
def test_what_cannot_be_used_is_pointed_out_with_a_remedy(line: str, kind: str, at: str, instead: str) -> None:
    """A wrong field gives one problem: its kind, the exact text, and what to write instead."""
    ((found, where, what, remedy),) = problems_of(line)
    assert (found, where, remedy) == (kind, at, instead)
    assert what


def test_another_word_for_a_field_is_understood() -> None:
    """A field under another common name counts as the field, once."""
    assert review_of("root_causes: [{cause: a, description: b}]").causes[0].how == "b"
    assert [kind for kind, *_ in problems_of("factors: [a]", "causes: [b]")] == ["duplicate-field"]
    assert [kind for kind, *_ in problems_of("factors: [a]", "root_causes: [b]")] == ["field-alias", "duplicate-field"]


def test_a_bare_word_in_a_list_of_records_is_its_first_field() -> None:
    """`causes: [untested-path]` names a cause; what else belongs to it is asked for by a rule."""
    review = review_of("causes: [a, b]", "related: [x]", "accepted: [c]", "sources: ['https://example.org/']")
    assert review.problems == ()
    assert review.cause_ids == ("a", "b")
    assert (review.related[0].review, review.accepted[0].cause) == ("x", "c")
    assert review.source.slice(review.where("causes", 1, "cause")) == "b"


@pytest.mark.parametrize("written", ["n/a", "N/A", "na", "n.a.", "n/a because", "n/a:"])
def test_not_applicable_may_stand_alone(written: str) -> None:
    """A bare `n/a` is understood; whether it needs a reason is asked elsewhere."""
    assert review_of(f'started: "{written}"').started == NotApplicable("")


@pytest.mark.parametrize("written", ["n/a because nobody saw it", "n/a — nobody saw it", "N/A: because nobody saw it"])
def test_not_applicable_keeps_its_reason(written: str) -> None:
    """What stands behind `n/a because` is the reason."""
    assert review_of(f'detected: "{written}"').detected == NotApplicable("nobody saw it")


@pytest.mark.parametrize("written", ["nation", "nah", "n/ax", "not applicable at all"])
def test_a_word_that_begins_like_n_a_is_a_word(written: str) -> None:
    """Only `n/a` is not applicable."""
    assert review_of(f"trigger: {written}").trigger == written


def test_the_empty_fields_of_the_template_are_nothing() -> None:
    """A record in which nothing is filled in counts as not written."""
    review = review_of(
        "people:", "  facilitator:", "  participants:", "mood: {before: , after: }", "causes:", "  - cause:", "    how:"
    )
    assert (review.people, review.mood, review.causes, review.problems) == (None, None, (), ())
    assert not review.given("people")


def test_a_month_or_year_is_enough_for_since() -> None:
    """Since when a cause lay there may be a year or a month."""
    since = review_of("causes: [{cause: a, since: 2026-03}]").causes[0].since
    assert isinstance(since, Moment)
    assert str(since) == "2026-03"


def test_the_day_of_a_failure_may_come_from_its_file_name() -> None:
    """Where no time is given, the date in the file's name is the day."""
    assert review_of("title: a", path="reviews/2026-03-04-a.md").day == date(2026, 3, 4)
    assert review_of("title: a", path="reviews/no-date.md").day is None


@pytest.mark.parametrize(
    ("lines", "published"),
    [
        (("status: reviewed",), True),
        (("status: in-review",), True),
        (("status: draft",), False),
        (("title: a",), False),
        (("status: closed", "private: true"), False),
        (("status: closed", "private: yes"), False),
    ],
)
def test_drafts_and_private_reviews_are_not_published(lines: tuple[str, ...], published: bool) -> None:
    """A review without a status, a draft and a private one never reach a page."""
    assert review_of(*lines).published is published


def test_a_private_that_cannot_be_read_is_no_permission_to_publish() -> None:
    """Where `private:` holds something else than true or false, the review stays off the site."""
    assert not review_of("status: closed", "private: True, please").published
