"""A Tinder archive: what was done each day, what the person wrote, and the profile.

Facts: a real file of 2021. Only the person's own messages are in it, and the numbers of matches change from one
archive to the next: a message is told by its time and words. The counters are a series each, a value a day.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from importers.columns import numbers, times
from importers.contract import Member, Rule, importer
from importers.formats.entities import unescaped
from importers.formats.few_notices import few_notices
from importers.formats.json_leaves import leaves
from importers.formats.json_records import Alike, text
from importers.formats.named_fields import NO_TIME, Fields, Shape, fact, moment
from importers.records import Handle, Item, Kind, Notice, Party, Record, Role, Samples

_DAY = 86_400_000_000
_COUNTERS = {
    "app_opens": "tinder-app-opens",
    "swipes_likes": "tinder-likes",
    "swipes_passes": "tinder-passes",
    "superlikes": "tinder-super-likes",
    "matches": "tinder-matches",
    "messages_sent": "tinder-messages-sent",
    "messages_received": "tinder-messages-received",
}
_PURCHASE = Shape(
    Kind.PURCHASE, "purchase", time=("create_date", "created_at", "purchase_date", "date"),
    title=("product_type", "product_id", "name"), amount=("price", "amount"), currency=("currency",),
)  # fmt: skip
_PHOTO = Shape(Kind.PHOTO, "photo", time=("created_at",), title=("filename", "id", "value"), own=("id",))
_OTHER = Shape(Kind.SETTING, "other", time=("created_at", "create_date", "date"), title=("name",))


@importer(
    Rule(members=("**/data.json",), shape="json-object", keys=frozenset({"Usage", "app_opens", "swipes_likes"})),
    Rule(shape="json-object", keys=frozenset({"Messages", "match_id", "sent_date"})),
    Rule(members=("**/data.json",), shape="json-object", keys=frozenset({"swipes_likes", "swipes_passes"}), named=True),
    source="tinder",
    reads="daily use, messages sent and profile",
    status="proven",
)
def archive(member: Member) -> Iterator[Record]:
    """Counters by day, messages that the person sent, purchases, photos and the profile. UTC."""
    yield from few_notices(_archive(member))


def _archive(member: Member) -> Iterator[Record]:
    alike = Alike()
    user: dict[str, Any] = {}
    with member.open() as stream:
        for leaf in leaves(stream):
            if isinstance(leaf, Notice):
                yield leaf
                continue
            part, fields = leaf.path[0] if leaf.path else "", leaf.fields
            if leaf.path == ("Messages", "messages"):  # a match too long to be held at once
                yield from _match({"messages": [fields]}, leaf.position, alike)
            elif part == "Messages":
                yield from _match(fields, leaf.position, alike)
            elif part == "Usage":
                yield from _usage(leaf.path[1:], fields, alike)
            elif part == "User":
                _join(user, leaf.path[1:], fields, listed=bool(leaf.number))
            elif part == "Purchases":
                yield from fact(_PURCHASE, fields, leaf.position, alike, {"list": leaf.path[-1]})
            elif part == "Photos" and leaf.number:
                yield from fact(_PHOTO, fields, leaf.position, alike)
            elif part:
                yield from fact(_OTHER, fields, leaf.position, alike, {"list": " › ".join(leaf.path)})
            else:
                yield from _beside(fields, alike)
    if user:
        yield _profile(user)


def _beside(fields: dict[str, Any], alike: Alike) -> Iterator[Record]:
    """What stands at the root in no object: the names of the photos."""
    for name, value in fields.items():
        for number, one in enumerate(value if isinstance(value, list) else [value], 1):
            shape = _PHOTO if name == "Photos" else _OTHER
            record = one if isinstance(one, dict) else {"value": one}
            yield from fact(shape, record, f"record {number}", alike, {"list": name})


def _match(match: dict[str, Any], position: str, alike: Alike) -> Iterator[Record]:
    """The messages of one match."""
    number = text(match, "match_id")
    written = match.get("messages")
    for message in written if isinstance(written, list) else ():
        fields = Fields(message if isinstance(message, dict) else {"message": message})
        sent = fields.text("sent_date")
        when = moment(sent)
        if when is None:
            yield Notice(NO_TIME, position, "sent_date")
        else:
            fields.take("sent_date")
        original = fields.text("message")
        shown = unescaped(original)
        if shown == original:
            fields.take("message")
        yield Item(
            kind=Kind.MESSAGE,
            key=alike.key("message", when.us if when else sent, original),
            when=when,
            text=shown,
            parties=(Role("to", number),) if number else (),
            details={"match_id": number} | fields.rest(),
        )
    rest = {name: one for name, one in match.items() if name not in {"match_id", "messages"}}
    if rest:
        yield from fact(_OTHER, rest, position, alike, {"match_id": number})


def _usage(path: tuple[str, ...], fields: dict[str, Any], alike: Alike) -> Iterator[Record]:
    """Counters by day; advertising numbers and other lists as they stand."""
    if path:
        yield from _counter(path[0], fields, alike)
        return
    for name, value in fields.items():
        if isinstance(value, dict):
            yield from _counter(name, value, alike)
        elif value not in (None, "", []):
            yield from fact(_OTHER, {name: value}, "record 1", alike, {"list": "Usage"})


def _counter(name: str, days: dict[str, Any], alike: Alike) -> Iterator[Record]:
    stamps = {day: found for day in days if (found := moment(day)) is not None}
    counted = {day: days[day] for day in stamps if isinstance(days[day], int) and not isinstance(days[day], bool)}
    if counted and name in _COUNTERS:
        start = times(stamps[day].us for day in counted)
        yield Samples(
            series=_COUNTERS[name],
            unit="count",
            start=start,
            end=start + _DAY,
            value=numbers(counted.values()),
            exclusive=True,
        )
    others = {day: value for day, value in days.items() if name not in _COUNTERS or day not in counted}
    if others:
        yield from fact(_OTHER, others, "record 1", alike, {"list": name})


def _join(user: dict[str, Any], path: tuple[str, ...], fields: dict[str, Any], *, listed: bool) -> None:
    """Put a part of the profile back where it was."""
    if not path:
        user |= fields
    elif listed:
        user.setdefault(path[0], []).append(fields)
    else:
        user.setdefault(path[0], {}).update(fields)


def _profile(user: dict[str, Any]) -> Party:
    said = Fields(user)
    kinds = (("email", "email"), ("user", "username"))
    return Party(
        key=("profile", said.text("create_date") or said.text("email")),
        name=said.text("full_name", "name"),
        handles=tuple(Handle(type_, said.text(name)) for type_, name in kinds if said.text(name)),
        details=user,
    )
