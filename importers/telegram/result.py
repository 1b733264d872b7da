"""``result.json`` of Telegram Desktop: the whole account, or one chat at the root. Files of several GB exist.

Everything that a smaller later export leaves out (older messages, media) is simply absent there: nothing is removed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from importers.contract import Member, Rule, importer
from importers.formats.few_notices import few_notices
from importers.formats.json_nested import EACH, Broken, Closed, Leaf, Opened, Path, decoded, walk
from importers.formats.json_records import Alike
from importers.neighbour_files import ENDINGS, NeighbourFiles, loose
from importers.records import Item, Notice, Party, Record
from importers.telegram import account
from importers.telegram.message import Chat, is_local, item

_CHATS: tuple[Path, ...] = tuple(
    (*place, EACH) for name in ("chats", "left_chats") for place in ((name, "list"), (name,))
)
_LISTS = ("chats", "left_chats", *account.LISTS)
_INTO = frozenset(
    {
        *((), ("messages",)),
        *((name,) for name in _LISTS),
        *((name, "list") for name in _LISTS),
        *_CHATS,
        *((*chat, "messages") for chat in _CHATS),
    }
)
_MESSAGES = frozenset({("messages", EACH), *((*chat, "messages", EACH) for chat in _CHATS)})
FOLDERS = ("photos", "video_files", "voice_messages", "round_video_messages", "stickers", "files", "profile_pictures")
"""Where an export puts media, below its own folder or that of a chat."""
_EXPORT = ("**/result.json", "**/messages*.html", "**/export_results.html")


@importer(
    Rule(members=("**/result.json",), shape="json-object", keys=frozenset({"date_unixtime", "messages"})),
    Rule(members=("**/result.json",), shape="json-object", keys=frozenset({"from_id", "messages"})),
    Rule(members=("**/result.json",), shape="json-object", keys=frozenset({"personal_information", "user_id"})),
    Rule(members=("**/result.json",), shape="json-object", keys=frozenset({"about", "chats"})),
    Rule(
        members=("**/result.json",), shape="json-object", keys=frozenset({"name", "type", "id", "messages"}), named=True
    ),
    source="telegram",
    reads="messages, calls, contacts",
    status="proven",
)
def result(member: Member) -> Iterator[Record]:
    """A `message` each, `call` for calls, `other` for what the service writes; chats, contacts and sessions."""
    yield from few_notices(_records(member))


@importer(
    Rule(
        members=tuple(f"**/{folder}/*.{ending}" for folder in FOLDERS for ending in ENDINGS),
        beside=_EXPORT,
        named=True,
    ),
    source="telegram",
    product="media",
    reads="pictures, films and sounds",
    first=200,
)
def media(member: Member) -> Iterator[Record]:
    """A file that no message names. Read last, when it is known which ones do."""
    yield from loose(member, "telegram")


def _records(member: Member) -> Iterator[Record]:
    reader = _Reader(member)
    with member.open() as stream:
        for event in walk(stream, _INTO):
            match event:
                case Opened():
                    reader.open(event.path)
                case Closed():
                    yield from reader.close(event.path)
                case Leaf():
                    yield from reader.leaf(event)
                case Broken():
                    yield Notice(event.reason, event.position)
    yield from reader.end()


class _Reader:
    """The document while it is read."""

    def __init__(self, member: Member) -> None:
        self._folder = member.path.rpartition("/")[0]
        self._files = NeighbourFiles(member.archive, "telegram")
        self._alike = Alike()
        self._chat = Chat()
        self._local = False

    def open(self, path: Path) -> None:
        """A chat begins."""
        if path in _CHATS:
            self._chat = Chat()

    def close(self, path: Path) -> Iterator[Record]:
        """A chat ends: everything is known that is said of it."""
        if path in _CHATS:
            yield from self._party()
            self._chat = Chat()

    def leaf(self, leaf: Leaf) -> Iterator[Record]:
        """A message, an entry of a list, or a field of a chat."""
        try:
            value = decoded(leaf.text)
        except ValueError:
            yield Notice("json-broken", f"record {leaf.number}")
            return
        if leaf.path in _MESSAGES:
            yield from self._message(leaf, value)
        elif leaf.path[:-1] in _CHATS:
            self._chat.fields[leaf.path[-1]] = value
        elif len(leaf.path) == 1 and leaf.path[0] in {"name", "type", "id"}:
            self._chat.fields[leaf.path[0]] = value
        else:
            yield from (self._numbered(one) for one in account.records(leaf.path, value, self._folder, self._files))

    def end(self) -> Iterator[Record]:
        """A single chat has no end of its own; then what is missing."""
        yield from self._party()
        if self._files.missing:
            yield Notice("telegram-media-missing", what=str(self._files.missing))

    def _message(self, leaf: Leaf, value: Any) -> Iterator[Record]:
        if not isinstance(value, dict):
            yield Notice("table-record", f"record {leaf.number}")
            return
        found = item(self._chat, value, self._folder, self._files)
        if found.when is None:
            yield Notice("telegram-no-time", f"record {leaf.number}")
        elif is_local(value) and not self._local:
            self._local = True
            yield Notice("telegram-local-time")
        yield self._numbered(found)

    def _party(self) -> Iterator[Party]:
        chat = self._chat
        if chat.fields:
            kind = "person" if chat.is_private else "group"
            key = ("chat", chat.id) if chat.id else ("chat", "", chat.name)
            yield Party(key=key, name=chat.name, type=kind, details=chat.fields)

    def _numbered(self, record: Record) -> Record:
        if isinstance(record, Item) and not record.stable:
            return msgspec.structs.replace(record, key=self._alike.key(*record.key))
        return record
