"""A Hinge archive: what happened with each match, what the person wrote, and the profile. Nobody is named.

Facts come from what others have read. An element of ``matches.json`` may hold a like only, or a block only; some lists
are JSON text within a text. Times are UTC.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from importers.archive import names
from importers.contract import Member, Rule, importer
from importers.formats.few_notices import few_notices
from importers.formats.json_leaves import Leaf, leaves
from importers.formats.json_records import Alike
from importers.formats.named_fields import Fields, Shape, fact
from importers.records import Item, Kind, Notice, Party, Record

_TIME = ("timestamp", "created", "start_date", "user_updated")
_BESIDE = ("**/matches.json", "**/prompts.json")
_LISTS = tuple(
    f"**/{name}.json"
    for name in (*("media", "subscriptions", "selfie_verification", "convo_starters", "prompt_feedback", "prompts"),)
)
_SHAPES = {
    "match": Shape(Kind.OTHER, "match", time=_TIME),
    "like": Shape(Kind.REACTION, "like", time=_TIME, text=("comment",)),
    "chats": Shape(Kind.MESSAGE, "message", time=_TIME, text=("body",), key=("body",)),
    "block": Shape(Kind.REACTION, "block", time=_TIME, title=("block_type",), key=("block_type",)),
    "we_met": Shape(Kind.REVIEW, "we-met", time=_TIME, title=("did_meet_subject",)),
    "voice_notes": Shape(Kind.MESSAGE, "voice-note", time=_TIME, title=("url",)),
    "prompts": Shape(Kind.POST, "prompt", time=_TIME, title=("prompt",), text=("text",), own=("id",)),
    "subscriptions": Shape(Kind.SUBSCRIPTION, "subscription", time=_TIME, title=("subscription_type", "type")),
    "media": Shape(Kind.PHOTO, "media", time=_TIME, title=("type",), text=("caption",), own=("id",)),
}
_OTHER = Shape(Kind.OTHER, "other", time=_TIME, title=("prompt", "type", "name"))


@importer(
    Rule(members=("**/matches.json",), shape="json-array", keys=frozenset({"match", "chats", "timestamp"})),
    Rule(shape="json-array", keys=frozenset({"chats", "body", "timestamp", "like"})),
    Rule(members=("**/matches.json",), shape="json-array", named=True, keys=frozenset({"timestamp"})),
    source="hinge",
    reads="matches, likes and messages",
)
def matches(member: Member) -> Iterator[Record]:
    """Everything that happened, by match; a match is known by its first time only."""
    yield from few_notices(_matches(member))


def _matches(member: Member) -> Iterator[Record]:
    alike = Alike()
    with member.open() as stream:
        for leaf in leaves(stream):
            if isinstance(leaf, Notice):
                yield leaf
                continue
            began = _began(leaf.fields)
            for name, value in leaf.fields.items():
                for one in _unpacked(value):
                    record = one if isinstance(one, dict) else {"value": one}
                    shape = _SHAPES.get(name, _OTHER)
                    yield from fact(shape, record, leaf.position, alike, {"part": name, "match": began})


def _began(element: dict[str, Any]) -> str:
    """When a match or a like of this element was made: what tells that its parts belong together."""
    for name in ("match", "like"):
        for one in _unpacked(element.get(name)):
            if isinstance(one, dict) and isinstance(one.get("timestamp"), str):
                return str(one["timestamp"])
    return ""


def _unpacked(value: Any) -> list[Any]:
    """A list, which may be written as text."""
    if isinstance(value, str) and value.startswith("["):
        try:
            value = msgspec.json.decode(value)
        except msgspec.DecodeError:
            return [value]
    if value in (None, ""):
        return []
    return value if isinstance(value, list) else [value]


@importer(
    Rule(members=("**/prompts.json",), shape="json-array", keys=frozenset({"prompt", "text", "created"})),
    Rule(members=_LISTS, named=True, beside=_BESIDE),
    source="hinge",
    reads="prompts, pictures and subscriptions",
)
def lists(member: Member) -> Iterator[Record]:
    """Lists of the profile, by the name of their file."""
    yield from few_notices(_lists(member))


def _lists(member: Member) -> Iterator[Record]:
    name = member.path.rpartition("/")[2].rpartition(".")[0]
    told = name if names.matches(member.path, *_LISTS) else "prompts"  # of these only prompts are told by content
    alike = Alike()
    with member.open() as stream:
        for leaf in leaves(stream):
            if isinstance(leaf, Notice):
                yield leaf
            else:
                yield from fact(_SHAPES.get(told, _OTHER), leaf.fields, leaf.position, alike, {"file": told})


@importer(
    Rule(members=("**/user.json",), keys=frozenset({"preferences", "account", "profile"}), named=True, beside=_BESIDE),
    Rule(
        shape="json-object",
        keys=frozenset({"preferences", "identity", "account", "profile", "distance_miles_max", "signup_time"}),
    ),
    source="hinge",
    reads="profile",
)
def user(member: Member) -> Iterator[Record]:
    """The person, with preferences; devices and installations as facts of their own."""
    alike = Alike()
    profile: dict[str, Any] = {}
    with member.open() as stream:
        for leaf in leaves(stream):
            if isinstance(leaf, Notice):
                yield leaf
            elif leaf.number:
                yield from _device(leaf, alike)
            else:
                profile.setdefault(".".join(leaf.path), {}).update(leaf.fields)
    if profile:
        named = Fields(profile.get("profile", {}))
        account = Fields(profile.get("account", {}))
        yield Party(
            key=("profile", account.text("signup_time") or named.digest()),
            name=named.text("first_name", "name"),
            details=profile,
        )


def _device(leaf: Leaf, alike: Alike) -> Iterator[Record]:
    shape = Shape(Kind.DEVICE, "device", time=("install_time", *_TIME), title=("device_model", "platform", "model"))
    for record in fact(shape, leaf.fields, leaf.position, alike, {"part": ".".join(leaf.path)}):
        if isinstance(record, Item | Notice):
            yield record
