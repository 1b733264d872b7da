"""Google Chat: the messages of each conversation in one file, beside it who takes part.

Dates are sentences of the account's language (``Tuesday, 7 February 2021 at 17:13:43 UTC``). No French one has been
seen: it is read as the others are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from importers.archive.errors import ArchiveError
from importers.contract import Member, Rule, importer
from importers.formats.json_records import Alike
from importers.google.elements import LARGEST, Element, elements, single, within, words
from importers.google.fields import objects
from importers.google.joined import beside, joined
from importers.google.rows import stamp
from importers.records import File, Handle, Item, Kind, Moment, Notice, Party, Record, Role

_WEEKDAY = re.compile(r"\A[^\W\d]+(?:,\s*|\s+(?=\d{1,2}\s+[^\W\d]))")


@importer(
    Rule(shape="json-object", keys=frozenset({"messages", "creator", "created_date"})),
    Rule(shape="json-object", keys=frozenset({"messages", "topic_id", "message_id"})),
    source="google",
    product="chat",
    reads="messages of Google Chat",
)
def chat_messages(member: Member) -> Iterator[Record]:
    """A message from its creator, in the conversation that the file beside it names; with the files that it carries."""
    alike = Alike()
    group = _group(member)
    for found in elements(member):
        if not isinstance(found, Element):
            yield found
            continue
        when = chat_time(words(found.fields, "created_date"))
        if when is None:
            yield Notice("google-no-time", found.position)
        own = words(found.fields, "message_id")
        yield Item(
            kind=Kind.MESSAGE,
            key=("chat", own) if own else alike.key("chat", found.plain),
            stable=bool(own),
            when=when,
            text=words(found.fields, "text"),
            parties=tuple(_parties(found.fields, group)),
            details=found.details("text"),
            files=tuple(_files(member, found.fields)),
        )


def chat_time(text: str) -> Moment | None:
    """A date with its weekday in front; None when it is none. Of no use is the weekday: ``mardi`` begins like March."""
    return stamp(_WEEKDAY.sub("", text.strip()))


def _parties(fields: dict[str, Any], group: str) -> Iterator[Role]:
    name, address = words(fields, "creator", "name"), words(fields, "creator", "email")
    if name or address:
        yield Role("from", name, Handle("email", address) if address else None)
    if group:
        yield Role("with", group)


def _group(member: Member) -> str:
    """The name of the conversation; '' for one between two people, or when the file is not there."""
    found = beside(member, "group_info.json")
    try:
        given = msgspec.json.decode(found.read(LARGEST)) if found else None
    except (ArchiveError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return ""
    return words(given, "name") if isinstance(given, dict) else ""


def _files(member: Member, fields: dict[str, Any]) -> Iterator[File]:
    for attached in objects(fields.get("attached_files")):
        found = beside(member, words(attached, "export_name"))
        if found is not None:
            yield joined(found)


@importer(
    Rule(shape="json-object", keys=frozenset({"members", "user_type"})),
    Rule(shape="json-object", keys=frozenset({"membership_info", "user"})),
    source="google",
    product="chat",
    reads="conversations and account of Google Chat",
)
def chat_groups(member: Member) -> Iterator[Record]:
    """Each person of a conversation as a party, the conversation as another; or the person who holds the account."""
    for found in single(member):
        if not isinstance(found, Element):
            yield found
            continue
        people = [*objects(found.fields.get("members")), *objects([within(found.fields, "user")])]
        for person in people:
            name, address = words(person, "name"), words(person, "email")
            yield Party(
                key=("chat-person", address or name),
                name=name,
                handles=(Handle("email", address),) if address else (),
                details=person,
            )
        if "membership_info" in found.fields:
            yield _account(found)
            continue
        addresses = sorted(words(person, "email") or words(person, "name") for person in people)
        yield Party(
            key=("chat-group", words(found.fields, "name"), *addresses),
            name=words(found.fields, "name"),
            type="group",
            details=found.details(),
        )


def _account(found: Element) -> Party:
    """The person who holds the account, with the conversations that they take part in."""
    name, address = words(found.fields, "user", "name"), words(found.fields, "user", "email")
    return Party(
        key=("chat-account", address or name or found.plain),
        name=name,
        handles=(Handle("email", address),) if address else (),
        details=found.details(),
    )
