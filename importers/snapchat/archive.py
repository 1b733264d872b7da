"""The JSON files of a Snapchat archive: chats, snaps, memories, friends, the account and everything else.

Facts: what others have read; one file has had two schemas under one name, told by what a record holds.
``Created(microseconds)`` holds milliseconds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from importers.contract import Member, Rule, importer
from importers.formats.few_notices import few_notices
from importers.formats.json_leaves import Leaf, leaves
from importers.formats.json_records import Alike
from importers.formats.named_fields import NO_TIME, Fields, fact, moment
from importers.records import Handle, Item, Kind, Moment, Notice, Party, Precision, Record, Role
from importers.snapchat import media, shapes

_MARKS = ("**/account_history.json", "**/chat_history.json", "**/memories_history.json", "**/snap_history.json")
_LISTS = (
    *("account", "account_history", "friends", "location_history", "search_history", "talk_history", "snapchat_ai"),
    *("bitmoji", "snap_ads", "shared_story", "story_history", "subscriptions", "ranking", "user_profile"),
    *("terms_history", "in_app_surveys", "purchase_history", "support_note", "email_campaign_history"),
    *("cameos_metadata", "connected_apps"),
)
"""Files of which little more than their name is known; they are claimed beside other files of Snapchat only."""

_PLACE = re.compile(r"(-?\d{1,2}(?:\.\d+)?),\s*(-?\d{1,3}(?:\.\d+)?)\s*\Z")
_EMPTY_PLACE = (0.0, 0.0)


@importer(
    Rule(members=("**/chat_history.json", "**/snap_history.json"), keys=frozenset({"From", "Media Type", "Created"})),
    Rule(members=("**/chat_history.json", "**/snap_history.json"), shape="json-object", named=True),
    Rule(shape="json-object", keys=frozenset({"Received Saved Chat History", "Sent Saved Chat History"})),
    Rule(shape="json-object", keys=frozenset({"Received Snap History", "Sent Snap History"})),
    source="snapchat",
    reads="chats and snaps",
)
def chats(member: Member) -> Iterator[Record]:
    """Messages that were saved and the times of snaps; what disappeared is not in the archive. UTC."""
    yield from few_notices(_chats(member))


def _chats(member: Member) -> Iterator[Record]:
    alike = Alike()
    with member.open() as stream:
        for leaf in leaves(stream):
            if isinstance(leaf, Notice):
                yield leaf
            elif leaf.number:
                yield from _message(member, leaf, alike)
            else:
                yield from fact(shapes.of_list(leaf.path), leaf.fields, leaf.position, alike, {"list": leaf.path})


def _message(member: Member, leaf: Leaf, alike: Alike) -> Iterator[Record]:
    fields, where = Fields(leaf.fields), leaf.path[-1] if leaf.path else ""
    when = _when(fields)
    written = fields.text("Created")
    if when is None:
        yield Notice(NO_TIME, leaf.position, "Created")
    elif when.precision is Precision.SECOND:
        fields.take("Created")
    listed = where.startswith(("Received ", "Sent "))
    conversation = fields.text("From", "To") if listed else where
    sender = fields.text("From")
    text = shapes.readable(fields.take("Content", "Text"))
    kind = fields.text("Media Type")
    roles = [Role("from", sender, Handle("user", sender))] if sender else []
    other = fields.text("To") or ("" if listed or sender == where else where)
    roles += [Role("to", fields.text("Conversation Title") or other, Handle("user", other))] if other else []
    stamp = when.us // 1_000_000 if when else written
    yield Item(
        kind=Kind.OTHER if kind.startswith("STATUS") else Kind.MESSAGE,
        key=alike.key("chat", conversation, stamp, sender or "me", kind, text, fields.text("Media IDs")),
        when=when,
        title=fields.take("Conversation Title"),
        text=text,
        parties=tuple(roles),
        details={"list": where} | fields.rest(),
        files=media.of(member, fields.text("Media IDs")),
    )


def _when(fields: Fields) -> Moment | None:
    """The time with the milliseconds that newer archives give."""
    fine = fields.text("Created(microseconds)")
    found = moment(fields.text("Created"))
    if fine.isdigit() and len(fine) in {13, 16}:
        us = int(fine) * (1000 if len(fine) == 13 else 1)
        return Moment(us, None, Precision.MILLISECOND if len(fine) == 13 else Precision.MICROSECOND)
    return found


@importer(
    Rule(members=("**/memories_history.json",), keys=frozenset({"Saved Media", "Media Type"})),
    Rule(members=("**/memories_history.json",), keys=frozenset({"Saved Media"}), named=True),
    source="snapchat",
    reads="memories",
)
def memories(member: Member) -> Iterator[Record]:
    """Pictures and films that were saved: when and where; the links to them live for some days only."""
    yield from few_notices(_memories(member))


def _memories(member: Member) -> Iterator[Record]:
    alike = Alike()
    links = 0
    with member.open() as stream:
        for leaf in leaves(stream):
            if isinstance(leaf, Notice):
                yield leaf
                continue
            fields = Fields(leaf.fields)
            when = moment(fields.text("Date"))
            if when is None:
                yield Notice(NO_TIME, leaf.position, "Date")
            else:
                fields.take("Date")
            place = _place(fields.text("Location"))
            kind = fields.text("Media Type")
            links += bool(fields.text("Download Link", "Media Download Url"))
            video = kind.casefold() == "video"
            yield Item(
                kind=Kind.VIDEO if video else Kind.PHOTO,
                key=alike.key("memory", when.us if when else fields.text("Date"), video, fields.text("Location")),
                when=when,
                lat=place[0] if place else None,
                lon=place[1] if place else None,
                details=fields.rest(),
            )
    if links:
        yield Notice("snapchat-links", what=str(links))


def _place(text: str) -> tuple[float, float] | None:
    """``Latitude, Longitude: 45.7, 4.8``; zeros stand for no place."""
    found = _PLACE.search(text)
    if found is None:
        return None
    place = (float(found[1]), float(found[2]))
    return None if place == _EMPTY_PLACE or abs(place[0]) > 90 or abs(place[1]) > 180 else place


@importer(
    Rule(members=("**/account.json",), keys=frozenset({"Basic Information", "Device History"})),
    Rule(members=("**/account.json",), keys=frozenset({"Basic Information", "Login History"})),
    Rule(members=("**/friends.json",), keys=frozenset({"Friends", "Blocked Users"})),
    Rule(members=("**/account_history.json",), keys=frozenset({"Display Name Change", "Password Change"})),
    Rule(members=("**/search_history.json",), keys=frozenset({"Search History", "Search Term"})),
    Rule(members=tuple(f"**/{name}.json" for name in _LISTS), shape="json-object", named=True, beside=_MARKS),
    source="snapchat",
    reads="account, friends and other lists",
    weight=-1,
)
def lists(member: Member) -> Iterator[Record]:
    """Every record of every list, by its name; fields in no list are settings."""
    yield from few_notices(_lists(member))


def _lists(member: Member) -> Iterator[Record]:
    alike = Alike()
    with member.open() as stream:
        for leaf in leaves(stream):
            if isinstance(leaf, Notice):
                yield leaf
            elif leaf.path == ("Basic Information",):
                yield _account(leaf.fields)
            else:
                yield from fact(
                    shapes.of_list(leaf.path), leaf.fields, leaf.position, alike, {"list": " › ".join(leaf.path)}
                )


def _account(fields: dict[str, Any]) -> Party:
    said = Fields(fields)
    name = said.text("Username")
    return Party(
        key=("account", name),
        name=said.text("Name", "Username"),
        handles=(Handle("user", name),) if name else (),
        details=fields,
    )
