"""Files that hold tables, as sheets of lines: CSV, JSON, JSON lines and workbooks. A sheet can be walked many times."""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import partial
from itertools import islice
from typing import Any, NamedTuple, TypeAlias

import msgspec
from python_calamine import CalamineError, CalamineWorkbook

from importers.archive.errors import DamagedMember
from importers.contract import Member
from importers.formats import json_blocks, tables
from importers.formats.dates import NUMBERED, understand
from importers.generic.numerals import number
from importers.recognition import WORKBOOK
from importers.records import Notice

MOST_SHEETS = 50
"""Sheets of a workbook, or lists of a JSON object, that are read as tables."""

_LINE = 8 << 20
_DEEP = 3


class Line(NamedTuple):
    """One row. ``position``: where, for a notice. ``cells``: column to text, empty cells may be absent.
    ``details``: every field as the file has it."""

    position: str
    cells: dict[str, str]
    details: Mapping[str, Any] | bytes


Walk: TypeAlias = Callable[[], Iterator[Line | Notice]]


@dataclass(frozen=True)
class Sheet:
    """A table of a member. ``name``: of the sheet or list, '' for the only one. ``walk``: its rows, from the first.
    ``around``: what stands above or beside the rows (lines before the header, other values), to be kept."""

    name: str
    walk: Walk
    around: Mapping[str, Any] = field(default_factory=dict)


def csv_sheets(member: Member) -> tuple[Sheet, ...]:
    """The table of a CSV file; none when it has no header."""
    with member.open() as stream:
        head = [row.cells for row in islice(tables.cells(stream), tables.PREAMBLE) if isinstance(row, tables.Cells)]
    at = _header_at(head)
    wanted = tuple(cell for cell in head[at] if cell.strip()) if at is not None else ()
    with member.open() as stream:
        found = tables.table(stream, wanted)
        if not found.header:
            return ()
    if _is_data(found.header):
        return (Sheet("", partial(_csv_cells, member, found.delimiter)),)
    above = [[cell for cell in row.cells if cell] for row in found.preamble]
    return (Sheet("", partial(_csv_rows, member, wanted), {"above": above} if any(above) else {}),)


def json_sheets(member: Member) -> tuple[Sheet, ...]:
    """The root array of a JSON file, or the arrays of its root object; none when no array holds an object."""
    keys: dict[str, bool] = {}
    around: dict[str, Any] = {}
    with member.open() as stream:
        for event in json_blocks.read(stream, {}):
            match event:
                case json_blocks.Block():
                    keys[event.key] = keys.get(event.key, False) or any(map(_is_object, event.elements))
                case json_blocks.Value() if len(around) < 200 and len(event.text) < _LINE:
                    around[event.key] = msgspec.Raw(event.text)
                case _:
                    pass
    chosen = [key for key, objects in keys.items() if objects][:MOST_SHEETS]
    if not chosen:
        return ()
    others = {key: partial(_json_lines, member, key) for key in keys if key not in chosen}
    first = Sheet(chosen[0], partial(_json_lines, member, chosen[0]), around)
    rest = [Sheet(key, partial(_json_lines, member, key)) for key in chosen[1:]]
    return (first, *rest, *(Sheet(key, walk) for key, walk in others.items()))


def json_lines_sheets(member: Member) -> tuple[Sheet, ...]:
    """The objects of a file with one JSON value a line."""
    return (Sheet("", partial(_one_a_line, member)),)


def workbook_sheets(member: Member) -> tuple[Sheet, ...]:
    """The sheets of a workbook (xlsx, ods, xls); none when it is none. Raises ``ArchiveError`` when too large."""
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(member.read(WORKBOOK)))
    except (CalamineError, ValueError, OSError):
        return ()
    found: list[Sheet] = []
    for name in book.sheet_names[:MOST_SHEETS]:
        sheet = _workbook_sheet(book, name)
        if sheet is not None:
            found.append(sheet)
    return tuple(found)


def _csv_rows(member: Member, header: tuple[str, ...]) -> Iterator[Line | Notice]:
    with member.open() as stream:
        for row in tables.rows(stream, header):
            if isinstance(row, tables.Trouble):
                yield Notice(row.reason, row.position)
            else:
                yield Line(f"line {row.line}", row.cells, _filled(row.cells))


def _csv_cells(member: Member, delimiter: str) -> Iterator[Line | Notice]:
    """A table without a header: its columns are numbered."""
    with member.open() as stream:
        for row in tables.cells(stream, delimiter):
            if isinstance(row, tables.Trouble):
                yield Notice(row.reason, row.position)
            elif any(row.cells):
                cells = {f"column {at}": cell for at, cell in enumerate(row.cells, 1)}
                yield Line(f"line {row.line}", cells, _filled(cells))


