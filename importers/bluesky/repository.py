"""A repository of Bluesky (``repo.car``): every record that the account made, as signed blocks.

The tree of the repository gives each record its address, ``collection/rkey``; it is read first, as its nodes lie
among the records. Pictures are not in the file, only their identifiers are.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any

from importers.contract import Member, Rule, importer
from importers.formats import car, dag_cbor
from importers.formats.few_notices import few_notices
from importers.formats.json_records import inner, text
from importers.formats.named_fields import NO_TIME, Fields, moment
from importers.records import Handle, Item, Kind, Moment, Notice, Party, Precision, Record, Role

_KINDS = {
    "app.bsky.feed.post": Kind.POST,
    "app.bsky.feed.like": Kind.REACTION,
    "app.bsky.feed.repost": Kind.REACTION,
    "app.bsky.graph.follow": Kind.SUBSCRIPTION,
    "app.bsky.graph.block": Kind.REACTION,
    "app.bsky.graph.listblock": Kind.REACTION,
    "chat.bsky.actor.declaration": Kind.SETTING,
    "app.bsky.feed.threadgate": Kind.SETTING,
    "app.bsky.feed.postgate": Kind.SETTING,
}
_DIGITS = "234567abcdefghijklmnopqrstuvwxyz"
_MOST = 5_000_000
"""Addresses that are held while a repository is read."""


@importer(
    Rule(members=("**/*.car",), shape="binary", named=True),
    source="bluesky",
    reads="posts, likes, follows and the profile",
)
def repository(member: Member) -> Iterator[Record]:
    """Every record with its time; where the record has none, that of its address, which counts microseconds."""
    yield from few_notices(_repository(member))


def _repository(member: Member) -> Iterator[Record]:
    account, addresses = _tree(member)
    with member.open() as stream:
        for block in car.blocks(stream):
            if isinstance(block, Notice):
                yield block
                continue
            try:
                record = dag_cbor.decode(block.data)
            except dag_cbor.BadCbor:
                yield Notice("car-block", f"byte {block.offset}")
                continue
            if isinstance(record, dict) and isinstance(record.get("$type"), str):
                address = addresses.get(block.cid, "")
                yield from _record(account, address, record, f"byte {block.offset}")


def _tree(member: Member) -> tuple[str, dict[bytes, str]]:
    """Whose repository it is, and the address of each record by its identifier."""
    account = ""
    addresses: dict[bytes, str] = {}
    with member.open() as stream:
        for block in car.blocks(stream):
            if isinstance(block, Notice):
                continue
            try:
                node = dag_cbor.decode(block.data)
            except dag_cbor.BadCbor:
                continue
            if not isinstance(node, dict):
                continue
            if "did" in node and "rev" in node:
                account = text(node, "did")
            elif isinstance(node.get("e"), list) and "$type" not in node and len(addresses) < _MOST:
                addresses.update(_entries(node["e"]))
    return account, addresses


def _entries(entries: list[Any]) -> Iterator[tuple[bytes, str]]:
    """A key says how many bytes it shares with the one before it."""
    before = b""
    for entry in entries:
        shared, key = (entry.get("p"), inner(entry, "k")) if isinstance(entry, dict) else (None, {})
        if not isinstance(shared, int) or not key:
            continue
        before = before[:shared] + base64.b64decode(text(key, "$bytes"))
        target = text(inner(entry, "v"), "$link")
        if target:
            yield _binary(target), before.decode("utf-8", "replace")


def _binary(link: str) -> bytes:
    body = link[1:].upper()
    return base64.b32decode(body + "=" * (-len(body) % 8))


def _record(account: str, address: str, record: dict[str, Any], position: str) -> Iterator[Record]:
    fields = Fields(record)
    kind = text(record, "$type")
    collection, _, rkey = (address or kind).partition("/")
    written = fields.text("createdAt")
    when = moment(written) or _counted(rkey)
    if when is None and kind != "app.bsky.actor.profile":
        yield Notice(NO_TIME, position, "createdAt")
    elif moment(written) is not None:
        fields.take("createdAt")
    key = (collection, rkey) if rkey else (collection, "", fields.digest())
    if kind == "app.bsky.actor.profile":
        yield Party(
            key=("profile", account),
            name=fields.text("displayName"),
            handles=(Handle("id", account),) if account else (),
            details=record,
        )
        return
    yield Item(
        kind=_KINDS.get(kind, Kind.OTHER),
        key=("record", account, *key),
        stable=bool(rkey),
        when=when,
        title=fields.take("name") or text(inner(record, "subject"), "uri"),
        text=fields.take("text") or fields.take("description"),
        parties=tuple(_people(record)),
        details={"address": address} | fields.rest(),
    )


def _people(record: dict[str, Any]) -> Iterator[Role]:
    """Whom a record is about: an account, or the account of the post that is liked, shared or answered."""
    subject = record.get("subject")
    found = subject if isinstance(subject, str) else text(inner(record, "subject"), "uri")
    answered = text(inner(record, "reply", "parent"), "uri")
    for role, address in (("with", found), ("to", answered)):
        account = address.removeprefix("at://").partition("/")[0]
        if account.startswith("did:"):
            yield Role(role, "", Handle("id", account))


def _counted(rkey: str) -> Moment | None:
    """The time in an address of 13 letters: microseconds in its upper bits; None for addresses of other kinds."""
    if len(rkey) != 13 or any(letter not in _DIGITS for letter in rkey):
        return None
    number = 0
    for letter in rkey:
        number = number * 32 + _DIGITS.index(letter)
    us = (number & (1 << 63) - 1) >> 10
    return Moment(us, None, Precision.MICROSECOND) if 1_000_000_000_000_000 < us < 4_102_444_800_000_000 else None
