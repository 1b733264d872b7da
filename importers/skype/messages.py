"""``messages.json`` of Skype's archive: conversations with their messages, newest first, times in UTC.

The free Teams writes the same file. A tar, or a zip that somebody made of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC
from typing import Any

import msgspec

from importers.contract import Member, Rule, importer, keep
from importers.formats.dates import DateReader, Layout
from importers.formats.few_notices import few_notices
from importers.formats.json_nested import EACH, Broken, Closed, Leaf, Opened, decoded, walk
from importers.formats.json_records import Alike, inner
from importers.formats.json_records import text as text_of
from importers.neighbour_files import NeighbourFiles, loose
from importers.records import File, Handle, Item, Kind, Moment, Notice, Party, Precision, Record, Role
from importers.skype import content

_CONVERSATION = ("conversations", EACH)
_MESSAGE = (*_CONVERSATION, "MessageList", EACH)
_INTO = frozenset({(), ("conversations",), _CONVERSATION, _MESSAGE[:-1]})
_STAMPS = DateReader(Layout.YEAR_FIRST, UTC)
_NOTES = ("ThreadActivity/", "Notice", "InviteFree", "Translation")
_ARCHIVE = ("**/messages.json",)


@importer(
    Rule(members=_ARCHIVE, shape="json-object", keys=frozenset({"conversations", "exportDate", "userId"})),
    source="skype",
    reads="messages and calls",
)
def messages(member: Member) -> Iterator[Record]:
    """A `message` each, `call` for calls, `other` for what Skype itself notes; conversations as parties."""
    yield from few_notices(_records(member))


@importer(
    Rule(members=("**/media/0-*.?", "**/media/0-*.*"), beside=_ARCHIVE, named=True),
    source="skype",
    product="media",
    reads="pictures, films and sounds",
    first=200,
)
def media(member: Member) -> Iterator[Record]:
    """A file that no message names, and the descriptions beside the files. Read last."""
    yield from loose(member, "skype")


keep(Rule(members=("**/endpoints.json",), beside=_ARCHIVE, named=True), source="skype")


def _records(member: Member) -> Iterator[Record]:
    talk: dict[str, Any] = {}
    head: dict[str, Any] = {}
    alike, files = Alike(), NeighbourFiles(member.archive, "skype")
    with member.open() as stream:
        for event in walk(stream, _INTO):
            match event:
                case Broken():
                    yield Notice(event.reason, event.position)
                case Opened() if event.path == _CONVERSATION:
                    talk = {}
                case Closed() if event.path == _CONVERSATION:
                    yield _party(talk)
                case Leaf():
                    try:
                        value = decoded(event.text)
                    except ValueError:
                        yield Notice("json-broken", f"record {event.number}")
                        continue
                    if event.path == _MESSAGE and isinstance(value, dict):
                        item = _item(head, talk, value, files)
                        yield from () if item.when else (Notice("skype-no-time", f"record {event.number}"),)
                        yield msgspec.structs.replace(item, key=alike.key(*item.key))
                    elif event.path == _MESSAGE:
                        yield Notice("table-record", f"record {event.number}")
                    elif event.path[:-1] == _CONVERSATION:
                        talk[event.path[-1]] = value
                    else:
                        head[event.path[0]] = value
    if head:
        own = text_of(head, "userId")
        yield Party(key=("account", own), name=_bare(own), handles=_handles(own), details={"userId": own})
    if files.missing:
        yield Notice("skype-media-missing", what=str(files.missing))


def _item(head: dict[str, Any], talk: dict[str, Any], fields: dict[str, Any], files: NeighbourFiles) -> Item:
    number, kind, said = (text_of(fields, name) for name in ("id", "messagetype", "content"))
    conversation = text_of(fields, "conversationid") or text_of(talk, "id")
    text, call = content.plain(said), kind == "Event/Call"
    when = _moment(text_of(fields, "originalarrivaltime"), number)
    lasted = content.seconds(said) if call else 0
    known = {"originalarrivaltime"} if _STAMPS.moment(text_of(fields, "originalarrivaltime")) else set()
    rest = {name: value for name, value in fields.items() if name not in known and value not in (None, "")}
    if text == said:
        rest.pop("content", None)
    return Item(
        kind=Kind.CALL if call else Kind.OTHER if kind.startswith(_NOTES) else Kind.MESSAGE,
        key=("message", conversation, number, text_of(fields, "from")),
        when=when,
        end=when.us + lasted * 1_000_000 if when and lasted else None,
        title=text_of(talk, "displayName") or _bare(conversation),
        text=text,
        parties=tuple(_roles(head, talk, fields, conversation)),
        details=rest,
        files=tuple(_files(said, files)),
    )


def _moment(text: str, number: str) -> Moment | None:
    found = _STAMPS.moment(text) if text else None
    if found is None and number.isascii() and number.isdigit() and len(number) == 13:
        return Moment(int(number) * 1000, None, Precision.MILLISECOND)
    return Moment(found.us, None, found.precision) if found else None


def _roles(head: dict[str, Any], talk: dict[str, Any], fields: dict[str, Any], conversation: str) -> Iterator[Role]:
    sender, own = text_of(fields, "from"), text_of(head, "userId")
    if sender:
        name = text_of(fields, "displayName") or (text_of(talk, "displayName") if sender == conversation else "")
        yield Role("from", name or _bare(sender), *_handles(sender))
    if conversation and conversation not in {sender, own}:
        yield Role("to", text_of(talk, "displayName") or _bare(conversation), *_handles(conversation))


def _handles(identifier: str) -> tuple[Handle, ...]:
    return (Handle("user", _bare(identifier)),) if identifier else ()


def _bare(identifier: str) -> str:
    """``live:lise`` of ``8:live:lise``: the number in front says what sort of account it is."""
    first, colon, rest = identifier.partition(":")
    return rest if colon and first.isdigit() else identifier


def _party(talk: dict[str, Any]) -> Party:
    number = text_of(talk, "id")
    name = text_of(talk, "displayName") or text_of(inner(talk, "threadProperties"), "topic")
    group = number.startswith(("19:", "48:"))
    return Party(
        key=("conversation", number),
        name=name or _bare(number),
        type="group" if group else "person",
        handles=() if group else _handles(number),
        details=talk,
    )


def _files(said: str, files: NeighbourFiles) -> Iterator[File]:
    if "<" in said:
        for number in content.documents(said):
            yield from files.stem(number, content.file_name(said))
