"""What a whole-account export holds beside chats: the person, contacts, sessions, pictures, anything else."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import Any

import msgspec

from importers.formats.json_nested import Path
from importers.formats.json_records import text as text_of
from importers.neighbour_files import NeighbourFiles
from importers.records import Handle, Item, Kind, Party, Record, Role
from importers.telegram.message import NOT_THERE, moment

LISTS = ("contacts", "frequent_contacts", "sessions", "web_sessions", "profile_pictures", "stories")
"""Root keys of lists, bare or under ``list``."""


def records(path: Path, value: Any, folder: str, files: NeighbourFiles) -> Iterator[Record]:
    """The record of one value outside chats; none for sentences that explain a list and for what is empty."""
    if path[-1] == "about" or value in (None, "", [], {}):
        return
    fields = value if isinstance(value, dict) else {"value": value}
    match path[0]:
        case "personal_information":
            yield _person(("account", text_of(fields, "user_id")), fields)
        case "contacts":
            yield _person(("contact", *_names(fields), text_of(fields, "phone_number")), fields)
        case "sessions" | "web_sessions":
            yield _session(path[0], fields)
        case "profile_pictures" | "stories":
            yield _picture(path[0], fields, folder, files)
        case _:
            yield Item(kind=Kind.OTHER, key=(path[0], _digest(fields)), title=_title(path, fields), details=fields)


def phone(text: str) -> str:
    """``+33…`` for ``0033…`` and ``+33 …``."""
    bare = re.sub(r"[^\d+]", "", text)
    return "+" + bare[2:] if bare.startswith("00") else bare


def _person(key: tuple[Any, ...], fields: dict[str, Any]) -> Party:
    number, user, own = text_of(fields, "phone_number"), text_of(fields, "username"), text_of(fields, "user_id")
    handles = (
        *((Handle("id", f"user{own}"),) if own and own != "0" else ()),
        *((Handle("phone", phone(number)),) if phone(number) else ()),
        *((Handle("user", user.lstrip("@")),) if user else ()),
    )
    return Party(key=key, name=" ".join(name for name in _names(fields) if name), handles=handles, details=fields)


def _names(fields: dict[str, Any]) -> tuple[str, str]:
    return text_of(fields, "first_name"), text_of(fields, "last_name")


def _session(kind: str, fields: dict[str, Any]) -> Item:
    seen = {"date_unixtime": fields.get("created_unixtime"), "date": fields.get("created")}
    last = {"date_unixtime": fields.get("last_active_unixtime"), "date": fields.get("last_active")}
    begun, active = moment(seen) or moment(last), moment(last)
    device = " ".join(text_of(fields, name) for name in ("application_name", "device_model") if fields.get(name))
    return Item(
        kind=Kind.SIGN_IN,
        key=(kind, text_of(fields, "created"), device, text_of(fields, "last_ip"), text_of(fields, "last_active")),
        when=begun,
        end=active.us if begun and active and active.us > begun.us else None,
        title=device or text_of(fields, "domain"),
        parties=(Role("device", device),) if device else (),
        details=fields,
    )


def _picture(kind: str, fields: dict[str, Any], folder: str, files: NeighbourFiles) -> Item:
    address = text_of(fields, "photo", "media", "file")
    there = bool(address) and not address.startswith(NOT_THERE)
    return Item(
        kind=Kind.PHOTO if kind == "profile_pictures" else Kind.POST,
        key=(kind, text_of(fields, "date_unixtime", "date"), address.rpartition("/")[2] if there else ""),
        when=moment(fields),
        title="profile picture" if kind == "profile_pictures" else "story",
        text=text_of(fields, "caption"),
        details=fields,
        files=files.at(folder, address) if there else (),
    )


def _title(path: Path, fields: dict[str, Any]) -> str:
    return text_of(fields, "name", "title") or path[0].replace("_", " ")


def _digest(fields: dict[str, Any]) -> str:
    return hashlib.blake2b(msgspec.json.encode(fields, order="sorted"), digest_size=8).hexdigest()
