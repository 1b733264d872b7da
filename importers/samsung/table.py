"""One file of Samsung Health: a line about the file, the titles, and rows that end with a comma too many.

Facts: three real files of 2022. Titles may carry the name of the type (``com.samsung.health.heart_rate.start_time``)
and stand beside bare ones: a field is found by the end of its title.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from importers.contract import Member
from importers.formats import tables, zone_marks
from importers.formats.dates import DateReader, Layout
from importers.records import Moment, Notice, Precision

_EPOCH = DateReader(Layout.UNIX_MILLISECONDS)
_DAY_US = 86_400_000_000


class Line(NamedTuple):
    """A row. ``position``: where, for a notice. ``cells``: cells that hold something, by their full title.
    ``fields``: the same by the end of the title, which is how they are found."""

    position: str
    cells: Mapping[str, str]
    fields: Mapping[str, str]


def of_type(member: Member) -> str:
    """The type of a file by its first line, without what stands behind its first comma; '' when it says none."""
    with member.open() as stream:
        first = stream.read(512).partition(b"\n")[0].decode("utf-8", "replace")
    return first.strip("\ufeff\r ").partition(",")[0].strip()


def lines(member: Member) -> Iterator[Line | Notice]:
    """The rows below the titles; a row that is cut off is given as far as it goes, and said."""
    titles: list[str] = []
    with member.open() as stream:
        for row in tables.cells(stream, ","):
            if isinstance(row, tables.Trouble):
                yield Notice(row.reason, row.position)
                continue
            if row.line == 1 or not any(row.cells):
                continue
            if not titles:
                titles = [title.strip() for title in row.cells]
                continue
            position = f"line {row.line}"
            yield _line(position, titles, row.cells)
            if len(row.cells) < len([title for title in titles if title]):
                yield Notice("table-cut", position)


def _line(position: str, titles: list[str], cells: list[str]) -> Line:
    found = {
        title or f"column {at}": cell for at, (title, cell) in enumerate(zip(titles, cells, strict=False), 1) if cell
    }
    found |= {f"column {at}": cell for at, cell in enumerate(cells[len(titles) :], len(titles) + 1) if cell}
    fields: dict[str, str] = {}
    for title, cell in found.items():
        fields.setdefault(title.rpartition(".")[2], cell)
    return Line(position, found, fields)


def offset(fields: Mapping[str, str]) -> int | None:
    """Minutes east of UTC by ``time_offset``; None when the row has none."""
    return zone_marks.minutes(fields.get("time_offset", ""))


def start(fields: Mapping[str, str]) -> Moment | None:
    """When a row begins: ``start_time`` (UTC), else the day of ``day_time``, else when it was made; None without."""
    for name in ("start_time", "day_time", "create_time"):
        found = _moment(name, fields)
        if found is not None:
            return found
    return None


def end(fields: Mapping[str, str], begins: Moment) -> int | None:
    """When a row ends, us: by ``end_time``, or with its day; None when it does not say, or ends before it begins."""
    if begins.precision is Precision.DAY:
        return begins.us + _DAY_US
    found = zone_marks.utc(fields.get("end_time", ""), None)
    return found.us if found is not None and found.us >= begins.us else None


def _moment(name: str, fields: Mapping[str, str]) -> Moment | None:
    text = fields.get(name, "")
    found = _EPOCH.moment(text) if text.isdigit() else zone_marks.utc(text, offset(fields))
    if found is None or name != "day_time":
        return found
    return Moment(found.us - found.us % _DAY_US, None, Precision.DAY)
