"""Clocks, calendars and sprints in playbook.yml: what is read, and which mistake is named at which line."""

import os
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from failforward.errors import SettingError
from failforward.model.settings import Clocks, Settings
from failforward.model.workdays import Calendar, Sprints
from failforward.settings import read_settings
from failforward.text.source import Source

ROOT = Path(__file__).resolve().parents[2]


def settings_of(text: str) -> Settings:
    """Read settings."""
    return read_settings(Source("playbook/playbook.yml", text))


def test_every_key_is_read() -> None:
    """The lengths, and the calendar by which they are counted."""
    text = """
clocks:
  debrief_hours: 24
  check_in_days: 2
  verify_days: 10
  working_days: true
  week: [sun, mon, tue, wed, thu]
  holidays: [DE-BW, US-CA]
  days_off: [2026-12-24, 2026-12-31]
  zone: Europe/Berlin
sprints: [2026-01-05, 2026-01-19, 2026-02-09]
"""
    read = settings_of(text)
    off = frozenset({date(2026, 12, 24), date(2026, 12, 31)})
    sprints = Sprints((date(2026, 1, 5), date(2026, 1, 19), date(2026, 2, 9)), 21)
    calendar = Calendar(True, (0, 1, 2, 3, 6), ("DE-BW", "US-CA"), off, "Europe/Berlin", sprints)
    assert read.clocks == Clocks(24, 2, 10, calendar)
    assert read.sprints == sprints
    assert [read.clocks.calendar.is_free(date(2027, 1, day)) for day in (6, 7, 9)] == [True, False, True]


def test_one_calendar_needs_no_list_and_one_first_day_no_length() -> None:
    """The short forms say the same; without a length a sprint has fourteen days."""
    assert settings_of("clocks: {working_days: true, holidays: FR}").clocks.calendar.holidays == ("FR",)
    assert settings_of("sprints: {first: 2026-01-05}").sprints == Sprints((date(2026, 1, 5),), 14)
    assert settings_of("sprints: [2026-01-05]").sprints == Sprints((date(2026, 1, 5),), 14)


def test_a_calendar_may_be_kept_for_later() -> None:
    """With working_days: false the clocks never rest, and what is written of days stays."""
    read = settings_of("clocks: {working_days: false, holidays: DE, week: [mon]}").clocks
    assert read.calendar.after_days(date(2026, 12, 24), 2) == date(2026, 12, 26)


