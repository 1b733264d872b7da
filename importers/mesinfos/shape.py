"""Records of the pilot, described: which fields tell what they are, what they are called, when they were.

The partners' JSON has no common form; what is common is that each record is a flat object or a list of them within a
wrapper (``{"contrat": [...]}``). A description names fields; nothing of a record is left out of its details.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from importers.contract import Member
from importers.formats.french_stamps import moment
from importers.formats.json_records import Alike, Entry, entries, inner, text
from importers.records import Handle, Item, Kind, Moment, Notice, Party, Record, Role

EURO = "EUR"


@dataclass(frozen=True)
class Shape:
    """One sort of record.

    ``needs``: fields that all must be there. ``within``: name of the wrapper that holds it, '' for none. ``same``:
    fields that make its identity. ``stable``: one of them is the partner's own number. ``when``, ``end``, ``title``,
    ``text``, ``amount``: fields of which the first one that is filled is taken.
    """

    name: str
    kind: Kind
    needs: frozenset[str]
    same: tuple[str, ...]
    within: str = ""
    stable: bool = False
    when: tuple[str, ...] = ()
    end: tuple[str, ...] = ()
    title: tuple[str, ...] = ()
    text: tuple[str, ...] = ()
    amount: tuple[str, ...] = ()
    parties: tuple[tuple[str, str], ...] = ()
    """Role, then the field that names the party."""
    stamp: Callable[[Any], Moment | None] = moment
    """Reads the texts of ``when`` and ``end``."""


def items(member: Member, shapes: Sequence[Shape]) -> Iterator[Record]:
    """Each record as the item that the first fitting shape makes of it; those that fit none as `other`, kept whole."""
    alike = Alike()
    for entry in entries(member):
        if isinstance(entry, Notice):
            yield entry
            continue
        for shape, fields, whole in unwrapped(entry, shapes):
            if shape is None:
                yield Item(kind=Kind.OTHER, key=alike.key("record", whole.decode("utf-8", "replace")), details=whole)
            else:
                yield from item(shape, fields, whole, entry.position, alike)


def unwrapped(entry: Entry, shapes: Sequence[Shape]) -> Iterator[tuple[Shape | None, dict[str, Any], bytes]]:
    """The records of an entry, each with its shape (None when none fits) and its own JSON text."""
    shape = fitting(entry.fields, "", shapes)
    if shape is not None:
        yield shape, entry.fields, entry.text
        return
    left = dict(entry.fields)
    for wrapper in dict.fromkeys(shape.within for shape in shapes if shape.within in entry.fields):
        held = entry.fields[wrapper]
        parts = held if isinstance(held, list) else [held]
        if not all(isinstance(part, dict) for part in parts):
            continue
        del left[wrapper]
        for part in parts:
            yield fitting(part, wrapper, shapes), part, msgspec.json.encode(part)
    if left or not entry.fields:
        yield None, left, entry.text


def fitting(fields: dict[str, Any], within: str, shapes: Sequence[Shape]) -> Shape | None:
    """The first shape of a wrapper that a record fits."""
    return next((shape for shape in shapes if shape.within == within and shape.needs <= fields.keys()), None)


def item(shape: Shape, fields: dict[str, Any], whole: bytes, position: str, alike: Alike) -> Iterator[Record]:
    """A record as an item, and a notice when it has a date that is none."""
    stamp = text(fields, *shape.when)
    when = shape.stamp(stamp)
    if stamp and when is None:
        yield Notice("table-date", position, next(name for name in shape.when if text(fields, name)))
    end = shape.stamp(text(fields, *shape.end))
    amount = text(fields, *shape.amount).replace(",", ".")
    yield Item(
        kind=shape.kind,
        key=alike.key(shape.name, *(text(fields, name) or _address(fields, name) for name in shape.same)),
        stable=shape.stable,
        when=when,
        end=end.us if end and when and end.us >= when.us else None,
        title=text(fields, *shape.title),
        text=text(fields, *shape.text) or _address(fields, "address"),
        amount=amount if _is_number(amount) else "",
        currency=EURO if _is_number(amount) else "",
        parties=tuple(Role(role, text(fields, name)) for role, name in shape.parties if text(fields, name)),
        details=whole,
    )


def person(fields: dict[str, Any], whole: bytes) -> Party:
    """A person with name, mail and phones, as the insurer of the pilot writes one."""
    named = inner(fields, "name")
    name = " ".join(part for part in (text(named, "given"), text(named, "family")) if part)
    phones = (text(fields, field) for field in ("telMobile", "telHome", "telPro", "telephone", "cellPhone"))
    mail = text(fields, "email", "mail")
    own = text(fields, "referenceClient", "clientId", "numeroSocietaire")
    return Party(
        key=("person", own or mail, name, text(fields, "birthdate")),
        name=name or text(fields, "name", "lastname"),
        handles=(
            *((Handle("email", mail),) if mail else ()),
            *(Handle("phone", phone) for phone in dict.fromkeys(phones) if phone),
            *((Handle("id", own),) if own else ()),
        ),
        details=whole,
    )


def _address(fields: dict[str, Any], name: str) -> str:
    address = inner(fields, name)
    return ", ".join(part for part in (text(address, key) for key in ("street", "postCode", "city")) if part)


def _is_number(amount: str) -> bool:
    digits = amount.removeprefix("-").replace(".", "", 1)
    return digits.isascii() and digits.isdigit() and amount[:1] != "." and amount[-1:] != "."
