"""Times of Withings' tables: with an offset, or in the local time of an account that no file names.

Those are placed in French time, and that is said once for an archive.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from importers.contract import Archive
from importers.formats.dates import DateReader, Layout
from importers.formats.paris_clock import PARIS
from importers.records import Moment, Notice

BESIDE = (
    "**/raw_tracker_*.csv",
    "**/raw_hr_hr.csv",
    "**/raw_bed_*.csv",
    "**/raw_sleep-monitor_*.csv",
    "**/raw_location_*.csv",
    "**/aggregates_*.csv",
)
"""Files that only this service writes."""

_READER = DateReader(Layout.YEAR_FIRST, PARIS)


def moment(text: str) -> Moment | None:
    """A time of a table; without an offset in French time, a bare day as that day. None when it is none."""
    return _READER.moment(text)


def is_local(text: str) -> bool:
    """Whether a time says nothing about its zone."""
    return ":" in text and not text.endswith("Z") and "+" not in text and "-" not in text[10:]


def told(archive: Archive) -> Iterator[Notice]:
    """Said once: local times were placed in French time."""
    said = cast("list[bool]", archive.memo("withings.local", list))
    if not said:
        said.append(True)
        yield Notice("withings-local-time")
