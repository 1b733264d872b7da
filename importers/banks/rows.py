"""Rows of a bank's table, by column names whose accents may be lost, escaped or broken.

Seen: ``Débit`` as ``DÃ©bit``, ``D&eacute;bit``, ``D&amp;eacute;bit`` and with a replacement character for its accent.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import IO

from importers.formats import tables
from importers.formats.entities import unescaped
from importers.formats.sniff import plain
from importers.records import Notice


@dataclass(frozen=True)
class Row:
    """One row. ``cells``: the table's own column names to texts; ``names``: comparable names to own ones."""

    line: int
    cells: Mapping[str, str]
    names: Mapping[str, str]

    @property
    def position(self) -> str:
        """Where, for a notice."""
        return f"line {self.line}"

    def said(self, *names: str) -> str:
        """The text of the first of these columns that has one; '' without."""
        return next((text for name in names if (text := value(self.cells.get(self._own(name), "")))), "")

    def rest(self, *names: str) -> dict[str, str]:
        """All fields that are not empty, but those of these columns."""
        return tables.rest(self.cells, {self._own(name) for name in names})

    def _own(self, name: str) -> str:
        return next((self.names[way] for way in _ways(name) if way in self.names), "")


@dataclass(frozen=True)
class Sheet:
    """A table: the rows above its header, and its rows, which can be walked once."""

    above: tuple[tuple[str, ...], ...]
    rows: Iterator[Row | Notice]


def sheet(stream: IO[bytes], *anchor: str) -> Sheet:
    """A table from its bytes. ``anchor``: names in its header that have no accents."""
    found = tables.table(stream, anchor)
    names = {comparable(name): name for name in reversed(found.header)}
    above = tuple(tuple(map(value, row.cells)) for row in found.preamble)
    return Sheet(above, _rows(found.rows, names))


def _rows(rows: Iterator[tables.Row | tables.Trouble], names: Mapping[str, str]) -> Iterator[Row | Notice]:
    for row in rows:
        if isinstance(row, tables.Trouble):
            yield Notice(row.reason, row.position)
        else:
            yield Row(row.line, row.cells, names)


def value(cell: str) -> str:
    """A cell without outer spaces and without Excel's trick for texts (``="0123"``)."""
    cell = cell.strip()
    if cell.startswith('="') and cell.endswith('"') and len(cell) > 2:
        return cell[2:-1].strip()
    return cell


def comparable(name: str) -> str:
    """A column name for comparison."""
    name = unescaped(unescaped(name))
    if "Ã" in name:
        try:
            name = name.encode("cp1252").decode()
        except UnicodeError:
            return plain(name)
    return plain(name.replace("\ufffd", ""))


@cache
def _ways(name: str) -> tuple[str, str]:
    """How a name may stand in ``names``: sound, and with its accented letters lost."""
    return plain(name), plain("".join(char for char in name if char.isascii()))
