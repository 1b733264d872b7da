"""An item from a record with named fields (a row, a JSON object), by a table that says which field is what.

Archives of social networks are dozens of flat lists that differ in the names of their fields only. Names are compared
without case, accents, spaces and underscores, as they change by year (``Link``, ``link``, ``Video_Link``).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC
from typing import Any

import msgspec

from importers.contract import Member
from importers.formats import tables
from importers.formats.dates import DateReader, Layout
from importers.formats.json_records import Alike
from importers.formats.sniff import plain
from importers.records import Handle, Item, Kind, Moment, Notice, Record, Role

NO_TIME = "social-no-time"
"""The notice about a record whose time cannot be read; it is kept without one."""

_FOLDED = re.compile(r"[\s_-]+")
_YEAR_FIRST = DateReader(Layout.YEAR_FIRST, UTC)
_NAMED = DateReader(Layout.NAMED, UTC)
_MONTH_FIRST = DateReader(Layout.MONTH_FIRST, UTC)


def moment(text: str) -> Moment | None:
    """``2021-11-23 09:00:00 UTC``, ISO 8601, or a month in words; without a zone UTC. None when it is none."""
    return _YEAR_FIRST.moment(text) or _NAMED.moment(text)


def american_moment(text: str) -> Moment | None:
    """``1/29/10, 2:37 PM``: the month stands first; UTC. Also everything that ``moment`` reads."""
    return moment(text) or _MONTH_FIRST.moment(text)


@dataclass(frozen=True)
class Shape:
    """What the fields of a record mean; of several names the first one that the record fills counts.

    ``what``: first part of the key. ``own``: fields that are the service's identifier, so that the time may change.
    ``key``: fields that tell the fact apart together with its time; without both all fields do. ``party``: names of
    whom it is about; ``user``: that one's handle, of ``handle`` type. ``clean``: makes words readable. ``clock``: reads
    the time. ``nothing``: words by which the service says that a field is empty, in small letters.
    """

    kind: Kind
    what: str
    time: tuple[str, ...] = ()
    title: tuple[str, ...] = ()
    text: tuple[str, ...] = ()
    party: tuple[str, ...] = ()
    user: tuple[str, ...] = ()
    handle: str = "user"
    role: str = "with"
    own: tuple[str, ...] = ()
    key: tuple[str, ...] = ()
    end: tuple[str, ...] = ()
    amount: tuple[str, ...] = ()
    currency: tuple[str, ...] = ()
    nothing: frozenset[str] = frozenset()
    clean: Callable[[str], str] = field(default=str, compare=False)
    clock: Callable[[str], Moment | None] = field(default=moment, compare=False)


class Fields:
    """The fields of one record, found by folded name; remembers which ones a column of the item has taken."""

    def __init__(self, fields: Mapping[str, Any], nothing: frozenset[str] = frozenset()) -> None:
        self._fields = fields
        self._nothing = nothing
        self._names: dict[str, str] = {}
        for name in fields:
            self._names.setdefault(_folded(name), name)
        self._taken: set[str] = set()

    def text(self, *names: str) -> str:
        """The first of these fields that says something, as text; '' when none does."""
        for name in names:
            found = as_text(self._fields.get(self._names.get(_folded(name), "")))
            if self._says(found):
                return found.strip()
        return ""

    def take(self, *names: str) -> str:
        """The same; the field is not repeated in the details when it is the same to the letter."""
        for name in names:
            original = self._names.get(_folded(name), "")
            value = self._fields.get(original)
            if self._says(as_text(value)):
                if isinstance(value, str) and value.strip() == value:
                    self._taken.add(original)
                return as_text(value).strip()
        return ""

    def _says(self, text: str) -> bool:
        return bool(text.strip()) and text.strip().casefold() not in self._nothing

    def rest(self) -> dict[str, Any]:
        """What has no column: every field that says something and was not taken."""
        return {
            name: value
            for name, value in self._fields.items()
            if name not in self._taken and value is not None and value not in ("", [], {})
        }

    def digest(self) -> str:
        """All fields that say something, as an identity."""
        said = {_folded(name): value for name, value in self._fields.items() if value not in ("", None, [], {})}
        return hashlib.blake2b(msgspec.json.encode(said, order="deterministic"), digest_size=12).hexdigest()


def fact(
    shape: Shape, record: Mapping[str, Any], position: str, alike: Alike, beside: Mapping[str, Any] | None = None
) -> Iterator[Record]:
    """The item of a record, and a notice when it has a time that cannot be read.

    ``beside``: what is known about all records of the list (its name); it joins the details.
    """
    fields = Fields(record, shape.nothing)
    written = fields.text(*shape.time)
    when = shape.clock(written) if written else None
    if when is not None:
        fields.take(*shape.time)
    elif written:
        yield Notice(NO_TIME, position, shape.time[0])
    ended = fields.text(*shape.end)
    end = shape.clock(ended) if ended else None
    own = [fields.text(name) for name in shape.own]
    told = [text.replace("\r\n", "\n") for text in map(fields.text, shape.key) if text] or [fields.digest()]
    stamp = when.us if when else written
    item = Item(
        kind=shape.kind,
        key=(shape.what, *own) if any(own) else alike.key(shape.what, stamp, *told),
        stable=any(own),
        when=when,
        end=end.us if end else None,
        title=shape.clean(fields.take(*shape.title)),
        text=shape.clean(fields.take(*shape.text)),
        parties=_parties(shape, fields),
        amount=_amount(fields.text(*shape.amount)),
        currency=fields.text(*shape.currency),
    )
    yield msgspec.structs.replace(item, details=dict(beside or {}) | fields.rest())


def _parties(shape: Shape, fields: Fields) -> tuple[Role, ...]:
    names = [fields.text(name) for name in shape.party]
    name = " ".join(part for part in names if part)
    user = fields.text(*shape.user)
    if not name and not user:
        return ()
    return (Role(shape.role, name or user, Handle(shape.handle, user) if user else None),)


def row_facts(
    member: Member, shape: Shape, header: Collection[str] = (), beside: Mapping[str, Any] | None = None
) -> Iterator[Record]:
    """A fact for each row of a table; what is damaged is said with its line."""
    alike = Alike()
    with member.open() as stream:
        yield from table_facts(tables.rows(stream, header), shape, alike, beside)


def table_facts(
    rows: Iterable[tables.Row | tables.Trouble], shape: Shape, alike: Alike, beside: Mapping[str, Any] | None = None
) -> Iterator[Record]:
    """A fact for each of these rows."""
    for row in rows:
        if isinstance(row, tables.Trouble):
            yield Notice(row.reason, row.position)
        else:
            yield from fact(shape, row.cells, f"line {row.line}", alike, beside)


_AMOUNT = re.compile(r"-?\d+(?:\.\d+)?\Z")


def _amount(text: str) -> str:
    """An amount with a dot; '' for everything that is none (the field stays in the details)."""
    return text if _AMOUNT.match(text) else ""


def as_text(value: Any) -> str:
    """A field as text: whole numbers with all their digits; '' for lists, objects and nothing."""
    if isinstance(value, str):
        return value
    if value is None or isinstance(value, list | dict):
        return ""
    return str(value)


def _folded(name: str) -> str:
    return _FOLDED.sub("", plain(name))
