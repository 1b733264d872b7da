"""The distributor's JSON: readings of each meter, those of its days and those that were billed.

Facts: ``{"<PCE>": {"idPce", "releves": [...]}}``. Stamps say ``T06:00:00+00:00`` all year: the offset is nominal, the
gas day begins at 06:00 local. ``journeeGaziere`` is null for billed readings, whose periods are irregular.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

import msgspec

from importers.contract import Member, Rule, importer
from importers.formats import json_blocks
from importers.formats.meter_slots import unread
from importers.formats.sniff import plain
from importers.grdf.gas import BILLED, DAYS, Gas, after, meter, number, start_of
from importers.records import Item, Kind, Notice, Record

_LARGEST = 64 << 20
_LIST = re.compile(rb'"releves"\s*:\s*\[')
_PCE = re.compile(rb'"(\d{14}|GI\d{6})"')
_OF_VOLUME = ("indexDebut", "indexFin", "volumeConverti")
_TAKEN = frozenset({*_OF_VOLUME, "energieConsomme", "volumeBrutConsomme", "qualificationReleve"})


@importer(
    Rule(shape="json-object", keys=frozenset({"releves", "idPce", "journeeGaziere"})),
    source="grdf",
    reads="gas consumption (JSON)",
    languages=("fr",),
    status="proven",
)
def readings(member: Member) -> Iterator[Record]:
    """Energy in kWh as the distributor gives it, never computed, and volume in m3, over [start, end).

    Of a file that is cut or damaged the readings up to there are read.
    """
    data = member.read(_LARGEST)
    try:
        meters = msgspec.json.decode(data, type=dict[str, msgspec.Raw])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        yield from _damaged(data)
        return
    for place, (key, raw) in enumerate(meters.items(), 1):
        yield from _meter(key, raw, place)


def _meter(key: str, raw: msgspec.Raw, place: int) -> Iterator[Record]:
    try:
        about = msgspec.json.decode(raw)
        rows = list(about["releves"])
    except (msgspec.DecodeError, UnicodeDecodeError, KeyError, TypeError, RecursionError):
        yield Notice("table-record", f"record {place}")
        return
    pce = meter(about.get("idPce") or key)
    if pce is None:
        yield Notice("energy-meter", what="idPce")
    yield from _rows(Gas(pce or ""), enumerate(rows, 1))
    others = {name: value for name, value in about.items() if name not in {"releves", "idPce"} and value is not None}
    if others:
        yield Item(kind=Kind.SETTING, key=("meter", pce or ""), title=pce or "", details=others)


def _damaged(data: bytes) -> Iterator[Record]:
    """Each list of readings as far as it goes, under the number of the meter that stands before it."""
    lists = list(_LIST.finditer(data))
    if not lists:
        yield Notice("json-broken", "byte 0")
    for found, beyond in zip(lists, [*(other.start() for other in lists[1:]), len(data)], strict=True):
        named = _PCE.findall(data, 0, found.start())
        rows: list[tuple[int, Any]] = []
        told: dict[str, Notice] = {}
        for event in json_blocks.read(io.BytesIO(data[found.end() - 1 : beyond]), {"": Any}):
            if isinstance(event, json_blocks.Block):
                rows.extend(enumerate(event.elements, event.first + 1))
            elif isinstance(event, json_blocks.Broken) and event.reason != "json-more-after-end":
                told.setdefault(event.reason, Notice(event.reason, event.position))
        yield from _rows(Gas(named[-1].decode() if named else ""), rows)
        yield from told.values()


def _rows(gas: Gas, rows: Iterable[tuple[int, Any]]) -> Iterator[Record]:
    for place, row in rows:
        try:
            yield from _row(gas, row)
        except (KeyError, ValueError, TypeError, AttributeError, OverflowError):
            yield from unread(f"record {place}", row if isinstance(row, Mapping) else (str(row),))
    yield from gas.rest()


def _row(gas: Gas, row: Mapping[str, Any]) -> Iterator[Record]:
    billed = plain(str(row.get("natureReleve") or "")).startswith("publi")
    of = row.get("journeeGaziere")
    if isinstance(of, str) and not billed:
        first = date.fromisoformat(of)
        last = after(first)
    else:
        first, last = (date.fromisoformat(str(row[name])[:10]) for name in ("dateDebutReleve", "dateFinReleve"))
    if last <= first:
        raise ValueError("a period ends before it begins")
    of_energy = {name: _text(cell) for name, cell in row.items() if name not in _TAKEN and cell is not None}
    of_volume = {name: _text(row[name]) for name in _OF_VOLUME if row.get(name) is not None}
    energy, volume = number(row.get("energieConsomme")), number(row.get("volumeBrutConsomme"))
    quality = str(row.get("qualificationReleve") or "")
    bounds = start_of(first), start_of(last)
    yield from gas.add(BILLED if billed or not of else DAYS, bounds, energy, volume, quality, (of_energy, of_volume))


def _text(cell: Any) -> str:
    return cell if isinstance(cell, str) else msgspec.json.encode(cell).decode()
