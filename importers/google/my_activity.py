"""My Activity and YouTube history in JSON: one item an entry, in the wording of the account's language.

The file is one array, newest first, one file a product; YouTube's own history files have the same shape and repeat a
part. Folders, file names and sentences are localised, the JSON keys are not. Times are UTC. Seen in a real French
Takeout of 2022; English files in public tests.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import msgspec

from importers.contract import Member, Rule, importer
from importers.formats import json_blocks
from importers.formats.json_blocks import Block, Broken
from importers.google import addresses, wording
from importers.google.fields import Fields, details, objects, odd, text, told, value
from importers.google.identity import Identities
from importers.google.times import moment
from importers.records import Handle, Item, Kind, Notice, Record, Role

_COLUMNS = frozenset({"title", "time", "description"})
_SNIPPET = frozenset({"snippet"})


@importer(
    Rule(
        members=("**/MyActivity.json", "**/My Activity.json", "**/MonActivité.json", "**/watch-history.json"),
        shape="json-array",
        keys=frozenset({"header", "title", "time"}),
    ),
    Rule(shape="json-array", keys=frozenset({"title", "time", "products"})),
    Rule(
        members=("**/MyActivity.json", "**/My Activity.json", "**/MonActivité.json", "**/watch-history.json"),
        starts=("[]",),
        named=True,
    ),
    Rule(shape="json-array", keys=frozenset({"snippet", "publishedAt", "title"})),
    source="google",
    product="my-activity",
    reads="activities and YouTube history (JSON)",
    languages=("fr", "en", "de", "es"),
    status="proven",
)
def my_activity(member: Member) -> Iterator[Record]:
    """Everything that an account's activity page lists: searches, videos, pages, apps, adverts.

    The title is Google's sentence. ``titleUrl`` stays as it is in the details, redirect and all; the identity uses
    the page behind it.
    """
    identities = Identities()
    with member.open() as stream:
        for event in json_blocks.read(stream, {"": Fields}):
            match event:
                case Block(key=""):
                    for number, fields in enumerate(event.elements, event.first + 1):
                        yield from _activity(fields, number, identities)
                case Block():
                    yield from (odd(bytes(element)) for element in event.elements)
                case Broken():
                    yield from told(event)


def _activity(fields: Fields, number: int, identities: Identities) -> Iterator[Record]:
    columns = _COLUMNS
    if "snippet" in fields and "title" not in fields:
        fields, columns = _flat(fields), _COLUMNS | {"publishedAt"}
    title, address = text(fields, "title"), addresses.unwrapped(text(fields, "titleUrl"))
    when = moment(text(fields, "time"))
    if when is None:
        yield Notice("google-no-time", f"record {number}")
        columns = columns - {"time"}
    sentence = wording.squeezed(title)
    if wording.is_ad(_names(fields.get("details"))):
        kind = Kind.AD
    else:
        kind = wording.kind_of(sentence, address, text(fields, "header"))
    place = _place(fields) if "locationInfos" in fields else None
    yield Item(
        kind=kind,
        key=identities.key(kind, when.us if when else None, sentence, address, _names(fields.get("products"))),
        when=when,
        title=title,
        text=text(fields, "description"),
        lat=place[0] if place else None,
        lon=place[1] if place else None,
        parties=channels(value(fields, "subtitles")) if "subtitles" in fields else (),
        details=details(fields, columns),
    )


def channels(subtitles: Any) -> tuple[Role, ...]:
    """The YouTube channels among the subtitles of an activity."""
    return tuple(
        Role("channel", str(entry.get("name", "")), Handle("url", url))
        for entry in objects(subtitles)
        if isinstance(url := entry.get("url"), str) and "youtube.com/" in url
    )


def _place(fields: Fields) -> tuple[float, float] | None:
    """The first place that Google names, degrees: often a rounded area, not a point."""
    urls = (entry.get("url") for entry in objects(value(fields, "locationInfos")))
    places = (addresses.place(url) for url in urls if isinstance(url, str))
    return next((place for place in places if place), None)


def _flat(fields: Fields) -> Fields:
    """Before 2018 an entry's fields stood under ``snippet``, its time as ``publishedAt``."""
    try:
        inner = msgspec.json.decode(fields["snippet"], type=Fields)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return fields
    outer = {name: raw for name, raw in fields.items() if name not in _SNIPPET}
    time = {"time": inner["publishedAt"]} if "publishedAt" in inner else {}
    return outer | inner | time


def _names(raw: msgspec.Raw | None) -> tuple[str, ...]:
    return _listed(bytes(raw)) if raw is not None else ()


@lru_cache(maxsize=4096)
def _listed(raw: bytes) -> tuple[str, ...]:
    """The texts, or the ``name`` of the objects, in a JSON list."""
    found = value({"": msgspec.Raw(raw)}, "")
    entries = found if isinstance(found, list) else []
    names = (entry.get("name") if isinstance(entry, dict) else entry for entry in entries)
    return tuple(name for name in names if isinstance(name, str))
