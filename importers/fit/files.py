"""FIT files of activities, of all-day monitoring, of scales, and of settings.

What is measured again and again becomes samples, a session a workout; everything else of a file stays together as the
lists of its messages. A file is itself by its device's serial number and the time of its creation.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from importers.columns import Numbers, Texts, numbers, texts, times
from importers.contract import Member, Rule, importer
from importers.fit.messages import Begins, Message, as_json, from_16_bits, messages, us
from importers.formats.few_notices import few_notices
from importers.records import Item, Kind, Moment, Notice, Record, Samples
from importers.tcx.points import Points

SLICE = 2_000
"""Messages of other sorts that one item carries."""

_ROWS = 20_000
_DEGREES = 180 / 2**31
_NAMES = {
    "heart_rate": "hr",
    "cadence": "cad",
    "enhanced_altitude": "ele",
    "enhanced_speed": "speed",
    "temperature": "atemp",
}
"""Fields of points that bear the names of GPX."""

_KINDS = {"settings": Kind.SETTING, "device": Kind.DEVICE, "course": Kind.BOOKMARK}


@importer(
    Rule(shape="fit"),
    source="fit",
    reads="activities and measures of sports watches",
    product="activities",
    status="proven",
)
def files(member: Member) -> Iterator[Record]:
    """Points are positions, indoors heart rates; sessions workouts; weights and monitoring samples. Times are UTC."""
    yield from few_notices(_records(member))


def _records(member: Member) -> Iterator[Record]:
    file = _File()
    with member.open() as stream:
        for found in messages(stream):
            if isinstance(found, Notice):
                yield found
            elif isinstance(found, Begins):
                yield from file.ended()
                file = _File()
            else:
                yield from file.take(found)
    yield from file.ended()


class _File:
    """One file of a chain."""

    def __init__(self) -> None:
        self._id: dict[str, Any] = {}
        self._points = Points()
        self._sessions: list[Message] = []
        self._weights: list[tuple[int, Message]] = []
        self._monitoring: list[tuple[int, Message]] = []
        self._others: dict[str, list[dict[str, Any]]] = {}
        self._units: dict[str, str] = {}
        self._held = self._parts = self._lap = 0
        self._last: int | None = None
        self._offset: int | None = None
        self._digest = hashlib.blake2b(digest_size=12)

    def take(self, message: Message) -> Iterator[Record]:
        """One message."""
        when = us(message.fields.get("timestamp"))
        self._last = self._last if when is None else when
        if message.name == "record" and when is not None:
            self._points.add(_point(message.fields), 1, self._lap + 1)
            yield from self._points.due()
        elif message.name == "session":
            self._sessions.append(message)
        elif message.name == "weight_scale" and when is not None and "weight" in message.fields:
            self._weights.append((when, message))
        elif message.name == "monitoring" and (stamp := self._stamp(message, when)) is not None:
            self._monitoring.append((stamp, message))
            if len(self._monitoring) >= _ROWS:
                yield from self._monitored()
        else:
            yield from self._other(message)

    def _stamp(self, message: Message, when: int | None) -> int | None:
        """The time of a monitoring message, which may be short and count from the message before."""
        low = message.fields.get("timestamp_16")
        if when is None and isinstance(low, int) and self._last is not None:
            self._last = when = from_16_bits(self._last, low)
        return when

    def _other(self, message: Message) -> Iterator[Record]:
        self._lap += message.name == "lap"
        if message.name == "file_id":
            self._id = message.fields
        if message.name == "activity":
            self._offset = _offset(message.fields)
        fields = {name: as_json(value) for name, value in message.fields.items()}
        self._others.setdefault(message.name, []).append(fields)
        self._units |= message.units
        self._digest.update(msgspec.json.encode([message.name, fields], order="deterministic"))
        self._held += 1
        if self._held >= SLICE:
            yield self._rest()

    def ended(self) -> Iterator[Record]:
        """Everything that is held."""
        for session in self._sessions:
            yield self._workout(session)
        if self._others:
            yield self._rest()
        yield from self._points.rest()
        yield from self._monitored()
        if self._weights:
            yield _columns("weight", "kg", self._weights, "weight")

    @property
    def _identity(self) -> tuple[Any, ...]:
        serial, created = self._id.get("serial_number"), self._id.get("time_created")
        return (serial, us(created)) if serial is not None and created is not None else ()

    def _workout(self, session: Message) -> Item:
        fields = session.fields
        start, length = us(fields.get("start_time")), fields.get("total_elapsed_time")
        lat, lon = _degrees(fields.get("start_position_lat")), _degrees(fields.get("start_position_long"))
        details = {name: as_json(value) for name, value in fields.items()}
        sound = start is not None and isinstance(length, int | float) and 0 <= length < 31 * 86_400
        own = self._identity or (msgspec.json.encode(details, order="deterministic").decode(),)
        return Item(
            kind=Kind.WORKOUT,
            key=("session", start, str(fields.get("sport", "")), *own),
            when=Moment(start, self._offset) if start is not None else None,
            end=start + round(float(length) * 1_000_000) if sound and start is not None and length else None,
            title=str(fields.get("sport_profile_name") or fields.get("sport") or ""),
            lat=float(lat) if lat and lon else None,
            lon=float(lon) if lat and lon else None,
            details=details | {"units": session.units},
        )

    def _rest(self) -> Item:
        self._parts += 1
        kind, created = str(self._id.get("type", "")), us(self._id.get("time_created"))
        others, self._others, self._held = self._others, {}, 0
        own = self._identity or (self._digest.hexdigest(),)
        return Item(
            kind=_KINDS.get(kind, Kind.OTHER),
            key=("file", kind, self._parts, *own),
            when=Moment(created, self._offset) if created is not None else None,
            title=" ".join(
                str(self._id[name]) for name in ("manufacturer", "garmin_product", "type") if name in self._id
            ),
            details={"messages": others, "units": self._units},
        )

    def _monitored(self) -> Iterator[Samples]:
        held, self._monitoring = self._monitoring, []
        beating = [row for row in held if row[1].fields.get("heart_rate")]
        others = [row for row in held if not row[1].fields.get("heart_rate")]
        if beating:
            yield _columns("heart-rate", "count/min", beating, "heart_rate")
        if others:
            yield _columns("monitoring", "1", others, "")


def _point(fields: dict[str, Any]) -> dict[str, str]:
    """A record as texts, under the names that points have."""
    lat, lon = _degrees(fields.get("position_lat")), _degrees(fields.get("position_long"))
    found = {"LatitudeDegrees": lat, "LongitudeDegrees": lon} if lat and lon else {}
    placed = {"position_lat", "position_long"} if found else set()
    for name, value in fields.items():
        enhanced = fields.get(f"enhanced_{name}")
        if name in placed or (enhanced is not None and enhanced == value):
            continue
        key = "Time" if name == "timestamp" else _NAMES.get(name, name)
        found[key] = value if isinstance(value, str) else _text(as_json(value))
    return found


def _text(value: Any) -> str:
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()


def _degrees(semicircles: Any) -> str:
    if not isinstance(semicircles, int) or isinstance(semicircles, bool) or abs(semicircles) >= 2**31 - 1:
        return ""
    return f"{semicircles * _DEGREES:.8f}"


def _offset(fields: dict[str, Any]) -> int | None:
    """Minutes east of UTC: the activity's own clock less UTC; None when it does not say, or nothing sensible."""
    local, when = fields.get("local_timestamp"), fields.get("timestamp")
    if not isinstance(local, datetime) or not isinstance(when, datetime):
        return None
    minutes = round((local.replace(tzinfo=UTC) - when) / timedelta(minutes=1))
    return minutes if abs(minutes) <= 18 * 60 and minutes % 15 == 0 else None


def _columns(series: str, unit: str, rows: list[tuple[int, Message]], value: str) -> Samples:
    names = dict.fromkeys(
        name for _, message in rows for name in message.fields if name not in {value, "timestamp", "timestamp_16"}
    )
    columns: dict[str, Numbers | Texts] = {}
    for name in names:
        column = [message.fields.get(name) for _, message in rows]
        plain = all(one is None or (isinstance(one, int | float) and not isinstance(one, bool)) for one in column)
        given = [None if one is None else _text(as_json(one)) for one in column]
        columns[name] = numbers(given) if plain else texts(given)
    return Samples(
        series=series,
        unit=unit,
        start=times(when for when, _ in rows),
        value=numbers(_text(message.fields[value]) for _, message in rows) if value else None,
        columns=columns,
    )
