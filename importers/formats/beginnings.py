"""How the tables of a workbook or a database begin, left by what opens them for who compares their names.

Such a file stands in memory as a whole to be read at all: to open it a second time, only to see what its columns are
called, would cost as much again.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, cast

from importers.contract import Archive, Member

ROWS = 40
"""Rows of a sheet that are left."""

TABLES = 200
"""Tables of a file that are left."""

_FILES = 4
"""Files whose tables stay when nobody takes them."""


class Beginning(NamedTuple):
    """A sheet or table. ``rows``: of a sheet its first rows; of a database one row, the names of its columns.
    ``types``: of a database, beside the names: what each column is declared to hold (``INTEGER``)."""

    name: str
    rows: Sequence[Sequence[object]]
    types: tuple[str, ...] = ()


def leave(member: Member, found: Sequence[Beginning]) -> None:
    """The tables of a member that has just been opened."""
    held = _held(member.archive)
    held.pop(member.path, None)
    while len(held) >= _FILES:
        del held[next(iter(held))]
    held[member.path] = tuple(found[:TABLES])


def take(member: Member) -> tuple[Beginning, ...]:
    """What was left of a member, once; nothing when it was not opened as a workbook or a database."""
    return _held(member.archive).pop(member.path, ())


def _held(archive: Archive) -> dict[str, tuple[Beginning, ...]]:
    return cast("dict[str, tuple[Beginning, ...]]", archive.memo("beginnings", dict))
