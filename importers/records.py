"""The records that an importer yields. Ground floor: knows no archive, no vault, no screen.

Times are whole microseconds since 1970-01-01T00:00:00Z (``int``), written *us* below. Offsets are minutes
east of UTC. Coordinates are degrees, WGS 84. Amounts are decimal strings with a dot. ``None`` means that the
archive does not say.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Any, TypeAlias, TypeVar

import msgspec
import numpy as np
import numpy.typing as npt

from importers.columns import Numbers, Texts, Times

Json: TypeAlias = Any
"""A value that has just been read from JSON; checked before it crosses a boundary."""


class Kind(StrEnum):
    """What an item is. A closed list; ``resources/words/kinds.toml`` holds meaning, standard term, sensitivity."""

    MESSAGE = "message"
    CALL = "call"
    POST = "post"
    REACTION = "reaction"
    SEARCH = "search"
    PAGE_VISIT = "page-visit"
    WATCH = "watch"
    LISTEN = "listen"
    READ = "read"
    PLAY = "play"
    PURCHASE = "purchase"
    TRANSACTION = "transaction"
    SUBSCRIPTION = "subscription"
    STAY = "stay"
    TRIP = "trip"
    WORKOUT = "workout"
    SLEEP = "sleep"
    MEASUREMENT = "measurement"
    CONSUMPTION = "consumption"
    PHOTO = "photo"
    VIDEO = "video"
    DOCUMENT = "document"
    EVENT = "event"
    TASK = "task"
    NOTE = "note"
    BOOKMARK = "bookmark"
    SIGN_IN = "sign-in"
    DEVICE = "device"
    SETTING = "setting"
    INFERENCE = "inference"
    AD = "ad"
    CONSENT = "consent"
    REVIEW = "review"
    LOCATION_SHARE = "location-share"
    OTHER = "other"


KINDS: tuple[Kind, ...] = tuple(Kind)
"""All kinds; the position in this tuple is the kind's code on the pipe and in the vault. Append only."""


class Precision(StrEnum):
    """How exactly the archive states the time of an item."""

    MICROSECOND = "microsecond"
    MILLISECOND = "millisecond"
    SECOND = "second"
    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    NONE = "none"


PRECISIONS: tuple[Precision, ...] = tuple(Precision)
"""All precisions, from fine to coarse; the position is the code. Append only."""


class Moment(msgspec.Struct, frozen=True, gc=False):
    """A point in time as an archive states it.

    ``us``: microseconds since 1970, UTC. ``offset``: minutes east of UTC when the archive gives it, else None.
    A local time without any zone is placed with the zone that the format's facts name, and keeps ``offset`` None.
    """

    us: int
    offset: int | None = None
    precision: Precision = Precision.SECOND


class Handle(msgspec.Struct, frozen=True, gc=False):
    """What identifies a party on one source. ``type``: ``email``, ``phone``, ``user``, ``url``, ``meter`` or ``id``."""

    type: str
    value: str


class Role(msgspec.Struct, frozen=True, gc=False):
    """A party's part in an item. ``role``: ``from``, ``to``, ``cc``, ``author``, ``channel``, ``artist``,
    ``organizer``, ``attendee``, ``seller``, ``buyer``, ``owner``, ``device``, ``place`` or ``with``."""

    role: str
    name: str = ""
    handle: Handle | None = None


class File(msgspec.Struct, frozen=True):
    """Bytes to keep whole, encrypted. ``pieces`` is called once, at once, and yields blocks of any size.

    ``name`` is data for display, never a path. ``size`` in bytes, None when unknown before reading.
    """

    name: str
    pieces: Callable[[], Iterator[bytes]]
    media_type: str = "application/octet-stream"
    size: int | None = None


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """One fact with a place in time.

    ``key`` is the identity within the source: an item whose key is known already adds nothing. Rows that are
    alike and yet are two facts carry a running number in their key. ``stable`` says that the key is the service's
    own identifier, which survives a change of the item's time (an event that was moved).
    ``details`` holds every field of the original that has no column here, under its original name; JSON values,
    or the JSON text itself as ``bytes``.
    """

    kind: Kind
    key: tuple[Any, ...]
    when: Moment | None = None
    end: int | None = None
    title: str = ""
    text: str = ""
    lat: float | None = None
    lon: float | None = None
    amount: str = ""
    currency: str = ""
    parties: tuple[Role, ...] = ()
    details: Mapping[str, Any] | bytes = msgspec.field(default_factory=dict)
    files: tuple[File, ...] = ()
    stable: bool = False


