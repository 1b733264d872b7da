"""Whole numbers as few bytes: less a reference, by a common step, as differences, in byte planes, by zlib.

Samples are regular in ways that a general compressor does not see: times are whole seconds, ends follow starts,
values move little. What is left after that is nearly random, so the quickest setting of zlib packs it as well as any.
"""

from __future__ import annotations

import struct
import zlib
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from vault_app.vault.errors import DamagedVault

START: Final = 1
END: Final = 2

Whole = npt.NDArray[np.int64]
References = dict[int, Whole]
"""``START``, ``END``: columns that another one may be told against."""

_HEAD = struct.Struct("<BBHqQ")
_DIFFERENCES, _ZIGZAG = 1, 2
_SCALES = (1, 1000, 1_000_000)
_LOOKED_AT = 256
_CONSTANT, _PACKED = b"\0", b"\1"


def pack(values: Whole, references: References | None = None) -> bytes:
    """A column of at most 65,535 numbers; ``references`` must be given to ``unpack`` as well."""
    reference, scale, least = _reference(values, references or {})
    base = int(least.min()) if len(least) else 0
    if len(least) and int(least.max()) - base >= 1 << 63:
        return _HEAD.pack(reference << 2 | scale << 4, 8, len(values), base, 1) + _deflated(
            least.view(np.uint64) - np.uint64(base % (1 << 64)), 8
        )
    steps = least - base
    step = _common(steps)
    if step > 1:
        steps //= step
    flags = reference << 2 | scale << 4
    if _cost(_steps(_middle(steps))) < _cost(_middle(steps)):
        base += int(steps[0]) * step
        steps = np.diff(steps, prepend=steps[0])
        flags |= _DIFFERENCES
        if int(steps.min()) < 0:
            steps = (steps << np.int64(1)) ^ (steps >> np.int64(63))
            flags |= _ZIGZAG
    plain = steps.view(np.uint64)
    width = (int(plain.max()).bit_length() + 7) // 8 if len(plain) else 0
    return _HEAD.pack(flags, width, len(values), base, step) + _deflated(plain, width)


def count(data: bytes) -> int:
    """How many numbers a packed column holds."""
    if len(data) < _HEAD.size:
        raise DamagedVault("series")
    return int(_HEAD.unpack_from(data)[2])


def unpack(data: bytes, n: int, references: References | None = None) -> Whole:
    """The numbers of a packed column of ``n``. Raises DamagedVault, zlib.error."""
    if count(data) != n:
        raise DamagedVault("series")
    flags, width, _, base, step = _HEAD.unpack_from(data)
    if width > 8:
        raise DamagedVault("series")
    wide = np.zeros((n, 8), np.uint8)
    if width:
        wide[:, :width] = np.frombuffer(inflated(data[_HEAD.size :], n * width), np.uint8).reshape(width, n).T
    raw = wide.view(np.uint64).reshape(n)
    values = raw.view(np.int64)
    if flags & _ZIGZAG:
        values = (raw >> np.uint64(1)).view(np.int64) ^ -(raw & np.uint64(1)).view(np.int64)
    if flags & _DIFFERENCES:
        values = np.cumsum(values)
    if step != 1:
        values = values * np.int64(step)
    values = values + np.int64(base)
    reference, scale = flags >> 2 & 3, flags >> 4 & 3
    if reference:
        if references is None or reference not in references or scale >= len(_SCALES):
            raise DamagedVault("series")
        values += references[reference] // _SCALES[scale]
    return values


def pack_bytes(values: npt.NDArray[Any]) -> bytes:
    """Small unsigned numbers as they are; the same one throughout as one."""
    if len(values) and bool((values == values[0]).all()):
        return _CONSTANT + values[:1].tobytes()
    return _PACKED + _zlib(np.ascontiguousarray(values.view(np.uint8).reshape(-1, values.itemsize).T).tobytes())


def unpack_bytes(data: bytes, n: int, dtype: type[np.unsignedinteger[Any]]) -> npt.NDArray[Any]:
    """``n`` small unsigned numbers. Raises DamagedVault, zlib.error."""
    size = np.dtype(dtype).itemsize
    if data[:1] == _CONSTANT:
        return np.full(n, np.frombuffer(data[1:], dtype)[0], dtype)
    flat = np.frombuffer(inflated(data[1:], n * size), np.uint8)
    return np.ascontiguousarray(flat.reshape(size, n).T).view(dtype).reshape(n)


def inflated(data: bytes, size: int) -> bytes:
    """Exactly so many bytes. Raises DamagedVault, zlib.error."""
    whole = zlib.decompressobj().decompress(data, size + 1)
    if len(whole) != size:
        raise DamagedVault("series")
    return whole


def _reference(values: Whole, references: References) -> tuple[int, int, Whole]:
    """The column that these numbers follow closely, the code of its scale, and what is left; 0 for none."""
    best = (0, 0, values)
    if not len(values):
        return best
    middle = int(values[len(values) // 2])
    if not references:
        return best
    cheapest = min(_cost(_steps(_middle(values))), _cost(_middle(values)))
    for reference, column in references.items():
        for code, scale in enumerate(_SCALES):
            if abs(middle - int(column[len(values) // 2]) // scale) > abs(middle) >> 5:
                continue
            left = values - column // scale
            cost = min(_cost(_steps(_middle(left))), _cost(_middle(left) - _middle(left).min()))
            if cost < cheapest:
                cheapest, best = cost, (reference, code, left)
    return best


def _common(steps: Whole) -> int:
    """The greatest number that divides all of these."""
    if int(np.gcd.reduce(_middle(steps), initial=0)) == 1:
        return 1
    return int(np.gcd.reduce(steps, initial=0)) or 1


def _middle(values: Whole) -> Whole:
    first = max(0, (len(values) - _LOOKED_AT) // 2)
    return values[first : first + _LOOKED_AT]


def _steps(values: Whole) -> Whole:
    return values[1:] - values[:-1]


def _cost(values: Whole) -> float:
    """About how many bits these numbers need each."""
    if not len(values):
        return 0.0
    bits = float(np.add.reduce(np.log2(np.abs(values.astype(np.float64)) + 1.0))) / len(values)
    return bits + 0.5 if int(values.min()) < 0 else bits


def _deflated(values: npt.NDArray[np.uint64], width: int) -> bytes:
    if not width:
        return b""
    return _zlib(np.ascontiguousarray(values.view(np.uint8).reshape(-1, 8).T[:width]).tobytes())


def _zlib(data: bytes) -> bytes:
    state = zlib.compressobj(1, zlib.DEFLATED, zlib.MAX_WBITS, zlib.DEF_MEM_LEVEL, zlib.Z_RLE)
    return state.compress(data) + state.flush()
