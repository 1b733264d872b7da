"""``sms-….xml`` and ``calls-….xml`` of the app SMS Backup & Restore: short messages, MMS with their pictures, calls.

Times are UTC, to the millisecond. The owner's own number is nowhere. Successive backups overlap almost entirely.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from importers.contract import Member, Rule, importer
from importers.formats.few_notices import few_notices
from importers.formats.json_records import Alike
from importers.records import File, Handle, Item, Kind, Moment, Notice, Precision, Record, Role
from importers.smsbackup.tags import Found, records

_OWN = "insert-address-token"
_ROLES = {"137": "from", "151": "to", "130": "cc", "129": "to"}
_HIDDEN = frozenset({"", "-1", "-2", "-3"})


@importer(
    Rule(members=("**/sms-*.xml",), root="smses"),
    source="sms-backup",
    reads="messages",
    languages=("en", "fr"),
)
def messages(member: Member) -> Iterator[Record]:
    """A `message` each, with the pictures and sounds of MMS."""
    yield from few_notices(_records(member))


@importer(
    Rule(members=("**/calls-*.xml",), root="calls", contains=("<call ", "presentation=")),
    Rule(members=("**/calls-*.xml",), root="calls", named=True),
    source="sms-backup",
    reads="calls",
)
def calls(member: Member) -> Iterator[Record]:
    """A `call` each; missed, refused and voice mail as the telephone's `type` says."""
    yield from few_notices(_records(member))


def _records(member: Member) -> Iterator[Record]:
    alike = Alike()
    for found in records(member.pieces()):
        position = f"record {found.number}"
        if found.lost:
            yield Notice(found.lost, position)
            continue
        item = _MAKE[found.tags[0].name](found)
        if item.when is None:
            yield Notice("sms-no-time", position)
        yield msgspec.structs.replace(item, key=alike.key(*item.key))


def _sms(found: Found) -> Item:
    fields = found.tags[0].fields
    when, text = _moment(fields), fields.get("body", "")
    address = fields.get("address", "")
    return Item(
        kind=Kind.MESSAGE,
        key=("sms", number(address), fields.get("date", ""), fields.get("type", ""), _digest(text)),
        when=when,
        title=_name(fields) or address,
        text=text,
        parties=_roles(fields, address, sent=fields.get("type") != "1"),
        details=_rest(fields, when, "body"),
    )


def _mms(found: Found) -> Item:
    fields = found.tags[0].fields
    when = _moment(fields)
    parts = [tag.fields for tag in found.tags if tag.name == "part"]
    said = [part.get("text", "") for part in parts if part.get("ct", "").startswith("text/plain")]
    own = fields.get("m_id") or fields.get("tr_id")
    same = (own,) if own else (fields.get("date", ""), _digest(*(value for part in parts for value in part.values())))
    bare = [{name: value for name, value in part.items() if name != "data"} for part in parts]
    addresses = [tag.fields for tag in found.tags if tag.name == "addr"]
    return Item(
        kind=Kind.MESSAGE,
        key=("mms", *same),
        when=when,
        title=_name(fields) or fields.get("sub") or fields.get("address", "").replace("~", ", "),
        text="\n".join(text for text in said if text),
        parties=_group(fields, addresses),
        details=_rest(fields, when, "") | {"parts": bare, "addrs": addresses},
        files=tuple(_file(part, place) for place, part in enumerate(parts, 1) if part.get("data")),
    )


def _call(found: Found) -> Item:
    fields = found.tags[0].fields
    when, caller = _moment(fields), fields.get("number", "")
    seconds = fields.get("duration", "")
    lasted = int(seconds) if seconds.isascii() and seconds.isdigit() and len(seconds) < 8 else 0
    return Item(
        kind=Kind.CALL,
        key=("call", number(caller), fields.get("date", ""), fields.get("type", ""), seconds),
        when=when,
        end=when.us + lasted * 1_000_000 if when and lasted else None,
        title=_name(fields) or ("" if caller in _HIDDEN else caller),
        parties=_roles(fields, "" if caller in _HIDDEN else caller, sent=fields.get("type") == "2"),
        details=_rest(fields, when, ""),
    )


_MAKE: dict[str, Callable[[Found], Item]] = {"sms": _sms, "mms": _mms, "call": _call}


def number(address: str) -> str:
    """A number without its spaces, ``+`` for ``00``; names of senders (``Mairie``) stay."""
    if re.search(r"[^\d\s().+-]", address):
        return address.strip()
    bare = re.sub(r"[^\d+]", "", address)
    return "+" + bare[2:] if bare.startswith("00") else bare


def _moment(fields: dict[str, str]) -> Moment | None:
    text = fields.get("date", "")
    if not (text.isascii() and text.isdigit() and 11 <= len(text) <= 14):
        return None
    return Moment(int(text) * 1000, None, Precision.MILLISECOND)


def _name(fields: dict[str, str]) -> str:
    name = fields.get("contact_name", "").strip()
    return "" if name.casefold() in {"(unknown)", ""} else name


def _roles(fields: dict[str, str], address: str, *, sent: bool) -> tuple[Role, ...]:
    name, handle = _name(fields), _handle(address)
    return (Role("to" if sent else "from", name or address, handle),) if name or handle else ()


def _group(fields: dict[str, str], addresses: list[dict[str, str]]) -> tuple[Role, ...]:
    """Who wrote to whom. Names come in an order of their own: only a single one belongs to its address."""
    sent = fields.get("msg_box") != "1"
    known = [one for one in fields.get("address", "").split("~") if one]
    if len(known) == 1:
        return _roles(fields, known[0], sent=sent)
    named = [(_ROLES.get(one.get("type", ""), "to"), one.get("address", "")) for one in addresses]
    roles = [(role, address) for role, address in named if address and address != _OWN]
    return tuple(Role(role, address, _handle(address)) for role, address in roles or [("to", one) for one in known])


def _handle(address: str) -> Handle | None:
    if not address:
        return None
    kind = "email" if "@" in address else "phone" if re.fullmatch(r"[\d\s().+*#-]+", address) else "id"
    return Handle(kind, number(address))


def _rest(fields: dict[str, str], when: Moment | None, taken: str) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if name != taken and (name != "date" or when is None)}


def _file(part: dict[str, str], place: int) -> File:
    name = next((part[field] for field in ("cl", "name", "fn", "cd") if part.get(field)), f"part-{place}")
    text = part["data"]

    def pieces() -> Iterator[bytes]:
        try:
            yield base64.b64decode(text)
        except (binascii.Error, ValueError):
            yield text.encode()

    return File(name.rpartition("/")[2], pieces, part.get("ct", "application/octet-stream"))


def _digest(*texts: str) -> str:
    state = hashlib.blake2b(digest_size=8)
    for text in texts:
        state.update(text.encode("utf-8", "replace") + b"\0")
    return state.hexdigest()
