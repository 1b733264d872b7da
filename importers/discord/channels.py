"""Channels, servers and the account of a package, which the messages lie beside; top folders are translated.

A channel is found by its ``channel.json`` and never by the name of a folder.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple, cast

from importers.contract import Archive, Member, Rule, importer
from importers.formats.json_nested import decoded
from importers.formats.json_records import inner
from importers.formats.json_records import text as text_of
from importers.records import Handle, Item, Kind, Notice, Party, Record
from importers.whole import document

CHANNELS = ("**/channel.json",)
_DIRECT = frozenset({"DM", "GROUP_DM", "1", "3"})
_LARGEST = 64 << 20


class Channel(NamedTuple):
    """``name``: what the index calls it, or the channel itself. ``fields``: of ``channel.json``."""

    name: str
    fields: dict[str, Any]

    @property
    def is_direct(self) -> bool:
        """Whether it is a talk between people, not a channel of a server."""
        return text_of(self.fields, "type") in _DIRECT

    @property
    def others(self) -> tuple[str, ...]:
        """Identifiers of those who take part; of group talks they may be missing."""
        found = self.fields.get("recipients")
        return tuple(one for one in found if isinstance(one, str)) if isinstance(found, list) else ()


def beside(member: Member) -> Channel:
    """The channel whose folder a member lies in."""
    folder = member.path.rpartition("/")[0]
    fields = _read(member.archive, f"{folder}/channel.json" if folder else "channel.json")
    return _named(member.archive, folder, fields)


def owner(archive: Archive) -> dict[str, Any]:
    """``user.json``: whose package it is; empty when the person left the account out."""
    found = archive.memo("discord.owner", lambda: _owner(archive))
    return cast("dict[str, Any]", found)


@importer(
    Rule(members=CHANNELS, shape="json-object", keys=frozenset({"id", "type"}), named=True),
    source="discord",
    reads="channels",
)
def channels(member: Member) -> Iterator[Record]:
    """The channels and talks that messages were written in; of those that were left only identifier and type."""
    fields = _decoded(member)
    if fields is None:
        yield from _broken(member)
        return
    if not text_of(fields, "id"):
        yield Notice("json-unexpected", "byte 0")
        return
    channel = _named(member.archive, member.path.rpartition("/")[0], fields)
    kind = "person" if text_of(fields, "type") in {"DM", "1"} else "group"
    yield Party(key=("channel", text_of(fields, "id")), name=channel.name, type=kind, details=fields)


@importer(
    Rule(members=("**/index.json",), shape="json-object", beside=CHANNELS, named=True),
    source="discord",
    reads="names of channels and servers",
)
def names(member: Member) -> Iterator[Record]:
    """What the package calls each channel or server, in its language; those with a file of their own are read there."""
    named = _decoded(member)
    if named is None:
        yield from _broken(member)
        return
    folder = member.path.rpartition("/")[0]
    there = {found.path.split("/")[-2].lstrip("c") for found in member.archive.find(*CHANNELS, "**/guild.json")}
    server = any(found.path.startswith(f"{folder}/") for found in member.archive.find("**/guild.json"))
    for number, name in named.items():
        if number not in there:
            said = name if isinstance(name, str) else ""
            key = ("server" if server else "channel", number)
            yield Party(key=key, name=said, type="group", details={"name": name})


@importer(
    Rule(members=("**/guild.json",), shape="json-object", keys=frozenset({"id", "name"}), named=True, beside=CHANNELS),
    source="discord",
    reads="servers",
)
def servers(member: Member) -> Iterator[Record]:
    """The servers that the person belongs to."""
    fields = _decoded(member)
    if fields is None:
        yield from _broken(member)
        return
    yield Party(key=("server", text_of(fields, "id")), name=text_of(fields, "name"), type="group", details=fields)


@importer(
    Rule(
        members=("**/user.json",), shape="json-object", keys=frozenset({"id", "username"}), named=True, beside=CHANNELS
    ),
    Rule(members=("**/user.json",), shape="json-object", keys=frozenset({"discriminator", "relationships"})),
    source="discord",
    reads="account and friends",
    status="beta",
)
def account(member: Member) -> Iterator[Record]:
    """The person, those whom they know, and every other part of the account with its name."""
    fields = _decoded(member)
    if fields is None:
        yield from _broken(member)
        return
    parts = {name: value for name, value in fields.items() if isinstance(value, list | dict)}
    plain = {name: value for name, value in fields.items() if name not in parts}
    yield _person(("account", text_of(fields, "id")), plain)
    for name, value in parts.items():
        entries = value if isinstance(value, list) else [value]
        for place, entry in enumerate(entries, 1):
            details = entry if isinstance(entry, dict) else {"value": entry}
            if name == "relationships":
                user = inner(details, "user")
                yield _person(("relationship", text_of(details, "id") or text_of(user, "id")), {**user, **details})
            elif details:
                own = text_of(details, "id", "application_id", "guild_id")
                yield Item(
                    kind=Kind.SETTING,
                    key=("account", name, own or str(place)),
                    title=text_of(details, "name", "type", "description") or name.replace("_", " "),
                    text=name,
                    details=details,
                )


def _person(key: tuple[Any, ...], fields: dict[str, Any]) -> Party:
    handles = (
        *((Handle("id", text_of(fields, "id")),) if text_of(fields, "id") else ()),
        *((Handle("user", text_of(fields, "username")),) if text_of(fields, "username") else ()),
        *((Handle("email", text_of(fields, "email")),) if "@" in text_of(fields, "email") else ()),
        *((Handle("phone", text_of(fields, "phone")),) if text_of(fields, "phone").startswith("+") else ()),
    )
    name = text_of(fields, "nickname", "global_name", "username") or text_of(inner(fields, "user"), "username")
    return Party(key=key, name=name, handles=handles, details=fields)


def _named(archive: Archive, folder: str, fields: dict[str, Any]) -> Channel:
    above = folder.rpartition("/")[0]
    index = archive.memo(f"discord.index {above}", lambda: _read(archive, f"{above}/index.json".lstrip("/")))
    said = text_of(cast("dict[str, Any]", index), text_of(fields, "id"))
    guild = fields.get("guild")
    server = text_of(guild, "name") if isinstance(guild, dict) else ""
    name = text_of(fields, "name")
    return Channel(said or " · ".join(part for part in (name, server) if part), fields)


def _owner(archive: Archive) -> dict[str, Any]:
    for member in archive.find("**/user.json"):
        fields = _decoded(member) or {}
        if text_of(fields, "username"):
            return fields
    return {}


def _read(archive: Archive, path: str) -> dict[str, Any]:
    members = cast("dict[str, Member]", archive.memo("discord.json", lambda: _index(archive)))
    found = members.get(path)
    return (_decoded(found) if found is not None else None) or {}


def _index(archive: Archive) -> dict[str, Member]:
    return {member.path: member for member in archive.find("**/channel.json", "**/index.json")}


def _broken(member: Member) -> Iterator[Record]:
    """A file that is damaged or cut off: it is said, and kept whole."""
    yield Notice("json-broken", "byte 0")
    yield document(member)


def _decoded(member: Member) -> dict[str, Any] | None:
    """The object in a file; None when there is none to be read."""
    try:
        value = decoded(member.read(_LARGEST))
    except ValueError:
        return None
    return value if isinstance(value, dict) else None
