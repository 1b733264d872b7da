"""``chat.db``: messages, reactions and what Messages notes about groups, with the files that lie beside the database.

Facts: public readers of the database. Times count from 2001, in nanoseconds since macOS 10.13, in seconds before.
"""

from __future__ import annotations

import base64
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from importers.contract import Member, Rule, importer
from importers.formats import database_records
from importers.formats.few_notices import few_notices
from importers.formats.sqlite_tables import Database, Row
from importers.imessage import body, packed
from importers.neighbour_files import NeighbourFiles
from importers.records import File, Handle, Item, Kind, Moment, Notice, Party, Precision, Record, Role

_EPOCH = 978_307_200
_SECONDS = 10**12
_NEEDED = frozenset({"message", "handle", "chat", "chat_message_join"})
_TABLES = _NEEDED | {
    *("attachment", "chat_handle_join", "message_attachment_join", "chat_recoverable_message_join"),
}
_TAPBACKS = {0: "loved", 1: "liked", 2: "disliked", 3: "laughed at", 4: "emphasised", 5: "questioned"}
_TAKEN = frozenset({"text", "date", "handle_id", "ROWID"})


@importer(
    Rule(shape="sqlite", contains=("table message\n", "table chat\n", "table handle\n", "table chat_message_join\n")),
    Rule(
        members=("**/chat.db", "**/sms.db", "**/3d0d7e5fb2ce288813306e4d4636395e047a3d28"), shape="sqlite", named=True
    ),
    source="imessage",
    reads="messages and reactions",
)
def chat_database(member: Member) -> Iterator[Record]:
    """A `message` each, `reaction` for tapbacks, `other` for changes of groups. A database that cannot be opened is
    kept whole."""
    yield from few_notices(database_records.records(member, lambda database: _messages(database, member), _NEEDED))


def _messages(database: Database, member: Member) -> Iterator[Record]:
    yield from _Reader(database, NeighbourFiles(member.archive, "imessage")).records()
    yield from database_records.other_tables(database, _TABLES)


