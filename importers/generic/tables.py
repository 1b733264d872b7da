"""Any table with a column of dates that no service's importer knows. All give way to every other importer."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from importers.archive.errors import ArchiveError
from importers.contract import Member, Rule, importer
from importers.generic import rows, sheets
from importers.generic.mapping import propose
from importers.generic.survey import survey
from importers.records import Notice, Record
from importers.whole import document

WEIGHT = -100
"""Every importer that knows a file is heavier."""


@importer(
    Rule(shape="csv", strange=True),
    source="generic",
    reads="any CSV table with a column of dates",
    status="proven",
    weight=WEIGHT,
)
def csv(member: Member) -> Iterator[Record]:
    """Rows as items, positions or measurements, as the header and the columns say."""
    yield from _read(member, sheets.csv_sheets)


@importer(
    Rule(shape="json-array", strange=True),
    Rule(shape="json-object", strange=True),
    source="generic",
    reads="any JSON list of objects with dates",
    weight=WEIGHT,
)
def json(member: Member) -> Iterator[Record]:
    """The objects of the root array, or of the arrays of the root object."""
    yield from _read(member, sheets.json_sheets)


@importer(
    Rule(shape="json-lines", strange=True),
    source="generic",
    reads="any JSON lines with dates",
    weight=WEIGHT,
)
def json_lines(member: Member) -> Iterator[Record]:
    """One object a line."""
    yield from _read(member, sheets.json_lines_sheets)


@importer(
    Rule(shape="xlsx", strange=True),
    Rule(shape="binary", members=("**/*.xls",), named=True, strange=True),
    source="generic",
    reads="any workbook (XLSX, ODS, XLS) with a column of dates",
    weight=WEIGHT,
)
def workbook(member: Member) -> Iterator[Record]:
    """Each sheet by its own columns."""
    yield from _read(member, sheets.workbook_sheets)


SHEETS: dict[str, Callable[[Member], tuple[sheets.Sheet, ...]]] = {
    "generic.csv": sheets.csv_sheets,
    "generic.json": sheets.json_sheets,
    "generic.json_lines": sheets.json_lines_sheets,
    "generic.workbook": sheets.workbook_sheets,
}
"""How each of these importers finds the tables of a file, by its id."""


def _read(member: Member, find: Callable[[Member], tuple[sheets.Sheet, ...]]) -> Iterator[Record]:
    """The rows of all tables of a file; a file without any date, or that is no table after all, is kept whole."""
    try:
        surveyed = [(sheet, survey(sheet)) for sheet in find(member)]
        proposed = [propose(found).mapping for _, found in surveyed]
    except ArchiveError:
        raise
    except Exception as error:  # noqa: BLE001 - an untrusted file may be anything; nothing of it was read yet
        yield Notice("table-kept-whole", what=type(error).__name__)
        yield document(member)
        return
    if not any(proposed):
        yield Notice("table-kept-whole")
        yield document(member)
        return
    for (sheet, found), mapping in zip(surveyed, proposed, strict=True):
        if mapping is None:
            yield from rows.undated(sheet, found)
        else:
            yield from rows.records(sheet, found, mapping)
