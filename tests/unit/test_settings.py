"""Settings live in playbook.yml; one that cannot be used is an error with path, line and remedy."""

from datetime import date

import pytest

from failforward.errors import SettingError
from failforward.model.path_settings import PathSettings
from failforward.model.settings import Clocks, Settings
from failforward.model.workdays import Calendar, Sprints
from failforward.settings import KEYS, read_settings
from failforward.text.source import Source


def settings_of(text: str) -> Settings:
    """Read settings."""
    return read_settings(Source("playbook/playbook.yml", text))


def test_nothing_written_is_the_default() -> None:
    """An empty file, and a key without a value, leave every setting as it is."""
    default = Settings(path="playbook/playbook.yml")
    assert settings_of("") == default
    assert settings_of("# nothing\ntitle:\n") == default


def test_every_setting_is_read() -> None:
    """Each documented key has an effect."""
    text = """
title: Ours
summary: What we learned
preset: strict
severities: [high, low]
full_severities: [high]
light_kinds: [sprint]
groups: {change: Change and release}
clocks: {debrief_hours: 24, verify_days: 30}
sprints: {first: 2026-01-05, days: 21}
max_experiments: 2
max_evidence_kb: 100
rules: {late-debrief: off, untied-cause: advice}
paths: {"reviews/2019/**": {rules: {single-cause: off}, preset: relaxed}}
roster: [Robin]
words: {roles: [conductor, release captain], teams: [falcons]}
names: [roster, git]
quotations: read
repository: https://example.org/ours
"""
    read = settings_of(text)
    assert read == Settings(
        title="Ours",
        summary="What we learned",
        preset="strict",
        severities=("high", "low"),
        full_severities=("high",),
        light_kinds=("sprint",),
        groups={"change": "Change and release"},
        clocks=Clocks(24, 3, 30, Calendar(sprints=Sprints((date(2026, 1, 5),), 21))),
        max_experiments=2,
        max_evidence_kb=100,
        rules={"late-debrief": "off", "untied-cause": "advice"},
        paths=(PathSettings("reviews/2019/**", {"single-cause": "off"}, "relaxed", {"single-cause": 14}),),
        roster=("Robin",),
        words={"roles": ("conductor", "release captain"), "teams": ("falcons",)},
        quotations="read",
        repository="https://example.org/ours",
        names=("roster", "git"),
        path="playbook/playbook.yml",
    )
    assert set(KEYS) == {line.partition(":")[0] for line in text.split("\n") if line}


def test_the_worse_half_of_own_severities_asks_for_the_full_form() -> None:
    """A team that names its own severities need not say again which of them are severe."""
    assert settings_of("severities: [high, middle, low]").full_severities == ("high",)
    assert settings_of("severities: [a, b, c, d]").full_severities == ("a", "b")


@pytest.mark.parametrize(
    ("text", "line", "message", "remedy"),
    [
        ("title: a\nprset: strict", 2, "“prset” is no setting", "Did it mean preset?"),
        ("colour: red", 1, "“colour” is no setting", "The settings are title, "),
        ("preset: lax", 1, "preset cannot be read", "Write one of relaxed, standard, strict."),
        ("title: [a]", 1, "title cannot be read", "Write one text."),
        ("severities: sev1", 1, "severities cannot be read", "Write a list such as [one, two]."),
        ("max_experiments: many", 1, "max_experiments cannot be read", "Write a whole number below a million."),
        ("max_experiments: -1", 1, "max_experiments cannot be read", "Write a whole number below a million."),
        (
            "max_evidence_kb: 99999999999999",
            1,
            "max_evidence_kb cannot be read",
            "Write a whole number below a million.",
        ),
        ("rules:\n  a: loud", 2, "rules cannot be read", "Write one of off, advice, warning, error."),
        ("rules: [a]", 1, "rules cannot be read", "Write lines of the form `rule-name: warning`."),
        ("groups: change", 1, "groups cannot be read", "Write lines of the form `group: Title`."),
        ("clocks: 48", 1, "clocks cannot be read", "Write lines of the form `debrief_hours: 48`."),
        (
            "clocks:\n  debrief: 48",
            2,
            "“debrief” is no clock",
            "The clocks are debrief_hours, check_in_days, verify_days.",
        ),
        ("\n\nfull_severities: [sev9]", 3, "“sev9” is none of the severities", "Write some of sev1, sev2, sev3, sev4."),
        (
            "title: a\ntitle: b",
            2,
            "The field title stands here a second time; only its first value counts",
            "Keep one of them.",
        ),
        ("title: a: b", 1, "The YAML cannot be read (mapping values are not allowed in this context)", "A value with"),
        ("a:\n\tb: c", 2, "A tab indents this line", "Indent by spaces."),
        ("- a", 1, "This is no list of fields with values", "Write lines of the form `title: …`."),
        ("title: a\x00b", 1, "A character that YAML does not allow stands here (U+0000)", "Take it out."),
        ("a: " + "[" * 10_000, 1, "Values are nested deeper than 20 levels here", ""),
    ],
)
def test_a_setting_that_cannot_be_used_is_an_error(text: str, line: int, message: str, remedy: str) -> None:
    """The error names the file, the line, what stands there and what to write."""
    with pytest.raises(SettingError) as caught:
        settings_of(text)
    error = caught.value
    assert (error.path, error.line, error.message) == ("playbook/playbook.yml", line, message)
    assert error.remedy.startswith(remedy)


def test_an_error_is_one_line_that_names_its_place() -> None:
    """An error reads `path:line: what is there. What to write instead.`"""
    with pytest.raises(SettingError) as caught:
        settings_of("title: a\npreset: lax")
    assert str(caught.value) == (
        "playbook/playbook.yml:2: preset cannot be read. Write one of relaxed, standard, strict."
    )


@pytest.mark.parametrize(("message", "shown"), [("No?", "No? Yes."), ("No", "No. Yes."), ("No.", "No. Yes.")])
def test_message_and_remedy_are_two_sentences(message: str, shown: str) -> None:
    """A full stop stands between what is wrong and what to do, unless the message brings its own."""
    assert str(SettingError(message, remedy="Yes.")) == shown
