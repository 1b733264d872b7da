"""Workbooks (xlsx, ods, xls) sheet by sheet, all in memory: their parts are packed, and none can be read alone."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeAlias

from python_calamine import CalamineError, CalamineWorkbook

from importers.contract import Member
from importers.formats.beginnings import ROWS, Beginning, leave

LARGEST = 64 << 20
"""Bytes of the largest workbook."""

MOST_SHEETS = 100
"""Sheets of a workbook that are read."""

Cells: TypeAlias = Sequence[object]

_FAILED = (CalamineError, ValueError, OSError, IndexError)


class WorkbookError(Exception):
    """The file is no workbook, or a damaged one."""


class Sheet(NamedTuple):
    """``rows``: all of them, from the first row of the sheet on; None when the sheet is damaged."""

    name: str
    rows: Sequence[Cells] | None


def sheets(member: Member) -> Iterator[Sheet]:
    """The sheets of a workbook in their order. Raises WorkbookError, and ArchiveError when it is too large."""
    data = member.read(LARGEST)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        names = book.sheet_names[:MOST_SHEETS]
    except _FAILED as error:
        raise WorkbookError from error
    begun: list[Beginning] = []
    for name in names:
        try:
            rows: Sequence[Cells] | None = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        except _FAILED:
            rows = None
        begun.append(Beginning(name, rows[:ROWS] if rows is not None else ()))
        leave(member, begun)
        yield Sheet(name, rows)
