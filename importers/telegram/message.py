"""One message of Telegram as a record: its words, its sender, its time, what hangs on it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from importers.formats import paris_clock
from importers.formats.json_records import text as text_of
from importers.neighbour_files import NeighbourFiles
from importers.records import File, Handle, Item, Kind, Moment, Precision, Role

_FILES = ("photo", "file", "contact_vcard", "thumbnail")
_PRIVATE = frozenset({"personal_chat", "bot_chat", "saved_messages", "verification_codes", ""})
NOT_THERE = "(File "
"""How the sentence begins that stands in the place of a file which was not exported."""


@dataclass
class Chat:
    """What is known of a chat before its messages; ``fields`` grows while the file is read."""

    fields: dict[str, Any] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """Telegram's number of the chat, '' when the file has none."""
        return text_of(self.fields, "id")

    @property
    def name(self) -> str:
        """Its name; '' for accounts that were deleted and for saved messages."""
        return text_of(self.fields, "name")

    @property
    def is_private(self) -> bool:
        """Whether it is a chat with one person, not a group or channel."""
        return text_of(self.fields, "type") in _PRIVATE


def item(chat: Chat, fields: dict[str, Any], folder: str, files: NeighbourFiles) -> Item:
    """The record of a message. ``folder``: of the export, which the paths of files begin at."""
    when = moment(fields)
    words = flat(fields)
    service = fields.get("type") == "service"
    call = service and fields.get("action") in {"phone_call", "group_call"}
    seconds = fields.get("duration_seconds", fields.get("duration"))
    lasted = int(seconds) if call and isinstance(seconds, int | float) and 0 < seconds < 1e7 else 0
    lat, lon = _place(fields.get("location_information"))
    return Item(
        kind=Kind.CALL if call else Kind.OTHER if service else Kind.MESSAGE,
        key=_key(chat, fields, words),
        stable=bool(chat.id and text_of(fields, "id")),
        when=when,
        end=when.us + lasted * 1_000_000 if when and lasted else None,
        title=chat.name,
        text=words or (text_of(fields, "action") if service else ""),
        lat=lat,
        lon=lon,
        parties=tuple(_roles(chat, fields)),
        details=_rest(chat, fields),
        files=tuple(_files(fields, folder, files)),
    )


def flat(fields: dict[str, Any]) -> str:
    """The words: ``text_entities`` where there are any, else ``text``: a text, or a list of texts and pieces."""
    entities = fields.get("text_entities")
    said = entities if isinstance(entities, list) and entities else fields.get("text")
    if isinstance(said, str):
        return said
    pieces = said if isinstance(said, list) else []
    return "".join(piece if isinstance(piece, str) else _piece(piece) for piece in pieces)


def _piece(piece: Any) -> str:
    found = piece.get("text") if isinstance(piece, dict) else None
    return found if isinstance(found, str) else ""


def moment(fields: dict[str, Any]) -> Moment | None:
    """UTC from ``date_unixtime``; without it the local ``date``, read as French civil time. None for neither."""
    seconds, local = text_of(fields, "date_unixtime"), _local(fields.get("date"))
    if seconds.isascii() and seconds.isdigit() and len(seconds) < 12:
        us = int(seconds) * 1_000_000
        return Moment(us, _offset(us, local), Precision.SECOND)
    try:
        return (
            Moment(paris_clock.us(local.replace(tzinfo=paris_clock.PARIS)), None, Precision.SECOND) if local else None
        )
    except ValueError:
        return None


def is_local(fields: dict[str, Any]) -> bool:
    """Whether only a local time is given, as before 2022."""
    return not text_of(fields, "date_unixtime") and isinstance(fields.get("date"), str)


def handle(value: Any) -> Handle | None:
    """``user123``, ``channel123``; the plain number of old exports is a user's."""
    if isinstance(value, int) and not isinstance(value, bool):
        return Handle("id", f"user{value}")
    return Handle("id", value) if isinstance(value, str) and value else None


def _local(value: Any) -> datetime | None:
    try:
        return datetime.fromisoformat(value).replace(tzinfo=None) if isinstance(value, str) else None
    except ValueError:
        return None


def _offset(us: int, local: datetime | None) -> int | None:
    """Minutes east of UTC of the computer that exported, from its local time beside UTC."""
    if local is None:
        return None
    try:
        minutes, seconds = divmod(paris_clock.us(local.replace(tzinfo=UTC)) // 1_000_000 - us // 1_000_000, 60)
    except ValueError:
        return None
    return minutes if not seconds and not minutes % 15 and abs(minutes) <= 14 * 60 else None


def _key(chat: Chat, fields: dict[str, Any], words: str) -> tuple[Any, ...]:
    number = text_of(fields, "id")
    if chat.id and number:
        return ("message", chat.id, number)
    digest = hashlib.blake2b(words.encode("utf-8", "replace"), digest_size=8).hexdigest()
    return ("message", chat.id or chat.name, text_of(fields, "date_unixtime", "date"), text_of(fields, "from"), digest)


def _roles(chat: Chat, fields: dict[str, Any]) -> Iterator[Role]:
    name, given = text_of(fields, "from", "actor"), fields.get("from_id", fields.get("actor_id"))
    sender = handle(given)
    if name or sender:
        yield Role("from", name, sender)
    own = f"user{chat.id}" if chat.is_private else ""
    if chat.name and not (chat.is_private and (name == chat.name or (sender and sender.value == own))):
        yield Role("to", chat.name, Handle("id", own or f"chat{chat.id}") if chat.id else None)


def _place(value: Any) -> tuple[float | None, float | None]:
    if not isinstance(value, dict):
        return None, None
    lat, lon = value.get("latitude"), value.get("longitude")
    if isinstance(lat, int | float) and isinstance(lon, int | float) and abs(lat) <= 90 and abs(lon) <= 180:
        return float(lat), float(lon)
    return None, None


def _rest(chat: Chat, fields: dict[str, Any]) -> dict[str, Any]:
    """Everything but what columns hold as it is; entities only where they say more than the words."""
    rest = {name: value for name, value in fields.items() if name not in {"from", "date_unixtime"}}
    entities = fields.get("text_entities")
    if isinstance(entities, list) and all(isinstance(one, dict) and one.get("type") == "plain" for one in entities):
        rest.pop("text_entities", None)
    if isinstance(rest.get("text"), str) or "text_entities" in rest:
        rest.pop("text", None)
    return rest | ({"chat_id": chat.fields["id"]} if chat.id else {})


def _files(fields: dict[str, Any], folder: str, files: NeighbourFiles) -> Iterator[File]:
    for name in _FILES:
        address = fields.get(name)
        if isinstance(address, str) and address and not address.startswith(NOT_THERE):
            shown = text_of(fields, "file_name") if name == "file" else ""
            yield from files.at(folder, address, shown)
