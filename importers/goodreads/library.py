"""``goodreads_library_export.csv``: every book of the shelves.

Facts: a file of 2025. Numbers of books are formulas (``="1580058078"``), a rating of 0 means none. Only the last day of
reading is kept. Columns that others have added behind are kept too.
"""

from __future__ import annotations

from collections.abc import Iterator

from importers.contract import Member, Rule, importer
from importers.formats.dates import DateReader, Layout
from importers.formats.row_facts import Cells, facts, lines
from importers.formats.tables import rest
from importers.records import Item, Kind, Moment, Record, Role

_HEADER = frozenset({"Book Id", "Title", "Author", "My Rating", "Date Read", "Date Added", "Exclusive Shelf"})
_DAYS = DateReader(Layout.YEAR_FIRST)


@importer(
    Rule(members=("**/goodreads_library_export*.csv",), header=_HEADER),
    source="goodreads",
    reads="shelves and reviews",
    status="proven",
)
def library(member: Member) -> Iterator[Record]:
    """A book that was read is a `read` on the last day of reading; all others are a `bookmark` on the day they came."""
    yield from facts(lines(member, _HEADER), _book, "Date Added", _DAYS.moment)


def _book(cells: Cells, added: Moment | None) -> Item:
    shelf = cells.get("Exclusive Shelf", "")
    finished = _DAYS.moment(cells.get("Date Read", ""))
    read = shelf == "read" or finished is not None
    author = " ".join(cells.get("Author", "").split())
    clean = {name: _number(cell) for name, cell in cells.items()}
    return Item(
        kind=Kind.READ if read else Kind.BOOKMARK,
        key=("book", cells.get("Book Id") or cells.get("Title", "")),
        stable=bool(cells.get("Book Id")),
        when=finished or added,
        title=cells.get("Title", ""),
        text=cells.get("My Review", ""),
        parties=(Role("author", author),) if author else (),
        details=rest(clean, {"Title", "My Review"}),
    )


def _number(cell: str) -> str:
    """A cell without the formula that keeps a spreadsheet from rounding it."""
    return cell[2:-1] if cell.startswith('="') and cell.endswith('"') else cell
