"""Tables of Amazon's archive. Every dataset has a way of its own to write dates: none is guessed.

Facts: real files of 2023 and the readers of several public projects. An archive holds a folder for each dataset, with a
number for each region or account (``Retail.OrderHistory.2``); all are read alike. Cells without a value say
``Not Available`` or ``Not Applicable``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from importers.contract import Member
from importers.formats import row_facts
from importers.formats.dates import DateReader, Layout
from importers.formats.row_facts import Make, Reads
from importers.records import Moment, Record

ABSENT = frozenset({"", "Not Available", "Not Applicable"})
"""What stands in a cell that has no value."""

_ISO = DateReader(Layout.YEAR_FIRST)
_AMERICAN = DateReader(Layout.MONTH_FIRST)
_WORDS = DateReader(Layout.NAMED)


def iso(text: str) -> Moment | None:
    """``2023-07-24T19:08:50.551Z``, ``2023-07-24 19:08:50`` (UTC) and whole days."""
    return _ISO.moment(text)


def american(text: str) -> Moment | None:
    """``07/24/2023 19:08:50``, month first in archives of European accounts too; UTC."""
    return _AMERICAN.moment(text)


def in_words(text: str) -> Moment | None:
    """``12-Nov-2021`` and ``Fri 12 Nov 2021 18:36:00``, always in English; UTC."""
    return _WORDS.moment(text)


def iso_or_american(text: str) -> Moment | None:
    """Orders: ISO in today's archives, month first in older European ones."""
    return iso(text) or american(text)


def items(member: Member, header: Collection[str], make: Make, time: str = "", reads: Reads = iso) -> Iterator[Record]:
    """One item a row of a table that has these columns; cells without a value are left out before."""
    yield from row_facts.facts(row_facts.without(row_facts.lines(member, header), ABSENT), make, time, reads)
