"""Whole chats as the tool DiscordChatExporter writes them in JSON: everybody's messages, with their identifiers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC
from typing import Any

from importers.contract import Member, Rule, importer
from importers.discord.messages import moment
from importers.formats.dates import DateReader, Layout
from importers.formats.few_notices import few_notices
from importers.formats.json_nested import EACH, Broken, Leaf, decoded, walk
from importers.formats.json_records import inner
from importers.formats.json_records import text as text_of
from importers.neighbour_files import NeighbourFiles
from importers.records import Handle, Item, Kind, Notice, Party, Record, Role

_INTO = frozenset({(), ("messages",)})
_STAMPS = DateReader(Layout.YEAR_FIRST, UTC)


@importer(
    Rule(shape="json-object", keys=frozenset({"guild", "channel", "exportedAt", "messages"})),
    source="discord",
    reads="whole chats (DiscordChatExporter)",
)
def whole_chats(member: Member) -> Iterator[Record]:
    """A `message` each, `call` for calls. The same message from Discord's own package is one with it."""
    yield from few_notices(_records(member))


def _records(member: Member) -> Iterator[Record]:
    head: dict[str, Any] = {}
    files, folder = NeighbourFiles(member.archive, "discord"), member.path.rpartition("/")[0]
    with member.open() as stream:
        for event in walk(stream, _INTO):
            if isinstance(event, Broken):
                yield Notice(event.reason, event.position)
            if not isinstance(event, Leaf):
                continue
            try:
                value = decoded(event.text)
            except ValueError:
                yield Notice("json-broken", f"record {event.number}")
                continue
            if event.path != ("messages", EACH):
                head[event.path[0]] = value
            elif isinstance(value, dict):
                item = _item(head, value, files, folder)
                yield from () if item.when else (Notice("discord-no-time", f"record {event.number}"),)
                yield item
            else:
                yield Notice("table-record", f"record {event.number}")
    channel = inner(head, "channel")
    if head:
        number, kind = text_of(channel, "id"), text_of(channel, "type")
        yield Party(
            key=("channel", number),
            name=text_of(channel, "name"),
            type="person" if kind == "DirectTextChat" else "group",
            details=head,
        )


def _item(head: dict[str, Any], fields: dict[str, Any], files: NeighbourFiles, folder: str) -> Item:
    channel, author = inner(head, "channel"), inner(fields, "author")
    number = text_of(fields, "id")
    when = moment(text_of(fields, "timestamp"), number)
    call = fields.get("type") == "Call"
    ended = _STAMPS.moment(text_of(fields, "callEndedTimestamp")) if call else None
    name = text_of(channel, "name")
    server = text_of(inner(head, "guild"), "name")
    kept = {key: value for key, value in fields.items() if key != "content" and value not in (None, [], "")}
    attached = fields.get("attachments")
    addresses = [text_of(one, "url") for one in attached if isinstance(one, dict)] if isinstance(attached, list) else []
    number_of_channel = text_of(channel, "id")
    return Item(
        kind=Kind.CALL if call else Kind.MESSAGE,
        key=("message", number) if number else ("message", "", text_of(fields, "timestamp"), text_of(author, "id")),
        stable=bool(number),
        when=when,
        end=ended.us if ended and when and ended.us > when.us else None,
        title=" · ".join(part for part in (name, server) if part),
        text=text_of(fields, "content"),
        parties=(
            Role("from", text_of(author, "nickname", "name"), _handle(text_of(author, "id"))),
            *((Role("to", name, _handle(number_of_channel)),) if name else ()),
        ),
        details=kept | ({"channel_id": number_of_channel} if number_of_channel else {}),
        files=tuple(file for one in addresses if one and "://" not in one for file in files.at(folder, one)),
    )


def _handle(number: str) -> Handle | None:
    return Handle("id", number) if number else None
