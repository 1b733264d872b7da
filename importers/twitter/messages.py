"""Direct messages and what happened in their conversations. Only numbers tell who wrote: the archive has no names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from importers.contract import Member, Rule, importer, skip
from importers.formats.few_notices import few_notices
from importers.formats.json_leaves import Leaf
from importers.formats.json_records import Alike, text
from importers.formats.named_fields import NO_TIME, Fields, moment
from importers.records import Handle, Item, Kind, Notice, Record, Role
from importers.twitter import media, script
from importers.twitter.wording import inner, words

_MAIN = ("direct_message", "direct_messages", "direct_message_group", "direct_messages_group")
_HEADERS = ("direct_message_headers", "direct_message_group_headers", "tweet_headers", "deleted_tweet_headers")

skip(
    Rule(starts=tuple(f"window.YTD.{name}." for name in _HEADERS[:2]), beside=("**/direct-message*s*.js",)),
    Rule(
        starts=tuple(f"window.YTD.{name}." for name in _HEADERS[2:]),
        beside=("**/tweet.js", "**/tweets.js", "**/deleted-tweets.js"),
    ),
    source="twitter",
    why="twitter-headers",
    weight=1,
)


@importer(*script.rules(*_MAIN, *_HEADERS[:2]), source="twitter", reads="direct messages")
def messages(member: Member) -> Iterator[Record]:
    """Messages of two or more people, with the numbers of their accounts; UTC, to the millisecond."""
    yield from few_notices(_messages(member))


def _messages(member: Member) -> Iterator[Record]:
    conversation: dict[str, Any] = {}
    alike = Alike()
    for leaf in script.leaves(member, {"dmConversation"}):
        if isinstance(leaf, Notice):
            yield leaf
        elif not leaf.number:
            conversation = leaf.fields
        else:
            yield from _entry(member, leaf, text(conversation, "conversationId"), alike)


def _entry(member: Member, leaf: Leaf, conversation: str, alike: Alike) -> Iterator[Record]:
    """An entry of a conversation is an object with one key, which says what it is."""
    known = {name: value for name, value in leaf.fields.items() if isinstance(value, dict)}
    what, fields = next(iter(known.items()), ("value", leaf.fields))
    written = text(fields, "createdAt")
    when = moment(written)
    if when is None:
        yield Notice(NO_TIME, leaf.position, "createdAt")
    others = {name: value for name, value in leaf.fields.items() if name != what}
    details = {"conversationId": conversation} | others
    details |= {name: value for name, value in fields.items() if value not in (None, "", [], {})}
    if when is not None:
        details.pop("createdAt", None)
    if what != "messageCreate":
        yield Item(
            kind=Kind.OTHER,
            key=alike.key("dm-event", conversation, what, when.us if when else written, Fields(fields).digest()),
            when=when,
            title=text(fields, "name"),
            parties=tuple(_role("from", text(fields, "initiatingUserId"))),
            details={"event": what} | details,
        )
        return
    number, original = text(fields, "id"), str(fields.get("text") or "")
    shown = words(original, inner(fields, "urls"))
    if shown == original:
        details.pop("text", None)
    yield Item(
        kind=Kind.MESSAGE,
        key=("dm", number) if number else alike.key("dm", conversation, written, original),
        stable=bool(number),
        when=when,
        text=shown,
        parties=(*_role("from", text(fields, "senderId")), *_role("to", text(fields, "recipientId"))),
        details=details,
        files=media.of(member, number),
    )


def _role(role: str, number: str) -> Iterator[Role]:
    if number and number != "0":
        yield Role(role, "", Handle("id", number))
