"""The messages of a FIT file as plain values: as far as it can be read, and what is wrong with it as notices.

Several files may be chained in one. Values that the device marks as invalid are none, and are left out.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import IO, Any, NamedTuple

import fitdecode

from importers.records import Notice

_EPOCH = 631_065_600
"""Seconds from 1970 to the beginning of FIT's time, 1989-12-31."""


class Message(NamedTuple):
    """``name``: as the profile calls it. ``fields``: times as ``datetime`` in UTC (``local_timestamp``: without a
    zone), or seconds since the device was switched on; all else as JSON values. ``units``: of those that have one."""

    name: str
    fields: dict[str, Any]
    units: dict[str, str]


class Begins(NamedTuple):
    """A file begins: the first, or one that is chained to it."""


def messages(stream: IO[bytes]) -> Iterator[Message | Begins | Notice]:
    """The messages in order. Never raises for what the file holds; an error of the stream itself is raised."""
    count = 0
    try:
        with fitdecode.FitReader(
            stream,
            check_crc=fitdecode.CrcCheck.READONLY,
            error_handling=fitdecode.ErrorHandling.IGNORE,
        ) as reader:
            for frame in reader:
                if frame.frame_type == fitdecode.FIT_FRAME_HEADER:
                    yield Begins()
                elif frame.frame_type == fitdecode.FIT_FRAME_DATA:
                    count += 1
                    yield _message(frame)
                elif frame.frame_type == fitdecode.FIT_FRAME_CRC and not frame.matched:
                    yield Notice("fit-checksum", f"record {count}")
    except fitdecode.FitError as error:
        yield Notice("fit-damaged", f"record {count + 1}", type(error).__name__)
    except (ValueError, TypeError, KeyError, IndexError, OverflowError, AttributeError) as error:
        yield Notice("fit-damaged", f"record {count + 1}", type(error).__name__)


def _message(frame: Any) -> Message:
    fields: dict[str, Any] = {}
    units: dict[str, str] = {}
    for field in frame.fields:
        value = _plain(field.value)
        if value is None:
            continue
        if field.name == "local_timestamp" and isinstance(value, datetime):
            value = value.replace(tzinfo=None)  # the reader takes it for UTC
        name, number = str(field.name), 1
        while name in fields:
            number += 1
            name = f"{field.name} {number}"
        fields[name] = value
        if field.units:
            units[name] = str(field.units)
    return Message(str(frame.name), fields, units)


def _plain(value: Any) -> Any:
    """A value as JSON has it; numbers without the noise of their scale, times as they are; None for no value."""
    if value is None or isinstance(value, bool | int | str | datetime):
        return value
    if isinstance(value, float):
        rounded = round(value, 7)
        return rounded if math.isfinite(rounded) else None
    if isinstance(value, bytes | bytearray):
        return value.hex()
    if isinstance(value, tuple | list):
        found = [_plain(one) for one in value]
        return [as_json(one) for one in found] if any(one is not None for one in found) else None
    return value.isoformat() if isinstance(value, date | time) else str(value)


def as_json(value: Any) -> Any:
    """A value of a message for the details: times as ISO 8601 in UTC."""
    if not isinstance(value, datetime):
        return value
    return value.isoformat().replace("+00:00", "Z")


def us(value: Any) -> int | None:
    """Microseconds since 1970 of a time; None for seconds since the device was switched on, and for anything else."""
    if not isinstance(value, datetime):
        return None
    return round(value.timestamp()) * 1_000_000


def from_16_bits(last: int, low: int) -> int:
    """The time (us) of a message that only has the lowest 16 bits of its seconds, behind one at ``last`` (us)."""
    seconds = last // 1_000_000 - _EPOCH
    return (seconds + ((low - seconds) & 0xFFFF) + _EPOCH) * 1_000_000
