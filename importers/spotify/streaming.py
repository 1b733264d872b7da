"""What was listened to: the account archive (a year, to the minute) and the extended history (all, to the second).

Facts: real files of 2020, documents of 2024 and 2025. Both give the END of a play in UTC; the start is the end less
the time played. The same play has one key in both: the minute of its end, names, and milliseconds played.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from importers.contract import Member, Rule, importer
from importers.records import Item, Kind, Moment, Notice, Record, Role
from importers.spotify.elements import Alike, Fields, elements
from importers.spotify.times import moment

_MINUTE = 60_000_000
_LONGEST = 10_000_000_000
"""Milliseconds (four months) from which on a time played is not believed."""


@importer(
    Rule(shape="json-array", keys=frozenset({"endTime", "msPlayed"})),
    source="spotify",
    reads="streaming history (account archive)",
    status="proven",
)
def account_history(member: Member) -> Iterator[Record]:
    """One `listen` a play of a song, an episode or a book, also of 0 ms; plays that are alike are all kept."""
    yield from _plays(member, _basic)


@importer(
    Rule(shape="json-array", keys=frozenset({"ts", "ms_played", "conn_country"})),
    source="spotify",
    reads="extended streaming history",
    status="proven",
    first=90,
)
def extended_history(member: Member) -> Iterator[Record]:
    """One `listen` a play, with every field of the original; of an archive with both histories it is read first.

    Plays of local or removed songs have no names: they are told apart by second, address and platform.
    """
    yield from _plays(member, _extended)


def _plays(member: Member, make: Callable[[Fields], Item | None]) -> Iterator[Record]:
    alike = Alike()
    for element in elements(member):
        if isinstance(element, Notice):
            yield element
            continue
        play = element.value if isinstance(element.value, dict) else None
        item = make(play) if play is not None else None
        if item is None:
            yield Notice("table-record", f"record {element.number}")
            item = Item(kind=Kind.OTHER, key=("unread-play", str(element.value)), details=_whole(element.value))
        yield alike.numbered(item)


def _whole(value: Any) -> Fields:
    return value if isinstance(value, dict) else {"value": value}


def _basic(play: Fields) -> Item | None:
    artist = _text(play, "artistName", "podcastName", "authorName", "audiobookName")
    title = _text(play, "trackName", "episodeName", "chapterName", "audiobookName")
    rest = {name: value for name, value in play.items() if name not in _TAKEN or value not in (artist, title)}
    return _listen(play, rest, moment(play.get("endTime")), play.get("msPlayed"), artist, title)


def _extended(play: Fields) -> Item | None:
    book = ("audiobook_title",) if play.get("audiobook_chapter_title") else ()
    artist = _text(play, "master_metadata_album_artist_name", "episode_show_name", *book)
    title = _text(play, "master_metadata_track_name", "episode_name", "audiobook_chapter_title", "audiobook_title")
    return _listen(play, play, moment(play.get("ts")), play.get("ms_played"), artist, title)


_TAKEN = frozenset({"artistName", "trackName", "podcastName", "episodeName"})


def _listen(
    play: Fields, details: Fields, ended: Moment | None, played: object, artist: str, title: str
) -> Item | None:
    if ended is None or not isinstance(played, int) or not 0 <= played < _LONGEST:
        return None
    same: tuple[object, ...] = ("listen", ended.us // _MINUTE, artist, title, played)
    if not title:
        addresses = [play.get(name) for name in ("spotify_track_uri", "spotify_episode_uri", "audiobook_uri")]
        same = (
            "listen",
            ended.us,
            *(str(address or "") for address in addresses),
            played,
            str(play.get("platform", "")),
        )
    return Item(
        kind=Kind.LISTEN,
        when=Moment(ended.us - played * 1000, None, ended.precision),
        end=ended.us,
        key=same,
        title=title,
        parties=(Role("artist", artist),) if artist else (),
        details=details,
    )


def _text(play: Fields, *names: str) -> str:
    found = (play.get(name) for name in names)
    return next((value for value in found if isinstance(value, str) and value), "")
