"""The person's own messages, newest first: ``messages.json`` since March 2024, ``messages.csv`` before.

The other people's messages are not in the package. Identifiers are numbers above 2**53 and hold their own time.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC
from typing import Any

from importers.contract import Member, Rule, importer, keep, skip
from importers.discord.channels import CHANNELS, Channel, beside, owner
from importers.formats import json_records, tables
from importers.formats.dates import DateReader, Layout
from importers.formats.few_notices import few_notices
from importers.formats.json_records import text as text_of
from importers.records import Handle, Item, Kind, Moment, Notice, Precision, Record, Role

_HEADER = ("ID", "Timestamp", "Contents", "Attachments")
_EPOCH = 1_420_070_400_000
_STAMPS = DateReader(Layout.YEAR_FIRST, UTC)


@importer(
    Rule(members=("**/messages.json",), shape="json-array", keys=frozenset({"ID", "Timestamp", "Contents"})),
    source="discord",
    reads="messages",
)
def messages(member: Member) -> Iterator[Record]:
    """A `message` each, with the addresses of what was attached; those addresses expire."""
    yield from few_notices(_records(member, json_records.entries(member)))


@importer(
    Rule(members=("**/messages.csv",), header=frozenset(_HEADER)),
    source="discord",
    reads="messages (older packages)",
)
def message_tables(member: Member) -> Iterator[Record]:
    """The same of packages before March 2024, some with fractions of a second."""
    yield from few_notices(_records(member, _rows(member)))


skip(
    Rule(members=("**/messages.json",), shape="json-array", beside=CHANNELS, named=True),
    source="discord",
    why="discord-empty",
    weight=-1,
)
keep(
    Rule(members=("**/events-*-of-*.json",), keys=frozenset({"event_type"}), named=True),
    Rule(members=("**/audit-log.json",), beside=CHANNELS, named=True),
    source="discord",
)


def moment(text: str, number: str) -> Moment | None:
    """The time that is written (UTC), else the one that the identifier holds, to the millisecond."""
    found = _STAMPS.moment(text) if text else None
    if found is None and number.isascii() and number.isdigit() and 15 <= len(number) <= 20:
        return Moment(((int(number) >> 22) + _EPOCH) * 1000, None, Precision.MILLISECOND)
    return found


def _rows(member: Member) -> Iterator[json_records.Entry | Notice]:
    with member.open() as stream:
        for row in tables.rows(stream, _HEADER):
            if isinstance(row, tables.Trouble):
                yield Notice(row.reason, row.position)
            else:
                yield json_records.Entry(row.line, dict(row.cells), b"")


def _records(member: Member, entries: Iterator[json_records.Entry | Notice]) -> Iterator[Record]:
    channel, person = beside(member), owner(member.archive)
    for entry in entries:
        if isinstance(entry, Notice):
            yield entry
            continue
        item = _item(channel, person, entry.fields)
        if item.when is None:
            yield Notice("discord-no-time", entry.position if entry.text else f"line {entry.number}")
        yield item


def _item(channel: Channel, person: dict[str, Any], fields: dict[str, Any]) -> Item:
    number = text_of(fields, "ID")
    written = text_of(fields, "Timestamp")
    when = moment(written, number)
    said = fields.get("Contents")
    addresses = [one for one in text_of(fields, "Attachments").split(" ") if one]
    known = {
        "ID",
        "Contents",
        *(("Timestamp",) if _STAMPS.moment(written) else ()),
        *(("Attachments",) if addresses else ()),
    }
    rest = {name: value for name, value in fields.items() if name not in known and value not in ("", None)}
    own: dict[str, Any] = {"id": number, "channel_id": text_of(channel.fields, "id"), "attachments": addresses}
    return Item(
        kind=Kind.MESSAGE,
        key=("message", number) if number else ("message", "", written, str(said)),
        stable=bool(number),
        when=when,
        title=channel.name,
        text=said if isinstance(said, str) else "" if said is None else str(said),
        parties=tuple(_roles(channel, person)),
        details=rest | {name: value for name, value in own.items() if value},
    )


def _roles(channel: Channel, person: dict[str, Any]) -> Iterator[Role]:
    own = text_of(person, "id")
    if own:
        yield Role("from", text_of(person, "global_name", "username"), Handle("id", own))
    others = [one for one in channel.others if one != own] if channel.is_direct else []
    for other in others:
        yield Role("to", "", Handle("id", other))
    if not others and channel.name:
        number = text_of(channel.fields, "id")
        yield Role("to", channel.name, Handle("id", number) if number else None)
