"""Times of Strava's tables: ``Dec 19, 2022, 11:37:07 AM``, ``5 janv. 2023 à 18:04:11``, epoch seconds. All UTC."""

from __future__ import annotations

from importers.formats.dates import DateReader, Layout
from importers.records import Moment

BESIDE = (
    "**/partner_opt_outs.csv",
    "**/local_legend_segments.csv",
    "**/starred_segments.csv",
    "**/global_challenges.csv",
    "**/monthly_recap_achievements.csv",
    "**/mobile_device_identifiers.csv",
)
"""Files that only this service writes: what lies beside one of them is its own."""

_NAMED = DateReader(Layout.NAMED)
_EPOCH = DateReader(Layout.UNIX_SECONDS)


def moment(text: str) -> Moment | None:
    """A time of a table; None when it is none."""
    text = text.strip()
    return _EPOCH.moment(text) if text.isdigit() else _NAMED.moment(text)
