"""The account: whose it is, how it is paid, what was searched, and what Spotify concluded about the person.

Facts: real files of 2020. Segments end with a country; ``3P`` stands for those bought from others.
"""

from __future__ import annotations

from collections.abc import Iterator

from importers.contract import Member, Rule, importer
from importers.records import Handle, Item, Kind, Notice, Party, Record, Role
from importers.spotify.elements import Alike, Element, Fields, Single, elements
from importers.spotify.times import moment


@importer(
    Rule(shape="json-array", keys=frozenset({"searchTime", "searchQuery"})),
    source="spotify",
    reads="searches",
    status="proven",
)
def searches(member: Member) -> Iterator[Record]:
    """What was typed, each state of the typing for itself, about three months back; UTC, to the millisecond."""
    alike = Alike()
    for element in elements(member):
        if isinstance(element, Notice):
            yield element
            continue
        search = element.value if isinstance(element.value, dict) else {"value": element.value}
        when = moment(search.get("searchTime"))
        if when is None:
            yield Notice("table-date", f"record {element.number}", "searchTime")
        words = str(search.get("searchQuery") or "")
        taken = {"searchTime", "searchQuery"} if when else {"searchQuery"}
        item = Item(
            kind=Kind.SEARCH,
            key=("search", str(search.get("searchTime")), words, str(search.get("platform"))),
            when=when,
            title=words,
            details={name: value for name, value in search.items() if name not in taken},
        )
        yield alike.numbered(item)


@importer(
    Rule(shape="json-object", keys=frozenset({"inferences"})),
    source="spotify",
    reads="segments for advertising",
    status="proven",
)
def inferences(member: Member) -> Iterator[Record]:
    """One `inference` a segment, without a time."""
    for element in elements(member):
        if isinstance(element, Notice):
            yield element
            continue
        value = element.value
        yield Item(
            kind=Kind.INFERENCE,
            key=("inference", str(value)),
            title=str(value),
            details={} if isinstance(value, str) else {element.key: value},
        )


@importer(
    Rule(shape="json-array", keys=frozenset({"artistName", "segment"})),
    source="spotify",
    reads="segments of listeners (Marquee)",
)
def marquee(member: Member) -> Iterator[Record]:
    """What kind of listener of an artist Spotify takes the person for."""
    for element in elements(member):
        if isinstance(element, Notice):
            yield element
            continue
        fields = element.value if isinstance(element.value, dict) else {"value": element.value}
        artist, segment = str(fields.get("artistName") or ""), str(fields.get("segment") or "")
        yield Item(
            kind=Kind.INFERENCE,
            key=("marquee", artist, segment),
            title=segment,
            parties=(Role("artist", artist),) if artist else (),
            details=fields,
        )


@importer(
    Rule(shape="json-object", keys=frozenset({"username", "creationTime", "birthdate"})),
    source="spotify",
    reads="account",
    status="proven",
)
def userdata(member: Member) -> Iterator[Record]:
    """The person who holds the account."""
    fields, told = _fields(member)
    yield from told
    handles = (("user", "username"), ("email", "email"), ("phone", "mobileNumber"))
    yield Party(
        key=("account", str(fields.get("username") or fields.get("email") or "")),
        name=str(fields.get("username") or ""),
        handles=tuple(Handle(type_, str(fields[name])) for type_, name in handles if fields.get(name)),
        details=fields,
    )


@importer(
    Rule(shape="json-object", keys=frozenset({"payment_method", "creation_date"})),
    Rule(shape="json-array", keys=frozenset({"payment_method", "creation_date"})),
    source="spotify",
    reads="means of payment",
    status="proven",
)
def payments(member: Member) -> Iterator[Record]:
    """A means of payment from the day when it was given; the number of the card is masked in the file."""
    single, told = _fields(member)
    yield from told
    several = single.pop("", None)
    for fields in several if several is not None else [single]:
        known = fields if isinstance(fields, dict) else {"value": fields}
        yield Item(
            kind=Kind.SETTING,
            key=("payment", str(known.get("payment_method")), str(known.get("creation_date"))),
            when=moment(known.get("creation_date")),
            title=str(known.get("payment_method") or ""),
            details=known,
        )


@importer(
    Rule(shape="json-object", keys=frozenset({"identifierType", "identifierValue"})),
    Rule(shape="json-array", keys=frozenset({"identifierType", "identifierValue"})),
    source="spotify",
    reads="identifiers",
)
def identifiers(member: Member) -> Iterator[Record]:
    """An address or number by which Spotify knows the person: a `setting`."""
    single, told = _fields(member)
    yield from told
    several = single.pop("", None)
    for fields in several if several is not None else [single]:
        known = fields if isinstance(fields, dict) else {"value": fields}
        own = tuple(str(known.get(name)) for name in ("identifierType", "identifierValue"))
        yield Item(kind=Kind.SETTING, key=("identifier", *own), title=str(known.get("identifierValue")), details=known)


def _fields(member: Member) -> tuple[Fields, list[Notice]]:
    """A small file at once: its root object with its arrays whole, or a root array under ''."""
    fields: Fields = {}
    told: list[Notice] = []
    for element in elements(member):
        match element:
            case Notice():
                told.append(element)
            case Single():
                fields[element.key] = element.value
            case Element():
                fields.setdefault(element.key, []).append(element.value)
    return fields, told
