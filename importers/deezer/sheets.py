"""What a row of each sheet is. Titles of columns are English in French accounts too; French ones are reported."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from importers.formats import row_facts
from importers.formats.dates import DateReader, Layout
from importers.formats.row_facts import Cells, Line, Make, named
from importers.formats.tables import rest
from importers.records import Handle, Item, Kind, Moment, Party, Record, Role

ACCOUNT = ("creationData", "customizationData")
"""Sheets of one row that together say whose account it is."""

_ALIASES = {
    "Titre": "Song Title",
    "Artiste": "Artist",
    "Titre de l'album": "Album Title",
    "Durée d'écoute": "Listening Time",
    "Date d'écoute": "Date",
}
_DAYS = DateReader(Layout.YEAR_FIRST)
_SAVED_AGAIN = DateReader(Layout.EXCEL_DAYS)
"""How a spreadsheet writes the dates of a workbook that a person has saved again."""


def records(sheet: str, found: Sequence[Line]) -> Iterator[Record]:
    """The facts of a sheet. ``sheet``: its name without the number."""
    if sheet == "listeningHistory":
        lines = (Line(line.position, _english(line.cells)) for line in found)
        yield from row_facts.facts(lines, _listened, "Date", _moment)
    elif sheet == "tracking":
        yield from row_facts.facts(found, _tracked, "Date", _moment)
    elif sheet == "businessData":
        yield from row_facts.facts(found, _offer)
    elif sheet == "setupData":
        yield from row_facts.facts(found, partial(_other, sheet, Kind.SETTING))
    elif sheet == "playlistCreated":
        yield from row_facts.facts(found, _in_playlist)
    elif sheet.startswith("favorite"):
        yield from row_facts.facts(found, partial(_favourite, sheet))
    else:
        make: Make = partial(_other, sheet, Kind.OTHER)
        yield from row_facts.facts(found, make)


def holder(account: Mapping[str, Cells]) -> Party:
    """The person who holds the account."""
    cells = {name: cell for sheet in ACCOUNT for name, cell in account.get(sheet, {}).items()}
    name = " ".join(part for part in named(cells, "Firstname", "Lastname") if part)
    handles = (("id", "User id"), ("email", "Email address"), ("user", "Username"))
    return Party(
        key=("account", cells.get("User id") or cells.get("Email address", "")),
        name=name or cells.get("Username", ""),
        handles=tuple(Handle(type_, cells[column]) for type_, column in handles if cells.get(column)),
        details=cells,
    )


def _moment(text: str) -> Moment | None:
    return _DAYS.moment(text) or _SAVED_AGAIN.moment(text)


def _english(cells: Cells) -> Cells:
    return {_ALIASES.get(name.replace("’", "'"), name): cell for name, cell in cells.items()}


def _listened(cells: Cells, when: Moment | None) -> Item:
    """A play from its start; ``-1`` seconds means that nobody knows how long it was.

    The stamps have no zone and are taken as UTC, as all known readers do.
    """
    seconds = cells.get("Listening Time", "")
    known = seconds.isascii() and seconds.isdigit() and len(seconds) < 9
    artist, device = cells.get("Artist", ""), cells.get("Platform Model", "")
    parties = (Role("artist", artist),) if artist else ()
    return Item(
        kind=Kind.LISTEN,
        key=("listen", *named(cells, "Date", "ISRC", "Listening Time", "Platform Name")),
        when=when,
        end=when.us + int(seconds) * 1_000_000 if when and known else None,
        title=cells.get("Song Title", ""),
        parties=(*parties, Role("device", device)) if device else parties,
        details=rest(cells, {"Song Title"} | ({"Date"} if when else set())),
    )


def _favourite(sheet: str, cells: Cells, _: Moment | None) -> Item:
    title = next((cells[name] for name in _TITLES if cells.get(name)), "")
    artist = cells.get("Artists") or cells.get("Artist", "")
    return Item(
        kind=Kind.BOOKMARK,
        key=("favourite", sheet, cells.get("Link") or title),
        title=title,
        parties=(Role("artist", artist),) if artist and artist != title else (),
        details={"list": sheet} | cells,
    )


_TITLES = ("Song Title", "Album Title", "Playlist Title", "Artist", "Title", "Name")


def _in_playlist(cells: Cells, _: Moment | None) -> Item:
    artist = cells.get("Artists", "")
    return Item(
        kind=Kind.BOOKMARK,
        key=("playlist", *named(cells, "Playlist Link", "Track Link")),
        title=cells.get("Song Title", ""),
        parties=(Role("artist", artist),) if artist else (),
        details=cells,
    )


def _offer(cells: Cells, _: Moment | None) -> Item:
    """The subscription, from the day when the paid offer began."""
    start = _moment(cells.get("Paid offer start date", ""))
    return Item(
        kind=Kind.SUBSCRIPTION,
        key=("offer", *named(cells, "Current Offer", "Paid offer start date")),
        when=start,
        title=cells.get("Current Offer", ""),
        details=cells,
    )


def _tracked(cells: Cells, when: Moment | None) -> Item:
    """A campaign that brought the person to Deezer, or back."""
    return Item(
        kind=Kind.AD,
        key=("tracking", *named(cells, "Date", "Source", "Platform", "Tracking campaign", "Content")),
        when=when,
        title=cells.get("Tracking campaign", ""),
        details=rest(cells, {"Tracking campaign"} | ({"Date"} if when else set())),
    )


def _other(sheet: str, kind: Kind, cells: Cells, _: Moment | None) -> Item:
    return Item(
        kind=kind,
        key=(sheet, *(part for pair in sorted(cells.items()) for part in pair)),
        title=sheet,
        details=cells,
    )
