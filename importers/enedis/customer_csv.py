"""The customer area's CSV downloads: load curve, daily index and daily peak, alone or one after the other in a file.

Facts: real files of 2020-2024. UTF-8 with BOM (Windows-1252 after Excel), ``;``. A block is two lines about the meter,
a line of titles (a blank line before it, sometimes) and the data; an index block ends with its tariff calendars.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Protocol

from importers.contract import Member, Rule, importer
from importers.enedis.curve_block import Curve
from importers.enedis.index_block import Index, Peaks
from importers.formats import tables
from importers.formats.meter_slots import meter, unread
from importers.formats.sniff import plain
from importers.records import Notice, Record


class Block(Protocol):
    """The rows under one pair of header lines."""

    def titles(self, cells: list[str]) -> None:
        """The line that names the columns."""
        ...

    def row(self, cells: list[str], line: int) -> Iterator[Record]:
        """One line of data."""
        ...

    def rest(self) -> Iterator[Record]:
        """What is left at the end of the block."""
        ...


@importer(
    Rule(contains=("Identifiant PRM;Type de donnees;",)),
    Rule(contains=("Identifiant PRM;Type de données;",)),
    Rule(header=frozenset({"Identifiant PRM", "Type de donnees", "Grandeur physique"})),
    source="enedis",
    reads="load curve, daily index, daily peak (CSV)",
    languages=("fr",),
    status="proven",
)
def customer_csv(member: Member) -> Iterator[Record]:
    """Mean power in W over [start, end), counters in Wh, energy of a day in Wh, peaks in VA; times with their offset.

    An empty value is a sample without one. Consumption and production are series of their own.
    """
    names: list[str] = []
    block: Block = _Before()
    width = 0
    with member.open() as stream:
        for entry in tables.cells(stream, ";"):
            if isinstance(entry, tables.Trouble):
                yield Notice("energy-row", entry.position)
                continue
            cells = [cell.strip() for cell in entry.cells]
            if not any(cells):
                continue
            first = plain(cells[0])
            if first.endswith("identifiant prm"):
                yield from block.rest()
                names, block = cells, _Before()
            elif isinstance(block, _Before) and first not in {"horodate", "periode"}:
                block, told = _begun(dict(zip(names, cells, strict=False)), entry.line)
                yield from told
            elif first in {"horodate", "periode"}:
                if isinstance(block, _Before):
                    block = _without_meter(cells)
                block.titles(cells)
                width = len(cells)
            elif not entry.ended and len(cells) < width:
                yield from unread(f"line {entry.line}", cells)  # its last number may lack digits
            else:
                yield from block.row(cells, entry.line)
    yield from block.rest()


class _Before:
    """No block has begun: a file of one header line ends like that."""

    def titles(self, cells: list[str]) -> None:
        """Titles without a meter say nothing."""

    def row(self, cells: list[str], line: int) -> Iterator[Record]:
        """Data without a meter."""
        yield from unread(f"line {line}", cells)

    def rest(self) -> Iterator[Record]:
        """Nothing."""
        yield from ()


def _without_meter(titles: list[str]) -> Block:
    """The line about the meter is missing: the titles tell which block it is."""
    return Curve("", production=False) if len(titles) < 4 else Index("", production=False, constant={})


def _begun(about: Mapping[str, str], line: int) -> tuple[Block, list[Notice]]:
    """The block that the line about the meter announces, and what is wrong with that line."""
    said = {plain(name): text for name, text in about.items()}
    constant = {name: text for name, text in about.items() if not plain(name).endswith("identifiant prm")}
    prm = meter(next((text for name, text in said.items() if name.endswith("identifiant prm")), ""))
    told = [] if prm else [Notice("energy-meter", f"line {line}", "Identifiant PRM")]
    kind = plain(said.get("type de donnees", ""))
    production = "production" in kind + plain(said.get("grandeur metier", ""))
    if kind.startswith("index"):
        return Index(prm or "", production=production, constant=constant), told
    if kind.startswith("puissance maximale"):
        return Peaks(prm or "", production=production, constant=constant), told
    step = said.get("pas en minutes", "")
    minutes = int(step) if step in {"5", "10", "15", "30", "60"} else None
    return Curve(prm or "", production=production, constant=constant, minutes=minutes), told
