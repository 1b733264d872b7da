"""In the child: items and parties as columns of a frame, every text such as UTF-8 can carry."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence, Sized
from typing import Any, TypeVar

import msgspec
import numpy as np

from importers.batches import NO_OFFSET, NO_TIME
from importers.records import KINDS, PRECISIONS, Handle, Item, Items, Kind, Moment, Party, Precision, Role
from vault_app.intake.checks import EARLIEST, LATEST
from vault_app.intake.frames import ItemRows, PartyRows

LAST = 1 << 62
"""Stands for no time where rows are sorted: undated ones come last."""

_KIND = {kind: code for code, kind in enumerate(KINDS)}
_PRECISION = {precision: code for code, precision in enumerate(PRECISIONS)}
_UNDATED = _PRECISION[Precision.NONE]
_details = msgspec.json.Encoder(enc_hook=str)
_identity = msgspec.msgpack.Encoder(enc_hook=str)

_T = TypeVar("_T")
Row = tuple[int, Item, Moment | None, str, tuple[int, ...]]
"""Member, item, its time when that is in range, its details as JSON, numbers of its files."""


def digest(*parts: Any) -> bytes:
    """Identity of a record: 12 bytes of BLAKE2b over its parts."""
    return hashlib.blake2b(_identity.encode(parts), digest_size=12).digest()


def _digests(kinds: list[Kind], keys: list[tuple[Any, ...]]) -> list[bytes]:
    """``digest`` of each kind and key."""
    blake, encode = hashlib.blake2b, _identity.encode
    return [blake(encode(pair), digest_size=12).digest() for pair in zip(kinds, keys, strict=True)]


def _identities(digests: Iterable[bytes]) -> dict[str, bytes]:
    """The columns of keys, the first 8 bytes of each identity, and of checks, the other 4."""
    pairs = np.frombuffer(b"".join(digests), np.dtype([("key", "<u8"), ("check", "<u4")]))
    return {"key": pairs["key"].tobytes(), "check": pairs["check"].tobytes()}


def item_rows(source: str, rows: list[Row]) -> ItemRows:
    """Items of one source, sorted by time."""
    rows.sort(key=_when)
    items = [item for _, item, _, _, _ in rows]
    moments = [when for _, _, when, _, _ in rows]
    columns = {
        "kind": _bytes([_KIND[item.kind] for item in items], np.uint8),
        "precision": _bytes([_PRECISION[when.precision] if when else _UNDATED for when in moments], np.uint8),
        "start": _bytes([when.us if when else NO_TIME for when in moments], np.int64),
        "end": _bytes([_end(item.end) for item in items], np.int64),
        "offset": _bytes(
            [NO_OFFSET if when is None or when.offset is None else when.offset for when in moments], np.int16
        ),
        "lat": _bytes([np.nan if item.lat is None else item.lat for item in items], np.float64),
        "lon": _bytes([np.nan if item.lon is None else item.lon for item in items], np.float64),
        "stable": _bytes([item.stable for item in items], np.uint8),
        "member": _bytes([member for member, _, _, _, _ in rows], np.uint32),
    }
    columns |= _identities(_digests([item.kind for item in items], [item.key for item in items]))
    texts = {
        "title": [clean(item.title) for item in items],
        "text": [clean(item.text) for item in items],
        "amount": _none_if_empty([item.amount for item in items]),
        "currency": _none_if_empty([item.currency for item in items]),
        "details": [details for _, _, _, details, _ in rows],
    }
    parties = [[role_of(role) for role in item.parties] if item.parties else [] for item in items]
    files = [list(numbers) for _, _, _, _, numbers in rows]
    return ItemRows(source, len(rows), columns, texts, _none_if_empty(parties), _none_if_empty(files))


def items_rows(source: str, member: int, items: Items, rows: Any) -> ItemRows:
    """Some rows of items that come as columns, in this order."""
    order, n = rows.tolist(), len(rows)
    kinds, keys = _picked(items.kind, order), _picked(items.key, order)
    columns = {
        "kind": _bytes([_KIND[kind] for kind in kinds], np.uint8),
        "precision": items.precision[rows].tobytes(),
        "start": items.start[rows].tobytes(),
        "end": np.full(n, NO_TIME, np.int64).tobytes(),
        "offset": np.full(n, NO_OFFSET, np.int16).tobytes(),
        "lat": items.lat[rows].tobytes(),
        "lon": items.lon[rows].tobytes(),
        "stable": bytes(n),
        "member": np.full(n, member, np.uint32).tobytes(),
    }
    columns |= _identities(_digests(kinds, keys))
    texts = {
        "title": _all_clean(_picked(items.title, order)),
        "text": _all_clean(_picked(items.text, order)),
        "amount": [],
        "currency": [],
        "details": _all_clean(_picked(items.details, order)),
    }
    parties = [[role_of(role) for role in roles] if roles else [] for roles in _picked(items.parties, order)]
    return ItemRows(source, n, columns, texts, _none_if_empty(parties), [])


def _none_if_empty(values: list[_T]) -> list[_T]:
    """No values at all in place of such as are all empty."""
    return values if any(values) else []


def _picked(values: list[_T], rows: list[int]) -> list[_T]:
    return [values[row] for row in rows]


def lengths(values: Sequence[Sized]) -> Any:
    """How long each of these is."""
    return np.fromiter(map(len, values), np.int64, len(values))


def _end(end: int | None) -> int:
    return NO_TIME if end is None or not EARLIEST <= end <= LATEST else end


def party_rows(source: str, rows: list[tuple[int, Party, tuple[int, ...]]]) -> PartyRows:
    """Parties of one source: member, party, numbers of its files."""
    columns = _identities([digest("party", party.key) for _, party, _ in rows])
    columns["member"] = _bytes([member for member, _, _ in rows], np.uint32)
    texts = {
        "name": [clean(party.name) for _, party, _ in rows],
        "type": [party.type for _, party, _ in rows],
        "details": [text_of(encoded(party.details)) for _, party, _ in rows],
    }
    handles = [[(handle.type, clean(handle.value)) for handle in party.handles] for _, party, _ in rows]
    return PartyRows(source, len(rows), columns, texts, handles, [list(files) for _, _, files in rows])


def _when(row: Row) -> int:
    """Undated ones last."""
    return LAST if row[2] is None else row[2].us


def role_of(role: Role) -> tuple[str, str, str, str]:
    """A role as four texts: role, name, type and value of the handle."""
    handle = role.handle or Handle("", "")
    return role.role, clean(role.name[:1000]), handle.type, clean(handle.value[:1000])


def _bytes(values: list[Any], dtype: Any) -> bytes:
    return np.array(values, dtype=dtype).tobytes()


def encoded(details: Mapping[str, Any] | bytes) -> bytes:
    """Details as JSON; b'' when there are none."""
    if not details:
        return b""
    return details if isinstance(details, bytes) else _details.encode(details)


def text_of(details: bytes) -> str:
    """Details as text."""
    return details.decode("utf-8", "replace")


def clean(text: str) -> str:
    """Text that UTF-8 can carry: a lone surrogate becomes a replacement mark."""
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode()
    return text


def _all_clean(texts: list[str]) -> list[str]:
    """``clean`` of each of many texts, faster where all of them are clean."""
    try:
        "".join(texts).encode()
    except UnicodeEncodeError:
        return list(map(clean, texts))
    return texts


def size_of(text: str) -> int:
    """About the bytes of a text in UTF-8, never less than there are."""
    return len(text) if text.isascii() else 4 * len(text) if len(text) < 64 else len(text.encode("utf-8", "replace"))
