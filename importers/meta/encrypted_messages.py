"""The separate export of end-to-end encrypted chats: a flat file for each conversation, beside a folder of media.

What was said after Messenger's switch to encryption (end of 2023) is only here. The texts should be clean, yet a file
with mangled ones exists. The order is not certain; times are milliseconds, UTC.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from importers.contract import Member, Rule, importer
from importers.formats.few_notices import few_notices
from importers.meta import mangled, times
from importers.meta.conversation import Thread, identity, thread
from importers.meta.elements import Element, head, listed
from importers.meta.media import Joined, addresses
from importers.meta.tables import Alike
from importers.records import Item, Kind, Notice, Record


@importer(
    Rule(members=("**/*_*.json",), keys=frozenset({"threadName", "messages", "senderName"})),
    Rule(members=("**/*_*.json",), keys=frozenset({"messages", "senderName", "isUnsent"})),
    Rule(keys=frozenset({"threadName", "participants", "messages"})),
    source="messenger",
    reads="encrypted messages",
    status="proven",
)
def encrypted_messages(member: Member) -> Iterator[Record]:
    """A `message` each; media that could not be written are told by the text that stands in their place."""
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
    when = times.milliseconds(fields.get("timestamp"))
    sender, text = fields.get("senderName"), fields.get("text")
    sender, text = sender if isinstance(sender, str) else "", text if isinstance(text, str) else ""
    uris = tuple(addresses(fields))
    taken = {"senderName", "text"} | ({"timestamp"} if when else set())
    return Item(
        kind=Kind.MESSAGE,
        key=identity(sender, when, text, uris),
        when=when,
        title=talk.title,
        text=text,
        parties=talk.roles(sender),
        details={
            name: value for name, value in fields.items() if name not in taken or not isinstance(value, str | int)
        },
        files=joined.files(uris),
    )
