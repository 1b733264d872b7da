"""Tables as text (CSV and its dialects) from a stream: encoding, delimiter and header are found, rows come one by one.

Memory is bounded by one row. A quote that is never closed costs its own row, not the rows after it: the lines that it
swallowed are read again. Bytes are read as UTF-8 (or UTF-16 when they say so); a line that is not UTF-8 is read as
Windows-1252, so that a file which mixes both loses nothing. NUL characters are left out.
"""

from __future__ import annotations

import csv
from collections import Counter, deque
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice
from typing import IO, NamedTuple, TypeAlias

from importers.formats.sniff import plain
from importers.formats.text_lines import Line, text_lines

FIELD = 1 << 20
"""Characters of the longest field."""

FIELDS = 10_000
"""Fields of the widest row."""

REPEATS = 16 << 20
"""Characters that are read a second time in one file, at most, after quotes that are never closed."""

PREAMBLE = 30
"""Rows among which the header stands."""

DELIMITERS = ";\t|,"
"""What may separate fields; of two that fit equally well the first one is taken, as commas stand in numbers."""

csv.field_size_limit(max(csv.field_size_limit(), FIELD))


class Cells(NamedTuple):
    """A row as it stands. ``line``: number of its first line in the file, from 1. ``ended``: False for a last line
    without a line end, where the file may be cut."""

    line: int
    cells: list[str]
    ended: bool = True


class Row(NamedTuple):
    """A row under its header. ``line``: number of its first line, from 1. ``cells``: header name to field.

    A name that occurs twice is ``name (2)`` the second time; a column without a name is ``column 7``, and so is a
    field beyond the header. Fields that a short row lacks are absent.
    """

    line: int
    cells: dict[str, str]


class Trouble(NamedTuple):
    """Something that could not be read. ``reason``: id of a notice.

    ``table-row``: the row is far too large and lost. ``table-cut``: a quote is not closed, or the file ends within
    the row, which is given before as far as its first line goes. ``table-no-header``: no row has the names asked for.
    """

    line: int
    reason: str

    @property
    def position(self) -> str:
        """Where, for a notice."""
        return f"line {self.line}"


@dataclass(frozen=True)
class Table:
    """A table whose header is found. ``preamble``: the rows above it. ``rows`` can be walked once."""

    delimiter: str
    preamble: tuple[Cells, ...]
    header: tuple[str, ...]
    rows: Iterator[Row | Trouble]


_Source: TypeAlias = Iterator[Line]


def rows(stream: IO[bytes], header: Collection[str] = ()) -> Iterator[Row | Trouble]:
    """The rows of a table; empty rows are left out. See ``table``."""
    return table(stream, header).rows


def table(stream: IO[bytes], header: Collection[str] = ()) -> Table:
    """Find the header within the first 30 rows: the row that has all names of ``header``, compared without case,
    accents and outer spaces; without ``header`` the first row that is as wide as most rows are.

    An error of the stream is raised by ``rows`` after everything before it.
    """
    lines = text_lines(stream, FIELD * 8)
    first, lines = _peeked(lines)
    wanted = {plain(name) for name in header}
    delimiter = _delimiter(first, wanted)
    found = _cells(_without_hint(lines), delimiter)
    head, found = _head(found)
    at = _header_at([entry.cells if isinstance(entry, Cells) else [] for entry in head], wanted)
    if at is None:
        start = (Trouble(1, "table-no-header"),) if head else ()
        troubles = (entry for entry in head if isinstance(entry, Trouble))
        return Table(delimiter, _only_cells(head), (), iter((*start, *troubles)))
    title = head[at]
    names = _names(title.cells if isinstance(title, Cells) else [])
    before = [entry for entry in head[:at] if isinstance(entry, Trouble)]
    return Table(delimiter, _only_cells(head[:at]), names, _rows(chain(before, head[at + 1 :], found), names))


def cells(stream: IO[bytes], delimiter: str = "") -> Iterator[Cells | Trouble]:
    """All rows as they stand, empty ones included; ``delimiter`` '' means that it is to be found."""
    first, lines = _peeked(text_lines(stream, FIELD * 8))
    return _cells(_without_hint(lines), delimiter or _delimiter(first, set()))


def rest(row: Mapping[str, str], taken: Collection[str]) -> dict[str, str]:
    """What ``details`` keeps of a row: the fields that no column of the record has taken, empty ones left out."""
    return {name: field for name, field in row.items() if field and name not in taken}


def _head(found: Iterator[Cells | Trouble]) -> tuple[list[Cells | Trouble], Iterator[Cells | Trouble]]:
    """The first rows, and those after them; an error of the stream stays with those after them."""
    head: list[Cells | Trouble] = []
    try:
        head.extend(islice(found, PREAMBLE))
    except Exception as error:  # noqa: BLE001 - raised when its place is reached
        return head, _raising(error)
    return head, found


def _raising(error: Exception) -> Iterator[Cells | Trouble]:
    yield from ()
    raise error


def _peeked(lines: _Source) -> tuple[list[str], _Source]:
    first = list(islice(lines, PREAMBLE * 2))
    return [line.text for line in first if line.error is None and not line.lost], chain(first, lines)


