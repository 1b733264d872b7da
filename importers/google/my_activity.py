"""My Activity and YouTube history in JSON: one item an entry, in the wording of the account's language.

The file is one array, newest first, one file a product; YouTube's own history files have the same shape and repeat a
part. Folders, file names and sentences are localised, the JSON keys are not. Times are UTC. Seen in a real French
Takeout of 2022; English files in public tests.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from msgspec import UNSET, Raw

from importers.contract import Member, Rule, importer
from importers.formats import json_blocks
from importers.formats.json_blocks import Block, Broken, Value
from importers.google import addresses, wording
from importers.google.activity import Activity, channels, decoded, names, place
from importers.google.fields import Fields, compact, details, odd, text, told
from importers.google.identity import Identities
from importers.google.plain_activities import plain_entries
from importers.google.times import moment, moments
from importers.records import Item, Kind, Moment, Notice, Record

_SNIPPET = frozenset({"snippet"})
_TEXTS = ("title", "description")
_ENCODE = msgspec.json.Encoder().encode


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
        for event in json_blocks.read(stream, {"": Activity}):
            match event:
                case Block(key=""):
                    yield from _block(event, identities)
                case Broken(reason="json-unexpected") if event.text.startswith(b"{"):
                    fields = msgspec.json.decode(event.text, type=Fields)
                    activity = _plain(fields)
                    when = moment(activity.time or "")
                    item = _item(activity, fields, when, identities)
                    if item.when is None:
                        yield Notice("google-no-time", f"record {event.index + 1}")
                    yield item
                case Broken():
                    yield from told(event)
                case Block():
                    yield from (odd(bytes(element)) for element in event.elements)
                case Value():
                    yield odd(b"{" + msgspec.json.encode(event.key) + b":" + event.text + b"}")


def _block(block: Block, identities: Identities) -> Iterator[Record]:
    """All entries at once where they are plain ones, else one by one."""
    found = plain_entries(block, identities)
    if found is None:
        yield from _singly(block, identities)
    else:
        yield found


def _singly(block: Block, identities: Identities) -> Iterator[Record]:
    """Entries that have no other fields than the known ones are decoded once, the others are looked at name by name."""
    whens = moments([activity.time or None for activity in block.elements])
    fields: list[Fields] | list[None] = [None] * len(block.elements)
    if not block.whole:
        yield from (Notice(event.reason, event.position) for event in json_blocks.doubled(block))
        fields = msgspec.json.decode(block.text, type=list[Fields])
    entries = zip(block.elements, fields, whens, strict=True)
    for number, (activity, every, when) in enumerate(entries, block.first + 1):
        item = _item(activity, every, when, identities)
        if item.when is None:
            yield Notice("google-no-time", f"record {number}")
        yield item


def _item(activity: Activity, fields: Fields | None, when: Moment | None, identities: Identities) -> Item:
    """One activity. ``fields``: all that the entry has; None when the activity holds it all."""
    if fields is not None and "snippet" in fields and activity.title is UNSET:
        fields = _flat(fields)
        activity = _plain(fields)
        when = moment(activity.time or "")
    title = activity.title or ""
    sentence = wording.squeezed(title)
    address = addresses.unwrapped(activity.titleUrl or "")
    if activity.details and wording.is_ad(names(activity.details)):
        kind = Kind.AD
    else:
        kind = wording.kind_of(sentence, address, activity.header or "")
    where = place(activity.locationInfos) if activity.locationInfos else None
    text = activity.description or ""
    activity.title = activity.description = UNSET
    if when:
        activity.time = UNSET
    return Item(
        kind=kind,
        key=identities.key(kind, when.us if when else None, sentence, address, names(activity.products)),
        when=when,
        title=title,
        text=text,
        lat=where[0] if where else None,
        lon=where[1] if where else None,
        parties=channels(decoded(activity.subtitles)) if activity.subtitles else (),
        details=compact(_ENCODE(activity)) if fields is None else details(fields, _taken(fields, when)),
    )


def _taken(fields: Fields, when: Moment | None) -> set[str]:
    """The fields that have a column, and what they say in it."""
    taken: set[str] = {name for name in _TEXTS if name in fields and bytes(fields[name]).startswith(b'"')}
    return taken | {"time", "publishedAt"} if when else taken


def _plain(fields: Fields) -> Activity:
    """What is needed of an entry in which a field has an unexpected type, or which has another shape."""
    activity = Activity()
    for name in ("header", "title", "titleUrl", "description", "time"):
        setattr(activity, name, text(fields, name))
    for name in ("subtitles", "products", "details", "locationInfos"):
        setattr(activity, name, fields.get(name, Raw()))
    return activity


def _flat(fields: Fields) -> Fields:
    """Before 2018 an entry's fields stood under ``snippet``, its time as ``publishedAt``."""
    try:
        inner = msgspec.json.decode(fields["snippet"], type=Fields)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return fields
    outer = {name: raw for name, raw in fields.items() if name not in _SNIPPET}
    time = {"time": inner["publishedAt"]} if "publishedAt" in inner else {}
    return outer | inner | time
