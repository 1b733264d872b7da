"""Times as Uber writes them: with two marks of one zone, with none, and with a ``Z`` behind local times."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from importers.formats.dates import DateReader, Layout
from importers.records import Moment

_UTC = DateReader(Layout.YEAR_FIRST)
_LOCAL = DateReader(Layout.YEAR_FIRST, ZoneInfo("Europe/Paris"))


def utc(text: str) -> Moment | None:
    """``2018-04-05 05:52:02 +0000 UTC`` and ``2017-02-27 12:18:00``; the epoch itself means that there is no time."""
    found = _UTC.moment(text.strip().removesuffix(" UTC"))
    if found is None or not found.us:
        return None
    return Moment(found.us, None, found.precision)


def local(text: str) -> Moment | None:
    """A time of the driver's place, whatever mark stands behind it. Seen in Paris and in Switzerland: one zone."""
    return _LOCAL.moment(text.strip().removesuffix("Z"))
