"""Orange in the pilot: calls and short messages, places of the phone, films that were ordered.

Facts: the pilot's published files (invented persons). Stamps are UTC. ``chipType`` ``s`` says that ``length`` is in
seconds, ``M`` that it counts messages. A masked number (``336xxxxxx12``) identifies nobody. Places are those of cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from importers.columns import numbers, texts, times
from importers.contract import Member, Rule, importer
from importers.formats.french_stamps import moment
from importers.formats.json_records import Alike, Entry, entries, inner, text
from importers.formats.sniff import plain
from importers.records import Handle, Item, Kind, Moment, Notice, Record, Role, Samples

_BATCH = 20_000
_NUMBER = re.compile(r"\+?\d{3,15}\Z")
_OF_PLACE = frozenset({"timestamp", "latitude", "longitude", "radius", "msisdn"})


@importer(
    Rule(shape="json-array", keys=frozenset({"timestamp", "msisdn", "partner", "chipType"})),
    source="orange",
    reads="calls and short messages (MesInfos pilot)",
    languages=("fr",),
    status="proven",
)
def communications(member: Member) -> Iterator[Record]:
    """One `call` with its length, or one `message` without its text; the place is that of the cell."""
    alike = Alike()
    for entry in entries(member):
        when = None if isinstance(entry, Notice) else moment(entry.fields.get("timestamp"))
        if isinstance(entry, Notice):
            yield entry
            continue
        if when is None:
            yield Notice("table-date", entry.position, "timestamp")
        yield _communication(entry, when, alike)


def _communication(entry: Entry, when: Moment | None, alike: Alike) -> Item:
    fields = entry.fields
    sort = text(fields, "type")
    length = fields.get("length")
    is_call = "sms" not in plain(sort)
    seconds = length if is_call and fields.get("chipType") == "s" and isinstance(length, int) else None
    own, other = text(fields, "msisdn"), text(fields, "partner")
    roles = ("from", "to") if "sortant" in plain(sort) else ("to", "from")
    lat, lon = place(fields)
    return Item(
        kind=Kind.CALL if is_call else Kind.MESSAGE,
        key=alike.key("communication", text(fields, "timestamp"), own, other, sort, text(fields, "length")),
        when=when,
        end=when.us + seconds * 1_000_000 if when and seconds is not None and seconds >= 0 else None,
        title=sort,
        lat=lat,
        lon=lon,
        parties=tuple(
            Role(role, number, _phone(number)) for role, number in zip(roles, (own, other), strict=True) if number
        ),
        details=entry.text,
    )


def _phone(number: str) -> Handle | None:
    """A whole number in its international form; None for a masked one."""
    if not _NUMBER.match(number):
        return None
    return Handle("phone", f"+{number}" if number.startswith("33") and len(number) == 11 else number)


def place(fields: dict[str, Any]) -> tuple[float | None, float | None]:
    """Latitude and longitude in degrees; None and None where there is no place on earth."""
    try:
        lat, lon = float(fields["latitude"]), float(fields["longitude"])
    except (KeyError, TypeError, ValueError):
        return None, None
    return (lat, lon) if abs(lat) <= 90 and abs(lon) <= 180 else (None, None)


@importer(
    Rule(shape="json-array", keys=frozenset({"timestamp", "msisdn", "latitude", "radius"})),
    source="orange",
    reads="places of the phone (MesInfos pilot)",
    languages=("fr",),
)
def places(member: Member) -> Iterator[Record]:
    """A fix of the series of positions each; ``radius`` in metres is how far from it the phone may have been.

    A record without a sound time or place is kept as it is, and said.
    """
    alike = Alike()
    batch: list[tuple[Moment, dict[str, Any]]] = []
    for entry in entries(member):
        if isinstance(entry, Notice):
            yield entry
            continue
        when, (lat, lon) = moment(entry.fields.get("timestamp")), place(entry.fields)
        if when is None or lat is None:
            yield Notice("table-record", entry.position)
            yield Item(
                kind=Kind.OTHER,
                key=alike.key("place", entry.text.decode("utf-8", "replace")),
                when=when,
                lat=lat,
                lon=lon,
                details=entry.text,
            )
            continue
        batch.append((when, entry.fields))
        if len(batch) == _BATCH:
            yield from _positions(batch)
            batch = []
    yield from _positions(batch)


def _positions(batch: list[tuple[Moment, dict[str, Any]]]) -> Iterator[Samples]:
    by_phone: dict[str, list[tuple[Moment, dict[str, Any]]]] = {}
    for when, fields in batch:
        by_phone.setdefault(text(fields, "msisdn"), []).append((when, fields))
    for phone, rows in by_phone.items():
        more = sorted({name for _, fields in rows for name in fields} - _OF_PLACE)
        yield Samples(
            series="position",
            unit="deg",
            subject=phone,
            start=times(when.us for when, _ in rows),
            columns={
                "lat": numbers(text(fields, "latitude") for _, fields in rows),
                "lon": numbers(text(fields, "longitude") for _, fields in rows),
                "radius": numbers(text(fields, "radius") or None for _, fields in rows),
            }
            | {name: texts([text(fields, name) or None for _, fields in rows]) for name in more},
        )


@importer(
    Rule(shape="json-array", keys=frozenset({"timestamp", "clientId", "content", "action", "longId"})),
    source="orange",
    reads="films and series (MesInfos pilot)",
    languages=("fr",),
    status="proven",
)
def films(member: Member) -> Iterator[Record]:
    """One `watch` an order or viewing, with its price in euros when it was not free."""
    alike = Alike()
    for entry in entries(member):
        if isinstance(entry, Notice):
            yield entry
            continue
        fields, content = entry.fields, inner(entry.fields, "content")
        when = moment(fields.get("timestamp"))
        if when is None:
            yield Notice("table-date", entry.position, "timestamp")
        price = text(fields, "price")
        seen = fields.get("viewingDuration")
        paid = price if price not in {"", "0"} else ""
        same = (
            text(fields, "timestamp"),
            text(fields, "clientId"),
            text(content, "longId", "id"),
            text(fields, "action"),
        )
        yield Item(
            kind=Kind.WATCH,
            key=alike.key("film", *same),
            when=when,
            end=when.us + seen * 1_000_000 if when and isinstance(seen, int) and seen > 0 else None,
            title=text(content, "title"),
            text=text(content, "subTitle"),
            amount=paid,
            currency="EUR" if paid else "",
            details=entry.text,
        )
