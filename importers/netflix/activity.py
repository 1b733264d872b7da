"""What each profile did: watched, searched, rated, listed, clicked (folders CONTENT_INTERACTION and CLICKSTREAM).

Facts: real archives of 2023 and 2025. CSV, UTF-8, English titles of columns in accounts of other languages too. Titles
of films follow the language of the account, so they are no part of an identity where a time is.
"""

from __future__ import annotations

from collections.abc import Iterator

from importers.contract import Member, Rule, importer
from importers.formats.tables import rest
from importers.netflix.rows import Cells, items, named
from importers.netflix.stamps import length
from importers.records import Item, Kind, Moment, Record

_VIEWING = ("Profile Name", "Start Time", "Duration", "Title")
_SEARCH = ("Query Typed", "Displayed Name", "Utc Timestamp")
_RATING = ("Title Name", "Rating Type", "Thumbs Value")
_LIST = ("Title Name", "Utc Title Add Date")
_PREFERENCE = ("Show", "Has Watched", "Is Interested")
_PLAYBACK = ("Title Description", "Playback Start Utc Ts")
_CLICK = ("Navigation Level", "Click Utc Ts")


@importer(
    Rule(members=("**/ViewingActivity.csv",), header=frozenset(_VIEWING)),
    source="netflix",
    reads="viewing activity of all profiles",
    status="proven",
)
def viewing_activity(member: Member) -> Iterator[Record]:
    """A `watch` for each playback, from its start (UTC) for the time that was watched.

    What has a `Supplemental Video Type` (trailer, hook, recap) started by itself, mostly: it is kept as `other`, and
    counts for no watch time.
    """
    yield from items(member, _VIEWING, "Start Time", _viewed)


def _viewed(cells: Cells, when: Moment | None) -> Item:
    watched = length(cells.get("Duration", ""))
    taken = {"Start Time", "Title"} if when is not None else {"Title"}
    return Item(
        kind=Kind.OTHER if cells.get("Supplemental Video Type") else Kind.WATCH,
        key=("viewing-activity", *named(cells, "Profile Name", "Start Time", "Device Type", "Duration", "Bookmark")),
        when=when,
        end=when.us + watched if when is not None and watched is not None else None,
        title=cells.get("Title", ""),
        details=rest(cells, taken),
    )


@importer(
    Rule(members=("**/SearchHistory.csv",), header=frozenset(_SEARCH)),
    source="netflix",
    reads="searches",
    status="proven",
)
def searches(member: Member) -> Iterator[Record]:
    """What was typed until a result was chosen; the same words come once for each choice. Times are UTC."""
    yield from items(member, _SEARCH, "Utc Timestamp", _searched)


def _searched(cells: Cells, when: Moment | None) -> Item:
    same = named(cells, "Profile Name", "Utc Timestamp", "Query Typed", "Action", "Section", "Device")
    return Item(
        kind=Kind.SEARCH,
        key=("search", *same),
        when=when,
        title=cells.get("Query Typed") or cells.get("Displayed Name", ""),
        details=rest(cells, {"Utc Timestamp"} if when else ()),
    )


@importer(
    Rule(members=("**/Ratings.csv",), header=frozenset(_RATING)),
    source="netflix",
    reads="ratings",
    status="proven",
)
def ratings(member: Member) -> Iterator[Record]:
    """Thumbs (1 down, 2 up, 3 two up, 0 taken back) and, in old accounts, stars. Times are UTC."""
    yield from items(member, _RATING, "Event Utc Ts", _rated)


def _rated(cells: Cells, when: Moment | None) -> Item:
    same = named(cells, "Profile Name", "Event Utc Ts", "Title Name", "Rating Type", "Thumbs Value", "Star Value")
    return _titled(Kind.REACTION, "rating", same, cells, when, "Title Name", "Event Utc Ts")


@importer(
    Rule(members=("**/MyList.csv",), header=frozenset(_LIST)),
    source="netflix",
    reads="my list",
    status="proven",
)
def my_list(member: Member) -> Iterator[Record]:
    """Titles that are kept for later, with the day (UTC)."""
    yield from items(member, _LIST, "Utc Title Add Date", _listed)


def _listed(cells: Cells, when: Moment | None) -> Item:
    same = named(cells, "Profile Name", "Utc Title Add Date", "Title Name")
    return _titled(Kind.BOOKMARK, "my-list", same, cells, when, "Title Name", "Utc Title Add Date")


@importer(
    Rule(members=("**/IndicatedPreferences.csv",), header=frozenset(_PREFERENCE)),
    source="netflix",
    reads="preferences that were stated",
    status="proven",
)
def preferences(member: Member) -> Iterator[Record]:
    """Titles that the person chose or declined when asked, with the day (UTC)."""
    yield from items(member, _PREFERENCE, "Event Date", _preferred)


def _preferred(cells: Cells, when: Moment | None) -> Item:
    same = named(cells, "Profile Name", "Event Date", "Show", "Has Watched", "Is Interested")
    return _titled(Kind.REACTION, "preference", same, cells, when, "Show", "Event Date")


@importer(
    Rule(members=("**/PlaybackRelatedEvents.csv",), header=frozenset(_PLAYBACK)),
    source="netflix",
    reads="playback events",
    status="proven",
)
def playback_events(member: Member) -> Iterator[Record]:
    """Start, pause and stop of each playback of the last weeks, in ms. The viewing itself stands in another table."""
    yield from items(member, _PLAYBACK, "Playback Start Utc Ts", _played)


def _played(cells: Cells, when: Moment | None) -> Item:
    same = named(cells, "Profile Name", "Playback Start Utc Ts", "Device", "Playtraces")
    return _titled(Kind.OTHER, "playback", same, cells, when, "Title Description", "Playback Start Utc Ts")


@importer(
    Rule(members=("**/Clickstream.csv",), header=frozenset(_CLICK)),
    source="netflix",
    reads="pages and screens that were opened",
    status="proven",
)
def clicks(member: Member) -> Iterator[Record]:
    """Screens of the television, the telephone and the site; times are UTC."""
    yield from items(member, _CLICK, "Click Utc Ts", _clicked)


def _clicked(cells: Cells, when: Moment | None) -> Item:
    same = named(cells, "Profile Name", "Click Utc Ts", "Source", "Navigation Level", "Referrer Url", "Webpage Url")
    return Item(
        kind=Kind.PAGE_VISIT,
        key=("click", *same),
        when=when,
        title=cells.get("Webpage Url") or cells.get("Navigation Level", ""),
        details=rest(cells, {"Click Utc Ts"} if when else ()),
    )


def _titled(
    kind: Kind, what: str, same: tuple[str, ...], cells: Cells, when: Moment | None, title: str, time: str
) -> Item:
    return Item(
        kind=kind,
        key=(what, *same),
        when=when,
        title=cells.get(title, ""),
        details=rest(cells, {title, time} if when else {title}),
    )