NO_TIME: int = np.iinfo(np.int64).min
"""Stands in a column of times where the archive does not say."""


class Items(msgspec.Struct, frozen=True, kw_only=True):
    """Many items as columns of one length, for files that hold very many of one sort; see ``Item``.

    ``start``: us, or NO_TIME; ``precision``: codes, the places in ``PRECISIONS``. Offsets are not known. ``lat``,
    ``lon``: degrees, or NaN. ``details``: JSON text of one object, '' for none. They have no end, amount or files,
    and their keys are not the service's own.
    """

    kind: list[Kind]
    key: list[tuple[Any, ...]]
    start: Times
    precision: npt.NDArray[np.uint8]
    title: list[str]
    text: list[str]
    lat: npt.NDArray[np.float64]
    lon: npt.NDArray[np.float64]
    parties: list[tuple[Role, ...]]
    details: list[str]

    def __len__(self) -> int:
        return len(self.kind)

    def item(self, row: int) -> Item:
        """One of them by itself."""
        us, lat, lon = int(self.start[row]), float(self.lat[row]), float(self.lon[row])
        return Item(
            kind=self.kind[row],
            key=self.key[row],
            when=None if us == NO_TIME else Moment(us, None, PRECISIONS[self.precision[row]]),
            title=self.title[row],
            text=self.text[row],
            lat=None if math.isnan(lat) else lat,
            lon=None if math.isnan(lon) else lon,
            parties=self.parties[row],
            details=self.details[row].encode(),
        )


class Samples(msgspec.Struct, frozen=True, kw_only=True):
    """Many samples of one series, as columns of one length.

    ``series``: kebab-case name (``heart-rate``, ``position``, ``electricity-power``). ``unit``: as the standard
    writes it (``W``, ``Wh``, ``count/min``, ``deg``). ``subject``: meter, device or account when one source has
    several series of that name; it makes a series of its own. ``start``, ``end``: us; ``end`` None means instants.
    ``value`` None is for series whose value is in ``columns`` (a position has ``lat`` and ``lon``).
    ``offset``: minutes east of UTC. ``quality``: the source's own mark (measured, estimated).
    ``columns``: every other field of the sample, under the source's own name.
    ``exclusive``: the series holds one value for each start; a later import corrects an earlier one.
    Two samples are the same when all columns but those in ``incidental`` are equal.
    """

    series: str
    unit: str
    start: Times
    end: Times | None = None
    value: Numbers | None = None
    subject: str = ""
    offset: Numbers | None = None
    quality: Texts | None = None
    columns: Mapping[str, Numbers | Texts] = msgspec.field(default_factory=dict)
    incidental: frozenset[str] = frozenset()
    exclusive: bool = False


class Party(msgspec.Struct, frozen=True, kw_only=True):
    """A person, organisation, group or device that the archive describes (a contact card, a profile).

    ``key``: identity within the source. ``type``: ``person``, ``organisation``, ``group`` or ``device``.
    """

    key: tuple[Any, ...]
    name: str = ""
    type: str = "person"
    handles: tuple[Handle, ...] = ()
    details: Mapping[str, Any] | bytes = msgspec.field(default_factory=dict)
    files: tuple[File, ...] = ()


class Notice(msgspec.Struct, frozen=True):
    """Something that could not be read. ``reason`` is an id of ``resources/words/notices.toml``;
    ``position`` says where in the member (``line 12``, ``record 7``, ``byte 4096``); ``what`` names the field or
    rule, never a personal value."""

    reason: str
    position: str = ""
    what: str = ""


Record: TypeAlias = Item | Items | Samples | Party | Notice
"""What an importer yields."""

_T = TypeVar("_T")


def singly(records: Iterable[_T | Items]) -> Iterator[_T | Item]:
    """The same with the items of each ``Items`` one by one."""
    for record in records:
        if isinstance(record, Items):
            yield from map(record.item, range(len(record)))
        else:
            yield record
