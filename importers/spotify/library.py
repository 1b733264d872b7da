"""What is saved: playlists, the library, and whom the person follows.

Facts: real files of 2020. One object a file; names are those of the catalogue, addresses (``uri``) came later.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from importers.contract import Member, Rule, importer
from importers.records import Handle, Item, Kind, Notice, Record, Role
from importers.spotify.elements import Alike, Element, Fields, Single, elements
from importers.spotify.times import moment


@importer(
    Rule(shape="json-object", keys=frozenset({"playlists", "lastModifiedDate", "items"})),
    source="spotify",
    reads="playlists",
    status="proven",
)
def playlists(member: Member) -> Iterator[Record]:
    """Each song, episode or file of a playlist is a `bookmark`, with the day when it was added if the file says so.

    The playlist itself is `other`, at the day of its last change.
    """
    alike = Alike()
    for element in elements(member):
        if isinstance(element, Notice):
            yield element
        elif element.key == "playlists" and isinstance(element.value, dict):
            yield from _playlist(element.value, element.number, alike)
        else:
            yield alike.numbered(_unknown("playlists", element))


def _playlist(playlist: Fields, number: int, alike: Alike) -> Iterator[Record]:
    name, changed, entries = str(playlist.get("name") or ""), playlist.get("lastModifiedDate"), playlist.get("items")
    yield alike.numbered(
        Item(
            kind=Kind.OTHER,
            key=("playlist", name, str(changed)),
            when=moment(changed),
            title=name,
            text=str(playlist.get("description") or ""),
            details={key: value for key, value in playlist.items() if key != "items" or not isinstance(entries, list)},
        )
    )
    for entry in entries if isinstance(entries, list) else []:
        if not isinstance(entry, dict):
            yield Notice("table-record", f"record {number}", "items")
        yield alike.numbered(_entry(name, entry if isinstance(entry, dict) else {"value": entry}))


def _entry(playlist: str, entry: Fields) -> Item:
    """A song has names of song, artist and album, an episode of itself and its show, a local file an address only."""
    thing = next((value for value in entry.values() if isinstance(value, dict)), {})
    title = _first(thing, "trackName", "episodeName", "chapterName", "audiobookName", "name", "uri")
    artist = _first(thing, "artistName", "showName", "authorName")
    return Item(
        kind=Kind.BOOKMARK,
        key=("playlist-entry", playlist, title, artist, _first(thing, "albumName"), str(entry.get("addedDate") or "")),
        when=moment(entry.get("addedDate")),
        title=title,
        parties=(Role("artist", artist),) if artist else (),
        details={"playlist": playlist} | {key: value for key, value in entry.items() if value is not None},
    )


@importer(
    Rule(members=("**/YourLibrary.json",), shape="json-object", named=True),
    Rule(shape="json-object", keys=frozenset({"tracks", "artist", "album", "track"})),
    source="spotify",
    reads="library",
    status="proven",
)
def library(member: Member) -> Iterator[Record]:
    """Saved songs, albums, shows and episodes are `bookmark`s; what was hidden (``banned...``) is a `reaction`."""
    alike = Alike()
    for element in elements(member):
        if isinstance(element, Notice):
            yield element
        elif isinstance(element, Single) or not isinstance(element.value, dict | str):
            yield alike.numbered(_unknown("library", element))
        else:
            value = element.value if isinstance(element.value, dict) else {"name": element.value}
            yield alike.numbered(_saved(element.key, value))


def _saved(shelf: str, saved: Fields) -> Item:
    title = _first(saved, "track", "episode", "album", "name", "book", "uri")
    artist = _first(saved, "artist", "show", "publisher", "author")
    return Item(
        kind=Kind.REACTION if shelf.startswith("banned") else Kind.BOOKMARK,
        key=("library", shelf, title, artist, _first(saved, "album")),
        title=title,
        parties=(Role("artist", artist),) if artist else (),
        details={"list": shelf} | saved,
    )


@importer(
    Rule(shape="json-object", keys=frozenset({"followingArtists"})),
    Rule(shape="json-object", keys=frozenset({"followerCount", "followingUsersCount"})),
    source="spotify",
    reads="whom the person follows",
    status="proven",
)
def follows(member: Member) -> Iterator[Record]:
    """Who is followed is a `subscription`, who was blocked a `reaction`, a follower `other`; there are no times.

    The counts stand together in one `other`.
    """
    alike = Alike()
    counts: Fields = {}
    for element in elements(member):
        if isinstance(element, Notice):
            yield element
        elif isinstance(element, Single):
            counts[element.key] = element.value
        elif isinstance(element.value, str):
            yield alike.numbered(_followed(element.key, element.value))
        else:
            yield alike.numbered(_unknown("follow", element))
    if counts:
        yield alike.numbered(
            Item(kind=Kind.OTHER, key=("follow-counts", *sorted(map(str, counts.items()))), details=counts)
        )


def _followed(list_: str, name: str) -> Item:
    user = "user" in list_.casefold()
    return Item(
        kind=_LISTS.get(list_, Kind.SUBSCRIPTION),
        key=("follow", list_, name),
        title=name,
        parties=(Role("with" if user else "artist", name, Handle("user", name) if user else None),),
        details={"list": list_},
    )


_LISTS = {
    "userIsFollowedBy": Kind.OTHER,
    "userIsBlocking": Kind.REACTION,
    "dismissingUsers": Kind.REACTION,
}
"""What the lists are that the person does not follow."""


def _unknown(file: str, element: Element) -> Item:
    """Something that the facts do not know: kept as it is."""
    value: Any = element.value if isinstance(element.value, dict) else {"value": element.value}
    return Item(kind=Kind.OTHER, key=(file, element.key, str(element.value)), title=element.key, details=value)


def _first(thing: Fields, *names: str) -> str:
    found = (thing.get(name) for name in names)
    return next((value for value in found if isinstance(value, str) and value), "")
