"""Similar reviews are found by what they share, with the reasons; drafts and private reviews leave no trace."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from failforward.cli.main import group
from failforward.model.playbook import Cause, Playbook
from failforward.model.review import Review
from failforward.reviews.read import read_review
from failforward.similarity import WEIGHTS, Shelf
from failforward.similarity.hints import Hints, alike
from failforward.similarity.ranking import Ranking
from failforward.similarity.words import counted, singular, words, words_of
from failforward.text.source import Source

TODAY = date(2026, 10, 20)
CAUSES = (
    Cause(
        "certificate-expiry",
        "causes/certificate-expiry.md",
        "Certificate expiry",
        "expiry",
        "",
        ("expired certificate", "renewal"),
    ),
    Cause("billing-lapse", "causes/billing-lapse.md", "Billing lapse", "expiry", "", ("unpaid invoice",)),
    Cause("missing-alert", "causes/missing-alert.md", "Missing alert", "detection", "", ("nobody was paged",)),
)


def review(name: str, body: str = "", *, status: str = "reviewed", **fields: str) -> Review:
    """Read a review made of a few fields and one section."""
    front = {"title": f"Failure {name}", "kind": "incident", "status": status, **fields}
    lines = "".join(f"{key}: {value}\n" for key, value in front.items())
    return read_review(Source(f"reviews/{name}.md", f"---\n{lines}---\n\n## In short\n\n{body}\n"))


def shelf(*reviews: Review, **weights: float) -> Shelf:
    """Prepare a playbook of these reviews, with some weights of its own."""
    return Shelf(Playbook(reviews=reviews, causes=CAUSES), TODAY, {**WEIGHTS, **weights})


def names(found: tuple[object, ...]) -> list[str]:
    """Give the ids of what was found."""
    return [each.review.id for each in found]  # type: ignore[attr-defined]


def why(found: object) -> dict[str, tuple[str, ...]]:
    """Give the reasons by kind."""
    return {each.kind: each.words for each in found.why}  # type: ignore[attr-defined]


def test_a_shared_cause_comes_before_a_shared_tag() -> None:
    """The same cause outweighs a tag and the same group; each is named as the reason."""
    asked = review("new", causes="[{cause: certificate-expiry}]", tags="[login]", title="Zebra")
    found = shelf(
        review("tag", tags="[login]", title="Apple"),
        review("group", causes="[{cause: billing-lapse}]", title="Pear"),
        review("cause", causes="[{cause: certificate-expiry}]", title="Plum"),
        review("nothing", title="Fig"),
    ).similar(asked, least=0.0)
    assert names(found)[0] == "cause"
    assert {each.review.id: why(each) for each in found[:3]} == {
        "cause": {"causes": ("certificate-expiry",)}, "group": {"groups": ("expiry",)}, "tag": {"tags": ("login",)},
    }  # fmt: skip


def test_rare_words_count_more_than_common_ones() -> None:
    """A review that shares the one rare word comes before one that shares what all say, and the word is named."""
    past = [review(f"common-{number}", "The database was slow and the page was slow.") for number in range(8)]
    rare = review("rare", "The inotify watches ran out on one node.")
    found = shelf(*past, rare).similar(review("new", "No inotify watch was left; the database was slow."))
    assert names(found)[0] == "rare"
    assert why(found[0])["words"][:2] == ("inotify", "watch")


def test_the_words_of_a_draft_point_to_causes() -> None:
    """Two texts that use different hints of one cause are similar, although they share no rare word."""
    past = review("past", "The renewal had been forgotten.", title="Login")
    other = review("other", "The queue was full.", title="Queue")
    found = shelf(past, other, words=0.0).similar(
        review("new", "An expired certificate.", status="draft", title="Portal"), least=0.1
    )
    assert names(found) == ["past"]
    assert why(found[0])["hints"] == ("certificate-expiry",)


def test_a_review_is_never_similar_to_itself() -> None:
    """A published review finds the others, and words that only it uses do not make the others look less similar."""
    past, same = review("past", "The cache ran cold."), review("same", "The cache ran cold. Xylophone xylophone.")
    found = shelf(past, same).similar(same)
    assert names(found) == ["past"]
    assert found[0].score > 0.9


@pytest.mark.parametrize(
    ("asked", "other", "later"),
    [
        ("2026-04-10", "2026-05-10", True),
        ("2026-05-10", "2026-04-10", False),
        ("2026-04-10T14:00Z", "2026-04-10T15:00Z", True),
        ("2026-04-10T14:00+02:00", "2026-04-10T13:00Z", True),
        ("2026-04-10T15:00Z", "2026-04-10", False),
        ("2026-04", "2026-04-30", False),
        ("n/a", "2026-04-10", False),
        ("2026-04-10", "n/a", False),
    ],
)
def test_what_began_later_has_not_been_seen_before(asked: str, other: str, later: bool) -> None:
    """Only a failure that surely began after the one asked about is later; it is found where that is asked for."""
    one, two = review("one", "The cache ran cold.", started=asked), review("two", "A cold cache.", started=other)
    past, after, ever = (shelf(one, two).similar(one, period=period) for period in ("before", "after", "ever"))
    assert (names(past), names(after)) == (([], ["two"]) if later else (["two"], []))
    assert [each.later for each in ever] == [later]


def test_a_draft_without_a_time_has_the_day_of_its_file(playbook: Path, complete_review: str) -> None:
    """What lies after the day in the name is later: it comes last and says so, and the agenda leaves it out."""
    again = complete_review.replace("2026-10-", "2026-11-")
    (playbook / "reviews/2026-11-02-again.md").write_text(again, "utf-8")
    said = call(playbook / "reviews/2026-10-19-new.md")
    assert "1 review is similar; 1 that came later is." in said
    assert "reviews/2026-10-02-past.md (2026-10-02)\n" in said
    assert said.index("2026-11-02-again.md (2026-11-02, later)\n") > said.index("2026-10-02-past.md")
    first = call(playbook / "reviews/2026-10-02-past.md", "--output-format", "markdown")
    assert "no earlier review is similar; 1 that came later is." in first
    assert "** (2026-11-02, later), " in first
    for name, seen in (("2026-10-02-past", False), ("2026-11-02-again", True)):
        done = CliRunner().invoke(group, ["agenda", str(playbook / f"reviews/{name}.md"), "--today", "2026-12-01"])
        assert ("Seen before: " in done.stdout) is seen


@pytest.mark.parametrize("hidden", [{"status": "draft"}, {"private": "true"}])
def test_what_is_not_published_leaves_no_trace(hidden: dict[str, str]) -> None:
    """A draft or private review is never named, and changes no score."""
    past, asked = review("past", "The cache ran cold."), review("new", "The cache was cold.", status="draft")
    secret = review("secret", "The cache ran cold at night.", **hidden)
    assert shelf(past, secret).similar(asked) == shelf(past).similar(asked)


def test_nothing_is_found_where_nothing_is_shared() -> None:
    """Reviews that have in common what any two have are not shown; an empty playbook or draft finds nothing."""
    far = review("far", "Rain.", title="Umbrella")
    assert shelf(far).similar(review("new", "A queue was full.", title="Queue")) == ()
    assert shelf().similar(review("new", "A queue was full.")) == ()
    assert shelf(far).similar(read_review(Source("reviews/x.md", ""))) == ()


def test_what_was_tried_comes_with_its_verdict() -> None:
    """Experiments against a shared cause come first; what is not finished or not verified is open."""
    past = review(
        "past", causes="[{cause: certificate-expiry}, {cause: missing-alert}]",
        experiments="[{id: page, cause: missing-alert, status: planned},"
        " {id: renew, cause: certificate-expiry, status: done, verified: {on: 2026-02-01, verdict: stuck}},"
        " {id: list, cause: certificate-expiry, status: done}]",
    )  # fmt: skip
    (found,) = shelf(past).similar(review("new", causes="[{cause: certificate-expiry}]"))
    assert [trial.experiment.id for trial in found.tried] == ["list", "renew", "page"]
    assert [trial.experiment.id for trial in found.open] == ["list", "page"]
    assert next(trial for trial in found.tried if trial.experiment.id == "renew").verdict == "stuck"


def test_the_templates_own_words_are_no_words_of_a_draft() -> None:
    """A line that the template asks to be replaced tells nothing of the failure."""
    asked = review("new", "*Two sentences that a stranger understands.*\nQueues filled up.", title="Queue")
    assert words_of(asked, {"*Two sentences that a stranger understands.*"}) == ["queue"] * 3 + [
        "queue",
        "filled",
        "up",
    ]


def test_what_will_be_done_and_what_went_well_is_left_out() -> None:
    """The words of follow-ups and celebrations do not make two failures similar; sections below them neither."""
    text = "---\ntitle: A\n---\n## In short\n\ncache\n\n## What worked\n\nbanana\n\n### Celebrated\n\ncake\n\n"
    text += "## Evidence\n\nlog\n"
    assert words_of(read_review(Source("a.md", text))) == ["cache", "log"]


def test_words_are_compared_without_marks_and_plurals() -> None:
    """Addresses, link targets, comments and tags are no words; plurals meet their singular."""
    text = "Queues [dashboard](https://a.example/secret) <!-- hidden --> https://b.example/x <br class='y'>CACHES"
    assert words(text) == ["queue", "dashboard", "cache"]
    assert [singular(word) for word in ("entries", "patches", "classes", "status", "access", "analysis", "gas")] == [
        "entry", "patch", "class", "status", "access", "analysis", "gas",
    ]  # fmt: skip
    assert counted(["the", "queue", "queue"]) == {"queue": 2}


def test_the_ranking_follows_the_formula() -> None:
    """One word in one of two bags of the mean length: its weight is ln(1 + 1.5 / 1.5), as the source defines it."""
    ranking = Ranking([{"a": 1, "b": 1}, {"b": 1, "c": 1}])
    assert ranking.rarity("a") == pytest.approx(0.6931, abs=1e-4)
    assert ranking.shared({"a": 1, "b": 1})[0] == pytest.approx(1.0)
    assert ranking.shared({"x": 1}) == {}
    assert ranking.telling({"a": 1, "b": 3}, 0)[0] == "a"


def test_longer_hints_are_found_as_a_whole() -> None:
    """A hint of two words counts only where both stand together; groups gather the causes below them."""
    hints = Hints(CAUSES)
    found = hints.found(words("An expired certificate and an invoice, unpaid. Renewals."))
    assert found == {("certificate-expiry", "expired certificate"): 1, ("certificate-expiry", "renewal"): 1}
    assert hints.by_group({"certificate-expiry": 1.0, "billing-lapse": 2.0, "missing-alert": 4.0}) == {
        "expiry": 3.0,
        "detection": 4.0,
    }
    assert alike({"a": 1.0}, {"a": 5.0}) == pytest.approx(1.0)
    assert alike({"a": 1.0}, {}) == 0.0


@pytest.fixture
def playbook(make_playbook: Callable[..., Path], complete_review: str) -> Path:
    """Write a playbook with a published review and a draft."""
    draft = "---\ntitle: Checkout is slow after a *cache* change @here\nstatus: draft\n---\n"
    return make_playbook({"reviews/2026-10-02-past.md": complete_review, "reviews/2026-10-19-new.md": draft})


def call(*arguments: str | Path, given: str = "") -> str:
    """Call the command and give what it prints."""
    result = CliRunner().invoke(
        group, ["similar", *map(str, arguments), "--today", "2026-10-20"], given, catch_exceptions=False
    )
    assert result.exit_code == 0, result.output
    return result.stdout


def test_the_command_names_the_past_review(playbook: Path) -> None:
    """A draft with a title alone finds the review that shares its words; the draft itself is not listed."""
    said = call(playbook / "reviews/2026-10-19-new.md")
    assert "1 review is similar." in said
    assert "reviews/2026-10-02-past.md" in said
    assert "why: " in said
    assert "2026-10-19-new.md" in said.splitlines()[0]
    assert "2026-10-19-new.md" not in said.split("\n", 1)[1]


def test_any_text_will_do(playbook: Path) -> None:
    """Notes from standard input without any field are held against the playbook that is named."""
    said = call("-", "--playbook", playbook, "--output-format", "json", given="checkout cache warm-up evicted keys")
    (answer,) = json.loads(said)
    assert [each["review"] for each in answer["similar"]] == ["2026-10-02-past"]
    assert set(answer["similar"][0]) == {"review", "title", "path", "day", "later", "score", "why", "tried", "open"}


def test_markdown_shows_words_as_they_are(playbook: Path) -> None:
    """Nothing in a title becomes markup or a mention in the summary of a job."""
    said = call(playbook / "reviews/2026-10-19-new.md", "--output-format", "markdown")
    assert said.startswith("## Seen before?\n\n### Checkout is slow after a &#42;cache&#42; change &#64;here\n")


@pytest.mark.parametrize(
    ("name", "says"),
    [("reviews", "This is a folder"), ("reviews/none.md", "There is no such file"), ("empty.md", "The file is empty")],
)
def test_a_file_that_cannot_be_read_is_an_error(playbook: Path, name: str, says: str) -> None:
    """The error names the path, and the command ends with 2."""
    (playbook / "empty.md").write_text("\n")
    result = CliRunner().invoke(group, ["similar", str(playbook / name)])
    assert result.exit_code == 2
    assert says in result.stderr
