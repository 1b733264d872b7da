"""What was listened to: the account archive (a year, to the minute) and the extended history (all, to the second).

Both give the END of a play in UTC; the start is the end less the time played.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from importers.contract import Member, Rule, importer
from importers.formats import json_blocks
from importers.records import Item, Kind, Moment, Notice, Precision, Record, Role


@importer(
    Rule(shape="json-array", keys=frozenset({"endTime", "artistName", "trackName", "msPlayed"})),
    Rule(shape="json-array", keys=frozenset({"endTime", "podcastName", "episodeName", "msPlayed"})),
    source="spotify",
    reads="streaming history (account archive)",
    status="proven",
)
def account_history(member: Member) -> Iterator[Record]:
    """One listen a play; plays that are alike are told apart by a running number."""
    alike: Counter[tuple[object, ...]] = Counter()
    for number, play in _elements(member):
        if isinstance(play, Notice):
            yield play
            continue
        ended, played = _time(play.get("endTime"), "%Y-%m-%d %H:%M"), play.get("msPlayed")
        if ended is None or not isinstance(played, int):
            yield Notice("table-record", f"record {number}")
            continue
        artist = str(play.get("artistName", play.get("podcastName", "")))
        title = str(play.get("trackName", play.get("episodeName", "")))
        same = (ended // 60_000_000, artist, title, played)
        alike[same] += 1
        yield Item(
            kind=Kind.LISTEN,
            when=Moment(ended - played * 1000, None, Precision.MINUTE),
            end=ended,
            key=("listen", *same, alike[same]),
            title=title,
            parties=(Role("artist", artist),) if artist else (),
            details={name: value for name, value in play.items() if name not in _COLUMNS},
        )


@importer(
    Rule(shape="json-array", keys=frozenset({"ts", "ms_played", "master_metadata_track_name"})),
    source="spotify",
    reads="extended streaming history",
    status="proven",
)
def extended_history(member: Member) -> Iterator[Record]:
    """One listen a play, with every field of the original."""
    alike: Counter[tuple[object, ...]] = Counter()
    for number, play in _elements(member):
        if isinstance(play, Notice):
            yield play
            continue
        ended, played = _time(play.get("ts"), "%Y-%m-%dT%H:%M:%SZ"), play.get("ms_played")
        if ended is None or not isinstance(played, int):
            yield Notice("table-record", f"record {number}")
            continue
        artist = play.get("master_metadata_album_artist_name") or play.get("episode_show_name") or ""
        title = play.get("master_metadata_track_name") or play.get("episode_name") or play.get("audiobook_title") or ""
        same = (ended, str(artist), str(title), played, str(play.get("platform")))
        alike[same] += 1
        yield Item(
            kind=Kind.LISTEN,
            when=Moment(ended - played * 1000),
            end=ended,
            key=("extended", *same, alike[same]),
            title=str(title),
            parties=(Role("artist", str(artist)),) if artist else (),
            details=play,
        )


_COLUMNS = frozenset({"artistName", "trackName", "podcastName", "episodeName"})


def _elements(member: Member) -> Iterator[tuple[int, dict[str, Any] | Notice]]:
    with member.open() as stream:
        for event in json_blocks.read(stream, {"": dict[str, Any]}):
            match event:
                case json_blocks.Block():
                    yield from enumerate(event.elements, event.first + 1)
                case json_blocks.Broken():
                    yield 0, Notice("table-record", event.position)


def _time(text: object, form: str) -> int | None:
    try:
        stamp = datetime.strptime(str(text), form).replace(tzinfo=UTC)
    except ValueError:
        return None
    return int(stamp.timestamp()) * 1_000_000
