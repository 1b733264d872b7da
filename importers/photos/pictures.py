"""Pictures of no known service: kept whole, at the time and place that the camera wrote into them."""

from __future__ import annotations

from typing import Any

import msgspec

from importers.contract import Member, Rule, keep
from importers.generic.documents import WEIGHT
from importers.photos import exif
from importers.photos.taken import when, where
from importers.records import Item, Kind

_TITLES = ("ImageDescription", "XPTitle")


def described(member: Member, document: Item) -> Item:
    """The picture with its tags in the details; as it is when it is too large or has none."""
    if member.size > exif.LARGEST:
        return document
    data = bytearray()
    for piece in member.pieces():
        data += piece
        if len(data) > exif.LARGEST:
            return document
    tags = exif.fields(bytes(data))
    place = where(tags)
    return msgspec.structs.replace(
        document,
        when=when(tags),
        text=next((_text(tags.get(name)) for name in _TITLES if _text(tags.get(name))), ""),
        lat=place[0] if place else None,
        lon=place[1] if place else None,
        details=tags,
    )


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


keep(
    Rule(shape="image", alone=True),
    Rule(shape="image", strange=True),
    Rule(members=("**/*.webp",), shape="binary", named=True, alone=True),
    Rule(members=("**/*.webp",), shape="binary", named=True, strange=True),
    source="photos",
    kind=Kind.PHOTO,
    weight=WEIGHT + 1,
    about=described,
)
