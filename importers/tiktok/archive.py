"""A TikTok archive as one JSON file: every list is told by its name, every other field is kept where it stands.

Facts: a real file of 2022 (``user_data.json``) for the older names; the newer ones (``user_data_tiktok.json``) come
from what others have read. Times are UTC.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import msgspec

from importers.contract import Member, Rule, importer
from importers.formats.few_notices import few_notices
from importers.formats.json_leaves import Leaf, leaves
from importers.formats.json_records import Alike
from importers.formats.named_fields import Fields, Shape, fact
from importers.records import Handle, Item, Notice, Party, Record, Role
from importers.tiktok import shapes

_OLD = ("Activity", "App Settings", "Direct Messages", "Tiktok Shopping", "Ads and data")
_NEW = ("Your Activity", "Likes and Favorites", "Profile And Settings", "Direct Message", "TikTok Shop")
_TWO = ("Video Browsing History", "Watch History", "ItemFavoriteList", "ProfileMap", "ChatHistory", "LoginHistoryList")


@importer(
    Rule(members=("**/user_data*.json",), shape="json-object", contains=("tiktok",)),
    *(Rule(shape="json-object", keys=frozenset({"Activity", name})) for name in (*_TWO, "Favorite Videos")),
    *(Rule(shape="json-object", keys=frozenset({name, inner})) for name in _NEW for inner in _TWO),
    *(Rule(shape="json-object", keys=frozenset({name, "SettingsMap"})) for name in _OLD),
    Rule(members=("**/user_data.json", "**/user_data_tiktok.json"), shape="json-object", named=True),
    source="tiktok",
    reads="watch history, likes, searches, messages and all other lists",
    status="proven",
)
def archive(member: Member) -> Iterator[Record]:
    """Every record of every list; settings as they stand. The same film seen twice is two facts."""
    yield from few_notices(_archive(member))


def _archive(member: Member) -> Iterator[Record]:
    alike = Alike()
    with member.open() as stream:
        for leaf in leaves(stream):
            if isinstance(leaf, Notice):
                yield leaf
            elif not leaf.number:
                yield from _fields(leaf, alike)
            else:
                yield from _record(leaf, alike)


def _record(leaf: Leaf, alike: Alike) -> Iterator[Record]:
    beside = {"list": " › ".join(leaf.path)}
    chat = _chat(leaf.path)
    if chat:
        yield from _message(leaf, chat, alike, beside)
        return
    if "WatchLiveMap" in leaf.path:
        yield from fact(shapes.LIVE_COMMENT, leaf.fields, leaf.position, alike, beside)
        return
    shape = shapes.of_list(leaf.path) or _under_its_name(shapes.OTHER, leaf.path)
    yield from fact(shape, leaf.fields, leaf.position, alike, beside)


def _under_its_name(shape: Shape, path: tuple[str, ...]) -> Shape:
    """The shape of a list that nobody has described: its name is part of the identity."""
    return replace(shape, what=f"{shape.what} {shapes.folded(path[-1] if path else '')}")


def _chat(path: tuple[str, ...]) -> str:
    """With whom a conversation is; '' when the list is none."""
    if "ChatHistory" not in path or path[-1] == "ChatHistory":
        return ""
    return path[-1].removeprefix("Chat History with ").removesuffix(":").strip()


def _message(leaf: Leaf, chat: str, alike: Alike, beside: dict[str, str]) -> Iterator[Record]:
    """A message of a conversation; what the person wrote goes to the other one."""
    writer = Fields(leaf.fields).text("From")
    role = (Role("to", chat, Handle("user", chat)),) if writer != chat else ()
    for record in fact(shapes.CHAT, leaf.fields | {"conversation": chat}, leaf.position, alike, beside):
        if isinstance(record, Item):
            yield msgspec.structs.replace(record, parties=(*record.parties, *role))
        else:
            yield record


def _fields(leaf: Leaf, alike: Alike) -> Iterator[Record]:
    """Fields in no list: the profile, a live session that was watched, settings."""
    if leaf.path[-1:] == ("ProfileMap",):
        yield _profile(leaf.fields)
    elif "WatchLiveMap" in leaf.path:
        yield from fact(shapes.LIVE, leaf.fields, leaf.position, alike, {"list": " › ".join(leaf.path)})
    elif "AdInterestCategories" in leaf.fields:
        yield from fact(shapes.INTERESTS, leaf.fields, leaf.position, alike)
    else:
        shape = _under_its_name(shapes.SETTING, leaf.path)
        yield from fact(shape, leaf.fields, leaf.position, alike, {"list": " › ".join(leaf.path)})


def _profile(fields: dict[str, Any]) -> Party:
    said = Fields(fields, shapes.SETTING.nothing)
    kinds = (("user", "userName"), ("email", "emailAddress"), ("phone", "telephoneNumber"))
    name = said.text("userName")
    return Party(
        key=("profile", name),
        name=said.text("displayName", "userName"),
        handles=tuple(Handle(type_, said.text(field)) for type_, field in kinds if said.text(field)),
        details=fields,
    )
