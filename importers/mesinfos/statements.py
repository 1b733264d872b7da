"""Statements of consumption in the pilot: days and months of gas, half hours and estimated months of electricity.

Facts: files of the pilot. Stamps are local without an offset; a day alone ends before the first hour of the last day.
Whether the number of a half hour is W or Wh is not known, so it is no measured series: it stays with its statement.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from importers.contract import Member, Rule, importer
from importers.formats import paris_clock
from importers.formats.french_stamps import moment
from importers.formats.json_records import Alike, Entry, entries, text
from importers.formats.meter_slots import Slots, unread, value
from importers.mesinfos.shape import Shape, item
from importers.records import Kind, Notice, Record

_KEYS = frozenset({"contractNumber", "statementType", "statementCategory", "statementReason"})
_STATEMENT = Shape(
    name="statement",
    kind=Kind.CONSUMPTION,
    needs=frozenset({"contractNumber", "start"}),
    same=("contractNumber", "start", "end", "statementCategory", "statementReason", "billNumber"),
    when=("start",),
    end=("end",),
    title=("statementReason",),
    text=("period",),
    amount=("cost",),
)
_LENGTHS = {"GazparDailyGazConsumption": "", "GazparMonthlyGazConsumption": "-monthly"}
_TAKEN = frozenset({"start", "end", "value", "volume", "index", "statementType", "contractNumber"})


@importer(
    Rule(shape="json-array", keys=_KEYS, contains=('"gazpar"',)),
    source="grdf",
    reads="gas consumption (MesInfos pilot)",
    languages=("fr",),
    status="proven",
    weight=1,
)
def gas_statements(member: Member) -> Iterator[Record]:
    """Energy in kWh and volume in m3 over [start, end), days and months apart; the contract is the subject."""
    series: dict[tuple[str, str], tuple[Slots, Slots]] = {}
    alike = Alike()
    for entry in entries(member):
        if isinstance(entry, Notice):
            yield entry
            continue
        length = _LENGTHS.get(text(entry.fields, "statementReason"))
        if length is None:
            yield from item(_STATEMENT, entry.fields, entry.text, entry.position, alike)
            continue
        contract = text(entry.fields, "contractNumber")
        if (length, contract) not in series:
            series[length, contract] = (
                Slots(f"gas-energy{length}", "kWh", contract),
                Slots(f"gas-volume{length}", "m3", contract),
            )
        try:
            _add(series[length, contract], entry)
        except (ValueError, TypeError):
            yield from unread(entry.position, entry.fields)
            continue
        for slots in series[length, contract]:
            yield from slots.full()
    for pair in series.values():
        for slots in pair:
            yield from slots.samples()


@importer(
    Rule(shape="json-array", keys=_KEYS),
    source="edf",
    reads="statements of consumption (MesInfos pilot)",
    languages=("fr",),
    status="proven",
)
def statements(member: Member) -> Iterator[Record]:
    """One `consumption` a statement; its cost in euros where it has one, its number in the details."""
    alike = Alike()
    for entry in entries(member):
        if isinstance(entry, Notice):
            yield entry
        else:
            yield from item(_STATEMENT, entry.fields, entry.text, entry.position, alike)


def _add(pair: tuple[Slots, Slots], entry: Entry) -> None:
    """Raises ValueError for a statement without a period, or whose numbers are none."""
    fields = entry.fields
    start, end = moment(fields.get("start")), moment(fields.get("end"))
    if start is None or end is None or end.us <= start.us:
        raise ValueError("no period")
    energy, volume = _number(fields.get("value")), _number(fields.get("volume"))
    others = {name: text(fields, name) for name in fields if name not in _TAKEN and text(fields, name)}
    index = {"index": text(fields, "index")} if text(fields, "index") else {}
    offset, quality = paris_clock.offset(start.us), text(fields, "statementType") or None
    pair[0].add(start.us, end.us, energy, offset, quality, others)
    pair[1].add(start.us, end.us, volume, offset, quality, index)


def _number(cell: Any) -> str | None:
    if cell is None:
        return None
    if isinstance(cell, bool) or not isinstance(cell, str | int | float):
        raise TypeError("no measured number")
    return value(cell if isinstance(cell, str) else repr(cell))