def _json_lines(member: Member, key: str) -> Iterator[Line | Notice]:
    with member.open() as stream:
        for event in json_blocks.read(stream, {}):
            match event:
                case json_blocks.Block() if event.key == key:
                    for at, raw in enumerate(event.elements, event.first + 1):
                        yield _json_line(bytes(raw), f"record {at}")
                case json_blocks.Broken() if event.key == key or event.index < 0:
                    yield Notice(event.reason, event.position, event.key[:100])
                case _:
                    pass


def _one_a_line(member: Member) -> Iterator[Line | Notice]:
    with member.open() as stream:
        number = 0
        while raw := stream.readline(_LINE):
            number += 1
            text = raw.strip().removeprefix(b"\xef\xbb\xbf")
            if not text:
                continue
            try:
                yield _json_line(text, f"line {number}")
            except (ValueError, RecursionError):  # all errors of decoding are of the first class
                yield Notice("json-broken", f"line {number}")


def _json_line(raw: bytes, position: str) -> Line:
    try:
        value = msgspec.json.decode(raw)
    except msgspec.MsgspecError:  # half characters and numbers that no float holds are JSON all the same
        value = json.loads(raw)
    if not isinstance(value, dict):
        return Line(position, {"value": _sound(_text(value))}, b'{"value":' + raw + b"}")
    cells: dict[str, str] = {}
    _flatten(value, "", cells, _DEEP)
    return Line(position, cells, raw)


def _flatten(value: Mapping[str, Any], before: str, cells: dict[str, str], deep: int) -> None:
    for key, entry in value.items():
        if isinstance(entry, dict) and deep > 1:
            _flatten(entry, f"{before}{key}.", cells, deep - 1)
        elif entry is not None:
            cells[_sound(f"{before}{key}")] = _sound(_text(entry))


def _sound(text: str) -> str:
    """Text that UTF-8 can carry: half a character becomes a question mark."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def _workbook_sheet(book: CalamineWorkbook, name: str) -> Sheet | None:
    try:
        rows = [[_text(cell) for cell in row] for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False)]
    except (CalamineError, ValueError, OSError, IndexError) as error:
        raise DamagedMember("member-damaged", type(error).__name__) from error
    if not any(map(any, rows)):
        return None
    at = _header_at(rows[: tables.PREAMBLE])
    if at is None:
        at = next(place for place, row in enumerate(rows) if any(row))
    above = [[cell for cell in row if cell] for row in rows[:at] if any(row)]
    header = _names(rows[at])
    if _is_data(header):
        at, header = -1, tuple(f"column {place}" for place in range(1, max(map(len, rows)) + 1))
    around = {"above": above} if above and at >= 0 else {}
    return Sheet(name, partial(_sheet_lines, rows, at + 1, header, name), around)


def _sheet_lines(rows: list[list[str]], first: int, header: Sequence[str], name: str) -> Iterator[Line | Notice]:
    for place, row in enumerate(rows[first:], first + 1):
        if any(row):
            cells = {column: cell for column, cell in zip(header, row, strict=False) if cell}
            yield Line(f"{name[:40]} row {place}", cells, cells)


def _names(header: Sequence[str]) -> tuple[str, ...]:
    seen: Counter[str] = Counter()
    names: list[str] = []
    for at, cell in enumerate(header, 1):
        name = cell.strip() or f"column {at}"
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(names)


def _header_at(rows: Sequence[Sequence[str]]) -> int | None:
    """The first row that is as full as most rows are and holds words only; None when there is none.

    Banks write the account and the balance above their table, in rows as wide as the table but less full.
    """
    filled = [sum(bool(cell.strip()) for cell in row) for row in rows]
    counts = Counter(count for count in filled if count)
    if not counts:
        return None
    usual = max(counts, key=lambda count: (counts[count], count))
    return next((at for at, row in enumerate(rows) if filled[at] >= usual and all(map(_is_label, row))), None)


def _is_label(cell: str) -> bool:
    return number(cell.strip(), ".") is None and understand([cell]) is None


def _is_data(header: Sequence[str]) -> bool:
    """Whether the first row is no header: it holds a whole date, which no column is called."""
    return any(len(cell) >= 8 and _whole_date(cell) for cell in header)


def _whole_date(cell: str) -> bool:
    found = understand([cell])
    return found is not None and found.layout not in NUMBERED


def _filled(cells: Mapping[str, str]) -> dict[str, str]:
    return {name: cell for name, cell in cells.items() if cell}


def _is_object(raw: Any) -> bool:
    return bytes(raw[:1] if isinstance(raw, bytes) else bytes(raw)[:1]) == b"{"


def _text(value: Any) -> str:
    """A value of a workbook or of JSON as text: whole floats without a point, times as ISO 8601."""
    if isinstance(value, str):
        return value
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.isoformat(" ") if value.time() != time() else value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return "" if value is None else json.dumps(value, ensure_ascii=False, separators=(",", ":"))
