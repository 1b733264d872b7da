"""Names of digital goods by their number (ASIN), from the table of digital purchases of the same archive."""

from __future__ import annotations

from typing import cast

from importers.archive.errors import ArchiveError, RefusedArchive
from importers.contract import Member
from importers.formats.row_facts import Line, lines

_MOST = 200_000
"""Names that are remembered."""


def title_of(member: Member, number: str) -> str:
    """The name of a book; its number where the archive does not hold its purchase."""
    names = cast("dict[str, str]", member.archive.memo("amazon.titles", lambda: _titles(member)))
    return names.get(number, number)


def _titles(member: Member) -> dict[str, str]:
    found: dict[str, str] = {}
    for table in member.archive.find("**/Digital Items.csv"):
        try:
            for line in lines(table, {"ASIN", "Title"}):
                if isinstance(line, Line) and len(found) < _MOST:
                    found[line.cells.get("ASIN", "")] = line.cells.get("Title", "")
        except RefusedArchive:
            raise
        except ArchiveError:
            continue  # said when that table itself is read
    return {number: title for number, title in found.items() if number and title}
