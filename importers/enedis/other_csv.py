"""Two more tables of half hours: the distributor's older download, and the one that a well-known tool writes.

Facts: titles seen in programs that read them; no real file was seen. The older one has a line a slot with day and time
in two columns and local time; the tool's has stamps with offset and names the meter in the file's name only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from importers.contract import Member, Rule, importer
from importers.enedis.curve import Point
from importers.enedis.curve_block import Curve
from importers.formats import paris_clock, tables
from importers.formats.meter_slots import meter, unread, value
from importers.formats.paris_clock import ParisClock
from importers.formats.sniff import plain
from importers.records import Notice, Record

_OLDER = ("Date de la mesure", "Heure de la mesure", "Valeur", "PRM")
_TOOL = ("horodate ISO fin de pas", "puissance moyenne (W)")
_METER = re.compile(r"(?<!\d)(\d{14})(?!\d)")


_VARYING = frozenset({"date de la mesure", "heure de la mesure", "valeur", "prm", "statut de la mesure"})
_MOST = 1000
"""Curves that are held at once."""


@importer(
    Rule(header=frozenset(_OLDER)),
    source="enedis",
    reads="load curve (older CSV)",
    languages=("fr",),
)
def load_curve_older(member: Member) -> Iterator[Record]:
    """Mean power in W over [start, end); French civil time without an offset, the ends of steps."""
    curves: dict[tuple[str, ...], _Local] = {}
    with member.open() as stream:
        for row in tables.rows(stream, _OLDER):
            if isinstance(row, tables.Trouble):
                yield Notice("energy-row", row.position)
                continue
            said = {plain(name): cell.strip() for name, cell in row.cells.items()}
            constant = {name: cell for name, cell in row.cells.items() if plain(name) not in _VARYING}
            same = (said.get("prm", ""), *constant.values())
            if same not in curves:
                if len(curves) == _MOST:
                    yield from _flushed(curves)
                prm = meter(same[0])
                if prm is None:
                    yield Notice("energy-meter", f"line {row.line}", "PRM")
                curves[same] = _Local(prm or "", said, constant)
            yield from curves[same].row(said, row.line)
    yield from _flushed(curves)


@importer(
    Rule(header=frozenset(_TOOL)),
    source="enedis",
    reads="load curve (written by a tool)",
    languages=("fr",),
)
def load_curve_of_tool(member: Member) -> Iterator[Record]:
    """Mean power in W over [start, end); the meter's number stands in the name of the file."""
    named = _METER.search(member.path.rsplit("/", 1)[-1])
    curve = Curve(named.group(1) if named else "", production=False)
    with member.open() as stream:
        for row in tables.rows(stream, _TOOL):
            if isinstance(row, tables.Trouble):
                yield Notice("energy-row", row.position)
                continue
            yield from curve.row([cell.strip() for cell in row.cells.values()], row.line)
    yield from curve.rest()


def _flushed(curves: dict[tuple[str, ...], _Local]) -> Iterator[Record]:
    for one in curves.values():
        yield from one.curve.rest()
    curves.clear()


class _Local:
    """A curve whose stamps are local."""

    def __init__(self, prm: str, said: dict[str, str], constant: dict[str, str]) -> None:
        production = "production" in plain(said.get("type de donnees", "") + said.get("grandeur metier", ""))
        stated = said.get("pas en minutes", "")
        minutes = int(stated) if stated in {"5", "10", "15", "30", "60"} else None
        self.curve = Curve(prm, production=production, constant=constant, minutes=minutes)
        self._clock = ParisClock()

    def row(self, said: dict[str, str], line: int) -> Iterator[Record]:
        """Take a line."""
        try:
            end = self._clock.at(_local(said.get("date de la mesure", ""), said.get("heure de la mesure", "")))
            quality = said.get("statut de la mesure") or None
            point = Point(end, value(said.get("valeur", "")), paris_clock.offset(end), quality)
        except ValueError:
            yield from unread(f"line {line}", said)
            return
        if self._clock.unclear():
            yield Notice("energy-hour-unclear", f"line {line}")
        yield from self.curve.point(point, line)


def _local(day: str, time: str) -> datetime:
    """A naive local stamp of ``JJ/MM/AAAA`` or ``AAAA-MM-JJ`` and a clock time. Raises ValueError."""
    if "/" in day:
        day = "-".join(reversed(day.split("/")))
    return datetime.fromisoformat(f"{day} {time}").replace(tzinfo=None)
