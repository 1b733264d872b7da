"""Messages of a Mac (``chat.db``) or of an unencrypted iPhone backup (``sms.db``): iMessage, SMS and RCS.

Facts: a description of the tables and real packed fields; no real database was at hand. Times count from 2001, UTC:
nanoseconds since macOS 10.13, seconds before. Most texts stand in ``attributedBody`` alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, cast

from importers.apple.message_text import edits_of, text_of, words_of
from importers.archive import names
from importers.contract import Archive, Member, Rule, importer
from importers.formats.database_records import Cells, details, number, other_tables, records, rows, text
from importers.formats.few_notices import few_notices
from importers.formats.json_records import Alike
from importers.formats.sqlite_tables import Database
from importers.records import File, Handle, Item, Kind, Moment, Notice, Party, Precision, Record, Role

_2001 = 978_307_200
_NANOSECONDS = 100_000_000_000
"""A greater number counts nanoseconds, a smaller one seconds."""

_REACTIONS = ("love", "like", "dislike", "laugh", "emphasise", "question", "emoji")
_ADDED, _REMOVED, _STICKER = 2000, 3000, 1000
_GROUP = 43
_SHOWN = 50
"""Participants of a chat that a message of one's own names as its receivers."""

_TAKEN = frozenset(
    {
        *("message", "chat", "handle", "attachment", "chat_message_join", "chat_handle_join"),
        *("message_attachment_join", "deleted_messages", "chat_recoverable_message_join"),
    }
)


@importer(
    Rule(shape="sqlite", contains=("table message\n", "table chat\n", "table handle\n", "table chat_message_join\n")),
    Rule(
        members=("**/chat.db", "**/sms.db", "**/3d0d7e5fb2ce288813306e4d4636395e047a3d28"), shape="sqlite", named=True
    ),
    source="apple",
    reads="messages",
    product="messages",
    status="documents",
)
def messages(member: Member) -> Iterator[Record]:
    """One `message` a message, one `reaction` for each sign put under one, people and groups as parties.

    Changes of a group are `other`. Attachments hang on their message when the archive holds them.
    """

    def read(database: Database) -> Iterator[Record]:
        yield from _Chats(database, member.archive).records()

    yield from few_notices(records(member, read, ("message",)))


