"""Calendars: every real one gives its events; a bad line costs itself alone; nothing is lost."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from importers.records import Handle, Item, Kind, Moment, Precision, Role
from tests.importing import Run, check_golden, run, sample

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "agenda"
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


def read(tmp_path: Path, *lines: str) -> Run:
    """A calendar with these lines, read."""
    path = tmp_path / "a.ics"
    path.write_bytes("\r\n".join(["BEGIN:VCALENDAR", *lines, "END:VCALENDAR", ""]).encode())
    return run(path)


def event(*lines: str, uid: str = "1") -> list[str]:
    """The lines of an event."""
    return ["BEGIN:VEVENT", *([f"UID:{uid}"] if uid else []), *lines, "END:VEVENT"]


def entries(result: Run) -> list[Item]:
    """Events, tasks and notes."""
    return [item for item in result.items if item.kind is not Kind.SETTING]


def lines(item: Item) -> list[str]:
    """The lines of an entry."""
    return item.details["lines"]  # type: ignore[index,no-any-return,call-overload]


def us(*parts: int) -> int:
    """A time in UTC as microseconds."""
    return int(datetime(*parts, tzinfo=UTC).timestamp()) * 1_000_000  # type: ignore[misc,arg-type]


@pytest.mark.parametrize(("name", "events"), EVENTS.items())
def test_a_real_calendar_gives_its_events_also_under_a_meaningless_name(name: str, events: int, tmp_path: Path) -> None:
    copy = tmp_path / "x.bin"
    copy.write_bytes(sample(f"standards/icalendar/{name}").read_bytes())
    result = run(copy)
    assert result.kinds.get("event", 0) == events
    assert result.outcomes == {"read": 1}
    assert all(item.when is not None for item in entries(result))


@pytest.mark.parametrize("name", EVENTS)
def test_every_property_of_a_real_calendar_is_in_a_column_or_in_the_details(name: str) -> None:
    data = sample(f"standards/icalendar/{name}").read_text(encoding="utf-8")
    result = run(sample(f"standards/icalendar/{name}"))
    unfolded = re.sub(r"\r?\n(?:\r?\n)*[ \t]", "", data)
    kept = {line for item in result.items for line in lines(item)}
    columns = {f"{column}:{value}" for item in result.items for column, value in
               (("SUMMARY", item.title), ("DESCRIPTION", item.text))}  # fmt: skip
    framing = re.compile(r"(?:BEGIN|END):(?:VCALENDAR|VEVENT)")
    lost = [line for line in unfolded.splitlines() if line.strip() and not framing.fullmatch(line) and line not in kept]
    assert [line for line in lost if line.replace("\\n", "\n").replace("\\,", ",") not in columns] == []


def test_a_calendar_gives_what_stands_in_it(*, regenerate: bool) -> None:
    check_golden(FIXTURES / "chorale.ics", FIXTURES / "chorale.golden.jsonl", regenerate=regenerate)


def test_a_bad_line_is_told_with_its_number_and_the_event_is_kept_with_it(tmp_path: Path) -> None:
    result = read(tmp_path, *event("X-APPLE-RADIUS=49.9", "DTSTART:20240312T080000Z", "DURATION:PT1H", "SUMMARY:Chorale\\, salle B"))  # fmt: skip
    assert [(n.reason, n.position) for _, n in result.notices] == [("agenda-line", "line 4")]
    (item,) = entries(result)
    assert item.title == "Chorale, salle B"
    assert item.when is not None
    assert item.end == item.when.us + 3_600_000_000
    assert "X-APPLE-RADIUS=49.9" in lines(item)


@pytest.mark.parametrize(
    ("start", "stamp", "offset"),
    [
        ("DTSTART:20240701T100000Z", us(2024, 7, 1, 10), None),
        ("DTSTART;TZID=Europe/Paris:20240701T100000", us(2024, 7, 1, 8), 120),
        ('DTSTART;TZID="Europe/Paris":20240101T100000', us(2024, 1, 1, 9), 60),
        ("DTSTART;TZID=/mozilla.org/20070129_1/Europe/Paris:20240701T100000", us(2024, 7, 1, 8), 120),
        ("DTSTART;TZID=Romance Standard Time:20240701T100000", us(2024, 7, 1, 8), 120),
        ("DTSTART;TZID=Tokyo Standard Time:20240701T100000", us(2024, 7, 1, 1), 540),
        ("DTSTART:20240701T100000", us(2024, 7, 1, 8), None),
    ],
)
def test_times_are_placed_by_their_zone(start: str, stamp: int, offset: int | None, tmp_path: Path) -> None:
    assert entries(read(tmp_path, *event(start)))[0].when == Moment(stamp, offset)


@pytest.mark.parametrize(("month", "hour"), [(1, 9), (7, 8), (12, 9)])
def test_a_zone_that_only_the_file_knows_is_read_from_it_wherever_it_stands(
    month: int, hour: int, tmp_path: Path
) -> None:
    definition = ["BEGIN:VTIMEZONE", "TZID:Maison",
                  "BEGIN:STANDARD", "DTSTART:19701025T030000", "TZOFFSETFROM:+0200", "TZOFFSETTO:+0100",
                  "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU", "END:STANDARD",
                  "BEGIN:DAYLIGHT", "DTSTART:19700329T020000", "TZOFFSETFROM:+0100", "TZOFFSETTO:+0200",
                  "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", "END:DAYLIGHT", "END:VTIMEZONE"]  # fmt: skip
    result = read(tmp_path, *event(f"DTSTART;TZID=Maison:2024{month:02d}01T100000"), *definition)
    (item,) = entries(result)
    assert item.when is not None
    assert item.when.us == us(2024, month, 1, hour)
    assert not result.notices


def test_a_zone_that_nobody_knows_is_told_and_the_calendars_own_is_taken(tmp_path: Path) -> None:
    result = read(tmp_path, "X-WR-TIMEZONE:Asia/Tokyo", *event("DTSTART;TZID=Nulle part:20240701T100000"))
    assert entries(result)[0].when == Moment(us(2024, 7, 1, 1))
    assert [n.reason for _, n in result.notices] == ["agenda-zone"]


def test_the_zone_of_one_calendar_is_not_that_of_the_next(tmp_path: Path) -> None:
    first = ["X-WR-TIMEZONE:Asia/Tokyo", *event("DTSTART:20240701T100000"), "END:VCALENDAR", "BEGIN:VCALENDAR"]
    result = read(tmp_path, *first, *event("DTSTART:20240701T100000", uid="2"))
    assert [item.when for item in entries(result)] == [Moment(us(2024, 7, 1, 1)), Moment(us(2024, 7, 1, 8))]


@pytest.mark.parametrize(
    ("more", "days"), [([], 1), (["DTEND;VALUE=DATE:20240703"], 2), (["DTEND;VALUE=DATE:20240701"], 1)]
)
def test_whole_days_have_the_precision_of_a_day(more: list[str], days: int, tmp_path: Path) -> None:
    (item,) = entries(read(tmp_path, *event("DTSTART;VALUE=DATE:20240701", *more)))
    assert item.when == Moment(us(2024, 7, 1), None, Precision.DAY)
    assert item.end == us(2024, 7, 1 + days)


def test_an_event_that_was_moved_stays_the_same_one(tmp_path: Path) -> None:
    before = entries(read(tmp_path, *event("DTSTART:20240701T100000Z", "SEQUENCE:0")))[0]
    after = entries(read(tmp_path, *event("DTSTART:20240708T100000Z", "SEQUENCE:1")))[0]
    assert (before.key, before.stable) == (after.key, True)


def test_one_changed_occurrence_is_an_event_of_its_own(tmp_path: Path) -> None:
    rule = event("DTSTART:20240701T100000Z", "RRULE:FREQ=WEEKLY")
    changed = event("RECURRENCE-ID:20240708T100000Z", "DTSTART:20240709T100000Z")
    result = read(tmp_path, *rule, *changed)
    assert result.kinds["event"] == 2
    assert "RRULE:FREQ=WEEKLY" in lines(entries(result)[0])
    assert [n.reason for _, n in result.notices] == ["agenda-repeating"]


def test_two_different_events_that_share_a_number_are_two(tmp_path: Path) -> None:
    one, two = event("DTSTART:20240701T100000Z", "SUMMARY:a"), event("DTSTART:20240801T100000Z", "SUMMARY:b")
    assert read(tmp_path, *one, *two, *one).kinds["event"] == 2


def test_events_without_a_number_are_known_by_what_they_say(tmp_path: Path) -> None:
    one = event("DTSTART:20240701T100000Z", "DTSTAMP:20240101T000000Z", "SUMMARY:a", uid="")
    same = event("DTSTART:20240701T100000Z", "DTSTAMP:20250101T000000Z", "SUMMARY:a", uid="")
    other = event("DTSTART:20240701T100000Z", "SUMMARY:a", "LOCATION:ailleurs", uid="")
    assert read(tmp_path, *one, *same, *other).kinds["event"] == 2


def test_tasks_and_notes_are_told_apart_and_a_task_needs_no_date(tmp_path: Path) -> None:
    task, note = ["BEGIN:VTODO", "UID:t", "SUMMARY:un jour", "END:VTODO"], ["BEGIN:VJOURNAL", "UID:n", "END:VJOURNAL"]
    result = read(tmp_path, *task, *note)
    assert (result.kinds["task"], result.kinds["note"]) == (1, 1)
    assert not result.notices


def test_alarms_stay_in_the_event_and_do_not_speak_for_it(tmp_path: Path) -> None:
    alarm = ["BEGIN:VALARM", "DESCRIPTION:Rappel", "ATTENDEE:mailto:x@exemple.org", "END:VALARM"]
    (item,) = entries(read(tmp_path, *event("DTSTART:20240701T100000Z", *alarm)))
    assert (item.text, item.parties) == ("", ())
    assert [line for line in lines(item) if line in alarm] == alarm


def test_people_places_and_what_is_neither(tmp_path: Path) -> None:
    people = ["ORGANIZER;CN=Rose:MAILTO:rose@exemple.org", "ATTENDEE;CN=Salle:urn:uuid:7", "LOCATION:Grenoble"]
    (item,) = entries(read(tmp_path, *event("DTSTART:20240701T100000Z", *people, "GEO:45.18;5.72")))
    assert item.parties == (
        Role("organizer", "Rose", Handle("email", "rose@exemple.org")),
        Role("attendee", "Salle", None),
        Role("place", "Grenoble"),
    )
    assert (item.lat, item.lon) == (45.18, 5.72)


@pytest.mark.parametrize("bad", ["DTSTART:INVALID-DATE", "DTSTART;;VALUE=DATE:20240701", "DTSTART:99999999T999999"])
def test_an_event_without_a_readable_date_is_kept_and_told(bad: str, tmp_path: Path) -> None:
    result = read(tmp_path, *event(bad, "SUMMARY:x"))
    (item,) = entries(result)
    assert (item.title, item.when) == ("x", None)
    assert bad in lines(item)
    assert "agenda-no-time" in [n.reason for _, n in result.notices]


def test_odd_lengths_and_offsets_break_nothing(tmp_path: Path) -> None:
    zone = ["BEGIN:VTIMEZONE", "TZID:X", "BEGIN:STANDARD", "DTSTART:20000101T000000", "TZOFFSETFROM:+0100",
            "TZOFFSETTO:+5744", "END:STANDARD", "END:VTIMEZONE"]  # fmt: skip
    odd = event("DTSTART;TZID=X:20240701T100000", "DURATION:P100000000000000000W", "RDATE:", "RRULE:FREQ=JAMAIS")
    (item,) = entries(read(tmp_path, *zone, *odd))
    assert (item.when, item.end) == (Moment(us(2024, 7, 1, 8)), None)


def test_a_missing_end_is_told_and_the_next_event_is_read(tmp_path: Path) -> None:
    first = event("DTSTART:20240701T100000Z", "SUMMARY:a")[:-1]
    result = read(tmp_path, *first, *event("DTSTART:20240801T100000Z", "SUMMARY:b", uid="2"))
    assert [item.title for item in entries(result)] == ["a", "b"]
    assert [(n.reason, n.position) for _, n in result.notices] == [("agenda-cut-off", "line 2")]


def test_a_calendar_that_stops_in_an_event_gives_what_it_can(tmp_path: Path) -> None:
    path = tmp_path / "cut.ics"
    path.write_bytes(b"\xef\xbb\xbf\n\nBEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20240701T100000Z\nSUMMARY:a")
    result = run(path)
    assert [item.title for item in entries(result)] == ["a"]
    assert [n.reason for _, n in result.notices] == ["agenda-cut-off"]


def test_a_fold_inside_a_character_is_mended(tmp_path: Path) -> None:
    path = tmp_path / "a.ics"
    path.write_bytes(
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:F\xc3\r\n \xaate\r\nDTSTART:20240701T100000Z\r\nEND:VEVENT\r\n"
    )
    assert entries(run(path))[0].title == "Fête"


def test_bytes_in_a_line_are_a_file(tmp_path: Path) -> None:
    result = run(FIXTURES / "chorale.ics")
    assert result.files["chant.txt"] == b"La la la"
