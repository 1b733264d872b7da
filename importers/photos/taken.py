"""When and where a picture was taken, from its tags.

``DateTimeOriginal`` is the clock of the place, with no zone. ``OffsetTimeOriginal`` gives the zone since about 2016;
before, the time of the satellites, which is UTC, tells it. Without both the time is placed in Paris, as are other times
of French files that do not say.
"""

from __future__ import annotations

import re
from typing import Any

from importers.formats.any_stamp import moment
from importers.formats.french_stamps import moment as in_paris
from importers.records import Moment, Precision

_STAMP = re.compile(r"((?:19|20)\d\d)[:-](\d\d)[:-](\d\d)[ T](\d\d:\d\d:\d\d)", re.ASCII)
_OFFSET = re.compile(r"[+-]\d\d:\d\d\Z")
_XMP_PLACE = re.compile(r"(\d{1,3}),(\d{1,2}(?:\.\d+)?)(?:,(\d{1,2}(?:\.\d+)?))?([NSEW])\Z", re.ASCII)
_QUARTER = 15 * 60_000_000
_FARTHEST = 14 * 60


def when(tags: dict[str, Any]) -> Moment | None:
    """The moment of a picture; None when its clock was never set."""
    for name, kind in (("DateTimeOriginal", "Original"), ("DateTimeDigitized", "Digitized"), ("DateTime", "")):
        found = _STAMP.match(str(tags.get(name, "")))
        if found is not None:
            day, clock = "-".join(found.groups()[:3]), found[4]
            zone = str(tags.get(f"OffsetTime{kind}", ""))
            return _placed(f"{day}T{clock}", zone, tags)
    return None


def _placed(local: str, zone: str, tags: dict[str, Any]) -> Moment | None:
    if _OFFSET.match(zone):
        return moment(local + zone)
    naive = moment(local)
    satellites = _satellites(tags)
    if naive is not None and satellites is not None:
        minutes = round((naive.us - satellites) / _QUARTER) * 15
        if abs(minutes) <= _FARTHEST and abs(naive.us - satellites - minutes * 60_000_000) <= _QUARTER // 3:
            return Moment(naive.us - minutes * 60_000_000, minutes, Precision.SECOND)
    return in_paris(local)


def _satellites(tags: dict[str, Any]) -> int | None:
    day, clock = str(tags.get("GPSDateStamp", "")).replace(":", "-"), tags.get("GPSTimeStamp")
    if not isinstance(clock, list) or len(clock) != 3 or not all(isinstance(part, int | float) for part in clock):
        return None
    found = moment(f"{day}T{int(clock[0]):02}:{int(clock[1]):02}:{int(clock[2]):02}Z")
    return found.us if found is not None else None


def where(tags: dict[str, Any]) -> tuple[float, float] | None:
    """Latitude and longitude; None when there is no place, or that of a receiver without a fix (0, 0)."""
    lat = _degrees(tags.get("GPSLatitude"), tags.get("GPSLatitudeRef"), 90)
    lon = _degrees(tags.get("GPSLongitude"), tags.get("GPSLongitudeRef"), 180)
    return (lat, lon) if lat is not None and lon is not None and (lat or lon) else None


def _degrees(value: Any, side: Any, limit: int) -> float | None:
    """Degrees of a list of degrees, minutes and seconds with its side, or of XMP's ``48,24.5N``."""
    if isinstance(value, str):
        found = _XMP_PLACE.match(value.strip())
        if found is None:
            return None
        parts, side = [float(part or 0) for part in found.groups()[:3]], found[4]
    elif isinstance(value, list) and len(value) == 3 and all(isinstance(part, int | float) for part in value):
        parts = [float(part) for part in value]
    else:
        return None
    degrees = parts[0] + parts[1] / 60 + parts[2] / 3600
    if not -limit <= degrees <= limit:
        return None
    return round(-degrees if str(side) in {"S", "W"} else degrees, 8)
