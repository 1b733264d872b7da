"""Apple Music and the TV app, from Apple's privacy page (``Apple_Media_Services``, a zip within the zip).

Facts from documents and other people's parsers, no real file. ``Apple Music Play Activity.csv`` has a row for each
event, and pauses make several rows of one listening. Until 2020 the song is ``Content Name`` with its artist; since
then it is ``Song Name``, and the artist must be looked up in the table of days.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

import msgspec

from importers.apple.stamps import moment
from importers.apple.table_rows import Cells, Shape, items
from importers.contract import Archive, Member, Rule, importer
from importers.formats import json_records, tables
from importers.formats.json_records import Alike
from importers.records import Item, Kind, Moment, Notice, Precision, Record, Role

_PLAYS = ("Event Type", "Event End Timestamp", "Play Duration Milliseconds")
_DAYS = ("Track Description", "Date Played", "Play Duration Milliseconds")
_TRACK_FILES = ("**/Apple Music - Play History Daily Tracks*.csv",)
_REMEMBERED = 200_000
_DAY = Shape("day", Kind.OTHER, ("Date Played",), ("Track Description",))


@importer(
    Rule(header=frozenset(_PLAYS)), source="apple", reads="songs played", product="media-services", first=110, weight=1
)
def plays(member: Member) -> Iterator[Record]:
    """A `listen` for each end of playing after some time; all other events are `other`. Times are UTC."""

    def play(alike: Alike, cells: Cells) -> Item:
        return _played(alike, cells, member.archive)

    yield from items(member, _PLAYS, play, ("Event Start Timestamp", "Event End Timestamp"))


def _played(alike: Alike, cells: Cells, archive: Archive) -> Item:
    song = cells.get("Song Name", "Content Name")
    artist = cells.get("Artist Name", "Container Artist Name") or (_artists(archive).get(song, "") if song else "")
    lasted = _whole(cells.get("Play Duration Milliseconds"))
    end = cells.moment("Event End Timestamp")
    start = cells.moment("Event Start Timestamp")
    offset = _whole(cells.get("UTC Offset In Seconds"))
    if start is None and end is not None:
        start = Moment(end.us - max(lasted or 0, 0) * 1000, end.offset, end.precision)
    if start is not None and offset is not None and abs(offset) <= 86_400:
        start = Moment(start.us, offset // 60, start.precision)
    event = cells.get("Event Type")
    same = (cells.get("Event End Timestamp"), song, lasted, cells.get("Device Identifier"), event)
    return Item(
        kind=Kind.LISTEN if event == "PLAY_END" and (lasted or 0) > 0 else Kind.OTHER,
        key=alike.key("play", *same),
        when=start,
        end=end.us if end and start and end.us >= start.us else None,
        title=song,
        parties=(Role("artist", artist),) if artist else (),
        details={name: text for name, text in cells.fields.items() if text},
    )


@importer(Rule(header=frozenset(_DAYS)), source="apple", reads="songs played, day by day", product="media-services")
def days(member: Member) -> Iterator[Record]:
    """What was played on a day, summed up. It repeats the plays, so it is `other` and no listening."""
    yield from items(member, _DAYS, _DAY.item, ("Date Played",))


def _artists(archive: Archive) -> dict[str, str]:
    """Song to artist, from ``Artist - Title``; '' where a title has several artists."""

    def look() -> dict[str, str]:
        found: dict[str, str] = {}
        for member in archive.find(*_TRACK_FILES):
            with member.open() as stream:
                for row in tables.rows(stream, _DAYS):
                    if isinstance(row, tables.Row) and len(found) < _REMEMBERED:
                        artist, dash, song = row.cells.get("Track Description", "").partition(" - ")
                        if dash:
                            found[song] = artist if found.get(song, artist) == artist else ""
        return found

    return cast("dict[str, str]", archive.memo("apple.artists", look))


@importer(
    Rule(shape="json-array", keys=frozenset({"Title", "Artist", "Track Identifier"})),
    Rule(members=("**/Apple Music Library Tracks.json",), shape="json-array", named=True),
    source="apple",
    reads="songs of the library",
    product="media-services",
)
def library(member: Member) -> Iterator[Record]:
    """A `bookmark` for each song that was added to the library; its counts of plays stay in the details."""
    alike = Alike()
    for entry in json_records.entries(member):
        if isinstance(entry, Notice):
            yield entry
            continue
        own = json_records.text(entry.fields, "Track Identifier", "Apple Music Track Identifier")
        title, artist = (json_records.text(entry.fields, name) for name in ("Title", "Artist"))
        yield Item(
            kind=Kind.BOOKMARK,
            key=alike.key("library", own or title, artist),
            stable=bool(own),
            when=moment(json_records.text(entry.fields, "Date Added To Library")),
            title=title,
            parties=(Role("artist", artist),) if artist else (),
            details=entry.text,
        )


@importer(
    Rule(shape="json-object", keys=frozenset({"events", "event_interpretation", "stored_event"})),
    source="apple",
    reads="films and series played",
    product="media-services",
)
def tv_app(member: Member) -> Iterator[Record]:
    """A `watch` for each event of the TV app, at its time in milliseconds (UTC)."""
    alike = Alike()
    for entry in json_records.entries(member):
        if isinstance(entry, Notice):
            yield entry
            continue
        stored = json_records.inner(entry.fields, "stored_event")
        said = json_records.inner(entry.fields, "event_interpretation")
        when = _milliseconds(stored.get("timestamp"))
        if when is None:
            yield Notice("table-date", entry.position, "timestamp")
        title = json_records.text(said, "human_readable_media_description")
        yield Item(
            kind=Kind.WATCH,
            key=alike.key("tv", when.us if when else None, title, msgspec.json.encode(stored).decode()),
            when=when,
            title=title,
            details=entry.text,
        )


def _milliseconds(value: Any) -> Moment | None:
    if isinstance(value, str) and value.isdecimal() and value.isascii():
        value = int(value[:18])
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < 4_102_444_800_000:
        return None
    return Moment(int(value * 1000), None, Precision.MILLISECOND)


def _whole(text: str) -> int | None:
    sign, digits = (-1, text[1:]) if text.startswith("-") else (1, text)
    return sign * int(digits) if digits.isdecimal() and digits.isascii() and len(digits) < 16 else None
