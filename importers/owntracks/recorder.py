"""The files of OwnTracks' recorder, ``rec/<user>/<device>/2024-03.rec``: a message a line.

Facts: a recording of 2024 from the tests of a public project. A line is the time of receipt, a mark (``*``, ``lwt``,
``waypoints``, ``event``) and JSON, apart by tabs or spaces. The time of the fix is ``tst`` within the JSON. One fix may
come several times, sent again with another ``created_at``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from importers.contract import Member, Rule, importer
from importers.formats.dates import DateReader, Layout
from importers.formats.fixes import DECODER, Fixes
from importers.formats.json_records import Alike
from importers.formats.row_facts import numbered
from importers.formats.text_lines import Line, text_lines
from importers.records import Item, Kind, Moment, Notice, Precision, Record, Role

_LONGEST = 1 << 20
_PLACED = frozenset({"lat", "lon", "tst"})
_NUMERIC = frozenset(
    {"acc", "alt", "vac", "vel", "cog", "batt", "bs", "p", "m", "created_at", "rad", "wtst", "received"}
)
_INCIDENTAL = frozenset({"created_at", "received", "mark"})
_KINDS = {"transition": Kind.EVENT, "waypoint": Kind.BOOKMARK}
_STAMPS = DateReader(Layout.YEAR_FIRST)


@importer(
    Rule(members=("**/*.rec",), contains=('"_type"', '"tst"')),
    Rule(contains=('"_type":"location"', '"tst":', '"tid":')),
    source="owntracks",
    reads="positions, transitions and places",
    status="documents",
)
def recorder(member: Member) -> Iterator[Record]:
    """Fixes are the series ``position`` (UTC; accuracy in m, speed in km/h, pressure in kPa, battery in %).

    Entering or leaving a region is an `event`, a place of one's own a `bookmark`, all other messages are `other`.
    """
    fixes = Fixes(_NUMERIC, _INCIDENTAL)
    alike = Alike()
    with member.open() as stream:
        for line in text_lines(stream, _LONGEST):
            if line.error is not None:
                yield from fixes.rest()
                raise line.error
            if line.lost or not line.text.strip():
                if line.lost:
                    yield Notice("table-row", f"line {line.number}")
                continue
            record = _read(line, fixes)
            if record is not None:
                yield numbered(record, alike) if isinstance(record, Item) else record
            yield from fixes.due()
    yield from fixes.rest()


def _read(line: Line, fixes: Fixes) -> Item | Notice | None:
    """The item of a line; None when its fix was taken."""
    before, brace, after = line.text.partition("{")
    try:
        message = DECODER.decode(brace + after)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, ArithmeticError):
        return Notice("json-broken", f"line {line.number}")
    received, _, mark = before.strip().partition("\t" if "\t" in before else " ")
    if not isinstance(message, dict):
        return Notice("table-record", f"line {line.number}")
    receipt = _STAMPS.moment(received)
    when = _moment(message.get("tst")) or receipt
    fields = {name: value for name, value in message.items() if name not in _PLACED}
    fields |= {"mark": mark.strip()} if mark.strip() else {}
    if receipt is not None:
        fields["received"] = receipt.us // 1_000_000
    located = message.get("_type") == "location" and when is not None
    if located and when is not None and fixes.add(when, message.get("lat"), message.get("lon"), fields):
        return None
    return _item(msgspec.json.decode(brace + after), when, {"mark": mark.strip(), "received": received})


def _item(message: dict[str, Any], when: Moment | None, around: dict[str, str]) -> Item:
    sort = str(message.get("_type") or "")
    lat, lon = message.get("lat"), message.get("lon")
    try:
        place = (float(str(lat)), float(str(lon))) if lat is not None and lon is not None else (None, None)
    except ValueError:
        place = None, None
    device = str(message.get("tid") or "")
    title = " ".join(str(message[name]) for name in ("event", "desc") if message.get(name))
    return Item(
        kind=_KINDS.get(sort, Kind.OTHER),
        key=(sort, str(message.get("tst") or around["received"]), device, title),
        when=when,
        title=title or sort,
        lat=place[0],
        lon=place[1],
        parties=(Role("device", device),) if device else (),
        details=message | around,
    )


def _moment(value: Any) -> Moment | None:
    """Seconds since 1970, as a whole number."""
    if isinstance(value, int) and not isinstance(value, bool) and 0 < value < 1 << 33:
        return Moment(value * 1_000_000, None, Precision.SECOND)
    return None