class _Reader:
    """One database. What messages refer to is held; it is smaller than the database, whose size is bounded."""

    def __init__(self, database: Database, files: NeighbourFiles) -> None:
        self._database = database
        self._files = files
        self._told: list[Notice] = []
        self._handles = {row.get("ROWID"): row for row in self._rows("handle")}
        self._chats = {row.get("ROWID"): row for row in self._rows("chat")}
        self._attachments = {row.get("ROWID"): row for row in self._rows("attachment")}
        self._chat_of = {row.get("message_id"): row.get("chat_id") for row in self._rows("chat_message_join")}
        self._members = self._joined("chat_handle_join", "chat_id", "handle_id")
        self._attached = self._joined("message_attachment_join", "message_id", "attachment_id")
        self._deleted = {row.get("message_id"): row for row in self._rows("chat_recoverable_message_join")}

    def records(self) -> Iterator[Record]:
        """Parties first, then the messages in the order of the database, then attachments that no message has."""
        yield from self._told
        for handle in self._handles.values():
            yield Party(
                key=("handle", str(handle.get("id"))),
                name=str(handle.get("id") or ""),
                handles=_handles(handle),
                details=_plain(handle, frozenset({"ROWID"})),
            )
        for number, chat in self._chats.items():
            group = len(self._members[number]) > 1
            with_ = [str(self._handles.get(one, {}).get("id") or "") for one in self._members[number]]
            yield Party(
                key=("chat", str(chat.get("guid"))),
                name=self._title(number),
                type="group" if group else "person",
                details=_plain(chat, frozenset({"ROWID"})) | {"with": with_},
            )
        for row in database_records.rows(self._database, "message"):
            yield from (row,) if isinstance(row, Notice) else self._message(row)
        yield from self._alone()
        if self._files.missing:
            yield Notice("imessage-media-missing", what=str(self._files.missing))

    def _alone(self) -> Iterator[Item]:
        hanging = {one for listed in self._attached.values() for one in listed}
        for number, fields in self._attachments.items():
            if number not in hanging:
                yield Item(
                    kind=Kind.OTHER,
                    key=("attachment", str(fields.get("guid") or fields.get("filename"))),
                    title=str(fields.get("transfer_name") or ""),
                    details=_plain(fields, frozenset({"ROWID"})),
                    files=tuple(self._found([fields])),
                )

    def _message(self, row: Row) -> Iterator[Record]:
        fields: dict[str, Any] = dict(row.cells)
        number, when = fields.get("ROWID"), _moment(fields.get("date"))
        chat = self._chat_of.get(number, self._deleted.get(number, {}).get("chat_id"))
        if when is None:
            yield Notice("imessage-no-time", f"record {row.number}")
        blob = fields.get("attributedBody")
        said = fields.get("text")
        attached = [self._attachments[one] for one in self._attached[number] if one in self._attachments]
        details = _plain(fields, _TAKEN if when else _TAKEN - {"date"})
        if attached:
            details["attachments"] = [_plain(one, frozenset({"ROWID"})) for one in attached]
        if number in self._deleted:
            details["recently_deleted"] = _plain(self._deleted[number], frozenset())
        details |= packed.unpacked(fields)
        reaction = _reaction(fields.get("associated_message_type"))
        text = said if isinstance(said, str) and said else body.text(blob) if isinstance(blob, bytes) else ""
        yield Item(
            kind=Kind.REACTION if reaction else Kind.OTHER if fields.get("item_type") else Kind.MESSAGE,
            key=("message", str(fields.get("guid") or f"{fields.get('date')} {text}")),
            stable=bool(fields.get("guid")),
            when=when,
            title=self._title(chat),
            text=text or reaction,
            parties=tuple(self._roles(fields, chat)),
            details=details,
            files=tuple(self._found(attached)),
        )

    def _roles(self, fields: dict[str, Any], chat: Any) -> Iterator[Role]:
        sender = self._handles.get(fields.get("handle_id"))
        mine = bool(fields.get("is_from_me"))
        if sender is not None and not mine:
            yield Role("from", str(sender.get("id") or ""), *_handles(sender))
        others = [self._handles[one] for one in self._members[chat] if one in self._handles]
        for other in others or ([sender] if sender is not None and mine else []):
            if mine or other is not sender:
                yield Role("to", str(other.get("id") or ""), *_handles(other))

    def _title(self, chat: Any) -> str:
        fields = self._chats.get(chat, {})
        return str(fields.get("display_name") or fields.get("chat_identifier") or "")

    def _found(self, attached: list[dict[str, Any]]) -> Iterator[File]:
        for one in attached:
            address = one.get("filename")
            if isinstance(address, str) and address:
                name = one.get("transfer_name")
                yield from self._files.at("", address.removeprefix("~/"), name if isinstance(name, str) else "")

    def _rows(self, table: str) -> list[dict[str, Any]]:
        found = list(database_records.rows(self._database, table))
        self._told += [one for one in found if isinstance(one, Notice)]
        return [one.cells for one in found if isinstance(one, Row)]

    def _joined(self, table: str, one: str, many: str) -> defaultdict[Any, list[Any]]:
        found: defaultdict[Any, list[Any]] = defaultdict(list)
        for row in self._rows(table):
            found[row.get(one)].append(row.get(many))
        return found


def _moment(value: Any) -> Moment | None:
    """Nanoseconds since 2001, or seconds where the number is small; 0 is none."""
    if not isinstance(value, int) or not 0 < value < 1 << 62:
        return None
    if value < _SECONDS:
        return Moment((value + _EPOCH) * 1_000_000, None, Precision.SECOND)
    whole = not value % 10**9
    return Moment(value // 1000 + _EPOCH * 1_000_000, None, Precision.SECOND if whole else Precision.MICROSECOND)


def _reaction(value: Any) -> str:
    """What a tapback says; '' for messages. 3000 and above take one back."""
    if not isinstance(value, int) or not 2000 <= value <= 3999:
        return ""
    word = _TAPBACKS.get(value % 1000, "reacted to")
    return word if value < 3000 else f"no longer {word}"


def _handles(handle: dict[str, Any]) -> tuple[Handle, ...]:
    value = handle.get("id")
    if not isinstance(value, str) or not value:
        return ()
    return (Handle("email" if "@" in value else "phone" if value.lstrip("+").isdigit() else "id", value),)


def _plain(fields: dict[str, Any], taken: frozenset[str]) -> dict[str, Any]:
    """All columns that say something: neither null nor empty nor the 0 of a flag. Bytes as base 64."""
    shown = {name: value for name, value in fields.items() if name not in taken and value not in (None, "", 0, b"")}
    return {
        name: base64.b64encode(value).decode() if isinstance(value, bytes) else value for name, value in shown.items()
    }
