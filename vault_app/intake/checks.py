"""In the writer: frames of the child become batches, after every value has been checked.

Raises ``FrameError`` for anything that an honest child never sends: wrong lengths, unknown codes, texts over their
limits, times outside 1900-2200, files out of order.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from importers.batches import NO_OFFSET, NO_TIME, ItemBatch, PartyBatch
from importers.columns import Numbers, Texts
from importers.records import KINDS, PRECISIONS, Handle, Role, Samples
from vault_app.intake.frames import FrameError, ItemRows, NumberColumn, PartyRows, SampleRows, TextColumn

ROWS = 200_000
TEXT = 1 << 20
NAME = 4096
EARLIEST = -2_208_988_800_000_000
"""1900-01-01 in microseconds since 1970, UTC."""
LATEST = 7_258_118_400_000_000
"""2200-01-01."""

_ITEM_COLUMNS: dict[str, Any] = {
    "kind": np.uint8,
    "precision": np.uint8,
    "start": np.int64,
    "end": np.int64,
    "offset": np.int16,
    "lat": np.float64,
    "lon": np.float64,
    "key": np.uint64,
    "check": np.uint32,
    "stable": np.uint8,
    "member": np.uint32,
}
_ITEM_TEXTS = {"title": TEXT, "text": TEXT, "amount": 64, "currency": 16, "details": TEXT}
_PARTY_COLUMNS: dict[str, Any] = {"key": np.uint64, "check": np.uint32, "member": np.uint32}
_PARTY_TEXTS = {"name": TEXT, "type": 16, "details": TEXT}


def item_batch(rows: ItemRows, members: int, files: int) -> ItemBatch:
    """Checked items. ``members``, ``files``: how many of each exist so far."""
    columns = _columns(rows.numbers, _ITEM_COLUMNS, rows.n)
    texts = _texts(rows.texts, _ITEM_TEXTS, rows.n)
    _require(not rows.n or int(columns["kind"].max()) < len(KINDS), "kind")
    _require(not rows.n or int(columns["precision"].max()) < len(PRECISIONS), "precision")
    _require(not rows.n or int(columns["member"].max()) < members, "member")
    _times(columns["start"])
    _times(columns["end"])
    offsets = columns["offset"]
    _require(bool(np.all((offsets == NO_OFFSET) | (np.abs(offsets.astype(np.int32)) <= 1440))), "offset")
    _require(not np.isinf(columns["lat"]).any() and not np.isinf(columns["lon"]).any(), "place")
    _require(len(rows.parties) in {0, rows.n} and len(rows.files) in {0, rows.n}, "rows")
    return ItemBatch(
        **columns,
        **texts,
        parties=_roles(rows.parties) or [()] * rows.n,
        files=[_file_numbers(numbers, files) if numbers else () for numbers in rows.files] or [()] * rows.n,
    )


def party_batch(rows: PartyRows, members: int, files: int) -> PartyBatch:
    """Checked parties."""
    columns = _columns(rows.numbers, _PARTY_COLUMNS, rows.n)
    texts = _texts(rows.texts, _PARTY_TEXTS, rows.n)
    _require(not rows.n or int(columns["member"].max()) < members, "member")
    _require(len(rows.handles) == rows.n and len(rows.files) == rows.n, "rows")
    return PartyBatch(
        **columns,
        **texts,
        handles=[tuple(_handle(kind, value) for kind, value in handles) for handles in rows.handles],
        files=[_file_numbers(numbers, files) for numbers in rows.files],
    )


def samples(rows: SampleRows, members: int) -> Samples:
    """Checked samples, sorted by start."""
    _require(0 < rows.n <= ROWS and 0 <= rows.member < members, "rows")
    _require(0 < len(rows.series) <= 200 and len(rows.unit) <= 100 and len(rows.subject) <= 1000, "series")
    _require(len(rows.columns) <= 200 and all(len(name) <= 200 for name in rows.columns), "columns")
    start = _array(rows.start, np.int64, rows.n)
    _require(int(start.min()) >= EARLIEST and int(start.max()) <= LATEST, "time")
    _require(bool(np.all(start[1:] >= start[:-1])), "order")
    end = None if rows.end is None else _array(rows.end, np.int64, rows.n)
    if end is not None:
        _times(end)
    return Samples(
        series=rows.series,
        unit=rows.unit,
        subject=rows.subject,
        exclusive=rows.exclusive,
        incidental=frozenset(rows.incidental),
        start=start,
        end=end,
        value=None if rows.value is None else _numbers(rows.value, rows.n),
        offset=None if rows.offset is None else _numbers(rows.offset, rows.n),
        quality=None if rows.quality is None else _words(rows.quality, rows.n),
        columns={
            name: _numbers(column, rows.n) if isinstance(column, NumberColumn) else _words(column, rows.n)
            for name, column in rows.columns.items()
        },
    )


def _require(condition: object, rule: str) -> None:
    if not condition:
        raise FrameError(rule)


def _array(data: bytes, dtype: Any, n: int) -> npt.NDArray[Any]:
    _require(len(data) == n * np.dtype(dtype).itemsize, "length")
    return np.frombuffer(data, dtype=dtype)


def _columns(given: dict[str, bytes], wanted: dict[str, Any], n: int) -> dict[str, Any]:
    _require(0 <= n <= ROWS and given.keys() == wanted.keys(), "columns")
    return {name: _array(given[name], dtype, n) for name, dtype in wanted.items()}


def _texts(given: dict[str, list[str]], wanted: dict[str, int], n: int) -> dict[str, Any]:
    _require(given.keys() == wanted.keys(), "texts")
    for name, limit in wanted.items():
        _require(len(given[name]) in {0, n}, "texts")
        _require(max(map(len, given[name]), default=0) <= limit, "text-length")
    return {name: column or [""] * n for name, column in given.items()}


def _times(values: npt.NDArray[np.int64]) -> None:
    known = values[values != NO_TIME]
    _require(not len(known) or (int(known.min()) >= EARLIEST and int(known.max()) <= LATEST), "time")


def _roles(rows: list[list[tuple[str, str, str, str]]]) -> list[tuple[Role, ...]]:
    """The parties of each row; equal ones are checked and made once, rows with the same share a tuple."""
    made: dict[tuple[str, str, str, str], Role] = {}
    known: dict[tuple[tuple[str, str, str, str], ...], tuple[Role, ...]] = {(): ()}
    found = []
    for row in rows:
        roles = tuple(row)
        if roles not in known:
            known[roles] = tuple([made.get(role) or made.setdefault(role, _role(role)) for role in roles])
        found.append(known[roles])
    return found


def _role(role: tuple[str, str, str, str]) -> Role:
    name, shown, kind, value = role
    _require(len(name) <= 32 and len(shown) <= NAME and len(kind) <= 16 and len(value) <= NAME, "party")
    return Role(name, shown, Handle(kind, value) if kind else None)


def _handle(kind: str, value: str) -> Handle:
    _require(len(kind) <= 16 and len(value) <= NAME, "handle")
    return Handle(kind, value)


def _file_numbers(numbers: list[int], files: int) -> tuple[int, ...]:
    _require(all(0 <= number < files for number in numbers), "file")
    return tuple(numbers)


def _numbers(column: NumberColumn, n: int) -> Numbers:
    decimals = _array(column.decimals, np.uint8, n)
    _require(not n or int(decimals.max()) <= 18, "decimals")
    _require(all(0 <= row < n and (text is None or len(text) <= TEXT) for row, text in column.odd.items()), "odd")
    return Numbers(_array(column.mantissa, np.int64, n), decimals, column.odd)


def _words(column: TextColumn, n: int) -> Texts:
    codes = _array(column.codes, np.uint32, n)
    _require(not n or int(codes.max()) < len(column.words), "codes")
    _require(all(word is None or len(word) <= TEXT for word in column.words), "text-length")
    return Texts(codes, tuple(column.words))
