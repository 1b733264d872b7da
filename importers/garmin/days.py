"""Days and nights of Garmin Connect: the summary of each day (``UDSFile``), nights, and the scale.

Facts: the keys of two real archives of 2026. Windows of a hundred days overlap by one day: the version with the highest
number counts, an older one is kept without measures.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple, cast

from importers.archive.errors import ArchiveError, RefusedArchive
from importers.contract import Archive, Member, Rule, importer
from importers.formats.json_records import Alike, Entry, entries, inner, text
from importers.formats.measures import Measures
from importers.formats.sniff import HEAD
from importers.garmin.times import day, offset, stamp
from importers.records import Item, Kind, Moment, Notice, Precision, Record

_MEASURES = {
    "totalSteps": ("steps", "count"),
    "totalDistanceMeters": ("distance", "m"),
    "totalKilocalories": ("energy-burned", "kcal"),
    "activeKilocalories": ("active-energy", "kcal"),
    "restingHeartRate": ("resting-heart-rate", "count/min"),
    "minHeartRate": ("lowest-heart-rate", "count/min"),
    "maxHeartRate": ("highest-heart-rate", "count/min"),
    "moderateIntensityMinutes": ("minutes-moderately-active", "min"),
    "vigorousIntensityMinutes": ("minutes-very-active", "min"),
    "floorsAscendedInMeters": ("altitude-gained", "m"),
    "averageSpo2Value": ("oxygen-saturation", "%"),
}
"""Fields of a day that are series as well."""

_DAY_US = 86_400_000_000
_NOT_WORN = "OFF_WRIST"


class _Known(NamedTuple):
    """What the summaries say of a day. ``version``: the highest one. ``offset``: minutes, None when not told."""

    version: int
    offset: int | None


@importer(
    Rule(shape="json-array", keys=frozenset({"calendarDate", "wellnessStartTimeGmt", "totalSteps"})),
    Rule(members=("**/UDSFile_*.json",), shape="json-array", keys=frozenset({"calendarDate"}), named=True),
    source="garmin",
    product="health",
    reads="summaries of days",
    facts_as_of="2026-02",
)
def days(member: Member) -> Iterator[Record]:
    """A `measurement` a day with everything that is said of it; its main numbers are series as well, over the day."""
    known = _known(member.archive)
    measures = Measures(exclusive=True)
    alike = Alike()
    for entry in entries(member):
        if isinstance(entry, Notice):
            yield entry
            continue
        of = day(entry.fields.get("calendarDate"))
        if of is None:
            yield Notice("table-date", entry.position, "calendarDate")
        latest = known.get(_same(entry.fields))
        older = latest is not None and _version(entry.fields) < latest.version
        yield _day(entry, of, alike, older=older)
        if of is not None and not older:
            yield from _measured(entry.fields, of, measures)
    yield from measures.samples()


def _day(entry: Entry, of: int | None, alike: Alike, *, older: bool) -> Item:
    whole = (entry.text.decode("utf-8", "replace"),)
    same = (*_same(entry.fields), _version(entry.fields)) if of is not None else whole
    return Item(
        kind=Kind.OTHER if older else Kind.MEASUREMENT,
        key=alike.key("day", *same),
        when=Moment(of, None, Precision.DAY) if of is not None else None,
        details=entry.text,
    )


def _measured(fields: dict[str, Any], of: int, measures: Measures) -> Iterator[Record]:
    start, end = stamp(fields.get("wellnessStartTimeGmt")), stamp(fields.get("wellnessEndTimeGmt"))
    begins = start if start is not None else of
    ends = end if end is not None and end > begins else begins + _DAY_US
    shift = offset(start, fields.get("wellnessStartTimeLocal"))
    for name, (series, unit) in _MEASURES.items():
        value = fields.get(name)
        if isinstance(value, int | float) and not isinstance(value, bool):
            yield from measures.add(series, unit, begins, value, end=ends, offset=shift)


@importer(
    Rule(shape="json-array", keys=frozenset({"sleepStartTimestampGMT", "sleepWindowConfirmationType"})),
    source="garmin",
    product="sleep",
    reads="nights",
    facts_as_of="2026-02",
)
def nights(member: Member) -> Iterator[Record]:
    """A `sleep` for each night, times in UTC; the offset is that of the day, where the archive has its summary.

    A night without phases was not confirmed: no field is read as zero. While the watch was off there was no night that
    it saw: kept as `other`.
    """
    shifts = {same[0]: found.offset for same, found in _known(member.archive).items()}
    for entry in entries(member):
        if isinstance(entry, Notice):
            yield entry
            continue
        fields = entry.fields
        start, end = stamp(fields.get("sleepStartTimestampGMT")), stamp(fields.get("sleepEndTimestampGMT"))
        if start is None:
            yield Notice("table-date", entry.position, "sleepStartTimestampGMT")
        state, date = text(fields, "sleepWindowConfirmationType"), text(fields, "calendarDate")
        same = (date, start) if start is not None else (entry.text.decode("utf-8", "replace"),)
        yield Item(
            kind=Kind.OTHER if state == _NOT_WORN else Kind.SLEEP,
            key=("night", *same),
            when=Moment(start, shifts.get(date), Precision.MINUTE) if start is not None else None,
            end=end if start is not None and end is not None and end >= start else None,
            details=entry.text,
        )


@importer(
    Rule(
        members=("**/*_userBioMetrics.json",),
        shape="json-array",
        keys=frozenset({"metaData", "calendarDate"}),
        named=True,
    ),
    Rule(shape="json-array", keys=frozenset({"metaData", "calendarDate", "sequence"})),
    source="garmin",
    product="health",
    reads="body measures",
    facts_as_of="2026-02",
)
def body(member: Member) -> Iterator[Record]:
    """A `measurement` for each entry of the scale or the profile; a weight (grams) is a series as well."""
    measures = Measures()
    alike = Alike()
    for entry in entries(member):
        if isinstance(entry, Notice):
            yield entry
            continue
        about = inner(entry.fields, "metaData")
        of = day(about.get("calendarDate"))
        exact = stamp(about.get("calendarDate")) if of is not None else None
        if of is None:
            yield Notice("table-date", entry.position, "calendarDate")
        yield Item(
            kind=Kind.MEASUREMENT,
            key=alike.key("body", entry.text.decode("utf-8", "replace")),
            when=Moment(of, None, Precision.DAY) if of is not None else None,
            details=entry.text,
        )
        weight = entry.fields.get("weight")
        grams = weight.get("weight") if isinstance(weight, dict) else weight
        if exact is not None and isinstance(grams, int | float) and not isinstance(grams, bool) and grams > 0:
            yield from measures.add("body-weight", "g", exact, grams)
    yield from measures.samples()


def _known(archive: Archive) -> dict[tuple[str, str], _Known]:
    return cast("dict[tuple[str, str], _Known]", archive.memo("garmin.days", lambda: _look(archive)))


def _look(archive: Archive) -> dict[tuple[str, str], _Known]:
    """Every day of every summary: which version counts, and its offset."""
    known: dict[tuple[str, str], _Known] = {}
    for member in archive.find("**/UDSFile_*.json") or filter(_is_summary, archive.members):
        try:
            for entry in entries(member):
                if not isinstance(entry, Notice):
                    _learn(known, entry.fields)
        except RefusedArchive:
            raise
        except ArchiveError:
            continue  # said when the member itself is read
    return known


def _is_summary(member: Member) -> bool:
    """Whether a file under any name begins like a summary of days."""
    if not member.path.endswith(".json"):
        return False
    try:
        with member.open() as stream:
            head = stream.read(HEAD)
    except RefusedArchive:
        raise
    except ArchiveError:
        return False
    return b'"wellnessStartTimeGmt"' in head and b'"totalSteps"' in head


def _learn(known: dict[tuple[str, str], _Known], fields: dict[str, Any]) -> None:
    same = _same(fields)
    shift = offset(stamp(fields.get("wellnessStartTimeGmt")), fields.get("wellnessStartTimeLocal"))
    before = known.get(same)
    if before is None or before.version < _version(fields):
        known[same] = _Known(_version(fields), shift)


def _same(fields: dict[str, Any]) -> tuple[str, str]:
    return text(fields, "calendarDate"), text(fields, "uuid")


def _version(fields: dict[str, Any]) -> int:
    found = fields.get("version")
    return int(found) if isinstance(found, int | float) else 0