@pytest.mark.parametrize(
    ("text", "line", "message", "remedy"),
    [
        ("clocks:\n  zones: x", 2, "“zones” is no clock", "The clocks are debrief_hours, check_in_days, verify_days."),
        ("clocks:\n  zone: Europe/Berln", 2, "“Europe/Berln” is no time zone", "Did it mean Europe/Berlin?"),
        ("clocks:\n  zone: ../../etc/passwd", 2, "“../../etc/passwd” is no time zone", ""),
        ("clocks:\n  zone: Europe", 2, "“Europe” is no time zone", ""),
        ("clocks:\n  zone: [a]", 2, "“” is no time zone", ""),
        ("clocks:\n  working_days: perhaps", 2, "working_days cannot be read", "Write true or false."),
        ("clocks:\n  week: []", 2, "week cannot be read", "Write a list such as [mon, tue, wed, thu, fri]."),
        ("clocks:\n  week: [mon, day]", 2, "week cannot be read", "Write some of mon, tue, wed, thu, fri, sat, sun."),
        ("clocks:\n  days_off: 2026-12-24", 2, "days_off cannot be read", "Write a list such as [2026-12-24, "),
        ("clocks:\n  days_off:\n    - 2026-12-32", 3, "days_off cannot be read", "Write a day such as 2026-12-24."),
        ("clocks:\n  days_off: [24.12.]", 2, "days_off cannot be read", "Write a day such as 2026-12-24."),
        (
            "clocks:\n  debrief_hours: 48\n  holidays: DE",
            3,
            "holidays has no effect without working_days",
            "Write working_days: true, or false to keep it for later.",
        ),
        ("clocks:\n  days_off: [2026-12-24]", 2, "days_off has no effect without working_days", "Write working_days:"),
        (
            "clocks:\n  working_days: true\n  holidays:\n    - DE\n    - DE-XY",
            5,
            "holidays: the calendar of DE has no part “XY”",
            "Did it mean DE-",
        ),
        (
            "clocks:\n  working_days: true\n  holidays: Germany",
            3,
            "holidays: no holiday calendar is known for “Germany”",
            "Write a country or a part of one, such as DE or DE-BW.",
        ),
        ("clocks: {working_days: true, holidays: de}", 1, "holidays: no holiday calendar is known for “de”", "Write D"),
        ("clocks: {working_days: true, holidays: [[DE]]}", 1, "holidays cannot be read", "Write a code such as DE-BW"),
        ("clocks: {working_days: true, holidays: []}", 1, "holidays cannot be read", "Write a code such as DE-BW"),
        (
            "clocks:\n  working_days: true\n  verify_days: 9999",
            3,
            "verify_days is more than ten years",
            "Write at most 3,650.",
        ),
        ("clocks: {debrief_hours: soon}", 1, "clocks cannot be read", "Write a whole number below a million."),
        ("sprints: 14", 1, "sprints cannot be read", "Write {first: 2026-01-05, days: 14}, or a list of first days."),
        ("sprints: []", 1, "sprints cannot be read", "Write {first: 2026-01-05, days: 14}, or a list of first days."),
        ("sprints:\n  days: 14", 2, "sprints cannot be read", "Write first: and the first day of any sprint."),
        ("sprints:\n  first: Monday", 2, "first cannot be read", "Write a day such as 2026-12-24."),
        ("sprints:\n  first: 2026-01-05\n  days: 0", 3, "A sprint of 0 days cannot be used", "Write 1 to 366."),
        ("sprints:\n  first: 2026-01-05\n  length: 14", 3, "“length” says nothing of sprints", "Write first: and "),
        (
            "sprints:\n  - 2026-01-19\n  - 2026-01-05",
            3,
            "The sprint of 2026-01-05 does not come after the one of 2026-01-19",
            "Write the first days in order.",
        ),
    ],
)
def test_what_cannot_be_used_is_named_at_its_line(text: str, line: int, message: str, remedy: str) -> None:
    """The error has the file, the line, what stands there, and what to write."""
    with pytest.raises(SettingError) as caught:
        settings_of(text)
    error = caught.value
    assert (error.path, error.line, error.message) == ("playbook/playbook.yml", line, message)
    assert error.remedy.startswith(remedy)


def test_each_command_ends_with_2_at_a_calendar_that_is_not_there(
    failforward: Callable[..., subprocess.CompletedProcess[str]], make_playbook: Callable[..., Path]
) -> None:
    """Nothing is counted by a calendar that was misread."""
    root = make_playbook(settings="title: Ours\nclocks:\n  working_days: true\n  holidays: DE-XY\n")
    for command in ("due", "check"):
        done = failforward(command, cwd=root.parent)
        assert done.returncode == 2
        assert "playbook/playbook.yml:4: holidays: the calendar of DE has no part “XY”" in done.stderr


def test_without_the_library_the_message_says_how_to_get_it(
    program: Callable[..., subprocess.CompletedProcess[str]], make_playbook: Callable[..., Path], tmp_path: Path
) -> None:
    """The library is an extra; a playbook that asks for it where it is missing is told so, at the line."""
    (tmp_path / "without").mkdir()
    (tmp_path / "without/holidays.py").write_text("raise ImportError('not installed')\n", "utf-8")
    root = make_playbook(settings="clocks:\n  working_days: true\n  holidays: DE\n")
    path = os.pathsep.join((str(tmp_path / "without"), str(ROOT / "plugins")))
    done = program("due", cwd=root.parent, environment={"PYTHONPATH": path})
    assert done.returncode == 2
    assert done.stderr.startswith("failforward: playbook/playbook.yml:3: The library of holiday calendars is not")
    assert 'pip install "failforward[calendar]"' in done.stderr
