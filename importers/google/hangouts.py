"""Hangouts, until 2022: all conversations in one file, each with its events."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from importers.contract import Member, Rule, importer
from importers.google.elements import Element, elements, within, words
from importers.google.fields import objects
from importers.records import Handle, Item, Kind, Moment, Notice, Party, Precision, Record, Role
from importers.whole import document

_KINDS = {"REGULAR_CHAT_MESSAGE": Kind.MESSAGE, "HANGOUT_EVENT": Kind.CALL}
_LAST = 10**17


@importer(
    Rule(shape="json-object", keys=frozenset({"conversations", "conversation_id"})),
    Rule(shape="json-object", keys=frozenset({"conversations", "participant_data"})),
    source="google",
    product="hangouts",
    reads="conversations of Hangouts",
)
def hangouts(member: Member) -> Iterator[Record]:
    """A message or call for each event; a conversation with those who take part is a party.

    A conversation that is broken or too large to be read at once is told, and then the file is kept whole; events
    that are found in it by themselves are read.
    """
    whole = False
    for found in elements(member):
        if not isinstance(found, Element):
            yield found
            whole = whole or (isinstance(found, Notice) and found.reason in {"json-too-large", "json-broken"})
        elif "event_id" in found.fields:
            yield from _event(found.fields, "", "", {})
        else:
            yield from _conversation(found)
    if whole:
        yield document(member)


def _conversation(found: Element) -> Iterator[Record]:
    outer = within(found.fields, "conversation")
    inner = within(found.fields, "conversation", "conversation")
    own = words(found.fields, "conversation", "conversation_id") or words(inner or {}, "id", "id")
    names = {
        words(person, "id", "gaia_id"): words(person, "fallback_name")
        for person in objects(within(inner, "participant_data") if isinstance(inner, dict) else None)
    }
    title = words(inner, "name") if isinstance(inner, dict) else ""
    title = title or ", ".join(filter(None, names.values()))
    yield Party(
        key=("hangouts-conversation", own or found.plain),
        name=title,
        type="group",
        details=outer if isinstance(outer, dict) else {"conversation": outer},
    )
    events = found.fields.get("events")
    for event in objects(events):
        yield from _event(event, own, title, names)
    rest = {name: value for name, value in found.fields.items() if name not in {"conversation", "events"}}
    if rest or (events is not None and len(objects(events)) != (len(events) if isinstance(events, list) else -1)):
        yield Notice("google-unknown-object", found.position)
        yield Item(kind=Kind.OTHER, key=("hangouts-rest", found.plain), details=found.details("conversation"))


def _event(event: dict[str, Any], conversation: str, title: str, names: dict[str, str]) -> Iterator[Record]:
    given = str(event.get("timestamp") or "")
    when = None
    if given.isdecimal() and 0 < int(given[:18]) < _LAST:
        when = Moment(int(given), None, Precision.MICROSECOND)
    if when is None:
        yield Notice("google-no-time", what="timestamp")
    sender = words(event, "sender_id", "gaia_id")
    own = words(event, "event_id")
    parties = [Role("from", names.get(sender, ""), Handle("id", sender))] if sender else []
    yield Item(
        kind=_KINDS.get(words(event, "event_type"), Kind.MESSAGE if "chat_message" in event else Kind.OTHER),
        key=("hangouts", own) if own else ("hangouts", conversation, msgspec.json.encode(event).decode()),
        stable=bool(own),
        when=when,
        text=_text(event),
        parties=(*parties, *((Role("with", title),) if title else ())),
        details=event,
    )


def _text(event: dict[str, Any]) -> str:
    parts = objects(within(event, "chat_message", "message_content", "segment"))
    return "".join("\n" if words(part, "type") == "LINE_BREAK" else words(part, "text") for part in parts)
