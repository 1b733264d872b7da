"""One entry of My Activity as it stands in JSON, and what its lists say."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, TypeAlias

import msgspec
from msgspec import UNSET, Raw, UnsetType

from importers.google import addresses
from importers.google.fields import objects, value
from importers.records import Handle, Role

Text: TypeAlias = str | UnsetType


class Activity(msgspec.Struct, gc=False, omit_defaults=True):
    """One entry with all known fields. Lists stay JSON text."""

    header: Text = UNSET
    title: Text = UNSET
    titleUrl: Text = UNSET  # noqa: N815 - the archive's own names
    subtitles: Raw = Raw()
    description: Text = UNSET
    time: Text = UNSET
    products: Raw = Raw()
    details: Raw = Raw()
    activityControls: Raw = Raw()  # noqa: N815
    locationInfos: Raw = Raw()  # noqa: N815
    safeHtmlItem: Raw = Raw()  # noqa: N815
    attachedFiles: Raw = Raw()  # noqa: N815
    imageFile: Raw = Raw()  # noqa: N815
    audioFiles: Raw = Raw()  # noqa: N815


@lru_cache(maxsize=4096)
def channels_of(subtitles: bytes) -> tuple[Role, ...]:
    """``channels`` of JSON text."""
    return channels(decoded(Raw(subtitles)))


def channels(subtitles: Any) -> tuple[Role, ...]:
    """The YouTube channels among the subtitles of an activity."""
    return tuple(
        Role("channel", str(entry.get("name", "")), Handle("url", url))
        for entry in objects(subtitles)
        if isinstance(url := entry.get("url"), str) and "youtube.com/" in url
    )


def place(infos: Raw) -> tuple[float, float] | None:
    """The first place that Google names, degrees: often a rounded area, not a point."""
    urls = (entry.get("url") for entry in objects(decoded(infos)))
    places = (addresses.place(url) for url in urls if isinstance(url, str))
    return next((place for place in places if place), None)


def names(raw: Raw) -> tuple[str, ...]:
    """The texts, or the ``name`` of the objects, in a JSON list; nothing when it is no list."""
    return _listed(bytes(raw)) if raw else ()


@lru_cache(maxsize=4096)
def _listed(raw: bytes) -> tuple[str, ...]:
    """The texts, or the ``name`` of the objects, in a JSON list."""
    found = decoded(Raw(raw))
    entries = found if isinstance(found, list) else []
    said = (entry.get("name") if isinstance(entry, dict) else entry for entry in entries)
    return tuple(name for name in said if isinstance(name, str))


def decoded(raw: Raw) -> Any:
    """The value of JSON text; None when it is none."""
    return value({"": raw}, "")
