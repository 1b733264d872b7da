"""Files that are no text with their records several times: workbooks, databases, activities, repositories."""

from __future__ import annotations

import io
import re
import sqlite3
import struct
import zipfile

from tests.fit.written import checksum

_ROW = re.compile(r"<row\b[^>]*?(?:/>|>.*?</row>)", re.DOTALL)
_PLACE = re.compile(r'(?<=\br=")([A-Z]*)\d+(?=")')
_EXTENT = re.compile(r"<dimension[^>]*/>")
_CRC = 2


def workbook(data: bytes, times: int) -> bytes:
    """The sheet with the most cells, its last row as often as there are rows, times over."""
    with zipfile.ZipFile(io.BytesIO(data)) as before:
        sheets = [name for name in before.namelist() if "worksheets/sheet" in name]
        texts = {name: before.read(name).decode() for name in sheets}
        chosen = max(sheets, key=lambda name: texts[name].count("<c "))
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as after:
            for info in before.infolist():
                held = _more_rows(texts[chosen], times).encode() if info.filename == chosen else before.read(info)
                after.writestr(info.filename, held)
    return target.getvalue()


def _more_rows(sheet: str, times: int) -> str:
    rows = list(_ROW.finditer(sheet))
    last = next(row for row in reversed(rows) if "<c " in row[0])
    first_free = int(re.findall(r'\br="(\d+)"', rows[-1][0])[0]) + 1
    copies = (
        _PLACE.sub(lambda place, row=row: f"{place[1]}{row}", last[0])
        for row in range(first_free, first_free + len(rows) * (times - 1))
    )
    end = rows[-1].end()
    return _EXTENT.sub("", sheet[:end]) + "".join(copies) + sheet[end:]


def database(data: bytes, times: int) -> bytes:
    """The rows of every table so many times, under new numbers and names where one may stand only once."""
    base = sqlite3.connect(":memory:")
    base.deserialize(data)
    for (trigger,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        base.execute(f'DROP TRIGGER "{trigger}"')
    for (table,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        if not table.startswith("sqlite_"):
            _more_of(base, table, times)
    base.commit()
    grown = base.serialize()
    base.close()
    return grown


def _more_of(base: sqlite3.Connection, table: str, times: int) -> None:
    columns = base.execute(f'PRAGMA table_info("{table}")').fetchall()
    own = [at for at, (*_, key) in enumerate(columns) if key]
    number = own[0] if len(own) == 1 and columns[own[0]][2].upper() == "INTEGER" else -1
    once = set()
    for _, index, unique, *_ in base.execute(f'PRAGMA index_list("{table}")').fetchall():
        of_index = base.execute(f'PRAGMA index_info("{index}")').fetchall()
        if unique and len(of_index) == 1:
            once.add(of_index[0][1])
    rows = base.execute(f'SELECT * FROM "{table}"').fetchall()  # noqa: S608 - names of an invented database
    more = (
        tuple(
            None if at == number else f"{value}-{copy}" if at in once and isinstance(value, str) else value
            for at, value in enumerate(row)
        )
        for copy in range(1, times)
        for row in rows
    )
    marks = ", ".join("?" * len(columns))
    base.executemany(f'INSERT OR IGNORE INTO "{table}" VALUES ({marks})', more)  # noqa: S608 - as above


def activity(data: bytes, times: int) -> bytes:
    """A FIT file with its definitions and messages so many times, and the sums right."""
    size = data[0]
    body = data[size:-_CRC] * times
    head = data[:4] + struct.pack("<I", len(body)) + data[8:12]
    head += struct.pack("<H", checksum(head)) if size > len(head) else b""
    return head + body + struct.pack("<H", checksum(head + body))


def repository(data: bytes, times: int) -> bytes:
    """A file of blocks behind a header, with all of its blocks so many times."""
    length, at = _varint(data)
    return data[: at + length] + data[at + length :] * times


def _varint(data: bytes) -> tuple[int, int]:
    """A number in seven bits a byte, and where it ends."""
    number = 0
    for at, byte in enumerate(data):
        number |= (byte & 0x7F) << (7 * at)
        if byte < 0x80:
            return number, at + 1
    raise ValueError("no number")
