"""R63, the load curve that the distributor sends on request: one line a slot, in local time without an offset.

Facts: a real file of two years. UTF-8, ``;``, accented titles, the meter and the period on each line. Stamps are the
ends of steps. The file is sorted by local time, so the two hours of October follow each other. Several meters,
directions and quantities may share a file. Columns are found by name; unknown ones are kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import lru_cache

from importers.contract import Member, Rule, importer
from importers.enedis.curve import MINUTE
from importers.formats import paris_clock, tables
from importers.formats.meter_slots import Slots, meter, unread, value
from importers.formats.paris_clock import ParisClock
from importers.formats.sniff import plain
from importers.records import Notice, Record

_STEP = re.compile(r"PT(?:(\d{1,3})H)?(?:(\d{1,3})M)?\Z")
_SERIES = {
    ("pa", "w"): "power",
    ("ea", "wh"): "step-energy",
    ("pri", "var"): "inductive-reactive-power",
    ("prc", "var"): "capacitive-reactive-power",
    ("e", "v"): "voltage",
}
_TAKEN = frozenset({"identifiant prm", "horodate", "valeur", "unite", "pas", "nature", "grandeur metier"})
_SAME = ("identifiant prm", "grandeur physique", "grandeur metier", "unite")
_MOST = 1000
"""Series that are held at once."""


@importer(
    Rule(header=frozenset({"Identifiant PRM", "Grandeur physique", "Horodate", "Valeur", "Pas"})),
    source="enedis",
    reads="load curve sent on request (R63)",
    languages=("fr",),
    status="proven",
)
def load_curve_r63(member: Member) -> Iterator[Record]:
    """Mean power in W over [start, end), and the other quantities in their own unit; the step is stated on each line.

    Energy of a step is a series apart from the energy of a day.
    """
    meters: dict[tuple[str, ...], _Meter] = {}
    with member.open() as stream:
        for row in tables.rows(stream, ("Identifiant PRM", "Horodate", "Valeur")):
            if isinstance(row, tables.Trouble):
                yield Notice("energy-row", row.position)
                continue
            names = _names(tuple(row.cells))
            said = {known: row.cells[name].strip() for known, name in names.items()}
            same = tuple(said.get(name, "") for name in _SAME)
            if same not in meters:
                if len(meters) == _MOST:
                    yield from _flushed(meters)
                    meters.clear()
                prm = meter(same[0])
                if prm is None:
                    yield Notice("energy-meter", f"line {row.line}", "Identifiant PRM")
                meters[same] = _Meter(prm or "", *same[1:])
            others = {name: row.cells[name].strip() for known, name in names.items() if known not in _TAKEN}
            yield from meters[same].row(said, others, row.line)
    yield from _flushed(meters)


@lru_cache(maxsize=64)
def _names(titles: tuple[str, ...]) -> dict[str, str]:
    """The file's own titles by their plain form; nearly all rows have the same ones."""
    return {plain(title): title for title in titles}


def _flushed(meters: dict[tuple[str, ...], _Meter]) -> Iterator[Record]:
    for one in meters.values():
        yield from one.slots.samples()


class _Meter:
    """The slots of one meter, quantity and direction."""

    def __init__(self, prm: str, quantity: str, direction: str, unit: str) -> None:
        way = "electricity-production" if plain(direction) == "prod" else "electricity"
        unit = unit or "W"
        name = _SERIES.get((plain(quantity), plain(unit)), plain(quantity).replace(" ", "-") or "power")
        self.slots = Slots(f"{way}-{name}", unit, prm)
        self._clock = ParisClock()
        self._before: tuple[int, str | None] | None = None

    def row(self, said: dict[str, str], others: dict[str, str], line: int) -> Iterator[Record]:
        """Take a line."""
        try:
            local, step = datetime.fromisoformat(said.get("horodate", "")), step_of(said.get("pas", ""))
            paris_clock.us(local.replace(tzinfo=UTC))
        except ValueError:
            yield from unread(f"line {line}", _kept(said, others), "Horodate")
            return
        try:
            number = value(said.get("valeur", ""))
        except ValueError:
            yield from unread(f"line {line}", _kept(said, others), "Valeur")
            return
        end = self._clock.at(local) if local.tzinfo is None else paris_clock.us(local)
        if self._clock.unclear():
            yield Notice("energy-hour-unclear", f"line {line}", "Horodate")
        if (end, number) == self._before:
            return
        if self._before is not None and end == self._before[0]:
            yield Notice("energy-stamp-twice", f"line {line}", "Horodate")
        self._before = (end, number)
        self.slots.add(end - step, end, number, paris_clock.offset(end), said.get("nature") or None, others)
        yield from self.slots.full()


def _kept(said: dict[str, str], others: dict[str, str]) -> dict[str, str]:
    """All cells of a row, each once."""
    return {name: cell for name, cell in said.items() if name in _TAKEN} | others


def step_of(text: str) -> int:
    """Microseconds of an ISO duration of hours and minutes. Raises ValueError."""
    found = _STEP.match(text)
    minutes = int(found.group(1) or 0) * 60 + int(found.group(2) or 0) if found else 0
    if not minutes:
        raise ValueError("no step")
    return minutes * MINUTE
