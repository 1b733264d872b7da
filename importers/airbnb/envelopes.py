"""Airbnb's JSON files: an array with one envelope, an object that holds the lists. Lists stand in lists.

Identifiers are larger than a float can hold: they are read as whole numbers. Of a damaged file the elements of the
lists that are known by name are read one by one, as far as they are whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple, TypeAlias

import msgspec

from importers.contract import Member
from importers.formats.dates import DateReader, Layout
from importers.formats.json_records import Entry, listed
from importers.records import Moment, Notice

Fields: TypeAlias = dict[str, Any]

_LARGEST = 64 << 20
_STAMPS = DateReader(Layout.YEAR_FIRST)


class Part(NamedTuple):
    """``list``: name of the list, or of a single value. ``position``: where, for a notice. ``value``: any JSON."""

    list: str
    position: str
    value: Any


def parts(member: Member, *known: str) -> Iterator[Part | Notice]:
    """Everything that the envelopes hold, list by list. ``known``: lists to read when the file is damaged."""
    data = member.read(_LARGEST)
    try:
        envelopes = msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        yield from _damaged(data, known)
        return
    for number, envelope in enumerate(envelopes if isinstance(envelopes, list) else [envelopes], 1):
        if not isinstance(envelope, dict):
            yield Part("", f"record {number}", envelope)
            continue
        for name, value in envelope.items():
            if isinstance(value, list):
                yield from (Part(name, f"record {at}", one) for at, one in enumerate(value, 1))
            else:
                yield Part(name, f"record {number}", value)


def _damaged(data: bytes, known: tuple[str, ...]) -> Iterator[Part | Notice]:
    told = False
    for name in known:
        if f'"{name}"'.encode() in data:
            for entry in listed(data, name):
                told = told or isinstance(entry, Notice)
                yield Part(name, entry.position, entry.fields) if isinstance(entry, Entry) else entry
    if not told:
        yield Notice("json-cut-off", f"byte {len(data)}")


def moment(value: Any) -> Moment | None:
    """``2023-04-26T06:51:21.000Z``; searches have no zone (taken as UTC); days are whole days."""
    return _STAMPS.moment(value) if isinstance(value, str) else None


def written(fields: Fields, *names: str) -> str:
    """The first of these fields that holds a text or a whole number, as text; '' when none does."""
    for name in names:
        value = fields.get(name)
        if isinstance(value, str) and value:
            return value
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
    return ""
