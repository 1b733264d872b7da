"""ListenBrainz' export: a play a line, in a file for each month.

Facts: reports and the documents of the interface; no real file was at hand.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from importers.contract import Member, Rule, importer
from importers.formats.json_records import Alike, inner, text
from importers.formats.row_facts import numbered
from importers.formats.text_lines import text_lines
from importers.records import Item, Kind, Moment, Notice, Precision, Record, Role

_LONGEST = 1 << 20


@importer(
    Rule(members=("**/listens/**/*.jsonl",), shape="json-lines", keys=frozenset({"listened_at", "track_metadata"})),
    Rule(shape="json-object", keys=frozenset({"listened_at", "track_metadata"})),
    source="listenbrainz",
    reads="listening",
)
def listens(member: Member) -> Iterator[Record]:
    """A `listen` for each play at its start (UTC); its end where the length of the track is known."""
    alike = Alike()
    with member.open() as stream:
        for line in text_lines(stream, _LONGEST):
            if line.error is not None:
                raise line.error
            if line.lost:
                yield Notice("table-row", f"line {line.number}")
            elif line.text.strip():
                yield from _line(line.text.strip(), f"line {line.number}", alike)


def _line(written: str, position: str, alike: Alike) -> Iterator[Record]:
    try:
        play = msgspec.json.decode(written)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        yield Notice("json-broken", position)
        return
    if not isinstance(play, dict):
        yield Notice("table-record", position)
        return
    when = _moment(play.get("listened_at"))
    if when is None:
        yield Notice("table-date", position, "listened_at")
    yield numbered(_item(play, written, when), alike)


def _item(play: dict[str, Any], written: str, when: Moment | None) -> Item:
    track = inner(play, "track_metadata")
    title, artist = text(track, "track_name"), text(track, "artist_name")
    lasted = inner(track, "additional_info").get("duration_ms")
    length = lasted * 1000 if isinstance(lasted, int) and 1 < lasted < 86_400_000 else None
    return Item(
        kind=Kind.LISTEN,
        key=("listen", when.us if when else "", text(play, "recording_msid") or title, artist),
        when=when,
        end=when.us + length if when and length else None,
        title=title,
        parties=(Role("artist", artist),) if artist else (),
        details=written.encode(),
    )


def _moment(value: Any) -> Moment | None:
    """Seconds since 1970; null means that the play has no time."""
    if isinstance(value, int) and not isinstance(value, bool) and 0 < value < 1 << 33:
        return Moment(value * 1_000_000, None, Precision.SECOND)
    return None
