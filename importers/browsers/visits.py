"""Visits of pages, whatever browser wrote them: one fact for each address and exact time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from importers.formats.json_records import Alike
from importers.records import Item, Kind, Moment, Precision

FIRST, LAST = 0, 4_102_444_800_000_000
"""us: times that are believed, 1970 to 2100."""

LONGEST = 12 * 3_600_000_000
"""us: a page that was open for longer was a forgotten tab, and has no end."""


def moment(us: int | None, precision: Precision = Precision.MICROSECOND) -> Moment | None:
    """A time in UTC; None for zero and for what no browser can have meant."""
    return Moment(us, None, precision) if us is not None and FIRST < us < LAST else None


def visit(
    alike: Alike,
    url: str,
    when: Moment | None,
    *,
    title: str = "",
    lasted: int = 0,
    details: Mapping[str, Any],
    counts: bool = True,
) -> Item:
    """One visit. ``lasted``: us, 0 when unknown. ``counts``: False for frames and reloads, which nobody went to."""
    ends = when is not None and 0 < lasted <= LONGEST
    return Item(
        kind=Kind.PAGE_VISIT if counts else Kind.OTHER,
        key=alike.key("visit", url, when.us if when else None),
        when=when,
        end=when.us + lasted if when is not None and ends else None,
        title=title or url,
        details={"url": url, **details},
    )