@dataclass
class _Chats:
    """The small tables, held while messages are read one by one."""

    database: Database
    archive: Archive
    handles: dict[int, Cells] = field(default_factory=dict)
    chats: dict[int, Cells] = field(default_factory=dict)
    attachments: dict[int, Cells] = field(default_factory=dict)
    members: dict[int, list[int]] = field(default_factory=dict)
    chats_of: dict[int, list[int]] = field(default_factory=dict)
    files_of: dict[int, list[int]] = field(default_factory=dict)
    deleted: dict[int, Cells] = field(default_factory=dict)
    alike: Alike = field(default_factory=Alike)

    def records(self) -> Iterator[Record]:
        yield from self._gather("handle", self.handles)
        yield from self._gather("chat", self.chats)
        yield from self._gather("attachment", self.attachments)
        yield from self._join("chat_handle_join", "chat_id", "handle_id", self.members)
        yield from self._join("chat_message_join", "message_id", "chat_id", self.chats_of)
        yield from self._join("message_attachment_join", "message_id", "attachment_id", self.files_of)
        for row in rows(self.database, "chat_recoverable_message_join"):
            if isinstance(row, Notice):
                yield row
                continue
            message = number(row.cells, "message_id") or 0
            self.deleted[message] = row.cells
            self.chats_of.setdefault(message, [number(row.cells, "chat_id") or 0])
        yield from self._people()
        for row in rows(self.database, "message"):
            yield from (row,) if isinstance(row, Notice) else self._message(row.number, row.cells)
        yield from self._left()
        yield from other_tables(self.database, _TAKEN)

    def _gather(self, table: str, into: dict[int, Cells]) -> Iterator[Notice]:
        for row in rows(self.database, table):
            if isinstance(row, Notice):
                yield row
            else:
                into[number(row.cells, "ROWID") or -row.number] = row.cells

    def _join(self, table: str, one: str, many: str, into: dict[int, list[int]]) -> Iterator[Notice]:
        for row in rows(self.database, table):
            if isinstance(row, Notice):
                yield row
            else:
                into.setdefault(number(row.cells, one) or 0, []).append(number(row.cells, many) or 0)

    def _people(self) -> Iterator[Record]:
        for cells in self.handles.values():
            own = text(cells, "id")
            handles = (_handle(own),) if own else ()
            yield Party(
                key=self.alike.key("handle", own, text(cells, "service")), handles=handles, details=details(cells)
            )
        for place, cells in self.chats.items():
            own = text(cells, "guid") or text(cells, "chat_identifier")
            if number(cells, "style") != _GROUP and not text(cells, "display_name"):
                name = text(cells, "chat_identifier")
                key = self.alike.key("chat", own)
                yield Item(kind=Kind.OTHER, key=key, stable=True, title=name, details=details(cells))
                continue
            people = [text(self.handles.get(one, {}), "id") for one in self.members.get(place, ())]
            yield Party(
                key=self.alike.key("chat", own),
                name=text(cells, "display_name"),
                type="group",
                details=details(cells, {"display_name"}) | {"participants": people},
            )

    def _message(self, place: int, cells: Cells) -> Iterator[Record]:
        own = number(cells, "ROWID") or -place
        when = _moment(cells, "date")
        if when is None:
            yield Notice("table-date", f"record {place}", "date")
        body, summary, payload = (
            cells.get(name) for name in ("attributedBody", "message_summary_info", "payload_data")
        )
        said = text(cells, "text")
        if not said and isinstance(body, bytes):
            found = text_of(body)
            if found is None:
                yield Notice("apple-message-text", f"record {place}")
            said = found or ""
        more: dict[str, Any] = {}
        if isinstance(summary, bytes) and (edits := edits_of(summary)):
            more["edits"] = edits
        if isinstance(payload, bytes) and (words := words_of(payload)):
            more["preview"] = words
        if own in self.deleted:
            more["recently deleted"] = details(self.deleted[own])
        hanging = [self.attachments.pop(one) for one in self.files_of.get(own, ()) if one in self.attachments]
        if hanging:
            more["attachments"] = [details(one) for one in hanging]
        guid = text(cells, "guid")
        kind, title = self._kind(cells, own)
        yield Item(
            kind=kind,
            key=self.alike.key("message", guid) if guid else self.alike.key("message", when and when.us, said),
            stable=bool(guid),
            when=when,
            title=title,
            text=said,
            parties=self._parties(cells, own),
            details=details(cells, {"text"}) | more,
            files=tuple(file for one in hanging if (file := self._file(one)) is not None),
        )

    def _kind(self, cells: Cells, own: int) -> tuple[Kind, str]:
        type_ = number(cells, "associated_message_type") or 0
        base = _REMOVED if type_ >= _REMOVED else _ADDED
        if type_ >= _ADDED and type_ - base < len(_REACTIONS):
            name = _REACTIONS[type_ - base]
            sign = text(cells, "associated_message_emoji") or name
            return Kind.REACTION, f"- {sign}" if base == _REMOVED else sign
        if type_ == _STICKER:
            return Kind.REACTION, "sticker"
        if number(cells, "item_type"):
            return Kind.OTHER, text(cells, "group_title")
        return Kind.MESSAGE, next(iter(self._names(own)), "")

    def _names(self, own: int) -> Iterator[str]:
        for one in self.chats_of.get(own, ()):
            cells = self.chats.get(one, {})
            yield text(cells, "display_name") or text(cells, "chat_identifier")

    def _parties(self, cells: Cells, own: int) -> tuple[Role, ...]:
        roles: list[Role] = []
        who = text(self.handles.get(number(cells, "handle_id") or 0, {}), "id")
        mine = bool(number(cells, "is_from_me"))
        if who:
            roles.append(Role("to" if mine else "from", who, _handle(who)))
        for one in self.chats_of.get(own, ()):
            chat = self.chats.get(one, {})
            roles.append(
                Role(
                    "channel",
                    text(chat, "display_name"),
                    Handle("id", text(chat, "guid") or text(chat, "chat_identifier")),
                )
            )
            if mine:
                people = (text(self.handles.get(entry, {}), "id") for entry in self.members.get(one, ())[:_SHOWN])
                roles += [Role("to", name, _handle(name)) for name in people if name and name != who]
        return tuple(dict.fromkeys(roles))

    def _left(self) -> Iterator[Item]:
        """Attachments that hang on no message any more, and the traces of deleted messages."""
        for cells in self.attachments.values():
            file = self._file(cells)
            yield Item(
                kind=Kind.OTHER,
                key=self.alike.key("attachment", text(cells, "guid") or text(cells, "filename")),
                stable=True,
                when=_moment(cells, "created_date"),
                title=text(cells, "transfer_name"),
                details=details(cells),
                files=(file,) if file is not None else (),
            )
        for row in rows(self.database, "deleted_messages"):
            if not isinstance(row, Notice):
                guid = text(row.cells, "guid")
                yield Item(
                    kind=Kind.OTHER, key=self.alike.key("deleted", guid), title="deleted", details=details(row.cells)
                )

    def _file(self, cells: Cells) -> File | None:
        found = _attached(self.archive).get(_below(text(cells, "filename")))
        if found is None:
            return None
        name = text(cells, "transfer_name") or found.path.rpartition("/")[2]
        media_type = text(cells, "mime_type") or "application/octet-stream"
        return File(name, found.pieces, media_type, found.size if found.size >= 0 else None)


def _attached(archive: Archive) -> dict[str, Member]:
    """The files below a folder ``Attachments``, by the path below it."""

    def look() -> dict[str, Member]:
        return {_below(member.path): member for member in archive.members if _below(member.path)}

    return cast("dict[str, Member]", archive.memo("apple.attachments", look))


def _below(path: str) -> str:
    _, found, rest = names.folded(names.clean("/" + path)).partition("/attachments/")
    return rest if found else ""


def _handle(value: str) -> Handle:
    return Handle("email", value) if "@" in value else Handle("phone", value)


def _moment(cells: Cells, name: str) -> Moment | None:
    found = number(cells, name)
    if not found:
        return None
    if abs(found) > _NANOSECONDS:
        us, precision = found // 1000 + _2001 * 1_000_000, Precision.MICROSECOND
    else:
        us, precision = (found + _2001) * 1_000_000, Precision.SECOND
    return Moment(us, None, precision) if 0 < us < 4_102_444_800_000_000 else None
