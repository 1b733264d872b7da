"""Which facts: the one way to choose, shared by every view, chart and export."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from importers.records import Kind

DAY_US = 86_400_000_000
"""Microseconds in a day."""


class BadSelection(Exception):
    """A selection that cannot be. ``reason``: id of a sentence; ``what``: the value that was given."""

    def __init__(self, reason: str, what: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.what = what


@dataclass(frozen=True)
class Selection:
    """Facts of these sources and kinds, from ``since`` to before ``until`` (us, UTC), with these words and party.

    An empty tuple or text and None mean no limit. A selection with a time limit leaves undated facts out. ``party`` is
    a part of a name or handle and means everybody who has it; with ``person``, a key of one person, it is only the
    name to show. Either way all facts of a person count, from all sources (see ``persons``).
    """

    sources: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ()
    since: int | None = None
    until: int | None = None
    text: str = ""
    party: str = ""
    person: str = ""

    @property
    def names_somebody(self) -> bool:
        """Whether only facts of some people are meant."""
        return bool(self.party or self.person)

    @property
    def is_everything(self) -> bool:
        """Whether nothing is left out."""
        return self == Selection()

    def between(self, since: int | None, until: int | None) -> Selection:
        """The same selection within another span."""
        return replace(self, since=since, until=until)


def moment(text: str, *, end: bool = False) -> int:
    """A point in time from ``2024``, ``2024-03``, ``2024-03-12`` or an ISO date and time; UTC unless it has an offset.

    With ``end`` a year, month or day stands for the moment after it, so that ``--until 2024`` includes 2024.
    Raises BadSelection.
    """
    found = re.fullmatch(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", text.strip())
    try:
        if found is None:
            stamp = datetime.fromisoformat(text.strip().replace(" ", "T", 1))
            return microseconds(stamp if stamp.tzinfo else stamp.replace(tzinfo=UTC))
        year, month, day = int(found[1]), int(found[2] or 1), int(found[3] or 1)
        first = date(year, month, day)
        if end:
            first = _after(first, monthly=bool(found[2]), daily=bool(found[3]))
    except ValueError as error:
        raise BadSelection("bad-time", text) from error
    return microseconds(datetime(first.year, first.month, first.day, tzinfo=UTC))


def kind(text: str) -> Kind:
    """A kind by its name. Raises BadSelection."""
    try:
        return Kind(text)
    except ValueError as error:
        raise BadSelection("bad-kind", text) from error


def microseconds(stamp: datetime) -> int:
    """Microseconds since 1970 of an aware datetime, exactly."""
    return (stamp - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


def _after(first: date, *, monthly: bool, daily: bool) -> date:
    if daily:
        return first + timedelta(days=1)
    if monthly:
        return (first.replace(day=28) + timedelta(days=4)).replace(day=1)
    return first.replace(year=first.year + 1)
