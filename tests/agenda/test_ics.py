"""Calendars: every real one gives its events; a bad line costs itself alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.importing import run, sample

EVENTS = {
    "example.ics": 3,
    "issue_313_globally_unique_tzid.ics": 3,
    "multiple_calendar_components.ics": 3,
    "calendar_with_unicode.ics": 0,
    "alarm_google_future.ics": 1,
    "alarm_thunderbird_future.ics": 1,
    "america_new_york.ics": 1,
    "timezoned.ics": 1,
    "x_location.ics": 1,
}


@pytest.mark.parametrize(("name", "events"), EVENTS.items())
def test_a_real_calendar_gives_its_events_also_under_a_meaningless_name(name: str, events: int, tmp_path: Path) -> None:
    copy = tmp_path / "x.bin"
    copy.write_bytes(sample(f"standards/icalendar/{name}").read_bytes())
    result = run(copy)
    assert result.kinds.get("event", 0) == events
    assert result.outcomes == {"read": 1}


def test_a_bad_line_is_told_with_its_number_and_the_event_is_kept(tmp_path: Path) -> None:
    lines = ["BEGIN:VCALENDAR", "BEGIN:VEVENT", "UID:1", "X-APPLE-RADIUS=49.9", "DTSTART:20240312T080000Z",
             "DURATION:PT1H", "SUMMARY:Chorale\\, salle B", "END:VEVENT", "END:VCALENDAR", ""]  # fmt: skip
    path = tmp_path / "a.ics"
    path.write_bytes("\r\n".join(lines).encode())
    result = run(path)
    assert [notice.position for _, notice in result.notices] == ["line 4"]
    (event,) = result.items
    assert event.title == "Chorale, salle B"
    assert event.when is not None
    assert event.end == event.when.us + 3_600_000_000
