"""Conversations in JSON: ``message_1.json`` and following inside the archives of Facebook and Instagram, newest first.

Both services write the same file; its neighbours tell which one it was. Times are UTC, to the millisecond.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from importers.contract import Member, Rule, importer
from importers.formats.few_notices import few_notices
from importers.meta import mangled, neighbours, times
from importers.meta.conversation import Thread, identity, thread
from importers.meta.elements import Element, head, listed
from importers.meta.media import Joined, addresses
from importers.meta.tables import Alike
from importers.records import Item, Kind, Notice, Record

_KEYS = frozenset({"messages", "sender_name", "timestamp_ms"})
_EMPTY = frozenset({"messages", "participants", "thread_path"})
_FACEBOOK = ("**/your_facebook_activity/**/message_*.json", "**/your_activity_across_facebook/**/message_*.json")
_INSTAGRAM = ("**/your_instagram_activity/**/message_*.json",)


@importer(
    *(Rule(members=_INSTAGRAM, keys=keys, named=True) for keys in (_KEYS, _EMPTY)),
    *(Rule(keys=keys, beside=neighbours.INSTAGRAM) for keys in (_KEYS, _EMPTY)),
    source="instagram",
    reads="messages and calls",
    status="proven",
)
def direct_messages(member: Member) -> Iterator[Record]:
    """The messages of Instagram; older archives name people by display name, newer ones by user name."""
    yield from few_notices(_messages(member))


@importer(
    *(Rule(members=_FACEBOOK, keys=keys) for keys in (_KEYS, _EMPTY)),
    source="messenger",
    reads="messages and calls",
    status="proven",
)
def messages(member: Member) -> Iterator[Record]:
    """A `message` or `call` each; what Messenger itself says (a call, someone has left) is in its words."""
    yield from few_notices(_messages(member))


def _messages(member: Member) -> Iterator[Record]:
    talk = thread(mangled.whole(head(member, "messages")))
    party = talk.party()
    if party is not None:
        yield party
    alike, joined = Alike(), Joined(member)
    for element in listed(member, "messages"):
        if isinstance(element, Notice):
            yield element
            continue
        item = _item(element, talk, joined)
        if item.when is None:
            yield Notice("meta-no-time", f"record {element.number}")
        yield alike.numbered(item)
    yield from joined.told()


def _item(element: Element, talk: Thread, joined: Joined) -> Item:
    fields: dict[str, Any] = element.value if isinstance(element.value, dict) else {"value": element.value}
    when = times.milliseconds(fields.get("timestamp_ms"))
    sender, text = _text(fields.get("sender_name")), _text(fields.get("content"))
    uris = tuple(addresses(fields))
    call = _is_call(fields)
    lasted = fields.get("call_duration")
    seconds = int(lasted) if call and isinstance(lasted, int | float) and 0 < lasted < 1e7 else 0
    taken = {"sender_name", "content"} | ({"timestamp_ms"} if when else set())
    rest = {name: value for name, value in fields.items() if name not in taken or not isinstance(value, str | int)}
    return Item(
        kind=Kind.CALL if call else Kind.MESSAGE,
        key=identity(sender, when, text or _shared(fields), uris),
        when=when,
        end=when.us + seconds * 1_000_000 if when and seconds else None,
        title=talk.title,
        text=text or _shared(fields),
        parties=talk.roles(sender),
        details=rest | ({"thread_path": talk.path} if talk.path else {}),
        files=joined.files(uris),
    )


def _is_call(fields: dict[str, Any]) -> bool:
    return "call_duration" in fields or "missed" in fields or fields.get("type") == "Call"


def _shared(fields: dict[str, Any]) -> str:
    share = fields.get("share")
    if not isinstance(share, dict):
        return ""
    return _text(share.get("share_text")) or _text(share.get("link"))


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
