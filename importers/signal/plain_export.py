"""``main.jsonl`` of Signal's export of the chat history: one frame of the backup a line, with ``files/`` beside it.

Known from two parsers and one documented fixture. All 64-bit numbers are texts; an empty object is a value: a message
with ``"outgoing": {}`` was sent.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Iterator
from typing import Any

import msgspec

from importers.contract import Member, Rule, importer
from importers.formats.few_notices import few_notices
from importers.formats.json_nested import decoded
from importers.formats.json_records import Alike, inner
from importers.formats.json_records import text as text_of
from importers.formats.text_lines import text_lines
from importers.neighbour_files import NeighbourFiles, loose
from importers.records import File, Handle, Item, Kind, Moment, Notice, Party, Precision, Record
from importers.signal.people import People, without_secrets
from importers.whole import document

_LONGEST = 16 << 20


@importer(
    Rule(members=("**/main.jsonl",), shape="json-lines", keys=frozenset({"version", "backupTimeMs"})),
    source="signal",
    reads="messages and people",
)
def chat_history(member: Member) -> Iterator[Record]:
    """A `message` each, `call` for calls, `other` for what the app notes; people and groups. Secrets are left out."""
    yield from few_notices(_records(member))


@importer(
    Rule(members=("**/files/??/*",), beside=("**/main.jsonl",), named=True),
    source="signal",
    product="media",
    reads="pictures, films and sounds",
    first=200,
)
def media(member: Member) -> Iterator[Record]:
    """A file that no message names. Read last, when it is known which ones do."""
    yield from loose(member, "signal")


@importer(
    Rule(members=("**/signal-????-??-??-??-??-??.backup",), named=True),
    source="signal",
    reads="encrypted backup, kept as it is",
)
def encrypted_backup(member: Member) -> Iterator[Record]:
    """The backup of the Android app opens with its thirty digits only: it is kept whole, and that is said."""
    yield Notice("signal-encrypted")
    yield document(member)


def _records(member: Member) -> Iterator[Record]:
    people, alike, files = People(), Alike(), NeighbourFiles(member.archive, "signal")
    with member.open() as stream:
        for line in text_lines(stream, _LONGEST):
            if line.error is not None:
                raise line.error
            position = f"line {line.number}"
            if line.lost:
                yield Notice("signal-line", position)
                continue
            if not line.text.strip():
                continue
            try:
                frame = decoded(line.text.encode())
            except ValueError:
                frame = None
            if not isinstance(frame, dict):
                yield Notice("signal-line", position)
                continue
            for record in _frame(frame, people, files):
                if isinstance(record, Item):
                    yield from (
                        () if record.when or record.kind is Kind.SETTING else (Notice("signal-no-time", position),)
                    )
                    yield msgspec.structs.replace(record, key=alike.key(*record.key))
                else:
                    yield record
    if files.missing:
        yield Notice("signal-media-missing", what=str(files.missing))


def _frame(frame: dict[str, Any], people: People, files: NeighbourFiles) -> Iterator[Record]:
    for name, fields in frame.items():
        if not isinstance(fields, dict):
            continue
        match name:
            case "account":
                yield _account(fields)
            case "recipient":
                party = people.recipient(fields)
                if party is not None:
                    yield party
                elif fields:
                    yield _other(name, fields)
            case "chat":
                people.chat(fields)
                yield _other(name, fields, people.chat_name(text_of(fields, "id")))
            case "chatItem":
                yield _message(fields, people, files)
            case _:
                yield _other(name, fields)


def _account(fields: dict[str, Any]) -> Party:
    name = " ".join(text_of(fields, part) for part in ("givenName", "familyName") if fields.get(part))
    user = text_of(fields, "username")
    handles = (Handle("user", user),) if user else ()
    return Party(key=("account",), name=name, handles=handles, details=without_secrets(fields))


def _other(name: str, fields: dict[str, Any], title: str = "") -> Item:
    details = without_secrets(fields)
    digest = hashlib.blake2b(msgspec.json.encode(details, order="sorted"), digest_size=8).hexdigest()
    return Item(
        kind=Kind.SETTING,
        key=(name, digest),
        title=title or text_of(fields, "name", "title"),
        text=name,
        details=details,
    )


def _message(fields: dict[str, Any], people: People, files: NeighbourFiles) -> Item:
    chat, author, sent = (text_of(fields, name) for name in ("chatId", "authorId", "dateSent"))
    update = fields.get("updateMessage")
    call = isinstance(update, dict) and any(name.endswith("Call") for name in update)
    text = text_of(inner(fields, "standardMessage", "text"), "body")
    rest = {name: value for name, value in fields.items() if name != "dateSent"}
    if text and isinstance(rest.get("standardMessage"), dict):
        rest["standardMessage"] = _without_body(rest["standardMessage"])
    return Item(
        kind=Kind.CALL if call else Kind.OTHER if "updateMessage" in fields else Kind.MESSAGE,
        key=("message", people.chat_identity(chat), people.identity(author), sent),
        when=Moment(int(sent) * 1000, None, Precision.MILLISECOND)
        if sent.isdigit() and 0 < int(sent) < 10**14
        else None,
        title=people.chat_name(chat),
        text=text,
        parties=people.roles(chat, author, sent="outgoing" in fields),
        details=without_secrets(rest),
        files=tuple(_files(fields, files)),
    )


def _without_body(message: dict[str, Any]) -> dict[str, Any]:
    text = {name: value for name, value in message["text"].items() if name != "body"}
    return {name: value for name, value in message.items() if name != "text"} | ({"text": text} if text else {})


def _files(value: Any, files: NeighbourFiles) -> Iterator[File]:
    """The files of all pointers in a message, at any depth."""
    if isinstance(value, list):
        for entry in value:
            yield from _files(entry, files)
    elif isinstance(value, dict):
        locator = value.get("locatorInfo")
        if isinstance(locator, dict):
            name = _stored_name(text_of(locator, "plaintextHash"), text_of(locator, "localKey"))
            yield from files.stem(name, text_of(value, "fileName")) if name else ()
        for entry in value.values():
            yield from _files(entry, files)


def _stored_name(digest: str, key: str) -> str:
    """How the export names a file: the SHA-256 of the digest of its content and of its key, as hexadecimal."""
    try:
        both = base64.b64decode(digest, validate=True) + base64.b64decode(key, validate=True)
    except (binascii.Error, ValueError):
        return ""
    return hashlib.sha256(both).hexdigest() if digest and key else ""