def _without_hint(lines: _Source) -> _Source:
    """Excel's own first line ``sep=;`` is no row."""
    for line in lines:
        if line.number > 1 or not _hint(line.text):
            yield line


def _hint(text: str) -> str:
    word = text.strip('\ufeff"\r\n ')
    return word[4:] if word.lower().startswith("sep=") and len(word) == 5 else ""


def _delimiter(first: list[str], wanted: set[str]) -> str:
    if first and _hint(first[0]):
        return _hint(first[0])
    tables = {mark: _table(first, mark) for mark in DELIMITERS}
    for mark, found in tables.items():
        if wanted and any(wanted <= {plain(cell) for cell in row} for row in found):
            return mark
    return max(DELIMITERS, key=lambda mark: _alike(tables[mark]))


def _table(first: Iterable[str], delimiter: str) -> list[list[str]]:
    found: list[list[str]] = []
    reader = csv.reader(first, delimiter=delimiter)
    try:
        found.extend(row for row in reader if row)
    except csv.Error:
        return found
    return found


def _alike(found: list[list[str]]) -> int:
    """How many rows have the same number of fields, of those that are split at all."""
    widths = Counter(len(row) for row in found if len(row) > 1)
    return max(widths.values(), default=0)


def _header_at(head: list[list[str]], wanted: set[str]) -> int | None:
    if wanted:
        return next((at for at, row in enumerate(head) if wanted <= {plain(cell) for cell in row}), None)
    widths = Counter(len(row) for row in head if any(row))
    if not widths:
        return None
    usual = max(widths, key=lambda width: (widths[width], width))
    return next(at for at, row in enumerate(head) if any(row) and len(row) == usual)


def _names(header: list[str]) -> tuple[str, ...]:
    seen: Counter[str] = Counter()
    names: list[str] = []
    for at, cell in enumerate(header, 1):
        name = cell.strip().strip("\ufeff") or f"column {at}"
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(names)


def _rows(found: Iterator[Cells | Trouble], names: tuple[str, ...]) -> Iterator[Row | Trouble]:
    width = len(names)
    for entry in found:
        if isinstance(entry, Trouble):
            yield entry
            continue
        fields = entry.cells
        if not any(fields):
            continue
        cut = not entry.ended and len(fields) < width
        row = dict(zip(names, fields, strict=False))
        if len(fields) > width:
            row |= {f"column {at}": field for at, field in enumerate(fields[width:], width + 1) if field}
        yield Row(entry.line, row)
        if cut:
            yield Trouble(entry.line, "table-cut")


def _only_cells(entries: list[Cells | Trouble]) -> tuple[Cells, ...]:
    return tuple(entry for entry in entries if isinstance(entry, Cells) and any(entry.cells))


class _TooLong(Exception):
    """A row grows without end: a quote was opened and never closed."""


class _Feed:
    """The lines that the reader of rows asks for; remembers those of the row that is being read."""

    def __init__(self, lines: _Source) -> None:
        self._lines = lines
        self._again: deque[Line] = deque()
        self._repeats = REPEATS
        self._size = 0
        self.taken: list[Line] = []
        self.exhausted = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else next(self._lines, None)
        if line is None or line.error is not None:
            if line is not None:
                self._again.append(line)
            self.exhausted = True
            raise StopIteration
        self.taken.append(line)
        self._size += len(line.text)
        if self._size > FIELD * 8 and len(self.taken) > 1:
            raise _TooLong
        return line.text

    def begin(self) -> None:
        """The next line begins a row."""
        self.taken = []
        self._size = 0
        self.exhausted = False

    def give_back(self) -> None:
        """Read the lines of this row again, all but its first, as long as that costs no more than reading the file."""
        self._repeats -= self._size
        if self._repeats > 0:
            self._again.extendleft(reversed(self.taken[1:]))

    def failed(self) -> Exception | None:
        """The error that ended the stream, if one did."""
        return self._again[0].error if self._again else None


def _cells(lines: _Source, delimiter: str) -> Iterator[Cells | Trouble]:
    feed = _Feed(lines)
    reader = csv.reader(feed, delimiter=delimiter)
    while True:
        feed.begin()
        try:
            fields = next(reader, None)
        except (csv.Error, _TooLong):
            yield from _first_line(feed, delimiter)
            reader = csv.reader(feed, delimiter=delimiter)
            continue
        if fields is None:
            break
        first = feed.taken[0]
        if feed.exhausted:
            yield from _first_line(feed, delimiter)
            reader = csv.reader(feed, delimiter=delimiter)
        elif first.lost or len(fields) > FIELDS:
            yield Trouble(first.number, "table-row")
        else:
            yield Cells(first.number, fields, feed.taken[-1].text.endswith(("\n", "\r")))
    if (error := feed.failed()) is not None:
        raise error


def _first_line(feed: _Feed, delimiter: str) -> Iterator[Cells | Trouble]:
    """What is left of a row whose quote is never closed: its first line. The other lines are rows of their own."""
    first = feed.taken[0]
    whole = len(feed.taken) == 1 and not feed.exhausted
    found = [] if whole or first.lost else _table([first.text], delimiter)
    if not found or len(found[0]) > FIELDS:
        yield Trouble(first.number, "table-row")
    else:
        yield Cells(first.number, found[0])
        yield Trouble(first.number, "table-cut")
    feed.give_back()
