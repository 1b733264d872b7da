"""What was watched, heard and read with Amazon: Prime Video, Audible, Kindle.

Facts: a real table of Kindle sessions of 2025; for Prime Video and Audible the readers of public projects.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from importers.amazon.tables import american, in_words, iso, items
from importers.amazon.titles import title_of
from importers.contract import Member, Rule, importer
from importers.formats.row_facts import Cells, named
from importers.formats.tables import rest
from importers.records import Item, Kind, Moment, Precision, Record, Role

_WATCHED = ("Playback Hour", "Title")
_WATCHLIST = ("itemAddedDate", "catalogTitle")
_LIBRARY = ("DateAdded", "Title", "Asin")
_LISTENED = ("StartDate", "EventDuration", "Asin")
_SESSION = ("start_timestamp", "end_timestamp", "ASIN", "total_reading_millis")
_HOUR = 3_600_000_000


@importer(
    Rule(
        members=("**/Digital.PrimeVideo.Viewinghistory.csv", "**/Digital.PrimeVideo.ViewingHistory*.csv"),
        header=frozenset(_WATCHED),
    ),
    source="amazon",
    product="prime-video",
    reads="films and series watched",
)
def prime_video(member: Member) -> Iterator[Record]:
    """A `watch` in the hour in which it began (UTC); the archive says nothing finer and no duration."""
    yield from items(member, _WATCHED, _watched, "Playback Hour", _hour)


def _hour(text: str) -> Moment | None:
    found = american(text) or iso(text)
    return Moment(found.us, None, Precision.HOUR) if found and found.us % _HOUR == 0 else found


def _watched(cells: Cells, when: Moment | None) -> Item:
    return Item(
        kind=Kind.WATCH,
        key=("watch", *named(cells, "Playback Hour", "Title", "Device Type", "Operating System")),
        when=when,
        title=cells.get("Title", ""),
        details=rest(cells, {"Title"} | ({"Playback Hour"} if when else set())),
    )


@importer(
    Rule(header=frozenset(_WATCHLIST)),
    source="amazon",
    product="prime-video",
    reads="films and series to watch",
)
def watchlist(member: Member) -> Iterator[Record]:
    """Titles that are, or once were, on the list: a `bookmark`; one that was taken off says so in its details."""
    yield from items(member, _WATCHLIST, _listed, "itemAddedDate", american)


def _listed(cells: Cells, when: Moment | None) -> Item:
    return Item(
        kind=Kind.BOOKMARK,
        key=("watchlist", *named(cells, "itemAddedDate", "catalogTitle", "listId", "deleted")),
        when=when,
        title=cells.get("catalogTitle", ""),
        details=rest(cells, {"catalogTitle"} | ({"itemAddedDate"} if when else set())),
    )


@importer(
    Rule(members=("**/Audible.Library.csv",), header=frozenset(_LIBRARY)),
    source="amazon",
    product="audible",
    reads="audio books",
)
def audible_library(member: Member) -> Iterator[Record]:
    """The audio books of the library, from the day when they came into it: a `bookmark` each."""
    yield from items(member, _LIBRARY, _owned, "DateAdded", in_words)


def _owned(cells: Cells, when: Moment | None) -> Item:
    return Item(
        kind=Kind.BOOKMARK,
        key=("audible-library", *named(cells, "Asin", "DateAdded", "OrderNumber")),
        when=when,
        title=cells.get("Title", ""),
        details=rest(cells, {"Title"} | ({"DateAdded"} if when else set())),
    )


@importer(
    Rule(members=("**/Audible.Listening.csv",), header=frozenset(_LISTENED)),
    source="amazon",
    product="audible",
    reads="listening to audio books",
)
def audible_listening(member: Member) -> Iterator[Record]:
    """A `listen` for each stretch of listening, on its day; the table gives no time of day."""
    yield from items(member, _LISTENED, _listened, "StartDate", in_words)


def _listened(cells: Cells, when: Moment | None) -> Item:
    same = named(cells, "StartDate", "EndDate", "Asin", "StartPosition", "EndPosition", "EventDuration", "DeviceType")
    return Item(
        kind=Kind.LISTEN,
        key=("audible", *same),
        when=when,
        title=cells.get("Title") or cells.get("ProductName") or cells.get("Asin", ""),
        parties=(Role("device", cells["DeviceType"]),) if cells.get("DeviceType") else (),
        details=rest(cells, {"StartDate"} if when else ()),
    )


@importer(
    Rule(members=("**/Kindle.Devices.ReadingSession.csv",), header=frozenset(_SESSION)),
    source="amazon",
    product="kindle",
    reads="reading sessions",
    status="proven",
)
def reading_sessions(member: Member) -> Iterator[Record]:
    """A `read` from when a book was opened to when it was closed (UTC); the table names books by their
    number only, so that their names come from the purchases of the same archive.

    Where only the end is known the session stands at its end.
    """
    yield from items(member, _SESSION, partial(_read, member), "start_timestamp", iso)


def _read(member: Member, cells: Cells, when: Moment | None) -> Item:
    closed = iso(cells.get("end_timestamp", ""))
    lasted = when is not None and closed is not None and closed.us >= when.us
    device = cells.get("device_family", "")
    taken = {"start_timestamp"} if when is not None else set()
    if closed is not None and (lasted or when is None):
        taken.add("end_timestamp")
    return Item(
        kind=Kind.READ,
        key=("session", *named(cells, "start_timestamp", "end_timestamp", "ASIN", "device_serial_number")),
        when=when or closed,
        end=closed.us if closed is not None and lasted else None,
        title=title_of(member, cells.get("ASIN", "")),
        parties=(Role("device", device),) if device else (),
        details=rest(cells, taken),
    )
