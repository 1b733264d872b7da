"""Plays of Last.fm, as a widely used tool saves them: Last.fm has no export of its own.

Facts: the reader of that tool's files, a JSON list with the newest play first.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from importers.contract import Member, Rule, importer
from importers.formats.dates import DateReader, Layout
from importers.formats.json_records import Alike, entries, text
from importers.formats.row_facts import numbered
from importers.records import Item, Kind, Moment, Notice, Record, Role

_SECONDS = DateReader(Layout.UNIX_SECONDS)


@importer(
    Rule(
        members=("**/*lastfm*.json", "**/*last.fm*.json", "**/scrobbles*.json"),
        shape="json-array",
        keys=frozenset({"date", "artist", "name", "album"}),
        named=True,
    ),
    source="lastfm",
    reads="listening",
)
def scrobbles(member: Member) -> Iterator[Record]:
    """A `listen` for each play (UTC). One that was on while the list was saved has no time."""
    alike = Alike()
    for entry in entries(member):
        if isinstance(entry, Notice):
            yield entry
            continue
        when = _moment(entry.fields.get("date"))
        if when is None and entry.fields.get("date") is not None:
            yield Notice("table-date", entry.position, "date")
        artist, title = text(entry.fields, "artist"), text(entry.fields, "name")
        yield numbered(
            Item(
                kind=Kind.LISTEN,
                key=("scrobble", when.us if when else "", artist, title, text(entry.fields, "album")),
                when=when,
                title=title,
                parties=(Role("artist", artist),) if artist else (),
                details=entry.text,
            ),
            alike,
        )


def _moment(value: Any) -> Moment | None:
    return _SECONDS.moment(str(value)) if isinstance(value, str | int) else None
