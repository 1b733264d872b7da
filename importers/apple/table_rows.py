"""Rows of the tables of Apple's privacy archive as items.

Facts from documents and other people's parsers, no real file: names of columns are English in every language and drift
in case and spacing; a title may stand above the header, the header may come again between rows, a footer after them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from importers.apple.stamps import moment
from importers.contract import Member
from importers.formats import tables
from importers.formats.json_records import Alike
from importers.formats.sniff import plain
from importers.records import Item, Kind, Moment, Notice, Record


class Cells:
    """A row whose cells are found by name without case, accents and double spaces. ``fields``: as they stand."""

    def __init__(self, fields: dict[str, str]) -> None:
        self.fields = fields
        self._plain = {plain(name): text.strip() for name, text in fields.items()}

    def get(self, *names: str) -> str:
        """The first of these cells that is not empty; '' when there is none."""
        return next((text for name in names if (text := self._plain.get(plain(name), ""))), "")

    def moment(self, *names: str) -> Moment | None:
        """The first of these cells that is a time."""
        return next((when for name in names if (when := moment(self.get(name))) is not None), None)


Make: TypeAlias = Callable[[Alike, Cells], Item]


@dataclass(frozen=True)
class Shape:
    """What a row is. ``times``, ``titles``, ``same``: columns of its time, title and identity, the best one first; the
    identity is the whole row where ``same`` is empty."""

    what: str
    kind: Kind
    times: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    same: tuple[str, ...] = ()

    def item(self, alike: Alike, cells: Cells) -> Item:
        """The row as an item."""
        same = tuple(cells.get(name) for name in self.same)
        return Item(
            kind=self.kind,
            key=alike.key(self.what, *(same if any(same) else sorted(cells.fields.items()))),
            when=cells.moment(*self.times),
            title=mended(cells.get(*self.titles)),
            details={name: text for name, text in cells.fields.items() if text},
        )


def items(member: Member, header: Collection[str], make: Make, times: Collection[str] = ()) -> Iterator[Record]:
    """One item a row. ``times``: columns of which one should hold a time; said where there is text and none is."""
    alike = Alike()
    with member.open() as stream:
        table = tables.table(stream, header)
        head = Counter(map(plain, table.header))
        for above in table.preamble:
            text = " ".join(filter(None, above.cells))
            yield Item(kind=Kind.OTHER, key=alike.key("line", text), title=text[:200], details={"line": above.cells})
        for row in table.rows:
            if isinstance(row, tables.Trouble):
                yield Notice(row.reason, row.position)
                continue
            if Counter(map(plain, row.cells.values())) == head:
                continue
            cells = Cells(row.cells)
            if times and cells.get(*times) and cells.moment(*times) is None:
                yield Notice("table-date", f"line {row.line}", next(iter(times)))
            yield make(alike, cells)


def mended(text: str) -> str:
    """UTF-8 that was read as Windows-1252 (``JÃ©rÃ´me``), read again; other text as it is."""
    if "Ã" not in text and "â€" not in text:
        return text
    try:
        return text.encode("cp1252").decode()
    except UnicodeError:
        return text
